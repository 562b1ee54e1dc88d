"""Folded text in, the words for laws, decrees and bills in it out, with number, object and what is said of their stage."""

from __future__ import annotations

import re
from typing import Final, Literal

from pipeline.classify.facts.spelling import spelt, stems

Stage = Literal["drafting", "adopted_council", "adopted_parliament", "published", "in_force"]
KINDS: Final = (
    (
        "projet de loi",
        r"(?:avant-)?projets? de lois?(?: organique|-cadre| de finances(?: rectificative)?)?|plf(?= |r )|draft (?:law|bill)|"
        r"(?<!energy )(?<!import )(?<!food )(?<!wage )(?<!gas )(?<!subsidy )bill(?= (?:no|n°|on|to|that|amending|"
        r"regulating|aimed|"
        r"banning|would|will|was|has|is|passed|entered|criminali|allowing|introduc|"
        r"seeks|aims))|proyectos? de ley|"
        r"مشروع (?:\" ?)?(?:ا?ل)?قانون(?: (?:ال)?(?:تنظيمي|اطار|المالية))?|مشروع قانون(?:-| )اطار|مشاريع قوانين|"
        r"مشروعي قانونين",
    ),
    ("proposition de loi", r"propositions? de loi|مقترح (?:ا?ل)?قانون"),
    ("projet de décret", r"projets? de decrets?(?:-lois?)?|draft decree|مشروع (?:ا?ل)?مرسوم(?: بقانون)?|مشاريع مراسيم|"
    r"مشروعي مرسومين"),
    ("loi organique", r"lois? organiques?|organic law|(?:ا?ل)?قانون التنظيمي|قانون تنظيمي"),
    ("loi-cadre", r"lois?[- ]cadres?|framework law|(?:ا?ل)?قانون[- ]الاطار|قانون[- ]اطار"),
    ("loi de finances", r"lois? de finances(?: rectificative)?|finance (?:law|act)|finance bill|قانون المالية"),
    (
        "loi",
        r"lois?(?! de la| du plus| martiale| d'airain)|"
        r"(?:law|act)(?= (?:no|n°|\d|on |regulating|governing|prohibiting|amending|criminali|banning|entered|came into|"
        r"was|has been|passed))|ley(?= (?:n|\d|organica|de ))|"
        r"قانونا?(?= (?!دولي|جنائي|انساني|عام|خاص|اساسي|داخلي)(?:ال|ل)?[^\W\d_]{4,})|"
        r"(?:ا?ل)?قانون(?= (?:رقم|عدد|\d|(?:ال)?(?:جديد|متعلق|منظم|قاضي|خاص|محدث)))",
    ),
    (
        "code",
        r"codes? (?:de la (?:famille|route|nationalite|presse|mutualite)|du (?:travail|numerique|commerce)|penal|electoral|"
        r"de (?:procedure (?:penale|civile)|procedure|commerce|l'urbanisme|la route)|general des impots|des (?:douanes|"
        r"assurances|juridictions financieres))|(?:family|penal|criminal|labou?r|electoral) code|"
        r"(?<=redaction d'un )code|(?<=elaboration d'un )code|"
        r"(?<=projet de )code|(?<=reforme du )code|(?<=refonte du )code|(?<=revision du )code|"
        r"مدونه (?:ا?ل)?(?:اسره|شغل|سير|تجاره|انتخابات|جنسيه|محاكم|تعمير|صحافه|تامينات|ادويه)|(?:قانون )?المسطره "
        r"(?:الجناييه|المدنيه)|المدونه العامه للضرايب",
    ),
    ("décret", r"decrets?(?:-lois?)?(?: d'application| royal)?|decrees?(?= )|decreto|"
    r"(?:ا?ل)?مرسوما?(?: (?:ال)?(?:رئاسي|ملكي|شريف|تطبيقي|"
        r"وزاري))?|مراسيم"),
    (
        "arrêté",
        r"arretes?(?= (?:n°|conjoint|ministeriel|du (?:ministre|\d)|relatif|portant|fixant|interministeriel|"
        r"de la ministre|du wali|du gouverneur|du president))|"
        r"(?:ا?ل)?قرار(?= (?:رقم|عدد|(?:ال)?(?:وزاري|مشترك|عاملي|وزيره?(?= ))))",
    ),
    (
        "circulaire",
        r"circulaires?(?= )|circulars?(?! (?:economy|debt|migration|motion|letter|fashion))|(?:ا?ل)?دوريه(?= (?:رقم|"
        r"عدد|حول|بشان|تحث|تدعو|تتعلق|مشتركه|وزاريه|موجهه|"
        r"الي (?:ال)?(?:ولاه|"
        r"عمال|روساء)|(?:ال)?(?:متعلقه|صادره|تي|جديده)|تمنع|تلزم|تطالب|تقضي|توصي|وزي?ر|وزاره))|"
        r"(?:ا?ل)?مذكره (?:(?:ا?ل)?وزاريه|رقم|عدد)",
    ),
    ("directive", r"directives?(?= (?:europeenne|n°|\d|\(ue\)|eu))"),
    ("texte", r"texte(?= (?:de loi|autorisant|portant|encadrant|relatif|reglementaire))|projet de texte"),
    ("textes d'application", r"textes? d'application|نصوص تطبيقيه|(?:ا?ل)?نصوص التنظيميه"),
    ("dahir", r"dahirs?|(?:ا?ل)?ظهير(?= (?:الشريف|شريف|المتعلق|بمثابه|رقم|المنظم|موسس|\d))"),
)
SPELT: Final = tuple((kind, spelt(words)) for kind, words in KINDS)
LAW: Final = re.compile(
    "|".join(rf"(?<![^\W_])[وبلكف]{{0,2}}?(?P<k{at}>{words})(?![^\W_])" for at, (_, words) in enumerate(SPELT))
)
STEMS: Final = stems(
    "loi projet avant proposition proyecto draft organic framework finance family penal criminal labo "
    "decret arrete circula dahir law bill decree ley texte act code plf directive مشروع مشاريع "
    "مقترح قانون قوانين مرسوم مراسيم دوريه ظهير "
    "مذكره نصوص قرار مدونه مسطره")
