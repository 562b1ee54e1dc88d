"""The whole installation in, its troubles out: shown, and told once over the alarms' channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from config.settings import Settings
from flows.alarm_memory import keep_alarms, known_alarms
from flows.alarms import Trouble, decide, message
from flows.desk import Desk, verified
from flows.health_figures import figures_of
from flows.health_rules import outlet_troubles
from flows.health_system import bus_troubles, disk_now, is_full, state_troubles
from pipeline.bus import BusError
from pipeline.state import AWAY, open_state
from pipeline.state.pauses import Pauses

log = structlog.get_logger(__name__)
LONGEST_TEXT: Final = 4000
GRACE_SECONDS: Final = 3600.0
"""For which outlets are not judged once bus, state or disk are back."""


def troubles_of(desk: Desk, now: datetime) -> list[Trouble]:
    """Everything that is not as it should be. Outlets are judged only while bus, state and disk let us see and crawl them, and
    for a while after: what they seem to lack then is what we could not fetch. Raises ConfigError, QueryError."""
    on, found = desk.settings, list(disk_now(desk.settings, now))
    hampered = any(one.key == "disk" for one in found) and is_full(on)
    resting = _resting(on, now)
    watched = [one for one in verified(desk.outlets.values())[0] if not isinstance(resting, Trouble) and one.id not in resting]
    try:
        with desk.bus() as bus:
            found += list(bus_troubles(on, bus, now))
    except BusError as error:
        found.append(Trouble("bus", "the bus cannot be reached", _first_line(error), "Start the broker again, or see MARSAD_BUS; "
                             "crawls and workers go on by themselves, and nothing is lost.", now))
        hampered = True
    if isinstance(resting, Trouble):
        # Without the state no digest goes out: what waits for it is no trouble of its own.
        return [*(one for one in found if not one.key.startswith("queue:")), resting]
    with open_state(on.operational_url) as state:
        found += list(state_troubles(state, watched, now))
        figures = [] if hampered or _was_away(on, now) else figures_of(on, state, watched, now)
    return [*found, *outlet_troubles(figures, now, holiday_of(now) or holiday_of(now - timedelta(days=1)))]


def _resting(on: Settings, now: datetime) -> dict[str, datetime] | Trouble:
    """The paused outlets, or that the state cannot say."""
    try:
        with open_state(on.operational_url) as state:
            return Pauses(state).all()
    except AWAY as error:
        return Trouble("state", "the operational state cannot be reached", _first_line(error), "Start its database again, or see "
                       "MARSAD_STATE_URL; each outlet then runs once for what it missed.", now)


def _was_away(on: Settings, now: datetime) -> bool:
    """Whether bus, state or disk were lost a while ago: each outlet first has to be crawled again."""
    return any(one.gone_at is None or now.timestamp() - one.gone_at < GRACE_SECONDS
               for key, one in known_alarms(on).items() if key in ("bus", "state") or (key == "disk" and one.gone_at is not None))


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def check_health(desk: Desk, now: datetime) -> list[Trouble]:
    """Find the troubles and tell what is new or over; it counts as told once the channel has taken it."""
    found = troubles_of(desk, now)
    decision = decide(found, known_alarms(desk.settings), now)
    if (told := message(decision)) is None or _send(desk.settings, *told):
        keep_alarms(desk.settings, decision.standing)
    return found


def holiday_of(now: datetime) -> str | None:
    """Morocco's public holiday of that day; religious ones are estimated, so that a day before or after may be meant."""
    import holidays

    name: str | None = holidays.country_holidays("MA", years=[now.year]).get(now.date())
    return name


def _send(on: Settings, title: str, text: str) -> bool:
    """Hand the message over; the log has it anyhow. False where a channel is set and did not take it: told again next time."""
    log.warning("alarm", title=title, text=text)
    addresses = [one.strip() for one in on.alarms_to.get_secret_value().split(",") if one.strip()]
    if not addresses:
        return True
    import apprise

    channel = apprise.Apprise()
    for number, address in enumerate(addresses, start=1):
        if not channel.add(address):   # the address itself may hold a password
            log.error("alarm_channel_unknown", setting="MARSAD_ALARMS_TO", number=number)
    return bool(channel.notify(title=title, body=text[:LONGEST_TEXT], body_format=apprise.NotifyFormat.TEXT))


def show(found: Sequence[Trouble]) -> list[str]:
    """Lines for a person."""
    if not found:
        return ["all is well"]
    return [f"{one.grade:6} {one}" for one in sorted(found, key=lambda one: (one.grade, one.key))]


def now_utc() -> datetime:
    """The present."""
    return datetime.now(UTC)
