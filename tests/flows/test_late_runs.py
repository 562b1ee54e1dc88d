"""After an outage one late run a deployment is left, and what was killed is called so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from prefect import flow, get_client
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Running, Scheduled

from flows.late_runs import settle_runs

pytestmark = pytest.mark.slow
NOW = datetime.now(UTC)


@flow(name="late-one")
def late_one() -> None:
    """Does nothing."""


@pytest.fixture
def client(prefect_api: str) -> Iterator[SyncPrefectClient]:
    with temporary_settings({PREFECT_API_URL: prefect_api}), get_client(sync_client=True) as opened:
        yield opened


def test_one_late_run_is_left_and_the_killed_are_named(client: SyncPrefectClient) -> None:
    about = client.create_flow(late_one)
    ours, other = (client.create_deployment(flow_id=about, name=name) for name in ("ours", "other"))

    def run(deployment: object, minutes: int) -> FlowRun:
        return client.create_flow_run_from_deployment(
            deployment, state=Scheduled(scheduled_time=NOW - timedelta(minutes=minutes)))  # type: ignore[arg-type]
    late = [run(ours, minutes) for minutes in (30, 20, 10)]
    coming, elsewhere, killed = run(ours, -30), run(other, 30), run(ours, 45)
    client.set_flow_run_state(killed.id, Running(), force=True)
    assert settle_runs(client, {ours}, whoever_asked=True) == (2, 1)
    states = [client.read_flow_run(one.id).state_name for one in (*late, coming, elsewhere, killed)]
    assert states == ["Cancelled", "Cancelled", "Scheduled", "Scheduled", "Scheduled", "Crashed"]
