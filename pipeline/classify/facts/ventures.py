"""Folded text in, the words for programmes, plans, projects and works in it out, and how far it says they have come."""

from __future__ import annotations

import re
from typing import Final, Literal

from pipeline.classify.facts.spelling import spelt

Stage = Literal["announced", "launched", "under_way", "completed", "planned"]
_KINDS: Final = (
    ("programme", r"programmes?|program(?:me)?s?|programas?|(?:ال)?برنامجا?|(?:ال)?برامج"),
    (
        "plan",
        r"plans? (?:d'actions?|strategique|directeur|d'urgence|de developpement|d'investissement|national|regional)|"
        r"plan|master plan|(?:ال)?مخططا?|(?:ال)?خطة",
    ),
    ("stratégie", r"strategies?|strategy|estrategia|(?:ال)?[إا]ستراتيجية"),
    ("feuille de route", r"feuilles? de route|roadmap|hoja de ruta|خارطة (?:ال)?طريق|خريطة (?:ال)?طريق"),
    (
        "projet",
        r"(?:mega-?|mega )?projets?(?! d[e'] ?(?:loi|decret|convention|arrete|accord|texte|societe))|projects?|"
        r"proyectos?|(?:ال)?مشروعا?(?! (?:\" ?)?(?:ال)?(?:قانون|مرسوم|اتفاق|ميزاني|تعديل|قرار|نص))|(?:ال)?ورشا?(?![ةه])",
    ),
    ("initiative", r"initiatives?|iniciativas?|(?:ال)?مبادرة"),
    ("plateforme", r"plateformes?|portails?|portals?|platforms?|plataforma|(?:ال)?منصة|(?:ال)?بوابة|النظام المعلوماتي"),
    ("réforme", r"reformes?|reform|(?:ال)?[إا]صلاح"),
    (
        "centre",
        r"centres?(?: d'excellence| de recherche| de formation| de donnees| hospitalier)?|data[ -]?centers?|cent(?:er|"
        r"re)|(?:ال)?مركز(?:ا)?",
    ),
    ("dispositif", r"dispositifs?|mecanismes?|label|produit(?= d'assurance)"),
    ("fonds", r"fonds(?= (?:d[e']|pour|[a-z]+ pour))|fund(?= for)|(?:ال)?صندوقا?"),
    ("pôle", r"poles?(?= )|cite des|cluster|technopole|hub"),
    (
        "unité industrielle",
        r"unites? (?:industrielles?|de production|de fabrication)|usines?|plant|factory|(?:ال)?مصنعا?|وحدة "
        r"(?:صناعية|إنتاجية)",
    ),
    (
        "infrastructure",
        r"stations? d[e'] ?(?:dessalement|epuration|traitement|pompage)|barrages?|autoroutes?|gazoduc|lgv|"
        r"ligne (?:a grande vitesse|ferroviaire|de metro|de tramway)|"
        r"parc (?:eolien|solaire|industriel|des expositions)|zones? (?:industrielle|d'activite|d'acceleration)\w*|ports? "
        r"(?:de|"
        r"d')|stades?|gares?|(?:ال)?محطة|سد(?= )|ميناء|(?:ال)?طريق السيار|ملعب",
    ),
    (
        "école",
        r"ecoles?|instituts?|universite(?= [a-z]+ a )|laboratoires?|incubateurs?|academie|school|institute|laboratory|"
        r"incubator|(?:ال)?معهدا?|مدرسة|مختبرا?|حاضنة",
    ),
    ("filiale", r"filiale|subsidiary|coentreprise|joint[- ]venture|فرع"),
    ("étude", r"etudes?(?= (?:de |d'|survey))"),
    ("campagne", r"campagnes?(?= (?:de |d'|nationale))|campaign|(?:ال)?حملة"),
    (
        "restructuration",
        r"restructuration|rehabilitation|modernisation|extension|generalisation|digitalisation|تأهيل|تعميم|"
        r"توسعة|رقمنة",
    ),
    ("application", r"applications?(?! d[e'u])(?: mobiles?)?|(?:mobile )?app|"
     r"تطبيقا?(?= (?:ال)?(?:هات|جديد|رقمي|ذكي|محمول|معلومات|إلكترون))"),
    ("ligne", r"(?:lignes?|liaisons?|dessertes?)(?: aeriennes?| maritimes?| ferroviaires?)|(?:air|direct) routes?|"
              r"خطا? (?:جويا?|بحريا?)"),
    ("hôpital", r"hopita(?:l|ux)|chu|cliniques?|hospitals?"),
    ("appel", r"appels? (?:d'offres|a projets|a manifestations? d'interets?|a candidatures)|"
              r"call for (?:projects|tenders)|طلب عروض"),
    ("centrale", r"centrales?(?: solaires?| eoliennes?| hydroelectriques?)?|parcs? photovoltaiques?|"
                 r"(?:solar|wind) (?:farm|park)"),
    ("observatoire", r"observatoires?|registres?(?= )|guichets? uniques?|مرصدا?(?= )"),
    ("opération", r"operation(?= (?:de |d'))"),
    ("augmentation de capital", r"augmentation de capital|introduction en bourse|ipo"),
    ("groupe de travail", r"groupes? de travail|working group|task force|commission (?=ad hoc)"),
)
_SPELT: Final = tuple((kind, spelt(words.replace("(?:ال)?", "(?:ا?ل)?"))) for kind, words in _KINDS)
"""With the article also as it is written after the particle ل: "للمخطط"."""
VENTURE: Final = re.compile(
    "|".join(rf"(?<![^\W_])[وبلف]{{0,2}}?(?P<v{at}>{words})(?![^\W_])" for at, (_, words) in enumerate(_SPELT))
)
_STAGES: Final[tuple[tuple[Stage, str], ...]] = (
    ("completed", r"finalise\w*|acheve\w*|termine\w*|livree?s?|completed|cloture\w*|اكتمل\w*|انتهت|استكمال"),
    (
        "planned",
        r"(?:sera|seront) \w+|prepare(?:nt|r|ra)?|peaufin\w+|planche(?:nt)?|prevue?s?|"
        r"devrait|devraient|envisage\w*|s'engage\w*|engagee? a|prochainement|va "
        r"(?:lancer|creer|construire|ouvrir)|compte lancer|entend|"
        r"will|plans? to|to be|upcoming|سيتم|المرتقب|يعتزم|تعتزم|ستطلق|سيطلق|سيحدث|المزمع",
    ),
    (
        "launched",
        r"lance(?:e|es|r|nt|ra)?|lancement|inaugur\w+|ouvre|ouvert\w*|ouverture|cree|creee?s?|creation|creer|"
        r"demarr\w+|coup d'envoi|(?:mise?|met|mettre|mettra) en service|constitue|etabli\w*|"
        r"launch\w*|opened|opens|unveil\w*|inaugurat\w*|creat\w+|established|إطلاق|أطلق\w*|افتتح\w*|افتتاح|تدشين|دشن\w*|"
        r"إحداث|"
        r"أحدث\w*|إنشاء|[يت]طلق|[يت]دشن|[يت]فتتح|انطلاق|انطلاقة|انطلق\w*|الانطلاقة|شرع\w*|الشروع",
    ),
    (
        "announced",
        r"annonc\w+|adopt\w+|valid\w+|approuv\w+|accorde\w*|financement|mobilise\w*|presente\w*|devoil\w+|appuie|"
        r"financ\w+|soutenir|injecte\w*|alloue\w*|octroy\w+|announc\w+|approv\w+|fund\w*|"
        r"أعلن\w*|الإعلان|صادق\w*|المصادقة|تمويل|قدم\w*|[يت]قدم|تقديم|كشف\w*|رصد\w*|خصص\w*|تخصيص|اعتماد",
    ),
    (
        "under_way",
        r"en cours|mise? en (?:oeuvre|œuvre|place)|poursui\w+|execution|deploi\w+|deploye\w*|entame\w*|realis\w+|"
        r"construct\w+|construire|dans le cadre|s'inscri\w+|conformement|"
        r"developp\w+|accelerer|acceleration|beneficier|bilan|under way|underway|implement\w*|as part of|ongoing|under "
        r"construction|build\w*|تنفيذ|تنزيل|مواصلة|إنجاز|في إطار|أشغال|تبنى|اعتمد\w*|وضع\w*|بناء|تفعيل",
    ),
)
STAGES: Final = tuple(
    (stage, re.compile(spelt(rf"(?<![^\W\d_])[وبلف]{{0,2}}(?:{words})(?![^\W\d_])"))) for stage, words in _STAGES
)
"""What the words say of how far a venture has come."""
_WHEN = (
    r"(?:,? (?:ce |le |hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|officiellement|aujourd'hui|a [^\W\d_]|au |"
    r"on |officially|recently|yesterday|today)[^.;:(«\"]{0,45}?,?)?")
