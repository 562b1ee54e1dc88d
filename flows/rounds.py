"""The Prefect flows of the installation as a whole: stages, publication, health, retention; each frames a plain function."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow

from config.settings import settings
from flows.artifacts import show_table
from flows.desk import Desk
from flows.health import check_health
from flows.retention import drop_old
from flows.stages import drain_all
from warehouse.publication import publish_all


@flow(name="work", log_prints=False)
def work_flow() -> dict[str, int]:
    """Drain every stage once; how many records each read."""
    return {name: counts.read for name, counts in drain_all(Desk(settings())).items()}


@flow(name="publish", log_prints=False)
def publish_flow() -> str:
    """Publish the snapshot now, whatever the pause between two publications."""
    return str(publish_all(settings(), force=True) or "nothing changed")


@flow(name="health", log_prints=False)
def health_flow() -> list[str]:
    """Find troubles, tell what is new or over; what stands now."""
    found = check_health(Desk(settings()), datetime.now(UTC))
    show_table("health", "What is not as it should be", [
        {"since": f"{one.since:%Y-%m-%d %H:%M}", "what": one.what, "cause": one.cause, "do": one.advice, "grade": one.grade}
        for one in found] or [{"what": "all is well"}])
    return [str(one) for one in found]


@flow(name="retention", log_prints=False)
def retention_flow() -> dict[str, int]:
    """Drop what is older than its retention; how much of each store."""
    return drop_old(Desk(settings()), datetime.now(UTC))
