"""The outlets' YAML in, Prefect deployments served from one process out: a crawl an outlet, work, load and digest."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from prefect import Flow, flow, serve

from config.outlet import Outlet
from config.settings import settings
from flows.crawl import crawl_flow
from flows.desk import Desk, verified
from flows.digest import digest_flow
from flows.load import load_flow
from flows.stages import drain_all

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

WORK_EVERY = timedelta(minutes=1)
LOAD_EVERY = timedelta(minutes=2)
DIGEST_EVERY = timedelta(minutes=10)


@flow(name="work", log_prints=False)
def work_flow() -> dict[str, int]:
    """Drain every stage once; how many records each read."""
    return {name: counts.read for name, counts in drain_all(Desk(settings())).items()}


def deployments(outlets: list[Outlet], *, stages: bool = True) -> list[RunnerDeployment]:
    """One deployment a verified outlet at its own rhythm, and one each for work, load and digest; never two runs of one.

    `stages` False: workers of their own (`marsad work`) run the stages.
    """
    ours = [
        _deployment(crawl_flow, outlet.id, timedelta(minutes=outlet.every_minutes),
                    parameters={"outlet": outlet.id}, tags=["crawl"], description=outlet.title)
        for outlet in verified(outlets)[0]
    ]
    if stages:
        ours.append(_deployment(work_flow, "stages", WORK_EVERY))
    ours.append(_deployment(load_flow, "warehouse", LOAD_EVERY))
    ours.append(_deployment(digest_flow, "subscribers", DIGEST_EVERY))
    return ours


def _deployment(of: Flow[..., Any], name: str, every: timedelta, **more: Any) -> RunnerDeployment:
    # Outside an event loop, as here, Prefect answers with the deployment itself rather than a coroutine.
    return cast("RunnerDeployment", of.to_deployment(name=name, interval=every, concurrency_limit=1, **more))


def serve_all(desk: Desk, *, stages: bool = True) -> None:
    """Serve the deployments until interrupted."""
    serve(*deployments(list(desk.outlets.values()), stages=stages), limit=desk.settings.crawls + 3)
