"""What a page may cost: its size, and its queries, listed here page by page."""

from __future__ import annotations

import re

import pytest

from tests.warehouse.web.counting import counted_queries
from tests.warehouse.web.reader import parsed, reading
from warehouse.web.app import ADDRESSES, create_app
from warehouse.web.site import Site

BYTES = 200_000
QUERIES = {
    "": 8,
    "?kind=amount&topic=eau_environnement": 8,
    "trends": 4,
    "trends/topic/eau_environnement": 5,
    "trends/sector/eau": 6,
    "story/story-dam": 8,
    "story/story-port": 11,
    "{claim}": 4,
    "entities": 1,
    "entity/agence_eau": 8,
    "facts": 2,
    "facts?kind=amount&topic=eau_environnement": 2,
    "facts.csv": 1,
    "facts.parquet": 1,
    "outlets": 2,
    "search?q=barrage": 0,
    "preview?topic=eau_environnement&words=eau": 1,
    "feeds/latest.atom": 3,
    "feeds/topic/eau_environnement.json": 3,
    "subscribe": 0,
}
"""By path, in any language: eleven where a story was edited. The names in the snapshot are read once for all pages, search
has an index of its own. What each costs on a large file: `python -m tests.bench.page_queries`."""


@pytest.mark.parametrize("path", QUERIES)
def test_a_page_costs_no_more_than_is_listed(site: Site, path: str) -> None:
    with reading(create_app(site)) as reader:
        reader.get("/en/outlets")
        if "{claim}" in path:
            links = parsed(reader.get("/fr/story/story-dam")).xpath("//a[contains(@href, '/claim/')]/@href")
            address = str(links[0])
        else:
            address = f"/fr/{path}"
        with counted_queries() as asked:
            response = reader.get(address)
            assert response.status_code == 200
            first = len(asked)
            assert reader.get(address).content == response.content
    assert len(response.content) <= BYTES
    assert first == QUERIES[path], asked
    assert len(asked) == first, "a page at hand costs no query"


def test_every_page_is_listed() -> None:
    listed = {path.partition("?")[0] for path in QUERIES}
    for address in ADDRESSES:
        shape = re.escape(address.path).replace(r"\{", "{").replace(r"\}", "}")
        pattern = re.compile(re.sub(r"{\w+}", r"[\\w-]+", shape))
        assert any(pattern.fullmatch(path.replace("{claim}", "claim/x")) for path in listed), address.path
