"""Digests sent by mail, with SIGKILL at random moments and a mail server that fails: is every claim told once to every reader?

    python -m tests.bench.mail_kills [--runs 300] [--claims 300] [--seed 1] [--server aiosmtpd|exim]

A claim may arrive twice only under one Message-ID, where the fault fell after DATA; the mails are read to tell.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import re
import select
import signal
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final

from config.settings import Settings
from pipeline.bus import open_bus
from pipeline.codec import encode
from pipeline.events import Amount
from pipeline.state import open_state
from pipeline.state.deliveries import Ledger
from pipeline.state.letters import Letters
from pipeline.topology import CLAIM_EVENTS, DIGEST_GROUP, TOPICS
from tests.warehouse.digest.exim import exim
from tests.warehouse.digest.samples import Says, claim_event

READERS = {"eau": ("anna@one.example", "badr@two.example"), "tout": ("chama@three.example",), "soir": ("anna@one.example",)}
LONGEST_SECONDS = 0.5
"""Kills come within this time at first, then within the shortest run seen: later ones would hit nothing."""
FAULTS = ("rcpt 450", "data 451", "data 421", "data drop", "rcpt hang")
START = datetime(2026, 11, 24, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Outcome:
    """What a campaign saw."""

    runs: int
    killed: int
    mails: int
    twice: int
    """Mails that arrived twice, under one Message-ID."""
    missing: int
    """Claims that a reader was never told."""
    repeated: int
    """Claims that a reader was told by two different mails."""


@dataclass(frozen=True)
class Office:
    """A mail server: how it is reached, and what writes down the mails that it took."""

    settings: dict[str, Any]
    write_mails: Callable[[], None] = lambda: None


def campaign(folder: Path, runs: int, claims: int, seed: int, server: str = "aiosmtpd") -> Outcome:
    """Announce `claims` claims over `runs` runs, kill about two thirds of them, then run to the end."""
    draw = random.Random(seed)
    with SERVERS[server](folder, seed) as office:
        settings = settings_in(folder, office.settings)
        killed, announced, shortest = 0, 0, LONGEST_SECONDS
        for run in range(runs):
            upto = min(claims, announced + -(-claims * 3 // (2 * runs)))
            announce(settings, announced, upto)
            announced = upto
            kill_after = draw.uniform(0.05, 1.0) * shortest if draw.random() < 0.7 else None
            was_killed, seconds = one_run(settings, START + timedelta(minutes=run), kill_after)
            killed += was_killed
            shortest = shortest if was_killed else min(shortest, seconds)
        announce(settings, announced, claims)
        for extra in range(30):
            one_run(settings, START + timedelta(minutes=runs + 15 * extra), None)
            if not waits(settings):
                break
        office.write_mails()
        return judge(folder, runs, killed, claims)


def waits(settings: Settings) -> bool:
    """True while events, issues or letters wait."""
    with open_bus("embedded", str(settings.data)) as bus, open_state(settings.operational_url) as state:
        ledger = Ledger(state.engine)
        return (any(lag.waiting for lag in bus.lag(DIGEST_GROUP, CLAIM_EVENTS.names()))
                or any(ledger.pending(digest, 1) or ledger.unfinished(digest) for digest in READERS)
                or Letters(state.engine).states().get("waiting", 0) > 0)


def one_run(settings: Settings, now: datetime, kill_after: float | None) -> tuple[bool, float]:
    """Send what is due in a process of its own; whether it was killed, and the seconds it took."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            send(settings, now)
            code = 0
        finally:
            os._exit(code)
    ended = os.pidfd_open(child)
    try:
        if not select.select([ended], [], [], kill_after)[0]:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    finally:
        os.close(ended)
    return os.WIFSIGNALED(status), time.monotonic() - began


def send(settings: Settings, now: datetime) -> None:
    """As `marsad digest --now` does, with pauses short enough for a bench."""
    import structlog

    from warehouse.digest import postman
    from warehouse.digest.send import send_due

    structlog.configure(logger_factory=structlog.PrintLoggerFactory(open(os.devnull, "w", encoding="utf-8")))  # noqa: SIM115
    postman.LEASE, postman.BACK_OFF = timedelta(seconds=1.5), (timedelta(seconds=0.2),)  # type: ignore[misc]
    with open_bus("embedded", str(settings.data)) as bus, open_state(settings.operational_url) as state:
        send_due(bus, state, settings, now=now, run_id="run", force=True)


def announce(settings: Settings, since: int, until: int) -> None:
    """Claims `since` up to `until` onto the bus."""
    with open_bus("embedded", str(settings.data)) as bus:
        bus.ensure(TOPICS)
        with bus.producer() as producer:
            for number in range(since, until):
                said = replace(Says(), headline=f"Sujet {number}", sentence=f"Il en coûtera {number} dirhams.", fields=Amount(
                    value=float(number), currency="MAD", surface=f"{number} dirhams", subject=f"objet {number:05d}"))
                event = claim_event(said, claim=f"claim-{number}", seq=number + 1, story_id=f"story-{number}")
                producer.send(CLAIM_EVENTS.name, event.claim_id, *encode(event))


