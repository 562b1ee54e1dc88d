"""The schema's comments and the worked questions in, warehouse/README.md and the notebook out: `python -m warehouse.guide`."""

from __future__ import annotations

import re
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import duckdb

from warehouse.database import Connection
from warehouse.migrate import migrate
from warehouse.notebook import NOTEBOOK, Question, notebook, questions
from warehouse.rows import dicts

README: Final = Path(__file__).parent / "README.md"
HEAD: Final = """\
# The press of Morocco in one DuckDB file

*Generated from the comments in `schema/`, `views/`, `macros/` and `questions/` by `python -m warehouse.guide`: change those.*

`data/marsad.duckdb` is a snapshot: it is replaced as a whole when something was loaded, so open it read-only in whatever you
like, as often and as long as you like. It opens in DuckDB 1.2 and later.

```
marsad sql "SELECT * FROM announcements_new ORDER BY first_published DESC LIMIT 10"   # in the terminal; --format csv or json
duckdb -readonly data/marsad.duckdb                                                   # DuckDB's own shell
python -c "import duckdb; print(duckdb.connect('data/marsad.duckdb', read_only=True).sql('FROM outlet_health'))"
marsad export parquet --out folder                                                    # files by month, for anything else
marsad export announcements_new --out new.csv                                         # a view or a SELECT; or --format parquet
```

Four things to know before you count:

- **Copies.** An article whose `placement` is `copy` republishes another's text. Views count with and without: `articles`
  and `originals`, `reports` and `sources`.
- **Facts and claims.** A *fact* is one sentence of one article; a *claim* is what several facts say about one thing. Count
  claims: an agreement told by nine outlets is one agreement.
- **Denominators.** What an outlet published, and how much of it the crawl got (`completeness`), stand beside every trend.
- **Times** are UTC; `first_*` times are the publisher's own. A date without an hour counts as the end of its day, so that it
  never wins against an hour.

What was known on a date: `FROM articles_as_of('2026-11-01')`, `facts_as_of`, `claims_as_of`.
"""


TEN: Final = """\
Each can be asked as it stands with `marsad sql "$(cat warehouse/questions/NAME.sql)"`; with a chart each in a notebook:
[`questions.ipynb`](questions.ipynb).
"""


def guide() -> str:
    """The whole page."""
    with closing(duckdb.connect()) as con:
        con.execute("SET TimeZone = 'UTC'")
        migrate(con)
        views, tables = _names(con, "duckdb_views", "view_name"), _names(con, "duckdb_tables", "table_name")
        parts = [HEAD, "## Ten questions\n", TEN, *(_question(one) for one in questions()),
                 "## Views: a question each\n", *(_relation(con, name, "view") for name in views),
                 "## Macros\n", _macros(con), "## Tables\n", *(_relation(con, name, "table") for name in tables)]
    return "\n".join(parts).rstrip() + "\n"


def example(con: Connection, name: str) -> str:
    """A query to begin with: the newest rows where there is a time, else any."""
    columns = {row["column_name"]: row["data_type"] for row in _columns(con, name)}
    times = [column for column, kind in columns.items() if kind in ("DATE", "TIMESTAMP WITH TIME ZONE")]
    newest = f' ORDER BY "{times[0]}" DESC' if times else ""
    return f"SELECT * FROM {name}{newest} LIMIT 20"  # noqa: S608 (our own names)


def _question(one: Question) -> str:
    return f"### {one.number}. {one.asked}\n\n{one.told}\n\n```sql\n{one.sql}\n```\n"


def _relation(con: Connection, name: str, kind: str) -> str:
    (row,) = dicts(con, f"SELECT comment FROM duckdb_{kind}s() WHERE {kind}_name = ?", [name])  # noqa: S608
    cells = [f"| `{column['column_name']}` | {_short(column['data_type'])} | {_cell(column['comment'])} |"
             for column in _columns(con, name)]
    return "\n".join((f"### `{name}`\n", row["comment"], "", f"    {example(con, name)}", "",
                      "| column | type | |", "|---|---|---|", *cells, ""))


def _macros(con: Connection) -> str:
    rows = dicts(con, "SELECT function_name AS name, parameters, comment FROM duckdb_functions() WHERE NOT internal ORDER BY 1")
    return "\n".join(f"- `{row['name']}({', '.join(row['parameters'])})`: {row['comment']}" for row in rows) + "\n"


def _names(con: Connection, function: str, column: str) -> list[str]:
    return [row["name"] for row in dicts(con, f"SELECT {column} AS name FROM {function}() WHERE NOT internal ORDER BY 1")]  # noqa: S608


def _columns(con: Connection, name: str) -> list[dict[str, Any]]:
    return dicts(con, """
        SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index""", [name])


def _short(kind: str) -> str:
    return re.sub("STRUCT.*", "STRUCT[]", kind).replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    NOTEBOOK.write_text(notebook(), encoding="utf-8")
    README.write_text(guide(), encoding="utf-8")
    sys.stdout.write(f"{README.name}: {len(README.read_text(encoding='utf-8').splitlines())} lines\n")
