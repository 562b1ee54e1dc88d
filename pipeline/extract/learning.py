"""Pages of one outlet in, the SiteProfile of what repeats on them out: pure, and the same for the same pages in any order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from config.outlet import Outlet
from pipeline.events import RawPage
from pipeline.extract.blocks import Block, blocks_of
from pipeline.extract.document import parse
from pipeline.extract.headline import find_headline
from pipeline.extract.pagekind import refuse_response
from pipeline.extract.profile import Places, SiteProfile, key_of
from pipeline.extract.pruning import drop_hidden
from pipeline.extract.restoring import is_subheading
from pipeline.extract.sites import site_names
from pipeline.extract.wording import plain

MOST: Final = 120
"""Pages read at the most: more change nothing but the time it takes."""
REPEATS: Final = 3
"""Different articles that must show a text before it counts as the layout's."""
SHARE: Final = 0.1
"""Of all articles, what must show a text of prose: series repeat a sentence now and then."""
PROSE: Final = 60
"""Unlinked characters from which a block counts as prose."""
HELD: Final = 0.75
"""Of a page's own prose, what a place must hold to be that of the article."""
USUAL: Final = 0.3
"""Of all pages, how many must have their text at a place."""
MAX_BYTES: Final = 3_000_000


@dataclass(frozen=True)
class _Part:
    key: str
    place: str
    prose: int


@dataclass(frozen=True)
class _Sheet:
    """What one article's page shows."""

    name: str
    """Its headline, folded: two addresses of one article count once."""
    parts: tuple[_Part, ...]


def learn(pages: Iterable[RawPage], outlet: Outlet | None = None, *, number: int = 1) -> SiteProfile:
    """The profile of an outlet from its pages (HTML; others are passed over). Fewer than three articles teach nothing.

    `number` is that of the profile to be made: one more than the last one's.
    """
    sheets: dict[str, _Sheet] = {}
    name = outlet.id if outlet else ""
    for page in sorted(pages, key=lambda one: one.ref.page_id):
        name = name or page.ref.outlet
        if len(sheets) < MOST and (sheet := _sheet(page, outlet)) is not None:
            sheets.setdefault(sheet.name, sheet)
    repeated = _repeated(list(sheets.values()))
    places = _places(list(sheets.values()), repeated)
    return SiteProfile(outlet=name, number=number, pages=len(sheets), texts=repeated, places=places)


def _sheet(page: RawPage, outlet: Outlet | None) -> _Sheet | None:
    if page.media_type != "text/html" or len(page.content) > MAX_BYTES or refuse_response(page):
        return None
    document = parse(page.content, page.ref.final_url or page.ref.url)
    if document is None:
        return None
    headline = find_headline(document, site_names(document, outlet), outlet.read.headline if outlet else None, None)
    if headline is None:
        return None
    drop_hidden(document.tree)
    places = Places()
    parts = []
    blocks = list(blocks_of(document.body))
    for index, block in enumerate(blocks):
        place = places.of(block.element)
        if (key := key_of(block.text, place)) and not _divides_prose(blocks, index):
            own = len(block.text) - block.linked
            parts.append(_Part(key, place, own if own >= PROSE else 0))
    return _Sheet(plain(headline.text), tuple(parts))


def _divides_prose(blocks: Sequence[Block], index: int) -> bool:
    """A subheading between two paragraphs: series use the same ones again and again."""
    if not 0 < index < len(blocks) - 1 or not is_subheading(blocks[index]):
        return False
    before, after = blocks[index - 1], blocks[index + 1]
    return all(len(one.text) - one.linked >= PROSE and _above(one) is _above(blocks[index]) for one in (before, after))


def _above(block: Block) -> Any:
    return block.element.getparent()


def _repeated(sheets: list[_Sheet]) -> frozenset[str]:
    shown: Counter[str] = Counter()
    prose: set[str] = set()
    for sheet in sheets:
        shown.update({part.key for part in sheet.parts})
        prose.update(part.key for part in sheet.parts if part.prose)
    return frozenset(key for key, count in shown.items()
                     if count >= REPEATS and (key not in prose or count >= SHARE * len(sheets)))


def _places(sheets: list[_Sheet], repeated: frozenset[str]) -> tuple[str, ...]:
    """Places that hold nearly all of a page's own prose, where enough pages agree."""
    found: Counter[str] = Counter()
    for sheet in sheets:
        held: dict[str, int] = defaultdict(int)
        total = 0
        for part in sheet.parts:
            if part.prose and part.key not in repeated:
                total += part.prose
                for above in _prefixes(part.place):
                    held[above] += part.prose
        enough = [place for place, size in held.items() if size >= HELD * total]
        if enough:
            found[max(enough, key=lambda place: (place.count("/"), place))] += 1
    usual = [place for place, count in found.items() if count >= max(REPEATS, USUAL * len(sheets))]
    told = sum(found[place] for place in usual)
    return tuple(sorted(usual)) if usual and told >= 0.6 * len(sheets) else ()


def _prefixes(place: str) -> Iterable[str]:
    """The place without its last step (a paragraph is no container), and all places above."""
    parts = place.split("/")
    return ("/".join(parts[:end]) for end in range(2, len(parts)))
