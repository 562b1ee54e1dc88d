"""Fixtures of the digests' tests: the second mail server."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.warehouse.digest.exim import Exim, NoEximError, exim, program


@pytest.fixture
def with_exim() -> None:
    """Skips where Exim is not installed, which CI=true makes a failure."""
    try:
        program()
    except NoEximError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI=true demands Exim: {error}")
        pytest.skip(f"Exim: {error}")


@pytest.fixture
def second_server(with_exim: None) -> Iterator[Exim]:
    """Exim, running."""
    with exim() as server:
        yield server
