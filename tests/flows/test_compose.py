"""The services of docker-compose.yml, run natively against a real broker, PostgreSQL and Prefect: articles reach the warehouse,
every health check succeeds, and SIGTERM ends each in time."""

from __future__ import annotations

import json
import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from pipeline.bus import open_bus
from pipeline.dead import open_counts
from pipeline.topology import STAGES
from tests.broker.fixture import demand_broker
from tests.flows.compose import IMAGE, Local, Service, read_compose, services_of
from tests.flows.compose_broker import broker_of
from tests.lacking import skip_without
from tests.postgres.server import NoPostgresError, Server, programs
from tests.world import World
from tests.world.fixture import START

pytestmark = [pytest.mark.kafka, pytest.mark.slow, pytest.mark.timeout(900)]

GIVEN = {"POSTGRES_PASSWORD": "unused", "MARSAD_USER_AGENT": "Test/1 (+https://newsroom.example/bot)"}
STAND_INS = {"kafka", "postgres", "mail"}
"""Services of others, for which a broker, a server and a catcher of the tests stand in."""
ENDS = ("prefect", "deploy")
"""Started in this order, before all others."""
READY_SECONDS = 180.0
ARTICLES_SECONDS = 300.0
PAUSE = 1.0
ENDED_WELL = {0, -15, 130, 143}


def test_the_articles_arrive_and_every_service_is_well(tmp_path: Path) -> None:
    demand_broker()
    rows = read_compose(GIVEN)
    with ExitStack() as stack:
        world = stack.enter_context(World(tmp_path / "world", now=START))
        local = stack.enter_context(stand_ins(tmp_path, world, rows))
        services = stack.enter_context(services_of(local, GIVEN))
        assert set(services) == set(rows["services"]) - STAND_INS, "a service of neither kind runs in no test"
        start_all(services)
        api = services["crawler"].environment()["PREFECT_API_URL"]
        for outlet in world.bases:
            run_now(api, f"crawl/{outlet}")
        await_articles(world, api, services["loader"])
        await_well(services)
        with open_bus(f"kafka://{local.kafka}", str(tmp_path)) as bus:
            assert open_counts(bus).total() == 0
            assert sum(lag.waiting for stage in STAGES for lag in bus.lag(stage.group, stage.consumes.names())) == 0
        for name in reversed([*services]):
            if name != "deploy":
                assert services[name].stop() in ENDED_WELL, name


@contextmanager
def stand_ins(folder: Path, world: World, rows: dict[str, Any]) -> Iterator[Local]:
    """What the compose file takes from others, started here with its settings; the addresses by which it is reached."""
    with ExitStack() as stack:
        postgres = stack.enter_context(server())
        with psycopg.connect(f"host=127.0.0.1 port={postgres.port} user=marsad dbname=postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE marsad")
            connection.execute(rows["configs"]["databases"]["content"])
        kafka = stack.enter_context(broker_of(rows["services"]["kafka"], folder / "kafka", free_ports(2)))
        catcher = Controller(Sink(), hostname="127.0.0.1", port=free_ports(1)[0])
        catcher.start()
        stack.callback(catcher.stop)
        yield Local(folder, world.outlets, kafka, postgres.port, catcher.port, ports_of(rows["services"]))


def server() -> Server:
    try:
        programs()
    except NoPostgresError as error:
        skip_without("PostgreSQL", error)
    return Server()


def ports_of(rows: dict[str, Any]) -> dict[tuple[str, int], int]:
    """A free port here for each that a service of ours listens on; two in a row where its instances count on from it."""
    ports = {}
    for name, row in rows.items():
        if row["image"] != IMAGE:
            continue
        said = " ".join([*row["command"], *row["environment"].values()])
        for port in (4200, 8080, 9464, 9465):
            if str(port) in said.replace(f"prefect:{port}", "" if name != "prefect" else f"prefect:{port}"):
                ports[name, port] = free_ports(2)[0]
    return ports


def free_ports(count: int) -> list[int]:
    """So many free ports, one after another."""
    while True:
        with ExitStack() as held:
            first = held.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            start = first.getsockname()[1]
            try:
                for number in range(1, count):
                    held.enter_context(socket.socket()).bind(("127.0.0.1", start + number))
            except (OSError, OverflowError):
                continue
            return list(range(start, start + count))


def start_all(services: dict[str, Service]) -> None:
    """In the order that the file asks for."""
    services["prefect"].start()
    awaited(READY_SECONDS, services["prefect"].trouble)
    services["deploy"].start()
    assert services["deploy"].ran(READY_SECONDS) == 0, services["deploy"].log.read_text()[-2000:]
    for name, service in services.items():
        if name not in ENDS:
            service.start()
    for name, service in services.items():
        if name not in (*ENDS, "web"):   # the page is well once something is published
            awaited(READY_SECONDS, service.trouble)


def await_well(services: dict[str, Service]) -> None:
    for name, service in services.items():
        if name != "deploy":
            awaited(READY_SECONDS, service.trouble)


def awaited(seconds: float, trouble: Callable[[], str | None]) -> None:
    """Wait until there is none any more."""
    deadline = time.monotonic() + seconds
    while (told := trouble()) is not None:
        assert time.monotonic() < deadline, told
        time.sleep(PAUSE)


def run_now(api: str, deployment: str) -> None:
    """Ask Prefect for a run of a deployment, as a person on its page does."""
    found = asked(f"{api}/deployments/name/{deployment}")
    asked(f"{api}/deployments/{found['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}})


def asked(url: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, {"Content-Type": "application/json"}), timeout=30) as answer:
        return json.load(answer)


def await_articles(world: World, api: str, loader: Service) -> None:
    """Until the snapshot holds every article of the press, loading now and then (its own schedule is two minutes)."""
    wanted = {row["url"] for row in world.truth if row["kind"] == "article" and not row.get("robots_disallowed")}
    assert len(wanted) > 50
    deadline, ask_at = time.monotonic() + ARTICLES_SECONDS, 0.0
    while missing := wanted - set(urls(Path(loader.environment()["MARSAD_DATA"]) / "marsad.duckdb")):
        assert time.monotonic() < deadline, f"{len(missing)} of {len(wanted)} articles missing: {sorted(missing)[:5]}"
        if time.monotonic() >= ask_at:
            run_now(api, "load/warehouse")
            run_now(api, "publish/snapshot")
            ask_at = time.monotonic() + 30.0
        time.sleep(PAUSE)


def urls(snapshot: Path) -> Iterator[str]:
    if snapshot.is_file():
        with duckdb.connect(str(snapshot), read_only=True) as connection:
            yield from (url for (url,) in connection.execute("SELECT url FROM articles").fetchall())
