"""Every event gets one decision, kept before it is told; versions, readings, withdrawals; late originals."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from pipeline.dedup import Deduper, rebuild
from pipeline.dedup.store import StoreError
from pipeline.events import PlacedArticle, PlacementChanged, Rejected, StageEvent, StoryMerged
from pipeline.outcome import Outcome, Reason
from tests.pipeline.dedup.articles import DAM, PORT, Places, classified

EDITED = DAM.replace("380", "400")


@pytest.fixture
def deduper(tmp_path: Path) -> Deduper:
    return Deduper(tmp_path / "place.sqlite")


def placed(outcome: Outcome) -> PlacedArticle:
    assert isinstance(outcome, tuple)
    assert isinstance(outcome[0], PlacedArticle)
    return outcome[0]


def reason(outcome: Outcome) -> str:
    assert isinstance(outcome, Rejected)
    return outcome.reason


def test_a_redelivery_gets_the_decision_it_got_before_also_after_a_restart(tmp_path: Path) -> None:
    path, copy, original = tmp_path / "place.sqlite", classified("b", hours=4), classified("a")
    with Deduper(path) as deduper:
        first = [deduper(one) for one in (copy, original, original)]
    assert first[1] == first[2]
    with Deduper(path) as deduper:
        assert [deduper(one) for one in (copy, original)] == first[:2]
    assert isinstance(first[1], tuple)
    assert {type(event) for event in first[1]} == {PlacedArticle, PlacementChanged, StoryMerged}


def test_what_was_decided_is_compared_with_after_a_restart(tmp_path: Path) -> None:
    with Deduper(tmp_path / "place.sqlite") as deduper:
        deduper(classified("a"))
    with Deduper(tmp_path / "place.sqlite") as deduper:
        assert placed(deduper(classified("b", hours=2))).placement.copy_of == "a"


def test_a_late_original_changes_its_copies(deduper: Deduper) -> None:
    there = Places().feed(deduper, classified("c", hours=6), classified("b", hours=4))
    assert there.copies() == {"b": None, "c": "b"}
    outcome = deduper(classified("a"))
    there.take(outcome)
    assert there.copies() == {"a": None, "b": "a", "c": "a"}
    assert len({there.story(name) for name in "abc"}) == 1


def test_equal_texts_are_unchanged_and_other_texts_are_versions(deduper: Deduper) -> None:
    assert placed(deduper(classified("a"))).version == 1
    assert reason(deduper(classified("a", fetched=9))) == Reason.UNCHANGED
    assert placed(deduper(classified("a", EDITED, fetched=10))).version == 2
    assert reason(deduper(classified("a", EDITED, fetched=11))) == Reason.UNCHANGED
    assert placed(deduper(classified("a", fetched=12))).version == 1, "the first text is back"
    assert reason(deduper(classified("a", fetched=13))) == Reason.UNCHANGED


def test_a_new_reading_of_a_known_text_is_passed_on_as_the_same_version(deduper: Deduper) -> None:
    first = placed(deduper(classified("a")))
    again = placed(deduper(classified("a", taxonomy="t2")))
    read = placed(deduper(classified("a", reading="extract/2")))
    assert first.version == again.version == read.version == 1
    assert len({first.event_id, again.event_id, read.event_id}) == 3
    assert reason(deduper(classified("a", taxonomy="t2", fetched=7))) == Reason.UNCHANGED


def test_an_older_page_read_anew_keeps_its_number_and_does_not_become_current(deduper: Deduper) -> None:
    deduper(classified("a"))
    deduper(classified("a", EDITED, fetched=10))
    assert placed(deduper(classified("a", reading="extract/2"))).version == 1
    assert reason(deduper(classified("a", EDITED, fetched=12))) == Reason.UNCHANGED


def test_a_withdrawal_passes_through_once_and_its_return_too(deduper: Deduper) -> None:
    assert reason(deduper(classified("x", status="withdrawn"))) == Reason.UNKNOWN_ARTICLE
    story = placed(deduper(classified("a"))).placement.story_id
    gone = placed(deduper(classified("a", status="withdrawn", fetched=5)))
    assert gone.classified.article.status == "withdrawn"
    assert (gone.version, gone.placement.story_id) == (1, story)
    assert reason(deduper(classified("a", status="withdrawn", fetched=6))) == Reason.UNCHANGED
    assert placed(deduper(classified("a", fetched=7))).version == 1
    assert reason(deduper(classified("a", fetched=8))) == Reason.UNCHANGED


def test_an_edit_does_not_lose_the_copies_of_the_first_text(deduper: Deduper) -> None:
    there = Places().feed(deduper, classified("a"), classified("a", PORT, fetched=3), classified("b", hours=4))
    assert there.copies() == {"a": None, "b": "a"}


def test_any_order_of_arrival_ends_in_the_same_places(tmp_path: Path) -> None:
    half = " ".join(DAM.splitlines()[:4])
    articles = [
        classified("a", hours=1), classified("b", half, hours=2), classified("c", PORT, hours=3), classified("d", PORT, hours=4),
        classified("e", EDITED, hours=5), classified("f", hours=-2, origin="journal-a"), classified("g", PORT, hours=6)]
    seen = set()
    for number, order in enumerate(random.Random(7).sample(list(itertools.permutations(articles)), 40)):
        there = Places()
        for part in (order[:3], order[3:]):
            with Deduper(tmp_path / f"{number}.sqlite") as deduper:
                there.feed(deduper, *part)
        seen.add((tuple(sorted(there.copies().items(), key=str)), tuple(sorted(there.stories().items()))))
    assert len(seen) == 1


def test_a_failure_leaves_nothing_behind(deduper: Deduper, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.dedup import stage
    with monkeypatch.context() as patched:
        patched.setattr(stage, "settle", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deduper(classified("a"))
    assert placed(deduper(classified("a"))).version == 1
    assert placed(deduper(classified("b", hours=1))).placement.copy_of == "a"


def test_a_file_of_another_schema_is_refused(tmp_path: Path) -> None:
    import sqlite3
    with sqlite3.connect(tmp_path / "place.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="schema 99"):
        Deduper(tmp_path / "place.sqlite")


def test_an_empty_body_is_no_copy_of_another(deduper: Deduper) -> None:
    there = Places().feed(deduper, classified("a", "", headline="?"), classified("b", "", headline="!"))
    assert there.copies() == {"a": None, "b": None}


def test_a_lost_file_is_rebuilt_from_what_the_stage_produced(tmp_path: Path) -> None:
    articles = [classified("c", hours=6), classified("b", hours=4), classified("d", PORT), classified("a"),
                classified("d", EDITED, fetched=30), classified("d", status="withdrawn", fetched=40)]
    produced: list[StageEvent] = []
    there = Places()
    with Deduper(tmp_path / "lost.sqlite") as deduper:
        for one in articles:
            outcome = deduper(one)
            assert isinstance(outcome, tuple)
            produced += outcome
            there.take(outcome)
    assert rebuild(tmp_path / "place.sqlite", produced) == len(articles)
    with pytest.raises(StoreError, match="is there"):
        rebuild(tmp_path / "place.sqlite", produced)
    with Deduper(tmp_path / "place.sqlite") as deduper:
        assert reason(deduper(classified("d", status="withdrawn", fetched=41))) == Reason.UNCHANGED
        assert placed(deduper(classified("d", EDITED, fetched=50))).version == 2
        before = there.copies()
        there.feed(deduper, classified("0", hours=-1))
        assert there.copies() == {**before, "0": None, "a": "0", "b": "0", "c": "0", "d": "0"}
