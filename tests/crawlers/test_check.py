"""What a check of many outlets tells: a line each where there is one reason, and what came of all."""

from __future__ import annotations

import pytest

from crawlers.answer import NoAnswer
from crawlers.check import Finding, as_lines, summary
from crawlers.telling import MEANINGS, told

NOWHERE = MEANINGS["no_such_host"]


def test_one_reason_is_one_line() -> None:
    assert as_lines(Finding("phare", why=NOWHERE, told=["a: x", "b: x"])) == [f"phare: NOT verified: {NOWHERE}"]
    assert as_lines(Finding("phare", told=["a: x", "b: y"])) == ["phare: NOT verified", "  a: x", "  b: y"]
    assert as_lines(Finding("phare", good=True, told=["feed"])) == ["phare: verified", "  feed"]


def test_the_summary_counts_reasons_and_knows_a_machine_without_network() -> None:
    lost = [Finding(f"o{number}", why=NOWHERE) for number in range(4)]
    said = summary([*lost, Finding("a", good=True), Finding("b", why="status 403")])
    assert said.splitlines()[:3] == ["6 outlets: 1 verified, 5 not", f"  4 x {NOWHERE}", "  1 x status 403"]
    assert "no network" in said
    assert "no network" not in summary([*lost[:2], *(Finding(f"g{number}", good=True) for number in range(9))])


@pytest.mark.parametrize(("answer", "says"), [
    (NoAnswer("refused", "robots_unavailable", detail="no_such_host"), NOWHERE),
    (NoAnswer("refused", "robots_unavailable", detail="http_502"), f"{MEANINGS['robots_unavailable']}: status 502"),
    (NoAnswer("failed", "http_503"), "status 503"), (NoAnswer("failed", "connection (X)"), "connection (X)")])
def test_why_no_answer_came(answer: NoAnswer, says: str) -> None:
    assert told(answer) == says
