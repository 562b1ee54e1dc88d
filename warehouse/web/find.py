"""Words in, the articles that hold them and the entities so named out, with an excerpt around the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from pipeline.language.folding import fold_text
from warehouse.digest.view import clean
from warehouse.search import Filters, search
from warehouse.web.edits import Piece
from warehouse.web.site import Page, Visit

PARAMETERS: Final = ("q", "language", "outlet", "since", "until", "order", "page")
PAGE, PAGES = 20, 50
LONGEST: Final = 200
ENTITIES: Final = 6


def find(visit: Visit) -> Page:
    """The page. Raises WarehouseError where nothing is indexed."""
    given = {name: clean(visit.parameters.get(name, ""), LONGEST) for name in PARAMETERS}
    number = min(max(int(given["page"]), 1), PAGES) if given["page"].isdecimal() and len(given["page"]) < 4 else 1
    filters = Filters(
        language=given["language"] or None, outlet=given["outlet"] or None, since=_day(given["since"]),
        until=_day(given["until"]))
    found = search(visit.site.settings, given["q"], filters, order="newest" if given["order"] == "newest" else "best",
                   limit=PAGE, offset=(number - 1) * PAGE)
    hits = [(hit, list(marked(hit.excerpt, hit.marks))) for hit in found.hits]
    return Page("search.html.j2", {
        "given": given, "hits": hits, "total": found.total, "number": number, "pages": min(PAGES, -(-found.total // PAGE)),
        "entities": named(visit, given["q"]), "names": visit.names, "now": visit.now})


def named(visit: Visit, query: str) -> list[tuple[str, str]]:
    """Entities one of whose names holds the query."""
    wanted = fold_text(query).strip()
    if len(wanted) < 2:
        return []
    found = [id_ for id_, one in visit.names.entities.items() if any(wanted in fold_text(name) for name in one.names.values())]
    return [(id_, visit.names.entity(id_, visit.language) or id_) for id_ in found[:ENTITIES]]


def marked(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The text in pieces: those that were asked for are `added`."""
    at = 0
    for start, end in marks:
        if start > at:
            yield Piece("same", text[at:start])
        yield Piece("added", text[max(start, at):end])
        at = max(at, end)
    if at < len(text):
        yield Piece("same", text[at:])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
