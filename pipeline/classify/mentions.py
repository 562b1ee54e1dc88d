"""An article in, who, what and where it names out: watched entities first, then names that are recognised but not watched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.classify.gazetteer import Gazetteer
from pipeline.classify.names import find_names
from pipeline.classify.surnames import find_surnames, resolved
from pipeline.events import Article, Mention, Zone


def find_mentions(article: Article, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """All mentions of headline, body and captions, in that order; none overlaps another of the same zone."""
    zones: tuple[tuple[Zone, str], ...] = (("title", article.headline), ("body", article.body), ("caption", article.captions))
    found = {zone: _named(text, zone, gazetteer) for zone, text in zones if text}
    everyone = [mention for mentions in found.values() for mention in mentions]
    for zone, text in zones:
        if text:
            found[zone] = without_overlap((resolved(found[zone], everyone), find_surnames(text, zone, everyone)))
    return tuple(_in_lead(mention, article) for mentions in found.values() for mention in mentions)


def _named(text: str, zone: Zone, gazetteer: Gazetteer) -> list[Mention]:
    watched = gazetteer.find(text, zone)
    return without_overlap((watched, find_names(text, zone)))


def without_overlap(layers: Iterable[Sequence[Mention]]) -> list[Mention]:
    """Mentions in order; of two that overlap that of the earlier layer stays, but a place yields to a longer name."""
    kept: list[Mention] = []
    for layer in layers:
        for new in layer:
            clash = [old for old in kept if old.start < new.end and new.start < old.end]
            if all(old.kind == "place" and _around(new, old) for old in clash):
                kept = [old for old in kept if old not in clash]
                kept.append(new)
    return sorted(kept, key=lambda one: one.start)


def _around(new: Mention, old: Mention) -> bool:
    return new.start <= old.start and old.end <= new.end and new.surface != old.surface


def _in_lead(mention: Mention, article: Article) -> Mention:
    if mention.zone == "body" and article.lead and article.body.startswith(article.lead) and mention.end <= len(article.lead):
        return Mention(
            entity_id=mention.entity_id, kind=mention.kind, name=mention.name, surface=mention.surface, zone="lead",
            start=mention.start, end=mention.end)
    return mention
