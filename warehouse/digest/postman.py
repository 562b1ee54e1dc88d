"""Queued letters in, each handed over once it is its turn out: retried with patience, paced by domain, nobody starved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from config.settings import Settings
from pipeline.state.letters import Channel, Letter, Letters
from warehouse.digest.channels import call_webhook, notify
from warehouse.digest.mail import Mailer, load_mailer
from warehouse.digest.outcome import Failed, Later, Never, Outcome, Taken
from warehouse.digest.refusals import drop_if_refused_again
from warehouse.digest.smtp import MailServer
from warehouse.digest.tokens import Tokens

log = structlog.get_logger()
LEASE: Final = timedelta(minutes=10)
"""A letter in hand is nobody else's for so long; after a crash it is taken up again then."""
BACK_OFF: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
"""Pauses after each failure; the last one repeats."""
PATIENCE: Final = timedelta(days=3)
"""A letter that nobody took by then is given up: its news are old."""
MINUTE: Final = timedelta(minutes=1)
LETTERS_A_RUN: Final = 2000
RUN: Final = timedelta(minutes=8)


@dataclass
class Counts:
    """What a run did."""

    sent: int = 0
    delayed: int = 0
    refused: int = 0
    given_up: int = 0


@dataclass(frozen=True)
class Postman:
    """Hands over what is due, letter by letter: one that fails waits by itself, the others go on."""

    letters: Letters
    settings: Settings
    tokens: Tokens
    mailer: Mailer | None
    server: MailServer
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def run(self) -> Counts:
        """Hand over what is due, until nothing is or the run's time is over."""
        counts, closed, began = Counts(), _Closed(), self.clock()
        try:
            for _ in range(LETTERS_A_RUN):
                if self.clock() - began > RUN or (letter := self._next(closed)) is None:
                    break
                outcome = self._hand_over(letter)
                self._note(letter, outcome, counts)
                if isinstance(outcome, Failed):
                    closed.by(letter)
        finally:
            self.server.close()
        return counts

    def _next(self, closed: _Closed) -> Letter | None:
        """The next letter whose way is open and whose domain may be sent to now."""
        while (letter := self.letters.take(self.clock(), LEASE, busy=closed.domains, closed=closed.channels)) is not None:
            now = self.clock()
            if letter.channel != "mail" or self._may_go(domain_of(letter.address), now):
                return letter
            closed.domains.add(domain_of(letter.address))
            self.letters.put_back(letter, now + MINUTE)
        return None

    def _may_go(self, domain: str, now: datetime) -> bool:
        return self.letters.sent_since(domain, now - MINUTE) < self.settings.mail_a_minute

    def _hand_over(self, letter: Letter) -> Outcome:
        if letter.channel == "webhook":
            return call_webhook(letter, self.settings.webhook_secret.get_secret_value())
        if letter.channel == "apprise":
            return notify(letter)
        if self.mailer is None:
            return Failed("no mail server is set: MARSAD_SMTP_HOST and MARSAD_MAIL_FROM")
        try:
            mail = self.mailer.issue(letter.body, letter.address)
        except ValueError as error:
            return Never(f"cannot be written as mail: {error}")
        return self.server.send(mail, self.mailer.return_path(letter.body, letter.address), letter.address)

    def _note(self, letter: Letter, outcome: Outcome, counts: Counts) -> None:
        now = self.clock()
        match outcome:
            case Taken():
                counts.sent += 1
                self.letters.settle(letter, "sent", now)
            case Never(told):
                counts.refused += 1
                self.letters.settle(letter, "refused", now, told)
                log.warning("letter_refused", issue=letter.body.issue_id, channel=letter.channel, told=told)
                if letter.channel == "mail":
                    drop_if_refused_again(self.letters, self.tokens, letter.body.digest, letter.address, now)
            case Later(told) | Failed(told) if now - letter.queued_at > PATIENCE:
                counts.given_up += 1
                self.letters.settle(letter, "given_up", now, told)
                log.error("letter_given_up", issue=letter.body.issue_id, channel=letter.channel, told=told)
            case Later(told) | Failed(told):
                counts.delayed += 1
                pause = BACK_OFF[min(letter.attempts, len(BACK_OFF)) - 1]
                self.letters.delay(letter, now + pause, told)
                log.warning("letter_delayed", issue=letter.body.issue_id, channel=letter.channel, told=told)


def load_postman(settings: Settings, letters: Letters, tokens: Tokens) -> Postman:
    """The postman of the settings."""
    return Postman(letters, settings, tokens, load_mailer(settings, tokens), MailServer(settings))


def domain_of(address: str) -> str:
    """The domain of a mail address."""
    return address.rpartition("@")[2].lower()


@dataclass
class _Closed:
    """Ways that are not tried again in this run."""

    domains: set[str] = field(default_factory=set)
    channels: set[Channel] = field(default_factory=set)

    def by(self, letter: Letter) -> None:
        """The way of this letter failed: the one mail server, or the channel's own address."""
        if letter.channel == "mail":
            self.channels.add("mail")
        else:
            self.domains.add(letter.address)
