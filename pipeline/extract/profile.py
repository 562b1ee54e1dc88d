"""What an outlet repeats on its pages: a numbered immutable SiteProfile in, the blocks of a page that it knows out.

A text counts as repeated at a place: the same words may be one article's lead and another page's teaser of it. A place is
the path of tags and classes from the body down, without what changes from page to page (numbers, hashes of a build).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from pipeline.events import content_id
from pipeline.extract.blocks import Block
from pipeline.extract.document import ancestors
from pipeline.extract.wording import plain

CLASSES: Final = 3
"""Class names of an element that its place tells, at the most."""
LETTERS: Final = 3
"""A text of fewer letters is not remembered."""
_OTHERS: Final = re.compile(r"[\W_]+")
_CHANGING: Final = re.compile(r"\d|^(?:active|current|first|last|odd|even|is-|has-)")


class SiteProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What repeats on the pages of one outlet."""

    outlet: str
    number: int
    """Counts up from 1; `Article.reading` names it."""
    pages: int
    """From how many different articles it was learnt."""
    texts: frozenset[str]
    """Keys of repeated texts at their places."""
    places: tuple[str, ...] = ()
    """Where the text of articles stands."""


_encoder: Final = msgspec.json.Encoder(order="deterministic")
_decoder: Final = msgspec.json.Decoder(SiteProfile)


def encode_profile(profile: SiteProfile) -> bytes:
    """The profile as JSON, equal bytes for equal profiles."""
    return _encoder.encode(profile)


def decode_profile(data: bytes) -> SiteProfile:
    """The profile of JSON bytes. Raises msgspec.MsgspecError."""
    return _decoder.decode(data)


def says_the_same(one: SiteProfile, other: SiteProfile) -> bool:
    """Whether two profiles read pages alike, so that the older one can stay."""
    return (one.texts, one.places) == (other.texts, other.places)


class Places:
    """Paths of the elements of one tree, each worked out once."""

    def __init__(self) -> None:
        self._of: dict[Any, str] = {}

    def of(self, element: Any) -> str:
        """The path of an element from the body down."""
        known = self._of.get(element)
        if known is not None:
            return known
        parent = element.getparent()
        above = self.of(parent) if parent is not None and element.tag not in ("body", "html") else ""
        path = self._of[element] = f"{above}/{_step(element)}"
        return path


def _step(element: Any) -> str:
    names = [name for name in (element.get("class") or "").split() if not _CHANGING.search(name)][:CLASSES]
    return ".".join([str(element.tag), *names])


def key_of(text: str, place: str) -> str | None:
    """The key of a text at a place; None for one too short to remember."""
    letters = _OTHERS.sub("", plain(text))
    if len(letters) < LETTERS or (len(letters) < 20 and sum(map(str.isalpha, letters)) < LETTERS):
        return None
    return content_id(letters, place)[:16]


def known_blocks(profile: SiteProfile, blocks: Sequence[Block]) -> set[int]:
    """Indexes of the blocks whose text the profile knows as repeated where they stand."""
    places = Places()
    return {index for index, block in enumerate(blocks) if key_of(block.text, places.of(block.element)) in profile.texts}


def in_places(profile: SiteProfile, blocks: Sequence[Block], chosen: Sequence[int]) -> list[int]:
    """Those of the `chosen` indexes whose blocks stand where the outlet's articles have their text."""
    places = Places()
    return [index for index in chosen if stands_in(places.of(blocks[index].element), profile.places)]


def stands_in(path: str, places: Sequence[str]) -> bool:
    """Whether a path is one of the places or below one."""
    return any(path == place or path.startswith(place + "/") for place in places)


def depth_of(element: Any) -> int:
    """How many elements are around it."""
    return sum(1 for _ in ancestors(element))
