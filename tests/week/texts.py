"""A language and a number in, an invented article out: the same for the same number, with an announcement of its own."""

from __future__ import annotations

import random
from dataclasses import dataclass

SENTENCES = {
    "fr": ("Selon {a}, les travaux de {b} avancent depuis plusieurs semaines dans la commune.",
           "Les habitants de {b} attendent de {a} une réponse claire avant la fin de la saison.",
           "Le conseil de {a} a examiné mardi le dossier présenté par l'association {b}.",
           "Une délégation conduite par {a} s'est rendue à {b} pour écouter les agriculteurs.",
           "Pour {a}, la route qui mène à {b} reste la première difficulté du village."),
    "ar": ("وأكدت {a} أن الأشغال في منطقة {b} تتقدم منذ عدة أسابيع بشكل منتظم.",
           "وينتظر سكان {b} من {a} جوابا واضحا قبل نهاية الموسم الحالي.",
           "ودرس مجلس {a} خلال اجتماعه الملف الذي قدمته جمعية {b} في الموضوع.",
           "وزار وفد من {a} قرية {b} من أجل الاستماع إلى مطالب الفلاحين.",
           "وترى {a} أن الطريق المؤدية إلى {b} تبقى الصعوبة الأولى في المنطقة."),
    "en": ("According to {a}, the works at {b} have been moving forward for several weeks now.",
           "People living in {b} expect a clear answer from {a} before the season ends.",
           "The council of {a} examined on Tuesday the file handed in by the association {b}.",
           "A delegation led by {a} travelled to {b} to listen to farmers of the valley.",
           "For {a}, the road that leads to {b} remains the first difficulty of the village."),
    "es": ("Según {a}, las obras de {b} avanzan desde hace varias semanas en el municipio.",
           "Los vecinos de {b} esperan de {a} una respuesta clara antes del fin de la temporada.",
           "El consejo de {a} examinó el martes el expediente presentado por la asociación {b}.",
           "Una delegación encabezada por {a} viajó a {b} para escuchar a los agricultores.",
           "Para {a}, la carretera que lleva a {b} sigue siendo la primera dificultad del pueblo."),
}
ANNOUNCED = {
    "fr": "La société {a} investira {n} millions de dirhams dans une usine à {c}.",
    "ar": "ستستثمر شركة {a} {n} مليون درهم في مصنع جديد بمدينة {c}.",
    "en": "The company {a} will invest {n} million dirhams in a factory in {c}.",
    "es": "La empresa {a} invertirá {n} millones de dirhams en una fábrica en {c}.",
}
TITLES = {"fr": "{a} : nouveau chantier à {b}", "ar": "{a}: مشروع جديد في {b}",
          "en": "{a}: new works begin in {b}", "es": "{a}: nuevas obras en {b}"}
CITIES = {"fr": ("Kénitra", "Tanger", "Agadir", "Settat"), "ar": ("القنيطرة", "طنجة", "أكادير", "سطات"),
          "en": ("Kenitra", "Tangier", "Agadir", "Settat"), "es": ("Kenitra", "Tánger", "Agadir", "Settat")}
SYLLABLES = {"ar": "با بر جم دو فل غو هر كا لم مو نا رف قس رب سو تي ول يم زق شا".split()}
LATIN = "ba ber chi dou fal gou hri jad kel lam mou nar ouf qis rab sou tiz wal yem zag".split()
WRITTEN = 16
"""Sentences of an article."""


@dataclass(frozen=True)
class Text:
    """An article's words."""

    title: str
    author: str
    paragraphs: tuple[str, ...]


def text_of(language: str, number: int) -> Text:
    """The article of that number."""
    draw = random.Random(f"{language}{number}")

    def name() -> str:
        made = ["".join(draw.choices(SYLLABLES.get(language, LATIN), k=3)).capitalize() for _ in range(2)]
        return " ".join(made)
    written = [draw.choice(SENTENCES[language]).format(a=name(), b=name()) for _ in range(WRITTEN)]
    written[1] = ANNOUNCED[language].format(a=name(), n=draw.randint(3, 900), c=draw.choice(CITIES[language]))
    paragraphs = tuple(" ".join(written[at:at + 4]) for at in range(0, WRITTEN, 4))
    return Text(TITLES[language].format(a=name(), b=name()), name(), paragraphs)
