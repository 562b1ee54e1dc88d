"""A quantity in, how likely it is to be a fact that a reader wants out; 0 for passing counts and relative times."""

from __future__ import annotations

import re
from typing import Final

from pipeline.classify.facts.figures.quantity import Quantity
from pipeline.classify.text import Passage

_MONEY: Final = {"stated": 0.95, "ranged": 0.85, "compared": 0.85, "inherited": 0.85}
_TERM_BEFORE: Final = re.compile(
    r"(?<![^\W\d_])(?:durees?|delais?|valable|validite|contrats?|condamne\w*|peines?|prison|mandats?|convention|"
    r"conge\w*|garantie|sous|prorog\w*|"
    r"renouvel\w*|echeance|maturite|remboursable\w*|s'etal\w*|etale\w*|stocks?|reponse|financement|traitement|"
    r"amortissement|couvr\w*|"
    r"term|sentence\w*|jail\w*|imprison\w*|prison|duration|deadline|lasting|within|valid|contract|period of|plazo|"
    r"duracion|condena\w*|"
    r"[وفبل]?(?:ال)?(?:مده|مدتها|مدته|اجل|سجن\w*|حبس\w*|[يت]متد|[يت]غطي|مخزون|عقد|صلاحي\w*|عقوب\w*|"
    r"ولاي\w*))(?![^\W\d_])[^.;:]{0,42}$")
_TERM_AFTER: Final = re.compile(
    r" ?(?:de prison|ferme|avec sursis|de differe|renouvelables?|ouvrables?|d'emprisonnement|de reclusion|de conge|"
    r"de garantie|in prison|in jail|"
    r"imprisonment|سجنا|حبسا|نافذ\w*|من السجن|قابله? للتجديد|de prision|de carcel)(?![^\W\d_])")
_RELATIVE: Final = re.compile(
    r"(?<![^\W\d_])(?:depuis|il y a|apres|avant|ici|dans les?|au cours des|lors des|pendant(?: les)?|منذ|قبل|بعد|خلال|"
    r"الـ?|after|ago|before|past|last|next|"
    r"first|hace|desde|over the|every)(?: (?:plus de|moins de|environ|pres de|quelque|les|des|the|ال)){0,2} ?$")
_RELATIVE_AFTER: Final = re.compile(
    r" ?(?:prochaine?s?|dernier\w*|ecoule\w*|passe\w*|plus tard|plus tot|auparavant|apres|avant|suivant\w*|precedent\w*|"
    r"ago|later|earlier|old|before|after|"
    r"المقبله|القادمه|الماضيه|الاخيره|المنصرمه|الماضيين|مضت|de suite|consecuti\w+|متتاليه)(?![^\W\d_])")
_RANKED: Final = re.compile(r"(?<![^\W\d_])(?:rank\w*|class(?:e|ee|es|ees|ement|ements)|indices?|index|palmares|"
                            r"positions?)(?![^\W\d_])")
"""Places won or lost in a ranking are told by rankings."""
_WHOLLY: Final = re.compile(r" (?!des?\b|d'|du\b|en\b|a\b|of\b|in\b|au\b|pour\b|d ici|by\b|من|في)[a-z]{4,}")
"""What follows "100 %" where it only means "wholly": "100% marocaine"."""
_DEFINITE: Final = re.compile(r"(?<![^\W\d_])(?:les|ces|ses|leurs|nos|vos|des|aux|deux des|the|these|those|its|their|"
                              r"both|los|las|estos|sus|هذه|هاته) ?$")
_IDLE: Final = frozenset("coins chiffres etoiles stars emails vues benefits reasons raisons tips".split())
"""What is counted without being told: figures of speech and numbers of a list."""
_GENERIC: Final = frozenset(
    "parties cotes pays hommes dirigeants rives peuples royaumes chefs etats capitales equipes formations camps sens "
    "raisons choses points jours reprises "
    "sides countries leaders teams nations parties men ways things times sexes instances institutions responsables "
    "ministres freres amis entities entites officials ministers".split())


_FEW: Final = 20


def confidence_of(passage: Passage, quantity: Quantity) -> float:
    """Share of such readings that the annotated half calls facts (0: not reported)."""
    text = passage.folded.text
    if quantity.kind == "money":
        return _MONEY.get(quantity.rule, 0.85)
    if quantity.kind == "percent":
        wholly = quantity.value == 100 and _WHOLLY.match(text, quantity.end)
        return 0.0 if wholly else 0.95 if quantity.rule == "stated" else 0.85
    if quantity.kind == "duration":
        return _of_duration(text, quantity)
    if quantity.kind == "measure":
        return 0.9
    return _of_things(text, quantity) if quantity.value >= 2 else 0.0


def _of_duration(text: str, quantity: Quantity) -> float:
    """Only terms that somebody set (a delay, a sentence, a contract) are facts, not how long ago or how soon."""
    before = text[max(0, quantity.start - 60):quantity.start]
    if _RELATIVE.search(before) or _RELATIVE_AFTER.match(text, quantity.end):
        return 0.0
    return 0.7 if _TERM_BEFORE.search(before) or _TERM_AFTER.match(text, quantity.end) else 0.0


def _of_things(text: str, quantity: Quantity) -> float:
    idle = quantity.unit.split("/")[0] in _IDLE and quantity.value <= _FEW
    if idle or (quantity.unit.startswith("place") and _RANKED.search(text)):
        return 0.0
    small = quantity.value <= 12 and quantity.number.scale == 1
    definite = _DEFINITE.search(text, max(0, quantity.start - 12), quantity.start) is not None
    if quantity.value <= 2 and (definite or quantity.number.spelled or quantity.bound):
        return 0.0
    if small and (quantity.rule == "ranged" or (definite and quantity.unit in _GENERIC)):
        return 0.0
    if quantity.rule != "stated":
        return 0.75
    if small:
        return 0.75 if quantity.number.spelled else 0.8
    return 0.85
