"""An issue in, its form for webhooks and for the channels that Apprise speaks out, handed over there."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final

import httpx

from pipeline.state.letters import Letter
from warehouse.digest.outcome import Failed, Later, Never, Outcome, Taken

SECONDS: Final = 15.0
LONGEST: Final = 3_500
"""Characters of a message: what the narrowest common channels take."""


def call_webhook(letter: Letter, secret: str, seconds: float = SECONDS) -> Outcome:
    """POST the issue as JSON. `Idempotency-Key` is the issue's id at every attempt; redirects are not followed.

    Where a secret is set, `X-Marsad-Signature` is `sha256=` and the HMAC of the body in hexadecimal digits.
    """
    body = letter.body.data.encode()
    headers = {"content-type": "application/json; charset=utf-8", "idempotency-key": letter.body.issue_id, "user-agent": "Marsad"}
    if secret:
        headers["x-marsad-signature"] = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    try:
        answer = httpx.post(letter.address, content=body, headers=headers, timeout=seconds, follow_redirects=False)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        return Never(str(error))
    except httpx.HTTPError as error:
        return Later(f"{type(error).__name__}: {error}")
    if answer.is_success:
        return Taken()
    told = f"answered {answer.status_code}"
    return Later(told) if answer.status_code in (408, 409, 425, 429) or answer.is_server_error else Never(told)


def notify(letter: Letter) -> Outcome:
    """Send the issue's text over the Apprise address in the environment variable that the letter names."""
    import apprise

    address = os.environ.get(letter.address, "")
    if not address:
        return Failed(f"environment variable {letter.address} is not set: it holds the channel's Apprise address")
    channel = apprise.Apprise()
    if not channel.add(address):
        return Never(f"{letter.address}: Apprise knows no such address")
    text = letter.body.text
    body = text if len(text) <= LONGEST else text[:LONGEST].rsplit("\n", 1)[0] + "\n…"
    return Taken() if channel.notify(title=letter.body.subject, body=body, body_format=apprise.NotifyFormat.TEXT) else Later(
        "Apprise could not hand it over")