NUMBER: Final = re.compile(
    r",? ?(?:n ?[°ºo]\.? ?|no\.? ?|num\.? |رقم |عدد "
    r")?(?P<number>\d{1,3}[.\-/]\d{2,4}(?:[.\-/]\d{1,3})?)(?![\d%])"
)
OBJECT: Final = re.compile(
    spelt(
        r",? ?(?:بتاريخ [^،.]{4,30} )?(?:relati(?:f|ve)s? (?:a|au|aux)|portant(?: sur)?|sur (?=l[ea' ])|concernant|encadrant|"
        r"regissant|fixant|modifiant|autorisant|instituant|"
        r"pour(?= \w+er )|reglementant|visant a|portant|anti-(?=\w)|contre |"
        r"on (?!\w+day|\w+ \d)|regulating|governing|detailing|granting|setting|establishing|creating|dismissing|appointing|"
        r"(?=de (?:la |los |las |el )?\w{4})|sobre |amending|prohibiting|"
        r"criminali[sz]ing|banning|(?=لل\w{3})|(?:ا?ل)?متعلقه? ب|يتعلق ب|تتعلق ب|بشان |(?:ا?ل)?قاضي ب|(?:ا?ل)?خاص ب|حول |"
        r"(?:ا?ل)?منظم ل|(?:ا?ل)?محدث ل|(?:ا?ل)?متضمن |يهم |يقضي ب|يخص |المغير|بتغيير |بتتميم |باحداث |بتحديد |بتنفيذ |بسن |"
        r"الجديد ل|جديد ل)"
    )
)
OBJECT_END: Final = re.compile(
    r" et (?:une? |du |de |le |la |l')(?=projet|decret|loi|arrete|autre)|[;:«»\"()،]|\.(?!\d)|, (?!de |des |du |d'|"
    r"et )| (?:qui|a ete|est|sera|ont|doit|vise|prevoit|permet|"
    r"actuellement|dont|afin|lors|الذي|التي|اذ|من المرتقب|was|is|which)(?= |$)"
)
STAGES: Final[tuple[tuple[Stage, str], ...]] = (
    (
        "adopted_council",
        r"consejo de ministros[^.]{0,90}aprob|gobierno (?:ha )?aprob|(?:conseil de gouvernement|"
        r"conseil du gouvernement|conseil des ministres|conseil ministeriel|"
        r"government council|cabinet)[^.]{0,90}"
        r"(?:adopt|approuv|valid|approv)|(?:adopt|approuv|valid|approv)[^.]{0,90}(?:conseil de gouvernement|conseil du "
        r"gouvernement|conseil des ministres|government council)|"
        r"(?:صادق|صادقت|المصادقه|اعتمد|يتبني|تبني)[^.]{0,80}(?:مجلس الحكومه|المجلس الحكومي|المجلس الوزاري|"
        r"مجلس الوزراء)|(?:مجلس الحكومه|المجلس "
        r"الحكومي|"
        r"المجلس الوزاري)[^.]{0,80}(?:صادق|يصادق)",
    ),
    (
        "adopted_parliament",
        r"(?:congreso|senado|parlamento|diputados)[^.]{0,120}aprob|aprob[^.]{0,120}(?:congreso|senado|parlamento)|"
        r"(?:chambre|parlement|representants|representatives|conseillers|deputes|parliament|lower house|upper "
        r"house)[^.]{0,120}(?:adopt|approuv|vot|pass)|"
        r"(?:adopt|approuv|vot|pass)[^.]{0,120}(?:chambre|parlement|representants|representatives|conseillers|deputes|"
        r"parliament|house of)|"
        r"(?:صادق|صادقت|المصادقه)[^.]{0,80}(?:مجلس النواب|مجلس المستشارين|البرلمان|لجنه)|(?:مجلس النواب|مجلس المستشارين|"
        r"البرلمان)[^.]{0,60}(?:صادق|يصادق)",
    ),
    (
        "drafting",
        r"en cours d'(?:elaboration|examen|adoption|etude)|elabor|prepar|redig|redaction|l'etude|l'examen|would|"
        r"proposed|soumis|"
        r"depose|sgg|secretariat general du gouvernement|draft|"
        r"dans le pipe|finalis|en preparation|introdui|examin|debat|amend|refonte|revision|reforme d|اعداد|صياغه|تعديل|"
        r"مناقشه|"
        r"قيد|ناقش|عرض|احال|احاله|دراسه|مسطره التشريع|مراجعه|تدارس|تقدم|اخراج|مقترح",
    ),
    ("published", r"boletin oficial|bulletin officiel|publie|publication|official gazette|published|signed into law|"
        r"الجريده الرسميه|صدور|صادر|اصدر|صدر|نشر"),
    (
        "in_force",
        r"en vigor|entr[ee]+e? en vigueur|entered into force|en vigueur|promulgu|en application|mise en application|"
        r"application de|conformement|en vertu|"
        r"applicable|came into force|in force|under the|دخل|حيز التنفيذ|بموجب|طبقا|وفقا|تنزيل|تفعيل|تطبيق",
    ),
)
STAGE: Final = tuple(
    (stage, re.compile(spelt(re.sub(r"(?<=\|)(?=[\u0621-\u064a])", r"(?<![^\\W\\d_])[وفبلسيت]{0,2}(?:ال)?", words))))
    for stage, words in STAGES)
"""Arabic words with what may be attached to their beginning."""
