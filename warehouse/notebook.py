"""The files of warehouse/questions in, the worked questions out, and a notebook that asks and draws them.

A file is the question in its first comment, what to know in the next, `chart:` with the columns that name a bar and, after an
equals sign, the one that is its length (else rows are counted), and the SQL.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from warehouse.database import sql_files

NOTEBOOK: Final = Path(__file__).parent / "questions.ipynb"
CHART: Final = "chart:"
INTRODUCTION: Final = """\
# Ten questions to the press of Morocco

Generated from `questions/` by `python -m warehouse.guide`; `README.md` explains the tables. Needs `duckdb` and a notebook
(`pip install duckdb notebook`); `MARSAD_SNAPSHOT` is the path of the snapshot, `../data/marsad.duckdb` unless set.
"""
SETUP: Final = '''\
import html
import os
from collections import Counter

import duckdb
from IPython.display import HTML

con = duckdb.connect(os.environ.get("MARSAD_SNAPSHOT", "../data/marsad.duckdb"), read_only=True)
con.execute("SET TimeZone = 'UTC'")


def answer(sql, labels, value=None, most=20):
    """The answer's first rows as a table, and a bar for each: `labels` name it, `value` is its length (else rows are counted)."""
    found = con.execute(sql)
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row)) for row in found.fetchall()]
    named = [" · ".join(str(row[label]) for label in labels) for row in rows]
    bars = [(name, float(row[value] or 0)) for name, row in zip(named, rows)] if value else Counter(named).most_common()
    head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
    cells = [[f"<td>{html.escape(str(cell))}</td>" for cell in row.values()] for row in rows[:most]]
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    return HTML(f"{chart(bars[:most])}<p>{len(rows)} rows</p><table><tr>{head}</tr>{body}</table>")


def chart(bars):
    """Horizontal bars with their names and values, as SVG."""
    longest = max((abs(length) for _, length in bars), default=0) or 1
    drawn = "".join(
        f'<text x="300" y="{at * 22 + 15}" text-anchor="end">{html.escape(name[:45])}</text>'
        f'<rect x="308" y="{at * 22 + 3}" width="{abs(length) / longest * 300:.1f}" height="16" fill="#2a6f97"/>'
        f'<text x="{314 + abs(length) / longest * 300:.1f}" y="{at * 22 + 15}">{length:g}</text>'
        for at, (name, length) in enumerate(bars))
    return f'<svg width="700" height="{len(bars) * 22 + 8}" font-size="12" role="img">{drawn}</svg>'
'''


@dataclass(frozen=True)
class Question:
    """One worked question."""

    number: int
    asked: str
    told: str
    """What to know before one believes the answer."""
    labels: tuple[str, ...]
    """Columns that name a bar of its chart."""
    value: str | None
    """Column that is the bar's length; None where rows are counted."""
    sql: str


def questions() -> list[Question]:
    """All of them, in order."""
    return [_question(path) for path in sql_files("questions")]


def notebook() -> str:
    """The notebook as JSON (nbformat 4.5), without answers."""
    cells = [_cell("markdown", 0, INTRODUCTION), _cell("code", 1, SETUP)]
    for one in questions():
        cells.append(_cell("markdown", 2 * one.number, f"## {one.number}. {one.asked}\n\n{one.told}\n"))
        call = f'answer("""\n{one.sql}\n""", labels={list(one.labels)}, value={one.value!r})'
        cells.append(_cell("code", 2 * one.number + 1, call))
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    whole = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _question(path: Path) -> Question:
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = [line.removeprefix("--").strip() for line in lines if line.startswith("--")]
    chart = next(line.removeprefix(CHART) for line in comments if line.startswith(CHART))
    labels, _, value = chart.partition("=")
    return Question(
        number=int(path.stem.split("_", 1)[0]), asked=comments[0],
        told=" ".join(line for line in comments[1:] if not line.startswith(CHART)),
        labels=tuple(label.strip() for label in labels.split(",")), value=value.strip() or None,
        sql="\n".join(line for line in lines if not line.startswith("--")))


def _cell(kind: str, number: int, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": text.splitlines(keepends=True)}
    return cell if kind == "markdown" else {**cell, "execution_count": None, "outputs": []}