def judge(folder: Path, runs: int, killed: int, claims: int) -> Outcome:
    """Read the mails: by digest and reader, which claims which Message-ID told."""
    lines = [json.loads(line) for line in (folder / "mails.jsonl").read_text("utf-8").splitlines()]
    accepted = Counter(line["id"] for line in lines)
    told: dict[tuple[str, str], Counter[str]] = {(digest, one): Counter() for digest, some in READERS.items() for one in some}
    for line in {line["id"]: line for line in lines}.values():
        told[line["digest"], line["to"]].update(set(line["claims"]))
    wanted = {f"{number:05d}" for number in range(claims)}
    return Outcome(
        runs=runs, killed=killed, mails=len(accepted), twice=sum(count > 1 for count in accepted.values()),
        missing=sum(len(wanted - set(counts)) for counts in told.values()),
        repeated=sum(count > 1 for counts in told.values() for count in counts.values()))


def settings_in(folder: Path, server: dict[str, Any]) -> Settings:
    """Three digests for two, one and one readers."""
    (folder / "outlets").mkdir()
    (folder / "outlets" / "medias24.yml").write_text("{title: Médias24, language: fr}", "utf-8")
    (folder / "taxonomy.yml").write_text("{topics: {}, sectors: {}, announcements: {}}", "utf-8")
    (folder / "entities.yml").write_text("entities: {}", "utf-8")
    digests = {digest: {"title": {"fr": digest}, "language": "fr", "to": list(readers)} for digest, readers in READERS.items()}
    (folder / "digests.yml").write_text(json.dumps({"digests": digests}), "utf-8")
    return Settings(
        _env_file=None, data=folder / "data", outlets=folder / "outlets", taxonomy=folder / "taxonomy.yml",
        entities=folder / "entities.yml", digests=folder / "digests.yml", smtp_host="127.0.0.1",
        mail_from="digest@marsad.example", mail_a_minute=100_000, **server)


@contextmanager
def mail_server(folder: Path, seed: int) -> Iterator[Office]:
    """A mail server in a process of its own that fails one letter in five, in every way it knows."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    spawning = multiprocessing.get_context("spawn")
    process = spawning.Process(target=serve_mail, args=(port, folder / "mails.jsonl", seed), daemon=True)
    process.start()
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield Office({"smtp_port": port, "smtp_security": "plain", "smtp_seconds": 0.5})
    process.terminate()
    process.join(10)


@contextmanager
def second_server(folder: Path, seed: int) -> Iterator[Office]:
    """Exim over TLS, which puts off one letter in five (not the same ones again: it draws by itself)."""
    with exim(one_in=5) as server:
        def write_mails() -> None:
            (folder / "mails.jsonl").write_text("", "utf-8")
            for mail in server.delivered():
                write_down(folder / "mails.jsonl", str(mail["Envelope-to"]), mail)
        yield Office({"smtp_port": server.port, "smtp_security": "starttls", "smtp_ca": server.certificate, "smtp_seconds": 5.0},
                     write_mails)


SERVERS: Final = {"aiosmtpd": mail_server, "exim": second_server}


def serve_mail(port: int, path: Path, seed: int) -> None:
    """Serve until terminated; each mail taken is a line of `path`."""
    from aiosmtpd.controller import Controller

    from tests.warehouse.digest.mail_server import Box

    draw = random.Random(seed)
    path.write_text("", "utf-8")

    class Faulty(Box):
        def _fault(self, address: str, at: str) -> str | None:
            if at == "rcpt":
                self.faults[address] = [draw.choice(FAULTS)] if draw.random() < 0.2 else []
            return super()._fault(address, at)

        def _take(self, address: str, mail: EmailMessage) -> None:
            # On disk before the server says so: who reads the file after the last letter finds it there.
            write_down(path, address, mail)

    controller = Controller(Faulty(), hostname="127.0.0.1", port=port)
    controller.start()
    threading.Event().wait()


def write_down(path: Path, to: str, mail: EmailMessage) -> None:
    """What the mail tells, from its text part."""
    body = mail.get_body(("plain",))
    assert body is not None
    line = {"to": to, "id": mail["Message-ID"], "digest": str(mail["List-Id"]).strip("<>").split(".")[0],
            "claims": re.findall(r"objet (\d{5})", body.get_content())}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def main() -> None:
    """Run a campaign and print what it saw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--claims", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--server", choices=SERVERS, default="aiosmtpd")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(campaign(Path(folder), given.runs, given.claims, given.seed, given.server))


if __name__ == "__main__":
    main()
