"""Fixtures of the digests' tests: the second mail server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lacking import skip_without
from tests.warehouse.digest.exim import Exim, NoEximError, exim, program


@pytest.fixture
def with_exim() -> None:
    """Skips where Exim is not installed, which CI=true makes a failure."""
    try:
        program()
    except NoEximError as error:
        skip_without("Exim", error)


@pytest.fixture
def second_server(with_exim: None) -> Iterator[Exim]:
    """Exim, running."""
    with exim() as server:
        yield server
