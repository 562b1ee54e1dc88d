"""`marsad dead`: the records that a stage could not work on, listed, shown whole, retried or discarded."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli_settings import opened_settings

if TYPE_CHECKING:
    from pipeline.bus import Bus
    from pipeline.dead import Letter

app = typer.Typer(no_args_is_help=True, help="Records that a stage could not work on: look, retry, discard.")
StageOption = Annotated[str | None, typer.Option("--stage", help="Only those of this stage.")]
Ids = Annotated[list[str] | None, typer.Argument(help="Ids, or their first characters.")]
ALL = Annotated[bool, typer.Option("--all", help="All open letters (of the stage given).")]
SHOWN_ERROR = 100


@app.command("list")
def list_letters(stage: StageOption = None) -> None:
    """Open dead letters, oldest first: id, stage, when, tries, and the error."""
    from pipeline.dead import open_letters

    with _bus() as bus:
        letters = open_letters(bus, stage)
    for one in letters:
        error = one.error.splitlines()[0][:SHOWN_ERROR] if one.error else ""
        typer.echo(f"{one.letter_id[:12]}  {one.stage:9} {one.failed_at:%Y-%m-%d %H:%M}  tried {one.attempts}x  "
                   f"{one.size:>9,} B  {error}")
    typer.echo(f"{len(letters)} open dead letters" if letters else "no open dead letters")


@app.command("show")
def show_letter(letter_id: Annotated[str, typer.Argument(help="The id, or its first characters.")]) -> None:
    """One dead letter: where it came from, the error with its stack, and its size."""
    from pipeline.dead import show

    with _bus() as bus:
        letter = show(bus, letter_id)
    rows = {
        "id": letter.event_id, "stage": letter.stage,
        "origin": f"{letter.topic} partition {letter.partition} offset {letter.offset}", "key": letter.key,
        "failed": letter.failed_at.isoformat(), "tried": f"{letter.attempts}x",
        "payload": f"{len(letter.payload):,} bytes, headers {letter.headers}", "error": letter.error,
    }
    for name, value in rows.items():
        typer.echo(f"{name:10}{value}")
    typer.echo(f"\n{letter.stack}")


@app.command("retry")
def retry_letters(ids: Ids = None, stage: StageOption = None, every: ALL = False) -> None:
    """Send records to their stage again; it works on them at the next round."""
    from pipeline.dead import retry

    _act(ids, stage, every=every, action=retry, done="sent again")


@app.command("discard")
def discard_letters(ids: Ids = None, stage: StageOption = None, every: ALL = False) -> None:
    """Count these records no longer; they stay on the bus until their retention ends."""
    from pipeline.dead import discard

    _act(ids, stage, every=every, action=discard, done="discarded")


def _act(ids: Sequence[str] | None, stage: str | None, *, every: bool,
         action: Callable[[Bus, Sequence[Letter]], int], done: str) -> None:
    from pipeline.dead import chosen

    if not ids and not every:
        raise typer.BadParameter("name the letters by id, or give --all (with --stage for one stage only)")
    with _bus() as bus:
        count = action(bus, chosen(bus, tuple(ids or ()), stage))
    typer.echo(f"{count} {done}")


@contextmanager
def _bus() -> Iterator[Bus]:
    from flows.desk import Desk
    from pipeline.dead import DeadLetterError

    try:
        with Desk(opened_settings()).bus() as bus:
            yield bus
    except DeadLetterError as error:
        sys.stderr.write(f"marsad: {error}\n")
        raise typer.Exit(4) from error
