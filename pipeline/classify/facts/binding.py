"""An instrument in its sentence and the parties found in, whether they bind themselves there to each other out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.classify.facts.instruments import HYPOTHETICAL, Instrument
from pipeline.events import Party

NEAR_ACT: Final = 60
"""Characters between a known agreement and what is said to have been done with it."""
_JOINTLY: Final = re.compile(r"(?:(?<![^\W\d_])(?:en|in|dans le cadre d'un|through a?) |"
                              r"(?<![^\W\d_])و?ب)(?:partenariat|partnership|شراكه)$")
"""Organised "en partenariat avec" somebody: nobody signed."""
_DEFINITE: Final = re.compile(
    r"(?:^|[ (])(?:cette?|ces|ledit|ladite|le|la|l'|this|these|the|هذه?)(?: nouvelles?| nouveau)? ?(?:\w+ )?$|"
    r"(?<![^\W\d_])[وفبلك]?(?:هذه|هذا) $|ال$"
)
_THIS: Final = re.compile(r"(?:^|[^\W\d_]?[ \"(])(?:ce|cette?|ledit|this|هذه|هذا) (?:\w+ )?$")
_INDEFINITE: Final = re.compile(
    r"(?<![^\W\d_])(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d+|plusieurs|des|de|premiere?|autre|nouvelle|a|an|"
    r"two|three|"
    r"several|عده|عدد من|اول)(?: [^\W\d_]+){0,2}? ?$"
)
_KNOWN: Final = re.compile(
    r"(?<![^\W\d_])(?:budapest|paris|abraham|geneva|vienna|istanbul|schengen|oslo|kyoto|madrid|camp david|"
    r"free[ -]trade|collective|labou?r|employment|rental|normali[sz]ation|ceasefire|cease-fire|brexit|withdrawal|"
    r"potential|possible|"
    r"eventual|proposed|prospective|mutual|eventuel|futur|hypothetique|possible) $")
"""Before "agreement" or "convention": treaties long in force, and what is none."""
_KNOWN_AFTER: Final = re.compile(
    r" (?:d'abraham|d'oslo|de schengen|de budapest|de geneve|de vienne|d'istanbul|de bale|de ramsar|de new york|"
    r"de camp david|"
    r"de skhirat|de kyoto|de la haye|des nations unies|des droits de l'enfant|باريس|جنيف|فيينا|ابراهام|اوسلو|"
    r"السويد)(?![^\W\d_])")
_POSSESSED: Final = re.compile(
    r"(?:['’]s|(?<![^\W\d_])(?:its|their|his|our|notre|nos|son|sa|ses|leurs?|current|existing|actuels?|actuelles?)) "
    r"(?:[^\W\d_]+ ){0,2}?$")
"""Whose agreement: one that there is already."""
_SO_CLOSE: Final = 30
"""Characters between the signing and "its first agreement"."""
_FOSTERED: Final = re.compile(
    r"(?<![^\W\d_])(?:develop\w*|strengthen\w*|deepen\w*|consolid\w+|reinforc\w+|renforc\w+|promot\w+|promouvoir|foster\w*|"
    r"build\w*|elargi\w*|approfondi\w*|spirit of|esprit de)(?: [^\W\d_]+['’]?){0,3}[ '’]$")
"""What is done to a partnership that there is."""
_OTHER: Final = re.compile(
    r"(?<![^\W\d_])(?:loi|decret|finances|dette|rembours|travailleur|salarie|de travail|bail|futures|libre-echange|"
    r"d'adhesion|de paris)"
)
_TO_DO: Final = re.compile(
    r"(?<![^\W\d_])(?:prevoi\w+|vise\w*|entend\w*|permet\w*|inscri\w+|ambitionne\w*|aims?|will|يهدف|"
    r"تهدف|يروم|تروم|يتوخي|تتوخي)"
)
_FRAME: Final = re.compile(
    r"(?<![^\W\d_])(?:dans le cadre d(?:e|u|es|'une?)|en vertu d(?:e|u|es|'une?)|grace a|au titre d(?:e|u|es|'une?)|"
    r"as part of|"
    r"under|في اطار|بموجب)(?: [^\W\d_]+){0,2}? ?$")
"""What only happens by virtue of an agreement."""
_TWO: Final = 2
_ACT_BESIDE: Final = 40
"""Characters between an instrument without parties and its signing."""


def is_none(folded: str, one: Instrument) -> bool:
    """Whether the word stands for something else: "d'accord", "en partenariat avec", a law, a treaty long known, a wish."""
    before = folded[max(0, one.start - 40) : one.start]
    return (
        (one.form == "accord" and before.endswith("d'"))
        or (one.form == "partenariat" and _JOINTLY.search(folded[: one.end]) is not None)
        or HYPOTHETICAL.search(before) is not None
        or _OTHER.search(folded[one.end : one.end + 24]) is not None
        or _KNOWN.search(folded[max(0, one.start - 20) : one.start]) is not None
        or _KNOWN_AFTER.match(folded, one.end) is not None)


def binds(folded: str, one: Instrument, parties: Sequence[Party], *, definite: bool) -> bool:
    """Whether the sentence says that parties bind themselves: signing, or "un accord avec X prévoit"."""
    if _is_spoken_of(folded, one, parties):
        return False
    if not parties:
        return _is_signed_by_somebody(folded, one, definite=definite)
    if one.form == "acquisition":
        return one.status == "signed" and len(parties) > 1
    if one.status is None:
        return not one.plural and _joins(folded, one)
    return one.form != "partenariat" or len(parties) > 1 or one.status == "signed"


def _is_signed_by_somebody(folded: str, one: Instrument, *, definite: bool) -> bool:
    return (
        one.status == "signed"
        and abs(one.act - one.end) < _ACT_BESIDE
        and not definite
        and _INDEFINITE.search(folded[max(0, one.start - 30) : one.start]) is not None
    )


def _is_spoken_of(folded: str, one: Instrument, parties: Sequence[Party]) -> bool:
    """ "Ce partenariat", "renforcer le partenariat", "son accord", "dans le cadre d'un accord": one that there is."""
    before = folded[max(0, one.start - 60) : one.start]
    if _FRAME.search(before):
        return len(parties) < _TWO or one.form == "partenariat"
    if one.form == "partenariat":
        return _THIS.search(before[-24:]) is not None or _FOSTERED.search(before) is not None
    announced = one.status is not None and 0 <= one.start - one.act < _SO_CLOSE
    return one.form != "acquisition" and not announced and _POSSESSED.search(before) is not None


def _joins(folded: str, one: Instrument) -> bool:
    after = folded[one.end : one.end + 60]
    joined = re.search(r"(?<![^\W\d_])(?:entre|avec|between|with|con|بين|مع)(?![^\W\d_])", after)
    if joined is None or re.search(r"[.;:,]", after[: joined.start()]):
        return False
    return one.form != "partenariat" or _TO_DO.search(folded, one.end) is not None


def is_definite(folded: str, one: Instrument) -> bool:
    """ "The agreement"; in Arabic also by its complement: "اتفاق الصيد"."""
    if _DEFINITE.search(folded[max(0, one.start - 24) : one.start]) or folded.startswith("ال", one.start):
        return True
    return folded[one.start] > "ء" and re.match(r" (?:ال|لل)", folded[one.end : one.end + 4]) is not None


def is_recalled(folded: str, one: Instrument) -> bool:
    """Whether "the agreement" is one long known: nothing said close by of its being signed, ended or what it provides for."""
    near = abs(one.act - one.end) < NEAR_ACT or abs(one.start - one.act) < NEAR_ACT
    told = one.status is not None and one.act != one.start and near
    return not told and _TO_DO.search(folded, one.end, one.end + 160) is None
