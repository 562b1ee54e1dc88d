"""The reports of whole stories in, their claims out; the same whatever the order of the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

from pipeline.claims.alignment import barred, link
from pipeline.claims.comparison import signature
from pipeline.claims.judgement import judge
from pipeline.claims.keys import key_of
from pipeline.claims.report import AssembledClaim, Report
from pipeline.claims.statement import Statement, statements_of
from pipeline.events import content_id

MOST: Final = 400
"""Statements of one kind in a story beyond which only equal ones are brought together: a story that large is a running
topic, and comparing all pairs of it would hold up the load."""


def assemble(reports: Iterable[Report]) -> tuple[AssembledClaim, ...]:
    """The claims that these reports assert, by id. Give whole stories (see pipeline.claims); each report is in one claim."""
    claims: dict[str, AssembledClaim] = {}
    for members in _clusters(statements_of(reports)):
        claim = _claim(members)
        while claim.claim_id in claims:
            again = content_id("claim", claim.claim_id, claim.reports[0].fact.fact_id)
            claim = _claim(members, again)
        claims[claim.claim_id] = claim
    return tuple(claims[claim_id] for claim_id in sorted(claims))


def _clusters(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Joined greedily from the surest link down; a join that would put two things of one text together is left out."""
    home = {id(one): [one] for one in statements}
    links = [(score, index, one, other) for index, (one, other) in enumerate(_pairs(statements))
             if (score := link(one, other)) > 0 and not barred(one, other)]
    for _, _, one, other in sorted(links, key=lambda found: (-found[0], found[1])):
        a, b = home[id(one)], home[id(other)]
        if a is not b and not any(barred(x, y) for x in a for y in b):
            a.extend(b)
            home.update((id(member), a) for member in b)
    unique = {id(cluster): cluster for cluster in home.values()}
    return sorted((sorted(cluster, key=lambda one: one.order) for cluster in unique.values()), key=lambda c: c[0].order)


def _pairs(statements: Sequence[Statement]) -> list[tuple[Statement, Statement]]:
    """All pairs worth a comparison, in the order of the statements, each once."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, one in enumerate(statements):
        unit = one.measure.block if one.measure else ""
        blocks[one.story_id, one.kind, unit].append(at)
        if one.key.resolved:
            blocks["", one.key.id].append(at)
    pairs = {pair for block in blocks.values() if len(block) <= MOST for pair in combinations(block, 2)}
    pairs |= {pair for block in blocks.values() if len(block) > MOST for pair in _equal(statements, block)}
    return [(statements[a], statements[b]) for a, b in sorted(pairs)]


def _equal(statements: Sequence[Statement], block: Sequence[int]) -> Iterable[tuple[int, int]]:
    last: dict[str, int] = {}
    for at in block:
        same = signature(statements[at].fields)
        if same in last:
            yield last[same], at
        last[same] = at


def _claim(members: Sequence[Statement], claim_id: str | None = None) -> AssembledClaim:
    reports = tuple(sorted((report for one in members for report in one.reports), key=lambda report: report.order))
    keys = [key_of(report.fact, report.story_id) for report in reports]
    ids = list(dict.fromkeys(
        content_id("claim", key.id, signature(report.fact.fields)) for key, report in zip(keys, reports, strict=True)))
    chosen = claim_id or ids[0]
    return AssembledClaim(
        claim_id=chosen, kind=reports[0].kind, key=keys[0].text,
        story_id=reports[0].story_id, reports=reports, verdict=judge(reports),
        aliases=tuple(other for other in ids if other != chosen))
