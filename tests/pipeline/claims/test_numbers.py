"""Numbers of every kind: what is one claim, what is a dispute, and what is neither."""

from __future__ import annotations

import itertools
import random

import pytest

from pipeline.claims import assemble
from pipeline.events import Capacity, FactFields, Target
from tests.pipeline.claims.reports import amount, count, only, percentage, report


def test_an_open_lower_end_does_not_contradict_a_finer_figure() -> None:
    claim = only(report(amount(11e9, modality="more_than")), report(amount(11.2e9), "phare", hours=2))
    assert claim.verdict.state == "confirmed"
    assert claim.verdict.sources == 2


def test_a_rounder_figure_is_the_same_and_another_figure_is_a_dispute() -> None:
    assert only(report(amount(11e9)), report(amount(11.2e9), "phare")).verdict.state == "confirmed"
    claim = only(report(amount(11.2e9)), report(amount(12.4e9), "phare", hours=2))
    assert claim.verdict.state == "disputed"
    (conflict,) = claim.verdict.conflicts
    assert (conflict.report_a.outlet, conflict.report_b.outlet, conflict.field) == ("aurore", "phare", "value")
    assert "11.2 billion dirhams" in conflict.explanation.en
    assert "12,4 milliards de dirhams" in conflict.explanation.fr
    assert "11,2 مليار درهم" in conflict.explanation.ar


def test_a_figure_far_off_is_about_something_else() -> None:
    assert len(assemble([report(amount(11e9)), report(amount(40e9), "phare")])) == 2


def test_periods_subjects_and_units_tell_figures_apart() -> None:
    for one, other in (
        (amount(3e9, period="2025"), amount(3.4e9, period="2026")),
        (amount(3e9, "les exportations d'agrumes"), amount(3.4e9, "les importations d'agrumes")),
        (amount(3e9), amount(3.4e9, currency="EUR")),
        (count(900), count(1000, "hectares")),
        (count(900, "emplois directs", "les emplois directs"), count(1100, "emplois indirects", "les emplois indirects")),
    ):
        assert len(assemble([report(one), report(other, "phare")])) == 2, (one, other)


def test_what_is_counted_is_known_across_languages() -> None:
    french = report(count(1200, "emplois"))
    arabic = report(count(1200, "منصب شغل", "مصنع الأسلاك"), "phare", language="ar", sentence="سيوفر المصنع 1200 منصب شغل.")
    assert only(french, arabic).verdict.state == "confirmed"
    hectares = report(count(1200, "هكتارا", "مصنع الأسلاك"), "phare", language="ar", sentence="على 1200 هكتار.")
    assert len(assemble([french, hectares])) == 2


def test_counts_of_one_thing_dispute() -> None:
    claim = only(report(count(700, subject="emplois créés par l'usine de câbles")),
                 report(count(850, subject="emplois créés par l'usine de câbles"), "phare", hours=1))
    assert claim.verdict.state == "disputed"


def test_a_rise_and_a_fall_contradict_each_other() -> None:
    claim = only(report(percentage(4.5, direction="up")), report(percentage(4.5, direction="down"), "phare"))
    assert claim.verdict.state == "disputed"
    assert "-4.5 %" in claim.verdict.conflicts[0].explanation.en


def test_percentages_over_other_spans_do_not_dispute() -> None:
    said = "Les prix du poisson ont reculé de 0,8 % par rapport au mois précédent."
    month = report(percentage(0.8, direction="down"), sentence=said)
    year = report(percentage(0.5), "phare", sentence="Les prix du poisson ont augmenté de 0,5 % en glissement annuel.")
    assert [claim.verdict.state for claim in assemble([month, year])] == ["new", "new"]


def test_targets_are_keyed_by_their_horizon() -> None:
    def target(value: float, horizon: str) -> Target:
        return Target(value=value, unit="%", surface="x", subject="part des énergies propres", horizon=horizon)
    assert only(report(target(52, "2030")), report(target(52, "2030"), "phare")).verdict.state == "confirmed"
    assert len(assemble([report(target(52, "2030")), report(target(55, "2035"), "phare")])) == 2


