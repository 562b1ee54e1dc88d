"""The Prefect flow `digest`: claim events on the bus in, issues sent out."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow

from config.settings import Settings, settings
from flows.artifacts import show_table
from flows.desk import Desk, new_run_id
from pipeline.state import open_state
from warehouse.digest.send import Issue, send_due
from warehouse.lookup import redirects


def send(on: Settings, *, force: bool, run_id: str | None = None) -> tuple[Issue, ...]:
    """Send every digest that is due (with `force`: now), and say which issues went out."""
    with Desk(on).bus() as bus, open_state(on.operational_url) as state:
        return send_due(bus, state, on, now=datetime.now(UTC), run_id=run_id or new_run_id(), force=force,
                        redirects=redirects(on))


@flow(name="digest", log_prints=False)
def digest_flow() -> int:
    """Send what is due; how many issues went out."""
    issues = send(settings(), force=False)
    show_table("digest", "Issues that went out", [
        {"digest": one.digest, "stories": len(one.stories), "announcements": one.claims, "issue": one.issue_id}
        for one in issues])
    return len(issues)
