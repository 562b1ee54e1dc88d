"""Ids of outlets, entities, topics and sectors in, the names that a reader of some language sees out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from config.outlet import Outlet, load_outlets
from config.settings import Settings
from config.watch import Watch, load_watch
from pipeline.events import Language

ORDER: tuple[Language, ...] = ("fr", "en", "ar", "es")
"""Which name stands in where a language has none."""


@dataclass(frozen=True)
class Names:
    """What things are called. An id that nothing knows reads as itself."""

    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    watch: Watch | None = None

    def outlet(self, outlet_id: str, language: Language) -> str:
        """The outlet's title."""
        known = self.outlets.get(outlet_id)
        if known is None:
            return outlet_id
        return (known.title_ar if language == "ar" else None) or known.title

    def entity(self, entity_id: str | None, language: Language) -> str | None:
        """The entity's name, None where the id is none or unknown."""
        known = self.watch.entities.entities.get(entity_id) if self.watch and entity_id else None
        return _in(known.name, language) if known else None

    def category(self, code: str, language: Language) -> str:
        """The name of a topic or sector."""
        taxonomy = self.watch.taxonomy if self.watch else None
        known = (taxonomy.topics.get(code) or taxonomy.sectors.get(code)) if taxonomy else None
        return (_in(known.name, language) if known else None) or code.replace("_", " ")


def load_names(settings: Settings) -> Names:
    """The names in the configuration. Raises config.reading.ConfigError."""
    return Names(load_outlets(settings.outlets), load_watch(settings.taxonomy, settings.entities))


def _in(names: Mapping[Language, str], language: Language) -> str | None:
    return next((names[one] for one in (language, *ORDER) if one in names), None)
