"""An HTML page in, the Article it shows or the reason why it is none out: the steps of the general reading, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from config.outlet import Outlet
from pipeline.events import Article, RawPage, Rejected
from pipeline.extract.article import make_article
from pipeline.extract.assembly import assemble
from pipeline.extract.blocks import Block, blocks_of
from pipeline.extract.body import read_body
from pipeline.extract.byline import find_authors, is_header_line
from pipeline.extract.captions import take_captions
from pipeline.extract.cleaning import Cleaned, Known, clean
from pipeline.extract.dating import Dates, find_dates_of
from pipeline.extract.document import Document, ancestors, parse
from pipeline.extract.header import AFTER, Header, find_header
from pipeline.extract.headline import Headline, find_headline, is_menu_entry
from pipeline.extract.identity import identify
from pipeline.extract.lead import find_lead
from pipeline.extract.metadata import description_of, is_free, section_of, stated_language, tags_of
from pipeline.extract.origin import find_agency, find_original
from pipeline.extract.pagekind import Remains, refuse_document, refuse_remains
from pipeline.extract.profile import SiteProfile, known_blocks
from pipeline.extract.pruning import KEEP, Pruned, prune
from pipeline.extract.signature import find_signature
from pipeline.extract.sites import site_names
from pipeline.extract.zones import cut_before
from pipeline.language.detect import detect
from pipeline.outcome import Reason, reject


@dataclass(frozen=True)
class _Surroundings:
    """What stands around the body."""

    headline: Headline
    header: Header
    after: list[Block]
    dates: Dates
    authors: tuple[str, ...]
    captions: tuple[str, ...]
    pruned: Pruned
    names: tuple[str, ...]
    """Names of the site."""
    near: frozenset[Any]
    """The elements around the headline."""


def read_page(page: RawPage, outlet: Outlet | None, profile: SiteProfile | None = None) -> Article | Rejected:
    """The article of an HTML page."""
    document = parse(page.content, page.ref.final_url or page.ref.url)
    if document is None:
        return reject("extract", Reason.EMPTY, page.ref, "no element in it")
    if refusal := refuse_document(document, page, outlet, _beginning(document)):
        return reject("extract", refusal[0], page.ref, refusal[1])
    names = site_names(document, outlet)
    players = bool(document.tree.xpath("//video|//iframe[contains(@src, 'youtu') or contains(@src, 'player') or "
        "contains(@src, 'video')]"))
    announced = page.ref.discovery.announced_headline if page.ref.discovery else None
    headline = find_headline(document, names, outlet.read.headline if outlet else None, announced)
    in_menu = headline is not None and is_menu_entry(document.tree, headline)
    around = _surroundings(document, page, outlet, headline or Headline("", None), names)
    lines, repeated = _lines(document, outlet, around, profile)
    cleaned, lead = _clean(document, outlet, around, lines, repeated)
    remains = _remains(around, cleaned, players=players, in_menu=in_menu,
                       paywalled=cleaned.paywalled or is_free(document) is False)
    if refusal := refuse_remains(document, page, remains):
        return reject("extract", refusal[0], page.ref, refusal[1])
    if headline is None:
        return reject("extract", Reason.NO_HEADLINE, page.ref, "no headline in h1, title or metadata")
    return _article(document, page, outlet, around, cleaned, lead, profile.number if profile else None)


def _beginning(document: Document) -> str:
    """The first visible words of the page, as many as tell a challenge from a page of news."""
    said: list[str] = []
    size = 0
    for block in blocks_of(document.body):
        said.append(block.text)
        size += len(block.text)
        if size > 2000:
            break
    return " ".join(said)


def _surroundings(document: Document, page: RawPage, outlet: Outlet | None, headline: Headline,
                  names: tuple[str, ...]) -> _Surroundings:
    """Take the page apart: each step reads or removes what the next must not meet."""
    read = outlet.read if outlet else None
    # Metadata are read here once: later steps remove elements.
    _ = document.meta, document.nodes
    pruned = prune(document.tree, outlet.drop if outlet else (), headline.element,
                   urlsplit(document.url).netloc.lower())
    captions = take_captions(document.tree)
    blocks = list(blocks_of(document.body))
    header, start = find_header(blocks, headline.element)
    zone = ZoneInfo(outlet.timezone if outlet else "Africa/Casablanca")
    language = outlet.language if outlet else stated_language(document) or "fr"
    dates = find_dates_of(document, header, page, zone, language=language, xpath=read.date if read else None)
    authors = find_authors(document, header, names, read.author if read else None)
    near: frozenset[Any] = frozenset()
    if headline.element is not None:
        near = frozenset(islice(ancestors(headline.element), 2))
        pruned.dropped.extend(cut_before(headline.element))
    return _Surroundings(headline, header, blocks[start:], dates, authors, captions, pruned, names, near)


def _lines(document: Document, outlet: Outlet | None, around: _Surroundings,
           profile: SiteProfile | None) -> tuple[list[str], set[int]]:
    """The body's lines, and indexes of the blocks that the outlet is known to repeat."""
    chosen = read_body(document.tree, document.url, outlet.read.body if outlet else None)
    said = [*around.dates.lines, *around.captions]
    excluded = {index for index, block in enumerate(around.after[:AFTER]) if is_header_line(block, said, around.authors)}
    repeated = known_blocks(profile, around.after) if profile else set[int]()
    return assemble(around.after, chosen, excluded | repeated, profile), repeated


