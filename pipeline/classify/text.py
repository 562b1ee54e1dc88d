"""An article and its mentions in, its sentences with all that rules ask of them out: what every fact finder works on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from pipeline.events import Article, Evidence, Fact, FactFields, Language, Mention, Zone, content_id
from pipeline.language.folding import Folded, fold
from pipeline.language.numbers import Number, find_numbers
from pipeline.language.sentences import sentences

_TEASER = re.compile(r"\W{0,3}(?:read (?:also|more)|also read|(?:à )?lire (?:aussi|également)|voir aussi|اقرأ أيضا|"
                     r"lea también)\s?[:»-]", re.IGNORECASE)
"""How a line begins that names another article."""
ZONE_OF_DAYS = ZoneInfo("Africa/Casablanca")


@dataclass(frozen=True, eq=False)
class Passage:
    """One sentence: verbatim text, where it stands, and its folded form, numbers and mentions."""

    zone: Zone
    start: int
    """Offset in the zone's string (headline, body or captions); `lead` counts in the body."""
    text: str
    language: Language
    paragraph: int
    """Number of its paragraph in the zone, from 0."""
    mentions: tuple[Mention, ...] = ()
    """Those inside it, in order; offsets as in the zone."""

    @property
    def end(self) -> int:
        """Exclusive."""
        return self.start + len(self.text)

    @cached_property
    def folded(self) -> Folded:
        """Positions in `folded.text` are translated to those of `text` by `folded.span`."""
        return fold(self.text)

    @cached_property
    def numbers(self) -> Sequence[Number]:
        """Numbers, with positions in `folded.text`."""
        return find_numbers(self.folded, self.language)

    def mentions_within(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie in text[start:end]."""
        return [one for one in self.mentions if self.start + start <= one.start and one.end <= self.start + end]


@dataclass(frozen=True, eq=False)
class ArticleText:
    """The article as finders see it: headline first, then body and captions, sentence by sentence."""

    article: Article
    mentions: tuple[Mention, ...]
    passages: tuple[Passage, ...] = field(default=())

    @property
    def language(self) -> Language:
        """Of the article as a whole."""
        return self.article.language

    @cached_property
    def day(self) -> date | None:
        """Day of publication in Morocco: what "hier" and "en juillet dernier" are relative to. None where undated."""
        published = self.article.published
        return published.at.astimezone(ZONE_OF_DAYS).date() if published else None

    def following(self, passage: Passage, most: int = 1) -> Sequence[Passage]:
        """Up to `most` next sentences of the same zone string."""
        at = self.passages.index(passage)
        return [one for one in self.passages[at + 1:at + 1 + most] if _string(one.zone) == _string(passage.zone)]

    def before(self, passage: Passage, most: int = 1) -> Sequence[Passage]:
        """Up to `most` previous sentences of the same zone string, nearest first."""
        at = self.passages.index(passage)
        return [one for one in reversed(self.passages[max(0, at - most):at]) if _string(one.zone) == _string(passage.zone)]


def article_text(article: Article, mentions: Sequence[Mention]) -> ArticleText:
    """Split the article into passages, each with its mentions; lines that only point to another article are none."""
    lead_end = len(article.lead) if article.lead and article.body.startswith(article.lead) else 0
    zones: tuple[tuple[Zone, str], ...] = (("title", article.headline), ("body", article.body), ("caption", article.captions))
    passages = [
        passage for zone, text in zones
        for passage in _passages(text, zone, lead_end if zone == "body" else 0, article.language, mentions)]
    return ArticleText(article, tuple(mentions), tuple(passages))


def _passages(text: str, zone: Zone, lead_end: int, language: Language, mentions: Sequence[Mention]) -> Iterator[Passage]:
    own = sorted((one for one in mentions if _string(one.zone) == zone), key=lambda one: (one.start, -one.end))
    paragraph, counted, first = 0, 0, 0
    for start, end in sentences(text):
        paragraph, counted = paragraph + text.count("\n", counted, start), start
        while first < len(own) and own[first].start < start:
            first += 1
        if _TEASER.match(text, start):
            continue
        inside = tuple(one for one in own[first:] if one.end <= end) if first < len(own) and own[first].start < end else ()
        yield Passage("lead" if end <= lead_end else zone, start, text[start:end], language, paragraph, inside)


def _string(zone: Zone) -> Zone:
    """The string that a zone's offsets count in."""
    return "body" if zone == "lead" else zone


def make_fact(
    text: ArticleText, passage: Passage, fields: FactFields, *, extractor: str, confidence: float,
    attributed_to: str | None = None, at: int = 0,
) -> Fact:
    """A fact with its sentence as evidence. `at`: where in the sentence it is said, which tells equal facts apart."""
    evidence = Evidence(
        sentence=passage.text, zone=passage.zone, start=passage.start, end=passage.end,
        extractor=extractor, confidence=confidence)
    fact_id = content_id(
        "fact", text.article.article_id, text.article.text_hash, str(fields.__struct_config__.tag), _string(passage.zone),
        str(passage.start), str(at), repr(fields))
    return Fact(fact_id=fact_id, fields=fields, evidence=evidence, attributed_to=attributed_to)
