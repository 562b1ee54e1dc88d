"""An article, a list of them or an odd page in, the HTML of the outlet's template out, with what was printed around the body."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tests.world import dates
from tests.world.site import Site
from tests.world.texts import MORE, Block, Piece

TEMPLATES = Path(__file__).parent / "templates"
SHORTEST_NOISE = 20
"""Shorter strings (a section's name, "Partager") may well stand in a body too, so they are no proof of a leak."""
TEASER_WORDS = 22


@dataclass(frozen=True)
class Printed:
    """A page as sent, and the strings on it that are no part of the article."""

    html: str
    noise: tuple[str, ...]
    captions: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A teaser of an article in a list."""

    title: str
    url: str
    teaser: str
    section: str
    ago: str
    piece: Piece


class Renderer:
    """Prints the pages of one outlet. `known` is every piece of the outlet by key; `headlines` what its ticker shows."""

    def __init__(self, site: Site, base: str, now: datetime, pieces: list[Piece], headlines: list[tuple[str, str]]) -> None:
        self.site, self.base, self.now = site, base, now
        self.pieces = pieces
        self.known = {piece.key: piece for piece in pieces}
        self.headlines = headlines
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        self.environment.filters["rich"] = rich
        self.environment.globals["dates"] = dates
        self.template = self.environment.get_template(f"{site.id}.html")

    def url(self, piece: Piece) -> str:
        """Its full address."""
        return self.base + self.site.path(piece)

    def card(self, piece: Piece, now: datetime | None = None) -> Card:
        """Its teaser as of `now`."""
        words = piece.paragraphs()[0].split()
        teaser = " ".join(words[:TEASER_WORDS]) + ("…" if len(words) > TEASER_WORDS else "")
        return Card(piece.title, self.url(piece), teaser, self.site.sections[piece.section],
                    dates.ago(piece.published, now or self.now, piece.lang), piece)

    def article(self, piece: Piece, hours: float = 0) -> Printed:
        """The article's page `hours` after the start."""
        said: list[str] = []
        blocks = tuple(self._linked(block) for block in piece.at(hours))
        lead = blocks[0] if piece.lead else None
        changed = piece.changed(hours, self.now)
        html = self._print("article", said, piece=piece, title=piece.title, url=self.url(piece), lead=lead,
                           blocks=blocks[1:] if lead else blocks, published=piece.published,
                           modified=changed if changed > piece.published else piece.modified,
                           related=self._related(piece), latest=self._latest(piece), href=self._href)
        body = "\n".join([piece.title, *piece.paragraphs(hours)])
        noise = tuple(dict.fromkeys(text for text in said if len(text) >= SHORTEST_NOISE and text not in body))
        captions = tuple(filter(None, [" ".join(filter(None, [piece.caption, piece.credit and f"© {piece.credit}"]))]))
        return Printed(html, noise, captions)

    def home(self, pieces: list[Piece], hours: float) -> str:
        """The home page: the newest of every section."""
        return self._list("home", self.site.title, pieces, hours)

    def listing(self, section: str, pieces: list[Piece], number: int, count: int, hours: float) -> str:
        """Page `number` of `count` of a section."""
        following = self.base + self.site.section_path(section, number + 1) if number < count else None
        return self._list("listing", self.site.sections[section], pieces, hours,
                          next_page=following, page_number=number, section=section)

    def odd(self, kind: str, odd: dict[str, Any], pieces: list[Piece]) -> str:
        """A page that is no article: tag, contact, video, challenge, soft_404."""
        if kind == "challenge":
            return self.environment.get_template("challenge.html").render(host=self.base)
        chosen = [piece for piece in pieces if odd.get("tag") in piece.tags] if kind == "tag" else pieces[:4]
        return self._list(kind, odd["title"], chosen, 0, text=odd.get("text", ""))

    def _list(self, kind: str, title: str, pieces: list[Piece], hours: float, **more: Any) -> str:
        now = self.now + timedelta(hours=hours)
        given = {"next_page": None, "page_number": 1, "section": None, "text": "", **more}
        return self._print(kind, [], title=title, cards=[self.card(piece, now) for piece in pieces], piece=None, **given)

    def _print(self, kind: str, said: list[str], **context: Any) -> str:
        def noise(text: str) -> str:
            said.append(str(text))
            return text
        piece = context["piece"]
        own = piece.title if piece else ""
        ticker = [(title, url) for title, url in self.headlines if title != own][:self.site.ticker]
        return self.template.render(
            site=self.site, base=self.base, kind=kind, n=noise, ticker=ticker, odd=self.site.odd, **context)

    def _related(self, piece: Piece) -> list[Card]:
        shown = [one for one in self.pieces if not one.hidden]
        near = sorted(shown, key=lambda one: one.section != piece.section)
        keys = dict.fromkeys([*piece.related, *(one.key for one in near)])
        return [self.card(self.known[key]) for key in keys if key != piece.key][:3]

    def _latest(self, piece: Piece) -> list[Card]:
        return [self.card(one) for one in self.pieces if one.key != piece.key and not one.hidden][:5]

    def _linked(self, block: Block) -> Block:
        if not block.link:
            return block
        return replace(block, text=MORE.sub(lambda found: self.known[found[1]].title, block.text))

    def _href(self, block: Block) -> str:
        return self.url(self.known[block.link]) if block.link else self.base + "/"


def rich(text: str) -> Markup:
    """** and __ as bold and as a link, everything else escaped."""
    safe = str(escape(text))
    safe = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", safe)
    return Markup(re.sub(r"__(.+?)__", r'<a href="/">\1</a>', safe))
