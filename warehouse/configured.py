"""Outlets' and entities' configuration in, the tables `outlets`, `entities`, `entity_aliases` and references out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from config.outlet import Outlet, load_outlets
from config.settings import Settings
from config.watch import Watch, load_watch
from pipeline.events import content_id
from warehouse.database import Connection, transaction
from warehouse.reference import refer
from warehouse.rows import dicts, insert, with_keys

Row = dict[str, Any]


def configure(con: Connection, settings: Settings) -> None:
    """Bring the tables up to what is configured now. Raises config.reading.ConfigError."""
    outlets, watch = load_outlets(settings.outlets), load_watch(settings.taxonomy, settings.entities)
    with transaction(con):
        changed = _outlets(con, [_outlet_row(outlet) for outlet in outlets.values()])
        referred = refer(con, settings)
        if _entities(con, watch) or changed or referred:
            con.execute("UPDATE load_state SET generation = generation + 1, loaded_at = ?", [datetime.now(UTC)])


def _outlets(con: Connection, rows: list[Row]) -> bool:
    now = datetime.now(UTC)
    held = {row["outlet"]: row["digest"] for row in dicts(con, "SELECT outlet, digest FROM outlets WHERE valid_to IS NULL")}
    fresh = [{**row, "valid_from": now} for row in rows if held.get(row["outlet"]) != row["digest"]]
    ended = {row["outlet"] for row in fresh} | (held.keys() - {row["outlet"] for row in rows})
    with_keys(con, ended & held.keys(), f"""
        UPDATE outlets SET valid_to = TIMESTAMPTZ '{now.isoformat()}' FROM batch
        WHERE outlet = key AND valid_to IS NULL RETURNING outlet""")  # noqa: S608 (a time of our own)
    insert(con, "outlets", fresh)
    return bool(fresh or ended)


def _outlet_row(outlet: Outlet) -> Row:
    config = outlet.model_dump_json()
    return {
        **{name: getattr(outlet, name) for name in (
            "title", "title_ar", "language", "country", "timezone", "verified", "local", "aggregator", "every_minutes",
            "crawl_delay", "robots", "note")},
        "outlet": outlet.id, "config": config, "digest": content_id(config),
    }


def _entities(con: Connection, watch: Watch) -> bool:
    if dicts(con, "SELECT watch_version FROM load_state")[0]["watch_version"] == watch.version:
        return False
    entities = watch.entities.entities
    con.execute("DELETE FROM entities")
    con.execute("DELETE FROM entity_aliases")
    insert(con, "entities", [
        {"entity_id": entity_id, "kind": entity.kind, "role": entity.role, "org": entity.org,
         "name": entity.name.get("fr") or next(iter(entity.name.values()), entity_id),
         **{f"name_{language}": name for language, name in entity.name.items()}}
        for entity_id, entity in entities.items()])
    insert(con, "entity_aliases", [
        {"entity_id": entity_id, "alias": alias}
        for entity_id, entity in entities.items() for alias in dict.fromkeys((*entity.name.values(), *entity.aliases))])
    con.execute("UPDATE load_state SET watch_version = ?", [watch.version])
    return True
