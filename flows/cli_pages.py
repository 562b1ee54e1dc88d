"""`marsad outlet try` and `record`: how a single page is read, shown to a person or kept as a test."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_settings import opened_settings


def add_to(app: typer.Typer) -> None:
    """Register these commands below `outlet`."""
    app.command("try")(try_page)
    app.command("record")(record)


Address = Annotated[str, typer.Argument(help="An address, or a saved HTML file.")]


def try_page(
    address: Address,
    outlet: Annotated[str | None, typer.Option(help="Read it by the rules of this outlet.")] = None,
    page: Annotated[Path | None, typer.Option(help="Write the page with its zones coloured to this HTML file.")] = None,
) -> None:
    """Show how a page is read: what is taken for the article, and what is left out as which zone."""
    from crawlers.single import page_at
    from flows.desk import Desk
    from pipeline.extract import extract
    from pipeline.extract.showing import as_page, as_text
    from pipeline.profiles import newest
    from pipeline.stages import PROFILES

    desk = Desk(opened_settings()).with_folder()
    known = desk.outlet(outlet) if outlet else None
    raw = page_at(address, known, desk.settings)
    found = extract(raw, known, newest(desk.settings.data / PROFILES, outlet) if outlet else None)
    typer.echo(as_text(found), nl=False)
    if page is not None:
        page.write_text(as_page(raw, found), encoding="utf-8")
        typer.echo(f"written: {page}")


def record(
    outlet: Annotated[str, typer.Argument(help="The outlet's id.")],
    address: Address,
    into: Annotated[Path | None, typer.Option(help="Folder of recordings (default: `recordings` below the data folder).")] = None,
) -> None:
    """Save a page, what is known of it and how it is read as a folder, for a person to review."""
    from crawlers.single import page_at
    from flows.desk import Desk
    from pipeline.extract.recording import ARTICLE, recording_of

    desk = Desk(opened_settings()).with_folder()
    known = desk.outlet(outlet)
    raw = page_at(address, known, desk.settings)
    name = re.sub(r"[^\w-]+", "-", raw.ref.url.split("://", 1)[-1]).strip("-")[:80]
    folder = (into or desk.settings.data / "recordings") / outlet / name
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in recording_of(raw, known).items():
        (folder / file).write_bytes(content)
    typer.echo(f'written: {folder}\nread {ARTICLE} against the page, correct it, then write "reviewed": true in it')
