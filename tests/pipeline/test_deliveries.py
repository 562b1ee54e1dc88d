"""The delivery ledger: each change once a digest, issues all or nothing, what was told stays known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import IntegrityError

from pipeline.state.deliveries import Ledger, LedgerError, LedgerIssue
from tests.warehouse.digest.samples import NOW, claim_event

ONE, TWO = claim_event(claim="a", seq=1), claim_event(claim="b", seq=2)
ISSUE = LedgerIssue("fr-1", "fr", 1, "run", NOW)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'state.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture
def ledger(engine: Engine) -> Ledger:
    return Ledger(engine)


def test_an_event_waits_once_a_digest(ledger: Ledger) -> None:
    assert ledger.receive([("fr", ONE), ("ar", ONE), ("fr", TWO)], NOW) == 3
    assert ledger.receive([("fr", ONE), ("fr", TWO)], NOW) == 0
    assert ledger.pending("fr", 10) == (ONE, TWO)
    assert ledger.pending("fr", 1) == (ONE,)
    assert ledger.pending("ar", 10) == (ONE,)


def test_what_an_issue_tells_no_longer_waits_and_never_comes_back(ledger: Ledger) -> None:
    ledger.receive([("fr", ONE), ("fr", TWO)], NOW)
    ledger.intend(ISSUE, [ONE.event_id])
    assert ledger.receive([("fr", ONE)], NOW) == 0
    assert ledger.pending("fr", 10) == (TWO,)
    assert ledger.told_in("fr-1") == (ONE,)


def test_an_intention_is_all_or_nothing(ledger: Ledger) -> None:
    ledger.receive([("fr", ONE)], NOW)
    with pytest.raises(LedgerError, match="1 of 2 events no longer wait"):
        ledger.intend(ISSUE, [ONE.event_id, TWO.event_id])
    assert ledger.pending("fr", 10) == (ONE,)
    assert ledger.unfinished("fr") == ()


def test_two_processes_cannot_send_one_number(ledger: Ledger) -> None:
    ledger.receive([("fr", ONE), ("fr", TWO)], NOW)
    ledger.intend(ISSUE, [ONE.event_id])
    with pytest.raises(IntegrityError):
        ledger.intend(LedgerIssue("fr-1-again", "fr", 1, "other", NOW), [TWO.event_id])
    assert ledger.pending("fr", 10) == (TWO,)


def test_unfinished_until_marked_and_across_a_restart(ledger: Ledger, engine: Engine) -> None:
    ledger.receive([("fr", ONE)], NOW)
    ledger.intend(ISSUE, [ONE.event_id])
    again = Ledger(engine)
    assert again.unfinished("fr") == (ISSUE,)
    assert again.unfinished("ar") == ()
    again.mark_delivered("fr-1", NOW)
    assert again.unfinished("fr") == ()
    assert again.next_number("fr") == 2
    last = again.last_issue("fr")
    assert last is not None
    assert last.delivered_at == NOW


def test_told_before_gives_the_earlier_issues_in_order(ledger: Ledger) -> None:
    update = claim_event(claim="a", change="updated", seq=3)
    ledger.receive([("fr", ONE), ("fr", update)], NOW)
    ledger.intend(ISSUE, [ONE.event_id])
    ledger.intend(LedgerIssue("fr-2", "fr", 2, "run", NOW), [update.event_id])
    assert ledger.told_before("fr", 1, ["a"]) == ()
    assert [told.change for told in ledger.told_before("fr", 3, ["a"])] == ["new", "updated"]
    assert [told.event for told in ledger.told_before("fr", 2, ["a"])] == [ONE]
    assert ledger.told_before("ar", 3, ["a"]) == ()
    assert [issue.issue_id for issue in ledger.issues_before("fr", 3, 10)] == ["fr-2", "fr-1"]


def test_left_out_is_settled_without_an_issue(ledger: Ledger) -> None:
    ledger.receive([("fr", ONE)], NOW)
    ledger.leave_out("fr", [ONE.event_id])
    assert ledger.pending("fr", 10) == ()
    assert ledger.receive([("fr", ONE)], NOW) == 0
    assert ledger.told_before("fr", 9, ["a"]) == ()


def test_forgetting_drops_the_content_and_keeps_the_promise(ledger: Ledger) -> None:
    ledger.receive([("fr", ONE), ("fr", TWO)], NOW)
    ledger.intend(ISSUE, [ONE.event_id])
    assert ledger.forget(NOW + timedelta(days=1)) == 1
    assert ledger.told_in("fr-1") == ()
    assert [told.event for told in ledger.told_before("fr", 2, ["a"])] == [None]
    assert ledger.receive([("fr", ONE)], NOW) == 0
    assert ledger.pending("fr", 10) == (TWO,)


def test_what_waits_for_a_digest_that_is_no_more_is_dropped(ledger: Ledger) -> None:
    ledger.receive([("fr", ONE), ("gone", ONE)], NOW)
    assert ledger.unsubscribe_all_but(["fr"]) == 1
    assert (ledger.pending("gone", 10), ledger.pending("fr", 10)) == ((), (ONE,))
