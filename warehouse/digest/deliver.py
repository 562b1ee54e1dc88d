"""A rendered issue in, files out: each written beside its place and moved there, so that no reader meets half of one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from warehouse.digest.render import Rendered


class DeliveryError(Exception):
    """An issue could not be delivered; the next run tries it again under the same id. The message says what to do."""


class Deliverer(Protocol):
    """A way by which issues reach their readers."""

    def deliver(self, rendered: Rendered) -> None:
        """Deliver the issue; doing so again changes nothing for its readers. Raises DeliveryError."""


@dataclass(frozen=True)
class Folder:
    """Delivers to files: `<digest>/<issue>.html`, `<digest>/<issue>.txt` and `<digest>.atom` below `path`."""

    path: Path

    def deliver(self, rendered: Rendered) -> None:
        """Write the three files, the feed last. Raises DeliveryError."""
        home = self.path / rendered.issue.digest
        try:
            home.mkdir(parents=True, exist_ok=True)
            write_whole(home / f"{rendered.issue.issue_id}.html", rendered.html)
            write_whole(home / f"{rendered.issue.issue_id}.txt", rendered.text)
            write_whole(self.path / f"{rendered.issue.digest}.atom", rendered.atom)
        except OSError as error:
            raise DeliveryError(
                f"{error.filename or home}: issue {rendered.issue.issue_id} cannot be written ({error.strerror}): mend the "
                "folder's permissions or free some space; the next run sends it again") from error


def write_whole(path: Path, text: str) -> None:
    """Replace the file by `text` in one step, on disk when this returns. Raises OSError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
