"""The commands for single parts (crawl, work, load, digest, dead, outlet), as workers and schedules call them."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from flows import cli_dead, cli_pages
from flows.cli_settings import opened_settings

StageName = Literal["extract", "classify", "dedup"]
PARTS = "Parts"

outlet = typer.Typer(no_args_is_help=True, help="The outlets that are watched.")


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command(rich_help_panel=PARTS)(crawl)
    app.command(rich_help_panel=PARTS)(work)
    app.command(rich_help_panel=PARTS)(load)
    app.command(rich_help_panel=PARTS)(digest)
    app.add_typer(cli_dead.app, name="dead", rich_help_panel=PARTS)
    cli_pages.add_to(outlet)
    app.add_typer(outlet, name="outlet", rich_help_panel=PARTS)


def crawl(
    outlet: Annotated[str, typer.Argument(help="The outlet's id (`marsad outlet list`).")],
) -> None:
    """Crawl one outlet now; its pages wait on the bus."""
    from crawlers.crawl import crawl as crawl_one
    from flows.desk import Desk, new_run_id

    desk = Desk(opened_settings()).with_folder()
    desk.outlet(outlet)
    desk.bus().close()
    report = crawl_one(outlet, run_id=new_run_id(), seconds=desk.settings.crawl_seconds, force=True)
    typer.echo(f"{outlet}: {report}")
    raise typer.Exit(0 if report.state == "completed" else 1)


def work(
    stage: Annotated[StageName, typer.Argument(help="Which stage.")],
    once: Annotated[bool, typer.Option("--once", help="End when nothing waits, instead of going on until stopped.")] = False,
    instances: Annotated[int, typer.Option(min=1, max=64, help="Processes that share the stage (over Kafka).")] = 1,
) -> None:
    """Run one stage as a service: poll, decide, send, commit. SIGTERM stops it after the batch in hand.

    Of `dedup` one instance works at a time; start a second elsewhere and it stands by.
    """
    from flows.desk import Desk
    from flows.stages import work_on

    desk = Desk(opened_settings()).with_folder()
    if instances > 1:
        from flows.services import run_instances

        raise typer.Exit(run_instances(desk, stage, instances))
    counts = work_on(desk, stage, once=once)
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


@outlet.command("draft")
def outlet_draft(
    url: Annotated[str, typer.Argument(help="The site's address, as https://example.ma/.")],
) -> None:
    """Look at a site politely and print the YAML of an outlet for it, ready to be saved in the folder of outlets."""
    from crawlers.draft import draft
    from flows.desk import Desk

    typer.echo(draft(url, Desk(opened_settings()).with_folder().settings), nl=False)


@outlet.command("check")
def outlet_check(
    outlets: Annotated[list[str] | None, typer.Argument(help="Outlets to check.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Check all of them.")] = False,
) -> None:
    """Read outlets politely from here, say how they answer, and write `verified: true` into the files of those that do."""
    from crawlers.check import Finding, as_lines, check_all, mark_verified, summary
    from flows.desk import Desk

    desk = Desk(opened_settings()).with_folder()
    if not outlets and not every:
        raise typer.BadParameter("name outlets, or give --all")
    chosen = list(desk.outlets.values()) if every else [desk.outlet(name) for name in outlets or ()]
    findings: list[Finding] = []
    for finding in check_all(chosen, desk.settings):
        findings.append(finding)
        typer.echo("\n".join(as_lines(finding)))
        if finding.good:
            mark_verified(desk.outlet(finding.outlet), desk.settings.outlets)
    if len(findings) > 1:
        typer.echo(summary(findings))
    raise typer.Exit(0 if all(finding.good for finding in findings) else 1)


@outlet.command("learn")
def outlet_learn(
    outlets: Annotated[list[str] | None, typer.Argument(help="Outlets (default: all that are archived).")] = None,
    reread: Annotated[bool, typer.Option("--reread", help="Read the pages that were read without a profile once more.")] = False,
) -> None:
    """Learn from the archive what outlets repeat on all their pages; the pages to come are read with it."""
    from crawlers.archived import archived_outlets
    from flows import ephemeral
    from flows.desk import Desk

    desk = Desk(opened_settings()).with_folder()
    ephemeral.prepare(desk.settings)
    from flows import learn

    known = archived_outlets(desk.settings.data)
    for name in outlets or [one for one in known if one in desk.outlets]:
        desk.outlet(name)
        typer.echo(str(done := learn.learn_outlet(desk, name)))
        if reread and done.number is not None:
            typer.echo(f"{name}: {learn.reread(desk, name)} pages on the backfill lane; the next `marsad run` reads them anew")
