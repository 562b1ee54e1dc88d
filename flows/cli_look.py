"""The commands that look (sql, export, story, claim, explain, status, doctor): they change nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from flows.cli_settings import opened_settings

LOOK = "Looking"
What = Literal["articles", "facts", "parquet"]
Form = Literal["jsonl", "csv", "parquet"]


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
    what: Annotated[str, typer.Argument(
        help="articles, facts: JSON lines; parquet: a folder, a file a table and month; else a view, a table or a SELECT.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File or folder (default: standard output).")] = None,
    format: Annotated[Form | None, typer.Option(
        help="Of articles and facts jsonl; of a view or query csv (the default) or parquet.")] = None,
) -> None:
    """Files from the published snapshot."""
    from flows.tables import export_table, export_to

    if what in ("articles", "facts", "parquet"):
        if format not in (None, "jsonl"):
            raise typer.BadParameter(f'{what} has one form; as {format} ask for "FROM {what}"')
        export_to(opened_settings(), cast("What", what), out)
        return
    if out is None or format == "jsonl":
        raise typer.BadParameter("a view or query needs --out FILE, as csv or parquet (`marsad sql --format json` prints lines)")
    _told_query(lambda: export_table(opened_settings(), what, out, "parquet" if format == "parquet" else "csv"))


def _told_query(work: Callable[[], None]) -> None:
    """What a query is refused for as one line and the exit code 4."""
    from warehouse.read import QueryError

    try:
        work()
    except QueryError as error:
        sys.stderr.write(f"marsad: {error}\n")
        raise typer.Exit(4) from error


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
