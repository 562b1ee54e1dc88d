"""A number in, invented prose of about a given length out: the same for the same number, different for another."""

from __future__ import annotations

import random

_WORDS = (
    "le la une ministère agence province programme projet budget dirhams millions annonce accord signature région école hôpital "
    "port énergie eau barrage numérique données centre université Casablanca Rabat Tanger Agadir Fès convention partenariat "
    "investissement emploi jeunes formation entreprise banque croissance hausse recul trimestre rapport conseil gouvernement "
    "الوزارة الاتفاقية المغرب مليون درهم الجهة التعليم الصحة الاستثمار المشروع البرنامج الماء الطاقة الرباط طنجة").split()


def paragraphs(number: int, characters: int) -> str:
    """Sentences of five to twenty words, in paragraphs of three to six sentences, up to the length asked for."""
    draw = random.Random(number)
    made: list[str] = []
    length = 0
    while length < characters:
        sentences = [" ".join(draw.choices(_WORDS, k=draw.randint(5, 20))).capitalize() + "." for _ in range(draw.randint(3, 6))]
        made.append(" ".join(sentences))
        length += len(made[-1]) + 1
    return "\n".join(made)[:characters]
