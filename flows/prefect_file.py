"""Outlets in, the file that `prefect deploy --all` reads out: `python -m flows.prefect_file` writes flows/prefect.yaml anew."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import yaml

from config.outlet import load_outlets
from config.settings import ROOT, settings
from flows.schedule import SLUG, Planned, planned

FILE: Final = Path(__file__).with_name("prefect.yaml")
POOL: Final = "marsad"
HEAD: Final = """\
# Made from the outlets' files by `python -m flows.prefect_file`; do not edit. Deployed from the project's folder:
#   prefect work-pool create marsad --type process
#   prefect --no-prompt deploy --all --prefect-file flows/prefect.yaml
#   prefect worker start --pool marsad
# Where another deployment of the same outlet still runs, a new run is cancelled: the outlet's next one makes up for it.
"""


def content() -> str:
    """The file's text for the outlets that are configured."""
    outlets = list(load_outlets(settings().outlets).values())
    entries = [_entry(one) for one in planned(outlets, stages=True)]
    return HEAD + yaml.safe_dump({"name": "marsad", "deployments": entries}, sort_keys=False, allow_unicode=True, width=130)


def _entry(one: Planned) -> dict[str, Any]:
    source = one.flow.fn.__code__.co_filename
    entry: dict[str, Any] = {
        "name": one.name, "description": one.description, "tags": list(one.tags),
        "entrypoint": f"{Path(source).relative_to(ROOT).as_posix()}:{one.flow.fn.__name__}",
        "parameters": one.parameters, "work_pool": {"name": POOL},
        "concurrency_limit": {"limit": 1, "collision_strategy": "CANCEL_NEW"},
    }
    if one.every:
        entry["schedules"] = [{
            "interval": int(one.every.total_seconds()), "anchor_date": one.anchor.isoformat(), "timezone": "UTC",
            "active": one.active, "slug": SLUG}]
    return entry


if __name__ == "__main__":
    FILE.write_text(content(), encoding="utf-8")
    sys.stdout.write(f"{FILE}\n")
