"""An article in, what people said in it word for word out: quotations that are speech, each with its speaker.

Quotation marks also hold names, themes and words kept at a distance: these need a verb of saying close by, or length, to count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pipeline.classify.facts.cast import Cast, cast_of
from pipeline.classify.facts.people import people_in
from pipeline.classify.facts.quotations import Quotation, quotations
from pipeline.classify.facts.speakers import Saying, Speaker, again, named_in, spoken_by
from pipeline.classify.facts.speech import AFTER, AFTER_ARABIC, AFTER_ENGLISH, NAMING, PARTICIPLE, VERB, last_verb
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Fact, Quote
from pipeline.language.folding import fold

EXTRACTOR: Final = "quotes/1"
_MARKS: Final = re.compile(r"[«“”\"„»]")
_SENTENCE_LIKE: Final = 6
_A_TITLE, _A_LONG_TITLE = 8, 25
"""Words below which what follows "le programme" or "sous le thème" is no speech, whether a verb follows or not."""
_DIRECT: Final = 3
"""Words between the verb of saying and the quotation that still let it introduce the quotation."""
LEAST_AFTER, LEAST_DIRECT, LEAST_FAR, LEAST_NAMED, LEAST_CONTINUED, LEAST_ALONE = 2, 3, 5, 4, 7, 14
"""Words a quotation must have: said at once after it, right before, elsewhere before, "X :", continued, by nothing but length."""
CONFIDENCE: Final = {"after": 0.96, "direct": 0.95, "far": 0.88, "named": 0.93, "continued": 0.85, "alone": 0.7}


@dataclass(frozen=True)
class _Setting:
    """A quotation in its sentence(s); positions in the sentence's text."""

    passage: Passage
    """All sentences that the quotation touches, as one."""
    start: int
    end: int
    opening: int
    closing: int
    blanked: str
    """The text without what stands in quotation marks."""
    words: int
    previous: Passage | None


def find(text: ArticleText) -> Iterator[Fact]:
    """One fact for each quotation that is speech; its evidence runs over all sentences of the quotation."""
    if not any(_MARKS.search(zone) for zone in (text.article.headline, text.article.body)):
        return
    cast = cast_of(text)
    for zone, string in (("title", text.article.headline), ("body", text.article.body)):
        passages = [one for one in text.passages if (one.zone == "title") == (zone == "title") and one.zone != "caption"]
        if passages:
            yield from _in_string(text, string, passages, cast)


def _in_string(text: ArticleText, string: str, passages: list[Passage], cast: Cast) -> Iterator[Fact]:
    spans = list(quotations(string))
    starts = [one.start for one in passages]
    last: Speaker | None = None
    heard = 0
    recent = -9
    for span in spans:
        at = max(0, bisect_right(starts, span.opening) - 1)
        last = _heard(passages[heard:at], last, cast)
        heard = at
        setting = _setting(string, span, spans, passages, at)
        rule, speaker = _said(setting, last, cast, recent=at - recent <= 2)
        if rule is None:
            continue
        recent = max(0, bisect_right(starts, span.closing - 1) - 1)
        last = speaker or last
        quote = Quote(
            text=string[span.start : span.end],
            speaker=speaker.name if speaker else None,
            speaker_surface=speaker.surface if speaker else None,
            speaker_entity=speaker.entity_id if speaker else None,
            partial=_partial(string[span.start : span.end]),
        )
        yield make_fact(text, setting.passage, quote, extractor=EXTRACTOR, confidence=CONFIDENCE[rule], at=setting.start)


def _heard(passages: list[Passage], last: Speaker | None, cast: Cast) -> Speaker | None:
    """Who spoke last in sentences without quotations: "Elle a insisté" goes on from them."""
    for passage in passages[-4:]:
        if not (passage.mentions or people_in(passage)):
            continue
        verb = VERB.search(passage.folded.text)
        if verb and not PARTICIPLE.fullmatch(verb[0]):
            span = passage.folded.span(*verb.span())
            last = spoken_by(Saying(passage, *span, passage.text, cast, last)) or last
    return last


