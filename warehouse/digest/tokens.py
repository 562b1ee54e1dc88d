"""A reader's subscription in, the signed tokens of its links out, and back: nothing in an address can be made up."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer

from config.settings import Settings

CONFIRM_SECONDS: Final = 48 * 3600
"""A confirmation link lives so long."""
MAX_TOKEN: Final = 600
"""Characters; a longer one is none of ours."""


@dataclass(frozen=True)
class Leaving:
    """Who leaves which digest."""

    digest: str
    reader: str
    """Keyed hash of the address: addresses never stand in a link."""


class Tokens:
    """Signs and checks, with one key."""

    def __init__(self, key: str) -> None:
        self.key = key
        self._key = key.encode()
        self._confirm = URLSafeTimedSerializer(key, salt="marsad-confirm")
        self._leave = URLSafeSerializer(key, salt="marsad-leave")

    def reader(self, address: str) -> str:
        """The keyed hash of a mail address, whatever its case."""
        return blake2b(address.strip().lower().encode(), key=self._key[:64], digest_size=12).hexdigest()

    def confirm(self, digest: str) -> str:
        """The token of a confirmation link."""
        return str(self._confirm.dumps(digest))

    def confirmed(self, token: str) -> str | None:
        """The digest that a confirmation link is about; None where it is forged or too old."""
        try:
            found = self._confirm.loads(token[:MAX_TOKEN], max_age=CONFIRM_SECONDS)
        except BadData:
            return None
        return found if isinstance(found, str) else None

    def leave(self, digest: str, address: str) -> str:
        """The token of an unsubscribe link; it does not expire."""
        return str(self._leave.dumps([digest, self.reader(address)]))

    def leaving(self, token: str) -> Leaving | None:
        """Who leaves what; None where the token is forged."""
        try:
            found = self._leave.loads(token[:MAX_TOKEN])
        except BadData:
            return None
        match found:
            case [str(digest), str(reader)]:
                return Leaving(digest, reader)
        return None


def load_tokens(settings: Settings) -> Tokens:
    """Tokens under MARSAD_SECRET, or under a key made once and kept below DATA. Raises OSError."""
    return Tokens(settings.secret.get_secret_value() or _kept_key(settings.data / "secret.key"))


def _kept_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _written(path)
    with os.fdopen(handle, "w") as file:
        file.write(key := secrets.token_urlsafe(48))
    return key


def _written(path: Path) -> str:
    """The key another process made, or is just making."""
    key = path.read_text()
    if len(key) < 32:
        raise OSError(f"{path}: holds no key: remove the file, and a new one is made (links sent before cease to work)")
    return key
