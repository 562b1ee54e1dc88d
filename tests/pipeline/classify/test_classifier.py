"""The stage as a whole: pure, the same for the same configuration, and careful with articles that are gone."""

from __future__ import annotations

from msgspec.structs import replace

from config.settings import ROOT
from config.watch import load_watch
from pipeline.classify import Classifier
from tests.pipeline.classify.samples import article

WATCH = load_watch(ROOT / "config" / "taxonomy.yml", ROOT / "config" / "entities.yml")
GIVEN = article(
    "Le Maroc et la Banque mondiale signent un accord", "Un prêt de 100 millions de dollars a été annoncé mardi à Rabat.")


def test_the_same_article_gives_the_same_record_from_any_instance() -> None:
    assert Classifier(WATCH)(GIVEN) == Classifier(WATCH)(GIVEN)


def test_the_record_names_the_taxonomy_and_wraps_its_input() -> None:
    done = Classifier(WATCH)(GIVEN)
    assert done.article is GIVEN
    assert done.taxonomy == WATCH.version
    other = Classifier(WATCH.model_copy(update={"version": "autre"}))(GIVEN)
    assert other.event_id != done.event_id
    assert {one.entity_id for one in done.mentions} >= {"maroc", "banque_mondiale", "rabat"}


def test_a_withdrawn_article_passes_with_nothing_added() -> None:
    done = Classifier(WATCH)(replace(GIVEN, status="withdrawn", headline="", body=""))
    assert (done.labels, done.mentions, done.facts) == ((), (), ())


def test_empty_and_odd_texts_do_not_raise() -> None:
    classify = Classifier(WATCH)
    for text in ("", " ", "\n\n", "\u200f\u202bنص\u202c", "ﷺ ﻻ", "😀" * 50, "%" * 500, "\x00", "İstanbul ŒUVRE ß ﬁn", "ـــ"):
        assert classify(article(text, text)).article.headline == text
