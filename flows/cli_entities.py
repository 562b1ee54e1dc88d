"""`marsad entities`: what the press names that nobody watches yet."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from flows.cli_settings import opened_settings

entities = typer.Typer(name="entities", no_args_is_help=True, help="Who and what is watched (config/entities.yml).")
Kind = Literal["person", "organisation", "place", "programme", "event"]


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.add_typer(entities, rich_help_panel="Looking")


@entities.callback()
def _entities() -> None:
    """Who and what is watched (config/entities.yml)."""


@entities.command()
def review(
    kind: Annotated[Kind | None, typer.Option(help="Only names of this kind.")] = None,
    least: Annotated[int, typer.Option(min=1, help="Only names in so many articles at least.")] = 2,
    rows: Annotated[int, typer.Option(min=1, max=100_000, help="Names to print at the most.")] = 50,
    format: Annotated[Literal["table", "csv", "json"], typer.Option(help="How to print.")] = "table",
) -> None:
    """Names that articles give and nobody watches, the most frequent first: candidates for config/entities.yml."""
    from flows.tables import print_table
    from warehouse.read import QueryError, query

    try:
        table = query(_unwatched(kind, least), opened_settings(), rows=rows)
    except QueryError as error:
        sys.stderr.write(f"marsad: {error}\n")
        raise typer.Exit(4) from error
    print_table(table, format)


def _unwatched(kind: Kind | None, least: int) -> str:
    """Copies count once each outlet printed them: a name is worth watching where many readers meet it."""
    only = f"AND m.kind = '{kind}'" if kind else ""
    return f"""
        SELECT m.kind, min(m.name) AS name, count(DISTINCT m.article_id) AS articles, count(DISTINCT a.outlet) AS outlets,
               string_agg(DISTINCT a.language, ' ' ORDER BY a.language) AS languages,
               arg_max(a.headline, a.date_published) AS latest
        FROM mentions m JOIN articles a USING (article_id)
        WHERE m.entity_id IS NULL {only}
        GROUP BY m.kind, lower(strip_accents(m.name))
        HAVING articles >= {least:d}
        ORDER BY articles DESC, outlets DESC, name"""  # noqa: S608 (a kind of ours and a number)
