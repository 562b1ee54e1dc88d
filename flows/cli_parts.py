"""The commands for single parts (crawl, work, load, digest, dead, outlet), as workers and schedules call them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from config.settings import Settings

StageName = Literal["extract", "classify", "dedup"]
PARTS = "Parts"

dead = typer.Typer(no_args_is_help=True, help="Records that a stage could not work on: look, retry, discard.")
outlet = typer.Typer(no_args_is_help=True, help="The outlets that are watched.")


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command(rich_help_panel=PARTS)(crawl)
    app.command(rich_help_panel=PARTS)(work)
    app.command(rich_help_panel=PARTS)(load)
    app.command(rich_help_panel=PARTS)(digest)
    app.add_typer(dead, name="dead", rich_help_panel=PARTS)
    app.add_typer(outlet, name="outlet", rich_help_panel=PARTS)


def opened_settings() -> Settings:
    """The effective settings, with logging set up. Raises ConfigError naming each setting that is wrong."""
    from pydantic import ValidationError

    from config.reading import ConfigError
    from config.settings import settings

    try:
        return settings()
    except ValidationError as error:
        wrong = (f"MARSAD_{str(one['loc'][0]).upper()}: {one['msg']}" for one in error.errors())
        raise ConfigError("\n".join(wrong)) from error


def crawl(
    outlet: Annotated[str, typer.Argument(help="The outlet's id (`marsad outlet list`).")],
) -> None:
    """Crawl one outlet now; its pages wait on the bus."""
    from crawlers.crawl import crawl as crawl_one
    from flows.desk import Desk, new_run_id

    desk = Desk(opened_settings()).with_folder()
    desk.outlet(outlet)
    desk.bus().close()
    report = crawl_one(outlet, run_id=new_run_id(), seconds=desk.settings.crawl_seconds)
    typer.echo(f"{outlet}: {report}")
    raise typer.Exit(0 if report.state == "completed" else 1)


def work(
    stage: Annotated[StageName, typer.Argument(help="Which stage.")],
    once: Annotated[bool, typer.Option("--once", help="End when nothing waits, instead of going on until stopped.")] = False,
) -> None:
    """Run one stage as a service: poll, decide, send, commit. SIGTERM stops it after the batch in hand."""
    from flows.desk import Desk
    from flows.stages import work_on

    counts = work_on(Desk(opened_settings()).with_folder(), stage, once=once)
    typer.echo(f"{stage}: {counts}")


def load() -> None:
    """Run the load flow now: what waits on the bus into DuckDB, then publish the snapshot."""
    from flows import ephemeral
    from flows.desk import Desk

    desk = Desk(opened_settings()).with_folder()
    ephemeral.start(desk.settings)
    from flows.load import run_load

    loaded, state = run_load()
    typer.echo(f"load: {loaded.report} (flow run {loaded.flow_run_name}, {state.name})")


def digest(
    now: Annotated[bool, typer.Option("--now", help="Send at once instead of at each subscription's hour.")] = False,
) -> None:
    """Send the digests that are due."""
    from flows.desk import Desk
    from flows.digest import send

    issues = send(Desk(opened_settings()).with_folder().settings, force=now)
    for issue in issues:
        typer.echo(str(issue))
    if not issues:
        typer.echo("nothing new to send")


@outlet.command("list")
def outlet_list() -> None:
    """Every outlet with its language, whether it is verified, and where its news are looked for."""
    from flows.desk import Desk

    for one in Desk(opened_settings()).outlets.values():
        state = "verified" if one.verified else "not verified"
        ways = ", ".join(sorted({way.kind for way in one.discover})) or "no way to discover yet"
        typer.echo(f"{one.id:24} {one.language}  {state:13} {ways:24} {one.title}")
