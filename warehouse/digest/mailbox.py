"""A maildir or an IMAP folder in, mails that nobody looked at yet out; those looked at are marked as seen, none is removed."""

from __future__ import annotations

import email
import imaplib
import mailbox
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

from config.settings import Settings

LARGEST: Final = 1_000_000
"""Bytes of a mail that are read; reports begin with what matters."""
SECONDS: Final = 30.0


class MailboxError(Exception):
    """The mailbox cannot be read; the message says which and why."""


class Mailbox(Protocol):
    """Where mail arrives."""

    def unseen(self, most: int) -> Iterator[tuple[str, Message]]:
        """Mails that are not marked as seen, with the key to mark them by. Raises MailboxError, OSError."""

    def see(self, key: str) -> None:
        """Mark a mail as seen. Raises as `unseen`."""


@contextmanager
def open_mailbox(settings: Settings) -> Iterator[Mailbox | None]:
    """The mailbox of the settings, None where none is set. Raises MailboxError, OSError."""
    place = settings.mail_returns
    if not place:
        yield None
    elif place.startswith("imaps://"):
        with _imap(settings) as box:
            yield box
    else:
        yield _Maildir(Path(place))


@dataclass(frozen=True)
class _Maildir:
    path: Path

    def unseen(self, most: int) -> Iterator[tuple[str, Message]]:
        box = self._box()
        keys = [key for key in sorted(box.iterkeys()) if "S" not in box.get_message(key).get_flags()]
        for key in keys[:most]:
            with box.get_file(key) as file:
                yield key, email.message_from_bytes(file.read(LARGEST))

    def see(self, key: str) -> None:
        box = self._box()
        with suppress(KeyError):
            message = box.get_message(key)
            message.set_subdir("cur")
            message.add_flag("S")
            box[key] = message

    def _box(self) -> mailbox.Maildir:
        try:
            return mailbox.Maildir(self.path, create=False)
        except mailbox.NoSuchMailboxError as error:
            raise MailboxError(f"{self.path}: there is no maildir (MARSAD_MAIL_RETURNS)") from error


@dataclass(frozen=True)
class _Imap:
    server: imaplib.IMAP4_SSL

    def unseen(self, most: int) -> Iterator[tuple[str, Message]]:
        for number in _answered(self.server.uid("SEARCH", "UNSEEN"))[0].split()[:most]:
            key = number.decode("ascii")
            for part in self.server.uid("FETCH", key, f"(BODY.PEEK[]<0.{LARGEST}>)")[1]:
                if isinstance(part, tuple):
                    yield key, email.message_from_bytes(part[1])

    def see(self, key: str) -> None:
        _answered(self.server.uid("STORE", key, "+FLAGS.SILENT", r"(\Seen)"))


@contextmanager
def _imap(settings: Settings) -> Iterator[_Imap]:
    place = urlsplit(settings.mail_returns)
    context = ssl.create_default_context(cafile=str(settings.smtp_ca) if settings.smtp_ca else None)
    server = imaplib.IMAP4_SSL(place.hostname or "", place.port or 993, ssl_context=context, timeout=SECONDS)
    try:
        server.login(unquote(place.username or ""), settings.mail_returns_password.get_secret_value())
        _answered(server.select(f'"{unquote(place.path.strip("/")) or "INBOX"}"'))
        yield _Imap(server)
    except imaplib.IMAP4.error as error:
        raise MailboxError(f"{place.hostname}: {error}") from error
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def _answered(answer: tuple[str, list[bytes | None]]) -> list[bytes]:
    word, data = answer
    if word != "OK":
        raise MailboxError(f"the IMAP server answered {word} {data!r:.200}")
    return [one or b"" for one in data]
