"""Topics, sectors, kind of announcement, new or recalled: from terms, from what entities suggest, from facts."""

from __future__ import annotations

import pytest

from config.settings import ROOT
from config.watch import Category, Entities, Taxonomy, Watch, WatchedEntity, load_watch
from pipeline.classify import Classifier
from pipeline.classify.announcement import announced_kind
from pipeline.classify.scores import Scores
from pipeline.classify.text import article_text, make_fact
from pipeline.events import Appointment, Label, Language
from tests.pipeline.classify.samples import article


@pytest.fixture(scope="module")
def classify() -> Classifier:
    return Classifier(load_watch(ROOT / "config" / "taxonomy.yml", ROOT / "config" / "entities.yml"))


def _codes(labels: tuple[Label, ...], scheme: str) -> list[str]:
    return [label.code for label in labels if label.scheme == scheme]


SAMPLES: list[tuple[Language, str, str, str]] = [
    ("fr", "Un nouvel hôpital ouvre à Azilal", "Les patients y trouvent des médecins et une pharmacie.",
     "sante sante infrastructure"),
    ("fr", "La ministre signe une convention pour les écoles rurales", "Cette convention profite aux élèves et aux enseignants.",
     "education_recherche education agreement_signed"),
    ("ar", "تعيين مدير عام جديد للمكتب", "تم تعيين المهندس مديرا عاما خلفا لسابقه، وهو خبير في الطاقة الشمسية والطاقات المتجددة.",
     "energie transition_energetique appointment"),
    ("ar", "مهرجان للسينما والمسرح يفتتح أبوابه", "ينظم المهرجان دورته الأولى بحضور فنانين ومخرج مسرحي.",
     "culture_medias culture_medias event"),
    ("en", "Wheat harvest rises by 12 percent, report shows", "Farmers sold more cereals and livestock than last year.",
     "agriculture agriculture results_figures"),
    ("es", "El puerto firma un acuerdo con una aerolínea", "El acuerdo mejora el transporte y la logística del aeropuerto.",
     "infrastructures_transport transport agreement_signed"),
]


@pytest.mark.parametrize(("language", "headline", "body", "wanted"), SAMPLES)
def test_each_language(classify: Classifier, language: Language, headline: str, body: str, wanted: str) -> None:
    topic, sector, kind = wanted.split()
    labels = classify(article(headline, body, language=language)).labels
    assert topic in _codes(labels, "topic")
    assert sector in _codes(labels, "sector")
    assert _codes(labels, "announcement") == [kind]


def test_a_label_shows_the_words_that_decided(classify: Classifier) -> None:
    given = article("Trois barrages pour l'eau potable", "Le stress hydrique recule.")
    for label in classify(given).labels:
        if label.surface is not None:
            text = given.headline if label.zone == "title" else given.body
            assert text[label.start:label.end] == label.surface
            assert 0 < label.score <= 1
    assert {label.surface for label in classify(given).labels if label.code == "eau"} & {"barrages", "eau potable"}


def test_limits_of_each_scheme(classify: Classifier) -> None:
    everything = "Banque, hôpital, école, festival, stade, port, barrage, tribunal, usine, tourisme, blé, emploi. " * 3
    labels = classify(article(everything, everything)).labels
    assert [len(_codes(labels, scheme)) for scheme in ("topic", "sector", "novelty")] == [3, 3, 1]
    assert len(_codes(labels, "announcement")) <= 1


def test_an_article_about_nothing_known_gets_no_sector_and_no_announcement(classify: Classifier) -> None:
    labels = classify(article("Zzz", "Mmm hmm.")).labels
    assert [label.scheme for label in labels] == ["novelty"]
    assert labels[0].code == "recalled"


@pytest.mark.parametrize(("headline", "body", "code"), [
    ("La ville signe une convention avec le port", "La convention a été signée mardi, indique un communiqué.", "new"),
    ("Pourquoi les oasis meurent : retour sur un débat", "Les habitants en parlent depuis longtemps.", "recalled"),
])
def test_new_or_recalled(classify: Classifier, headline: str, body: str, code: str) -> None:
    assert _codes(classify(article(headline, body)).labels, "novelty") == [code]


def _watch(**entity: object) -> Watch:
    eau = Category(name={"fr": "Eau"}, strong={"fr": ("barrage*",)})
    port = Category(name={"fr": "Ports"}, strong={"fr": ("barrage", "port")})
    entities = {"onb": WatchedEntity.model_validate({"kind": "organisation", "name": {"fr": "Office du Port"}, **entity})}
    return Watch(taxonomy=Taxonomy(topics={"eau": eau, "ports": port}, sectors={}, announcements={}),
                 entities=Entities(entities=entities), version="1")


def test_what_a_watched_name_suggests_counts_and_its_words_do_not() -> None:
    given = article("L'Office du Port", "L'Office du Port parle.")
    assert _codes(Classifier(_watch())(given).labels, "topic") == []
    assert _codes(Classifier(_watch(hints=("eau",)))(given).labels, "topic") == ["eau"]


def test_a_star_takes_any_ending_and_only_then() -> None:
    assert _codes(Classifier(_watch())(article("Barrages", "")).labels, "topic") == ["eau"]


def test_a_fact_at_the_front_says_the_kind_and_one_at_the_end_does_not() -> None:
    body = "Elle prend la tête du groupe.\n" + "Une phrase de plus.\n" * 40 + "Elle dirige."
    text = article_text(article("Un titre", body), ())
    fields = Appointment(person="R. Alaoui", person_surface="Elle", role_surface="tête")
    front = make_fact(text, text.passages[1], fields, extractor="essai/1", confidence=0.9)
    end = make_fact(text, text.passages[-1], fields, extractor="essai/1", confidence=0.9)
    kind = announced_kind(Scores(), (front,))
    assert kind is not None
    assert kind.code == "appointment"
    assert announced_kind(Scores(), (end,)) is None
