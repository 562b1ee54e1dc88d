"""The folder of site profiles in, an outlet's newest SiteProfile out; each is a numbered file that never changes."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import structlog

from pipeline.extract.profile import SiteProfile, decode_profile, encode_profile

log = structlog.get_logger(__name__)


def newest(folder: Path, outlet: str) -> SiteProfile | None:
    """The profile of the highest number that can be read; None before the first."""
    files = sorted((folder / outlet).glob("*.json"), key=_number, reverse=True)
    for file in files:
        try:
            return decode_profile(file.read_bytes())
        except (OSError, msgspec.MsgspecError) as error:
            log.warning("profile_unreadable", file=str(file), error=str(error))
    return None


def keep(folder: Path, profile: SiteProfile) -> Path:
    """Write a profile under its number. Raises FileExistsError where that number is taken: profiles never change."""
    target = folder / profile.outlet / f"{profile.number}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(f".{os.getpid()}.new")
    try:
        with temporary.open("wb") as file:
            file.write(encode_profile(profile))
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, target)   # unlike a rename, it refuses to replace what is there
    finally:
        temporary.unlink(missing_ok=True)
    return target


def next_number(folder: Path, outlet: str) -> int:
    """One more than the highest number that was ever given, readable or not."""
    return max((_number(file) for file in (folder / outlet).glob("*.json")), default=0) + 1


class Profiles:
    """The newest profile of every outlet, looked up anew only where its folder has changed."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known: dict[str, tuple[int, SiteProfile | None]] = {}

    def of(self, outlet: str) -> SiteProfile | None:
        """The outlet's newest profile."""
        if self._folder is None:
            return None
        try:
            changed = (self._folder / outlet).stat().st_mtime_ns
        except (OSError, ValueError):
            return None
        known = self._known.get(outlet)
        if known is None or known[0] != changed:
            known = self._known[outlet] = (changed, newest(self._folder, outlet))
        return known[1]


def _number(file: Path) -> int:
    return int(file.stem) if file.stem.isdecimal() else 0
