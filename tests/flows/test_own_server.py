"""`marsad schedule` on a laptop: a Prefect server of its own, whose page finds it, and which ends with it."""

from __future__ import annotations

import json
import signal
import subprocess
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest

from config.settings import ROOT
from tests.flows.command import HEEDS_CTRL_C, MARSAD, Marsad

OUTLET = "title: One\nlanguage: fr\nlocal: true\nverified: true\ndiscover:\n  - {kind: feed, url: 'http://127.0.0.1:9/feed'}\n"


def said(file: Path, seconds: float) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for line in file.read_text(errors="replace").splitlines():
            if line.startswith("Prefect's page: "):
                return line.removeprefix("Prefect's page: ")
        time.sleep(0.5)
    raise AssertionError(file.read_text(errors="replace")[-2000:])


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_laptop_has_prefects_page(tmp_path: Path) -> None:
    outlets = tmp_path / "outlets"
    outlets.mkdir()
    (outlets / "one.yml").write_text(OUTLET)
    marsad, file = Marsad(tmp_path / "data", outlets), tmp_path / "said"
    with file.open("wb") as log:
        environment = marsad.environment() | {"PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen([*HEEDS_CTRL_C, MARSAD, "schedule"], env=environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        page = said(file, 240)
        with urllib.request.urlopen(f"{page}/ui-settings", timeout=30) as answer:
            assert json.load(answer)["api_url"] == f"{page}/api"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(90)
    with pytest.raises(URLError):
        urllib.request.urlopen(f"{page}/api/health", timeout=5)
