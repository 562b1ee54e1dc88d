"""A folded month name in, its number out: French, English, Spanish, and Arabic as written from Morocco to the Levant.

The Moroccan press prints Moroccan names (يوليوز, غشت, شتنبر) in bodies and often eastern ones (يوليو, أغسطس, سبتمبر) in
templates; agencies bring Levantine and Algerian ones.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NAMES: Final = (
    "janvier janv jan january enero ene يناير جانفي كانون_الثاني",
    "fevrier fevr fev february feb febrero فبراير فيفري شباط",
    "mars march mar marzo مارس اذار",
    "avril avr april apr abril abr ابريل افريل نيسان",
    "mai may mayo ماي مايو ايار",
    "juin june jun junio يونيو يونيه جوان حزيران",
    "juillet juil july jul julio يوليوز يوليو يوليه جويليه تموز",
    "aout august aug agosto ago غشت اغسطس اوت اب",
    "septembre sept september sep septiembre setiembre set شتنبر سبتمبر ايلول",
    "octobre oct october octubre اكتوبر تشرين_الاول",
    "novembre nov november noviembre نونبر نوفمبر تشرين_الثاني",
    "decembre dec december diciembre dic دجنبر ديسمبر كانون_الاول",
)
MONTHS: Final[dict[str, int]] = {
    name.replace("_", " "): number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
"""Month number by folded name."""
MONTH: Final = "|".join(re.escape(name) for name in sorted(MONTHS, key=len, reverse=True))
"""Alternatives of a regular expression over folded text."""
_ARABIC: Final = str.maketrans("أإآٱىة", "ااااي" + "ه")


class _Table(dict[int, str]):
    """What each character folds to, learnt as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


def _fold_char(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char.isspace():
        return " "
    base = unicodedata.normalize("NFD", char.translate(_ARABIC))[0].lower()
    return base if len(base) == 1 else char


def fold(text: str) -> str:
    """`text` with digits in ASCII, letters in lower case without accents or hamza, spaces plain; as long as before."""
    return text.translate(_table)


_table: Final = _Table({ord("’"): "'"})
