"""A tree in, the captions of its photographs out, and the tree without them."""

from __future__ import annotations

from typing import Final

from pipeline.extract.document import Element, drop, names_of, words

NAMES: Final = frozenset("caption captions figcaption legende legend captiontext pieddephoto epigrafe photocredit "
    "imagecaption".split())
LONGEST: Final = 600
MOST: Final = 40


def take_captions(tree: Element) -> tuple[str, ...]:
    """Remove captions and return them in the page's order. Longer ones than a caption can be stay where they are."""
    found: list[str] = []
    for element in list(tree.iter("figcaption", "div", "p", "span", "small", "dd", "em")):
        is_caption = element.tag == "figcaption" or names_of(element) & NAMES
        if not is_caption or element.getparent() is None:
            continue
        text = words(element)
        if len(text) > LONGEST or element.find(".//p/p") is not None or len(element.findall(".//p")) > 2:
            continue
        if text and text not in found and len(found) < MOST:
            found.append(text)
        drop(element)
    return tuple(found)
