"""Alarms that were told in, kept where a lost database or a full disk cannot make us tell them again and again; read back out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
import structlog

from config.settings import Settings
from pipeline.state import AWAY, open_state
from pipeline.state.alarms import Alarms, StandingAlarm

log = structlog.get_logger(__name__)
FILE: Final = "alarms.told"
SIZE: Final = 262_144
"""Bytes that the file has from its beginning: writing over them needs no space."""


class Kept(msgspec.Struct, frozen=True):
    """What the file holds."""

    unsaved: bool
    """The operational state could not be told: it is the file that knows."""
    standing: tuple[StandingAlarm, ...]


def known_alarms(on: Settings) -> dict[str, StandingAlarm]:
    """Every alarm that is known, by key: from the operational state, or from the file where that is away or behind."""
    kept = _read(on.data / FILE)
    if not kept.unsaved:
        with suppress(*AWAY), open_state(on.operational_url) as state:
            return Alarms(state).all()
    return {one.key: one for one in kept.standing}


def keep_alarms(on: Settings, standing: Iterable[StandingAlarm]) -> None:
    """Keep these and no others, in the state and in the file. Never raises: an alarm must go out while all else fails."""
    rows, unsaved = tuple(standing), True
    try:
        with open_state(on.operational_url) as state:
            Alarms(state).replace(rows)
        unsaved = False
    except AWAY as error:
        log.error("alarms_not_in_state", error=str(error).splitlines()[0])
    _write(on.data / FILE, Kept(unsaved, rows))


def _read(path: Path) -> Kept:
    try:
        return msgspec.json.decode(path.read_bytes().rstrip(), type=Kept)
    except (OSError, msgspec.DecodeError):
        return Kept(unsaved=False, standing=())


def _write(path: Path, kept: Kept) -> None:
    """Over what is there, in place: a new file would find no room on a full disk."""
    content = msgspec.json.encode(kept)
    while len(content) > SIZE:
        kept = Kept(kept.unsaved, kept.standing[:len(kept.standing) // 2])
        content = msgspec.json.encode(kept)
    try:
        with path.open("r+b" if path.exists() else "w+b") as file:
            file.write(content.ljust(SIZE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        log.error("alarms_not_in_file", error=str(error))
