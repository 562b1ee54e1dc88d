"""The commands of the operations team's week: reading the archive anew and what belongs to it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.cli_settings import opened_settings

if TYPE_CHECKING:
    from datetime import date

UPKEEP = "Upkeep"


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    for command in (health, replay, backfill, pause, resume, backup, restore, retention, erase):
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


OutletName = Annotated[str, typer.Argument(help="The outlet's id (`marsad outlet list`).")]


def backfill(
    outlet: OutletName,
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day of publication (UTC).")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
) -> None:
    """Fetch an outlet's past, politely and never announced. Stop it when you like: the same command goes on from there."""
    from flows import ephemeral
    from flows.desk import Desk

    if until < since:
        raise typer.BadParameter("--to lies before --from")
    desk = Desk(opened_settings()).with_folder()
    chosen = desk.outlet(outlet)
    desk.bus().close()
    ephemeral.prepare(desk.settings)
    from flows.backfill import backfill as run

    done = run(desk, chosen, since.date(), until.date(), typer.echo)
    typer.echo("its pages wait on the backfill lane; `marsad run` or the workers read them" if done else "not finished yet")
    raise typer.Exit(0 if done else 1)


def pause(
    outlet: OutletName,
    reason: Annotated[str, typer.Option(help="Why; shown to the others.")] = "",
) -> None:
    """Crawl the outlet no more until it is resumed: neither `marsad run` nor any schedule."""
    from flows.desk import Desk
    from pipeline.state import open_state
    from pipeline.state.pauses import Pauses

    desk = Desk(opened_settings()).with_folder()
    with open_state(desk.settings.operational_url) as state:
        Pauses(state).pause(desk.outlet(outlet).id, datetime.now(UTC), reason)
    typer.echo(f"{outlet}: paused; `marsad resume {outlet}` ends it, `marsad crawl {outlet}` crawls it once all the same")


def resume(outlet: OutletName) -> None:
    """Crawl a paused outlet again: once for all that was missed, then at its rhythm."""
    from flows.desk import Desk
    from pipeline.state import open_state
    from pipeline.state.pauses import Pauses

    desk = Desk(opened_settings()).with_folder()
    with open_state(desk.settings.operational_url) as state:
        was = Pauses(state).resume(desk.outlet(outlet).id)
    typer.echo(f"{outlet}: " + ("resumed; the next `marsad run` or turn of its schedule crawls it" if was else "was not paused"))


def retention() -> None:
    """Drop what is older than its retention: records on the bus and of crawls, replays, archived pages (MARSAD_ARCHIVE_DAYS)."""
    from flows.desk import Desk
    from flows.retention import drop_old

    for name, count in drop_old(Desk(opened_settings()).with_folder(), datetime.now(UTC)).items():
        typer.echo(f"{count:>8,} {name} dropped")


def erase(
    kind: Annotated[Literal["outlet", "person", "reader"], typer.Argument(help="What to erase.")],
    name: Annotated[str, typer.Argument(help="Outlet id; entity id or name of a person; mail address of a reader.")],
    reason: Annotated[str, typer.Option(help="Who asked for it and why; kept with the tombstone.")],
) -> None:
    """Erase an outlet, a person or a reader from every store, keep them from coming back, and list what was done where."""
    from flows.desk import Desk
    from flows.erase import erase as run
    from warehouse.files import BusyError

    desk = Desk(opened_settings()).with_folder()
    if kind == "outlet" and "/" in name:
        raise typer.BadParameter("an outlet's id is the name of its file without .yml")
    try:
        for step in run(desk, kind, name, reason=reason):
            typer.echo(str(step))
    except BusyError as error:
        typer.echo(f"marsad: {error}", err=True)
        raise typer.Exit(3) from error


Folder = Annotated[Path, typer.Argument(help="The backup's folder; on another disk, or it is none.")]


def backup(folder: Folder) -> None:
    """Copy all that cannot be made again, while everything runs; given the same folder again, only what changed."""
    from flows.backup import back_up
    from flows.desk import Desk
    from warehouse.files import BusyError

    try:
        for line in back_up(Desk(opened_settings()).with_folder().settings, folder):
            typer.echo(line)
    except BusyError as error:
        typer.echo(f"marsad: {error}", err=True)
        raise typer.Exit(3) from error


def restore(folder: Folder) -> None:
    """Put a backup into an empty data folder; `marsad run` goes on from there, and nothing is sent twice."""
    from flows.backup import restore as run
    from flows.desk import Desk
    from warehouse.publication import publish_all

    desk = Desk(opened_settings()).with_folder()
    for line in run(desk.settings, folder):
        typer.echo(line)
    typer.echo(str(publish_all(desk.settings, force=True) or "nothing to publish"))


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None
