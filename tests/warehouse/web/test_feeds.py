"""Feeds: valid, each claim once under an id that stays, and hostile words as text."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import feedparser
import pytest
from lxml import etree

from tests.warehouse.web.press import HOSTILE
from tests.warehouse.web.reader import WebReader, parsed

ATOM = "{http://www.w3.org/2005/Atom}"
PATHS = ("feeds/latest", "feeds/topic/eau_environnement", "feeds/sector/eau", "feeds/entity/agence_eau",
         "feeds/digest/ia-numerique")


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_an_atom_feed_has_all_that_rfc_4287_asks_for(reader: WebReader, language: str, path: str) -> None:
    response = reader.get(f"/{language}/{path}.atom")
    assert (response.status_code, response.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    root: Any = etree.fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    for node in (root, *root.findall(f"{ATOM}entry")):
        assert [len(node.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert node.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == f"http://127.0.0.1:8460/{language}/{path}.atom"
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    assert len(parsed.entries) == len(ids)


def test_json_and_atom_tell_the_same(reader: WebReader) -> None:
    response = reader.get("/fr/feeds/topic/eau_environnement.json")
    feed = json.loads(response.content)
    entries = feedparser.parse(reader.get("/fr/feeds/topic/eau_environnement.atom").content).entries
    assert response.headers["content-type"] == "application/feed+json; charset=utf-8"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in entries]
    assert len(entries) == 2
    assert all(item["url"].startswith("http://127.0.0.1:8460/fr/claim/") and item["content_html"] for item in feed["items"])


def test_a_feed_is_not_sent_again_to_who_has_it(reader: WebReader) -> None:
    first = reader.get("/fr/feeds/latest.atom")
    assert reader.get("/fr/feeds/latest.atom", headers={"if-none-match": first.headers["etag"]}).status_code == 304


def test_a_query_is_a_feed_of_its_own(reader: WebReader) -> None:
    whole, narrow = (json.loads(reader.get(f"/fr/feeds/latest.json{query}").content) for query in ("", "?kind=agreement"))
    assert len(narrow["items"]) == 1 < len(whole["items"])
    assert narrow["items"][0]["id"] in {item["id"] for item in whole["items"]}
    assert narrow["feed_url"].endswith("?kind=agreement")


def test_a_subscription_can_be_had_as_a_feed(reader: WebReader) -> None:
    page = parsed(reader.get("/fr/preview?words=Targa,سد&least_sources=2&every=weekly"))
    address = page.xpath("//p[@class='feeds']/a/@href")[1]
    items = json.loads(reader.get(address).content)["items"]
    assert len(items) == 1
    assert "every" not in address
    digest = parsed(reader.get("/fr/preview?digest=ia-numerique")).xpath("//p[@class='feeds']/a/@href")
    assert digest == ["/fr/feeds/digest/ia-numerique.atom", "/fr/feeds/digest/ia-numerique.json"]


def test_hostile_words_are_text_in_a_feed(reader: WebReader) -> None:
    feed = json.loads(reader.get("/fr/feeds/latest.json?kind=amount").content)
    content = next(item["content_html"] for item in feed["items"] if "alert" in item["title"])
    seen = _Seen()
    seen.feed(content)
    assert HOSTILE in "".join(seen.texts)
    assert not {"script", "img"} & set(seen.tags)


def test_what_has_no_feed(reader: WebReader) -> None:
    for path in ("feeds/topic/x.atom", "feeds/else/eau.atom", "feeds/latest.rss", "feeds/entity/x.json", "feeds/digest/x.atom"):
        assert reader.get(f"/fr/{path}").status_code == 404, path


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
