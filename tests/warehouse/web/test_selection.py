"""Every part of a selection asks what it says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.warehouse.web.press import NOW
from warehouse.web.selection import Selection, asked, claim_ids
from warehouse.web.site import Site


@pytest.mark.parametrize(("selection", "kinds"), [
    (Selection(), ["agreement", "amount", "amount", "target", "target"]),
    (Selection(kinds=("target",)), ["target", "target"]),
    (Selection(states=("disputed",)), ["amount"]),
    (Selection(topics=("education_formation",)), ["agreement"]),
    (Selection(sectors=("ports", "eau")), ["amount", "target", "target"]),
    (Selection(entities=("agence_eau",)), ["agreement", "amount"]),
    (Selection(outlets=("lemiroir",)), ["amount"]),
    (Selection(languages=("ar",)), ["agreement", "amount", "target"]),
    (Selection(words=("CONTENEURS",)), ["target"]),
    (Selection(words=("eau",), without=("Oriental",)), []),
    (Selection(least_sources=2), ["agreement", "amount"]),
    (Selection(since=NOW - timedelta(hours=3)), ["agreement"]),
    (Selection(fresh=True, kinds=("agreement",)), ["agreement"]),
    (Selection(topics=("education_formation",), sectors=("eau",)), []),
])
def test_a_selection_takes_what_fits_all_its_parts(site: Site, selection: Selection, kinds: list[str]) -> None:
    with site.reader.reading() as reading:
        ids = claim_ids(reading, selection, 50)
        rows = reading.rows("SELECT kind FROM claims WHERE list_contains($ids::VARCHAR[], claim_id) ORDER BY kind", {"ids": ids})
        newest = claim_ids(reading, selection, 1)
    assert [row["kind"] for row in rows] == kinds
    assert newest == ids[:1]


def test_parameters_that_mean_nothing_select_everything() -> None:
    assert asked({"kind": "nonsense", "state": "?", "page": "3"}) == Selection()
    assert asked({"least_sources": "²", "words": " , x,"}) == Selection()
    assert asked({"words": "سد، eau", "without": "port", "least_sources": "2"}) == Selection(
        words=("سد", "eau"), without=("port",), least_sources=2)
    assert asked({"kind": "target", "topic": "eau"}) == Selection(kinds=("target",), topics=("eau",))
