"""Fixtures of real Kafka clusters, started once a test session; where none can be started the tests say why and are skipped.

With CI=true such a skip is a failure.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.broker.cluster import Cluster
from tests.broker.jars import NoBrokerError, jars, java
from tests.lacking import skip_without


def demand_broker() -> None:
    """Skip the test where no broker can be started."""
    try:
        java()
        jars()
    except NoBrokerError as error:
        skip_without("a Kafka broker", error)


def _cluster(factory: pytest.TempPathFactory, brokers: int) -> Iterator[Cluster]:
    demand_broker()
    with Cluster(factory.mktemp(f"kafka-{brokers}"), brokers) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One broker."""
    yield from _cluster(tmp_path_factory, 1)


@pytest.fixture(scope="session")
def kafka3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three brokers, each record on all of them."""
    yield from _cluster(tmp_path_factory, 3)


@pytest.fixture
def own_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One broker for one test, that uses the topics of the topology or stops the broker."""
    yield from _cluster(tmp_path_factory, 1)
