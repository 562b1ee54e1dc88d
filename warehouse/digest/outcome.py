"""What became of a letter that was handed over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Taken:
    """The other side has it."""


@dataclass(frozen=True)
class Later:
    """Not now: it is tried again."""

    told: str


@dataclass(frozen=True)
class Never:
    """The other side will not have it."""

    told: str


@dataclass(frozen=True)
class Failed:
    """The way itself is closed: nothing that goes by it need be tried now."""

    told: str


Outcome = Taken | Later | Never | Failed
