"""Agreements, people, laws, initiatives, events, rankings and quotes: one claim, stages, and what contradicts."""

from __future__ import annotations

import random

import pytest

from pipeline.claims import assemble
from pipeline.events import FactFields, PersonRole, Quote
from tests.pipeline.claims.reports import (
    agreement,
    appointment,
    event,
    initiative,
    law,
    only,
    quote,
    ranking,
    report,
)


def state(one: FactFields, other: FactFields) -> str:
    return only(report(one), report(other, "phare", hours=5)).verdict.state


def test_the_parties_make_an_agreement_whatever_their_order_and_names() -> None:
    assert state(agreement("Current IA", "Office des sources"), agreement("Office des Sources", "IA Current")) == "confirmed"
    claims = assemble([report(agreement("Office des sources", "Banque verte")),
                       report(agreement("Institut du Draa", "Port sec"), "phare")])
    assert len(claims) == 2


def test_a_party_more_is_no_contradiction_and_a_later_stage_an_update() -> None:
    two, three = agreement("Office des sources", "Banque verte"), agreement("Office des sources", "Banque verte", "Région")
    assert state(two, three) == "confirmed"
    assert state(agreement("A Oasis", "B Palmier", status="planned"), agreement("A Oasis", "B Palmier")) == "updated"


def test_a_partner_whom_each_text_names_in_one_agreement_makes_it_the_same() -> None:
    first = [agreement("Ministère du Numérique", "Banque verte"), agreement("Ministère du Numérique", "Port sec")]
    second = [agreement("Port sec"), agreement("Institut du Draa")]
    claims = assemble([*(report(one) for one in first), *(report(one, "phare", hours=2) for one in second)])
    assert sorted(len(claim.reports) for claim in claims) == [1, 1, 2]


def test_two_agreements_of_one_text_stay_two() -> None:
    both = [report(agreement("Office des sources", "Banque verte")), report(agreement("Office des sources", "Port sec"))]
    assert len(assemble(both)) == 2


def test_days_that_overlap_are_no_contradiction() -> None:
    assert state(event(date="2025-07-01", date_to="2025-07-02"), event(date="2025-07-02")) == "confirmed"
    claim = only(report(event(date="2025-07-01", date_to="2025-07-02")), report(event(date="2025-07-05"), "phare"))
    assert claim.verdict.conflicts[0].field == "date"
    assert "2025-07-01/2025-07-02" in claim.verdict.conflicts[0].explanation.fr


def test_two_towns_contradict_and_the_hall_both_name_is_told() -> None:
    claim = only(
        report(event(place="Salé", date="2025-07-02")), report(event(place="Rabat", date="2025-07-02"), "phare", hours=1),
        report(event(place="Palais des dunes", date="2025-07-02"), "relais", hours=2))
    (conflict,) = claim.verdict.conflicts
    assert conflict.field == "place"
    assert "Palais des dunes" in conflict.explanation.fr
    assert state(event(place="Palais des dunes"), event(place="Rabat")) == "confirmed"
    assert state(event(place="الرباط"), event(place="Rabat")) == "confirmed"


def test_editions_are_events_of_their_own() -> None:
    assert len(assemble([report(event(edition="3e édition")), report(event(edition="4"), "phare")])) == 2
    assert len(assemble([report(event(date="2025-05")), report(event(date="2026-05"), "phare")])) == 2


def test_a_bill_becomes_a_law() -> None:
    assert state(law("drafting"), law("adopted_council")) == "updated"
    assert state(law("adopted_council", "72.24"), law("adopted_parliament", "n° 72-24", kind="loi")) == "updated"
    assert len(assemble([report(law("drafting", "72.24")), report(law("drafting", "33.13"), "phare")])) == 2


def test_a_law_is_known_by_its_number_across_stories() -> None:
    claim = only(report(law("drafting", "72.24")), report(law("published", "72-24"), "phare", story="s2"))
    assert claim.verdict.state == "updated"


def test_an_initiative_goes_from_announced_to_completed() -> None:
    assert state(initiative(stage="announced"), initiative("Programme Villages connectés", stage="launched")) == "updated"
    assert len(assemble([report(initiative()), report(initiative("Écoles en fête"), "phare")])) == 2


def test_one_person_in_one_office_is_one_claim_however_worded() -> None:
    def role(person: str, text: str) -> PersonRole:
        return PersonRole(person=person, person_surface=person, role_surface=text, org="Office des sources")
    assert state(role("Salma Berrada", "directrice générale"), role("Berrada", "patronne")) == "confirmed"


def test_who_is_appointed_may_resign_later() -> None:
    assert state(appointment("Salma Berrada"), appointment("Salma Berrada", status="resigned")) == "updated"
    assert len(assemble([report(appointment("Salma Berrada")), report(appointment("Omar Tazi"), "phare")])) == 2


def test_positions_in_one_index_contradict() -> None:
    assert state(ranking(87, edition="2025"), ranking(87)) == "confirmed"
    assert state(ranking(87, edition="2025"), ranking(78, edition="2025")) == "disputed"
    assert len(assemble([report(ranking(87, edition="2025")), report(ranking(101, edition="2024"), "phare")])) == 2


def test_quotes_confirm_but_never_dispute() -> None:
    one = quote("Nous ouvrirons trois écoles dans la vallée avant l'hiver prochain")
    other = quote("Nous ouvrirons quatre écoles dans la vallée avant l'hiver prochain")
    assert state(one, Quote(text=f"« {one.text} »", speaker="Salma Berrada")) == "confirmed"
    assert {claim.verdict.state for claim in assemble([report(one), report(other, "phare")])} <= {"new", "confirmed"}


@pytest.mark.parametrize("seed", range(6))
def test_any_order_gives_the_same_claims(seed: int) -> None:
    fields: list[FactFields] = [
        agreement("Office des sources", "Banque verte", status="planned"), agreement("Office des sources", "Banque verte"),
        event(place="Salé"), event(place="Rabat"), law("drafting"), law("adopted_council"), initiative(), ranking(87),
        ranking(78), quote("Nous ouvrirons trois écoles dans la vallée avant l'hiver"), appointment("Salma Berrada")]
    outlets = ("aurore", "phare", "relais")
    reports = [report(one, outlets[at % 3], hours=at, story=f"s{at % 2}") for at, one in enumerate(fields * 2)]
    shuffled = random.Random(seed).sample(reports, len(reports))
    assert assemble(shuffled) == assemble(reports)


def test_the_original_is_first_though_its_copy_bears_the_same_time_and_an_earlier_id() -> None:
    original = report(law("adopted_council", "41-26"), "verger", article="z-original")
    copied = report(law("adopted_council", "41-26"), "kiosque", article="a-copy", source="article:z-original")
    claim = only(copied, original)
    assert claim.verdict.first == original
    assert claim.verdict.independent == (original.fact.fact_id,)
