"""The `marsad warehouse` commands: upkeep of the analysts' database. None runs beside a load, and each says so."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.cli_settings import opened_settings

group = typer.Typer(no_args_is_help=True, help="Upkeep of the analysts' database: compact, verify, back up, restore, erase.")


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    app.add_typer(group, name="warehouse", rich_help_panel="Upkeep")


@group.command()
def compact() -> None:
    """Write the database anew without its free blocks (as after an erasure), and publish it."""
    from warehouse.upkeep import compact as run

    with _told():
        typer.echo(f"warehouse: {run(opened_settings())}")
        _publish()


@group.command()
def verify() -> None:
    """Read every block and name what contradicts itself. Ends with 1 where something does."""
    from warehouse.verify import verify as run

    with _told():
        findings = run(opened_settings())
    for finding in findings:
        typer.echo(f"wrong: {finding}")
    typer.echo("warehouse: nothing wrong found" if not findings else f"warehouse: {len(findings)} kinds of trouble")
    raise typer.Exit(1 if findings else 0)


@group.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="Where to; on another disk, or it is none.")],
    keep: Annotated[int, typer.Option(min=1, max=1000, help="Newest backups that stay.")] = 7,
) -> None:
    """Copy the database with its checksum."""
    from warehouse.upkeep import backup as run

    with _told():
        typer.echo(f"warehouse: saved as {run(opened_settings(), folder, keep=keep)}")


@group.command()
def restore(
    source: Annotated[Path | None, typer.Argument(
        help="What `backup` or `export parquet` made, or a snapshot (default: the published one).")] = None,
) -> None:
    """Make the database anew of a backup, a snapshot or Parquet files, and publish it; the next load reads on from there."""
    from warehouse import recovery, upkeep

    with _told():
        on = opened_settings()
        if source is not None and source.is_dir():
            recovery.from_parquet(on, source)
        elif source is not None and source.with_suffix(".json").is_file():
            upkeep.restore(on, source)
        else:
            recovery.from_snapshot(on, source)
        typer.echo(f"warehouse: restored from {source or 'the snapshot'}; what was there is kept as writer.before-restore.duckdb")
        _publish()


@group.command()
def index() -> None:
    """Make the search index anew."""
    from warehouse.search import rebuild

    with _told():
        typer.echo(f"search: {rebuild(opened_settings()).indexed} articles indexed")


@group.command()
def prune(
    days: Annotated[int, typer.Option(min=1, help="Older requests, rejections, runs and dead letters go; articles never.")] = 400,
) -> None:
    """Delete what tells of the crawl's old doings."""
    from warehouse.upkeep import prune as run

    with _told():
        done = run(opened_settings(), days=days)
        typer.echo("warehouse: deleted " + ", ".join(f"{number} {table.replace('_', ' ')}" for table, number in done.items()))


@group.command()
def erase(
    kind: Annotated[Literal["outlet", "person"], typer.Argument(help="What to erase.")],
    name: Annotated[str, typer.Argument(help="Outlet id; or the person's entity id or name.")],
    reason: Annotated[str, typer.Option(help="Who asked for it and why; kept.")],
) -> None:
    """Delete all rows about an outlet or a person for good, keep them from coming back, compact and publish."""
    from warehouse.erasure import erase as run
    from warehouse.search import rebuild
    from warehouse.upkeep import compact as compacted

    with _told():
        on = opened_settings()
        done = run(on, kind, name, reason=reason)
        compacted(on)
        _publish()
        rebuild(on)
    typer.echo(f"warehouse: erased {done.articles} articles, {done.facts} facts, {done.mentions} mentions")
    for place in done.left:
        typer.echo(f"not touched: {place}")


def _publish() -> None:
    from warehouse.publication import publish_all

    published = publish_all(opened_settings(), force=True)
    typer.echo(str(published) if published else "snapshot: nothing changed")


@contextmanager
def _told() -> Iterator[None]:
    """What the warehouse refuses as one line and the exit code: 3 where a load is at work, else 4."""
    from warehouse.files import BusyError, WarehouseError

    try:
        yield
    except WarehouseError as error:
        sys.stderr.write(f"marsad: {error}\n")
        raise typer.Exit(3 if isinstance(error, BusyError) else 4) from error
