"""Exchange rates and place names: read with line numbers, refreshed when they change."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from config.reading import ConfigError
from config.settings import ROOT
from tests.warehouse.builders import settings_in
from warehouse.database import open_writer, transaction
from warehouse.migrate import migrate
from warehouse.reference import read_rates, refer
from warehouse.rows import dicts


def test_the_shipped_rates_are_readable_and_plausible() -> None:
    rates = read_rates(ROOT / "config" / "exchange_rates.csv")
    assert {row["currency"] for row in rates} == {"USD", "EUR"}
    assert all(8 < row["mad"] < 12 for row in rates)


@pytest.mark.parametrize("line", ["USD,2024-13-01,9.9,x", "USD,2024-01-01,many,x", "USD,2024-01-01", "USD,2024-01-01,9.9,x,y"])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(f"# rates\ncurrency,valid_from,mad,source\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"rates\.csv, line 3"):
        read_rates(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nowhere"):
        read_rates(tmp_path / "nowhere.csv")


def test_places_have_their_region_in_any_spelling_and_rates_follow_the_file(tmp_path: Path) -> None:
    rates = tmp_path / "rates.csv"
    rates.write_text("currency,valid_from,mad,source\nUSD,2026-01-01,9.1,me\n", encoding="utf-8")
    on = settings_in(tmp_path).model_copy(update={"exchange_rates": rates})
    with closing(open_writer(on)) as con:
        migrate(con)
        with transaction(con):
            assert refer(con, on)
            assert not refer(con, on)
        rows = dicts(con, "SELECT folded(n) AS f, region FROM unnest(['FÈS', 'فاس', 'Agadir', 'أكادير', 'atlantis']) t(n) "
                          "LEFT JOIN place_names ON place = folded(n)")
        found = [row["region"] for row in rows]
        assert sorted(filter(None, found)) == ["Fès-Meknès", "Fès-Meknès", "Souss-Massa", "Souss-Massa"]
        rates.write_text("currency,valid_from,mad,source\nUSD,2026-01-01,9.2,me\n", encoding="utf-8")
        with transaction(con):
            assert refer(con, on)
        assert dicts(con, "SELECT * FROM exchange_rates") == [
            {"currency": "USD", "valid_from": date(2026, 1, 1), "mad": 9.2, "source": "me"}]
