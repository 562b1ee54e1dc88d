"""Requests to the page in, the queries that they ask of the snapshot out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from warehouse.web.reading import Reading


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """What is asked within the block, in order."""
    asked: list[str] = []
    execute, arrow = Reading.execute, Reading.arrow

    def counted(self: Reading, sql: str, *more: Any, **given: Any) -> Any:
        asked.append(sql)
        return execute(self, sql, *more, **given)

    def counted_arrow(self: Reading, sql: str, *more: Any, **given: Any) -> Any:
        asked.append(sql)
        return arrow(self, sql, *more, **given)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reading, "execute", counted)
        patch.setattr(Reading, "arrow", counted_arrow)
        yield asked
