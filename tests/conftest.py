"""Fixtures of all tests; names at the end what was skipped, and where CI=true makes a skip a failure."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import ROOT, Settings, settings

SHARED = ROOT.parent / "shared"
pytest_plugins = ["tests.broker.fixture", "tests.flows.command", "tests.postgres.fixture"]


@pytest.fixture
def shared() -> Path:
    """The data folder beside the checkout (never copied into it)."""
    if not SHARED.is_dir():
        pytest.skip("no folder `shared` beside the checkout: its data are for the makers only")
    return SHARED


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Every test has a data folder of its own; settings of the machine do not reach it."""
    for name in [name for name in os.environ if name.startswith("MARSAD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MARSAD_DATA", str(tmp_path / "data"))
    settings.cache_clear()
    yield settings()
    settings.cache_clear()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("CI=true: a skipped test is a failure here; see the SKIPPED lines", red=True)
