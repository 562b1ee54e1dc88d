"""Sending: once each whatever crashes, nothing without news, one digest's failure not another's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine, create_engine, event

from config.watch import Subscription
from pipeline.events import ClaimEvent
from pipeline.state.deliveries import Ledger
from tests.warehouse.digest.fakes import KilledError, Post
from tests.warehouse.digest.samples import AR, FR, NOW, SUM, Says, claim_event, names
from warehouse.digest.deliver import DeliveryError
from warehouse.digest.issue import Issue
from warehouse.digest.send import EVENTS_AN_ISSUE, Sender

BOTH = {"fr": FR, "ar": AR}
HIGHER = replace(Says(), fields=msgspec.structs.replace(SUM, value=2.7e9), outlet="bladi")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'state.sqlite'}")
    yield engine
    engine.dispose()


class Office:
    """A sender that can be killed and started again over the same ledger."""

    def __init__(self, engine: Engine, subscriptions: dict[str, Subscription] | None = None) -> None:
        self.engine, self.post, self.subscriptions = engine, Post(), subscriptions or {"fr": FR}
        self.redirects: dict[str, str] = {}
        self.ledger = Ledger(engine)

    def take(self, *events: ClaimEvent) -> None:
        self.ledger.receive([(digest, one) for one in events for digest in self.subscriptions], NOW)

    def send(self, *, now: datetime = NOW, force: bool = True) -> tuple[Issue, ...]:
        sender = Sender(Ledger(self.engine), self.subscriptions, names(), self.post, self.redirects)
        return sender.send(now=now, run_id="run", force=force)


def told(issues: tuple[Issue, ...]) -> list[tuple[str, str]]:
    return [(claim.claim_id, claim.mark) for issue in issues for story in issue.stories for claim in story.claims]


def test_sent_once(engine: Engine) -> None:
    office = Office(engine, BOTH)
    office.take(claim_event())
    assert [str(issue) for issue in office.send()] == [
        "fr: 1 stories, 1 announcements (issue fr-2026-11-24-1)", "ar: 1 stories, 1 announcements (issue ar-2026-11-24-1)"]
    office.take(claim_event())
    assert office.send() == ()
    assert len(office.post.out) == 2


def test_without_news_there_is_no_issue(engine: Engine) -> None:
    office = Office(engine)
    assert office.send() == ()
    office.take(claim_event(change="withdrawn"))
    assert office.send() == ()
    assert office.post.out == []
    assert office.ledger.pending("fr", 10) == ()


def test_the_hour_is_waited_for(engine: Engine) -> None:
    office = Office(engine)
    office.take(claim_event())  # at 08:00, after the 07:30 of the day
    assert office.send(force=False) == ()
    assert office.send(force=False, now=NOW + timedelta(hours=22)) == ()
    assert len(office.send(force=False, now=NOW + timedelta(hours=23))) == 1


@pytest.mark.parametrize("place", ["kill_before", "kill_after"])
def test_killed_around_the_delivery_the_same_issue_is_completed(engine: Engine, place: str) -> None:
    office = Office(engine)
    office.take(claim_event())
    setattr(office.post, place, 1)
    with pytest.raises(KilledError):
        office.send()
    office.take(claim_event(claim="claim-2", seq=2))
    issues = office.send(now=NOW + timedelta(hours=1))
    assert [issue.issue_id for issue in issues] == ["fr-2026-11-24-1", "fr-2026-11-24-2"]
    assert told(issues) == [("claim-1", "new"), ("claim-2", "new")]
    assert len({one.html for one in office.post.out if one.issue.issue_id == "fr-2026-11-24-1"}) == 1
    assert office.send() == ()


def test_killed_at_every_statement_that_writes_nothing_is_lost_or_told_twice(engine: Engine) -> None:
    """The database refuses its n-th writing statement, n = 1, 2, ...: the next run makes it whole."""
    writes = 0
    limit = 1

    def refuse(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal writes
        if statement.split(maxsplit=1)[0] in ("INSERT", "UPDATE", "DELETE"):
            writes += 1
            if writes == limit:
                raise KilledError

    event.listen(engine, "before_cursor_execute", refuse)
    claims, killed = 0, 0
    while True:
        claims, writes = claims + 1, 0
        one = claim_event(claim=f"claim-{claims}", seq=claims)
        office = Office(engine)
        try:
            office.take(one)
            office.send()
            break
        except KilledError:
            killed, limit = killed + 1, limit + 1
        writes = -1000
        office.take(one)
        issues = office.send()
        assert told(issues) == [(f"claim-{claims}", "new")], f"after the write number {killed}"
    assert killed == 4  # received, issue, deliveries, delivered


def test_an_update_of_what_was_sent_is_marked_in_the_next_issue(engine: Engine) -> None:
    office = Office(engine)
    office.take(claim_event())
    office.send()
    office.take(claim_event(Says(), HIGHER, change="updated", seq=2))
    issues = office.send(now=NOW + timedelta(days=1))
    assert told(issues) == [("claim-1", "update")]
    assert "modifie notre envoi du 24 novembre 2026" in office.post.out[-1].html
    assert office.post.out[-1].atom.count("<entry>") == 1


def test_a_redirected_claim_is_not_new_again(engine: Engine) -> None:
    office = Office(engine)
    office.take(claim_event(claim="before"))
    office.send()
    office.redirects = {"before": "after"}
    office.take(claim_event(claim="after", seq=2))
    assert office.send() == ()
    office.take(claim_event(Says(), HIGHER, claim="after", change="updated", seq=3))
    assert told(office.send()) == [("before", "update")]


def test_a_redirect_that_comes_between_intention_and_delivery_sends_nothing_twice(engine: Engine) -> None:
    office = Office(engine)
    office.take(claim_event(claim="before"))
    office.send()
    office.take(claim_event(claim="after", seq=2))
    office.post.kill_before = 1
    with pytest.raises(KilledError):
        office.send()
    office.redirects = {"before": "after"}
    assert office.send() == ()
    assert office.ledger.unfinished("fr") == ()


def test_one_digest_that_fails_does_not_keep_back_the_others(engine: Engine) -> None:
    office = Office(engine, BOTH)
    office.take(claim_event())
    office.post.refuse = "fr"
    with pytest.raises(DeliveryError, match="no way to fr-2026-11-24-1"):
        office.send()
    assert office.post.ids == ["ar-2026-11-24-1"]
    office.post.refuse = ""
    assert [issue.issue_id for issue in office.send()] == ["fr-2026-11-24-1"]


def test_more_news_than_an_issue_takes_go_into_further_ones(engine: Engine) -> None:
    office = Office(engine)
    office.take(*(claim_event(claim=f"claim-{n}", seq=n) for n in range(EVENTS_AN_ISSUE + 5)))
    issues = office.send(force=False, now=datetime(2026, 11, 25, 9, tzinfo=UTC))
    assert [issue.claims for issue in issues] == [EVENTS_AN_ISSUE, 5]
    assert [issue.issue_id for issue in issues] == ["fr-2026-11-25-1", "fr-2026-11-25-2"]
