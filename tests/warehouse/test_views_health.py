"""The view of outlets' health, against a slow and obvious count in Python over the base tables."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.warehouse.press import fill, same


def test_outlet_health(tmp_path: Path) -> None:
    press = fill(tmp_path)
    articles = {row["article_id"]: row for row in press.table("articles")}
    fetches = press.table("fetches")
    newest = max(row["fetched_at"] for row in (*fetches, *articles.values()))
    wanted = []
    for outlet in {row["outlet"] for row in fetches} | {row["outlet"] for row in articles.values()}:
        recent = [row for row in fetches if row["outlet"] == outlet and row["fetched_at"] > newest - timedelta(days=7)]
        ours = [row for row in articles.values() if row["outlet"] == outlet]
        wanted.append({
            "outlet": outlet, "requests": len(recent), "failed": sum(row["outcome"].startswith("failed") for row in recent),
            "refused": sum(row["outcome"].startswith("refused") for row in recent), "bytes": sum(row["bytes"] for row in recent),
            "articles": sum(row["fetched_at"] > newest - timedelta(days=7) for row in ours),
            "dated": sum(row["date_published"] is not None for row in ours) / len(ours)})
    same(press.table("outlet_health"), wanted, ("outlet",))
