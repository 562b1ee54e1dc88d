"""An amount of money and the words around it in, its role (budget, loan, price, ...) out: the nearest cue decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.classify.facts.figures.quantity import Quantity

_ROLES: Final = {
    "profit": r"benefices?(?! d)|resultats? nets?|resultats? d'exploitation|resultat avant|profits?|ebitda|ebit|marges?|"
              r"dividendes?|rnpg|excedent brut|"
              r"rentabilite|gains?(?! de cause)|earnings|net income|dividends?|beneficios?|(?:ال)?ارباح|(?:ال)?ربح|هامش|"
              r"هوامش|نتيجه صافيه|النتيجه الصافيه",
    "revenue": r"tax(?:es)?|impots?|tva|droits de douane|ضرايب|جبايات|chiffres? d'affaires?|\bca\b|recettes?|revenus?|"
               r"produit net bancaire|pnb|produits d'exploitation|"
               r"ventes?|primes emises|revenues?|sales|turnover|"
               r"volumes? d'affaires|ingresos|facturacion|ventas|(?:ال)?مداخيل|(?:ال)?عايدات|رقم (?:ال)?معاملات|"
               r"(?:ال)?ايرادات|مبيعات|"
               r"(?:ال)?موارد",
    "debt": r"dettes?|endettement|encours|creances?|deficits?|impayes?|arrieres|debts?|deficit|deuda|deficits|"
            r"(?:ال)?ديون|مديونيه|(?:ال)?دين(?: |$)|عجز|(?:ال)?مستحقات",
    "loan": r"adjudications?|tresor a leve|banque mondiale|berd|bei|bad|afd|kfw|jica|fmi|world bank|imf|ebrd|eib|afdb|"
            r"البنك (?:ال)?(?:دولي|افريقي)|"
            r"prets?|credits?|emprunts?|financements? (?:de la banque|approuv\w+|concessionnel\w*)|financements?|prets|"
            r"garanties?|loans?|lending|prestamos?|creditos?|"
            r"(?:ال)?قروض?|قرضا?|(?:ال)?تمويل(?:ات)?|سلف(?:ات)?|obligataires?|obligations|bonds?",
    "contract": r"deals?|contrats?|marches? (?:public|estime|attribue|adjuge|de travaux)\w*|"
                r"le marche(?! mondial| national| interieur| global| local| marocain| africain| des)|"
                r"carnets? de commandes?|"
                r"accords?(?= (?:economique|commercial|d'une valeur))|marche(?= (?:a ete|remporte))|commandes?|"
                r"appels? d'offres|"
                r"transferts? (?:estime|de \d)|"
                r"contracts?|orders?|tender|contratos?|pedidos|صفقات?|(?:ال)?صفقه|عقدا?|عقود|طلب عروض",
    "trade": r"exportations?|importations?|exporte\w*|importe\w*|export|import|balance commerciale|"
             r"echanges (?:commerciaux|exterieurs)|expeditions|exports|imports|"
             r"volumes? (?:de la seance|des? echanges?|quotidien|transactionnel|global des echanges)|"
             r"volume(?= d[e'] (?:pres|plus))|"
             r"(?:ال)?تجاره|تبادل(?: تجاري)?|trade|exportacion(?:es)?|importacion(?:es)?|comercio|(?:ال)?صادرات|"
             r"(?:ال)?واردات|تصدير|استيراد|صدرت|"
             r"استورد\w*|(?:ال)?مبادلات",
    "aid": r"contributions?|promis|subventions?|aides?|dons?|primes?(?! emises)|indemnis\w+|indemnites?|"
           r"compensations?|soutien|appui|"
           r"transferts? publics?|allocations?|bourses? d|"
           r"grants?|assistance|subsid\w+|donat\w+|aid|relief|ayudas?|subvencion(?:es)?|donacion\w*|(?:ال)?دعم|"
           r"منح(?:ه|ا)?|"
           r"(?:ال)?مساعدات?|تعويضات?|هب(?:ه|ات)|اعانات?",
    "fine": r"coupable|plead\w*|amendes?|penalites?|sanctions?|dommages[ -]et[ -]interets|astreintes?|fines?|"
            r"penalt\w+|damages|multas?|"
            r"sancion\w*|غرام(?:ه|ات)|(?:ال)?تعويض مدني",
    "investment": r"investissements?|investi\w*|leves? de fonds|levees? de fonds|levee?(?= d)|augmentation de capital|"
                  r"apport\w*|"
                  r"injecte\w*|capex|"
                  r"investments?|invest\w*|raised|funding round|inversion(?:es)?|invertir\w*|"
                  r"(?:ال)?استثمار(?:ات|ا|يه|ي)?|"
                  r"يستثمر|استثمر\w*",
    "price": r"prix|tarifs?|(?<!en )(?<!au )cours|cotations?|l'action|par action|"
             r"loyers?|frais|valorisation|"
             r"commercialise\w*|vendu\w*|prices?|share price|tariffs?|precios?|"
             r"tarifas?|"
             r"سعر(?! فايده| صرف)|(?:ال)?اسعار|ثمن|(?:ال)?اثمان|تسعيره|رسوم",
    "cost": r"spen[dt]\w*|couts?|depenses?|charges?|factures?|"
            r"montant(?:s)? des travaux|coutera|coute|costs?|expenses?|"
            r"expenditures?|spending|costes?|gastos?|"
            r"(?:ال)?كلفه|(?:ال)?تكلفه|(?:ال)?تكاليف|(?:ال)?نفقات|(?:ال)?مصاريف|(?:ال)?فاتوره|كلف",
    "budget": r"budgets?|enveloppes?|alloue\w*|mobilis\w*|dot(?:e|ee|es|ees)(?= d)|dotations?|credits? (?:budgetaires?|"
              r"de paiement|d'engagement)|fonds (?:de|alloue)|programme|"
              r"plan|appropriat\w+|allocat\w+|earmark\w*|presupuesto\w*|partidas?|dotacion|(?:ال)?ميزاني(?:ه|ات)|"
              r"(?:ال)?غلاف|رصد|تخصيص|خصص\w*|اعتمادات?|(?:ال)?برنامج",
    "stock": r"capitalisation(?: boursiere)?|masse monetaire|reserves?|avoirs|depots|actifs|stocks?|"
             r"market cap\w*|deposits|assets|reservas|activos|"
             r"(?<!الحبس )(?<!الاعتقال )(?:ال)?احتياطي(?:ات)?|ودايع|اصول|راسمال|رسمله|(?:ال)?مخزون",
    "other": r"salaires?|salar(?:y|ies)|salarios?|wages?|اجور|رواتب|راتب|pib|gdp|الناتج|pertes|losses|perdidas|خساير|"
             r"epargne|remittances|"
             r"prize|reward|capital social|تحويلات|fonds propres|fonds de roulement|tresorerie nette|معاش\w*|علاو\w*|"
             r"مكافا\w*|كفال\w*|رشو\w*",
}
_STRENGTH: Final = {"budget": 0.75, "price": 0.9, "investment": 1.0, "stock": 0.9, "aid": 0.9, "contract": 0.9}
"""Cues that are also common words of other statements count as if they stood farther away."""
_CUE: Final = re.compile("|".join(
    rf"(?P<{role}>(?<![^\W\d_])(?:[وفبلك]|لل)?(?:{words})(?:ه|ها|هم|نا)?(?![^\W\d_]))" for role, words in _ROLES.items()))
_WORD: Final = re.compile(r"(?<![^\W\d_])[^\W\d_]")
_BEGINNINGS: Final = frozenset(
    beginning for words in _ROLES.values() for one in re.split(r"\||(?<=\))", re.sub(r"\(\?<![^)]*\)|\\b", "", words))
    if (beginning := one[:3]) and beginning.isalpha() and beginning.isascii())
"""First three letters of the cues in Latin letters: a word with others is none, and most words have others."""
_WEAK: Final = re.compile(r"(?:[وفبلك]|لل)?(?:enveloppes?|mobilis\w*|injecte\w*|programme|plan|alloue\w*|allocat\w*|"
                          r"(?:ال)?برنامج)")
"""Cues that say less than the lender, buyer or tax named beside them: they count as if they stood farther away."""
_COMPLEMENT: Final = re.compile(r"(?<![^\W\d_])(?:de l'|des?|d'|du|de la|of|lies? a l'|من) ?$")
_SHORT: Final = frozenset(("ca", "l'", "le"))
"""Beginnings of the shorter ones."""
_FIRST_ARABIC: Final = "\u0621"
_REACH: Final = 160
_JOINED: Final = re.compile(r" (?:(?:de|d'|des|du|en|of|in|من)[ ]?)(?:[^\W\d_']+ )?$")
_COMPOUND: Final = re.compile(r" (?:[a-z-]+ )?")
"""What may stand between an amount and its noun in English: "a $100 million syndicated loan"."""
_PER_UNIT: Final = re.compile(r" ?(?:/ ?(?:l|kg|t|kilo|litre|tonne|action|m2|m²|kwh|baril|unite|nuit|mois|jour)|(?:le|"
                              r"la|par|per|a|por) "
                              r"(?:litre|kilo|kilogramme|kg|tonne|baril|action|quintal|metre|m2|m²|kwh|nuit|unite|"
                              r"nuitee|personne|night|person|barrel|share|ton|liter|kilogram)|"
                              r"لل(?:كيلوغرام|تر|طن|برميل|سهم|وحده|متر))(?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that says an amount's role, and where it stands in the folded text."""

    role: str
    start: int
    end: int


