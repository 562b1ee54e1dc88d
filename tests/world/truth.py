"""The pages of an outlet in, one row of truth for each out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from tests.world.dates import iso, local
from tests.world.pages import Page
from tests.world.render import Renderer
from tests.world.texts import Piece


def truth_rows(pages: list[Page], renderer: Renderer, day_only: bool, urls: dict[str, str]) -> list[dict[str, Any]]:
    """What is on each page. `day_only`: the outlet prints no time of day; `urls`: address of each piece by `outlet/key`.

    Every row has url, outlet, kind, title, lang and robots_disallowed; an article's the rest. `body_paragraphs` are exact
    (subheadings among them, the lead first; of a paywalled article what its page shows); `must_not_contain` is all that is
    printed around the body, strings of 20 characters and more; `captions` are neither. `facts` are statements that the
    article surely makes, not all of them: `sentence` is verbatim, `value` in units of `currency`. `story` is ours for
    "the same event"; null says that no other article is about it (its copies apart).
    """
    return [_article(page, page.piece, renderer, day_only, urls) if page.piece else _other(page, renderer) for page in pages]


def _other(page: Page, renderer: Renderer) -> dict[str, Any]:
    return {"url": renderer.base + quote(page.path, safe="/,.-_~?=&%"), "outlet": renderer.site.id, "kind": page.kind,
            "title": page.title, "lang": renderer.site.lang, "robots_disallowed": False}


def _article(page: Page, piece: Piece, renderer: Renderer, day_only: bool, urls: dict[str, str]) -> dict[str, Any]:
    printed = renderer.article(piece)
    published = local(piece.published)
    if day_only:
        published = published.replace(hour=0, minute=0)
    return {
        "url": renderer.base + page.path, "outlet": renderer.site.id, "kind": "article", "title": piece.title,
        "author": piece.author, "lang": piece.lang, "published": iso(published),
        "date_precision": "day" if day_only else "minute", "section": renderer.site.sections[piece.section],
        "lead": piece.paragraphs()[0] if piece.lead else None, "body_paragraphs": piece.paragraphs(),
        "must_not_contain": list(printed.noise), "captions": list(printed.captions),
        "paywalled": piece.paywalled, "copy_of": urls[piece.copy_of] if piece.copy_of else None, "copy_kind": piece.copy_kind,
        "original_outlet": piece.source, "robots_disallowed": piece.hidden, "versions": _versions(piece, renderer),
        "withdrawn_after_hours": piece.later.hours if piece.later and not piece.later.blocks else None,
        "story": piece.story, "facts": [dict(fact) for fact in piece.facts],
    }


def _versions(piece: Piece, renderer: Renderer) -> list[dict[str, Any]]:
    if not piece.later or not piece.later.blocks:
        return []
    hours = piece.later.hours
    at = renderer.now + timedelta(hours=hours)
    return [{"after_hours": hours, "modified": iso(at), "body_paragraphs": piece.paragraphs(hours),
             "facts": [dict(fact) for fact in piece.later.facts]}]
