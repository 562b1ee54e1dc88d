"""An outlet in, nothing of its texts left in place.sqlite out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

BUSY_SECONDS: Final = 60.0
OF_OUTLET: Final = (
    "DELETE FROM keys WHERE doc IN (SELECT doc FROM texts WHERE outlet = ?)",
    "DELETE FROM versions WHERE article_id IN (SELECT article_id FROM articles WHERE outlet = ?)",
    "DELETE FROM readings WHERE article_id IN (SELECT article_id FROM articles WHERE outlet = ?)",
    "DELETE FROM links WHERE article_id IN (SELECT article_id FROM articles WHERE outlet = ?)",
    "DELETE FROM links WHERE other_id IN (SELECT article_id FROM articles WHERE outlet = ?)",
    "DELETE FROM texts WHERE outlet = ?",
)


def forget_outlet(path: Path, outlet: str) -> int:
    """Delete the outlet's articles, with what was remembered of their texts, for good; how many articles. Raises sqlite3.Error.

    Decisions stay: they hold ids only. A dedup stage at work keeps what it has in memory until it ends.
    """
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as con:
        con.execute("PRAGMA secure_delete = ON")
        con.execute("BEGIN IMMEDIATE")
        for statement in OF_OUTLET:
            con.execute(statement, (outlet,))
        gone = con.execute("DELETE FROM articles WHERE outlet = ?", (outlet,)).rowcount
        con.execute("COMMIT")
        con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone
