"""The Prefect flow `load`: placed articles on the bus in, tables and a published snapshot out. Never two at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run

from config.settings import Settings, settings
from flows import ephemeral
from flows.artifacts import show_link, show_table
from flows.desk import Desk, new_run_id
from warehouse.load import LoadReport, load
from warehouse.publication import publish_all
from warehouse.snapshot import Published


@dataclass(frozen=True)
class Loaded:
    """What one load flow run did."""

    report: LoadReport
    published: Published | None
    flow_run_id: str
    flow_run_name: str


def drain_and_publish(
    on: Settings, *, run_id: str, seconds: float | None = None, force: bool = False,
) -> tuple[LoadReport, Published | None]:
    """Load until nothing waits or `seconds` have passed, then publish what is due (all that changed with `force`)."""
    with Desk(on).bus() as bus:
        report = load(bus, on, run_id=run_id, seconds=seconds)
    return report, publish_all(on, force=force)


@flow(name="load", log_prints=False, validate_parameters=False, persist_result=False)
def load_flow(seconds: float | None = 300.0, force_publish: bool = False) -> Loaded:
    """Drain the bus into DuckDB until idle or the time limit, then publish."""
    report, published = drain_and_publish(
        settings(), run_id=new_run_id(), seconds=seconds, force=force_publish)
    show_table("load", "What was loaded", [asdict(report)])
    if published:
        show_table("snapshot", f"The snapshot of {published.published_at}: rows by table",
                   [{"table": name, "rows": count} for name, count in published.rows.items()])
        show_link("page", "Marsad's page", settings().web_url)
    return Loaded(report, published, str(flow_run.id), str(flow_run.name))


def run_load(*, seconds: float | None = None) -> tuple[Loaded, State[Loaded]]:
    """The flow, run now on whatever API is configured (ephemeral by default). Raises what the load raised, and ApiError."""
    ephemeral.await_ready()
    state: State[Loaded] = load_flow(seconds=seconds, force_publish=True, return_state=True)
    return state.result(), state
