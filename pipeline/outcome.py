"""What a stage returns: events to pass on, or a Rejected with its reason; and the two errors a worker knows."""

from __future__ import annotations

from enum import StrEnum

from pipeline.events import PageRef, Rejected, StageEvent, content_id


class Reason(StrEnum):
    """Why a record ended. Expected ends only: an error is a dead letter."""

    NOT_AN_ARTICLE = "not_an_article"
    """A listing, home, tag, video, live or contact page."""
    BLOCKED = "blocked"
    """A challenge or refusal page instead of the content."""
    CONSENT = "consent"
    SOFT_404 = "soft_404"
    PAYWALLED = "paywalled"
    """Nothing but a paywall: a readable excerpt is kept as an article that is not accessible for free."""
    EMPTY = "empty"
    TOO_SHORT = "too_short"
    NO_HEADLINE = "no_headline"
    NOT_HTML = "not_html"
    OVERSIZED = "oversized"
    HTTP_ERROR = "http_error"
    UNKNOWN_OUTLET = "unknown_outlet"
    UNREADABLE = "unreadable"
    """A given file or row that cannot be understood."""
    UNCHANGED = "unchanged"
    """The same text of the same article as before."""
    UNKNOWN_ARTICLE = "unknown_article"
    """A withdrawal of an article never seen."""


Outcome = tuple[StageEvent, ...] | Rejected


def reject(stage: str, reason: Reason, ref: PageRef, detail: str | None = None) -> Rejected:
    """A Rejected whose id derives from stage, reason and page, so that a redelivery gives the same record."""
    return Rejected(
        event_id=content_id("rejected", stage, reason, ref.page_id),
        stage=stage, reason=reason, detail=detail, ref=ref,
    )


class TransientError(Exception):
    """May succeed later without any change of ours: a worker retries with growing delays."""


class TerminalError(Exception):
    """Will fail again on the same input: a worker makes a dead letter of the record."""
