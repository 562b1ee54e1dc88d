"""The outlets' YAML in, Prefect deployments served from one process out: a crawl an outlet, and what follows for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from prefect import Flow, get_client, serve
from prefect.schedules import Interval

from config.outlet import Outlet
from flows.backfill import backfill_flow
from flows.crawl import LIMIT, crawl_flow
from flows.desk import Desk, verified
from flows.digest import digest_flow
from flows.due import ANCHOR, offset_of
from flows.learn import learn_flow
from flows.load import load_flow
from flows.rounds import health_flow, publish_flow, retention_flow, work_flow

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment


SLUG: Final = "rhythm"
"""The schedule's name in Prefect, so that deploying again changes it and adds none."""


@dataclass(frozen=True)
class Planned:
    """One deployment."""

    flow: Flow[..., Any]
    name: str
    description: str
    every: timedelta | None = None
    """None: only when somebody asks for it."""
    anchor: datetime = ANCHOR
    parameters: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    active: bool = True


def planned(outlets: list[Outlet], *, stages: bool = True) -> Iterator[Planned]:
    """One a outlet at its own rhythm, spread over it, and one each for the rest. `stages` False: workers of their own
    (`marsad work`) run the stages. Outlets that are not verified are there with an inactive schedule."""
    for outlet in outlets:
        yield Planned(crawl_flow, outlet.id, outlet.title, timedelta(minutes=outlet.every_minutes), ANCHOR + offset_of(outlet),
                      {"outlet": outlet.id}, ("crawl",), active=outlet.verified)
    if stages:
        yield Planned(work_flow, "stages", "Read, classify and place what waits.", timedelta(minutes=1))
    yield Planned(load_flow, "warehouse", "Load what waits and publish what is due.", timedelta(minutes=2))
    yield Planned(digest_flow, "subscribers", "Send the digests that are due.", timedelta(minutes=10))
    yield Planned(health_flow, "installation", "Find troubles and tell each once.", timedelta(minutes=5))
    yield Planned(learn_flow, "profiles", "Learn what outlets repeat on their pages.", timedelta(hours=6))
    yield Planned(retention_flow, "stores", "Drop what is too old.", timedelta(days=1), ANCHOR + timedelta(hours=3))
    yield Planned(publish_flow, "snapshot", "Publish the snapshot now.")
    yield Planned(backfill_flow, "past", "Fetch what an outlet published on days of its past.", tags=("crawl",))


def deployments(outlets: list[Outlet], *, stages: bool = True) -> list[RunnerDeployment]:
    """What `planned` says of the verified outlets; never two runs of one deployment."""
    return [_deployment(one) for one in planned(verified(outlets)[0], stages=stages)]


def _deployment(one: Planned) -> RunnerDeployment:
    schedule = Interval(one.every, anchor_date=one.anchor, active=one.active, slug=SLUG) if one.every else None
    # Outside an event loop, as here, Prefect answers with the deployment itself rather than a coroutine.
    return cast("RunnerDeployment", one.flow.to_deployment(
        name=one.name, description=one.description, parameters=one.parameters, tags=list(one.tags),
        concurrency_limit=None if one.flow is backfill_flow else 1, schedule=schedule))


def limit_crawls(desk: Desk) -> None:
    """Set the global limit on crawls at the same time, which holds whoever runs them."""
    with get_client(sync_client=True) as client:
        client.upsert_global_concurrency_limit_by_name(LIMIT, desk.settings.crawls)


def serve_all(desk: Desk, *, stages: bool = True) -> None:
    """Serve the deployments until interrupted."""
    limit_crawls(desk)
    serve(*deployments(list(desk.outlets.values()), stages=stages), limit=desk.settings.crawls + 4)