def _cues(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Cues in text[start:end], in order."""
    done = start
    for word in _WORD.finditer(text, start, end):
        at = word.start()
        likely = text[at] >= _FIRST_ARABIC or text[at:at + 3] in _BEGINNINGS or text[at:at + 2] in _SHORT
        if at >= done and likely and (cue := _CUE.match(text, at, end)):
            done = cue.end()
            yield cue


def role_of(text: str, quantity: Quantity, floor: int) -> Cue | None:
    """The cue nearest to the amount; `floor`: where the number before ended. None where no cue stands near."""
    cues = list(_cues(text, max(0, quantity.start - _REACH), min(len(text), quantity.end + 70)))
    best: tuple[float, re.Match[str]] | None = None
    for cue in cues:
        distance = _distance(text, quantity, cue, floor) / _STRENGTH.get(str(cue.lastgroup), 1.0)
        if best is None or distance < best[0]:
            best = distance, cue
    if best is None or best[0] > _REACH:
        return None
    return Cue(str(best[1].lastgroup), best[1].start(), best[1].end())


def role_in(text: str) -> str | None:
    """The role that the last cue of a sentence without amounts says; None where it has none."""
    cues = [str(cue.lastgroup) for cue in _cues(text, 0, len(text)) if not _WEAK.fullmatch(cue[0])]
    return cues[-1] if cues else None


def is_unit_price(text: str, end: int) -> bool:
    """True where "le kilo", "par litre", "/tonne" follows the amount that ends at `end`."""
    return _PER_UNIT.match(text, end) is not None


def _distance(text: str, quantity: Quantity, cue: re.Match[str], floor: int) -> float:
    if cue.start() >= quantity.end:
        between = text[quantity.end:cue.start()]
        if _JOINED.fullmatch(between):
            return 1.0
        if _COMPOUND.fullmatch(between):
            return 3.0
        return 1e9 if any(mark in between for mark in ",;:.") else 30 + 2.0 * len(between)
    if cue.end() > quantity.start:
        return 1e9
    between = text[cue.end():quantity.start]
    stops = sum(between.count(mark) for mark in (", ", ";", ":", "، ")) + max(0, between.count("(") - between.count(")"))
    weak = 30 if _WEAK.fullmatch(cue[0]) else 0
    complement = 60 if _COMPLEMENT.search(text, max(0, cue.start() - 12), cue.start()) else 0
    return len(between) + weak + complement + 25 * stops + (15 if cue.end() <= floor else 0)
