"""Events in, rows of the base tables out: one function a table, nothing decided."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, Final

import msgspec

from pipeline.events import (
    Dating,
    DeadLetter,
    Fetch,
    PlacedArticle,
    Placement,
    PlacementChanged,
    Rejected,
    Run,
)

Row = dict[str, Any]
def _taking(*names: str) -> Callable[[object], Row]:
    """What takes these fields of a value, by name: once an article, so quickly."""
    get = attrgetter(*names)
    return lambda value: dict(zip(names, get(value), strict=True))


OF_ARTICLE: Final = _taking(
    "article_id", "canonical_url", "original_outlet", "agency", "language", "headline", "authors", "section", "tags", "body",
    "lead", "captions", "is_accessible_for_free", "reading")
OF_PAGE: Final = _taking("source_id", "url", "outlet", "fetched_at", "origin", "page_id")
OF_VERSION: Final = _taking("article_id", "status", "headline", "body", "word_count", "text_hash", "reading")
OF_LABEL: Final = _taking("scheme", "code", "score", "decided_by", "zone", "surface")
OF_MENTION: Final = _taking("entity_id", "kind", "name", "surface", "zone")
SLACK: Final = {"day": timedelta(days=1), "month": timedelta(days=31), "year": timedelta(days=366)}


def article_row(event: PlacedArticle) -> Row:
    """All of an `articles` row but what follows from other events (story, status, counts) and is in its version's row."""
    article, placement = event.classified.article, event.placement
    ref, published, modified = article.ref, article.published, article.modified
    return {
        **OF_ARTICLE(article), **OF_PAGE(ref),
        "date_published": published.at if published else None, "date_published_raw": published.raw if published else None,
        "date_published_origin": published.origin if published else None,
        "date_published_precision": published.precision if published else None,
        "published_by": published_by(published), "event_time": published.at if published else ref.fetched_at,
        "date_modified": modified.at if modified else None, "date_modified_raw": modified.raw if modified else None,
        "placed_story_id": placement.story_id, "version": event.version, "event_id": event.event_id,
        "discovered_via": ref.discovery.via if ref.discovery else None,
        "archive_file": ref.archive.file if ref.archive else None, "archive_offset": ref.archive.offset if ref.archive else None,
        "taxonomy": event.classified.taxonomy,
    }


def version_row(event: PlacedArticle) -> Row:
    """All of an `article_versions` row but what follows from other versions."""
    article, ref = event.classified.article, event.classified.article.ref
    return {
        **OF_VERSION(article),
        **placement_columns(event.placement), "version": event.version, "event_id": event.event_id,
        "date_modified": article.modified.at if article.modified else None, "fetched_at": ref.fetched_at,
        "origin": ref.origin, "taxonomy": event.classified.taxonomy,
    }


def placement_columns(placement: Placement) -> Row:
    """The columns of a placement as `article_versions` names them."""
    return {
        "placed_story_id": placement.story_id, "placement": placement.kind, "copy_of": placement.copy_of,
        "similarity": placement.similarity, "placed_by": placement.decided_by,
    }


def published_by(dating: Dating | None) -> datetime | None:
    """The latest moment that the stated time and its precision allow."""
    return dating.at + SLACK.get(dating.precision, timedelta()) if dating else None


def label_rows(event: PlacedArticle) -> list[Row]:
    """Rows of `labels`."""
    return [
        {"article_id": event.classified.article.article_id, "start_offset": label.start, "end_offset": label.end,
         **OF_LABEL(label)}
        for label in event.classified.labels]


def mention_rows(event: PlacedArticle) -> list[Row]:
    """Rows of `mentions`."""
    return [
        {"article_id": event.classified.article.article_id, "start_offset": mention.start, "end_offset": mention.end,
         **OF_MENTION(mention)}
        for mention in event.classified.mentions]


def change_row(event: PlacementChanged) -> Row:
    """A row of `placement_changes`."""
    before, after = event.before, event.after
    return {
        "event_id": event.event_id, "article_id": event.article_id, "before_story_id": before.story_id,
        "before_placement": before.kind, "before_copy_of": before.copy_of, "after_story_id": after.story_id,
        "after_placement": after.kind, "after_copy_of": after.copy_of, "after_similarity": after.similarity,
        "after_placed_by": after.decided_by,
    }


def rejection_row(event: Rejected) -> Row:
    """A row of `rejections`."""
    ref = event.ref
    return {
        **{name: getattr(event, name) for name in ("event_id", "stage", "reason", "detail")},
        **{name: getattr(ref, name) for name in (
            "page_id", "article_id", "outlet", "url", "status", "fetched_at", "origin", "source_id")},
    }


def fetch_row(event: Fetch) -> Row:
    """A row of `fetches`."""
    return msgspec.structs.asdict(event)


def run_row(event: Run) -> Row:
    """A row of `runs`."""
    return {**msgspec.structs.asdict(event), "counts": json.dumps(event.counts, sort_keys=True)}


def dead_letter_row(event: DeadLetter) -> Row:
    """A row of `dead_letters`."""
    return {**msgspec.structs.asdict(event), "headers": json.dumps(event.headers, sort_keys=True)}
