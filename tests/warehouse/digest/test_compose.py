"""Claim events to stories: grouped, ordered, disputes side by side, updates marked, copies no sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from pipeline.events import Agreement, ClaimEvent
from tests.warehouse.digest.samples import ARABIC, COPY, DEAL, NOW, OTHER_SUM, SUM, Says, claim_event
from warehouse.digest.accounts import differ
from warehouse.digest.compose import Composition, Sent, compose, resolve
from warehouse.digest.issue import ClaimEntry

CHANGED = Says(outlet="bladi", fields=msgspec.structs.replace(SUM, value=2.7e9), hours_ago=1, headline="Nouaceur : budget relevé")


def sent_before(event: ClaimEvent) -> dict[str, Sent]:
    return {event.claim_id: Sent(event.change, event.reports, event.claim_id, NOW - timedelta(days=1))}


def only(composed: Composition) -> ClaimEntry:
    (story,) = composed.stories
    (claim,) = story.claims
    return claim


def test_one_entry_a_story_with_its_newest_claim_first() -> None:
    composed = compose([
        claim_event(Says(hours_ago=9), claim="old", seq=1), claim_event(ARABIC, claim="new", seq=2),
        claim_event(replace(OTHER_SUM, hours_ago=0.5), claim="other", seq=3, story_id="story-2")], {}, {})
    assert [story.story_id for story in composed.stories] == ["story-2", "story-1"]
    assert [claim.claim_id for claim in composed.stories[1].claims] == ["new", "old"]


def test_outlets_by_time_and_who_was_first() -> None:
    (story,) = compose([claim_event(OTHER_SUM, Says(), ARABIC)], {}, {}).stories
    assert [source.outlet for source in story.sources] == ["medias24", "hespress", "goud"]
    assert story.first == story.sources[0]


def test_who_was_first_is_not_said_where_times_cannot_tell() -> None:
    midnight = Says(hours_ago=9)  # 00:00 in Casablanca: a date without time
    assert compose([claim_event(midnight, ARABIC)], {}, {}).stories[0].first is None
    assert compose([claim_event(Says(dated=False), ARABIC)], {}, {}).stories[0].first is None
    assert compose([claim_event(Says())], {}, {}).stories[0].first is None


def test_copies_are_no_sources() -> None:
    (story,) = compose([claim_event(Says(), COPY, ARABIC)], {}, {}).stories
    assert [source.outlet for source in story.sources] == ["medias24", "hespress"]
    assert [source.outlet for source in story.copies] == ["press_mirror"]
    assert [source.outlet for source in story.claims[0].copies] == ["press_mirror"]


def test_a_dispute_shows_both_values_sentences_and_outlets() -> None:
    claim = only(compose([claim_event(Says(), ARABIC, OTHER_SUM, COPY, change="disputed")], {}, {}))
    assert claim.mark == "disputed"
    first, second = claim.sides
    assert (first.statement.fields, [one.outlet for one in first.also]) == (SUM, ["hespress"])
    assert (second.statement.evidence.sentence, second.statement.source.outlet) == (OTHER_SUM.sentence, "goud")
    assert claim.also == ()


def test_what_only_one_account_states_is_no_difference() -> None:
    month = msgspec.structs.replace(DEAL, date="2026-11", amount_value=5e6, amount_currency="MAD")
    assert not differ(DEAL, month)
    assert differ(DEAL, msgspec.structs.replace(DEAL, date="2026-10"))
    assert differ(DEAL, Agreement(parties=(), instrument="accord", instrument_surface="accord", status="planned"))
    assert differ(DEAL, SUM)


def test_an_update_of_what_was_sent_says_so_and_speaks_with_the_latest_report() -> None:
    before = claim_event(Says())
    claim = only(compose([claim_event(Says(), CHANGED, change="updated", seq=2)], sent_before(before), {}))
    assert claim.mark == "update"
    assert claim.statement.source.outlet == "bladi"
    assert claim.told is not None
    assert claim.told.statement is not None
    assert claim.told.statement.fields == SUM


def test_an_update_of_what_was_never_sent_is_a_development() -> None:
    claim = only(compose([claim_event(Says(), CHANGED, change="updated")], {}, {}))
    assert (claim.mark, claim.told) == ("development", None)


@pytest.mark.parametrize("change", ["withdrawn", "settled"])
def test_the_end_of_what_was_never_sent_is_no_news(change: str) -> None:
    composed = compose([claim_event(change=change)], {}, {})
    assert (composed.stories, composed.shown, len(composed.left_out)) == ((), (), 1)


@pytest.mark.parametrize("change", ["withdrawn", "settled"])
def test_the_end_of_what_was_sent_is_told(change: str) -> None:
    before = claim_event(Says())
    assert only(compose([claim_event(change=change, seq=2)], sent_before(before), {})).mark == change


def test_a_withdrawal_without_reports_shows_what_was_sent() -> None:
    before = claim_event(Says())
    gone = ClaimEvent(**{**msgspec.structs.asdict(claim_event(change="withdrawn", seq=2)), "reports": ()})
    assert only(compose([gone], sent_before(before), {})).statement.fields == SUM
    assert compose([gone], {}, {}).stories == ()


def test_several_changes_of_a_waiting_claim_are_one_entry() -> None:
    composed = compose([claim_event(Says()), claim_event(Says(), CHANGED, change="updated", seq=2)], {}, {})
    assert only(composed).mark == "new"
    assert len(composed.shown) == 2
    assert compose([claim_event(Says()), claim_event(change="withdrawn", seq=2)], {}, {}).stories == ()
    ended = [claim_event(Says(), OTHER_SUM, change="disputed"), claim_event(Says(), change="settled", seq=2)]
    assert compose(ended, {}, {}).stories == ()


def test_a_claim_is_new_once_also_under_another_id() -> None:
    before = claim_event(claim="old-id")
    redirects = {"old-id": "middle", "middle": "new-id"}
    sent = {"new-id": replace(sent_before(before)["old-id"])}
    assert compose([claim_event(claim="new-id", seq=9)], sent, redirects).stories == ()
    update = only(compose([claim_event(CHANGED, claim="new-id", change="updated", seq=9)], sent, redirects))
    assert (update.mark, update.claim_id) == ("update", "old-id")


def test_redirects_in_a_circle_end() -> None:
    assert resolve("a", {"a": "b", "b": "a"}) == "b"
    assert resolve("c", {"a": "b"}) == "c"


def test_what_was_read_long_ago_says_so() -> None:
    old = Says(hours_ago=49)
    assert only(compose([claim_event(old)], {}, {})).read_at == old.report().fetched_at
    assert only(compose([claim_event(old, Says(outlet="bladi"))], {}, {})).read_at is None, "something of it was just read"
    assert only(compose([claim_event(Says(hours_ago=20))], {}, {})).read_at is None
    gone = claim_event(old, change="withdrawn", seq=2)
    assert only(compose([gone], sent_before(claim_event(old)), {})).read_at is None, "an end needs no reading"


def test_who_wants_updates_of_what_they_were_sent_gets_no_others() -> None:
    before, update = claim_event(), claim_event(CHANGED, change="updated", seq=2)
    assert only(compose([update], sent_before(before), {}, only_sent=True)).mark == "update"
    unknown = compose([update], {}, {}, only_sent=True)
    assert (unknown.stories, unknown.left_out) == ((), (update.event_id,))
    assert compose([claim_event(Says(), OTHER_SUM, change="disputed")], {}, {}, only_sent=True).stories == ()
    assert only(compose([before, update], {}, {}, only_sent=True)).mark == "new"
    assert only(compose([update], {}, {})).mark == "development"


def test_nothing_gives_nothing() -> None:
    assert compose([], {}, {}) == Composition((), (), ())
