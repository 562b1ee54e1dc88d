"""A Document and its header in, the dates of publication and change out, each with its origin, precision and raw text.

The first source that states a date gives it; a later one may only make the same day more precise. A date that cannot be
one of publication (after the page was fetched) is dropped: no date is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final, Literal

from pipeline.events import Dating, RawPage
from pipeline.extract.blocks import Block
from pipeline.extract.byline import byline_in
from pipeline.extract.document import Document, Element, names_of, select, squeeze, words
from pipeline.extract.header import Header
from pipeline.extract.linked_data import is_article, text
from pipeline.extract.wording import plain
from pipeline.language.dates import Moment, find_dates, parse_date
from pipeline.language.months import fold

Origin = Literal["json_ld", "meta", "time", "text", "url", "feed", "given"]
AHEAD: Final = timedelta(days=2)
"""How far after the fetch a publication may be dated: clocks and zones differ, announcements of events do not count."""
NEAR: Final = 3
"""Blocks right above the headline."""
FINENESS: Final = {"second": 4, "minute": 3, "day": 2, "month": 1, "year": 0}
_PUBLISHED: Final = ("article:published_time", "og:article:published_time", "datepublished", "dcterms.date",
                     "dcterms.created", "dc.date", "dc.date.issued",
                     "dcterms.issued", "date", "pubdate", "publishdate", "publish-date", "publication_date",
                     "sailthru.date",
                     "parsely-pub-date", "article.published", "cxenseparse:recs:publishtime", "datecreated",
                     "rnews:datepublished")
_MODIFIED: Final = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified",
                    "article.updated", "lastmod")
_CHANGE: Final = re.compile(r"(?:mis[e]? a jour|maj\b|modifi|actualis|updated|last (?:update|modified|edit)|edited"
    r"|actualizad|modificad|ultima actualizacion|"
                            r"اخر تحديث|تحديث|تم التعديل|عدل|حدث في)")
_ISSUE: Final = re.compile(r"(?:publi|poste|mis en ligne|paru|cree|posted|published|by .+ on|on\b|publicad|نشر|اضيف"
    r"|بتاريخ|صدر|حرر|اخر تحديث|date|le\b)")
_DATED: Final = frozenset("date time datetime published publish pubdate posted timestamp datepublished fecha meta "
    "info infos dateline horodatage created datenews when".split())
_IN_URL: Final = re.compile(r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-]|$)")


@dataclass(frozen=True)
class Dates:
    """What the page says of its publication and last change."""

    published: Dating | None
    modified: Dating | None
    lines: tuple[str, ...]
    """Header texts the dates stood in: they are not body."""


def find_dates_of(document: Document, header: Header, page: RawPage, zone: tzinfo, *, language: str,
                  xpath: str | None) -> Dates:
    """The dates of a page. `zone` is the outlet's, `language` what it mostly writes in (decides on 3/4/2025)."""
    seen = page.server_time or page.ref.fetched_at
    read = _Reader(zone, seen, None if language == "en" else True)
    shown = list(_shown(header, read))
    rule = [one for one in _by_rule(document, xpath, read) if one]
    published = [*rule, *_stated(document, read, "datePublished", _PUBLISHED),
                 *(one for _, one, changed in shown if not changed), *_addressed(page, zone), *_announced(page, read)]
    modified = [*_stated(document, read, "dateModified", _MODIFIED), *(one for _, one, changed in shown if changed)]
    return Dates(choose(published, zone, seen), choose(modified, zone, seen), tuple(line for line, _, _ in shown))


def choose(candidates: Iterable[Dating], zone: tzinfo, seen: datetime | None) -> Dating | None:
    """The first candidate that is possible, or a finer one of the same day (or month) after it."""
    possible = [one for one in candidates if seen is None or one.at <= seen + AHEAD]
    if not possible:
        return None
    first = possible[0]
    agreeing = [one for one in possible[1:] if FINENESS[one.precision] > FINENESS[first.precision] and _agrees(first,
        one, zone)]
    if FINENESS[first.precision] >= FINENESS["minute"] or not agreeing:
        return first
    return agreeing[0] if FINENESS[agreeing[0].precision] >= FINENESS["minute"] else choose(agreeing, zone, seen)


def _agrees(coarse: Dating, fine: Dating, zone: tzinfo) -> bool:
    form = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}.get(coarse.precision, "%c")
    return coarse.at.astimezone(zone).strftime(form) == fine.at.astimezone(zone).strftime(form)


@dataclass(frozen=True)
class _Reader:
    zone: tzinfo
    now: datetime
    day_first: bool | None

    def whole(self, raw: str, origin: Origin) -> Dating | None:
        return dating(parse_date(raw, self.zone, now=self.now, day_first=self.day_first), raw, origin)

    def all(self, line: str) -> list[Moment]:
        return find_dates(line, self.zone, now=self.now, day_first=self.day_first)


