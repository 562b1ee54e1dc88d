"""A form's page and its answer in, proof that the one belongs to the other out; log-ins kept in a signed cookie."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

FORM_COOKIE, LOGIN_COOKIE = "marsad_form", "marsad_login"
FORM_SECONDS: Final = 2 * 3600
LOGIN_SECONDS: Final = 8 * 3600
FIELDS: Final = 60


@dataclass(frozen=True)
class Forms:
    """Signs with one key; a form is good for the browser that was given it."""

    key: str

    def begin(self, request: Request) -> tuple[str, str]:
        """The token for the form's hidden field, and the value of the browser's cookie (its own, or a new one)."""
        held = request.cookies.get(FORM_COOKIE, "")
        cookie = held if 20 <= len(held) <= 60 else secrets.token_urlsafe(24)
        return str(self._signer("form").dumps(cookie)), cookie

    def accepts(self, request: Request, token: str) -> bool:
        """True where the token was made for this browser, lately, and the request comes from a page of ours."""
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        try:
            made_for = self._signer("form").loads(token[:300], max_age=FORM_SECONDS)
        except BadData:
            return False
        return isinstance(made_for, str) and hmac.compare_digest(made_for.encode(), request.cookies.get(FORM_COOKIE, "").encode())

    def log_in(self, response: Response, request: Request) -> None:
        """Let the browser in for LOGIN_SECONDS."""
        keep(response, request, LOGIN_COOKIE, str(self._signer("login").dumps("in")), LOGIN_SECONDS)

    def logged_in(self, request: Request) -> bool:
        """True where the browser was let in."""
        try:
            return bool(self._signer("login").loads(request.cookies.get(LOGIN_COOKIE, "")[:300], max_age=LOGIN_SECONDS) == "in")
        except BadData:
            return False

    def _signer(self, purpose: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.key, salt=f"marsad-{purpose}")


def keep(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    """Set a cookie that no script reads and no other site sends."""
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="strict", secure=request.url.scheme == "https")


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form, the last of each name; nothing where it cannot be read."""
    try:
        body = await request.body()
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=FIELDS))
    except (ValueError, ClientDisconnect):
        return {}
