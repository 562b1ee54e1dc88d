"""A certificate in, a second mail server (Exim of Debian) on loopback out: mail over TLS only, what it takes as a maildir."""

from __future__ import annotations

import email
import email.policy
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.broker.certificate import CERTIFICATE, KEYSTORE, write_certificate

USER = "Debian-exim"
"""Exim delivers nothing as root, so it is started as its own user where the tests run as root."""
SECONDS = 20.0
UNKNOWN, BUSY, VANISHED = "unknown.example", "busy.example", "vanished.example"
"""Domains that are refused for good, put off, and taken at first but found to be undeliverable afterwards: that one bounces."""
CONFIGURATION = """
primary_hostname = mail.marsad.example
qualify_domain = mail.marsad.example
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
host_lookup =
rfc1413_hosts =
rfc1413_query_timeout = 0s
smtp_accept_max = 50
deliver_drop_privilege = true
message_size_limit = 10M
tls_advertise_hosts = *
tls_certificate = {folder}/{certificate}
tls_privatekey = {folder}/{keystore}
acl_smtp_rcpt = rcpt
acl_smtp_data = data

begin acl
rcpt:
  accept  hosts = :
  deny    message = TLS first
          !encrypted = *
  deny    domains = {unknown}
          message = no such reader
  defer   domains = {busy}
          message = come back later
  defer   condition = {fails}
          message = not now
  accept

data:
  defer   condition = {fails}
          message = not now
  accept

begin routers
vanished:
  driver = redirect
  domains = {vanished}
  data = :fail: the mailbox is gone
  allow_fail
everybody:
  driver = accept
  transport = box

begin transports
box:
  driver = appendfile
  directory = {folder}/box
  maildir_format
  create_directory
  envelope_to_add
  return_path_add

begin retry
*  *  F,1h,5m
"""


class NoEximError(Exception):
    """Exim is not installed here; the message says what to do."""


def program() -> str:
    """Path of Exim. Raises NoEximError."""
    found = shutil.which("exim4") or next((one for one in ("/usr/sbin/exim4",) if os.access(one, os.X_OK)), None)
    if found is None:
        raise NoEximError("no Exim here (Debian: apt-get install exim4-daemon-light)")
    return found


@dataclass(frozen=True)
class Exim:
    """A running server."""

    folder: Path
    port: int

    @property
    def certificate(self) -> Path:
        """What vouches for it."""
        return self.folder / CERTIFICATE

    @property
    def box(self) -> Path:
        """The maildir with all that was delivered."""
        return self.folder / "box"

    def mails(self, least: int, to: str = "") -> list[EmailMessage]:
        """What was delivered (to an address), once there are `least` or the patience is over."""
        deadline = time.monotonic() + SECONDS
        while len(found := self._mails(to)) < least and time.monotonic() < deadline:
            time.sleep(0.05)
        return found

    def delivered(self) -> list[EmailMessage]:
        """All mails, once nothing waits in its queue any more."""
        deadline = time.monotonic() + SECONDS
        while any((self.folder / "spool" / "input").glob("**/*-H")) and time.monotonic() < deadline:
            time.sleep(0.1)
        return self._mails("")

    def _mails(self, to: str) -> list[EmailMessage]:
        read = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in sorted((self.box / "new").glob("*"))]
        return [mail for mail in read if to in (mail["Envelope-to"] or "")]


@contextmanager
def exim(one_in: int = 0) -> Iterator[Exim]:
    """A server of one's own, ended with its folder; it puts off one letter in so many (0: none), half of them after DATA.
    Raises NoEximError."""
    command, user = program(), USER if os.getuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="marsad-exim-") as name:
        server = Exim(Path(name), _free_port())
        _prepare(server, one_in)
        with (server.folder / "errors").open("wb") as errors:
            process = subprocess.Popen(
                [command, "-C", str(server.folder / "exim.conf"), "-bdf"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=errors, user=user, group=user, extra_groups=() if user else None)
        try:
            _wait(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(SECONDS)


def _prepare(server: Exim, one_in: int) -> None:
    fails = f"${{if ={{${{randint:{2 * one_in}}}}}{{0}}}}" if one_in else "false"
    write_certificate(server.folder)
    (server.folder / "exim.conf").write_text(CONFIGURATION.format(
        folder=server.folder, port=server.port, certificate=CERTIFICATE, keystore=KEYSTORE, unknown=UNKNOWN, busy=BUSY,
        vanished=VANISHED, fails=fails), "utf-8")
    for below in ("spool", "log", "box"):
        (server.folder / below).mkdir()
    if os.getuid() == 0:
        owner = pwd.getpwnam(USER)
        for path in (server.folder, *server.folder.iterdir()):
            os.chown(path, owner.pw_uid, owner.pw_gid)


def _wait(server: Exim, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", server.port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"Exim did not start: {(server.folder / 'errors').read_text('utf-8')[-2000:]}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port
