"""A text in, organisations that are not watched out: a head noun (Association, Société, معهد) and the name that follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.events import Mention, Zone
from pipeline.language.folding import fold_text

_WORD: Final = r"[A-ZÀ-ÖØ-ÞŒ][\w’'&.\-]{0,40}[\w&]|[A-ZÀ-ÖØ-ÞŒ]"
"""Of limited length, as all parts here: no text makes the search slow."""
_HEADS: Final = (
    "Association|Fondation|Fédération|Federation|Confédération|Agence|Office|Société|Compagnie|Groupe|Institut|"
    "Institute|Université|Faculté|École|Ecole|Centre|Conseil|Banque|Ministère|Observatoire|Ligue|Syndicat|Union|"
    "Chambre|Comité|Commission|Coopérative|Organisation|Direction|Délégation|Autorité|Haute Autorité|Caisse|Fonds|"
    "Laboratoire|Académie|Réseau|Alliance|Groupement|Club|Parti|Coordination|Mutuelle|Cluster|Ordre|Cour|Tribunal|"
    "Wilaya|Préfecture|Cabinet|Hôpital|Musée|Présidence|Ambassade|Consulat|Mission|Ministry|Council|Agency|"
    "University|Bank|Foundation|Center|Committee|Company|Embassy|Authority|Ministerio|Agencia|Fundación|Universidad|"
    "Banco|Asociación|Federación|Consejo|Instituto|Confederación|Sociedad|Grupo|Embajada")
_LINK: Final = (
    r"(?:de la|de l[’']|des|du|de|d[’']|del|of the|of|for|and|et de la|et de l[’']|et des|et du|et d[’']|et de|et|y|"
    r"pour la|pour le|pour l[’']|pour|&)")
_QUALIFIER: Final = (
    "nationale?|marocaine?|royale?|régionale?|provinciale?|préfectorale?|générale?|supérieure?|internationale?|"
    "européenne?|africaine?|espagnole?|française?|démocratique|professionnelle?|interprofessionnelle?|urbaine?|"
    "communale?|technique|scientifique|économique|sociale?|publique|centrale?|mondiale?|arabe|islamique|américaine?|"
    "allemande?|britannique|chinoise?")
_LATIN: Final = re.compile(
    rf"(?<![\w\-])(?P<head>(?:{_HEADS})s?|(?:ministère|agence|association|fondation|université|société|groupe|"
    rf"institut|fédération|office|coopérative|faculté|école)(?= (?:{_LINK}[ ]?)?(?!IA\b|AI\b)[A-ZÀ-Þ«]))"
    rf"(?P<rest>(?:[ \u00a0](?:{_QUALIFIER}))*(?:[ \u00a0](?:{_LINK}[ \u00a0]?)?(?:{_WORD})(?:[ \u00a0](?:{_QUALIFIER}))*)"
    r"{1,8})"
    r"(?P<acronym>[ \u00a0]\([A-Z][A-Za-z0-9\-]{1,11}\))?")
_TRAILING: Final = re.compile(
    r"(?<![\w&\-])(?P<name>(?:[A-ZÀ-Þ][\w’'&\-]{0,40}[ \u00a0]){1,4}(?:Bank|Group|Holding|Capital|University|Foundation|Company|"
    r"Corporation|Institute|Association|Council|Agency|Authority|Airlines|Airways|Energy|Technologies|Partners|"
    r"Ventures|Industries|Maroc|Morocco|Invest|Assurance|Assurances|Immobilier|Logistics|Ministry|SARL|Ltd|Inc|PLC|"
    r"plc|Limited))(?![\w’'\-])")
_FIRM: Final = re.compile(
    r"(?<!\w)(?i:l[’']entreprise|la société|la startup|la start-up|le groupe|la banque|la compagnie|la filiale|"
    r"l[’']opérateur|l[’']éditeur|le cabinet|la plateforme|l[’']association|la fondation|the company|the startup|"
    r"la empresa|el grupo)[ \u00a0]"
    r"(?:[a-zà-ÿ]{4,20}[ \u00a0]){0,2}"
    r"(?P<name>[A-ZÀ-Þ][\w&\-]{1,40}(?:[ \u00a0][A-ZÀ-Þ][\w&\-]{1,40}){0,3})")
_BRACKETED: Final = re.compile(
    rf"(?<![\w\-])(?P<name>(?:{_WORD})(?:[ \u00a0](?:{_LINK}[ \u00a0]?)?(?:{_WORD})){{1,7}})"
    r"[ \u00a0]\((?P<acronym>[A-Z][A-Z0-9\-]{1,9})\)")
_ARABIC_HEADS: Final = (
    "جمعية|مؤسسة|وكالة|مكتب|شركة|مجموعة|معهد|جامعة|مركز|مجلس|مرصد|عصبة|نقابة|اتحاد|كونفدرالية|فدرالية|فيدرالية|غرفة|"
    "لجنة|مديرية|كلية|هيئة|منظمة|مندوبية|تنسيقية|تعاونية|أكاديمية|مدرسة|رابطة|شبكة")
_ARABIC: Final = re.compile(
    r"(?<![\u0621-\u064a])[وفبك]?ل?(?P<name>"
    rf"(?:ال|لل)(?:{_ARABIC_HEADS})(?:[ \u00a0]ال[\u0621-\u064a]{{1,20}}){{1,5}}"
    r"(?:[ \u00a0](?:لل|وال|ب?ال)[\u0621-\u064a]{3,20}){0,3}"
    rf"|(?<!لل)(?:{_ARABIC_HEADS}|حزب|نادي|بنك|وزارة|سفارة|ولاية أمن|عمالة)"
    r"(?:[ \u00a0][“\"«][ \u00a0]?(?:[^”\"»\n]{2,40})[”\"»]|(?:[ \u00a0](?:ال|وال|لل)[\u0621-\u064a]{2,20}){1,5}))"
    r"(?![\u0621-\u064a])")
_ARABIC_END: Final = re.compile(  # Words that no name holds: what stands before them may be one.
    r"[ \u00a0]و?(?:التي|الذي|الذين|اللذين|المذكور|الأخير|الحالي|الجديد|الحديث|الأول|الثاني|الثالث|الرابع|الخامس|"
    r"العاشر|المكلف|المنتخب|التابع|المتخصص|الموجود|الهام|المعني|المنسق|المنظم|الحاكم|القاضي|المتابع|الوصي|الحكومة|"
    r"بالتحكم)[\u0621-\u064a]*")
_ARABIC_SURE: Final = ("كلية", "حزب", "نادي", "وزارة", "سفارة", "ولاية", "عمالة", "جامعة", "مؤسسة", "شركة", "معهد")
_INSIDE: Final = re.compile(r"(?:Data|[a-zà-ÿ] [A-Z][a-z]+) $")
"""A head noun after these is the end of another name: "Data Center", "le World Council"."""
_LOOK_BACK: Final = 24
_LEADING: Final = re.compile(
    r"(?:(?:Le|La|Les|L[’']|Au|Aux|Un|Une|Pour|Selon|Dans|Chez|Avec|Et|The|In|At|El|Los|En|De|Du|Des|D[’'])"
    r"[ \u00a0]?(?=[A-ZÀ-Þ]))+")
_COMMON: Final = re.compile(  # Expressions of business and administration that are written like names.
    r"(?:maroc|morocco|(?:le )?(?:produit|resultat|taux|indice|valeurs?|provisions?|tres|petites?|moyennes?|marge|"
    r"chiffre|actif|capital|loi|code|plan|carte|ligne|train|grande|intelligence|partenariat|projet|programme|"
    r"societe de projet|service|buy|business|net)s?\b.*|conseils? (?:d'administration|de surveillance|communal|"
    r"municipal|regional|provincial|prefectoral|d'etat)|chambres? de commerce|union sacree|commission|comite|"
    r"direction|office|groupes?|banque centrale|banque privee|fonds propres|agence corporate|m{1,3}dh .*)$")


def find_organisations(text: str, zone: Zone) -> Iterator[Mention]:
    """Organisations by the form of their names, the surest forms first; they may overlap."""
    if re.search(r"[\u0600-\u06ff]", text):
        yield from _arabic(text, zone)
        return
    for match in _LATIN.finditer(text):
        if _INSIDE.search(text, max(0, match.start() - _LOOK_BACK), match.start()):
            continue
        yield from _named(text, match.start(), match.end("rest"), zone)
    for match in _FIRM.finditer(text):
        yield _mention(text, *match.span("name"), zone)
    for pattern in (_BRACKETED, _TRAILING):
        for match in pattern.finditer(text):
            yield from _named(text, *match.span("name"), zone)


def _arabic(text: str, zone: Zone) -> Iterator[Mention]:
    """With the article, names have three words at least: "الجمعية المغربية" alone points back to a name."""
    for match in _ARABIC.finditer(text):
        start, end = match.span("name")
        stop = _ARABIC_END.search(text, start, end)
        end = stop.start() if stop else end
        words = text[start:end].split()
        quoted = text[end - 1] in "”\"»"
        if quoted or len(words) >= 3 or (len(words) == 2 and words[0] in _ARABIC_SURE):
            yield _mention(text, start, end, zone)


def _named(text: str, start: int, end: int, zone: Zone) -> Iterator[Mention]:
    """The mention, without an article before the name, unless it is a common expression."""
    if leading := _LEADING.match(text, start, end):
        start = leading.end()
    if " " in text[start:end].replace("\u00a0", " ") and not _COMMON.match(fold_text(text[start:end])):
        yield _mention(text, start, end, zone)


def _mention(text: str, start: int, end: int, zone: Zone) -> Mention:
    while text[end - 1] in " .’'-,\u00a0":
        end -= 1
    surface = text[start:end]
    return Mention(kind="organisation", name=" ".join(surface.split()), surface=surface, zone=zone, start=start, end=end)