def dating(moment: Moment | None, raw: str, origin: Origin) -> Dating | None:
    """A Dating of what was read, or None where nothing was."""
    return Dating(at=moment.at, precision=moment.precision, origin=origin, raw=raw[:120]) if moment else None


def _stated(document: Document, read: _Reader, key: str, names: tuple[str, ...]) -> Iterator[Dating]:
    for node in document.nodes:
        if is_article(node) and (raw := text(node.get(key))) and (found := read.whole(raw, "json_ld")):
            yield found
            break
    for name in names:
        for raw in document.meta.get(name, [])[:1]:
            if found := read.whole(raw, "meta"):
                yield found


def _by_rule(document: Document, xpath: str | None, read: _Reader) -> Iterator[Dating | None]:
    for element in select(document.tree, (xpath,))[:1] if xpath else ():
        if isinstance(element, Element):
            said, stated = words(element), element.get("datetime") or element.get("content")
            if stated:
                yield read.whole(stated, "time")
            moments = [one for one in read.all(said) if not _CHANGE.search(plain(said[:one.start]))]
            yield dating(moments[0], said, "text") if moments else None
        else:
            yield read.whole(squeeze(str(element)), "text")


def _shown(header: Header, read: _Reader) -> Iterator[tuple[str, Dating, bool]]:
    """Line, date and whether it is of a change, for each date shown near the headline: marked ones before bare ones."""
    found: list[tuple[int, str, Dating, bool]] = []
    # Right above the headline a bare date with a time is the article's; a day alone may be today's.
    above = header.before[:NEAR]
    for after, block in [*((True, one) for one in header.after), *((False, one) for one in header.before)]:
        if len(block.text) > 160:
            continue
        marked = bool(block.own_names & _DATED) or any(one.tag == "time" for one in block.inside)
        for raw in _attributes(block):
            if one := read.whole(raw, "time"):
                found.append((0, block.text, one, bool(_CHANGE.search(plain(block.text)))))
        for one, changed in _moments(block, read, marked=marked, after=after, above=block in above):
            signed = byline_in(block.text) is not None
            found.append((1 if marked else 2 + signed if after else 4, block.text, one, changed))
    for _, line, one, changed in sorted(found, key=lambda item: item[0]):
        yield line, one, changed


def _attributes(block: Block) -> Iterator[str]:
    for element in (*block.inside, block.element):
        if element.tag in ("time", "abbr") or names_of(element) & {"published", "datepublished", "pubdate"}:
            raw = element.get("datetime") or element.get("content") or (element.get("title") if element.tag == "abbr" else None)
            if raw:
                yield raw


def _moments(block: Block, read: _Reader, *, marked: bool, after: bool, above: bool) -> Iterator[tuple[Dating, bool]]:
    moments = read.all(block.text)
    folded = fold(block.text)
    end = 0
    for moment in moments:
        before = folded[end:moment.start]
        end = moment.end
        share = (moment.end - moment.start) / _room(block, moment)
        told = bool(_ISSUE.search(before) or _CHANGE.search(before))
        timed = above and share >= 0.6 and FINENESS[moment.precision] >= FINENESS["minute"]
        if marked or (after and (share >= 0.3 or told)) or (told and share >= 0.2) or timed:
            yield Dating(at=moment.at, precision=moment.precision, origin="text",
                         raw=block.text[:120]), bool(_CHANGE.search(before))


def _room(block: Block, moment: Moment) -> int:
    """Length of the inline piece the date stands in, or of the whole block where it is not in one."""
    said = block.text[moment.start:moment.end].strip()
    return min((len(piece) for piece in block.pieces if said in piece), default=len(block.text))


def _addressed(page: RawPage, zone: tzinfo) -> Iterator[Dating]:
    if match := _IN_URL.search(page.ref.final_url or page.ref.url):
        year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
        try:
            at = datetime(year, month, day, tzinfo=zone)
        except ValueError:
            return
        precision: Literal["day", "month"] = "day" if match[3] else "month"
        if precision == "day" or not (page.ref.discovery and page.ref.discovery.announced_at):
            yield Dating(at=at, precision=precision, origin="url", raw=match[0])


def _announced(page: RawPage, read: _Reader) -> Iterator[Dating]:
    discovery = page.ref.discovery
    if discovery is None:
        return
    if discovery.announced_at_raw and (found := read.whole(discovery.announced_at_raw, "feed")):
        yield found
    elif discovery.announced_at:
        yield Dating(at=discovery.announced_at, precision="second", origin="feed",
                     raw=discovery.announced_at_raw or discovery.announced_at.isoformat())
