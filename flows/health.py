"""The whole installation in, its troubles out: shown, and told once over the alarms' channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import structlog

from config.settings import Settings
from flows.alarms import Trouble, decide, message
from flows.desk import Desk, verified
from flows.health_figures import figures_of
from flows.health_rules import outlet_troubles
from flows.health_system import system_troubles
from pipeline.state import open_state
from pipeline.state.alarms import Alarms
from pipeline.state.pauses import Pauses

log = structlog.get_logger(__name__)
LONGEST_TEXT: Final = 4000


def troubles_of(desk: Desk, now: datetime) -> list[Trouble]:
    """Everything that is not as it should be. Raises BusError, ConfigError, QueryError."""
    with desk.bus() as bus, open_state(desk.settings.operational_url) as state:
        resting = Pauses(state).all()
        watched = [one for one in verified(desk.outlets.values())[0] if one.id not in resting]
        found = list(system_troubles(desk.settings, bus, state, watched, now))
        figures = figures_of(desk.settings, state, watched, now)
    return [*found, *outlet_troubles(figures, now, holiday_of(now))]


def check_health(desk: Desk, now: datetime) -> list[Trouble]:
    """Find the troubles and tell what is new or over; it counts as told once the channel has taken it."""
    found = troubles_of(desk, now)
    with open_state(desk.settings.operational_url) as state:
        alarms = Alarms(state)
        decision = decide(found, alarms.all(), now)
        if (told := message(decision)) is None or _send(desk.settings, *told):
            alarms.replace(decision.standing)
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
