"""A model beside the rules: what it may add, what it is refused, and that nothing it does keeps an article back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from flows.doctor import examine
from flows.status import show_status
from pipeline.events import Agreement, Amount, Article, ClassifiedArticle, Fact, Mention, PersonRole
from pipeline.model.memory import MEMORY, Memory
from pipeline.model.reader import load_reader
from tests.pipeline.classify.samples import article
from tests.pipeline.model.server import Model, model_server

BODY = (
    "Le barrage sera rehaussé. Les travaux coûteront 1,2 milliard de dirhams à l'agence du bassin. "
    "Mme Salma Berrada, cheffe du chantier, y travaille depuis mars.\n"
    "L'agence du bassin et la société Oumnia ont paraphé un protocole d'entente.")
ARABIC = "ستكلف الأشغال 1,2 مليار درهم حسب وكالة الحوض. ويرتقب أن تنتهي قبل الصيف."
COST: dict[str, Any] = {
    "fact": {"type": "amount", "value": 1.2e9, "currency": "MAD", "surface": "1,2 milliard de dirhams", "modality": "exact",
             "role": "cost", "subject": "travaux", "period": None, "place": "Atlantide"},
    "evidence": "Les travaux coûteront 1,2 milliard de dirhams à l'agence du bassin.", "attributed_to": None}
DEAL: dict[str, Any] = {
    "fact": {"type": "agreement", "parties": [{"name": "?", "surface": "agence du bassin"}, {"name": "?", "surface": "Oumnia"}],
             "instrument": "memo", "instrument_surface": "protocole d'entente", "status": "signed", "object_surface": None,
             "signatories": ["Jean Dupont"], "date": "2020-01-01", "place": None, "amount_value": 5e9, "amount_currency": "MAD"},
    "evidence": "L'agence du bassin et la société Oumnia ont paraphé un protocole d'entente.", "attributed_to": "la rumeur"}


@pytest.fixture
def model() -> Iterator[Model]:
    with model_server() as server:
        yield server


def settings_of(model: Model, folder: Path, **more: Any) -> Settings:
    given = {"model_url": model.url, "model_name": "essai-7b", **more}
    return Settings(_env_file=None, data=folder, **given)


def classified(of: Article, *facts: Fact, mentions: tuple[Mention, ...] = ()) -> ClassifiedArticle:
    return ClassifiedArticle(event_id="event", article=of, facts=facts, mentions=mentions, taxonomy="t")


def read_by(model: Model, folder: Path, one: ClassifiedArticle, **more: Any) -> ClassifiedArticle:
    with load_reader(settings_of(model, folder, **more)) as reader:
        assert reader is not None
        return reader(one)


def counts(folder: Path) -> dict[str, int]:
    with Memory(folder / MEMORY) as memory:
        return dict(memory.counts(datetime.now(UTC).date()))


def but(told: dict[str, Any], **other: Any) -> dict[str, Any]:
    """The same fact, told otherwise."""
    return {**told, "fact": {**told["fact"], **{k: v for k, v in other.items() if k != "evidence"}},
            "evidence": other.get("evidence", told["evidence"])}


def test_off_by_default(tmp_path: Path) -> None:
    with load_reader(Settings(_env_file=None, data=tmp_path)) as reader:
        assert reader is None
    assert not (tmp_path / MEMORY).exists()


def test_adds_a_fact_with_its_verbatim_sentence(model: Model, tmp_path: Path) -> None:
    model.says(COST)
    read = read_by(model, tmp_path, classified(article("Barrage", BODY)), model_key="geheim", model_confidence=0.6)
    (fact,) = read.facts
    assert isinstance(fact.fields, Amount)
    assert (fact.fields.value, fact.fields.subject, fact.fields.place) == (1.2e9, "travaux", None)
    assert BODY[fact.evidence.start:fact.evidence.end] == fact.evidence.sentence == COST["evidence"]
    assert (fact.evidence.extractor, fact.evidence.confidence) == ("model/1 essai-7b", 0.6)
    assert read.event_id != "event"
    assert model.keys == ["Bearer geheim"]
    assert model.asked[0]["response_format"]["json_schema"]["strict"] is True
    assert BODY in model.asked[0]["messages"][1]["content"]


def test_arabic(model: Model, tmp_path: Path) -> None:
    model.says(but(COST, surface="1,2 مليار درهم", subject="الأشغال", evidence="ستكلف الأشغال 1,2 مليار درهم حسب وكالة الحوض."))
    (fact,) = read_by(model, tmp_path, classified(article("سد", ARABIC, language="ar"))).facts
    assert isinstance(fact.fields, Amount)
    assert fact.fields.value == 1.2e9
    assert fact.evidence.sentence in ARABIC


def test_what_the_article_does_not_say_is_left_out(model: Model, tmp_path: Path) -> None:
    model.says(DEAL)
    start = BODY.index("Oumnia")
    firm = Mention(entity_id="oumnia", kind="organisation", name="Oumnia S.A.", surface="Oumnia", zone="body", start=start,
                   end=start + 6)
    (fact,) = read_by(model, tmp_path, classified(article("Barrage", BODY), mentions=(firm,))).facts
    deal = fact.fields
    assert isinstance(deal, Agreement)
    assert [(party.name, party.entity_id) for party in deal.parties] == [("agence du bassin", None), ("Oumnia S.A.", "oumnia")]
    assert deal.instrument == "protocole d'accord"
    assert (deal.signatories, deal.date, deal.amount_value, deal.amount_currency) == ((), None, None, None)
    assert fact.attributed_to == "unnamed"


@pytest.mark.parametrize(("told", "why"), [
    (but(COST, evidence="Les travaux coûteront 1,2 milliard de dirhams à l'État."), "evidence_not_verbatim"),
    (but(COST, evidence=""), "evidence_not_verbatim"),
    (but(COST, value=1.3e9), "number_not_reread"),
    (but(COST, value=1.2), "number_not_reread"),
    (but(COST, currency="EUR"), "number_not_reread"),
    (but(COST, value=None), "number_not_reread"),
    (but(COST, value="1,2"), "number_not_reread"),
    (but(COST, surface="1,2 Md DH"), "wording_not_in_text"),
    (but(COST, modality="certainly"), "unreadable"),
    (but(COST, type="rumour"), "unreadable"),
    (but(DEAL, parties=[{"name": "x", "surface": "Atlantis Corp"}]), "wording_not_in_text"),
    (but(DEAL, parties=["Oumnia"]), "wording_not_in_text"),
    ({"fact": [], "evidence": 3}, "unreadable"),
    ("a string", "unreadable"),
])
def test_refused_and_counted(model: Model, tmp_path: Path, told: Any, why: str) -> None:
    model.says(told)
    read = read_by(model, tmp_path, classified(article("Barrage", BODY)))
    assert read.facts == ()
    assert counts(tmp_path)[f"refused_{why}"] == 1


def test_what_the_rules_found_stays_and_is_not_doubled(model: Model, tmp_path: Path) -> None:
    model.says(COST, COST)
    first = read_by(model, tmp_path, classified(article("Barrage", BODY)))
    again = read_by(model, tmp_path, classified(article("Barrage", BODY), *first.facts))
    assert again.facts == first.facts
    assert counts(tmp_path)["known"] == 1 + 2


def test_a_role_with_its_person(model: Model, tmp_path: Path) -> None:
    model.says({"fact": {"type": "person_role", "person": "?", "person_surface": "Salma Berrada",
                         "role_surface": "cheffe du chantier", "org": "NASA"},
                "evidence": "Mme Salma Berrada, cheffe du chantier, y travaille depuis mars.", "attributed_to": None})
    (fact,) = read_by(model, tmp_path, classified(article("Barrage", BODY))).facts
    assert isinstance(fact.fields, PersonRole)
    assert (fact.fields.person, fact.fields.org) == ("Salma Berrada", None)


def test_an_answer_is_remembered(model: Model, tmp_path: Path) -> None:
    model.says(COST)
    one = classified(article("Barrage", BODY))
    first = read_by(model, tmp_path, one)
    model.mood = "denied"
    assert read_by(model, tmp_path, one) == first
    assert len(model.asked) == 1
    assert counts(tmp_path)["tokens"] == 321


@pytest.mark.parametrize(("mood", "why"), [
    ("garbage", "endpoint_unreadable"), ("empty", "endpoint_unreadable"), ("busy", "endpoint_busy"),
    ("denied", "endpoint_refused"), ("moved", "endpoint_refused"), ("huge", "endpoint_oversized"),
    ("trickle", "endpoint_slow"), ("silent", "endpoint_slow"), ("hang_up", "endpoint_unreachable"),
])
def test_a_misbehaving_endpoint_costs_no_article(model: Model, tmp_path: Path, mood: str, why: str) -> None:
    model.mood = mood
    one = classified(article("Barrage", BODY))
    seconds = 0.5 if why == "endpoint_slow" else 20
    assert read_by(model, tmp_path, one, model_seconds=seconds) == one
    assert counts(tmp_path) == {"asked": 1, "skipped": 1, why: 1}
    model.mood = "good"
    model.says(COST)
    assert len(read_by(model, tmp_path, one).facts) == 1, "a failure is not remembered as an answer"


@pytest.mark.parametrize("answer", ["no json at all", '{"facts": 3}', '{"facts": [', "[" * 100_000])
def test_an_answer_of_another_form(model: Model, tmp_path: Path, answer: str) -> None:
    model.answer = answer
    one = classified(article("Barrage", BODY))
    assert read_by(model, tmp_path, one) == one
    assert counts(tmp_path)["endpoint_unreadable"] == 1


def test_the_budget_of_a_day(model: Model, tmp_path: Path) -> None:
    for number in range(4):
        read_by(model, tmp_path, classified(article(f"Barrage {number}", BODY)), model_calls=2)
    assert len(model.asked) == 2
    assert counts(tmp_path)["budget_spent"] == 2


def _reads(model: Model, folder: Path, number: int) -> Callable[[], None]:
    def read() -> None:
        with load_reader(settings_of(model, folder)) as reader:
            assert reader is not None
            for each in range(number):
                reader(classified(article(f"Barrage {each}", BODY)))
    return read


@pytest.mark.parametrize(("mood", "asked"), [("busy", 1), ("denied", 3)])
def test_a_failing_endpoint_is_left_alone(model: Model, tmp_path: Path, mood: str, asked: int) -> None:
    model.mood = mood
    _reads(model, tmp_path, 6)()
    assert len(model.asked) == asked
    assert counts(tmp_path)["endpoint_paused"] == 6 - asked


def test_no_more_facts_than_asked_for(model: Model, tmp_path: Path) -> None:
    model.says(*[but(COST, value=number) for number in range(500)])
    read_by(model, tmp_path, classified(article("Barrage", BODY)))
    assert counts(tmp_path)["refused_number_not_reread"] == 100


def test_doctor_and_status_tell_of_the_model(model: Model, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    on = settings_of(model, tmp_path)
    told = {finding.about: finding for finding in examine(on)}
    assert told["model"].told == "essai-7b is there"
    assert {one.about: one for one in examine(settings_of(model, tmp_path, model_name=""))}["model"].grade == "wrong"
    model.says(but(COST, value=7))
    read_by(model, tmp_path, classified(article("Barrage", BODY)))
    show_status(on)
    assert "model: 1 of 500 questions asked today; read 1, refused number not reread 1, tokens 321" in capsys.readouterr().out
