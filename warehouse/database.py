"""A path in, an open DuckDB connection out, set up the same way everywhere: UTC, bounded memory, no downloads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import duckdb

from config.settings import Settings
from warehouse.files import WarehouseError, snapshot_path, writer_path

Connection = duckdb.DuckDBPyConnection
Config = dict[str, str | bool | int | float | list[str]]
STORAGE_VERSION: Final = "v1.2.0"
"""So that clients older than 2.0 open the file: 2.0's own format is refused by 1.5."""
OFFLINE: Final[Config] = {
    "autoload_known_extensions": "false", "autoinstall_known_extensions": "false", "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}


def open_writer(settings: Settings) -> Connection:
    """The writer's database, made where there is none. The caller holds files.sole_writer. Raises WarehouseError."""
    path = writer_path(settings)
    config: Config = {
        **OFFLINE, "memory_limit": settings.memory_limit, "storage_compatibility_version": STORAGE_VERSION,
        "temp_directory": str(path.parent / "spill"),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _in_utc(duckdb.connect(str(path), config=config))
    except (duckdb.Error, OSError) as error:
        raise WarehouseError(f"{path}: cannot be opened for writing: {error}") from error


def open_snapshot(settings: Settings, *, access: bool = False) -> Connection:
    """The published snapshot, read-only and locked; with `access` it may also write files (exports of our own).

    Raises WarehouseError where nothing was published yet or the file is unreadable.
    """
    path = snapshot_path(settings)
    if not path.is_file():
        raise WarehouseError(f"{path}: nothing published yet: run `marsad run` (or `marsad load`) first")
    return open_file(path, settings, access=access)


def open_file(path: Path, settings: Settings, *, access: bool = False) -> Connection:
    """A database file, attached read-only to a database of its own in memory.

    Opened by its path, DuckDB would hand a second connection of this process the file that the first has open, even after
    another has been renamed over it.
    """
    config: Config = {**OFFLINE, "memory_limit": settings.memory_limit, "threads": "2", "temp_directory": ""}
    try:
        con = _in_utc(duckdb.connect(":memory:", config=config))
        con.execute(f"ATTACH {quoted(path)} AS marsad (READ_ONLY)")
        con.execute("USE marsad")
        if not access:
            con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
    except duckdb.Error as error:
        raise WarehouseError(f"{path}: cannot be read: {error}") from error
    return con


def quoted(path: Path) -> str:
    """The path as a literal of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


@contextmanager
def transaction(con: Connection) -> Iterator[None]:
    """All or nothing: commits at the end, rolls back where anything is raised."""
    con.execute("BEGIN")
    try:
        yield
        con.execute("COMMIT")
    except BaseException:
        # a failed COMMIT has already ended the transaction
        with suppress(duckdb.TransactionException):
            con.execute("ROLLBACK")
        raise


def sql_files(folder: str) -> list[Path]:
    """The SQL files of a folder beside this module, in order of name."""
    return sorted((Path(__file__).parent / folder).glob("*.sql"))


def _in_utc(con: Connection) -> Connection:
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET enable_progress_bar = false")
    return con
