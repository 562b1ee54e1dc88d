"""Filters in, the facts that fit out: as a page, as CSV or as Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from warehouse.digest.describe import describe
from warehouse.digest.excerpt import excerpt
from warehouse.digest.view import ILLEGAL, clean
from warehouse.statements import fields_from
from warehouse.web.cache import Answer, answer
from warehouse.web.reading import Row
from warehouse.web.site import Page, Visit

PAGE, PAGES = 25, 200
"""Facts on a page, and how many pages can be turned; a download has the rest."""
DOWNLOAD: Final = 50_000
"""Rows of a download at the most."""
SAVED: Final = 'attachment; filename="facts.{}"'
KINDS: Final = ("agreement", "amount", "appointment", "capacity", "count", "event", "initiative", "law", "percentage",
                "person_role", "quote", "ranking", "target")
FILTERS: Final = ("kind", "topic", "sector", "entity", "outlet", "language", "since", "until")
COLUMNS: Final = """
    f.fact_id, f.kind, f.value, f.currency, f.unit, f.modality, f.role, f.subject, f.subject_entity, f.period, f.horizon,
    f.direction, f.instrument, f.object, f.status, f.stage, f.name, f.person, f.org, f.speaker, f.date, f.place, f.sentence,
    f.zone, f.extractor, f.confidence, a.outlet, a.language, a.headline, a.canonical_url, a.date_published, a.placement,
    a.story_id, a.article_id"""
LABELLED: Final = "a.article_id IN (SELECT article_id FROM labels WHERE scheme = '{scheme}' AND code = ${scheme})"
CONDITIONS: Final = {
    "kind": "f.kind = $kind",
    "outlet": "a.outlet = $outlet",
    "language": "a.language = $language",
    "since": "a.event_time >= $since::DATE",
    "until": "a.event_time < $until::DATE + 1",
    "topic": LABELLED.format(scheme="topic"),
    "sector": LABELLED.format(scheme="sector"),
    "entity": "(f.subject_entity = $entity OR a.article_id IN (SELECT article_id FROM mentions WHERE entity_id = $entity))",
}
"""What each filter asks; only those that are given are asked: on a million articles each costs a scan."""
FITTING: Final = "FROM facts f JOIN articles a ON a.article_id = f.article_id WHERE f.is_current AND a.placement <> 'copy'"
ORDER: Final = "ORDER BY a.event_time DESC, f.article_id, f.start_offset, f.fact_id"
CHOSEN: Final = """
    WITH chosen AS (SELECT f.fact_id, f.article_id, f.version {fitting} {order} LIMIT $most OFFSET $skip)
    SELECT {columns} FROM chosen JOIN facts f USING (fact_id, article_id, version)
    JOIN articles a ON a.article_id = chosen.article_id {order}"""
"""First which, by few columns, then all columns of those: on 300,000 articles .22 to .34 s of CPU rather than .30 to .82."""


@dataclass(frozen=True)
class Line:
    """A fact in the list."""

    row: Row
    heading: str
    value: str
    value_language: str
    details: tuple[tuple[str, str, str], ...]
    """Label, text, its language."""
    quote: Any


def filters(parameters: Mapping[str, str]) -> dict[str, str | None]:
    """What is asked for, by name; dates that are none are left out."""
    asked: dict[str, str | None] = {name: clean(parameters.get(name, ""), 100) or None for name in FILTERS}
    for name in ("since", "until"):
        asked[name] = _day(asked[name])
    return asked


def facts(visit: Visit) -> Page:
    """The page: `page` counts from 1."""
    asked = filters(visit.parameters)
    number = _page(visit.parameters.get("page", ""))
    fitting, given = _fitting(asked)
    total = visit.rows(f"SELECT count(*) AS n {fitting}", given)[0]["n"]
    rows = visit.rows(*_chosen(asked, f"{COLUMNS}, f.fields", PAGE, (number - 1) * PAGE))
    return Page("facts.html.j2", {
        "lines": [_line(visit, row) for row in rows], "total": total, "number": number,
        "pages": min(PAGES, -(-total // PAGE)), "asked": asked, "kinds": KINDS, "names": visit.names, "now": visit.now,
        "most": DOWNLOAD})


def facts_csv(visit: Visit) -> Answer:
    """The same facts as CSV (UTF-8 with a byte order mark, which spreadsheets need to read Arabic)."""
    rows = _download(visit)
    written = io.StringIO()
    writer = csv.writer(written)
    names = list(rows[0]) if rows else [name.split(".")[-1].strip() for name in COLUMNS.split(",")]
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return answer("\ufeff" + written.getvalue(), "text/csv; charset=utf-8", Content_Disposition=SAVED.format("csv"))


def facts_parquet(visit: Visit) -> Answer:
    """The same facts as Parquet."""
    from pyarrow import parquet

    found = visit.reading.arrow(*_chosen(filters(visit.parameters), COLUMNS, DOWNLOAD))
    file = io.BytesIO()
    parquet.write_table(found, file, compression="zstd")
    return answer(file.getvalue(), "application/vnd.apache.parquet", Content_Disposition=SAVED.format("parquet"))


def _download(visit: Visit) -> list[Row]:
    return visit.rows(*_chosen(filters(visit.parameters), COLUMNS, DOWNLOAD))


def _fitting(asked: Mapping[str, str | None]) -> tuple[str, dict[str, Any]]:
    given = {name: value for name, value in asked.items() if value is not None}
    return " AND ".join([FITTING, *(CONDITIONS[name] for name in given)]), given


def _chosen(asked: Mapping[str, str | None], columns: str, most: int, skip: int = 0) -> tuple[str, dict[str, Any]]:
    fitting, given = _fitting(asked)
    return CHOSEN.format(fitting=fitting, order=ORDER, columns=columns), {**given, "most": most, "skip": skip}


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection)."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
    return value.isoformat() if hasattr(value, "isoformat") else value


def _line(visit: Visit, row: Row) -> Line:
    told = describe(fields_from(row["kind"], row["fields"]), row["language"], visit.words, visit.names)
    details = tuple((one.label, clean(one.text), one.language) for one in told.details)
    quote = excerpt(ILLEGAL.sub("", row["sentence"]), ILLEGAL.sub("", told.surface))
    return Line(row, clean(told.heading), clean(told.value), told.value_language, details, quote)


def _page(text: str) -> int:
    return min(max(int(text), 1), PAGES) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _day(text: str | None) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        return None