def test_capacities_in_one_unit_confirm() -> None:
    one = Capacity(value=500, unit="MW", surface="x", subject="le centre de données de l'Atlantique")
    other = Capacity(value=500, unit="mégawatts", surface="x", subject="centre de données de l'Atlantique", modality="potential")
    assert only(report(one), report(other, "phare")).verdict.sources == 2


def test_unresolved_subjects_never_dispute_across_stories() -> None:
    claims = assemble([report(amount(3e9)), report(amount(3.4e9), "phare", story="s2")])
    assert sorted(claim.verdict.state for claim in claims) == ["new", "new"]


def test_resolved_subjects_are_one_claim_across_stories() -> None:
    fields = {"subject_entity": "ocp", "period": "2026", "role": "revenue"}
    claim = only(report(amount(97e9, **fields)), report(amount(97e9, **fields), "phare", story="s2", hours=90))
    assert claim.verdict.state == "confirmed"
    assert claim.verdict.first.outlet == "aurore"


def test_a_corrected_amount_is_an_update_and_ends_a_dispute() -> None:
    wrong = report(amount(2.5e9), "phare", hours=1, current=False)
    right = report(amount(2.1e9), "phare", hours=1, version=2)
    assert only(wrong, right).verdict.state == "updated"
    claim = only(report(amount(2.1e9)), wrong, right)
    assert (claim.verdict.state, claim.verdict.settled) == ("confirmed", True)


def test_copies_and_one_dispatch_count_once() -> None:
    claim = only(
        report(amount(2e9), source="agency:map"), report(amount(2e9), "phare", hours=1, source="agency:map"),
        report(amount(2e9), "relais", hours=2, source="article:phare-1"))
    assert (claim.verdict.state, claim.verdict.sources, len(claim.verdict.independent)) == ("new", 1, 1)


def test_what_is_withdrawn_everywhere_is_withdrawn() -> None:
    assert only(report(amount(2e9), withdrawn=True)).verdict.state == "withdrawn"


@pytest.mark.parametrize("seed", range(6))
def test_any_order_gives_the_same_claims(seed: int) -> None:
    stated: tuple[FactFields, ...] = (
        amount(11e9, modality="more_than"), amount(11.2e9 + 1e9), count(700), percentage(3.4), percentage(3.6))
    reports = [
        report(fields, outlet, hours=hours, story=story, article=f"{outlet}-{story}")
        for (outlet, hours), story, fields in itertools.product(
            (("aurore", 0), ("phare", 3), ("relais", 5)), ("s1", "s2"), stated)]
    shuffled = random.Random(seed).sample(reports, len(reports))
    assert assemble(shuffled) == assemble(reports)


def test_lengths_of_time_never_dispute() -> None:
    one = report(count(4, "ans", "ans"))
    other = report(count(5, "سنوات", "سنوات"), "phare", language="ar")
    same_language = report(count(5, "ans", "ans"), "vigie")
    assert all(not claim.verdict.conflicts for claim in assemble([one, other, same_language]))


def test_the_word_for_what_is_counted_does_not_say_what_it_is_about() -> None:
    halls, sheds = report(count(40, "salles", "salles")), report(count(55, "salles", "salles"), "phare")
    assert all(not claim.verdict.conflicts for claim in assemble([halls, sheds]))
    school = "salles du lycée d'Azrou"
    one, other = report(count(40, "salles", school)), report(count(55, "salles", school), "phare")
    assert only(one, other).verdict.state == "disputed"


def test_an_open_end_says_nothing_of_figures_of_another_size() -> None:
    workers = report(count(600, "ouvriers", "ouvriers", modality="up_to"))
    years, few = report(count(4, "ans", "ans"), "phare"), report(count(12, "ouvriers", "ouvriers"), "vigie")
    assert len(assemble([workers, years, few])) == 3
