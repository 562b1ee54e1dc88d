"""Progress and messages for people: moving bars where a terminal is, plain lines where not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


class Steps:
    """Named steps with counts: a bar each in a terminal, a line at the end of each elsewhere."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._tasks: dict[str, int] = {}

    def begin(self, name: str, total: int | None = None) -> None:
        """A step starts; `total` units are expected where known."""
        if self._progress is not None:
            self._tasks[name] = self._progress.add_task(name, total=total)

    def advance(self, name: str, by: int = 1) -> None:
        """`by` more units are done."""
        if self._progress is not None and name in self._tasks:
            self._progress.advance(self._tasks[name], by)  # type: ignore[arg-type]

    def end(self, name: str, told: str) -> None:
        """The step is over; `told` says what came of it."""
        if self._progress is not None and name in self._tasks:
            self._progress.update(self._tasks.pop(name), visible=False)  # type: ignore[arg-type]
        line = f"{name}: {told}"
        if self._progress is not None:
            self._progress.console.print(line, markup=False)
        else:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


@contextmanager
def steps() -> Iterator[Steps]:
    """The steps of one command."""
    if not out.is_terminal:
        yield Steps(None)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as progress:
        yield Steps(progress)