def _setting(string: str, span: Quotation, spans: list[Quotation], passages: list[Passage], at: int) -> _Setting:
    first, end = passages[at], passages[at].end
    for later in passages[at + 1 :]:
        if later.start >= span.closing:
            break
        end = later.end
    whole = (
        first
        if end == first.end
        else replace(
            first,
            text=string[first.start : end],
            mentions=tuple(m for p in passages[at:] if p.start < end for m in p.mentions),
        )
    )
    base = whole.start
    blanked = whole.text
    for other in spans:
        low, high = max(other.opening - base, 0), min(other.closing - base, len(blanked))
        if low < high:
            blanked = blanked[:low] + " " * (high - low) + blanked[high:]
    previous = passages[at - 1] if at and passages[at - 1].text.rstrip().endswith((":", "：")) else None
    return _Setting(
        whole,
        span.start - base,
        span.end - base,
        span.opening - base,
        span.closing - base,
        blanked,
        len(string[span.start : span.end].split()),
        previous,
    )


def _said(one: _Setting, last: Speaker | None, cast: Cast, *, recent: bool) -> tuple[str | None, Speaker | None]:
    """The rule by which the quotation is speech, and who speaks; (None, None) where it is not."""
    before = one.blanked[: one.opening]
    folded = fold(before)
    naming = NAMING.search(folded.text[-40:]) is not None
    if one.words >= (_A_TITLE if naming else LEAST_AFTER) and (verb := _verb_after(one)):
        return "after", spoken_by(Saying(one.passage, *verb, one.blanked, cast, last))
    if naming and one.words < _A_LONG_TITLE:
        return None, None
    if found := last_verb(folded.text):
        direct = len(folded.text[found.end() :].split()) <= _DIRECT or before.rstrip().endswith(":")
        if one.words >= (LEAST_DIRECT if direct else LEAST_FAR):
            return "direct" if direct else "far", spoken_by(
                Saying(one.passage, *folded.span(*found.span()), one.blanked, cast, last)
            )
    if speaker := _announced(one, before, last, cast):
        return "named", speaker
    return _unannounced(one, before, last, recent=recent)


def _unannounced(one: _Setting, before: str, last: Speaker | None, *, recent: bool) -> tuple[str | None, Speaker | None]:
    """Nothing says who speaks: the last speaker goes on, or the length shows that somebody does."""
    alone = len(before.split()) <= _DIRECT
    if recent and last and one.words >= (LEAST_CONTINUED if alone else LEAST_CONTINUED + 2):
        return "continued", again(last)
    return ("alone", again(last)) if one.words >= LEAST_ALONE else (None, None)


def _verb_after(one: _Setting) -> tuple[int, int] | None:
    """The verb of saying that follows the closing mark at once."""
    after = one.blanked[one.closing : one.closing + 160]
    folded = fold(after)
    for pattern in (AFTER, AFTER_ARABIC, AFTER_ENGLISH):
        lead = pattern.match(folded.text)
        if lead is None:
            continue
        verb = VERB.search(folded.text, max(0, lead.end() - 1))
        if verb and verb.start() <= lead.end() + 1 and not re.search(r"[.!?] ", folded.text[: verb.start()].strip(" .,")):
            start, end = folded.span(*verb.span())
            return one.closing + start, one.closing + end
    return None


def _announced(one: _Setting, before: str, last: Speaker | None, cast: Cast) -> Speaker | None:
    """ "X : «...»", also where X ends the sentence before."""
    if one.words < LEAST_NAMED:
        return None
    passage, region = one.passage, before
    if not before.strip() and one.previous is not None:
        passage, region = one.previous, one.previous.text
        if found := last_verb(passage.folded.text):
            return spoken_by(Saying(passage, *passage.folded.span(*found.span()), passage.text, cast, last))
    if not region.rstrip().endswith((":", "،", "..")) or len(region.split()) > 12:
        return None
    return named_in(passage, len(region), cast, passage.text if passage is one.previous else one.blanked)


def _partial(words: str) -> bool:
    """Whether less than a clause is quoted: short, or beginning inside a sentence without a verb of its own."""
    count = len(words.split())
    return count < _SENTENCE_LIKE or (words[:1].islower() and count < 2 * _SENTENCE_LIKE)
