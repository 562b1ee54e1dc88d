"""The archive read again with other rules: what differs is told and kept apart, and enters the pipeline only when asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.flows.command import Marsad
from tests.world import World
from tests.world.fixture import fresh_world

__all__ = ["fresh_world"]

DAY = "2020-01-01"


def rows(marsad: Marsad, question: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in marsad("sql", question, "--format", "json").out.splitlines()]


@pytest.mark.slow
def test_other_rules_are_shown_first_and_kept_on_demand(tmp_path: Path, fresh_world: World, prefect_api: str) -> None:
    outlet = sorted(fresh_world.bases)[0]
    marsad = Marsad(tmp_path / "data", fresh_world.outlets, prefect_api)
    assert marsad("run", outlet).code == 0
    articles = "SELECT article_id, headline, word_count, versions FROM articles ORDER BY ALL"
    before = rows(marsad, articles)
    assert before

    same = marsad("replay", "--since", DAY)
    assert same.code == 0, same.err
    assert f"{len(before)} articles as before" in same.out

    file = fresh_world.outlets / f"{outlet}.yml"
    rules = "\nread:\n  headline: //title\ndrop: ['//body//p[last()]']\n"
    file.write_text(file.read_text(encoding="utf-8") + rules, encoding="utf-8")
    other = marsad("replay", "--since", DAY, "--outlet", outlet, "--keep")
    assert other.code == 0, other.err
    assert rows(marsad, articles) == before
    (written, *_) = sorted((marsad.data / "replays").glob("*/changes.jsonl"), key=lambda one: one.stat().st_size, reverse=True)
    changes = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]
    changed = [one for one in changes if (one["what"], one["change"]) == ("article", "changed")]
    assert changed
    assert all("headline" in one["after"] or "body" in one["after"] for one in changed)

    digests = sorted((marsad.data / "digests").rglob("*"))
    assert marsad("run", outlet).code == 0
    now = {row["article_id"]: row for row in rows(marsad, articles)}
    for one in changed:
        if "headline" in one["after"]:
            assert now[one["article_id"]]["headline"] == one["after"]["headline"]
    assert sorted((marsad.data / "digests").rglob("*")) == digests


def test_what_is_not_archived_is_named(tmp_path: Path, fresh_world: World) -> None:
    done = Marsad(tmp_path / "data", fresh_world.outlets)("replay", "--since", DAY)
    assert (done.code, "archive is empty" in done.err) == (4, True)
