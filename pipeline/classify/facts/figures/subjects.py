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
_PHRASE_AFTER: Final = re.compile(
    r" (?:(?:(?:des|du|de la|de|of the|of|in|del?|من)(?![^\W\d_])|de l'|d'|لل?) ?)?(?P<phrase>[^\W\d_][^,;:.()\d\"]{2,80})")
_BREAK: Final = re.compile(
    r"[,;:(\"،؛]|(?<![^\W\d_])(?:que|qui|dont|alors|mais|soit|avec|that|which|while|الذي|التي|ان|حيث|فيما)(?![^\W\d_])")
_LEADING: Final = re.compile(
    r"(?:[ ,;:()/\"،+-]+|(?:et|ou|and|or|mais|soit|de|du|des|a|au|aux|pour|en|avec|contre|par|il|elle|ils|elles|on|with|"
    r"to|the|in|of|from|by|for|"
    r"kg|litre|l)(?![^\W\d_])|d'|l')+")
_TRAILING: Final = re.compile(
    r"(?: (?:a|de|d'|du|des|pour|un|une|le|la|les|l'|au|aux|en|par|avec|sur|pres|plus|moins|environ|quelque|hauteur|"
    r"montant|estimee?|evaluee?|soit|of|to|the|by|at|for|and|et|"
    r"في|من|الي|ب|حوالي|نحو|بنسبه|بقيمه))+ ?$| +$")
_SAYS_NOTHING: Final = frozenset(
    "hausse hausses baisse baisses progression croissance recul augmentation diminution repli rebond bond chute contre "
    "annee annees rapport meme periode "
    "enregistrant marquant affichant atteignant passant totalisant representant environ autour respectivement montant "
    "total totale global globale valeur "
    "hauteur cette celui celle ceux ainsi notamment premier premiere deuxieme trimestre semestre mois fixer etablir "
    "situe moyenne niveau forte leger legere "
    "nette dernier derniere pour dans avec vers selon etre avoir plus moins pres juin juillet janvier mars decembre "
    "mai avril "
    "increase growth decrease drop rise worth amounting reaching against from last year quarter percent compared "
    "valued additional total over about "
    "with more than which this that their "
    "بنسبه بقيمه بزياده بانخفاض مقارنه مقابل خلال سنه حدود حوالي يبلغ بلغت بلغ قدره قدرها".split())
_WORD: Final = re.compile(r"[^\W\d_]{4,}")


def after_number(passage: Passage, end: int) -> str | None:
    """The phrase that follows the number: "de chiffre d'affaires", "des importations"."""
    match = _PHRASE_AFTER.match(passage.folded.text, end)
    return _short(passage, match.start("phrase"), match.end("phrase")) if match else None


def before_number(passage: Passage, start: int, floor: int, cue: int | None = None) -> str | None:
    """The phrase before the number: from `cue` (the word that says its role) or the clause's beginning to the verb.

    `floor`: where the number before ended.
    """
    text = passage.folded.text
    low = cue if cue is not None and floor <= cue < start else max(floor, start - _LONGEST)
    if low != cue:
        low = max([low, *(mark.end() for mark in _BREAK.finditer(text, low, start) if mark.end() < start - 12)])
    return _short(passage, low, start)


def sentence_subject(passage: Passage, start: int) -> str | None:
    """What stands before the sentence's first verb, without an adverb or date set off before it."""
    text = passage.folded.text
    verb = _VERB.search(text, 0, start)
    if verb is None:
        return None
    comma = text.rfind(", ", 0, verb.start())
    return _short(passage, comma + 2 if comma >= 0 else 0, verb.start())


def _short(passage: Passage, start: int, end: int) -> str | None:
    """The telling part of a stretch of text, at most _LONGEST characters; None where it says nothing of what is counted."""
    folded = passage.folded
    if lead := _LEADING.match(folded.text, start, end):
        start = lead.end()
    verb = _VERB.search(folded.text, start, min(end, start + _LONGEST))
    if verb and verb.start() > start + 3:
        end = verb.start()
    end = min(end, start + _LONGEST)
    if stop := _BREAK.search(folded.text, start + 4, end):
        end = stop.start()
    if trail := _TRAILING.search(folded.text, start, end):
        end = trail.start()
    if end <= start or not any(word not in _SAYS_NOTHING for word in _WORD.findall(folded.text, start, end)):
        return None
    return folded.surface(start, end).strip(" ,;:(\"«»")


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
