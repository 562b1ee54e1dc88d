"""Text in, its language out (Arabic, French, English or Spanish), with py3langid's model limited to these four."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, cast

from pipeline.events import Language

LANGUAGES: Final[tuple[Language, ...]] = ("ar", "fr", "en", "es")
SAMPLE: Final = 1200
"""Characters looked at: more does not change the answer and costs time."""
FEW: Final = 12
"""Letters below which a guess is worth less than what the outlet mostly writes in."""


@lru_cache(maxsize=1)
def _identifier() -> Any:
    # An identifier of our own: the library's module-level one is shared and would be limited for everybody.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def detect(text: str, default: Language = "fr") -> Language:
    """The language of `text`; `default` where it has too few letters to tell."""
    sample = text[:SAMPLE]
    letters = [char for char in sample if char.isalpha()]
    if len(letters) < FEW:
        return default
    if sum("\u0600" <= char <= "\u06ff" for char in letters) > len(letters) / 2:
        return "ar"
    return cast(Language, _identifier().classify(sample)[0])


def as_language(tag: str | None) -> Language | None:
    """One of our languages from a language tag (`fr-MA`, `ar_AR`); None for others."""
    head = (tag or "").strip().lower().replace("_", "-").split("-")[0]
    return next((one for one in LANGUAGES if one == head), None)
