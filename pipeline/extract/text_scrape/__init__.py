"""A scrape in plain text (menus, ticker, title, body and tail in one) in, the Article or a Rejected out."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from config.outlet import Outlet
from pipeline.events import Article, Dating, Dropped, RawPage, Rejected
from pipeline.extract.article import make_article
from pipeline.extract.byline import byline_in, split_names
from pipeline.extract.dating import choose, dating
from pipeline.extract.origin import find_agency, find_original
from pipeline.extract.signature import find_signature
from pipeline.extract.text_scrape.lines import read_lines
from pipeline.extract.text_scrape.parts import Parts, divide
from pipeline.language.dates import find_dates
from pipeline.language.detect import detect
from pipeline.outcome import Reason, reject

__all__ = ["read_scrape"]


def read_scrape(page: RawPage, outlet: Outlet | None) -> Article | Rejected:
    """The article of a plain-text scrape. Only what stands around the title dates and signs it, never a teaser."""
    lines = read_lines(page.content)
    if not lines:
        return reject("extract", Reason.EMPTY, page.ref, "no text in it")
    parts = divide(lines)
    if parts is None or not parts.body:
        return reject("extract", Reason.TOO_SHORT, page.ref, "no run of prose that could be an article's")
    if parts.title is None:
        return reject("extract", Reason.NO_HEADLINE, page.ref, "no title stands before the text")
    return _article(page, outlet, parts, parts.title)


def _article(page: RawPage, outlet: Outlet | None, parts: Parts, title: str) -> Article:
    lines = list(parts.body)
    sites = [outlet.title, *outlet.aliases] if outlet else []
    authors = next((tuple(split_names(name)) for line in parts.header if (name := _author_in(line))), ())
    dropped = list(parts.dropped)
    if (signed := find_signature(lines, sites)) is not None:
        lines.pop()
        dropped.append(Dropped(zone="byline", text=signed.line))
        authors = authors or (signed.name,)
    original = find_original([*parts.header, *lines[-2:]])
    if original and original.line in lines:
        lines.remove(original.line)
    body = "\n".join(lines)
    return make_article(
        page, outlet, headline=title, body=body, captions="\n".join(parts.captions), authors=authors,
        language=detect(f"{title}\n{body}", outlet.language if outlet else "fr"), published=_published(page, outlet, parts),
        original_outlet=original.outlet if original else None, agency=find_agency(authors, body), dropped=tuple(dropped))


def _author_in(line: str) -> str | None:
    """The author in a header line, whole or as one of the parts that dashes divide."""
    return next((name for part in (line, *line.split(" - "), *line.split(" | ")) if (name := byline_in(part))), None)


def _published(page: RawPage, outlet: Outlet | None, parts: Parts) -> Dating | None:
    zone = ZoneInfo(outlet.timezone if outlet else "Africa/Casablanca")
    found = [dating(moment, line, "text") for line in parts.header for moment in find_dates(line, zone)]
    return choose([one for one in found if one], zone, page.ref.fetched_at)
