"""One fact as a model told it in, the fact with its verbatim evidence out, or why it is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

import msgspec

from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Evidence, Fact, FactFields, Quote
from pipeline.model.numbers import is_reread
from pipeline.model.question import MAX_FACTS
from pipeline.model.wording import missing, purified, whole_text

Refusal = Literal["unreadable", "evidence_not_verbatim", "wording_not_in_text", "number_not_reread"]
UNNAMED: Final = "unnamed"
NUMERIC: Final = frozenset({"amount", "count", "percentage", "target", "capacity", "ranking"})


class _Told(msgspec.Struct):
    fact: dict[str, Any]
    evidence: str
    attributed_to: str | None = None


class _Answer(msgspec.Struct):
    facts: list[msgspec.Raw]


class UnreadableAnswerError(Exception):
    """The answer is not JSON of the form asked for."""


def told_in(answer: str) -> Sequence[msgspec.Raw]:
    """The facts of an answer, undecoded; no more than were asked for. Raises UnreadableAnswerError."""
    try:
        return msgspec.json.decode(answer, type=_Answer).facts[:MAX_FACTS]
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise UnreadableAnswerError(str(error)) from error


def checked(told: msgspec.Raw, text: ArticleText, *, extractor: str, confidence: float) -> Fact | Refusal:
    """The fact, if its evidence stands in the article letter by letter, and all wordings, and our grammar reads its number."""
    try:
        one = msgspec.json.decode(told, type=_Told)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return "unreadable"
    refusal: Refusal = "evidence_not_verbatim"
    everything = whole_text(text)
    for passage in _standing(one.evidence.strip(), text, everything):
        found = _checked_in(passage, one, text, everything, extractor, confidence)
        if isinstance(found, Fact):
            return found
        refusal = found
    return refusal


def _standing(evidence: str, text: ArticleText, everything: str) -> Iterator[Passage]:
    """Sentences that the evidence is of, or that it consists of."""
    if not evidence:
        return
    verbatim = evidence in everything
    for passage in text.passages:
        if evidence in passage.text or (verbatim and passage.text.strip() in evidence):
            yield passage


def _checked_in(
    passage: Passage, one: _Told, text: ArticleText, everything: str, extractor: str, confidence: float,
) -> Fact | Refusal:
    kind = str(one.fact.get("type"))
    if missing(one.fact, passage, everything):
        return "wording_not_in_text"
    if not is_reread(kind, one.fact, passage):
        return "number_not_reread"
    try:
        fields = msgspec.convert(_without_none(purified(kind, one.fact, text, passage, everything)), FactFields)
    except (msgspec.ValidationError, TypeError, KeyError):
        return "unreadable"
    by = one.attributed_to
    attributed = by if by == UNNAMED or (by and by in everything) else UNNAMED if by else None
    return make_fact(text, passage, fields, extractor=extractor, confidence=confidence, attributed_to=attributed)


def _without_none(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields that were not told take their defaults."""
    return {name: value for name, value in fields.items() if value is not None}


def is_known(fact: Fact, known: Sequence[Fact]) -> bool:
    """Whether the rules found it already: the same kind in the same sentence, of the same number, person or words."""
    return any(_same(fact, other) for other in known)


def _same(one: Fact, other: Fact) -> bool:
    kind = one.fields.__struct_config__.tag
    if kind != other.fields.__struct_config__.tag:
        return False
    if isinstance(one.fields, Quote) and isinstance(other.fields, Quote):
        return one.fields.text in other.fields.text or other.fields.text in one.fields.text
    if kind == "person_role":
        return getattr(one.fields, "person", None) == getattr(other.fields, "person", None)
    if not _overlap(one.evidence, other.evidence):
        return False
    return kind not in NUMERIC or _number(one) == _number(other)


def _overlap(one: Evidence, other: Evidence) -> bool:
    title = (one.zone == "title", other.zone == "title")
    return title[0] == title[1] and one.start < other.end and other.start < one.end


def _number(fact: Fact) -> object:
    fields = msgspec.structs.asdict(fact.fields)
    return fields.get("value", fields.get("position")), fields.get("currency")
