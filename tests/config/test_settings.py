"""Settings come from the environment, with their limits."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from config.settings import Settings


def test_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MARSAD_DATA", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("MARSAD_CRAWLS", "2")
    on = Settings()
    assert on.data == tmp_path / "elsewhere"
    assert on.crawls == 2
    assert on.operational_url == f"sqlite:///{tmp_path / 'elsewhere' / 'state.sqlite'}"


def test_a_value_out_of_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_CRAWLS", "0")
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        Settings()


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
