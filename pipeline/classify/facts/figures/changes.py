"""A percentage and the words around it in, whether it is a share, a change or a rate out, and for a change its direction."""

from __future__ import annotations

import re
from typing import Final, Literal

from pipeline.classify.facts.figures.quantity import Quantity

Direction = Literal["up", "down"]
PercentKind = Literal["share", "change", "rate"]
FAR: Final = 28
"""Characters from which a word of change is too far to make a share ("40 % des") a change."""
_UP: Final = (
    r"hausse|augment\w*|progress\w*|croissance|croit|cru|accroissement|accru\w*|bond\w*|gain|gagn\w*|amelior\w*|hausses|"
    r"rebond\w*|grimp\w*|majoration|"
    r"appreci\w*|s'apprecie\w*|renforc\w*|envol\w*|s'envole\w*|acceler\w*|doubl\w*|supplementaires?|de plus que|tcam|tcac|"
    r"rise[sn]?|rising|rose|increas\w*|grew|grow\w*|growth|(?<!make )(?<!made )(?<!makes )(?<!making )up|higher|gain\w*|"
    r"jump\w*|surg\w*|climb\w*|soar\w*|improv\w*|"
    r"aument\w*|crec\w*|subi\w*|increment\w*|alza|mejor\w*|"
    r"[وفبلك]?(?:ال)?ارتفاعا?|[وف]?[يت]?ارتفع\w*|[وف]?[يت]رتفع|[وفبل]?(?:ال)?نموا?|نمت|نما|[وفبل]?(?:ال)?زياده|زاد\w*|"
    r"[يت]زيد|[وفبل]?تحسنا?\w*|[وفبل]?صعود|قفز\w*|انتعش\w*|تطور\w*")
_DOWN: Final = (
    r"baiss\w*|recul\w*|diminu\w*|repli\w*|chut\w*|regress\w*|perte|perd\w*|reduc\w*|redui\w*|contract\w*|se contracte|"
    r"flech\w*|ced(?:e|ent|ait|aient|ant)|خفض\w*|plonge\w*|degring\w*|"
    r"decote|ralentiss\w*|deprecia\w*|se deprecie|degrad\w*|deterior\w*|allegement|resserrement|lache\w*|en moins|"
    r"decroissance|decru|"
    r"fell|fall\w*|drop\w*|declin\w*|decreas\w*|down|lower|slump\w*|lost|los[es]\w*|cut|reduc\w*|shr[aiu]nk\w*|"
    r"baj\w*|cai\w*|cay\w*|caida|descen\w*|dismin\w*|retroce\w*|"
    r"[وفبلك]?(?:ال)?انخفاضا?|[وف]?انخفض\w*|[ول]?[يت]نخفض|[وفبلك]?(?:ال)?تراجعا?\w*|[يت]تراجع|[وفبلك]?هبوطا?|هبط\w*|"
    r"[وفبلك]?(?:ال)?تقليص|تقلص\w*|[وفبل]?خفض|انكمش\w*|انكماشا?|[وفبل]?تدهور")
_CHANGE: Final = re.compile(rf"(?<![^\W\d_])(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?![^\W\d_])")
_RATE: Final = re.compile(
    r"(?<![^\W\d_])(?:taux|commission|tva|interets?|rendement|marge|coupon|inflation|ratio|tarification|remuner\w*|"
    r"remise|rabais|decote|taxe|droits?|"
    r"rates?|yield|margin|tasa|tipo|interes|[وفبل]?(?:ال)?(?:معدل\w*|سعر|فايده|عموله|تضخم|هامش|ضريبه))(?![^\W\d_])")
_SHARE: Final = re.compile(
    r"(?<![^\W\d_])(?:parts?|represent\w*|contribu\w*|deten\w*|detient|constitu\w*|pes(?:e|ent|ant|ons|ait)|capital|"
    r"couvr\w*|concentr\w*|hauteur|dont|"
    r"compos\w*|quote[ -]part|majorit\w*|acqui\w*|compte pour|assur\w*|share|stake|account\w*|represent\w*|owns?|holds?|"
    r"cover\w*|participacion|cuota|"
    r"[وفبل]?(?:ال)?(?:حصه|[يت]مثل\w*|مثل\w*|[يت]شكل\w*|شكل\w*|[يت]ساهم|[يت]ملك|[يت]غطي|استحوذ\w*|"
    r"[يت]ستحوذ))(?![^\W\d_])")
_PART_AFTER: Final = re.compile(r" (?:share|stake|participation|interest in|de participation|de parts?|du capital|"
                                r"des parts)(?![^\W\d_])")
