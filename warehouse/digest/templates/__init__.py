"""The name of a template in, the template out; everything that outlets wrote is escaped in it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import jinja2


@lru_cache(maxsize=1)
def templates() -> jinja2.Environment:
    """The digests' templates."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    environment.filters["rfc3339"] = rfc3339
    return environment


def rfc3339(at: datetime) -> str:
    """A time as feeds write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
