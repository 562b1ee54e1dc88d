"""Prefect without a server: the ephemeral API is started below the data folder, and a leftover of a killed run is stopped."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

from config.settings import Settings

STARTUP_SECONDS = 90
API_WORDS = b"prefect.server.api.server:create_app"


def prepare(settings: Settings) -> None:
    """Point Prefect at the data folder and silence it. Must run before prefect is first imported; what the operator set stays."""
    defaults = {
        "PREFECT_HOME": str(settings.data / "prefect"),
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(STARTUP_SECONDS),
        "DO_NOT_TRACK": "1",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)


class ApiError(Exception):
    """Prefect's API did not come up; the message says why and what to do."""


class _Starting:
    """The start that is under way in this process."""

    thread: threading.Thread | None = None
    error: Exception | None = None


def start(settings: Settings) -> None:
    """Start the ephemeral API beside other work (it takes 6 to 12 s), unless PREFECT_API_URL names a server."""
    prepare(settings)
    stop_leftover(_pid_file(settings), API_WORDS)
    if os.environ.get("PREFECT_API_URL"):
        return
    _Starting.thread = threading.Thread(target=_start, args=(_pid_file(settings),), name="prefect-api", daemon=True)
    _Starting.thread.start()


def await_ready() -> None:
    """Wait until what start() began is done: a flow run before that finds an address where nobody answers yet.

    Raises ApiError.
    """
    if _Starting.thread is not None:
        _Starting.thread.join(STARTUP_SECONDS + 10)
        if _Starting.thread.is_alive():
            raise ApiError(f"Prefect's API did not start within {STARTUP_SECONDS} s: is the machine overloaded? Try again")
    if _Starting.error is not None:
        raise ApiError(f"Prefect's API did not start: {_Starting.error}") from _Starting.error


def stop_leftover(file: Path, words: bytes) -> None:
    """Stop the server that a killed process left behind, if the one named in the file has these words in its command."""
    try:
        pid = int(file.read_text())
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return
    if words in command:
        os.kill(pid, signal.SIGTERM)
    file.unlink(missing_ok=True)


def _start(pid_file: Path) -> None:
    from prefect.server.api.server import SubprocessASGIServer

    server = SubprocessASGIServer()
    try:
        server.start()
    except Exception as error:
        # Raised again in await_ready(), in the thread that needs the API.
        _Starting.error = error
        return
    if server.server_process is not None:
        pid_file.parent.mkdir(parents=True, exist_ok=True)
        pid_file.write_text(str(server.server_process.pid))


def _pid_file(settings: Settings) -> Path:
    return settings.data / "prefect" / "ephemeral.pid"
