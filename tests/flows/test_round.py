"""The main job over the sample press: one round brings everything, the second nothing new, and a kill loses nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.bench.equality import counts, differences
from tests.bench.kills import campaign
from tests.flows.command import Done, Marsad
from tests.world import World

pytestmark = pytest.mark.slow
NOT_FETCHED = {"robots_disallowed"}


@dataclass(frozen=True)
class Rounds:
    """Two rounds over one world, and what was asked of its servers in each."""

    world: World
    marsad: Marsad
    first: Done
    second: Done
    counts_before: dict[str, int]
    digests_before: frozenset[str]
    requests: tuple[list[dict[str, Any]], list[dict[str, Any]]]

    def sql(self, question: str) -> list[dict[str, Any]]:
        """Rows of the snapshot."""
        done = self.marsad("sql", question, "--format", "json", "--rows", "100000")
        assert done.code == 0, done.err
        return [json.loads(line) for line in done.out.splitlines()]


def digest_files(data: Path) -> frozenset[str]:
    return frozenset(str(path.relative_to(data)) for path in (data / "digests").rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory, prefect_api: str) -> Iterator[Rounds]:
    folder = tmp_path_factory.mktemp("rounds")
    with World(folder / "world") as world:
        marsad = Marsad(folder / "data", world.outlets, prefect_api)
        first = marsad("run")
        before = len(world.requests())
        held, files = counts(marsad.data / "marsad.duckdb"), digest_files(marsad.data)
        second = marsad("run", "--now")
        asked = world.requests()
        yield Rounds(world, marsad, first, second, held, files, (asked[:before], asked[before:]))


def truth(rounds: Rounds, kind: str) -> list[dict[str, Any]]:
    return [row for row in rounds.world.truth if row["kind"] == kind]


def test_both_rounds_end_well(rounds: Rounds) -> None:
    assert (rounds.first.code, rounds.first.err) == (0, "")
    assert rounds.second.code == 0, rounds.second.err


def test_every_article_of_the_truth_arrives_once(rounds: Rounds) -> None:
    wanted = {row["url"] for row in truth(rounds, "article") if not row.get("robots_disallowed")}
    found = Counter(row["url"] for row in rounds.sql("SELECT url FROM articles"))
    assert wanted - set(found) == set()
    assert [url for url, times in found.items() if times > 1] == []


def test_what_is_no_article_is_not_one(rounds: Rounds) -> None:
    others = {row["url"] for row in rounds.world.truth if row["kind"] != "article"}
    assert {row["url"] for row in rounds.sql("SELECT url FROM articles")} & others == set()


def test_nothing_forbidden_was_asked_for(rounds: Rounds) -> None:
    forbidden = {row["url"] for row in rounds.world.truth if row.get("robots_disallowed")}
    asked = {rounds.world.bases[one["outlet"]] + one["path"] for one in (*rounds.requests[0], *rounds.requests[1])}
    assert asked & forbidden == set()


def test_the_second_round_adds_nothing(rounds: Rounds) -> None:
    assert counts(rounds.marsad.data / "marsad.duckdb") == rounds.counts_before
    assert digest_files(rounds.marsad.data) == rounds.digests_before
    assert rounds.digests_before


def test_most_requests_of_the_second_round_are_conditional_or_saved(rounds: Rounds) -> None:
    first, second = rounds.requests
    unconditional = [one for one in second if not one["conditional"] and not one["path"].endswith("robots.txt")]
    assert len(unconditional) < len(first) / 4


def test_the_summary_names_flow_run_and_finds(rounds: Rounds) -> None:
    assert re.search(r"flow run \S+ \(.+\) Completed", rounds.first.out)
    for name in ("articles", "copies", "stories", "facts", "announcements", "refused pages", "in dispute", "digests"):
        assert name in rounds.first.out, name


def test_the_disputed_figure_has_both_sources(rounds: Rounds) -> None:
    disputed = rounds.sql("FROM claims_disputed")
    assert disputed, "the sample press holds a figure on which outlets differ"
    assert "in dispute" in rounds.first.out


@pytest.mark.timeout(600)
def test_a_killed_round_ends_with_the_same_tables(tmp_path: Path) -> None:
    seen = campaign(tmp_path, kills=2, seed=20261125)
    assert seen.differences == []
    assert seen.rows["articles"] > 50


def test_differences_are_seen(rounds: Rounds, tmp_path: Path) -> None:
    other = Marsad(tmp_path / "other", rounds.world.outlets, rounds.marsad.api)
    assert other("run", sorted(rounds.world.bases)[0]).code == 0
    assert differences(rounds.marsad.data / "marsad.duckdb", other.data / "marsad.duckdb") != []
