"""A quantity in its sentence in, what it is about out: a short phrase of the text's own words, an entity, a place."""

from __future__ import annotations

import re
from typing import Final

from pipeline.classify.facts.figures.quantity import Quantity
from pipeline.classify.text import Passage
from pipeline.events import Mention

_LONGEST: Final = 90
_VERB: Final = re.compile(
    r"(?<![^\W\d_])(?:s'\w+|se (?:sont|chiffre\w*|situe\w*|monte\w*|fixe\w*)|a (?:ete|atteint|enregistre|progresse|"
    r"augmente|recule|baisse|depasse|connu|realise)|ont|est|sont|sera|"
    r"seront|atteint|atteignant|atteindr\w+|devr\w+|pourr\w+|affiche\w*|enregistre\w*|depass\w+|passe\w*|represent\w*|"
    r"compte|totalis\w*|ressort\w*|"
    r"progress\w+|augment\w+|recul\w+|was|were|is|are|has|have|will|reached|rose|fell|stood|amounted|totaled|"
    r"بلغ\w*|[يت]بلغ|وصل\w*|سجل\w*|[يت]صل|ارتفع\w*|انخفض\w*|تراجع\w*|fue|fueron|alcanz\w+|ascend\w+)(?![^\W\d_])")
_PHRASE_AFTER: Final = re.compile(r" (?:(?:de|d'|des|du|of|in|من|لل?) ?)?(?P<phrase>[^\W\d_][^,;:.()\d\"]{2,80})")
_BREAK: Final = re.compile(r"[,;:(\"]|(?<![^\W\d_])(?:que|qui|dont|et|alors|mais|soit|avec|ou|that|which|and|while|الذي|"
                           r"التي|ان)(?![^\W\d_])")
_TRAILING: Final = re.compile(
    r"(?: (?:a|de|d'|du|des|pour|un|une|le|la|les|l'|au|aux|en|par|avec|sur|pres|plus|moins|environ|quelque|hauteur|"
    r"montant|estimee?|evaluee?|soit|of|to|the|by|at|for|"
    r"في|من|الي|ب|حوالي|نحو|بنسبه|بقيمه))+ ?$| +$")


def after_number(passage: Passage, end: int) -> str | None:
    """The phrase that follows the number: "de chiffre d'affaires", "des importations"."""
    folded = passage.folded
    match = _PHRASE_AFTER.match(folded.text, end)
    if not match:
        return None
    return _short(passage, match.start("phrase"), match.end("phrase"))


def before_number(passage: Passage, start: int, floor: int, cue: int | None = None) -> str | None:
    """The phrase before the number: from `cue` (the word that says its role), else from the clause's beginning, to the verb."""
    text = passage.folded.text
    low = cue if cue is not None and floor <= cue < start else max(floor, start - _LONGEST)
    if cue is None or low != cue:
        for mark in _BREAK.finditer(text, low, start):
            if mark.end() < start - 12:
                low = mark.end()
    return _short(passage, low, start)


def _short(passage: Passage, start: int, end: int) -> str | None:
    folded = passage.folded
    while start < end and folded.text[start] in " ,;:(-":
        start += 1
    verb = _VERB.search(folded.text, start, min(end, start + _LONGEST))
    if verb and verb.start() > start + 3:
        end = verb.start()
    end = min(end, start + _LONGEST)
    if stop := _BREAK.search(folded.text, start + 4, end):
        end = stop.start()
    if trail := _TRAILING.search(folded.text, start, end):
        end = trail.start()
    phrase = folded.surface(start, end).strip(" ,;:(\"«»") if end > start else ""
    return phrase if len(phrase) > 2 else None


def entity_near(passage: Passage, quantity: Quantity) -> str | None:
    """Id of the organisation or programme named nearest before the number, else of the first after it in the sentence."""
    named = [one for one in passage.mentions if one.entity_id and one.kind in ("organisation", "programme")]
    chosen = _nearest(passage, quantity, named)
    return chosen.entity_id if chosen else None


def place_near(passage: Passage, quantity: Quantity) -> str | None:
    """Name of the place nearest to the number in the sentence, before it rather than after."""
    chosen = _nearest(passage, quantity, [one for one in passage.mentions if one.kind == "place"])
    return chosen.name if chosen else None


def _nearest(passage: Passage, quantity: Quantity, mentions: list[Mention]) -> Mention | None:
    if not mentions:
        return None
    at = passage.start + passage.folded.span(quantity.start, quantity.end)[0]
    before = [one for one in mentions if one.end <= at]
    return before[-1] if before else mentions[0]
