"""Rows of the data folder in, classified articles out: what the benchmarks of stories and claims feed to the stage."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.events import Article, ClassifiedArticle, Dating, PageRef, Precision, content_id

Classify = Callable[[Article], ClassifiedArticle]


def plain(article: Article) -> ClassifiedArticle:
    """The article without labels, mentions and facts."""
    return ClassifiedArticle(event_id=content_id("classified", article.event_id), article=article, taxonomy="none")


def article(row: dict[str, Any], *, source: str = "id") -> Article:
    """A row with title, body, outlet, date (ISO) and lang."""
    name, at, precision = str(row[source]), row.get("date") or row.get("published"), row.get("date_precision", "day")
    published = _dating(at, precision) if at else None
    ref = PageRef(
        page_id=content_id(name, row["body"]), article_id=name, outlet=row["outlet"], url=f"https://given.test/{name}",
        final_url=f"https://given.test/{name}", status=200, origin="import", source_id=name,
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
    return Article(
        event_id=content_id("article", ref.page_id), ref=ref, article_id=name, canonical_url=ref.url, headline=row["title"],
        body=row["body"], language=row.get("lang", "fr"), published=published, original_outlet=row.get("origin"),
        text_hash=content_id(row["title"], row["body"]), reading="given/1")


def _dating(at: str, precision: Precision) -> Dating:
    moment = datetime.fromisoformat(at)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Dating(at=aware.astimezone(UTC), precision=precision, origin="given", raw=at)


def corpus(shared: Path, name: str = "morocco") -> Iterator[dict[str, Any]]:
    """Rows of a corpus."""
    with gzip.open(shared / "corpus" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def press(truth: Path) -> Iterator[dict[str, Any]]:
    """Articles of the press world's truth, by url."""
    with truth.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["kind"] == "article":
                yield {**row, "id": row["url"], "body": "\n".join(row["body_paragraphs"])}
