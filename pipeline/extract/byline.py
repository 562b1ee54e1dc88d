"""A Document and its header in, the authors out: names of people as stated, without "Par", "كتب :" or the site's own name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any, Final

from pipeline.extract.blocks import Block
from pipeline.extract.document import Document, Element, names_of, select, squeeze, words
from pipeline.extract.header import PROSE, Header
from pipeline.extract.linked_data import is_article, texts
from pipeline.extract.wording import BYLINE, is_noise, plain
from pipeline.language.dates import find_dates
from pipeline.language.months import fold

LONGEST: Final = 90
MOST: Final = 8
"""Authors of one article at the most."""
NAMES: Final = frozenset("author auteur autor byline signature writer firma redacteur creator journaliste".split())
_META: Final = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
                "byl", "dc.author")
_CUT: Final = re.compile(r"\s*(?:[|•·\n]|\s[–—-]\s|\s/\s|,\s*(?:le\b|on\b|el\b|publi|journalist|\d))")
_NOT_NAMES: Final = frozenset(
    "admin administrator administrateur webmaster redacteur editor auteur author autor par by por staff user root anonymous "
    "anonyme equipe la".split())
_JOINED: Final = re.compile(r"\s*(?:,|&|\s(?:et|and|y|e)\s)\s*")
_ADDRESS: Final = re.compile(r"https?://\S+|\S+@\S+\.\S+|(?<!\w)@\w+")


def find_authors(document: Document, header: Header, sites: Iterable[str], xpath: str | None) -> tuple[str, ...]:
    """The authors, from the first that names any: the outlet's rule, JSON-LD, metadata, marked elements, the header's text."""
    own = {plain(site) for site in sites}
    for source in (_by_rule(document, xpath), _linked(document), _meta(document), _marked(header, document.tree),
                   _said(header)):
        names = [name for one in source if (name := clean_author(one)) and is_author(name, own)]
        if names:
            return tuple(dict.fromkeys(names))[:MOST]
    return ()


def clean_author(text: str) -> str:
    """A stated author without prefix ("Ecrit par :", "بقلم", "Avatar de"), addresses and marks."""
    said = squeeze(_ADDRESS.sub(" ", text))
    for _ in range(2):
        if match := BYLINE.match(fold(said)):
            said = said[match.end():]
    return said.strip(" \t|:;,.-–—•·*/()[]«»\"“”") if not _is_initials(said) else said.strip()


def is_author(name: str, own: set[str]) -> bool:
    """Whether a cleaned text can be an author and is not one of the site's `own` names (plain)."""
    said = plain(name)
    letters = sum(char.isalpha() for char in name)
    return (letters >= 2 and len(name) <= LONGEST and len(name.split()) <= 10 and said not in own
            and said.replace(" ", "") not in {one.replace(" ", "") for one in own}
            and not set(name) & set("<>={}") and said not in _NOT_NAMES and not is_noise(name)
            and not said.startswith(("http", "www.")))


def byline_in(text: str) -> str | None:
    """The name in a line such as "Par Lina Kadiri | 3 mai 2025"; None where the line does not begin as a byline."""
    match = BYLINE.match(fold(text))
    if not match:
        return None
    said = text[match.end():]
    cut = _CUT.search(said)
    said = said[:cut.start()] if cut else said
    # After "Author:" all is the author, whatever it looks like; after a mere "by" a date may follow without any mark.
    dates = [] if ":" in text[:match.end()] else find_dates(said, UTC)
    said = clean_author(re.sub(r"\s(?:le|on|el|في|à|at)$", "", said[:dates[0].start].strip() if dates else said))
    is_name = (said and len(said.split()) <= 8 and not said.endswith((".", "؟", "?"))) or _is_initials(said)
    return said if is_name else None


def is_header_line(block: Block, lines: Iterable[str], authors: Iterable[str]) -> bool:
    """Whether a block near the headline says nothing but when and who: one of the `lines` dates were found in, or a byline."""
    if len(block.text) > PROSE:
        return False
    if any(block.text == line for line in lines):
        return True
    rest = plain(block.text)
    for author in authors:
        rest = rest.replace(plain(author), "")
    return rest != plain(block.text) and (len(rest) <= 25 or byline_in(block.text) is not None)


def split_names(text: str) -> list[str]:
    """The single names of "A, B et C"."""
    return [one for one in _JOINED.split(text) if one]


def _is_initials(text: str) -> bool:
    return re.fullmatch(r"\s*(?:\w{1,3}\.\s?-?){1,4}\s*\w{0,2}\.?\s*", text) is not None


def _by_rule(document: Document, xpath: str | None) -> Iterator[str]:
    for found in select(document.tree, (xpath,)) if xpath else ():
        yield words(found) if isinstance(found, Element) else squeeze(str(found))


def _linked(document: Document) -> Iterator[str]:
    for node in document.nodes:
        if is_article(node):
            by_id = {one.get("@id"): one for one in document.nodes if one.get("@id")}
            stated = node.get("author")
            yield from texts([_resolved(one, by_id) for one in (stated if isinstance(stated, list) else [stated])])
            return


def _resolved(value: Any, by_id: dict[Any, Any]) -> Any:
    if isinstance(value, dict) and "name" not in value and value.get("@id") in by_id:
        return by_id[value["@id"]]
    return value


def _meta(document: Document) -> Iterator[str]:
    for name in _META:
        for said in document.meta.get(name, []):
            if not said.startswith("http"):
                yield said
        if name in document.meta and not document.meta[name][0].startswith("http"):
            return


def _marked(header: Header, tree: Element) -> Iterator[str]:
    """Elements near the headline, then anywhere, that call themselves the author's."""
    for block in (*header.after, *header.before):
        if len(block.text) > 2 * LONGEST:
            continue
        for element in (*block.inside, block.element):
            if names_of(element) & NAMES and (said := words(element)) and len(said) <= LONGEST:
                yield _name_of(said)
                return
    for element in tree.xpath("//*[@rel='author' or @itemprop='author']"):
        if (said := words(element)) and len(said) <= LONGEST:
            yield _name_of(said)
            return


def _name_of(said: str) -> str:
    return byline_in(said) or said


def _said(header: Header) -> Iterator[str]:
    for block in header.short:
        for part in (*re.split(r"\s[-–—|•·]\s", block.text), *block.pieces):
            if name := byline_in(part):
                yield from split_names(name)
                return
