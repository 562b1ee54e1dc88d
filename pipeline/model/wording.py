"""What a model told of a fact in, the same without what the article does not say out: nothing may be the model's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pipeline.classify.facts.instruments import instruments
from pipeline.classify.facts.said_dates import said_dates
from pipeline.classify.text import ArticleText, Passage
from pipeline.events import Mention
from pipeline.language.folding import fold_text
from pipeline.model.numbers import is_money
from pipeline.model.question import is_ours

IN_SENTENCE: Final = ("surface", "instrument_surface", "role_surface", "index_surface")
IN_ARTICLE: Final = ("person_surface", "name_surface", "speaker_surface", "text")
"""Wordings that a fact cannot do without, by where they must stand."""
_FREE: Final = ("subject", "object_surface", "org", "place", "entity", "horizon_surface", "unit", "name")
"""Wordings that are left out where the article does not have them. `unit` may be `%`."""
_YEARS: Final = ("period", "horizon", "edition")
_DATES: Final = ("date", "date_to")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NAMES: Final[Mapping[str, tuple[str, str, str | None]]] = {
    "amount": ("subject", "", "subject_entity"), "count": ("subject", "", "subject_entity"),
    "percentage": ("subject", "", "subject_entity"), "target": ("subject", "", "subject_entity"),
    "capacity": ("subject", "", "subject_entity"), "ranking": ("entity", "", "entity_id"),
    "person_role": ("person_surface", "person", "person_entity"), "appointment": ("person_surface", "person", "person_entity"),
    "initiative": ("name_surface", "name", "entity_id"), "event": ("name_surface", "name", "entity_id"),
    "quote": ("speaker_surface", "speaker", "speaker_entity")}
"""By kind: the wording that names somebody, where their canonical name goes (empty: nowhere), and their id."""


def whole_text(text: ArticleText) -> str:
    """All that a wording may be copied from."""
    return "\n".join((text.article.headline, text.article.body, text.article.captions))


def missing(fields: Mapping[str, Any], passage: Passage, everything: str) -> str | None:
    """The first field whose wording is not where it must be; None where all are."""
    for name in IN_SENTENCE:
        if (said := fields.get(name)) is not None and not _stands(said, passage.text):
            return name
    for name in IN_ARTICLE:
        if (said := fields.get(name)) is not None and not _stands(said, everything):
            return name
    for party in fields.get("parties") or ():
        if not (isinstance(party, dict) and _stands(party.get("surface"), everything)):
            return "parties"
    return None


def purified(kind: str, fields: Mapping[str, Any], text: ArticleText, passage: Passage, everything: str) -> dict[str, Any]:
    """The fields without what the article does not say, and with names and ids as our own tables have them."""
    kept = {name: value for name, value in fields.items() if not is_ours(name)}
    for name in _FREE:
        if name in kept and kept[name] != "%" and not _stands(kept[name], everything):
            kept[name] = None
    for name in ("signatories", "partners"):
        if name in kept:
            kept[name] = [one for one in kept[name] or () if _stands(one, everything)]
    _date(kept, text, passage)
    if kind == "agreement":
        _agreement(kept, text, passage)
    _name(kept, kind, text.mentions)
    return kept


def _agreement(kept: dict[str, Any], text: ArticleText, passage: Passage) -> None:
    if not is_money(kept.get("amount_value"), kept.get("amount_currency"), passage):
        kept["amount_value"] = kept["amount_currency"] = None
    read = next(instruments(fold_text(str(kept.get("instrument_surface")))), None)
    kept["instrument"] = read.form if read else "accord"
    kept["parties"] = [_party(one["surface"], text.mentions) for one in kept["parties"]]


def _party(surface: str, mentions: Iterable[Mention]) -> dict[str, Any]:
    mention = _mention(surface, mentions)
    return {"name": mention.name if mention else surface, "surface": surface,
            "entity_id": mention.entity_id if mention else None}


def _name(kept: dict[str, Any], kind: str, mentions: Iterable[Mention]) -> None:
    if kind not in _NAMES:
        return
    said, named, entity = _NAMES[kind]
    surface = kept.get(said)
    mention = _mention(surface, mentions) if surface else None
    if named:
        kept[named] = mention.name if mention else surface
    if entity and mention:
        kept[entity] = mention.entity_id
    if "org" in kept and (organisation := _mention(kept["org"], mentions)):
        kept["org"], kept["org_entity"] = organisation.name, organisation.entity_id


def _mention(surface: object, mentions: Iterable[Mention]) -> Mention | None:
    folded = fold_text(surface) if isinstance(surface, str) else ""
    return next((one for one in mentions if folded and fold_text(one.surface) == folded), None)


def _date(kept: dict[str, Any], text: ArticleText, passage: Passage) -> None:
    """Days must be said in the sentence, or be that of publication; years must stand in it."""
    said = {one for each in said_dates(passage.folded.text, text.day) for one in (each.iso, each.until) if one}
    for name in _DATES:
        if name in kept and kept[name] not in said:
            kept[name] = None
    for name in _YEARS:
        year = _YEAR.search(kept[name]) if isinstance(kept.get(name), str) else None
        if name in kept and not (year and year[0] in passage.folded.text):
            kept[name] = None


def _stands(said: object, where: str) -> bool:
    return isinstance(said, str) and bool(said.strip()) and said in where
