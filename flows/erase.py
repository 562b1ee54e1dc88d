"""An outlet, a person or a reader's address in; every store that holds something of them emptied of it, and told, out.

What stays is told as well: pages of outlets stay as they were published, and logs of the bus end by their retention.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from flows.desk import Desk
from pipeline.dedup.erasure import forget_outlet as forget_texts
from pipeline.model.memory import MEMORY
from pipeline.stages import PLACES, PROFILES
from pipeline.state import State, open_state
from pipeline.state.erasure import forget_outlet
from pipeline.state.letters import Letters
from pipeline.state.pauses import Pauses
from pipeline.state.subscribers import Subscribers
from pipeline.topology import PLACED, RAW_PAGES
from warehouse import erasure
from warehouse.publication import publish_all
from warehouse.search import rebuild
from warehouse.upkeep import compact

Kind = Literal["outlet", "person", "reader"]
LARGEST: Final = 20_000_000
"""Bytes of an issue's file that is looked into."""


@dataclass(frozen=True)
class Step:
    """What was done in one store, or why nothing was."""

    store: str
    done: str

    def __str__(self) -> str:
        return f"{self.store:22} {self.done}"


def erase(desk: Desk, kind: Kind, name: str, *, reason: str) -> Iterator[Step]:
    """Erase, store after store; doing it again is no harm. Raises WarehouseError (BusyError while a load is at work), OSError."""
    with open_state(desk.settings.operational_url) as state:
        if kind == "reader":
            yield _reader(state, name)
            return
        if kind == "outlet":
            Pauses(state).pause(name, datetime.now(UTC), f"erased: {reason}")
            yield Step("tombstone", "paused for good: no schedule crawls it; remove its file from the folder of outlets")
        yield from _warehouse(desk, kind, name, reason)
        data = desk.settings.data
        yield Step("Parquet", _removed(data / "parquet", "`marsad export parquet` makes it anew"))
        yield Step("replays", _removed(data / "replays", "all of them"))
        yield Step("answers of the model", _removed(data / MEMORY, "a memory only; restart a classify stage that is at work"))
        yield Step("issues on disk", _issues(data / "digests", _names(desk, kind, name)))
        if kind == "outlet":
            yield Step("archive", _removed(data / "archive" / name, "its pages"))
            yield Step("profiles", _removed(data / PROFILES / name, "what it repeats"))
            yield Step("place.sqlite", f"{forget_texts(data / PLACES, name)} articles; restart a dedup stage that is at work")
            yield Step("operational state", f"{forget_outlet(state, name)} addresses, ways and times")
        else:
            yield Step("archive", "kept: pages as the outlets published them, read by nobody but a replay")
            yield Step("place.sqlite", "holds no names")
            yield Step("operational state", "holds none but readers: `marsad erase reader ADDRESS`")
    days = f"{RAW_PAGES.retention_days} to {PLACED.retention_days} days"
    yield Step("bus, dead letters", f"kept until their retention ends ({days}); what comes of them is not loaded")
    yield Step("backups", "not touched: remove those made before today, or erase again after restoring one")


def _warehouse(desk: Desk, kind: Literal["outlet", "person"], name: str, reason: str) -> Iterator[Step]:
    on = desk.settings
    done = erasure.erase(on, kind, name, reason=reason)
    yield Step("warehouse", f"{done.articles} articles, {done.facts} facts, {done.mentions} mentions; tombstone kept: "
                            "what comes of them later is not loaded")
    compact(on)
    yield Step("snapshots", str(publish_all(on, force=True) or "nothing was published yet"))
    yield Step("search", f"made anew over {rebuild(on).indexed} articles")


def _reader(state: State, address: str) -> Step:
    """A subscriber's address, with the letters to it."""
    digests = Subscribers(state.engine).erase_address(address)
    letters = sum(Letters(state.engine).drop(digest, address) for digest in digests)
    return Step("operational state", f"{len(digests)} subscriptions and {letters} letters of that address")


def _names(desk: Desk, kind: Kind, name: str) -> tuple[str, ...]:
    """How texts call it."""
    if kind == "outlet":
        known = desk.outlets.get(name)
        return (name, known.title) if known else (name,)
    entity = desk.watch.entities.entities.get(name)
    return (*entity.name.values(), *entity.aliases) if entity else (name,)


def _issues(folder: Path, names: tuple[str, ...]) -> str:
    sought = [name.encode() for name in names]
    gone = 0
    for file in [one for one in folder.rglob("*") if one.is_file()]:
        if file.stat().st_size <= LARGEST and any(one in file.read_bytes() for one in sought):
            file.unlink()
            gone += 1
    return f"{gone} files that name it removed"


def _removed(path: Path, what: str) -> str:
    """A folder, or a SQLite file with the two beside it."""
    if not path.exists():
        return "nothing there"
    if path.is_dir():
        shutil.rmtree(path)
    else:
        for file in (path, *path.parent.glob(f"{path.name}-*")):
            file.unlink(missing_ok=True)
    return f"removed ({what})"
