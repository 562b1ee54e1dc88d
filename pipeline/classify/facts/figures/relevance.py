"""A quantity in, how likely it is to be a fact that a reader wants out; 0 for passing counts and relative times."""

from __future__ import annotations

import re
from typing import Final

from pipeline.classify.facts.figures.quantity import Quantity
from pipeline.classify.text import Passage

_MONEY: Final = {"stated": 0.95, "ranged": 0.85, "compared": 0.85, "inherited": 0.85}
_RELATIVE_BEFORE: Final = re.compile(
    r"(?<![^\W\d_])(?:depuis|il y a|apres|avant|dans les?|ces|au cours des|lors des|durant(?: les)?|pendant(?: les)?|"
    r"premiers?|premieres?|prochaine?s?|dernier\w*|"
    r"passes|toutes les|tous les|au bout de|sur(?: les)?|en l'espace de|منذ|قبل|بعد|خلال|طيله|طوال|مدي|كل|علي مدي|اخر|"
    r"after|ago|before|for the past|past|in the next|"
    r"last|next|first|hace|desde|durante|over the|within|every|during)(?: (?:plus de|moins de|environ|pres de|"
    r"quelque|les|des|the|ال)){0,2} ?$")
_RELATIVE_AFTER: Final = re.compile(
    r" ?(?:prochaine?s?|dernier\w*|ecoule\w*|passe\w*|plus tard|plus tot|auparavant|apres|avant|suivant\w*|precedent\w*|"
    r"ago|later|earlier|old|before|after|"
    r"المقبله|القادمه|الماضيه|الاخيره|المنصرمه|الماضيين|مضت|de suite|consecuti\w+|متتاليه|متتاليه)(?![^\W\d_])")
_DEFINITE: Final = re.compile(r"(?<![^\W\d_])(?:les|ces|ses|leurs|nos|vos|des|aux|deux des|the|these|those|its|their|"
                              r"both|los|las|estos|sus|هذه|هاته) ?$")
_GENERIC: Final = frozenset(
    "parties cotes pays hommes dirigeants rives peuples royaumes chefs etats capitales equipes formations camps sens "
    "raisons choses points jours reprises "
    "sides countries leaders teams nations parties men ways things times sexes instances institutions responsables "
    "ministres freres amis".split())


def confidence_of(passage: Passage, quantity: Quantity) -> float:
    """Share of such readings that the annotated half calls facts (0: not reported)."""
    if quantity.kind == "money":
        return _MONEY.get(quantity.rule, 0.85)
    if quantity.kind == "percent":
        return 0.95 if quantity.rule == "stated" else 0.85
    text = passage.folded.text
    if quantity.kind == "duration":
        return _of_duration(text, quantity)
    if quantity.value < 2:
        return 0.0
    if quantity.kind == "measure":
        return 0.9
    return _of_things(text, quantity)


def _of_duration(text: str, quantity: Quantity) -> float:
    if _RELATIVE_BEFORE.search(text, max(0, quantity.start - 40), quantity.start) or _RELATIVE_AFTER.match(text, quantity.end):
        return 0.0
    return 0.6


def _of_things(text: str, quantity: Quantity) -> float:
    small = quantity.value <= 12 and quantity.number.scale == 1
    definite = _DEFINITE.search(text, max(0, quantity.start - 12), quantity.start) is not None
    if definite and (quantity.value <= 2 or (small and quantity.unit in _GENERIC)):
        return 0.0
    if quantity.rule != "stated":
        return 0.75
    if small:
        return 0.6 if quantity.number.spelled else 0.7
    return 0.85
