"""The commands that look (sql, export, story, claim, explain, status, doctor): they change nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.cli_settings import opened_settings

LOOK = "Looking"
What = Literal["articles", "facts", "parquet"]


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    for command in (sql, export, story, claim, explain, status, doctor):
        app.command(rich_help_panel=LOOK)(command)


def sql(
    query: Annotated[str, typer.Argument(help="One SELECT. Views are named for the question they answer: SHOW TABLES.")],
    format: Annotated[Literal["table", "csv", "json"], typer.Option(help="How to print.")] = "table",
    rows: Annotated[int, typer.Option(min=1, max=1_000_000, help="Rows to print at the most.")] = 1000,
) -> None:
    """Read-only SQL on the published snapshot."""
    from flows.tables import print_table
    from warehouse.read import QueryError
    from warehouse.read import query as ask

    try:
        table = ask(query, opened_settings(), rows=rows)
    except QueryError as error:
        sys.stderr.write(f"marsad: {error}\n")
        raise typer.Exit(4) from error
    print_table(table, format)


def export(
    what: Annotated[What, typer.Argument(help="articles and facts: JSON lines; parquet: a folder, a file a table.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File or folder (default: standard output).")] = None,
    format: Annotated[Literal["jsonl"], typer.Option(help="Form of articles and facts.")] = "jsonl",  # noqa: ARG001
) -> None:
    """Files from the published snapshot."""
    from flows.tables import export_to

    export_to(opened_settings(), what, out)


def story(story_id: Annotated[str, typer.Argument(help="A story's id.")]) -> None:
    """One story: its articles by time, who was first, its claims."""
    from flows.show import show_story

    raise typer.Exit(show_story(opened_settings(), story_id))


def claim(claim_id: Annotated[str, typer.Argument(help="A claim's id.")]) -> None:
    """One claim: who says what, with the sentences, and where they disagree."""
    from flows.show import show_claim

    raise typer.Exit(show_claim(opened_settings(), claim_id))


def explain(
    article: Annotated[str, typer.Argument(help="An article's id, source id or address.")],
    html: Annotated[Path | None, typer.Option("--html", help="Write a page with everything marked in the text instead.")] = None,
) -> None:
    """One article with its labels, mentions and facts, and the sentence behind each, marked in its text."""
    from flows.show import show_article

    raise typer.Exit(show_article(opened_settings(), article, html))


def status(
    watch: Annotated[bool, typer.Option("--watch", help="Again every few seconds, with rates, until interrupted.")] = False,
) -> None:
    """What waits where: lag of every stage and partition, rates, dead letters, age of the snapshot."""
    from flows.status import show_status, watch_status

    raise typer.Exit(watch_status(opened_settings()) if watch else show_status(opened_settings()))


def doctor() -> None:
    """The effective settings, and what is wrong with the installation."""
    from flows.doctor import effective, examine

    on = opened_settings()
    for name, value, purpose in effective(on):
        typer.echo(f"{name:26} {value}\n{'':26} {purpose}")
    typer.echo()
    findings = list(examine(on))
    for finding in findings:
        typer.echo(f"{finding.grade:6} {finding.about}: {finding.told}")
    raise typer.Exit(4 if any(finding.grade == "wrong" for finding in findings) else 0)
