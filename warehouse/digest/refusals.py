"""An address whose server refuses our mail in, the reader dropped out: servers count against us who goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog

from pipeline.state.letters import Letters
from warehouse.digest.tokens import Tokens

log = structlog.get_logger()
REFUSALS: Final = 3


def drop_if_refused_again(letters: Letters, tokens: Tokens, digest: str, address: str, now: datetime) -> None:
    """Opt the reader out where the last letters were all refused, so many in a row."""
    if letters.last_states(address, REFUSALS) == ("refused",) * REFUSALS:
        _drop(letters, tokens, digest, address, now)


def drop_if_bounced_again(letters: Letters, tokens: Tokens, digest: str, address: str, now: datetime) -> None:
    """The same where so many came back of those we know of: what was taken in between may come back yet."""
    if letters.refused(address) >= REFUSALS:
        _drop(letters, tokens, digest, address, now)


def _drop(letters: Letters, tokens: Tokens, digest: str, address: str, now: datetime) -> None:
    letters.opt_out(digest, tokens.reader(address), now)
    log.warning("reader_dropped", digest=digest, refusals=REFUSALS)
