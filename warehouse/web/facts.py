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
FITTING: Final = """
    FROM facts f JOIN articles a ON a.article_id = f.article_id
    WHERE f.is_current AND a.placement <> 'copy'
      AND ($kind IS NULL OR f.kind = $kind) AND ($outlet IS NULL OR a.outlet = $outlet)
      AND ($language IS NULL OR a.language = $language)
      AND ($since IS NULL OR a.event_time >= $since::DATE) AND ($until IS NULL OR a.event_time < $until::DATE + 1)
      AND ($topic IS NULL OR EXISTS (
          SELECT 1 FROM labels l WHERE l.article_id = a.article_id AND l.scheme = 'topic' AND l.code = $topic))
      AND ($sector IS NULL OR EXISTS (
          SELECT 1 FROM labels l WHERE l.article_id = a.article_id AND l.scheme = 'sector' AND l.code = $sector))
      AND ($entity IS NULL OR f.subject_entity = $entity OR EXISTS (
          SELECT 1 FROM mentions m WHERE m.article_id = a.article_id AND m.entity_id = $entity))"""
ORDER: Final = " ORDER BY a.event_time DESC, f.article_id, f.start_offset, f.fact_id LIMIT $most OFFSET $skip"


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
    total = visit.rows(f"SELECT count(*) AS n {FITTING}", asked)[0]["n"]
    rows = visit.rows(f"SELECT {COLUMNS}, f.fields {FITTING} {ORDER}", {**asked, "most": PAGE, "skip": (number - 1) * PAGE})
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

    found = visit.reading.arrow(
        f"SELECT {COLUMNS} {FITTING} {ORDER}", {**filters(visit.parameters), "most": DOWNLOAD, "skip": 0})
    file = io.BytesIO()
    parquet.write_table(found, file, compression="zstd")
    return answer(file.getvalue(), "application/vnd.apache.parquet", Content_Disposition=SAVED.format("parquet"))


def _download(visit: Visit) -> list[Row]:
    return visit.rows(f"SELECT {COLUMNS} {FITTING} {ORDER}", {**filters(visit.parameters), "most": DOWNLOAD, "skip": 0})


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
