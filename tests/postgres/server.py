"""Debian's PostgreSQL in, a server on loopback with databases of our own out: started for a session, gone with it."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS = 60.0
STOP_SECONDS = 60.0
USER = "marsad"


class NoPostgresError(Exception):
    """PostgreSQL is not installed here, or cannot start; the message says which."""


def programs() -> Path:
    """Folder of the server's programs. Raises NoPostgresError."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    if initdb := shutil.which("initdb"):
        return Path(initdb).parent
    raise NoPostgresError("no PostgreSQL server here (Debian: apt-get install postgresql)")


@dataclass
class Server:
    """A server in a temporary folder of its own; a context manager.

    Not below pytest's folders: every start of a pytest closes those to all other users, and as root the server is another one.
    """

    folder: Path = field(default=Path(), init=False)
    port: int = field(default=0, init=False)

    def database(self) -> str:
        """The SQLAlchemy address of a new, empty database."""
        name = f"t{uuid.uuid4().hex[:12]}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, name)
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/{name}"

    def __enter__(self) -> Server:
        self.folder = Path(tempfile.mkdtemp(prefix="marsad-postgres-"))
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        if os.getuid() == 0:
            # PostgreSQL refuses to run as root.
            shutil.chown(self.folder, *self._user())
        self._run("initdb", "-D", str(self.folder / "data"), "-U", USER, "--auth=trust", "--no-sync", "-E", "UTF8",
                  "--locale=C.UTF-8")
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start it, and wait until it serves. Raises NoPostgresError."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w",
                  "-t", str(int(START_SECONDS)), "-o", options, "start")

    def stop(self) -> None:
        """Stop it as a crash would."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-t", str(int(STOP_SECONDS)), "stop")

    def restart(self) -> None:
        """Stop it as a crash would, and start it again."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w", "-m", "immediate", "restart")

    @staticmethod
    def _user() -> tuple[int, int]:
        try:
            entry = pwd.getpwnam("postgres")
        except KeyError as error:
            raise NoPostgresError("running as root, and there is no user `postgres` to run PostgreSQL as") from error
        return entry.pw_uid, entry.pw_gid

    def _run(self, program: str, *arguments: str) -> None:
        user, group = self._user() if os.getuid() == 0 else (None, None)
        # pg_ctl's server inherits what it is given to write to: with a pipe, waiting for its end would wait for the server's.
        out = subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE
        done = subprocess.run(
            [programs() / program, *arguments], cwd="/", user=user, group=group, extra_groups=None if user is None else [],
            stdin=subprocess.DEVNULL, stdout=out, stderr=out, text=True, timeout=START_SECONDS + 10, check=False)
        if done.returncode != 0:
            raise NoPostgresError(f"{program} ended with {done.returncode}: {done.stderr or f'see {self.folder}/log'}")
