"""Waiting claim events in, issues of every subscription that is due out: composed, delivered and marked in the ledger.

The order that keeps the promise "once, whatever crashes": events into the ledger, then the bus offset; the intention of an
issue with its entries, then its delivery, then its mark. An issue that a crash left unfinished is completed first, under
the same id. A digest with nothing new is not sent: what arrives has news in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from config.settings import Settings
from config.watch import Subscription
from pipeline.bus import Bus
from pipeline.events import ClaimEvent
from pipeline.state.deliveries import Ledger, LedgerIssue
from pipeline.state.letters import Letters
from pipeline.state.subscribers import Subscribers
from pipeline.topology import CLAIM_EVENTS, DIGEST_GROUP
from warehouse.database import open_snapshot
from warehouse.digest.compose import Composition, Sent, compose, resolve
from warehouse.digest.deliver import Deliverer, DeliveryError, Folder, Post, Ways
from warehouse.digest.issue import Issue
from warehouse.digest.names import Names, load_names
from warehouse.digest.postman import load_postman
from warehouse.digest.readers import all_subscriptions
from warehouse.digest.receive import receive
from warehouse.digest.render import render
from warehouse.digest.returns import collect_returns
from warehouse.digest.subscriptions import is_due
from warehouse.digest.tokens import load_tokens
from warehouse.digest.wording import CASABLANCA
from warehouse.files import WarehouseError

if TYPE_CHECKING:
    from pipeline.state import State

__all__ = ["Issue", "Sender", "send_due"]

log = structlog.get_logger()
EVENTS_AN_ISSUE = 300
"""More waiting events than this go into a further issue."""
ISSUES_A_RUN = 20
ISSUES_IN_FEED = 30
KEPT = timedelta(days=400)
"""How long the content of what was sent is kept; that it was sent is kept for good."""
LETTERS_KEPT = timedelta(days=30)
"""How long it stays known to whom a letter went."""


def send_due(
    bus: Bus, state: State, settings: Settings, *, now: datetime, run_id: str, force: bool = False,
    redirects: Mapping[str, str] | None = None,
) -> tuple[Issue, ...]:
    """Send every digest that is due (with `force`: each that has news) and say which issues went out.

    `redirects` leads from claim ids that were given up to those in use (default: as the snapshot has them). Letters that wait
    are handed over at the end, those of earlier runs too. Raises ConfigError, BusError; DeliveryError after all other digests
    were sent, where one could not be.
    """
    subscribers, letters, tokens = Subscribers(state.engine), Letters(state.engine), load_tokens(settings)
    if settings.mail_returns:
        log.info("returns", **asdict(collect_returns(settings, letters, subscribers, tokens, now)))
    subscriptions, ledger = all_subscriptions(settings, subscribers, now), Ledger(state.engine)
    ways = Ways(Folder(settings.data / "digests"), Post(letters, subscriptions, tokens))
    followed = published_redirects(settings) if redirects is None else redirects
    sender = Sender(ledger, subscriptions, load_names(settings), ways, followed)
    with bus.consumer(DIGEST_GROUP, CLAIM_EVENTS.names()) as consumer:
        receive(bus, consumer, ledger, subscriptions, now)
        try:
            sent = sender.send(now=now, run_id=run_id, force=force)
        finally:
            log.info("letters", **asdict(load_postman(settings, letters, tokens).run()))
    ledger.unsubscribe_all_but(subscriptions)
    ledger.forget(now - KEPT)
    letters.forget(now - LETTERS_KEPT)
    return sent


def published_redirects(settings: Settings) -> dict[str, str]:
    """Where claim ids that were given up lead, as the snapshot has it; nothing where none was published."""
    try:
        con = open_snapshot(settings)
    except WarehouseError:
        return {}
    with closing(con):
        return dict(con.execute("SELECT claim_id, into_claim_id FROM claim_redirects").fetchall())


@dataclass(frozen=True)
class Sender:
    """Composes from the ledger and delivers."""

    ledger: Ledger
    subscriptions: Mapping[str, Subscription]
    names: Names
    deliverer: Deliverer
    redirects: Mapping[str, str] = field(default_factory=dict)

    def send(self, *, now: datetime, run_id: str, force: bool) -> tuple[Issue, ...]:
        """Send what is unfinished and what is due. A digest that fails does not keep back the others; raises DeliveryError."""
        sent: list[Issue] = []
        failed: list[DeliveryError] = []
        for digest in self.subscriptions:
            try:
                sent.extend(self._send_one(digest, now, run_id, force=force))
            except DeliveryError as error:
                log.error("digest_not_delivered", digest=digest, error=str(error))
                failed.append(error)
        if failed:
            raise DeliveryError("; ".join(str(error) for error in failed))
        return tuple(sent)

    def _send_one(self, digest: str, now: datetime, run_id: str, *, force: bool) -> Iterable[Issue]:
        for unfinished in self.ledger.unfinished(digest):
            yield from self._deliver(unfinished, now)
        if not (force or self._is_due(digest, now)):
            return
        for _ in range(ISSUES_A_RUN):
            waiting = self.ledger.pending(digest, EVENTS_AN_ISSUE)
            if not waiting:
                return
            if intended := self._intend(digest, waiting, now, run_id):
                yield from self._deliver(intended, now)

    def _is_due(self, digest: str, now: datetime) -> bool:
        waiting = self.ledger.pending(digest, EVENTS_AN_ISSUE)
        last = self.ledger.last_issue(digest)
        return bool(waiting) and is_due(
            self.subscriptions[digest], waiting_since=min(event.at for event in waiting),
            last=last.intended_at if last else None, now=now)

    def _intend(self, digest: str, waiting: Sequence[ClaimEvent], now: datetime, run_id: str) -> LedgerIssue | None:
        """The next issue, recorded with what it tells; None where nothing of it is news."""
        number = self.ledger.next_number(digest)
        composed = self._compose(digest, number, waiting)
        if composed.left_out:
            self.ledger.leave_out(digest, composed.left_out)
        if not composed.shown:
            return None
        day = now.astimezone(CASABLANCA).date().isoformat()
        issue = LedgerIssue(f"{digest}-{day}-{number}", digest, number, run_id, now)
        self.ledger.intend(issue, composed.shown)
        return issue

    def _deliver(self, recorded: LedgerIssue, now: datetime) -> Iterable[Issue]:
        issue = self._issue(recorded)
        if issue.stories:
            before = self.ledger.issues_before(recorded.digest, recorded.number, ISSUES_IN_FEED)
            self.deliverer.deliver(render(issue, [self._issue(one) for one in before], self.names))
        self.ledger.mark_delivered(recorded.issue_id, now)
        log.info("issue_delivered", issue=issue.issue_id, stories=len(issue.stories), claims=issue.claims)
        if issue.stories:
            yield issue

    def _issue(self, recorded: LedgerIssue) -> Issue:
        """The issue as its entries in the ledger make it, the same at every attempt (empty only where a redirect that came
        since says that all of it was told before)."""
        subscription = self.subscriptions[recorded.digest]
        composed = self._compose(recorded.digest, recorded.number, self.ledger.told_in(recorded.issue_id))
        title = subscription.title.get(subscription.language) or next(iter(subscription.title.values()), recorded.digest)
        return Issue(recorded.issue_id, recorded.digest, title, subscription.language, recorded.intended_at, composed.stories)

    def _compose(self, digest: str, number: int, events: Sequence[ClaimEvent]) -> Composition:
        present = {resolve(event.claim_id, self.redirects) for event in events}
        former = {old for old in self.redirects if resolve(old, self.redirects) in present}
        sent: dict[str, Sent] = {}
        for told in self.ledger.told_before(digest, number, present | former | {event.claim_id for event in events}):
            claim_id = resolve(told.claim_id, self.redirects)
            now = Sent(told.change, told.event.reports if told.event else (), told.claim_id, told.issue.intended_at)
            sent[claim_id] = replace(now, first_claim_id=sent[claim_id].first_claim_id) if claim_id in sent else now
        subscription = self.subscriptions[digest]
        only_sent = subscription.updates == "sent" and not subscription.disputes_only
        return compose(events, sent, self.redirects, only_sent=only_sent)
