"""A parsed page in; the same tree without menus, cards, related lists, forms and boxes out, and a record of what was dropped.

Only structure and wording decide, so that an outlet never seen before is cleaned too: lists of links, cards (a headline
link with a short teaser, several in a row), boxes under a heading such as "Sur le même sujet", small boxes whose words
are a newsletter's or a share bar's. Nothing is removed that holds the page's headline or most of its prose.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from pipeline.events import Dropped
from pipeline.extract.document import BLOCKS, HIDDEN, Element, ancestors, drop, names_of, select, words
from pipeline.extract.measures import Measures
from pipeline.extract.wording import is_noise, is_read_more, is_related_heading

NAMES: Final = frozenset(
    "related relacionadas relacionados similaires recommended recommendations newsletter share sharing shares sharer "
    "sharebar social socials partage comments "
    "comentarios commentaires cookie cookies gdpr taboola outbrain sponsored promo ticker newsticker breadcrumb "
    "breadcrumbs fil-ariane ads advert "
    "advertisement advertising publicite publicidad adsbygoogle popular trending mostread subscribe subscription "
    "suscribe suscripcion abonnement "
    "pagination pager sidebar noprint addtoany sharedaddy jp-relatedposts".split())
"""Words in class or id that name a block which is no article's, in any layout."""
LAYOUT: Final = frozenset(
    "sidebar share shares sharing social socials promo popular trending subscribe noprint ads advert".split())
"""Those of them that layouts also give to columns of text."""
WORDY: Final = 250
"""Characters of prose from which a name of the layout alone removes no block."""
SHARE_OF_PAGE: Final = 0.35
"""A block with more than this share of the page's prose is not removed for its name or heading."""
TEASER: Final = 420
"""Characters that a card may hold beside its headline link."""
LABEL: Final = 40
"""Characters that may stand before the headline link of a card: category, date, bullet."""
CARD_TAGS: Final = frozenset("li div article section tr td dd a p h2 h3 h4 h5 h6 figure".split())
POINTERS: Final = frozenset("p blockquote aside div section".split())
HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")
COMMENTS: Final = frozenset(("comments", "commentaires", "comentarios"))
KEEP: Final = 60
"""Dropped blocks reported for one page at the most; each is cut off at TEXT characters."""
TEXT: Final = 300


@dataclass
class Pruned:
    """What was taken out of a page."""

    dropped: list[Dropped] = field(default_factory=list)
    cards: int = 0
    """Teasers of other articles after the headline: many of them and little else make a listing."""
    card_size: int = 0


def prune(tree: Element, extra: tuple[str, ...], headline: Any | None, host: str) -> Pruned:
    """Remove from `tree` what `extra` (XPath) and the general rules name. `headline` is the element holding the page's own,
    `host` the site's, to know its links to itself."""
    pruned = Pruned()
    for element in select(tree, extra):
        if isinstance(element, Element) and element.getparent() is not None:
            _take(element, "boilerplate", pruned)
    drop_hidden(tree)
    body = tree.find(".//body")
    if body is None:
        body = tree
    _Pruner(body, headline, host, pruned).visit(body)
    return pruned


def drop_hidden(tree: Element) -> None:
    """Remove what a browser does not show as text: scripts, styles, forms' fields."""
    for element in list(tree.iter(*HIDDEN)):
        if element.tag == "form" and len(element) > 20:
            continue
        if element.getparent() is not None and element.tag != "head":
            drop(element)


def _take(element: Any, zone: Any, pruned: Pruned) -> None:
    if len(pruned.dropped) < KEEP and (text := words(element)):
        pruned.dropped.append(Dropped(zone=zone, text=text[:TEXT]))
    drop(element)


def _in_sentence(link: Any) -> bool:
    """Whether text goes on after a link in the same block as before it, or as only the rest of a sentence does."""
    before, after = "", ""
    node = link
    while node is not None and node.tag not in BLOCKS:
        after = after or (node.tail or "").strip()
        previous = node.getprevious()
        parent = node.getparent()
        said = previous.tail if previous is not None else parent.text if parent is not None else ""
        before = before or (said or "").strip()
        node = parent
    return bool(after) and (bool(before.strip("•·-–—|»:")) or after[0].islower() or after[0] in ",.;)،؛")


