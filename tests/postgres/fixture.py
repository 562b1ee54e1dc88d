"""Pytest fixtures: a PostgreSQL server for the session, and an empty database for a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lacking import skip_without
from tests.postgres.server import NoPostgresError, Server, programs


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A server; skips where PostgreSQL is not installed, which CI=true makes a failure."""
    try:
        programs()
    except NoPostgresError as error:
        skip_without("PostgreSQL", error)
    with Server() as server:
        yield server


@pytest.fixture
def postgres(postgres_server: Server) -> str:
    """The SQLAlchemy address of an empty database."""
    return postgres_server.database()