_FOUNDS = (
    r"(?:(?:a |ont |a ete |vient de |va |viennent de |de |d')?(?:inaugur(?:e|er|ent|era)|lan(?:ce|cer|cent|cera)|"
    r"ouvr(?:e|ir|ira)|ouvert|cree[rs]?|creera|deploie|deployer?|devoile|(?:met|mis|mettre|mettra) en (?:service|place)|"
    r"constru(?:it|ire|ira)|"
    r"realis(?:e|er|era)|amenag(?:e|er|era)|implant(?:e|er|era)|develop(?:pe|per|pera)|adopt(?:e|er|era)|approuve|"
    r"valide)|"
    r"launch(?:ed|es)?|inaugurat(?:ed|es)|open(?:ed|s)|unveil(?:ed|s)|buil(?:d|t|ds)|set up|approved|adopted|"
    r"inauguro|lanzo|abrio|puso en marcha)")
_NEW = (
    r"(?:nouve(?:aux?|lles?|l) |premi(?:er|ere)s? |futur\w* |deux |trois |quatre |cinq |six |dix |\d+ |grand |vaste |"
    r"new |first |"
    r"major |two |three |five )*")
FOUNDING: Final = re.compile(
    spelt(
        r"(?<![^\W\d_])(?:(?:lancement|creation|construction|inauguration|ouverture|mise en place|mise en service|"
        r"realisation(?: et (?:de la |la )?gestion)?|developpement|extension|demarrage|implantation|"
        r"premiere pierre|coup d'envoi|deploiement|"
        r"launch|construction|creation|opening|lanzamiento|inauguracion|construccion)"
        r"(?: (?:officiel(?:le)?|effective|prochaine?))? (?:de la |de l'|d'une? |du |des |de |d'|del |of (?:the |an? )?)"
        rf"{_NEW}|"
        rf"{_FOUNDS}{_WHEN},? (?:une? |la |le |l'|sa |son |ses |des |an? |the |its |their |el |su |(?=\d+ nouve|deux |"
        rf"trois ))"
        rf"{_NEW}|"
        r"[وبلف]{0,2}(?:إطلاق|افتتاح|تدشين|إحداث|إنشاء|بناء|إنجاز|تنزيل|تنفيذ|تشييد|انطلاق|انطلاقة|إعطاء انطلاقة) )$"
    )
)
FOUNDED: Final = re.compile(
    r"(?<![^\W\d_])(?<!rampe de )(?:(?:lancement|creation|construction|inauguration|ouverture|mise en place)(?: "
    r"(?:officiel(?:le)?|effective|prochaine?))? "
    r"(?:(?P<indefinite>d'une? |de (?:\d+ )?nouve(?:aux|lles?) |de deux |de trois |de \d+ |d'un nouveau )|"
    r"de la |de l'|du |de |d')|"
    r"(?:inaugure|inaugurent|a inaugure|ont inaugure|va construire|construira|ouvrira|engager|lancer|lance|a lance)"
    rf"{_WHEN} (?P<direct>une? (?:nouve(?:au|lle) )?))"
)
FOUNDED_ARABIC: Final = re.compile(spelt(
    r"(?<![^\W\d_])[وفبل]{0,2}(?:تدشين|افتتاح|إحداث|إنشاء|تشييد|بناء|إطلاق) (?P<work>(?:ال)?(?:مستشفى|قنصلية|كلية|مركب|"
    r"مجمع|سوق|محكمة|وكالة|هيئة|مرصد|خطوط|خط|خدمة|تطبيق|جائزة|متحف|قطب|منطقة|مصفاة|مطار|فندق|معمل|شبكة|مكتب|مؤسسة|ثانوية|"
    r"مسبح|مكتبة|خلية|قنطرة|نفق|مسجد|جامعة|سجل|بطاقة|منتزه|حديقة|مدارس|مستشفيات|وحدات|مراكز|صناديق)ا?)(?![^\W\d_])"))
"""What is opened or built, of works that have no kind of their own."""


BUILT: Final = frozenset((
    "infrastructure", "école", "unité industrielle", "campagne", "étude", "hôpital", "centrale", "ligne", "observatoire"))
"""Kinds of which a name alone is where something happens: «ملعب “أولد ترافورد”»."""


def kind_of(match: re.Match[str]) -> tuple[str, int, int]:
    """Short form of the word for a venture, and where it stands in the folded text."""
    group = str(match.lastgroup)
    return _SPELT[int(group[1:])][0], *match.span(group)


def stage_near(folded: str, start: int, end: int, reach: int = 110) -> tuple[Stage | None, int]:
    """What the sentence says of how far it has come, nearest to it; and how far off that stands."""
    best: tuple[Stage | None, int] = (None, reach)
    for stage, pattern in STAGES:
        for found in pattern.finditer(folded, max(0, start - reach), min(len(folded), end + reach)):
            gap = start - found.end() if found.end() <= start else found.start() - end
            if 0 <= gap < best[1]:
                best = stage, gap
    return best
