"""A pruned page in, the paragraphs of its body out: Trafilatura chooses the text, on decoded input, never bytes."""

from __future__ import annotations

import logging
from copy import copy, deepcopy
from functools import cache
from typing import Any, Final

from pipeline.extract.document import Element, select, squeeze

FEW: Final = 200
"""Characters below which the careful reading is tried again, leaving out less."""
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def read_body(tree: Element, url: str, xpath: str | None) -> list[str]:
    """Paragraphs of the main text, each one line; list items begin with "- ", cells of a table row are divided by " | "."""
    if xpath and (chosen := _chosen(tree, xpath)) is not None and (found := _read(chosen, url)):
        return found
    return _read(tree, url)


def _read(tree: Element, url: str) -> list[str]:
    from trafilatura import bare_extraction
    options = copy(_options())
    options.url = options.source = url
    found: Any = bare_extraction(tree, url=url, options=options)
    return _lines(found.text or "" if found else "")


@cache
def _options() -> Any:
    """What Trafilatura is told; made once, for it reads a configuration each time."""
    from trafilatura import external
    from trafilatura.settings import Extractor
    # justext looks its stoplist up by hash at every page: a frozenset keeps its hash, the library's tuple of 60,000 words
    # is hashed anew each time, which takes longer than reading a small page.
    external.JT_STOPLIST = frozenset(external.jt_stoplist_init())  # type: ignore[assignment]  # typed by its first value
    return Extractor(output_format="python", with_metadata=False, comments=False, tables=True)


def _chosen(tree: Element, xpath: str) -> Element | None:
    """A page of nothing but the elements that the outlet's rule names."""
    from lxml import html
    elements = [one for one in select(tree, (xpath,)) if isinstance(one, Element)]
    outermost = [one for one in elements if not any(one in set(other.iterdescendants()) for other in elements)]
    if not outermost:
        return None
    page: Any = html.document_fromstring("<html><body><article></article></body></html>")
    article = page.find(".//article")
    article.extend(deepcopy(one) for one in outermost)
    return page if isinstance(page, Element) else None


def _lines(text: str) -> list[str]:
    lines = (_row(line) for line in text.split("\n"))
    return [line for line in lines if line]


def _row(line: str) -> str:
    line = squeeze(line)
    if line.startswith("|") and line.endswith("|"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not any(cell.strip("-: ") for cell in cells):
            return ""
        return " | ".join(cell for cell in cells if cell)
    return line
