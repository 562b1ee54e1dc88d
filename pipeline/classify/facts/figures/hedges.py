"""What stands before and after a number in, how the text means it out: modality, negation, whose word it is."""

from __future__ import annotations

import re
from typing import Final

from pipeline.classify.facts.figures.quantity import Quantity
from pipeline.classify.text import Passage
from pipeline.events import Modality

_NUMBER_LEAD = r"(?: (?:les|des|de|du|la|le|un|une|d'|the|a|los|las|quelque|milliers de))?(?: ?[+(])? ?$"
_HEDGES: Final[tuple[tuple[Modality, str], ...]] = (
    ("up_to", r"jusqu'?(?: ?a| ?en)|plafonnee?s? a|pouvant (?:atteindre|aller jusqu'a)|(?:au |un )?maximum (?:de|d')?|"
              r"a concurrence de|dans la limite de|"
              r"ne (?:depass|exced)\w+ pas|n'exced\w+ pas|sans depasser|up to|as much as|as many as|at most|"
              r"no more than|maximum of|not exceed(?:ing)?|hasta|"
              r"sous|حتي|(?:لا|لم|الا|ان لا) [يت]?تجاوز|لا [يت]زيد عن|لا [يت]تعدي|اقصاه[ا]?|حد اقصي|كحد اقصي|سقف"),
    ("at_least", r"au moins|pas moins de|(?:au |un )?minimum (?:de|d')?|a partir de|demarre a|at least|"
                 r"no fewer than|no less than|minimum of|starting at|"
                 r"al menos|por lo menos|ما لا [يت]قل عن|لا [يت]قل عن|علي الاقل|ابتداء من|حد ادني"),
    ("less_than", r"moins de|inferieure?s? a|en[ -]dessous d[eu](?: seuil de)?|less than|fewer than|under|below|"
                  r"menos de|اقل من|دون|ما دون"),
    ("more_than", r"plus de|superieure?s? a|depass\w*|exced\w*|au[ -]dela de|au[ -]dessus de|"
                  r"franchi\w*(?: la barre de)?|more than|over|above|exceed(?:s|ed|ing)?|"
                  r"upwards of|surpass\w*|mas de|superan?|اكثر من|ازيد من|ما يزيد (?:عن|علي)|يزيد (?:عن|علي)|يفوق|تفوق|"
                  r"ما يفوق|فاقت?|تجاوزت?|[يت]تجاوز|تعدت?|"
                  r"[يت]?فوق"),
    ("about", r"environ|pres de|quelque|autour de|aux alentours de|presque|quasi(?:ment)?|approximativement|"
              r"aux environs de|avoisin\w*|"
              r"(?:est|etai|sont )?estim\w+ (?:a|entre)(?: seulement)?|de l'ordre de|a peu pres|pratiquement|about|"
              r"around|nearly|almost|approximately|roughly|"
              r"some|close to|estimated(?: at)?|unos|unas|cerca de|casi|alrededor de|aproximadamente|en torno a|حوالي|"
              r"نحو|زهاء|قرابه|ما يقارب|[يت]قارب|يناهز|"
              r"تناهز|ما يناهز|تقريبا|حدود|في حدود|[يت]قدر ب|قدرت? ب|المقدره? ب|ما يعادل|قراب"),
    ("potential", r"pourrai\w+(?: \w+){0,2}|potentiel\w*(?: de(?: hausse| croissance| baisse)?)?|could(?: \w+){0,2}|"
                  r"might(?: \w+){0,2}|may|podria\w*(?: \w+)?"),
)
_BEFORE: Final = tuple(
    (modality, re.compile(rf"(?<![^\W\d_])(?:[وفبلك]|ب)?(?:{words}){_NUMBER_LEAD}")) for modality, words in _HEDGES)
_AFTER: Final[tuple[tuple[Modality, re.Pattern[str]], ...]] = (
    ("at_least", re.compile(
        r" ?,? ?(?:au moins|au minimum|at least|minimum|علي الاقل|como minimo|ou plus|or more|et plus(?! ))")),
    ("up_to", re.compile(r" ?,? ?(?:au maximum|maximum|au plus|at most|كحد اقصي|علي الاكثر|como maximo)")),
    ("about", re.compile(r" ?,? ?(?:environ|approximativement|تقريبا|approximately|or so)(?![^\W\d_])")),
)
_CONDITIONAL: Final = re.compile(
    r"(?<![^\W\d_])(?:pourrai\w{1,4}|aurai(?:t|ent)|serai(?:t|ent)|s'eleverai\w+|atteindrai\w+|could|might|podria\w*|"
    r"قد [يت]\w+|يمكن ان|من الممكن)(?![^\W\d_])")
_NOT: Final = re.compile(
    r"(?<![^\W\d_])(?:n(?:e |')(?!(?:depass|exced|est autre))\w+ (?:pas|plus|jamais)(?! seulement| moins)|(?:did|does|"
    r"has|have|is|are|was|were) not|"
    r"didn't|doesn't|isn't|aucune?|ni |no (?:es|son|ha|han)|ليست?|لم [يتن](?!تجاوز|تعد|قل)\w+|لن \w+|نفي|نفت|dementi\w*|"
    r"denie[ds])[^.;,:،]{0,30}$")
_ACCORDING: Final = re.compile(
    r"(?<![^\W\d_])(?:selon|d'apres|a en croire|according to|as per|segun|de acuerdo con|وفقا? ل|وفق|حسب|بحسب|"
    r"استنادا الي|تبعا ل)(?: )?"
    r"(?P<who>[^,;.()\"]{3,80})")
_UNNAMED: Final = re.compile(r"(?<![^\W\d_])(?:aurai(?:t|ent)|serai(?:t|ent))(?![^\W\d_])")


def modality_of(text: str, quantity: Quantity) -> Modality:
    """How exact the number is meant: by the words around it, the range it bounds, or a conditional before it."""
    if quantity.bound:
        return quantity.bound
    before = text[max(0, quantity.start - 42):quantity.start]
    for modality, pattern in _BEFORE:
        if pattern.search(before):
            return modality
    after = text[quantity.end:quantity.end + 24]
    for modality, pattern in _AFTER:
        if pattern.match(after):
            return modality
    if quantity.number.rough:
        return "about"
    return "potential" if _CONDITIONAL.search(before) else "exact"


def is_denied(text: str, quantity: Quantity) -> bool:
    """True where the clause says that the number is not so."""
    return bool(_NOT.search(text[max(0, quantity.start - 48):quantity.start]))


def attribution(passage: Passage) -> str | None:
    """Whose word the sentence is, as named there; `unnamed` for a bare conditional ("aurait"); None for the text's own."""
    folded = passage.folded
    if match := _ACCORDING.search(folded.text):
        return folded.surface(*match.span("who")).strip()
    return "unnamed" if _UNNAMED.search(folded.text) else None
