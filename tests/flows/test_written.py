"""Every command that README and runbook write exists, with options that exist, and does what it says in a sandbox."""

from __future__ import annotations

import json
import shlex
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.exceptions import TyperException

from config.settings import ROOT
from flows.cli import app
from tests.flows.command import HEEDS_CTRL_C, MARSAD, Marsad
from tests.flows.written import FILES, commands, filled
from tests.world import World
from tests.world.fixture import fresh_world

__all__ = ["fresh_world"]
ANY = {"OUTLET": "phare", "NAME": "phare", "X": "phare", "FILE": "file.jsonl", "ID": "0" * 32, "ARTICLE": "0" * 32,
       "URL": "http://127.0.0.1:9/", "DAY": "2026-11-01", "FOLDER": "folder", "STAGE": "extract", "NAME_OR_ID": "name",
       "ADDRESS": "a@example.org", "POOL": "marsad", "...": "asked"}
NEEDS = {"story": ["ID"], "claim": ["ID"], "explain": ["ARTICLE"], "draft": ["URL"], "try": ["OUTLET"], "record": ["NAME", "URL"],
         "check": ["NAME"], "learn": ["NAME"], "show": ["ID"], "retry": ["ID"], "discard": ["ID"], "pause": ["OUTLET"],
         "backfill": ["OUTLET", "--from", "DAY", "--to", "DAY"], "replay": ["--since", "DAY"], "sql": ["SELECT 1"],
         "erase": ["outlet", "NAME", "--reason", "asked"]}
"""What a command that is named without its arguments is given."""
STAYS = ("schedule", "serve", "status --watch", "work")
"""Those that go on until they are stopped."""
NOT_RUN = {
    "outlet check --all": "asks the real outlets over the network; its one-outlet form is run",
    "schedule --pool": "needs a Prefect server: tests/flows/test_deploy.py",
    "restore": "wants an empty folder: tests/flows/test_backup.py",
    "warehouse restore": "replaces the warehouse: tests/warehouse/test_upkeep.py",
    "erase": "destroys: tests/flows/test_erase.py", "dead": "needs a dead letter: tests/flows/test_marked.py",
    "outlet draft": "asks an address of the operator's choice: tests/crawlers/test_draft.py",
    "outlet record": "writes a test into the repository: tests/flows/test_bad_input.py",
    "ingest": "needs a file: tests/crawlers/test_ingest.py",
}
WRITTEN = sorted({one for file in FILES for one in commands(file)})


def resolved(arguments: list[str]) -> tuple[Any, list[str]]:
    """The command that the arguments name, and what is left for it; a group where they end with one."""
    command: Any = typer.main.get_command(app)
    left = arguments[1:]
    while (named := getattr(command, "commands", None)) and left and not left[0].startswith("-"):
        assert left[0] in named, f"no command {left[0]!r}"
        command, left = named[left[0]], left[1:]
    return command, left


def complete(written: str) -> list[str]:
    arguments = filled(written, ANY)
    more = NEEDS.get(arguments[-1], []) if arguments[-1] != "--since" else ["DAY"]
    return [*arguments, *(ANY.get(word, word) for word in more)]


@pytest.mark.parametrize("written", WRITTEN)
def test_it_exists_with_its_options(written: str) -> None:
    command, left = resolved(complete(written))
    if not getattr(command, "commands", None):
        # Parses, and so refuses what is not there, without running it.
        command.make_context("marsad", left)


@pytest.mark.parametrize("wrong", ["marsad backup folder --everything", "marsad outlet rename phare", "marsad status --follow"])
def test_what_is_not_there_is_refused(wrong: str) -> None:
    with pytest.raises((AssertionError, TyperException)):
        test_it_exists_with_its_options(wrong)


def test_the_files_write_many() -> None:
    assert len(WRITTEN) > 40


@pytest.mark.campaign
@pytest.mark.timeout(1800)
def test_each_runs_as_written(tmp_path: Path, fresh_world: World, prefect_api: str) -> None:
    marsad = Marsad(tmp_path / "data", fresh_world.outlets, prefect_api)
    outlet = sorted(fresh_world.bases)[0]
    assert marsad("run", outlet).code == 0
    values = {**ANY, "OUTLET": outlet, "NAME": outlet, "X": outlet, "FOLDER": str(tmp_path / "kept"),
              "FILE": str(tmp_path / "page.html")}
    for kind, table, column in (
            ("ID", "claims", "claim_id"), ("ARTICLE", "articles", "article_id"), ("STORY", "stories", "story_id")):
        told = marsad("sql", f"SELECT {column} AS id FROM {table} LIMIT 1", "--format", "json")
        values[kind] = json.loads(told.out.splitlines()[0])["id"]
    failed = []
    for written in WRITTEN:
        rest = written.removeprefix("marsad ")
        if any(rest == name or rest.startswith(f"{name} ") for name in NOT_RUN):
            continue
        arguments = [values.get(word, word) for word in filled(shlex.join(complete_words(written)), values)][1:]
        arguments = [str(tmp_path / "kept") if word.startswith("/mnt/") else word for word in arguments]
        if arguments[0] == "story":
            arguments[1] = values["STORY"]
        stays = next((name for name in STAYS if rest == name or rest.startswith(f"{name} ")), None)
        code, said = started_and_stopped(marsad, arguments) if stays else ran(marsad, arguments)
        if code not in ((0, 1) if arguments[0] in ("health", "doctor", "outlet") else (0,)):
            failed.append(f"{' '.join(arguments)}: {code} {said[-300:]}")
    assert failed == []


def complete_words(written: str) -> list[str]:
    words = shlex.split(written)
    return [*words, *(NEEDS.get(words[-1], []) if words[-1] != "--since" else ["DAY"])]


def ran(marsad: Marsad, arguments: list[str]) -> tuple[int, str]:
    done = marsad(*arguments)
    return done.code, done.out + done.err


def started_and_stopped(marsad: Marsad, arguments: list[str]) -> tuple[int, str]:
    """Runs for a while, and ends well when asked to."""
    file = marsad.data / "said"
    with file.open("wb") as said:
        process = subprocess.Popen(
            [*HEEDS_CTRL_C, MARSAD, *arguments], env=marsad.environment(), cwd=ROOT, stdout=said, stderr=said)
        time.sleep(15)
        early = process.poll()
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            return 99, "does not end when asked to"
    text = file.read_text(errors="replace")
    if early is not None:
        return early or 98, text
    return (0 if process.returncode in (0, 1, 130, -signal.SIGINT) else process.returncode), text
