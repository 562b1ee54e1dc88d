"""Every feed, of digests and of pages, is valid by the rules of its format; and the validator finds what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.warehouse.digest.samples import ARABIC, OTHER_SUM, Says, claim_event
from tests.warehouse.digest.test_render import HOSTILE, rendered
from tests.warehouse.validator import wrong_in_atom, wrong_in_json
from tests.warehouse.web.press import DAM, DEAL, NOW, PRESS, publish_press, settings_in
from tests.warehouse.web.reader import WebReader, reading
from tests.warehouse.web.test_feeds import PATHS
from warehouse.public import public_path
from warehouse.web.app import create_app
from warehouse.web.site import Site

VALID = """<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x</id><title>T</title><updated>2026-11-24T09:00:00Z</updated>
<author><name>A</name></author><link rel="self" href="https://x.example/"/><entry><id>urn:y</id><title>E</title>
<updated>2026-11-24T09:00:00Z</updated><content type="html">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    settings = settings_in(tmp_path_factory.mktemp("press"))
    publish_press(settings)
    return Site(settings, public_path(settings), clock=lambda: NOW)


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_feeds_of_pages(site: Site, language: str) -> None:
    with reading(create_app(site)) as reader:
        for path in PATHS:
            for query in ("", "?kind=agreement&state=confirmed", "?topic=none"):
                assert wrong_in_atom(reader.get(f"/{language}/{path}.atom{query}").content) == [], path
                assert wrong_in_json(reader.get(f"/{language}/{path}.json{query}").content) == [], path


def test_the_feeds_of_digests() -> None:
    for events in ((claim_event(HOSTILE),), (claim_event(Says(), ARABIC, OTHER_SUM, change="disputed"),), (
            claim_event(Says()), claim_event(ARABIC, claim="claim-2", seq=2, story_id="story-2"))):
        assert wrong_in_atom(rendered(*events).atom.encode()) == []


@pytest.mark.parametrize(("is_there", "instead"), [
    ("<id>urn:y</id>", ""), ("<title>T</title>", ""), ("2026-11-24T09:00:00Z", "2026-11-24 09:00"),
    ("<id>urn:y</id>", "<id>urn:x</id>"),
    ("<author><name>A</name></author>", ""),
    ("<author><name>A</name></author>", "<author/>"), ('rel="self"', 'rel="via"'),
    ('href="https://x.example/"', ""), ('type="html"', 'type="xml"'), ("&lt;/p&gt;", ""), ("&lt;p", "&lt;script"),
    ("<title>E</title>", "<title>E</title><title>F</title>"), ("<entry>", "<pubDate/><entry>"),
    ('<content type="html">&lt;p&gt;x&lt;/p&gt;</content>', ""),
])
def test_a_fault_in_atom_is_found(is_there: str, instead: str) -> None:
    assert wrong_in_atom(VALID.encode()) == []
    assert is_there in VALID
    assert wrong_in_atom(VALID.replace(is_there, instead).encode()) != []


def test_a_fault_in_json_is_found(site: Site) -> None:
    with reading(create_app(site)) as reader:
        valid = reader.get("/fr/feeds/latest.json").json()
    item = valid["items"][0]
    for wrong in ({**valid, "version": "1"}, {**valid, "title": ""}, {**valid, "feed_url": "/x"},
                  {**valid, "items": [item, item]},
                  {**valid, "items": [{**item, "date_modified": "yesterday"}]}, {**valid, "items": [{**item, "id": 5}]},
                  {**valid, "items": [{**item, "content_html": "<p onclick='x'>y</p>"}]}):
        assert wrong_in_json(json.dumps(wrong).encode()) != []


def test_ids_stay_and_only_what_changed_is_sent_again(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    publish_press(settings, (DAM, DEAL))
    site = Site(settings, public_path(settings), clock=lambda: NOW)
    with reading(create_app(site)) as reader:
        before = {path: reader.get(f"/fr/{path}.json") for path in PATHS}
        ids = {path: entry_ids(reader, path) for path in PATHS}
        publish_press(settings, (DAM, DEAL))
        for path in PATHS:
            known = {"if-none-match": before[path].headers["etag"]}
            assert reader.get(f"/fr/{path}.json", headers=known).status_code == 304, "a snapshot with the same in it"
        publish_press(settings, PRESS)
        after = reader.get("/fr/feeds/latest.json", headers={"if-none-match": before["feeds/latest"].headers["etag"]})
        assert after.status_code == 200
        for path in PATHS:
            assert set(ids[path]) <= set(entry_ids(reader, path)), path
            assert entry_ids(reader, path) == entry_ids(reader, path, "ar"), "the same in every language"
    assert ids["feeds/latest"]


def entry_ids(reader: WebReader, path: str, language: str = "fr") -> list[str]:
    return [item["id"] for item in reader.get(f"/{language}/{path}.json").json()["items"]]
