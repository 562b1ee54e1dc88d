"""A Document in, its headline and the element that shows it out: what h1, JSON-LD, og:title and title agree on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from pipeline.extract.document import Document, Element, ancestors, names_of, select, squeeze, words
from pipeline.extract.linked_data import is_article, text
from pipeline.extract.wording import is_related_heading, plain

LONGEST: Final = 600
SHORTEST: Final = 4
_SEPARATORS: Final = re.compile(r"\s+[|•·»«–—:~\\/-]{1,3}\s+|\s[|»«]\s?|\s?[|»«]\s|\s:\s")
_NAMES: Final = frozenset("headline title titre titulo titular articletitle entrytitle posttitle heading".split())


@dataclass(frozen=True)
class Headline:
    """The headline, and the element of the page that shows it, if one does."""

    text: str
    element: Any | None


def find_headline(document: Document, sites: Iterable[str], xpath: str | None, announced: str | None) -> Headline | None:
    """The page's headline. `sites` are names of the outlet, stripped from the ends; `announced` is what the feed said."""
    names = {plain(name) for name in sites if name}
    if xpath and (found := _by_xpath(document.tree, xpath)):
        return found
    stated = [strip_site(one, names) for one in _stated(document, announced)]
    shown = [one for one in _shown(document.tree) if plain(one.text) not in names]
    best = max(shown, key=lambda one: _agreement(one.text, stated), default=None)
    if best is not None and (_agreement(best.text, stated) >= 0.6 or len(shown) == 1 or not any(stated)):
        return best
    if stated_best := next((one for one in stated if one and plain(one) not in names), None):
        return Headline(stated_best, _element_saying(document.tree, stated_best))
    return _by_names(document.tree, names) or best


def is_menu_entry(tree: Element, headline: Headline) -> bool:
    """Whether a headline of at most three words is also the text of a link elsewhere on the page."""
    said = plain(headline.text)
    if len(said.split()) > 3:
        return False
    at = headline.element
    own = {at, *at.iter("a"), *ancestors(at)} if at is not None else set[Any]()
    return any(plain(words(link)) == said for link in tree.iter("a") if link not in own)


def strip_site(title: str, names: set[str]) -> str:
    """`title` without the site's name before the first or after the last separator. `names` are plain."""
    for _ in range(2):
        cuts = list(_SEPARATORS.finditer(title))
        if cuts and _is_site(title[cuts[-1].end():], names):
            title = title[:cuts[-1].start()]
        elif cuts and _is_site(title[:cuts[0].start()], names):
            title = title[cuts[0].end():]
        else:
            break
    return title.strip()


def _is_site(part: str, names: set[str]) -> bool:
    said = plain(part)
    return said in names or said.replace(" ", "") in {name.replace(" ", "") for name in names}


def _stated(document: Document, announced: str | None) -> list[str]:
    """What metadata say, the most trustworthy first."""
    said = [text(node.get("headline")) or text(node.get("name")) for node in document.nodes if is_article(node)][:1]
    said += [document.first_meta("og:title"), document.first_meta("twitter:title"), announced, document.title]
    return [squeeze(one)[:LONGEST] for one in said if one and len(one) >= SHORTEST]


def _shown(tree: Element) -> list[Headline]:
    found = [Headline(words(element), element) for element in tree.iter("h1")]
    return [one for one in found if SHORTEST <= len(one.text) <= LONGEST and not is_related_heading(one.text)]


def _agreement(shown: str, stated: list[str]) -> float:
    """1 where a stated title is the same or begins with it, less by the share of words missing."""
    best = 0.0
    have = plain(shown).split()
    for rank, one in enumerate(stated):
        want = plain(one).split()
        if not want or not have:
            continue
        shared = len(set(have) & set(want)) / max(len(set(have)), len(set(want)))
        whole = plain(one).startswith(plain(shown)) or plain(shown).startswith(plain(one).rstrip(". …"))
        best = max(best, (1.0 if whole and len(have) > 2 else shared) - 0.01 * rank)
    return best


def _by_xpath(tree: Element, xpath: str) -> Headline | None:
    for found in select(tree, (xpath,)):
        said = words(found) if isinstance(found, Element) else squeeze(str(found))
        if SHORTEST <= len(said) <= LONGEST:
            return Headline(said, found if isinstance(found, Element) else None)
    return None


def _element_saying(tree: Element, said: str) -> Any | None:
    """The smallest element whose whole text is `said`: a heading that is no h1."""
    want = plain(said)
    for tag in ("h1", "h2", "h3", "td", "div", "span", "p", "strong", "b", "font"):
        for element in tree.iter(tag):
            if abs(len(element.text_content().strip()) - len(said)) <= 12 and plain(words(element)) == want:
                return element
    return None


def _by_names(tree: Element, sites: set[str]) -> Headline | None:
    """The first short text in an element that calls itself a title, for pages whose metadata say nothing."""
    for element in tree.iter("h2", "h3", "td", "div", "span", "p", "font"):
        if names_of(element) & _NAMES:
            said = words(element)
            if 12 <= len(said) <= 250 and plain(said) not in sites:
                return Headline(said, element)
    return None
