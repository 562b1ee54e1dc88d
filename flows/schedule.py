"""The outlets' YAML in, Prefect deployments served from one process out: a crawl an outlet, work, load and digest."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from prefect import flow, serve

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


def deployments(outlets: list[Outlet]) -> list[RunnerDeployment]:
    """One deployment a verified outlet at its own rhythm, and one each for work, load and digest; never two runs of one."""
    ours = [
        crawl_flow.to_deployment(
            name=outlet.id, parameters={"outlet": outlet.id}, concurrency_limit=1,
            interval=timedelta(minutes=outlet.every_minutes), tags=["crawl"], description=outlet.title)
        for outlet in verified(outlets)[0]
    ]
    ours.append(work_flow.to_deployment(name="stages", interval=WORK_EVERY, concurrency_limit=1))
    ours.append(load_flow.to_deployment(name="warehouse", interval=LOAD_EVERY, concurrency_limit=1))
    ours.append(digest_flow.to_deployment(name="subscribers", interval=DIGEST_EVERY, concurrency_limit=1))
    return ours


def serve_all(desk: Desk) -> None:
    """Serve the deployments until interrupted."""
    serve(*deployments(list(desk.outlets.values())), limit=desk.settings.crawls + 3)