_PREDICATED: Final = re.compile(
    r" (?:sont|ont|etaient|avaient|seront|estiment|declarent|affirment|considerent|pensent|relevent|concernent|"
    r"proviennent|are|were|said|say|have|"
    r"had|believe|think|reported|come|came|son|fueron|dicen)(?![^\W\d_])")
"""What a share of people or things is said to do: "37 % sont des PME"."""
_OF: Final = re.compile(r" ?(?:\([^)]{0,30}\) ?)?(?:de la|de l'|des|du|de (?:nos|ses|leurs?|ces?|cette|son|sa|tou\w+)|"
                        r"d'entre|de|d'|of |in |من|del?|de los|de las)[ ]?(?P<word>[^\W\d_]+)")

_LEVEL: Final = re.compile(r" (?:(?:a|at|to)(?: pres de| environ| around| about)?|الي(?: (?:ما يفوق|حوالي|نحو|اكثر من))?) $")
"""What stands before the level that something has risen or fallen to, not before the change itself."""
_COMPARED: Final = re.compile(r"(?<![^\W\d_])(?:from|contre|against|versus|compared (?:to|with)|مقابل)(?: (?:a|an|les|"
                              r"environ|about|around))? $")
"""What stands before the level that another is compared with."""
_ADJECTIVES: Final = re.compile(r" (?:[a-z]+-[a-z]+(?:-[a-z]+)? |annual |net |real )?")
"""What may stand between a percentage and its change in English: "an 87% year-on-year increase"."""
_OF_CHANGE: Final = re.compile(r" ?(?:de|d'|of|en|in)? ?(?:la |une? )?")
_JOINS_CLAUSE: Final = re.compile(r" (?:et|and|y) (?!d(?:e|es|u|')|of |les? |la )")


def change_near(text: str, quantity: Quantity, floor: int) -> Direction | None:
    """Direction of the change that the number states: by its sign, the word right after it, the word governing it."""
    if quantity.sign:
        return "up" if quantity.sign == "+" else "down"
    if _COMPARED.search(text, max(0, quantity.start - 24), quantity.start):
        return None
    near = _CHANGE.search(text, quantity.end, quantity.end + 30)
    if near and _ADJECTIVES.fullmatch(text, quantity.end, near.start()):
        return _direction(near)
    words = list(_CHANGE.finditer(text, max(floor, quantity.start - 100), quantity.start))
    if words and _governs(text[words[-1].end():quantity.start]):
        return _direction(words[-1])
    return _direction(near) if near and _OF_CHANGE.fullmatch(text, quantity.end, near.start()) else None


def _direction(word: re.Match[str]) -> Direction:
    return "up" if word["up"] else "down"


def _is_level(text: str, quantity: Quantity) -> bool:
    """True for the level something rose or fell to: "a progressé à 60 %", but not "a 60% rise"."""
    after = _CHANGE.search(text, quantity.end, quantity.end + 30)
    named = after is not None and _ADJECTIVES.fullmatch(text, quantity.end, after.start())
    return not named and _LEVEL.search(text, max(0, quantity.start - 20), quantity.start) is not None


def _governs(between: str) -> bool:
    """True where a word of change governs the number that follows `between`."""
    if any(mark in between for mark in ";:("):
        return False
    most = 3 if "," in between else 4 if _JOINS_CLAUSE.search(between) else 9
    return len(between.split()) <= most


def percentage_kind(text: str, quantity: Quantity, floor: int) -> tuple[PercentKind, Direction | None]:
    """Kind and direction; `floor`: where the quantity before ended."""
    direction = change_near(text, quantity, floor)
    if direction and not quantity.sign and _is_level(text, quantity):
        return "rate", direction
    if not quantity.sign and _PART_AFTER.match(text, quantity.end):
        return "share", None
    if direction is None and _PREDICATED.match(text, quantity.end):
        return "share", None
    return _kind_by_cues(text, quantity, floor, direction)


def _kind_by_cues(text: str, quantity: Quantity, floor: int, direction: Direction | None) -> tuple[PercentKind, Direction | None]:
    before = text[max(floor, quantity.start - 70):quantity.start]
    rate, share, change = _last(_RATE, before), _last(_SHARE, before), _last(_CHANGE, before)
    of = _OF.match(text, quantity.end)
    whole = of is not None and not _CHANGE.match(text, of.start("word")) and not _RATE.match(text, of.start("word"))
    far = change < 0 or len(before) - change > FAR
    if direction and not (whole and far and share > change and not quantity.sign) and (quantity.sign or rate <= change):
        return "change", direction
    if whole and rate <= share:
        return "share", None
    if direction or rate > max(share, -1):
        return "rate", direction
    return ("share", None) if share >= 0 or whole else ("rate", None)


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match begins; -1 for none."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)
