"""Prefect's runs that are late or were killed in, one late run a deployment left out: the rest is told why it is over.

Prefect begins every run that it missed, one after another (issue 19313 there), and calls a run that was killed running for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled, Crashed

if TYPE_CHECKING:
    from uuid import UUID

    from prefect.client.orchestration import SyncPrefectClient

PAGE: Final = 200
MOST: Final = 20_000
"""Runs looked at: more than fifty outlets miss in a week."""
UNDER_WAY: Final = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]


def settle_runs(client: SyncPrefectClient, deployments: Set[UUID], *, whoever_asked: bool = False) -> tuple[int, int]:
    """To be called before any run of these deployments may begin: how many late ones were called off, and how many were found
    that had been killed. Runs that a person asked for are left to begin, unless `whoever_asked`."""
    kept: set[UUID] = set()
    late = killed = 0
    for run in list(_runs(client, [StateType.SCHEDULED])):
        if run.deployment_id is None or run.deployment_id not in deployments or not (run.auto_scheduled or whoever_asked):
            continue
        if run.deployment_id not in kept:
            kept.add(run.deployment_id)   # the newest comes first
            continue
        client.set_flow_run_state(run.id, Cancelled(message="a later run was for this one, too"), force=True)
        late += 1
    for run in list(_runs(client, UNDER_WAY)):
        if run.deployment_id in deployments:
            client.set_flow_run_state(run.id, Crashed(message="its process was killed with the schedule"), force=True)
            killed += 1
    return late, killed


def _runs(client: SyncPrefectClient, states: list[StateType]) -> Iterator[FlowRun]:
    """Those whose time has come, the newest first."""
    wanted = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=states)),
                           expected_start_time=FlowRunFilterExpectedStartTime(before_=datetime.now(UTC)))
    for offset in range(0, MOST, PAGE):
        page = client.read_flow_runs(
            flow_run_filter=wanted, sort=FlowRunSort.EXPECTED_START_TIME_DESC, limit=PAGE, offset=offset)
        yield from page
        if len(page) < PAGE:
            return
