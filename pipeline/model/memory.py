"""Answers and counts in, the same again after a restart out: the file model.sqlite. Processes of one data folder share it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final

MEMORY: Final = "model.sqlite"
"""Below the data folder."""
TABLES: Final = """
CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, day TEXT NOT NULL, answer TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counts (day TEXT, what TEXT, count INTEGER NOT NULL, PRIMARY KEY (day, what)) WITHOUT ROWID;
"""
WAIT_SECONDS: Final = 10.0
ASKED: Final = "asked"
"""What a call counts as, whatever came of it."""


class Memory:
    """An open file of answers. Raises OSError where it cannot be opened or written, with what to do."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.executescript(TABLES)
        except sqlite3.Error as error:
            raise OSError(f"{path}: answers of the model cannot be kept ({error}): mend its permissions, or remove the file; "
                          "it is a memory only") from error

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._db.close()

    def answer(self, question: str) -> str | None:
        """What was answered to the question of this id."""
        row = self._db.execute("SELECT answer FROM answers WHERE question = ?", (question,)).fetchone()
        return str(row[0]) if row else None

    def keep(self, question: str, answer: str, day: date) -> None:
        """Remember an answer."""
        self._db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (question, day.isoformat(), answer))

    def may_ask(self, day: date, most: int) -> bool:
        """Take one of the day's calls; False where `most` are taken."""
        changed = self._db.execute(
            """INSERT INTO counts SELECT ?, ?, 1 WHERE ? > 0 ON CONFLICT DO UPDATE SET count = count + 1 WHERE count < ?""",
            (day.isoformat(), ASKED, most, most))
        return changed.rowcount > 0

    def count(self, day: date, what: Mapping[str, int]) -> None:
        """Add to the day's counts."""
        self._db.executemany(
            "INSERT INTO counts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
            [(day.isoformat(), name, number) for name, number in what.items()])

    def counts(self, day: date) -> Counter[str]:
        """What happened on a day."""
        return Counter(dict(self._db.execute("SELECT what, count FROM counts WHERE day = ?", (day.isoformat(),)).fetchall()))
