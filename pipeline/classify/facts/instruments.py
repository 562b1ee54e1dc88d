"""Folded text in, the instruments by which parties bind themselves that it names out, and what it says was done with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.classify.facts.spelling import matches_at, spelt, stems

Status = Literal["signed", "planned", "renewed", "in_talks", "terminated"]
_FORMS: Final[tuple[tuple[str, str], ...]] = (
    (
        "mémorandum",
        r"memorand(?:um|a|ums)(?: d'(?:entente|accord)| of (?:understanding|cooperation))?|m[oe]us?\b|mou|"
        r"memorando de entendimiento|مذكر(?:ه|تي|ات|تا) (?:ال)?(?:تفاهم|تعاون|نوايا)",
    ),
    (
        "protocole d'accord",
        r"protocoles?(?: d'(?:accord|entente)| de (?:cooperation|partenariat))?(?! sanitaire| de soins| "
        r"operatoire)|(?:ال)?بروتوكول(?:ات)?(?: (?:اتفاق|تعاون|شراكه|تفاهم))?",
    ),
    (
        "déclaration d'intention",
        r"(?:declarations?|lettres?) d'intention|(?:letter|declaration)s? of intent|اعلان(?:ات)? "
        r"(?:ال)?نوايا",
    ),
    (
        "convention",
        r"conventions?(?:-cadres?| cadres?)?(?! collective| citoyenne| nationale| democrate| republicaine)|"
        r"convenios?|(?:ال)?اتفاقي(?:ه|تي|ات|تان|تين)(?: (?:ال)?(?:اطار|شراكه|تعاون|توامه|تمويل|ثلاثيه))?(?! باريس| جنيف| "
        r"فيينا)",
    ),
    ("avenant", r"avenants?"),
    (
        "contrat",
        r"contrats?(?:-programmes?| programmes?|-cadres?)?(?! de travail| d'assurance| a terme| futures| social)|"
        r"contracts?(?! worker)|contratos?|(?<!منذ )(?:ال)?عقد(?: (?:شراكه|برنامج|تدبير|استثمار|تعاون|اطار|رعايه|"
        r"احتضان))(?![^\W\d_])|عقود (?:شراكه|استثمار)",
    ),
    ("traité", r"traites?(?= |,|\.)(?= (?:de|d'|entre|avec))|treat(?:y|ies)|tratados?|معاهد(?:ه|ات)"),
    ("pacte", r"pactes?(?= (?:de|d'|entre|national|pour))|pact"),
    (
        "accord",
        r"accords?(?:-cadres?| cadres?)?(?! de paris| du gatt| d'oslo| de principe)|agreements?|(?<!to )(?<!great )"
        r"(?<!good )deals?(?= (?:with|between|to|aimed|worth|for|on|last|this|in|that|which|and)|[,.])|acuerdos?|"
        r"(?:ال)?اتفاق(?:ا|ات)?(?: (?:ال)?(?:تعاون|شراكه|اطار))?",
    ),
    ("partenariat", r"partenariats?(?! public-prive| public prive)|partnerships?(?! with god)|شراكه|شراكات|alianza"),
    ("acquisition", r"acquisition(?= (?:de|d'|par|of))|rachat(?= (?:de|d'|des|par))"),
)
_STEMS: Final = stems(
    "memorand protocol declaration letter lettre convention avenant contra trait treat pact accord partenariat partner "
    "acquisition "
    "rachat agreement deal moe mou conveni acuerdo tratado alianza مذكر بروتوكول اعلان اتفاق عقد عقود معاهد شراك")
_NAMED: Final = tuple((form, spelt(words)) for form, words in _FORMS)
_INSTRUMENT: Final = re.compile(
    "|".join(rf"(?<![^\W\d_])[وفبلك]{{0,2}}(?P<f{number}>{words})(?![^\W\d_])" for number, (_, words) in enumerate(_NAMED))
)
_SIGNING = spelt(
    r"sign(?:e[rs]?|ee?s?|aient|ait|ent|ature|eront|era|erent|ant)|cosign\w+|paraph\w+|conclu(?:e|s|es|re|ant|sion|ront|"
    r"ent)?|scell\w+|nou(?:e|ee|er|es)|ratifi\w+|approuv\w+|officialis\w+|lie|liant|lient|"
    r"unissant|finalis\w+|initie|initiee|signed|signs|signing|inked|concluded|sealed|entered into|struck|reached|clinched|"
    r"firm(?:o|aron|ado|ada|an)|suscri\w+|"
    r"و?(?:وقع|وقعت|وقعا|وقعوا|يوقع|توقع|توقيع|التوقيع|الموقع|الموقعه|موقعه|ابرم|ابرمت|ابرام|المبرم|المبرمه|مبرمه|جمعت|تجمع|"
    r"تربط|تربطه|تربطها)|بتوقيع|لتوقيع|علي توقيع|جري توقيع|تم توقيع|"
    r"adopt(?:e|ee|es|ees)|entre en vigueur|etablissant|s'associe\w*|s'allie\w*|teams? up"
)
_SIGNED: Final = re.compile(rf"(?<![^\W\d_])(?:{_SIGNING})(?![^\W\d_])")
_PLANNED: Final = re.compile(
    spelt(
        r"(?<![^\W\d_])(?:(?:sera|seront|serait) (?:\w+ ){0,2}?(?:sign|conclu|mis|scell|finalis)\w*|(?:doi(?:t|vent)|devrait|"
        r"devraient|devra|va|vont|entend|prevoit(?: de)?|compte|envisage(?: de)?) (?:\w+ ){0,3}?"
        r"(?:sign|conclu|scell)\w*|(?:etre|d'etre) (?:signe|conclu)\w*|a signer|(?:possibilite|intention|processus|process|"
        r"volonte) (?:de|of) (?:sign|ratif|concl)\w+|en vue de (?:signer|conclure|la signature)|"
        r"signera|signeront|prochaine signature|will (?:\w+ )?(?:sign|be signed|conclude)|"
        r"expected to (?:conclude|ink|seal)|to sign|to be signed|expected to "
        r"sign|"
        r"set to sign|plans? to sign|"
        r"ستوقع|سيوقع|سيوقعون|سيتم (?:التوقيع|توقيع|ابرام)|المرتقب (?:ان يوقع|توقيع|التوقيع)|مشروع (?:اتفاقيه|اتفاق)|يعتزم|"
        r"تعتزم|سيجري توقيع|سيبرم|ستبرم|firmara|firmaran)(?![^\W\d_])"
    )
)
_DRAFT: Final = re.compile(r"(?<![^\W\d_])projets? d(?:e |')$")
_RENEWED: Final = re.compile(
    spelt(
        r"(?<![^\W\d_])(?:renouvel\w+|reconduit\w*|reconduction|prolong(?:e|ent|ee|er|ation)|"
        r"renew\w*|extended|تجديد|جدد|جددت|تمديد)(?![^\W\d_])"
    )
)
_TALKS: Final = re.compile(
    spelt(
        r"(?<![^\W\d_])(?:negoci(?:e|er|ation|ations|ent|ait|es)|pourparlers|en discussion|discussions|negotiat\w+|talks|"
        r"مفاوضات|التفاوض|يتفاوض|تتفاوض|مباحثات بشان|negociaci\w+)(?![^\W\d_])"
    )
)
_ENDED: Final = re.compile(
    spelt(
        r"(?<![^\W\d_])(?:resili\w+|rompu\w*|rupture|suspen(?:d|du|due|dre|sion)\w*|denonciation de|annul\w+|mettre fin a|"
        r"met "
        r"fin a|terminat\w+|suspended|cancel\w+|[بل]?(?:ال)?تعليق|علقت|علق|فسخ|الغاء|انهاء)(?![^\W\d_])"
    )
)
NEGATED: Final = re.compile(
    spelt(
        r"(?<![^\W\d_])(?:n'(?:a|ont|est|etait|avait|ayant) (?:\w+ )?(?:pas|jamais|plus|encore)|tant que|aucun(?:e)?|sans "
        r"(?:accord|contrat|convention)|faute d|ne (?:\w+ ){1,3}(?:pas|plus)|no (?:agreement|deal)|"
        r"(?:not|never|yet to) (?:\w+ )?sign\w*|has yet to|failed to|لم (?:يتم|توقع|يوقع|تبرم)|دون (?:توقيع|ابرام|توصل)|"
        r"[ول]?فشل\w*|عدم "
        r"(?:توقيع|"
        r"التوقيع))(?![^\W\d_])"
    )
)
HEDGED: Final = re.compile(
    spelt(
        r"(?<![^\W\d_])(?:(?:aurai(?:t|ent)|serai(?:t|ent)) (?:\w+ ){0,2}?(?:sign|conclu|paraph|"
        r"scell|ete)\w*|reportedly|allegedly|purportedly|يقال انه|قد يكون (?:وقع|ابرم))"
    )
)
HYPOTHETICAL: Final = re.compile(
    spelt(
        r"(?<![^\W\d_])(?:aimerai(?:t|ent)|souhait\w+|would like to|wants? to|veut|veulent|pourrait\w*|could|hopes? to|"
        r"propose(?:nt)? (?:\w+ )?de|si (?:un|une|le|la|l')|lorsqu(?:'une?|e)|en attendant|a defaut|en "
        r"cas d|if [^.;]{0,60}? (?:manages? to|reach\w*|can)|until the|pending the|if (?:a|an|the)|unless|في حال|"
        r"اذا)(?![^\W\d_])"
    )
)


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument named in folded text, and what was done with it."""

    form: str
    start: int
    end: int
    status: Status | None
    """None where the sentence says nothing of it."""
    act: int
    """Where the word for that stands; the instrument's start where there is none."""
    plural: bool


