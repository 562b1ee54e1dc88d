"""What a flow run did in, a table (and a link) on its page in Prefect out. Outside a run or where Prefect refuses: nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import structlog
from prefect.artifacts import create_link_artifact, create_table_artifact
from prefect.runtime import flow_run

log = structlog.get_logger(__name__)
MOST_ROWS: Final = 200
"""Rows of one table; a page that shows more is read by nobody."""


def show_table(key: str, description: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """A table under that key (letters, digits and dashes): its newest version stands first in Prefect."""
    if not flow_run.id or not rows:
        return
    plain = [{name: value if isinstance(value, int | float) else str(value) for name, value in row.items()}
             for row in rows[:MOST_ROWS]]
    try:
        create_table_artifact(table=plain, key=key_of(key), description=description)
    except Exception as error:
        # The run has done its work: that its page lacks a table must not make it a failed one.
        log.warning("no_artifact", key=key, error=str(error)[:300])


def show_link(key: str, text: str, url: str) -> None:
    """A link under that key."""
    if not flow_run.id:
        return
    try:
        create_link_artifact(link=url, link_text=text, key=key_of(key), description=text)
    except Exception as error:
        # As above.
        log.warning("no_artifact", key=key, error=str(error)[:300])


def key_of(name: str) -> str:
    """The name as Prefect wants keys: small letters, digits and dashes."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower()).strip("-") or "run"
