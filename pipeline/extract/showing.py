"""A page and what was read of it in, the reading out for a person: as text for a terminal, as a page with its zones coloured."""

from __future__ import annotations

import html
import re
from typing import Final

from pipeline.events import Article, Dating, RawPage, Rejected
from pipeline.extract.blocks import Block, blocks_of
from pipeline.extract.document import parse
from pipeline.extract.pruning import drop_hidden

COLOURS: Final = {
    "title": "#ffd166", "lead": "#b7e4c7", "body": "#d8f3dc", "caption": "#cfe2ff", "byline": "#e2c6ff",
    "date_line": "#e2c6ff",
    "kicker": "#ffe5b4", "read_more": "#ffc9c9", "related": "#ffc9c9", "ticker": "#ffc9c9", "comments": "#ffc9c9",
    "boilerplate": "#e9ecef", "unread": "#ffffff"}
"""Background of each zone; `unread` is text that no zone claims."""
TEASED: Final = 300
"""Characters of a dropped block that are kept with the article (pipeline.extract.pruning)."""
_OTHERS: Final = re.compile(r"[\W_]+")


def as_text(found: Article | Rejected) -> str:
    """What was read, line by line, with what was left out below it."""
    if isinstance(found, Rejected):
        return f"no article: {found.reason} ({found.detail})\n"
    facts = {"headline": found.headline, "authors": ", ".join(found.authors), "published": _date(found.published),
             "modified": _date(found.modified), "language": found.language, "section": found.section,
             "tags": ", ".join(found.tags),
             "free": found.is_accessible_for_free, "original": found.original_outlet, "agency": found.agency,
             "address": found.canonical_url, "reading": found.reading, "words": found.word_count}
    lines = [f"{name:10} {value}" for name, value in facts.items() if value not in (None, "")]
    lines += ["", *found.body.split("\n"), ""]
    lines += [f"caption     {one}" for one in found.captions.split("\n") if one]
    lines += [f"- {one.zone:11} {one.text[:110]}" for one in found.dropped]
    return "\n".join(lines) + "\n"


def _date(dating: Dating | None) -> str | None:
    return f"{dating.at.isoformat()} to the {dating.precision}, from {dating.origin}: {dating.raw!r}" if dating else None


def as_page(page: RawPage, found: Article | Rejected) -> str:
    """An HTML page with the text of the original, each block coloured by the zone it was taken for."""
    document = parse(page.content, page.ref.final_url)
    blocks: list[Block] = []
    if document is not None:
        drop_hidden(document.tree)
        blocks = list(blocks_of(document.body))
    shown = "\n".join(f'<p class="{zone}" title="{zone}">{html.escape(block.text)}</p>'
                      for block in blocks for zone in [zone_of(block.text, found)])
    style = "".join(f".{zone}{{background:{colour}}}" for zone, colour in COLOURS.items())
    legend = " ".join(f'<span class="{zone}">{zone}</span>' for zone in COLOURS)
    return (f'<!DOCTYPE html><html><head><meta '
        f'charset="utf-8"><title>{html.escape(page.ref.url)}</title><style>body{{max-width:60em;'
            f'margin:auto;font-family:sans-serif}}p,span{{padding:.2em '
            f'.5em;unicode-bidi:plaintext}}{style}</style></head><body>'
            f"<pre>{html.escape(as_text(found).split(chr(10) * 2, 1)[0])}</pre><div>{legend}</div>\n{shown}\n</body></html>\n")


def zone_of(text: str, found: Article | Rejected) -> str:
    """The zone that a block of the page went to."""
    said = _letters(text)
    if isinstance(found, Rejected) or not said:
        return "unread"
    if said == _letters(found.headline):
        return "title"
    for zone, whole in (("lead", found.lead or ""), ("body", found.body), ("caption", found.captions)):
        if len(said) > 3 and said in _letters(whole):
            return zone
    return next((one.zone for one in found.dropped if said[:TEASED // 2] in _letters(one.text)), "unread")


def _letters(text: str) -> str:
    return _OTHERS.sub("", text)
