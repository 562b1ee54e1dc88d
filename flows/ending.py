"""All stages through in, tables, snapshot, digests and a summary out: how a round and an ingest end."""

from __future__ import annotations

from typing import Final

from flows.console import Steps
from flows.desk import Desk
from flows.summary import tell

FAILED: Final = 1


def finish(desk: Desk, shown: Steps) -> bool:
    """Load and publish by the Prefect flow, send digests at once, print the summary. True where the flow did not complete."""
    from flows.digest import send
    from flows.load import run_load

    shown.begin("load")
    loaded, state = run_load()
    shown.end("load", f"flow run {loaded.flow_run_name} ({loaded.flow_run_id}) {state.name}, {loaded.report}")
    shown.begin("digest")
    issues = send(desk.settings, force=True)
    shown.end("digest", "; ".join(str(issue) for issue in issues) or "nothing new to send")
    tell(desk, loaded, issues)
    return not state.is_completed()
