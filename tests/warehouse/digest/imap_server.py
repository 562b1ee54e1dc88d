"""Mails in, an IMAP server on loopback that holds them out: the few commands that reading a folder takes, over TLS."""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from tests.broker.certificate import CERTIFICATE, KEYSTORE, write_certificate


@dataclass
class Folder:
    """What the one folder holds, by uid from 1."""

    certificate: Path
    port: int = 0
    password: str = "open"
    mails: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    selected: list[str] = field(default_factory=list)


class _Talk(socketserver.StreamRequestHandler):
    folder: ClassVar[Folder]

    def handle(self) -> None:
        self._say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, command = line.partition(" ")
            verb = command.split(" ")[0].upper()
            self._say(f"{tag} {self._answer(verb, command)}")
            if verb == "LOGOUT":
                return

    def _answer(self, verb: str, command: str) -> str:
        folder = self.folder
        if verb == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        elif verb == "LOGIN" and not command.endswith(f'"{folder.password}"'):
            return "NO wrong password"
        elif verb == "SELECT":
            folder.selected.append(command.partition(" ")[2].strip('"'))
            self._say(f"* {len(folder.mails)} EXISTS")
        elif verb == "UID":
            self._uid(command)
        return "OK done"

    def _uid(self, command: str) -> None:
        folder = self.folder
        if "SEARCH" in command:
            unseen = [str(uid) for uid in range(1, len(folder.mails) + 1) if uid not in folder.seen]
            self._say(" ".join(["* SEARCH", *unseen]))
        elif found := re.match(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command):
            mail = folder.mails[int(found[1]) - 1][:int(found[2])]
            self.wfile.write(f"* {found[1]} FETCH (UID {found[1]} BODY[]<0> {{{len(mail)}}}\r\n".encode() + mail + b")\r\n")
        elif found := re.match(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", command):
            folder.seen.add(int(found[1]))

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    context: ssl.SSLContext

    def get_request(self) -> tuple[ssl.SSLSocket, object]:
        plain, address = super().get_request()
        return self.context.wrap_socket(plain, server_side=True), address

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no fault of the test's."""


@contextmanager
def imap_server(place: Path) -> Iterator[Folder]:
    write_certificate(place)
    folder = Folder(place / CERTIFICATE)
    with _Server(("127.0.0.1", 0), type("Talk", (_Talk,), {"folder": folder})) as server:
        server.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        server.context.load_cert_chain(place / KEYSTORE)
        folder.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield folder
        server.shutdown()
        thread.join(10)
