"""Texts of a page in, whose text it is out: the outlet a copy names ("Publié dans X le D") and the news agency it credits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipeline.language.months import fold

_DATE_AHEAD = r"(?=\s+(?:le|on|el|يوم|بتاريخ|في)\s+[\w' ]{0,25}\d)"
_REPUBLISHED: Final = re.compile(
    rf"^\W{{0,3}}(?:publie|paru) (?:dans|sur|par) (?P<fr>.{{2,60}}?){_DATE_AHEAD}"
    rf"|^\W{{0,3}}(?:published|first published|originally published) (?:in|on|by) (?P<en>.{{2,60}}?){_DATE_AHEAD}"
    rf"|^\W{{0,3}}publicado (?:en|por) (?P<es>.{{2,60}}?){_DATE_AHEAD}"
    rf"|^\W{{0,3}}(?:نشر|نشرت|نشر هذا (?:المقال|الخبر)) (?:في|علي|ب) ?(?P<ar>.{{2,60}}?){_DATE_AHEAD}")
_SOURCE: Final = re.compile(r"^\W{0,3}(?:source|fuente|المصدر|نقلا عن)\s*[:：]\s*(?P<name>[^:]{2,50})$"
    r"|^\W{0,3}نقلا عن (?P<from>.{2,40})$")

AGENCIES: Final[dict[str, str]] = {
    "MAP": r"map|و ?\.? ?م ?\.? ?ع|ومع|وكاله المغرب العربي للانباء|agence marocaine de presse|maghreb arabe presse",
    "AFP": r"afp|ا ?\.? ?ف ?\.? ?ب|فرانس برس|france[- ]presse", "EFE": r"efe|افي", "Reuters": r"reuters|رويترز",
    "APS": r"aps|و ?\.? ?ا ?\.? ?ج", "AP": r"ap|associated press|ا ب|اسوشيتد برس", "Anadolu": r"anadolu|aa|الاناضول",
    "Xinhua": r"xinhua|شينخوا",
    "SPA": r"spa|واس", "WAM": r"wam|وام", "DPA": r"dpa|د ?\.? ?ب ?\.? ?ا", "ANSA": r"ansa", "APA": r"apanews|apa",
    "Europa Press": r"europa press",
    "TAP": r"tap|وات", "MENA": r"ا ?ش ?ا", "QNA": r"qna|قنا", "Sputnik": r"sputnik|سبوتنيك",
    "Bloomberg": r"bloomberg|بلومبرغ",
}
_ALL: Final = re.compile("|".join(f"(?P<a{at}>{words})" for at, words in enumerate(AGENCIES.values())))
LOOK: Final = 120
"""Characters of the beginning and end of a body in which an agency is credited."""


@dataclass(frozen=True)
class Republished:
    """An outlet named as the original, and the line that names it."""

    outlet: str
    line: str


def find_original(lines: Iterable[str]) -> Republished | None:
    """The outlet that a line of the header or tail names as where the text first stood."""
    for line in lines:
        if len(line) > 160:
            continue
        if match := _REPUBLISHED.search(fold(line)):
            start, end = next(match.span(name) for name in ("fr", "en", "es", "ar") if match[name])
            return Republished(line[start:end].strip(" :«»\"'"), line)
        if (match := _SOURCE.search(fold(line))) and agency_named(line) is None:
            start, end = match.span("name" if match["name"] else "from")
            name = line[start:end].strip(" :«»\"'.")
            if len(name.split()) <= 5:
                return Republished(name, line)
    return None


def find_agency(authors: Iterable[str], body: str) -> str | None:
    """The agency credited as author, in the dateline ("Rabat, (MAP) -") or at the end ("(avec AFP)")."""
    for author in authors:
        parts = re.split(r"\s*(?:,|/|&|\bavec\b|\bet\b|\bwith\b|\band\b|\bcon\b|\by\b|\bمع\b)\s*", author)
        if found := next((name for part in parts if (name := agency_named(part))), None):
            return found
    paragraphs = [line for line in body.split("\n") if line]
    if not paragraphs:
        return None
    return _credited(paragraphs[0][:LOOK], lead=True) or _credited(paragraphs[-1][-LOOK:], lead=False)


def agency_named(text: str) -> str | None:
    """The agency whose name a short text is, but for "avec", brackets and "agence"."""
    said = re.sub(r"^(?:source|fuente|المصدر)\s*:\s*|^(?:avec|with|con|agence|agencia|وكاله)\s+|[()\[\]/.]+$"
        r"|^[()\[\]/]+", "", fold(text).strip()).strip(" .")
    match = _ALL.fullmatch(said)
    return list(AGENCIES)[int(match.lastgroup[1:])] if match and match.lastgroup else None


def _credited(text: str, *, lead: bool) -> str | None:
    folded = fold(text)
    for match in re.finditer(r"[(/\[]\s*(?:avec |with |con |مع )?([^()/\[\]]{2,40}?)\s*[)/\]]", folded):
        near = match.start() <= 60 if lead else match.end() >= len(folded) - 3
        if near and (found := agency_named(text[match.start(1):match.end(1)])):
            return found
    if lead:
        head = re.match(r"[^.:]{0,40}?[\s,،–—-]+((?:\w+\.?\s?){1,3})\s*[–—:-]\s", folded)
        said = text[head.start(1):head.end(1)] if head else ""
        return agency_named(said) if said.strip().isupper() else None
    tail = re.search(r"(?:^|[\s.])(?:avec|with|con|source\s*:|المصدر\s*:)\s+(?:l'|la |el )?([^\s,;()]{2,20})\s*\.?$",
                     folded)
    return agency_named(text[tail.start(1):tail.end(1)]) if tail else None