def instruments(folded: str) -> Iterator[Instrument]:
    """Instruments in order, those of one phrase ("accord de partenariat") once."""
    last_end = -1
    for match in matches_at(_INSTRUMENT, folded, _STEMS):
        number = int(str(match.lastgroup)[1:])
        start, end = match.span(f"f{number}")
        if start <= last_end + 6 and re.fullmatch(
            r" ?(?:de |d'|en |ال)?\(?", folded[last_end:start] if last_end > 0 else "x"
        ):
            last_end = end
            continue
        last_end = end
        status, act = _status(folded, start, end)
        yield Instrument(_NAMED[number][0], start, end, status, act, _plural(folded, start, end))


def _status(folded: str, start: int, end: int) -> tuple[Status | None, int]:
    low, high = max(0, start - 220), min(len(folded), end + 160)
    if _DRAFT.search(folded[max(0, start - 14) : start]):
        voted = list(_SIGNED.finditer(folded, low, start))
        return "planned", voted[-1].start() if voted else start
    for pattern, status in (
        (_PLANNED, "planned"),
        (_ENDED, "terminated"),
        (_RENEWED, "renewed"),
        (_TALKS, "in_talks"),
        (_SIGNED, "signed"),
    ):
        reach = 60 if status in ("terminated", "renewed", "in_talks") else 220
        found = [
            m
            for m in pattern.finditer(folded, max(low, start - reach), min(high, end + reach))
            if not start <= m.start() < end
        ]
        if found:
            nearest = min(found, key=lambda m: min(abs(m.start() - end), abs(start - m.end())))
            return status, nearest.start()  # type: ignore[return-value]
    return None, start


def _plural(folded: str, start: int, end: int) -> bool:
    word = folded[start:end].split(maxsplit=1)[0]
    return (
        word.endswith(("s", "ات", "ين"))
        or re.search(
            r"(?:serie d|plusieurs|several|مجموعه من|عدد من) "
            r"?\S*\s?\S*$",
            folded[max(0, start - 24) : start],
        )
        is not None
    )
