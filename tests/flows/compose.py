"""docker-compose.yml in, its services run natively out: the same commands, environment and health checks, other addresses."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from config.settings import ROOT

FILE = ROOT / "docker-compose.yml"
IMAGE = "marsad:local"
"""What is ours."""
VARIABLE = re.compile(r"\$(?:\$|\{(?P<name>\w+)(?::(?P<how>[-?])(?P<rest>[^}]*))?\})")
STOP_SECONDS = 10.0
CHECK_SECONDS = 30.0


def interpolated(value: Any, given: Mapping[str, str]) -> Any:
    """As Compose does it: `${NAME}`, `${NAME:-default}`, `${NAME:?message}` and `$$`. Raises KeyError with the message."""
    def one(found: re.Match[str]) -> str:
        name, how, rest = found["name"], found["how"], found["rest"] or ""
        if name is None:
            return "$"
        if given.get(name):
            return given[name]
        if how == "?":
            raise KeyError(f"{name}: {rest}")
        return rest
    if isinstance(value, str):
        return VARIABLE.sub(one, value)
    if isinstance(value, dict):
        return {key: interpolated(each, given) for key, each in value.items()}
    return [interpolated(each, given) for each in value] if isinstance(value, list) else value


def read_compose(given: Mapping[str, str]) -> dict[str, Any]:
    """The file with these variables."""
    read = interpolated(yaml.safe_load(FILE.read_text(encoding="utf-8")), given)
    assert isinstance(read, dict)
    return read


@dataclass
class Local:
    """Where the addresses of the compose network are on this machine."""

    folder: Path
    outlets: Path
    kafka: str
    """host:port"""
    postgres: int
    smtp: int
    ports: Mapping[tuple[str, int], int]
    """Of a service's port: each container has all ports to itself, here they share one machine."""

    def here(self, text: str, service: str) -> str:
        """The same text with this machine's addresses and folders."""
        for there, local in (("kafka:9092", self.kafka), ("@postgres:5432", f"@127.0.0.1:{self.postgres}"),
                             ("/srv/config/outlets", str(self.outlets)), ("/srv/config", str(ROOT / "config")),
                             ("/srv/data", str(self.folder / "data")), ("0.0.0.0", "127.0.0.1")):
            text = text.replace(there, local)
        for (name, port), local_port in self.ports.items():
            text = text.replace(f"//{name}:{port}", f"//127.0.0.1:{local_port}")
            if name == service:
                text = re.sub(rf"(?<!\d){port}(?!\d)", str(local_port), text)
        return text


@dataclass
class Service:
    """One service of ours, running here."""

    name: str
    row: Mapping[str, Any]
    local: Local
    process: subprocess.Popen[bytes] | None = None
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = self.local.folder / f"{self.name}.log"

    @property
    def command(self) -> list[str]:
        """What it runs."""
        return [self.local.here(part, self.name) for part in self.row["command"]]

    def environment(self) -> dict[str, str]:
        """Nothing but what the file gives it, and where programs are."""
        home = self.local.folder / "home" / self.name
        home.mkdir(parents=True, exist_ok=True)
        own = {name: str(home) + value.removeprefix("/tmp") if value.startswith("/tmp") else self.local.here(value, self.name)
               for name, value in self.row["environment"].items()}
        if own.get("MARSAD_SMTP_HOST") == "mail":
            own |= {"MARSAD_SMTP_HOST": "127.0.0.1", "MARSAD_SMTP_PORT": str(self.local.smtp)}
        return {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LANG": "C.UTF-8", **own}

    def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, env=self.environment(), cwd=ROOT, stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, start_new_session=True)

    def ran(self, seconds: float) -> int:
        """Its exit code, where it is one that ends."""
        assert self.process is not None
        return self.process.wait(seconds)

    def trouble(self) -> str | None:
        """What its health check says; None where it is well."""
        if self.process is None or self.process.poll() is not None:
            return f"{self.name} has ended"
        kind, *command = self.row["healthcheck"]["test"]
        assert kind == "CMD"
        done = subprocess.run([self.local.here(part, self.name) for part in command], env=self.environment(), cwd=ROOT,
                              capture_output=True, text=True, timeout=CHECK_SECONDS, check=False)
        return None if done.returncode == 0 else f"{self.name}: {done.stderr[-300:]}"

    def stop(self) -> int:
        """Its exit code after SIGTERM; Prefect's own programs may take what the file grants. Raises TimeoutExpired."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        granted = float(self.row["stop_grace_period"].removesuffix("s"))
        return self.process.wait(granted if self.command[0] == "prefect" else STOP_SECONDS)

    def end(self) -> None:
        """Leave nothing behind, whatever has happened."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return
            self.process.wait(STOP_SECONDS)


@contextmanager
def services_of(local: Local, given: Mapping[str, str]) -> Iterator[dict[str, Service]]:
    """Every service of ours by name, none started yet; all are gone at the end."""
    found = {name: Service(name, row, local) for name, row in read_compose(given)["services"].items()
             if row["image"] == IMAGE}
    try:
        yield found
    finally:
        for service in found.values():
            service.end()
