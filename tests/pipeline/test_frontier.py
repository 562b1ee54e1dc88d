"""The frontier forgets nothing: what was announced is fetched once, revisited by its age, and asked again after failures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.outlet import Feed, Outlet, Sitemap
from pipeline.events import Discovery
from pipeline.state import State, open_state
from pipeline.state.crawls import CrawlLease
from pipeline.state.frontier import MAX_ATTEMPTS, REVISIT_SECONDS, Announced, Frontier, Validators, due, is_quiet
from pipeline.state.ways import DAY, UNPROVEN_BELIEF, Child, Way, Ways

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp()
FEED, MAP = "https://phare.ma/feed", "https://phare.ma/sitemap.xml"
ETAG = Validators('"1"', None, "hash-1")


def outlet(**fields: Any) -> Outlet:
    ways = (Feed(kind="feed", url=FEED), Sitemap(kind="sitemap", url=MAP))
    return Outlet(id="phare", title="Le Phare", language="fr", discover=ways, **fields)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with open_state(f"sqlite:///{tmp_path / 'state.sqlite'}") as opened:
        yield opened


def link(name: str, *, via: Any = "feed", hours_old: float | None = 1, modified: float | None = None) -> Announced:
    at = datetime.fromtimestamp(NOW, UTC) - timedelta(hours=hours_old) if hours_old is not None else None
    found = Discovery(via=via, found_at=datetime.fromtimestamp(NOW, UTC), announced_at=at)
    return Announced(name, f"https://phare.ma/{name}", found, modified)


def ready(state: State, one: Outlet) -> tuple[Ways, Way, Way, Frontier]:
    ways = Ways(state, one)
    ways.configure(NOW)
    feed, sitemap = ways.roots(NOW, all_of_them=True)
    return ways, feed, sitemap, Frontier(state, one.id)


def read(ways: Ways, way: Way, *links: Announced, validators: Validators = ETAG, there: float = NOW) -> int:
    return ways.keep_reading(way, links, validators, NOW, there)


def test_new_addresses_come_newest_first_and_once(state: State) -> None:
    ways, feed, sitemap, frontier = ready(state, outlet())
    assert read(ways, feed, link("old", hours_old=5), link("new", hours_old=1)) == 2
    assert read(ways, sitemap, link("new", via="sitemap"), link("older", via="sitemap", hours_old=9)) == 1
    assert [address.article_id for address in frontier.due(NOW, NOW, 10)] == ["new", "old", "older"]
    for address in frontier.due(NOW, NOW, 10):
        frontier.mark_fetched(address, Validators(), NOW)
    assert frontier.due(NOW, NOW, 10) == ()
    assert read(ways, feed, link("old"), link("new")) == 0
    assert frontier.due(NOW, NOW, 10) == ()


def test_the_first_reading_of_a_way_is_the_past_until_it_is_settled(state: State) -> None:
    ways, feed, _, frontier = ready(state, outlet())
    read(ways, feed, link("first"))
    ways.settle(FEED)
    again = ways.roots(NOW, all_of_them=True)[0]
    read(ways, again, link("first"), link("second"), link("ancient", hours_old=1000))
    assert {one.article_id: one.origin for one in frontier.due(NOW, NOW, 10)} == {
        "first": "backfill", "second": "live", "ancient": "backfill"}


def test_an_outlet_past_its_first_round_is_live_at_once(state: State) -> None:
    ways, feed, _, frontier = ready(state, outlet(first_round="live"))
    read(ways, feed, link("first", hours_old=1000))
    assert [one.origin for one in frontier.due(NOW, NOW, 10)] == ["live"]


def test_articles_are_visited_again_by_the_servers_clock(state: State) -> None:
    ways, feed, _, frontier = ready(state, outlet())
    read(ways, feed, link("a"))
    there, ahead = NOW + 1000 * DAY, []
    for age in REVISIT_SECONDS:
        (address,) = frontier.due(NOW, there, 10)
        frontier.mark_fetched(address, ETAG, there)
        assert frontier.due(NOW, there + age - 1, 10) == ()
        there += age
        ahead.append(frontier.due(NOW, there, 10)[0].etag)
    assert ahead == ['"1"'] * 3
    frontier.mark_unchanged(frontier.due(NOW, there, 10)[0], there)
    assert frontier.due(NOW, there + 1000 * DAY, 10) == ()


def test_an_announced_change_brings_the_visit_forward(state: State) -> None:
    ways, feed, _, frontier = ready(state, outlet())
    read(ways, feed, link("a", modified=NOW - 100))
    frontier.mark_fetched(frontier.due(NOW, NOW, 1)[0], ETAG, NOW)
    read(ways, feed, link("a", modified=NOW - 50))
    assert frontier.due(NOW, NOW + 60, 1) == ()
    read(ways, feed, link("a", modified=NOW + 30))
    assert [one.article_id for one in frontier.due(NOW, NOW + 60, 1)] == ["a"]


def test_failures_are_tried_again_but_not_for_ever(state: State) -> None:
    ways, feed, _, frontier = ready(state, outlet())
    read(ways, feed, link("a"))
    now = NOW
    for attempt in range(1, MAX_ATTEMPTS):
        assert frontier.mark_failed(frontier.due(now, now, 1)[0], now + 60, "failed:timeout"), attempt
        assert frontier.due(now + 59, now, 1) == ()
        assert frontier.next_attempt() == now + 60
        now += 60
    assert not frontier.mark_failed(frontier.due(now, now, 1)[0], now + 60, "failed:timeout")
    assert frontier.due(now + DAY, now + DAY, 1) == ()
    assert frontier.counts() == {"given_up": 1}


def test_not_modified_is_believed_for_an_hour_then_for_a_day_and_never_from_liars(state: State) -> None:
    ways, feed, _, _ = ready(state, outlet())
    assert feed.conditions(NOW) == (None, None)

    def reread(validators: Validators) -> Way:
        read(ways, ways.roots(NOW, all_of_them=True)[0], validators=validators)
        return ways.roots(NOW, all_of_them=True)[0]
    unproven = reread(ETAG)
    assert unproven.conditions(NOW) == ('"1"', None)
    assert not unproven.believes(NOW + UNPROVEN_BELIEF)
    honest = reread(Validators('"2"', None, "hash-2"))
    assert honest.believes(NOW + UNPROVEN_BELIEF)
    assert not honest.believes(NOW + DAY)
    lying = reread(Validators('"2"', None, "hash-3"))
    assert lying.conditions(NOW) == (None, None)


def test_a_way_that_brings_nothing_is_read_more_seldom(state: State) -> None:
    ways, feed, _, _ = ready(state, outlet(every_minutes=10))
    read(ways, feed)
    assert [way.url for way in ways.roots(NOW + 300, all_of_them=False)] == [MAP]
    for _ in range(40):
        ways.keep_unchanged(ways.roots(NOW, all_of_them=True)[0], NOW)
    assert ways.roots(NOW, all_of_them=True)[0].every == DAY


def test_sitemaps_below_an_index_are_read_when_listed_as_changed(state: State) -> None:
    ways = ready(state, outlet())[0]
    named = [Child("https://phare.ma/1.xml", "sitemap", "2026-11-01"), Child("https://phare.ma/2.xml", "sitemap", "2026-11-02")]
    for child in ways.children(MAP, named, 1, NOW):
        ways.keep_reading(child, (), ETAG, NOW, NOW, {one.url: one.modified for one in named}[child.url])
    assert ways.children(MAP, named, 1, NOW) == ()
    changed = [named[0], *(Child(f"https://phare.ma/{number}.xml", "sitemap", "2026-11-24") for number in (2, 3))]
    assert [way.url for way in ways.children(MAP, changed, 1, NOW)] == ["https://phare.ma/3.xml", "https://phare.ma/2.xml"]


def test_when_an_outlet_is_due(state: State) -> None:
    at, one = datetime.fromtimestamp(NOW, UTC), outlet(every_minutes=30)
    assert due(state, one, at)
    lease = CrawlLease(state, one.id)
    lease.take(NOW)
    assert not due(state, one, at)
    lease.give_back(NOW + 60, "completed")
    assert not due(state, one, at + timedelta(minutes=29))
    assert due(state, one, at + timedelta(minutes=31))
    lease.take(NOW)
    lease.give_back(NOW + 60, "interrupted")
    assert due(state, one, at + timedelta(minutes=2))


def test_nothing_is_due_where_every_way_was_read_lately(state: State) -> None:
    one = outlet(every_minutes=30)
    ways, feed, sitemap, _ = ready(state, one)
    lease = CrawlLease(state, one.id)
    lease.take(NOW)
    for way in (feed, sitemap):
        ways.keep_unchanged(way, NOW)
    lease.give_back(NOW, "completed")
    assert not due(state, one, datetime.fromtimestamp(NOW, UTC) + timedelta(minutes=31))
    assert due(state, one, datetime.fromtimestamp(NOW, UTC) + timedelta(minutes=46))


@pytest.mark.parametrize(("hour", "quiet"), [(22, False), (23, True), (0, True), (5, True), (6, False), (12, False)])
def test_nights_are_kept_in_the_outlets_time(hour: int, quiet: bool) -> None:
    one = outlet(quiet=("23:00", "06:00"), timezone="Europe/Madrid")
    at = datetime(2026, 1, 15, hour, tzinfo=UTC) - timedelta(hours=1)
    assert is_quiet(one, at) is quiet
