"""digests.yml and the readers who signed up in, every subscription by id out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import structlog
from pydantic import ValidationError

from config.settings import Settings
from config.watch import Subscription, load_digests
from pipeline.state.letters import Letters
from pipeline.state.subscribers import Subscriber, Subscribers
from warehouse.digest.deliver import OWN
from warehouse.digest.tokens import Leaving

log = structlog.get_logger()
UNCONFIRMED: Final = timedelta(days=3)
"""A wish that nobody confirmed is forgotten after so long, the address with it."""


def all_subscriptions(settings: Settings, subscribers: Subscribers, now: datetime) -> dict[str, Subscription]:
    """Those of digests.yml, then those of readers who confirmed. Raises config.reading.ConfigError."""
    subscribers.forget_unconfirmed(now - UNCONFIRMED)
    own = ((one.digest, subscription_of(one)) for one in subscribers.confirmed())
    return {**load_digests(settings.digests).digests, **{digest: found for digest, found in own if found}}


def leave(letters: Letters, subscribers: Subscribers, leaving: Leaving, now: datetime) -> None:
    """The reader gets this digest no longer; where they made it themselves, it and their address are forgotten."""
    letters.opt_out(leaving.digest, leaving.reader, now)
    if leaving.digest.startswith(OWN):
        subscribers.erase(leaving.digest)
        letters.drop(leaving.digest)


def subscription_of(one: Subscriber) -> Subscription | None:
    """What the reader asked for, sent to the reader; None where it was written by another version and cannot be read."""
    try:
        asked = Subscription.model_validate_json(one.subscription)
    except ValidationError as error:
        log.error("subscription_unreadable", digest=one.digest, errors=error.error_count())
        return None
    return asked.model_copy(update={"to": (one.address,)})
