"""Features in, probabilities and labels out: what the trained model adds to the rules."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from config.settings import ROOT
from config.watch import load_watch
from pipeline.classify.decisions import decided
from pipeline.classify.features import stemmed, words
from pipeline.classify.labels import Labeller
from pipeline.classify.learnt import Model, read_model
from pipeline.classify.scores import Scores
from pipeline.classify.text import article_text
from tests.pipeline.classify.samples import article

CODES = (("topic", "eau"), ("topic", "sport"), ("sector", "eau"), ("announcement", "law"), ("announcement", "none"),
         ("novelty", "new"), ("novelty", "recalled"))


def _model(**weights: tuple[float, ...]) -> Model:
    rows = {name.replace("_", " "): at for at, name in enumerate(weights)}
    return Model("essai/1", {"topic": 0.3, "sector": 0.3, "novelty": 0.5}, CODES, rows,
                 np.array(list(weights.values()), dtype=np.float32))


MODEL = _model(
    always=(-3, -3, -3, -2, 0, -1, 0), word_digue=(5, 0, 4, 0, 0, 0, 0), word_loi=(0, 0, 0, 5, 0, 3, 0))


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "weights.txt"
    path.write_text(MODEL.written(), encoding="utf-8")
    again = read_model(path)
    assert (again.version, again.codes, again.rows, again.least) == (MODEL.version, MODEL.codes, MODEL.rows, MODEL.least)
    assert np.allclose(again.weights, MODEL.weights, atol=0.005)
    assert again.written() == MODEL.written()


def test_unknown_features_count_nothing() -> None:
    assert MODEL.probabilities({"word inconnu": 5.0}) == dict.fromkeys(CODES, 0.5)
    chances = MODEL.probabilities({"always": 1.0, "word digue": 1.0})
    assert chances["topic", "eau"] == pytest.approx(1 / (1 + np.exp(-2)), abs=1e-6)


def test_a_label_of_the_model_shows_the_word_that_speaks_most_for_it() -> None:
    text = article_text(article("Une digue", "La loi passe."), ())
    found = {"always": 1.0, "word digue": 1.0, "word loi": 1.0}
    labels = {(label.scheme, label.code): label for label in decided(MODEL, found, Scores(), text)}
    assert set(labels) == {("topic", "eau"), ("sector", "eau"), ("announcement", "law"), ("novelty", "new")}
    shown = labels["topic", "eau"]
    assert (shown.zone, shown.start, shown.end, shown.surface, shown.decided_by) == ("title", 4, 9, "digue", "essai/1")
    law = labels["announcement", "law"]
    assert (law.zone, law.surface, law.score) == ("body", "loi", 0.953)


def test_where_nothing_speaks_for_anything_only_novelty_is_told() -> None:
    labels = decided(MODEL, {"always": 1.0}, Scores(), article_text(article("Zzz", "Mmm."), ()))
    assert [(label.scheme, label.code, label.score) for label in labels] == [("novelty", "recalled", 0.731)]


@pytest.mark.parametrize(("word", "language", "stem"), [
    ("conventions", "fr", "conven"), ("والاتفاقيه", "ar", "اتفاق"), ("للصحه", "ar", "صحه"), ("الي", "ar", "الي"),
    ("loi", "fr", "loi")])
def test_stems(word: str, language: str, stem: str) -> None:
    assert stemmed(word, language) == stem


def test_words_past_the_beginning_do_not_count() -> None:
    text = article_text(article("Titre", "Une phrase courte.\n" + "Encore une phrase.\n" * 60 + "Dernier mot."), ())
    stems = {stem for _, stem, _ in words(text)}
    assert "titre" in stems
    assert "dernie" not in stems


def test_the_shipped_model_is_of_the_shipped_taxonomy_and_small() -> None:
    taxonomy = load_watch(ROOT / "config" / "taxonomy.yml", ROOT / "config" / "entities.yml").taxonomy
    model = read_model()
    schemes = {"topic": taxonomy.topics, "sector": taxonomy.sectors, "announcement": taxonomy.announcements,
               "novelty": taxonomy.novelty}
    assert all(model.knows(scheme, known) for scheme, known in schemes.items())
    assert not model.knows("topic", ["eau"])
    assert len(model.written()) < 300_000


def test_features_tell_where_a_thing_is_said() -> None:
    labeller = Labeller(load_watch(ROOT / "config" / "taxonomy.yml", ROOT / "config" / "entities.yml"))
    found = labeller.features(article_text(article("Un barrage ?", "Les élèves."), ()), ())
    assert found["headlined sector eau"] == found["headline question"] == found["language fr"] == 1.0
    assert "headlined sector education" not in found
    assert found["share topic eau_environnement"] == 1.0 > found["share topic education_recherche"] > 0
