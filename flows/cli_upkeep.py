"""The commands of the operations team's week: reading the archive anew and what belongs to it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.cli_settings import opened_settings

if TYPE_CHECKING:
    from datetime import date

UPKEEP = "Upkeep"


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    for command in (health, replay):
        app.command(rich_help_panel=UPKEEP)(command)


def health(
    tell: Annotated[bool, typer.Option("--tell", help="Also send what is new or over to MARSAD_ALARMS_TO, once.")] = False,
) -> None:
    """Is every outlet read as it should be, does everything keep up? What is wrong, since when, why, and what to do."""
    from config.reading import ConfigError
    from flows import health as checks
    from flows.desk import Desk
    from warehouse.read import QueryError

    desk, now = Desk(opened_settings()).with_folder(), checks.now_utc()
    try:
        found = checks.check_health(desk, now) if tell else checks.troubles_of(desk, now)
    except QueryError as error:
        raise ConfigError(f"the snapshot cannot be read: {error}") from error
    for line in checks.show(found):
        typer.echo(line)
    raise typer.Exit(1 if any(one.grade == "alarm" for one in found) else 0)


def replay(
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="First day of fetching (UTC).")],
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day (default: today).")] = None,
    outlet: Annotated[list[str] | None, typer.Option(help="Only this outlet; may be given several times.")] = None,
    stage: Annotated[Literal["extract"], typer.Option(help="From which stage on to read anew.")] = "extract",  # noqa: ARG001
    keep: Annotated[bool, typer.Option("--keep", help="Put the pages on the backfill lane of the real pipeline.")] = False,
    announce: Annotated[bool, typer.Option("--announce", help="With --keep: articles that were missed may alert, late.")] = False,
) -> None:
    """Read archived pages with today's code in a folder of its own, and show what it reads otherwise."""
    from flows.desk import Desk
    from flows.replay import Span
    from flows.replay import replay as run

    if announce and not keep:
        raise typer.BadParameter("--announce goes with --keep")
    desk = Desk(opened_settings()).with_folder()
    span = Span(since.date(), _day(until), tuple(outlet or ()))
    if until and until < since:
        raise typer.BadParameter("--until lies before --since")
    for name in span.outlets:
        desk.outlet(name)
    raise typer.Exit(run(desk, span, keep=keep, announce=announce))


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None
