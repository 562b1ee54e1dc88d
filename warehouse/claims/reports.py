"""Stories in, what their articles state out: the Reports that pipeline.claims assembles, each with the row behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pipeline.claims import Report, source_of
from pipeline.events import Article, PageRef, Placement
from warehouse.database import Connection
from warehouse.rows import with_keys
from warehouse.statements import fact_from

REPORTS = """
SELECT f.fact_id, f.kind, f.fields::VARCHAR AS fields, f.sentence, f.zone, f.start_offset, f.end_offset, f.extractor,
       f.confidence, f.attributed_to, f.version, f.is_current,
       a.article_id, a.outlet, a.agency, a.original_outlet, a.placement, a.copy_of,
       a.story_id, a.published_by, a.date_published, a.language, a.status, a.headline, a.canonical_url, a.url,
       v.fetched_at, v.origin, a.fetched_at AS seen_at, a.origin AS seen_by, a.withdrawn_at
FROM batch b JOIN articles a ON a.story_id = substr(b.key, strpos(b.key, ':') + 1)
JOIN facts f ON f.article_id = a.article_id AND f.kind = split_part(b.key, ':', 1)
JOIN article_versions v ON v.article_id = f.article_id AND v.version = f.version AND v.status = 'published'
"""


@dataclass(frozen=True)
class Reported:
    """A report with the row it was made of."""

    report: Report
    row: dict[str, Any]

    def fresh(self, hours: int) -> bool:
        """Whether it came live and was published at most so many hours before it was fetched."""
        return self._fresh(self.row["origin"], self.row["fetched_at"], hours)

    def gone_fresh(self, hours: int) -> bool:
        """The same of the article's later version, or withdrawal, that no longer says so."""
        return self._fresh(self.row["seen_by"], self.row["withdrawn_at"] or self.row["seen_at"], hours)

    def _fresh(self, origin: str, fetched_at: datetime, hours: int) -> bool:
        published = self.row["date_published"]
        return origin == "live" and published is not None and fetched_at - published <= timedelta(hours=hours)


def reports_of(con: Connection, parts: Iterable[str]) -> dict[str, Reported]:
    """All facts of these kinds of these stories (Scope.parts), in all versions of their articles, by fact id."""
    return {row["fact_id"]: Reported(_report(row), row) for row in with_keys(con, parts, REPORTS)}


def _report(row: dict[str, Any]) -> Report:
    return Report(
        fact=fact_from(row), article_id=row["article_id"], outlet=row["outlet"], source=_source(row), story_id=row["story_id"],
        published=row["published_by"], fetched_at=row["fetched_at"], origin=row["origin"], language=row["language"],
        version=row["version"], current=row["is_current"], withdrawn=row["status"] == "withdrawn")


def _source(row: dict[str, Any]) -> str:
    """Whom the article rests on, by the rule of pipeline.claims, which asks for an article and its placement."""
    ref = PageRef(
        page_id="", article_id=row["article_id"], outlet=row["outlet"], url=row["url"], final_url=row["url"], status=200,
        fetched_at=row["fetched_at"], origin=row["origin"])
    article = Article(
        event_id="", ref=ref, article_id=row["article_id"], canonical_url=row["canonical_url"], headline="", body="",
        language=row["language"], original_outlet=row["original_outlet"], agency=row["agency"], text_hash="", reading="")
    return source_of(article, Placement(
        kind=row["placement"], story_id=row["story_id"], copy_of=row["copy_of"], decided_by=""))