class _Pruner:
    """One walk from the top: the largest block that is none of the article's goes first."""

    def __init__(self, body: Any, headline: Any | None, host: str, pruned: Pruned) -> None:
        self._of = Measures(body)
        self._pruned, self._host = pruned, host
        self._above = {headline, *ancestors(headline)} if headline is not None else set()
        self._headline_at = self._of.position(headline) if headline is not None else -1
        self._most = SHARE_OF_PAGE * self._of[body].prose

    def visit(self, top: Any) -> None:
        """Remove what is below `top`, then look into what stays."""
        stack = [top]
        while stack:
            current = stack.pop()
            self._cards_among(current)
            for child in [one for one in current if isinstance(one.tag, str) and one not in self._above]:
                if zone := self._zone(child):
                    self._take(child, zone)
            stack.extend(child for child in current if isinstance(child.tag, str) and len(child))

    def _take(self, element: Any, zone: str) -> None:
        measure = self._of[element]
        # A ticker before the headline is on every page; what makes a listing stands under its heading.
        if self._of.position(element) >= self._headline_at:
            self._pruned.cards += measure.headlines
            self._pruned.card_size += measure.size if measure.headlines else 0
        _take(element, zone, self._pruned)

    def _zone(self, element: Any) -> str | None:
        """Where the whole element belongs, if not to the article."""
        measure = self._of[element]
        small = measure.prose <= self._most
        if element.tag in ("nav", "footer", "dialog") and small:
            return "boilerplate"
        if not measure.size:
            return None
        if small and element.tag not in ("p", "main", "article") and (names := self._telling_names(element)):
            return "comments" if names & COMMENTS else self._list_zone(element)
        if self._is_link_list(element):
            return self._list_zone(element)
        if element.tag not in BLOCKS and element.tag != "a":
            return "read_more" if self._is_inline_pointer(element) else None
        return self._zone_by_words(element, small)

    def _telling_names(self, element: Any) -> frozenset[str]:
        """Names that say it is no article; names of the layout ("sidebar-grid") say nothing of what is mostly prose."""
        names = names_of(element) & NAMES
        measure = self._of[element]
        return names - LAYOUT if measure.prose > WORDY and measure.density < 0.25 else names

    def _list_zone(self, element: Any) -> str:
        return "ticker" if self._of.position(element) < self._headline_at else "related"

    def _zone_by_words(self, element: Any, small: bool) -> str | None:
        measure = self._of[element]
        if small and measure.headlines and is_related_heading(self._first_words(element)):
            return "related"
        if measure.size > 400:
            return None
        text = words(element)
        if is_read_more(text) and measure.size - measure.linked <= 260:
            return "read_more"
        if measure.size <= 250 and is_noise(text):
            return "boilerplate"
        return "read_more" if element.tag in POINTERS and self._is_pointer(element) else None

    def _is_link_list(self, element: Any) -> bool:
        measure = self._of[element]
        unlinked = measure.size - measure.linked
        if element.tag in ("p", "tr", "a"):
            return False
        if measure.headlines >= 3:
            return measure.density >= 0.6 and unlinked <= 400 and measure.prose <= self._most
        return measure.links >= 4 and measure.density >= 0.8 and unlinked <= 120

    def _is_pointer(self, element: Any) -> bool:
        """A paragraph that is one link and nothing else: the headline of another article of the site."""
        measure = self._of[element]
        if not (measure.headlines == 1 and measure.links == 1 and measure.density > 0.97 and measure.size >= 25):
            return False
        host = urlsplit(next(element.iter("a")).get("href") or "").netloc.lower()
        return not host or host == self._host

    def _is_inline_pointer(self, element: Any) -> bool:
        measure = self._of[element]
        return bool(measure.headlines) and measure.size <= 250 and measure.density > 0.5 and is_read_more(words(element))

    def _first_words(self, element: Any) -> str:
        """Text of the first block below `element` that has any."""
        for node in element.iter():
            if isinstance(node.tag, str) and node.text and node.text.strip():
                holder = next((one for one in (node, *ancestors(node)) if one.tag in BLOCKS or one is element), node)
                return words(holder) if self._of[holder].size <= 80 else " ".join(node.text.split())
        return ""

    def _cards_among(self, parent: Any) -> None:
        """Take out cards that are neighbours, and the heading above them."""
        run: list[Any] = []
        for child in [one for one in parent if isinstance(one.tag, str) and self._of[one].size and one.tag != "br"]:
            if child in self._above or not self._is_card(child) or (run and child.tag != run[0].tag):
                self._end_run(run)
                run = []
            if child not in self._above and self._is_card(child):
                run.append(child)
        self._end_run(run)

    def _end_run(self, run: list[Any]) -> None:
        if len(run) < 2 and not (run and self._has_linked_heading(run[0])):
            return
        before = run[0].getprevious()
        if before is not None and isinstance(before.tag, str) and before not in self._above and \
                self._of[before].size <= 80 and is_related_heading(words(before)):
            self._take(before, "related")
        for card in run:
            self._take(card, self._list_zone(card))

    def _is_card(self, element: Any) -> bool:
        measure = self._of[element]
        if element.tag not in CARD_TAGS or not 1 <= measure.headlines <= 3 or measure.size - measure.linked > TEASER:
            return False
        if element.tag == "p" and measure.size - measure.linked > LABEL:
            return False
        link = next((one for one in element.iter("a") if self._of[one].headlines), None)
        # A link without blocks in it may stand in a sentence.
        if link is None or (element.tag == "a" and all(child.tag not in BLOCKS for child in element.iterdescendants())):
            return False
        before = words(element).partition(words(link))[0]
        return len(before) <= LABEL and not _in_sentence(link)

    def _has_linked_heading(self, element: Any) -> bool:
        """Whether a block other than a heading holds a heading that is nothing but a link: a card even alone."""
        headings = [] if element.tag in HEADINGS else [self._of[one] for one in element.iter(*HEADINGS)]
        return any(one.headlines == 1 and one.density > 0.95 for one in headings)
