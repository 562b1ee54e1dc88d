"""The last lines of a body in, the writer who signs there out: "Lina Kadiri / Les Nouvelles", "*سناء المرابط.. صحافية متدربة"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.extract.byline import byline_in, clean_author, is_author
from pipeline.extract.origin import agency_named
from pipeline.extract.wording import plain

LONGEST: Final = 70
_NAME: Final = r"[^\W\d_a-z][\w'’.-]*"
_LATIN: Final = re.compile(rf"(?P<name>{_NAME}(?: (?:{_NAME}|el|al|ben|bent|ait|de|da|van|von|y)){{1,3}})"
                           r"(?:\s*[/|–—-]\s*(?P<outlet>[^/|]{2,40}))?")
_MARKED: Final = re.compile(r"[*✍]\s*(?P<name>[^*.,،:–—/|()-]{4,40}?)\s*(?:(?:\.\.|[.,،:–—/|(-]).*)?")


@dataclass(frozen=True)
class Signature:
    """Who signs, and the line of the body that says so."""

    name: str
    line: str


def find_signature(lines: Sequence[str], sites: Sequence[str] = ()) -> Signature | None:
    """The signature in the last line, where it is one. `sites` are names of the outlet itself, which signs nothing."""
    if len(lines) < 3 or len(lines[-1]) > LONGEST:
        return None
    line = lines[-1].strip(" ()")
    own = {plain(site) for site in sites}
    name = _name_in(line)
    if name is None or agency_named(name) or not is_author(name, own) or not 2 <= len(name.split()) <= 5:
        return None
    return Signature(name, lines[-1])


def _name_in(line: str) -> str | None:
    if line.endswith((".", "!", "?", "؟", "…", "»", ":")) and not _MARKED.fullmatch(line):
        return None
    if name := byline_in(line):
        return name
    match = _MARKED.fullmatch(line) or _LATIN.fullmatch(line)
    # A bare name may be a subheading's or a list's last entry: only with the outlet, or all alone in three words at the most.
    if match is None or (match.re is _LATIN and match["outlet"] is None and len(match["name"].split()) > 3):
        return None
    words = match["name"].split()
    # "Mots-clés BEI" ends in an acronym; names are written in capitals throughout or not at all.
    if any(word.isupper() and len(word) > 1 for word in words) and not all(word.isupper() for word in words):
        return None
    return clean_author(match["name"])
