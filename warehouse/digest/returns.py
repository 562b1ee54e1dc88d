"""The mailbox of bounces and complaints in, letters marked as refused and readers who complained unsubscribed out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from config.settings import Settings
from pipeline.state.letters import Letters
from pipeline.state.subscribers import Subscribers
from warehouse.digest.mail import message_id
from warehouse.digest.mailbox import MailboxError, open_mailbox
from warehouse.digest.readers import leave
from warehouse.digest.refusals import drop_if_bounced_again
from warehouse.digest.returned import Return, read_return
from warehouse.digest.tokens import Leaving, Tokens

log = structlog.get_logger()
AT_A_TIME: Final = 500


@dataclass
class Returned:
    """What a run read."""

    bounces: int = 0
    complaints: int = 0
    others: int = 0
    """Mails that are neither, or about none of our letters."""


def collect_returns(settings: Settings, letters: Letters, subscribers: Subscribers, tokens: Tokens, now: datetime) -> Returned:
    """Read what came back and note it; a mailbox that cannot be read is logged and read by the next run.

    A mail is marked as seen after it was noted: a crash between the two notes it again, which is no harm.
    """
    counts = Returned()
    try:
        with open_mailbox(settings) as box:
            held = [(key, read_return(mail)) for key, mail in box.unseen(AT_A_TIME)] if box else []
            known = _letters(letters, tokens, [one for _, one in held if one])
            for key, found in held:
                _note(letters, subscribers, tokens, found, known, counts, now)
                if box:
                    box.see(key)
    except (MailboxError, OSError, RecursionError) as error:
        log.error("returns_unreadable", error=str(error), setting="MARSAD_MAIL_RETURNS")
    return counts


@dataclass(frozen=True)
class _Known:
    """A letter that came back."""

    issue_id: str
    digest: str
    address: str


def _letters(letters: Letters, tokens: Tokens, returns: Iterable[Return]) -> dict[str, _Known]:
    """The letters that are meant, by the id of their mail."""
    wanted = {id_ for one in returns for id_ in one.ids}
    found = ((message_id(issue_id, tokens.reader(address)), _Known(issue_id, digest, address))
             for issue_id, digest, address in (letters.mails() if wanted else ()))
    return {id_: known for id_, known in found if id_ in wanted}


def _note(
    letters: Letters, subscribers: Subscribers, tokens: Tokens, found: Return | None, known: dict[str, _Known],
    counts: Returned, now: datetime,
) -> None:
    letter = next((known[id_] for id_ in sorted(found.ids) if id_ in known), None) if found else None
    leaving = tokens.leaving(found.token) if found and found.token else None
    if found and found.complaint and (leaving or letter):
        counts.complaints += 1
        leave(letters, subscribers, leaving or Leaving(letter.digest, tokens.reader(letter.address)), now)  # type: ignore[union-attr]
        log.warning("reader_complained", told=found.told)
    elif found and not found.complaint and letter:
        counts.bounces += 1
        letters.refuse(letter.issue_id, letter.address, now, found.told)
        log.warning("letter_bounced", issue=letter.issue_id, told=found.told)
        drop_if_bounced_again(letters, tokens, letter.digest, letter.address, now)
    else:
        counts.others += 1
