"""Scores, text and facts of an article in, the features that its labels are learnt and decided from out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.classify.scores import OPENING, Scores, Span
from pipeline.classify.text import ArticleText, Passage
from pipeline.events import Agreement, Amount, Appointment, Fact, Initiative, Label, Law

READ: Final = 700
"""Code points of the body whose words count: what an article is about, it says at its beginning."""
STEM: Final = {"fr": 6, "en": 6, "es": 6, "ar": 5}
"""So many first letters tell a word from others without its endings."""
WORDS: Final = 4.0
"""What all words together weigh, beside a sign that is there or not."""
_MOST_OF_A_KIND: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]{2,40}")
_ATTACHED: Final = re.compile(r"^(?:[وفبلك]{0,2}ال|[وف](?=...)|لل)(?=..)")
"""Arabic words that are written together with the next one."""


def features(scores: Scores, text: ArticleText, facts: Sequence[Fact], ruled: Sequence[Label]) -> dict[str, float]:
    """Names and values; words weigh together as one. `ruled`: the labels that the rules alone would give."""
    found = {"always": 1.0, f"language {text.language}": 1.0}
    found.update(_of_rules(scores))
    found.update((f"ruled {label.scheme} {label.code}", label.score) for label in ruled)
    found.update(_of_headline(text.article.headline))
    found.update(_of_facts(facts))
    found.update(_of_words(text))
    return found


def _of_rules(scores: Scores) -> Iterator[tuple[str, float]]:
    """What the terms of the taxonomy say, absolutely and beside the strongest of their scheme."""
    most: dict[str, float] = {}
    for (scheme, _), total in scores.totals.items():
        most[scheme] = max(most.get(scheme, 0.0), total)
    for (scheme, code), total in scores.totals.items():
        yield f"terms {scheme} {code}", math.log1p(total) / 2
        yield f"share {scheme} {code}", total / (most[scheme] or 1.0)
        if (scheme, code) in scores.headlined:
            yield f"headlined {scheme} {code}", 1.0
    for scheme, total in most.items():
        yield f"most {scheme}", math.log1p(total) / 2


def _of_headline(headline: str) -> Iterator[tuple[str, float]]:
    bare = headline.rstrip(" »”\"")
    marks = {"question": bare.endswith(("?", "؟")), "quotation": any(mark in headline for mark in "«“\""),
             "colon": ":" in headline, "figure": any(char.isdigit() for char in headline), "percent": "%" in headline,
             "exclamation": "!" in headline, "none": not bare}
    for name, there in marks.items():
        if there:
            yield f"headline {name}", 1.0


def _of_facts(facts: Sequence[Fact]) -> dict[str, float]:
    found: dict[str, float] = {}
    for fact in facts:
        place = _place(fact)
        names = [f"fact {fact.fields.__struct_config__.tag} {place}"]
        more = _detail(fact)
        if more is not None and place != "rest":
            names.append(f"fact {fact.fields.__struct_config__.tag} {more}")
        for name in names:
            found[name] = min(_MOST_OF_A_KIND, found.get(name, 0.0) + 1.0)
    return {name: math.log1p(value) for name, value in found.items()}


def _place(fact: Fact) -> str:
    zone, start = fact.evidence.zone, fact.evidence.start
    if zone == "title":
        return "title"
    return "opening" if zone == "lead" or (zone == "body" and start < OPENING) else "rest"


def _detail(fact: Fact) -> str | None:
    match fact.fields:
        case Amount(role=role):
            return role
        case Agreement(status=status) | Appointment(status=status):
            return status
        case Law(stage=stage) | Initiative(stage=stage):
            return stage
        case _:
            return None


def _of_words(text: ArticleText) -> dict[str, float]:
    """Stems of headline and beginning, those of the headline twice: as a word of the text and as one of the headline."""
    found: dict[str, float] = {}
    for passage, stem, _ in words(text):
        found[f"word {stem}"] = 1.0
        if passage.zone == "title":
            found[f"titled {stem}"] = 1.0
    return dict.fromkeys(found, WORDS / math.sqrt(len(found))) if found else {}


def words(text: ArticleText) -> Iterator[tuple[Passage, str, Span]]:
    """Passage, stem and place in its folded text of every word that counts."""
    for passage in text.passages:
        if passage.zone != "caption" and passage.start <= READ:
            for match in _WORD.finditer(passage.folded.text):
                yield passage, stemmed(match[0], text.language), match.span()


def stemmed(word: str, language: str) -> str:
    """The first letters of a folded word, without what Arabic writes attached to its front."""
    bare = _ATTACHED.sub("", word) if language == "ar" else word
    return bare[:STEM.get(language, 6)]
