"""Arguments in, what a `marsad` process printed and how it ended out; and a Prefect server that such processes share."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

import pytest

from config.settings import ROOT

MARSAD = Path(sys.executable).parent / "marsad"
HEEDS_CTRL_C = ("env", "--default-signal=INT")
"""Before a command that is to be interrupted: where the tests run in the background of a shell, it would ignore SIGINT."""
SECONDS = 240.0
SERVER_SECONDS = 90.0


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Marsad:
    """The command with a data folder, and outlets, of its own."""

    data: Path
    outlets: Path | None = None
    api: str | None = None
    """Address of a Prefect API; None: the command starts its own."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Further MARSAD_ settings, in small letters."""

    def __call__(self, *arguments: str, **more: str) -> Done:
        """Run `marsad` with these arguments; `more` are further MARSAD_ settings in small letters."""
        done = subprocess.run([MARSAD, *arguments], env=self.environment(**more), cwd=ROOT, capture_output=True, text=True,
                              timeout=SECONDS, check=False)
        return Done(done.returncode, done.stdout, done.stderr)

    def environment(self, **more: str) -> dict[str, str]:
        """What its process gets."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("MARSAD_", "PREFECT_"))}
        environment["MARSAD_DATA"] = str(self.data)
        if self.outlets:
            environment["MARSAD_OUTLETS"] = str(self.outlets)
        if self.api:
            environment["PREFECT_API_URL"] = self.api
        return environment | {f"MARSAD_{name.upper()}": value for name, value in {**self.settings, **more}.items()}


@contextmanager
def prefect_server(home: Path, database: str = "") -> Iterator[str]:
    """A Prefect server with its files below `home`, and in `database` (postgresql+asyncpg://) where one is given; its API."""
    home.mkdir(parents=True, exist_ok=True)
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1",
                   "PREFECT_SERVER_UI_API_URL": f"http://127.0.0.1:{port}/api"}
    if database:
        environment["PREFECT_API_DATABASE_CONNECTION_URL"] = database
    command = [str(MARSAD.with_name("prefect")), "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "log").open("wb") as log, subprocess.Popen(command, env=environment, stdout=log, stderr=log) as server:
        try:
            _await(f"http://127.0.0.1:{port}/api/health")
            yield f"http://127.0.0.1:{port}/api"
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def prefect_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Prefect server for this session: a command that finds one need not wait for its own."""
    with prefect_server(tmp_path_factory.mktemp("prefect")) as api:
        yield api


@pytest.fixture
def marsad(tmp_path: Path, prefect_api: str) -> Marsad:
    """The command with an empty data folder and no outlets of its own."""
    return Marsad(tmp_path / "data", api=prefect_api)


def _await(url: str) -> None:
    deadline = time.monotonic() + SERVER_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)
