"""The view of outlets' health, against a slow and obvious count in Python over the base tables; every part says what it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.warehouse.press import Press, fill, same


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return fill(tmp_path_factory.mktemp("press"))


def test_outlet_health(press: Press) -> None:
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


def test_every_table_view_and_column_says_what_it_is(press: Press) -> None:
    assert press.ask("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL") == []
    assert press.ask("SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL") == []
    assert press.ask("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL") == []
    assert press.ask("SELECT function_name FROM duckdb_functions() WHERE NOT internal AND comment IS NULL") == []
