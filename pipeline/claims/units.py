"""What is counted, in the words of any of the four languages, in; one name for it out."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pipeline.claims.wording import folded, stems

_NAMES: Final = (
    "job: emploi emplois poste postes job jobs empleo empleos منصب مناصب وظيفه وظائف الشغل شغل فرصه فرص",
    "person: personne personnes people persons person personas persona شخص اشخاص شخصا individus individus",
    "company: entreprise entreprises societe societes company companies firm firms empresa empresas مقاوله مقاولات شركه شركات",
    "startup: startup startups ناشئه",
    "project: projet projets project projects proyecto proyectos مشروع مشاريع مشروعا",
    "agreement: accord accords convention conventions agreement agreements mou mous acuerdo acuerdos اتفاقيه اتفاقيات اتفاق",
    "country: pays country countries pais paises دوله دول بلد بلدان بلدا",
    "student: etudiant etudiants eleve eleves student students estudiante estudiantes alumnos طالب طلبه طالبا تلميذ تلاميذ",
    "beneficiary: beneficiaire beneficiaires beneficiary beneficiaries beneficiario beneficiarios مستفيد مستفيدا مستفيدين",
    "dead: mort morts deces victime victimes dead deaths killed muerto muertos fallecidos قتيل قتلي قتيلا وفاه وفيات ضحيه ضحايا",
    "injured: blesse blesses injured wounded herido heridos جريح جرحي جريحا مصاب مصابين",
    "arrested: arrestation arrestations interpelle interpelles arrested arrests detenido detenidos موقوف موقوفين",
    "case: cas case cases caso casos حاله حالات اصابه اصابات",
    "tourist: touriste touristes visiteur visiteurs tourist tourists visitors turista turistas سائح سياح زائر زوار وافد",
    "passenger: passager passagers voyageur voyageurs passenger passengers pasajero pasajeros مسافر مسافرا مسافرين",
    "customer: client clients abonne abonnes customer customers subscribers cliente clientes زبون زبناء مشترك مشتركا",
    "house: logement logements dwelling dwellings housing vivienda viviendas سكن مسكن مساكن",
    "room: chambre chambres room rooms habitacion habitaciones غرفه غرف",
    "bed: lit lits bed beds cama camas سرير اسره سريرا",
    "seat: siege sieges seat seats asiento asientos مقعد مقاعد مقعدا",
    "vehicle: vehicule vehicules voiture voitures vehicle vehicles car cars vehiculo vehiculos coche coches سياره سيارات مركبه",
    "aircraft: avion avions appareil appareils aircraft plane planes aviones طائره طائرات",
    "tonne: tonne tonnes ton tons tonelada toneladas t طن اطنان طنا",
    "quintal: quintal quintaux qx quintals quintales قنطار قناطير قنطارا",
    "kilogram: kg kilo kilos kilogramme kilogrammes kilogram kilograms كلغ كيلوغرام كيلوغراما",
    "hectare: hectare hectares ha hectareas هكتار هكتارا هكتارات",
    "kilometre: km kilometre kilometres kilometer kilometers kilometro kilometros كلم كيلومتر كيلومترا",
    "square_metre: m2 m² متر_مربع",
    "cubic_metre: m3 m³",
    "megawatt: mw megawatt megawatts mégawatts ميغاواط ميغاوات",
    "year: an ans annee annees year years ano anos سنه سنوات عام اعوام",
    "month: mois month months mes meses شهر اشهر شهرا",
    "day: jour jours day days dia dias يوم ايام يوما",
    "bank: banque banques bank banks banco bancos بنك ابناك بنوك",
    "school: ecole ecoles etablissement etablissements school schools escuela escuelas مدرسه مدارس مؤسسه مؤسسات",
    "hospital: hopital hopitaux hospital hospitals hospitales مستشفي مستشفيات",
    "household: menage menages famille familles household households family families hogar hogares اسره_معوزه عائله عائلات",
    "vote: voix vote votes voto votos صوت اصوات صوتا",
    "goal: but buts goal goals gol goles هدف اهداف",
    "basis_point: pb point_de_base points_de_base basis_points bps",
    "file: dossier dossiers demande demandes application applications solicitud solicitudes ملف ملفات طلب طلبات",
)
_BY_WORD: Final = {
    folded(word): names.partition(":")[0] for names in _NAMES for word in names.partition(":")[2].split()}
_RATE: Final = frozenset("an jour mois annee ans day year jours mes".split())


@lru_cache(maxsize=20_000)
def unit_of(text: str | None) -> str:
    """The unit's one name, or else its folded words; empty where none is given."""
    words = folded(text or "").split()
    named = list(dict.fromkeys(_BY_WORD[word] for word in words if word in _BY_WORD))
    rates = [word for word in words[1:] if word in _RATE]
    if rates and named and (text or "").count("/"):
        return f"{named[0]}/{rates[0]}"
    return named[0] if named else " ".join(words)


def is_named(unit: str) -> bool:
    """Whether the unit is one known in all languages."""
    return unit.partition("/")[0] in _KNOWN


_KNOWN: Final = frozenset(_BY_WORD.values())


def units_differ(one: str, other: str) -> bool | None:
    """Whether the two are units of different things; None where it cannot be told (an unknown word of another language)."""
    if one == other:
        return False
    if is_named(one) and is_named(other):
        return True
    return None if not stems(one) & stems(other) else False