def _clean(document: Document, outlet: Outlet | None, around: _Surroundings, lines: list[str],
           repeated: set[int]) -> tuple[Cleaned, str | None]:
    patterns = [re.compile(pattern) for pattern in (outlet.drop_lines if outlet else ())]
    section = section_of(document)
    known = Known(around.headline.text, around.dates.lines, around.authors, around.captions,
                  [section] if section else [], patterns)
    cleaned = clean(lines, known)
    noted = [around.headline.text, *around.dates.lines, *around.captions]
    for index in sorted(repeated)[:KEEP]:
        cleaned.drop("boilerplate", around.after[index].text)
    after = [block for index, block in enumerate(around.after[:3 * AFTER]) if index not in repeated]
    cleaned.lines, lead = find_lead(after, cleaned.lines, description_of(document), noted, around.near)
    return cleaned, lead


def _remains(around: _Surroundings, cleaned: Cleaned, *, players: bool, paywalled: bool, in_menu: bool) -> Remains:
    body = "\n".join(cleaned.lines)
    dated = around.dates.published is not None and around.dates.published.origin in ("json_ld", "meta", "time", "text")
    live = sum(bool(re.fullmatch(r"\d{1,2}\s?[:h]\s?\d{2}", block.text)) for block in around.after[:80])
    declared = dated and around.dates.published is not None and around.dates.published.origin in ("json_ld", "meta")
    return Remains(headline=around.headline.text, declared=declared, in_menu=in_menu, words=len(body.split()),
                   dated=dated, cards=around.pruned.cards, card_size=around.pruned.card_size,
                   body_size=len(body), has_player=players, live_items=live,
                   paywalled=paywalled)


def _article(document: Document, page: RawPage, outlet: Outlet | None, around: _Surroundings, cleaned: Cleaned,
             lead: str | None, profile: int | None) -> Article:
    article_id, canonical = identify(page.ref, document, outlet)
    authors = around.authors
    if (signed := find_signature(cleaned.lines, around.names)) is not None:
        cleaned.drop("byline", cleaned.lines.pop())
        authors = authors or (signed.name,)
    original = find_original([block.text for block in around.header.short] + cleaned.lines[-2:])
    if original and original.line in cleaned.lines:
        cleaned.lines.remove(original.line)
    body = "\n".join(cleaned.lines)
    free = False if cleaned.paywalled else is_free(document)
    mostly = outlet.language if outlet else stated_language(document) or "fr"
    return make_article(
        page, outlet, profile=profile, article_id=article_id, canonical_url=canonical, headline=around.headline.text, body=body,
        lead=lead, captions="\n".join(around.captions), authors=authors,
        language=detect(f"{around.headline.text}\n{body}", mostly),
        published=around.dates.published, modified=around.dates.modified, section=section_of(document),
        tags=tags_of(document), is_accessible_for_free=free, original_outlet=original.outlet if original else None,
        agency=find_agency(authors, body), dropped=(*around.pruned.dropped, *cleaned.dropped))
