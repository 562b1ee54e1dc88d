"""A real mail server on loopback (aiosmtpd) that can refuse, hang up, drop after DATA, or say nothing at all."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Box:
    """What the server took; `faults` says what happens to mail for an address, once each, first one first."""

    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)
    tried: Counter[str] = field(default_factory=Counter)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        self.tried[address] += 1
        fault = self._fault(address, "rcpt")
        if fault == "hang":
            await asyncio.sleep(3)
        if fault in ("450", "550"):
            return f"{fault} not here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        address = envelope.rcpt_tos[0]
        fault = self._fault(address, "data")
        if fault in ("451", "554", "421"):
            return f"{fault} not now"
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        self._take(address, email.message_from_bytes(content, policy=email.policy.default))
        if fault == "drop":
            server.transport.abort()
        return "250 taken"

    def _take(self, address: str, mail: EmailMessage) -> None:
        self.mails.append((address, mail))

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for whom, mail in self.mails if whom == address]

    def _fault(self, address: str, at: str) -> str | None:
        waiting = self.faults.get(address, [])
        if waiting and waiting[0].startswith(at):
            return waiting.pop(0).partition(" ")[2]
        return None


@contextmanager
def mail_server(**more: Any) -> Iterator[tuple[Box, int]]:
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()
