"""Settings in, a Prefect server of our own out while `marsad schedule` runs, where the operator names none.

Prefect's ephemeral API would not do: it serves no page and plans no further runs.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from config.settings import Settings
from flows.ephemeral import ApiError, stop_leftover

PORT: Final = 4200
"""Prefect's usual one; where it is taken, any that is free."""
SERVER_WORDS: Final = b"prefect\0server\0start"
START_SECONDS: Final = 180.0
"""A new database is migrated first."""
STOP_SECONDS: Final = 20.0
LOOK_SECONDS: Final = 0.5


@contextmanager
def server_of(on: Settings) -> Iterator[str]:
    """Address of the page. Must be entered before prefect is first imported. Raises ApiError."""
    named = os.environ.get("PREFECT_API_URL")
    if named:
        yield named.removesuffix("/api")
        return
    pid = on.data / "prefect" / "server.pid"
    stop_leftover(pid, SERVER_WORDS)
    page = f"http://127.0.0.1:{_free_port()}"
    os.environ |= {"PREFECT_API_URL": f"{page}/api", "PREFECT_SERVER_UI_API_URL": f"{page}/api"}
    file = on.data / "logs" / "prefect-server.log"
    file.parent.mkdir(parents=True, exist_ok=True)
    prefect, port = str(Path(sys.executable).with_name("prefect")), page.rsplit(":", 1)[-1]
    command = [prefect, "server", "start", "--host", "127.0.0.1", "--port", port]
    with file.open("wb") as log:
        # A session of its own: Ctrl-C ends what it serves first, and then the server.
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    try:
        pid.parent.mkdir(parents=True, exist_ok=True)
        pid.write_text(str(process.pid))
        _await(page, process, file)
        yield page
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        pid.unlink(missing_ok=True)


def _free_port() -> int:
    for port in (PORT, 0):
        with closing(socket.socket()) as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
            except OSError:
                continue
    raise ApiError("no free port on 127.0.0.1 for Prefect's server")


def _await(page: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{page}/api/health", timeout=5).close()  # noqa: S310 (on this machine)
            return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise ApiError(f"Prefect's server does not start; see {log}") from error
            time.sleep(LOOK_SECONDS)
