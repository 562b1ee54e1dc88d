"""The frame of the finders: what is stated twice counts once, in the order of the text."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.classify import facts
from pipeline.classify.facts import stated_once
from pipeline.classify.text import article_text, make_fact
from pipeline.events import Amount, Fact
from tests.pipeline.classify.samples import article

BODY = "Il coûtera 12 milliards.\nOn parle de 12 milliards de dirhams pour le port."
TEXT = article_text(article("Un port à Dakhla", BODY), ())
COST = Amount(value=12e9, currency="MAD", surface="12 milliards", role="cost")


def _fact(fields: Amount, sentence: int, confidence: float = 0.9) -> Fact:
    return make_fact(TEXT, TEXT.passages[sentence], fields, extractor="essai/1", confidence=confidence)


def test_the_fullest_sentence_stands_for_a_repetition() -> None:
    kept = stated_once([_fact(COST, 1), _fact(replace(COST, surface="12 milliards de dirhams"), 2)])
    assert [fact.evidence.sentence for fact in kept] == ["On parle de 12 milliards de dirhams pour le port."]


def test_confidence_comes_before_length() -> None:
    kept = stated_once([_fact(COST, 1, 0.95), _fact(COST, 2, 0.6)])
    assert [fact.evidence.confidence for fact in kept] == [0.95]


def test_another_value_is_another_fact() -> None:
    assert len(stated_once([_fact(COST, 1), _fact(replace(COST, value=13e9), 2)])) == 2


def test_facts_come_in_the_order_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    late, early = _fact(COST, 2), _fact(replace(COST, value=13e9), 0)
    monkeypatch.setattr(facts, "FINDERS", (lambda text: iter([late]), lambda text: iter([early])))
    assert facts.find_facts(TEXT) == (early, late)


def test_who_comes_into_an_office_is_told_once() -> None:
    text = article_text(article("Titre", "Karim Bennani, directeur du port, a été élu président de la ligue."), ())
    assert [fact.fields.__struct_config__.tag for fact in facts.find_facts(text)] == ["appointment"]
