"""A position in folded text in, whether the words before it announce a place, an organisation or a person out."""

from __future__ import annotations

import re
from typing import Final

_BEFORE: Final = {
    "place": (
        r"villes?|provinces?|prefectures?|regions?|communes?(?: rurales?| urbaines?| territoriales?)?|localites?|"
        r"arrondissements?|douars?|caidats?|pachalik|cercle|plages?|port|barrage|aeroport|quartier|vallee|oasis|"
        r"centre|municipalites?|wilaya|maire|habitants|city|town|province|prefecture|commune|region|ciudad|provincia|"
        r"region|localidad",
        r"مدينه|مدينتي|بلده|اقليم|اقليمي|عماله|عمالات|جماعه|جماعتي|جهه|دوار|قياده|دائره|مقاطعه|حي|شاطئ|ميناء|سد|مطار|"
        r"منطقه|ولايه|باشويه|بلديه|واحه"),
    "organisation": (
        r"groupe|societe|entreprise|banque|compagnie|startup|start up|operateur|filiale|fonds|agence|office|cabinet|"
        r"plateforme|quotidien|journal|site|magazine|hebdomadaire|chaine|radio|club|association|fondation|parti|"
        r"syndicat|institut|ecole|the|company|group|bank|newspaper|firm|empresa|grupo|banco|sociedad|diario|partido",
        r"شركه|مجموعه|بنك|مصرف|وكاله|مكتب|مؤسسه|جمعيه|حزب|نقابه|جريده|صحيفه|موقع|قناه|اذاعه|نادي|فريق|معهد|منصه|"
        r"مقاوله|منظمه|هيئه|جماعه"),
    "person": (
        r"m\.|mr\.?|mme\.?|mlle|monsieur|madame|ministre|president|presidente|maitre|me|dr\.?|docteur|professeur|"
        r"pr\.?|directeur|directrice|wali|gouverneur|depute|deputee|minister|chairman|ceo|ministro|presidente|sr\.|"
        r"sra\.",
        r"السيد|السيده|الوزير|الوزيره|وزير|وزيره|الرئيس|رئيس|الدكتور|الاستاذ|المدير|والي|عامل"),
    "programme": (
        r"programme|plan|strategie|projet|initiative|feuille de route|plateforme|portail|offre|program|strategy|"
        r"project|programa|estrategia|plan|proyecto", r"برنامج|مخطط|استراتيجيه|مشروع|مبادره|خطه|منصه|بوابه|ورش"),
    "event": (
        r"salon|forum|festival|conference|congres|edition|sommet|assises|foire|tournoi|coupe|the|fair|summit|feria|"
        r"cumbre|festival",
        r"معرض|منتدي|مهرجان|مؤتمر|قمه|ملتقي|دوره|كاس|بطوله|مناظره"),
}
_LOOK_BACK: Final = 40


def _pattern(latin: str, arabic: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<![^\W\d_])(?:{latin})(?: (?:de la|de l'|de|du|d'|des|of|the|del|la|le|l'|el))? ?"
        rf"|(?<![^\W\d_])[وفبلك]{{0,2}}(?:ال|لل)?(?:{arabic}) (?:ال)?[وب]?)[\"( ]{{0,2}}$")


_ANNOUNCING: Final = {kind: _pattern(*words) for kind, words in _BEFORE.items()}


def announced(kind: str, folded: str, start: int) -> bool:
    """Whether what stands before `start` says that a name of this kind follows: "la ville de", "إقليم", "le groupe"."""
    return _ANNOUNCING[kind].search(folded[max(0, start - _LOOK_BACK):start]) is not None
