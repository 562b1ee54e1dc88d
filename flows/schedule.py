"""The outlets' YAML in, Prefect deployments out, served from this process or left to workers: a crawl an outlet, and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

import structlog
from prefect import Flow, get_client, serve
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import WorkPoolFilter, WorkPoolFilterName
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.exceptions import ObjectAlreadyExists
from prefect.schedules import Interval
from prefect.types.entrypoint import EntrypointType

from config.outlet import Outlet
from flows.backfill import backfill_flow
from flows.crawl import LIMIT, crawl_flow
from flows.desk import Desk, verified
from flows.digest import digest_flow
from flows.due import ANCHOR, offset_of
from flows.late_runs import settle_runs
from flows.learn import learn_flow
from flows.load import load_flow
from flows.rounds import health_flow, publish_flow, retention_flow, work_flow

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.responses import DeploymentResponse
    from prefect.deployments.runner import RunnerDeployment


log = structlog.get_logger(__name__)
SLUG: Final = "rhythm"
"""The schedule's name in Prefect, so that deploying again changes it and adds none."""
CRAWLS: Final = "crawls"
WAREHOUSE: Final = "warehouse"
"""Queues of a work pool: what waits for outlets, and the rest. A worker each keeps the load from waiting behind crawls."""
PAGE: Final = 100
NEVER_TWO: Final = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
"""Where a run still goes on, its next one makes up for the one that is left out."""


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
    return [_deployment(one, concurrency_limit=None if one.flow is backfill_flow else 1)
            for one in planned(verified(outlets)[0], stages=stages)]


def _deployment(one: Planned, **more: Any) -> RunnerDeployment:
    schedule = Interval(one.every, anchor_date=one.anchor, active=one.active, slug=SLUG) if one.every else None
    # Outside an event loop, as here, Prefect answers with the deployment itself rather than a coroutine.
    return cast("RunnerDeployment", one.flow.to_deployment(
        name=one.name, description=one.description, parameters=one.parameters, tags=list(one.tags), schedule=schedule, **more))


def limit_crawls(desk: Desk) -> None:
    """Set the global limit on crawls at the same time, which holds whoever runs them."""
    with get_client(sync_client=True) as client:
        client.upsert_global_concurrency_limit_by_name(LIMIT, desk.settings.crawls)


def serve_all(desk: Desk, *, stages: bool = True) -> None:
    """Serve the deployments until interrupted. Where many runs were missed, one a deployment is left."""
    limit_crawls(desk)
    ours = deployments(list(desk.outlets.values()), stages=stages)
    with get_client(sync_client=True) as client:
        named = {(one.flow_name, one.name) for one in ours}
        known = {one.id for one in _all_deployments(client) if (client.read_flow(one.flow_id).name, one.name) in named}
        late, killed = settle_runs(client, known)
    log.info("runs_settled", late=late, killed=killed)
    serve(*ours, limit=desk.settings.crawls + 4)


def _all_deployments(client: SyncPrefectClient) -> Iterator[DeploymentResponse]:
    offset = 0
    while page := client.read_deployments(limit=PAGE, offset=offset):
        yield from page
        offset += PAGE


def deploy_all(desk: Desk, pool: str, *, stages: bool = True) -> int:
    """Make a work pool hold the deployments, and no others, for its workers to run; how many.

    Outlets that are not verified are there with an inactive schedule.
    """
    limit_crawls(desk)
    plan = list(planned(list(desk.outlets.values()), stages=stages))
    with get_client(sync_client=True) as client:
        with suppress(ObjectAlreadyExists):
            client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
        for one in plan:
            # By module: a worker has the same installation, and nothing to fetch first.
            _deployment(one, concurrency_limit=None if one.flow is backfill_flow else NEVER_TWO,
                        entrypoint_type=EntrypointType.MODULE_PATH, work_pool_name=pool,
                        work_queue_name=CRAWLS if "crawl" in one.tags else WAREHOUSE).apply()
        _drop_others({one.name for one in plan}, pool, client)
    return len(plan)


def _drop_others(names: Set[str], pool: str, client: SyncPrefectClient) -> None:
    """What an earlier plan left in the pool: outlets that are gone, stages that workers run now."""
    of_pool, offset = WorkPoolFilter(name=WorkPoolFilterName(any_=[pool])), 0
    there: list[DeploymentResponse] = []
    while page := client.read_deployments(work_pool_filter=of_pool, limit=PAGE, offset=offset):
        there, offset = there + page, offset + PAGE
    for one in there:
        if one.name not in names:
            client.delete_deployment(one.id)
