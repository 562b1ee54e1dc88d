"""A snapshot and the taxonomy in, what outlets, entities, topics and sectors are called out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from config.watch import Category, Taxonomy
from pipeline.events import Language
from warehouse.digest.names import ORDER, Names
from warehouse.web.reading import Reading

Scheme = Literal["topic", "sector", "announcement"]


@dataclass(frozen=True)
class Entity:
    """Who or what is watched, as the snapshot has it."""

    entity_id: str
    kind: str
    names: Mapping[str, str]
    role: str | None = None
    org: str | None = None


@dataclass(frozen=True)
class PageNames(Names):
    """The names in one snapshot. An id that nothing knows reads as itself."""

    taxonomy: Taxonomy | None = None
    titles: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    """Title and Arabic title by outlet."""
    entities: Mapping[str, Entity] = field(default_factory=dict)

    def outlet(self, outlet_id: str, language: Language) -> str:
        """The outlet's title."""
        title, arabic = self.titles.get(outlet_id, (outlet_id, None))
        return (arabic if language == "ar" else None) or title

    def entity(self, entity_id: str | None, language: Language) -> str | None:
        """The entity's name, None where the id is none or unknown."""
        known = self.entities.get(entity_id) if entity_id else None
        return next((known.names[one] for one in (language, *ORDER, "") if one in known.names), None) if known else None

    def category(self, code: str, language: Language) -> str:
        """The name of a topic, sector or kind of announcement."""
        known = next((some[code] for some in self._schemes() if code in some), None)
        name = next((known.name[one] for one in (language, *ORDER) if one in known.name), None) if known else None
        return name or code.replace("_", " ")

    def codes(self, scheme: str) -> tuple[str, ...]:
        """Every code of a scheme; of an unknown one none."""
        schemes = dict(zip(("topic", "sector", "announcement"), self._schemes(), strict=True))
        return tuple(schemes.get(scheme, ()))

    def named(self, scheme: str, language: Language) -> list[tuple[str, str]]:
        """Every code of a scheme with its name."""
        return [(code, self.category(code, language)) for code in self.codes(scheme)]

    def published(self, language: Language) -> list[tuple[str, str]]:
        """Every outlet, id and title."""
        return [(id_, self.outlet(id_, language)) for id_ in self.titles]

    def listed(self, language: Language) -> list[tuple[str, str]]:
        """Every entity, id and name, by name."""
        named = ((id_, self.entity(id_, language) or id_) for id_ in self.entities)
        return sorted(named, key=lambda one: (one[1].casefold(), one[0]))

    def _schemes(self) -> tuple[Mapping[str, Category], ...]:
        known = self.taxonomy
        return (known.topics, known.sectors, known.announcements) if known else ({}, {}, {})


def read_names(reading: Reading, taxonomy: Taxonomy | None) -> PageNames:
    """The names in a snapshot. Raises WarehouseError."""
    watched = {row["entity_id"]: row for row in reading.rows("SELECT * FROM entities")}
    outlets = reading.rows("SELECT outlet, title, title_ar FROM outlets WHERE valid_to IS NULL")
    return PageNames(
        taxonomy=taxonomy, titles={row["outlet"]: (row["title"], row["title_ar"]) for row in outlets},
        entities={id_: Entity(id_, row["kind"], _names(row), row["role"], row["org"]) for id_, row in watched.items()})


def _names(row: Mapping[str, str | None]) -> dict[str, str]:
    found = {language: row[f"name_{language}"] for language in ORDER}
    return {"": row["name"] or "", **{language: name for language, name in found.items() if name}}
