"""Four weeks of one outlet in the warehouse, then it blocks us: found, named, told once over a channel, and its end too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from config.settings import settings
from flows.desk import Desk
from flows.health import check_health, holiday_of, troubles_of
from flows.health_figures import figures_of, habits
from pipeline.codec import encode
from pipeline.events import AnyEvent, Dating, Fetch, PageRef, content_id
from pipeline.outcome import Reason, reject
from pipeline.state import open_state
from pipeline.state.crawls import CrawlLease
from pipeline.topology import FETCHES, PLACED, REJECTIONS
from tests.warehouse.builders import placed
from tests.warehouse.digest.test_channels import Hook, hook
from warehouse.load import load
from warehouse.publication import publish_all

__all__ = ["hook"]
NOW = datetime.now(UTC).replace(minute=30, microsecond=0)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hook: Hook) -> Iterator[Desk]:
    outlets = tmp_path / "outlets"
    outlets.mkdir()
    (outlets / "phare.yml").write_text("title: Le Phare\nlanguage: fr\nverified: true\n", encoding="utf-8")
    monkeypatch.setenv("MARSAD_OUTLETS", str(outlets))
    monkeypatch.setenv("MARSAD_ALARMS_TO", hook.url.replace("http://", "json://"))
    settings.cache_clear()
    yield Desk(settings()).with_folder()
    settings.cache_clear()


def article(at: datetime) -> AnyEvent:
    event = placed(f"a{at.timestamp()}", outlet="phare")
    dating = Dating(at=at, precision="minute", origin="meta", raw="x")
    ref = msgspec.structs.replace(event.classified.article.ref, fetched_at=at + timedelta(minutes=5))
    read = msgspec.structs.replace(event.classified.article, published=dating, ref=ref)
    return msgspec.structs.replace(event, classified=msgspec.structs.replace(event.classified, article=read))


def fetch(at: datetime, status: int) -> Fetch:
    outcome = "fetched" if status == 200 else f"refused:http_{status}"
    return Fetch(fetch_id=content_id(str(at)), run_id="r", outlet="phare", url="https://phare.ma/a", purpose="article",
                 fetched_at=at, status=status, outcome=outcome)


def fill(desk: Desk, topic: str, *events: AnyEvent) -> None:
    with desk.bus() as bus:
        with bus.producer() as producer:
            for event in events:
                value, headers = encode(event)
                producer.send(topic, "k", value, headers)
        load(bus, desk.settings, run_id="r")
    publish_all(desk.settings, force=True)


def crawled(desk: Desk, at: datetime) -> None:
    with open_state(desk.settings.operational_url) as state:
        lease = CrawlLease(state, "phare")
        lease.take(at.timestamp())
        lease.give_back(at.timestamp(), "completed")


def test_a_block_is_found_told_once_and_its_end_too(desk: Desk, hook: Hook) -> None:
    day = [article(NOW - timedelta(hours=3 * number)) for number in range(8 * 28)]
    fill(desk, PLACED.name, *day)
    fill(desk, FETCHES.name, *(fetch(NOW - timedelta(hours=6 * number, minutes=70), 200) for number in range(4 * 28)))
    crawled(desk, NOW)
    assert [one.key for one in troubles_of(desk, NOW) if one.key != "disk"] == []

    fill(desk, FETCHES.name, *(fetch(NOW + timedelta(minutes=30, seconds=number), 403) for number in range(9)))
    later = NOW + timedelta(minutes=40)
    (trouble,) = [one for one in check_health(desk, later) if one.key != "disk"]
    assert (trouble.key, trouble.since) == ("blocked:phare", NOW + timedelta(minutes=30))
    check_health(desk, later + timedelta(minutes=10))
    crawled(desk, later + timedelta(hours=3))
    for minutes in (180, 200):
        check_health(desk, later + timedelta(minutes=minutes))
    told = [json.loads(body)["message"] for _, body in hook.got]
    assert len(told) == 2
    assert "403" in told[0]
    assert told[1].startswith("+ over: phare turns us away")


def test_a_channel_that_does_not_take_it_gets_it_again(desk: Desk, hook: Hook) -> None:
    crawled(desk, NOW - timedelta(hours=5))
    hook.answers += [503]
    for _ in range(3):
        check_health(desk, NOW)
    assert len(hook.got) == 2


def test_readings_are_compared_with_those_before(desk: Desk) -> None:
    fill(desk, PLACED.name, *(article(NOW - timedelta(days=2, hours=number)) for number in range(20)))
    event = article(NOW)
    ref: PageRef = event.classified.article.ref  # type: ignore[union-attr]
    refused = [reject("extract", Reason.NO_HEADLINE, msgspec.structs.replace(
        ref, page_id=str(number), fetched_at=NOW - timedelta(minutes=number))) for number in range(12)]
    fill(desk, REJECTIONS.name, *refused)
    with open_state(desk.settings.operational_url) as state:
        (figures,) = figures_of(desk.settings, state, desk.outlets.values(), NOW)
    assert (figures.latest.pages, figures.latest.bad, figures.before.pages, figures.before.bad) == (12, 12, 20, 0)
    crawled(desk, NOW)
    assert "redesigned:phare" in [one.key for one in troubles_of(desk, NOW)]


def test_a_redesign_seen_on_old_articles_too_is_one(desk: Desk) -> None:
    """Its first crawl visits older articles as well: more unreadable pages than are compared."""
    fill(desk, PLACED.name, *(article(NOW - timedelta(days=2, hours=number)) for number in range(30)))
    ref: PageRef = article(NOW).classified.article.ref  # type: ignore[union-attr]
    fill(desk, REJECTIONS.name, *(reject("extract", Reason.TOO_SHORT, msgspec.structs.replace(
        ref, page_id=str(number), fetched_at=NOW - timedelta(minutes=number))) for number in range(40)))
    crawled(desk, NOW)
    assert "redesigned:phare" in [one.key for one in troubles_of(desk, NOW)]


def test_habits_need_history() -> None:
    even = dict.fromkeys(range(24 * 28), 3)
    assert habits(even, None, NOW) == {}
    assert habits(even, NOW - timedelta(days=3), NOW) == {}
    assert set(habits(even, NOW - timedelta(days=6), NOW).values()) == {3.0}
    assert set(habits({**even, **dict.fromkeys(range(24), 0)}, NOW - timedelta(days=40), NOW).values()) == {3.0}


def test_newsrooms_sleep_before_three_weeks_are_known() -> None:
    """Otherwise every night of the first weeks is a silence."""
    days = {ago: 6 for ago in range(24 * 6) if 8 <= (NOW - timedelta(hours=ago)).hour < 20}
    expected = habits(days, NOW - timedelta(days=6), NOW)
    assert {hour % 24 for hour, mean in expected.items() if not mean} == {*range(8), *range(20, 24)}


def test_a_crawl_that_is_wholly_refused_counts_by_itself(desk: Desk) -> None:
    """With few requests in a crawl, three intervals hold more answers from before a block than refusals."""
    before = [fetch(NOW - timedelta(minutes=50, seconds=number), 200) for number in range(30)]
    refused = [msgspec.structs.replace(fetch(NOW - timedelta(minutes=number), 403), run_id=f"r{number}") for number in (1, 31)]
    fill(desk, FETCHES.name, *before, *refused)
    crawled(desk, NOW)
    assert "blocked:phare" in [one.key for one in troubles_of(desk, NOW)]


def test_a_lost_bus_or_state_is_named_once_and_outlets_are_not_blamed(
        desk: Desk, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    crawled(desk, NOW - timedelta(hours=9))
    monkeypatch.setenv("MARSAD_BUS", "kafka://127.0.0.1:9")
    monkeypatch.setenv("MARSAD_STATE_URL", "postgresql+psycopg://nobody@127.0.0.1:9/none?connect_timeout=2")
    settings.cache_clear()
    away = Desk(settings())
    for minutes in (0, 5):
        found = check_health(away, NOW + timedelta(minutes=minutes))
        assert [one.key for one in found if one.key != "disk"] == ["bus", "state"]
    assert len(hook.got) == 1
    assert "late:phare" not in [one.key for one in check_health(desk, NOW + timedelta(minutes=10))]


def test_public_holidays_are_known() -> None:
    assert holiday_of(datetime(2026, 11, 6, 9, tzinfo=UTC)) == "Green March"
    assert holiday_of(datetime(2026, 11, 5, 9, tzinfo=UTC)) is None
