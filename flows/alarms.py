"""Troubles found now and alarms known before in, what to tell and what to remember out: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal

from pipeline.state.alarms import StandingAlarm

CALM: Final = 900.0
"""Seconds a trouble must be gone before its end is told: what comes and goes is one alarm."""
HOLD: Final = 2 * 3600.0
"""Seconds within which one alarm is told once at the most."""
FORGET: Final = 86_400.0
"""Seconds after which an alarm that is over is forgotten."""
LISTED: Final = 15
"""Alarms in one message; the rest is counted."""


@dataclass(frozen=True)
class Trouble:
    """Something that is not as it should be."""

    key: str
    """What tells it from others: `blocked:phare`."""
    what: str
    cause: str
    """The probable cause."""
    advice: str
    """What to do."""
    since: datetime
    grade: Literal["alarm", "note"] = "alarm"
    """A note is shown and never sent."""

    def __str__(self) -> str:
        return f"{self.what} (since {self.since:%Y-%m-%d %H:%M} UTC). Probably: {self.cause}. {self.advice}"


@dataclass(frozen=True)
class Decision:
    """What is to be done."""

    tell: tuple[Trouble, ...]
    recovered: tuple[StandingAlarm, ...]
    standing: tuple[StandingAlarm, ...]
    """All that is to be remembered, once the message has gone out."""


def decide(found: Iterable[Trouble], known: Mapping[str, StandingAlarm], now: datetime) -> Decision:
    """Each trouble is told when it is first found, its end when it has been gone for a while; no alarm twice within HOLD."""
    at = now.timestamp()
    current = {one.key: one for one in found if one.grade == "alarm"}
    tell, recovered, standing = [], [], []
    for key, trouble in sorted(current.items()):
        before = known.get(key)
        if before is None or (before.recovered_at is not None and at - (before.told_at or 0.0) >= HOLD):
            tell.append(trouble)
            standing.append(StandingAlarm(key, trouble.what, trouble.since.timestamp(), told_at=at))
        elif before.recovered_at is not None:
            standing.append(before)   # back within HOLD: told once that has passed, if it still lasts
        else:
            standing.append(replace(before, what=trouble.what, gone_at=None))
    for key, before in sorted(known.items()):
        if key in current:
            continue
        gone = before if before.gone_at is not None else replace(before, gone_at=at)
        if gone.recovered_at is None and at - (gone.gone_at or at) >= CALM:
            recovered.append(gone)
            gone = replace(gone, recovered_at=at)
        if gone.recovered_at is None or at - gone.recovered_at < FORGET:
            standing.append(gone)
    return Decision(tuple(tell), tuple(recovered), tuple(standing))


def message(decision: Decision) -> tuple[str, str] | None:
    """Title and text of one message for all of it; None where there is nothing to tell."""
    if not decision.tell and not decision.recovered:
        return None
    lines = [f"- {one}" for one in decision.tell[:LISTED]]
    if len(decision.tell) > LISTED:
        lines.append(f"- and {len(decision.tell) - LISTED} more: `marsad health` lists them")
    lines += [f"+ over: {one.what} (it began {datetime.fromtimestamp(one.since, UTC):%Y-%m-%d %H:%M} UTC)"
              for one in decision.recovered[:LISTED]]
    if len(decision.recovered) > LISTED:
        lines.append(f"+ and {len(decision.recovered) - LISTED} more are over")
    parts = [f"{len(decision.tell)} new"] if decision.tell else []
    parts += [f"{len(decision.recovered)} over"] if decision.recovered else []
    return f"Marsad: {', '.join(parts)}", "\n".join(lines)
