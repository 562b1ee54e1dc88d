"""The YAML files of `sites/` in, the sample outlets (Site) with the addresses of their pages out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from tests.world.dates import local
from tests.world.texts import Piece

FOLDER = Path(__file__).parent / "sites"


@dataclass(frozen=True)
class Site:
    """An invented outlet: how its pages are addressed, and what its operator would write about it."""

    id: str
    order: int
    title: str
    lang: str
    article: str
    """Path of an article, with {y} {m} {d} {slug} {number} {section} {source}."""
    section: str
    """Path of a section's first page, with {section}."""
    section_page: str
    """Path of its further pages, with {section}, {n} and {offset}."""
    sections: dict[str, str]
    robots: str
    per_page: int = 5
    html_lang: str | None = None
    """What <html lang> says, where that is wrong."""
    title_ar: str | None = None
    feed: dict[str, Any] | None = None
    """path, kind (rss or atom), limit, and full: whether it carries whole texts."""
    sitemap: dict[str, Any] | None = None
    """path, and for an index the paths of its parts: posts, news."""
    ticker: int = 0
    """How many headlines run before the title of every page."""
    ticker_more: tuple[str, ...] = ()
    """Headlines of the ticker that lead nowhere."""
    odd: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Pages that are no articles, by kind: path, title, and what their templates need."""
    day_only: bool = False
    """It prints no time of day."""
    category_article: bool = False
    """Its section pages claim og:type=article."""
    operator: dict[str, Any] = field(default_factory=dict)
    """What the outlet's YAML says beside the addresses; `{base}` stands for the outlet's address."""

    def path(self, piece: Piece) -> str:
        """The path of an article, escaped as a link would have it."""
        here = local(piece.published)
        source = slug(piece.source or self.title)
        words = slug(piece.title) if "{words}" in self.article else piece.key
        text = self.article.format(
            y=f"{here:%Y}", m=f"{here:%m}", d=f"{here:%d}", slug=piece.key, words=words, number=piece.number,
            section=piece.section, source=source)
        return quote(f"/communiques{text}" if piece.hidden else text, safe="/,.-_~")

    def section_path(self, section: str, page: int = 1) -> str:
        """The path of the section's page number `page`, from 1."""
        form = self.section if page == 1 else self.section_page
        return form.format(section=section, n=page, offset=(page - 1) * self.per_page)


def slug(text: str) -> str:
    """The text as an address has it: Latin letters without accents, Arabic as it is, dashes between words."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return "-".join(re.findall(r"\w+", bare))[:90].strip("-")


def load_sites() -> list[Site]:
    """All sample outlets, in the order of their addresses."""
    sites = []
    for path in sorted(FOLDER.glob("*.yml")):
        row = yaml.safe_load(path.read_text(encoding="utf-8"))
        row["ticker_more"] = tuple(row.get("ticker_more", ()))
        sites.append(Site(id=path.stem, **row))
    return sorted(sites, key=lambda site: site.order)
