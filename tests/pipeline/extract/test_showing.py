"""A person can see how a page was read, and keep it as a test."""

from __future__ import annotations

import json

from pipeline.extract import extract
from pipeline.extract.recording import ARTICLE, differences, recording_of
from pipeline.extract.showing import as_page, as_text, zone_of
from tests.pipeline.extract.pages import OUTLET, page
from tests.pipeline.extract.test_web_page import PARAGRAPHS, TITLE, body, card, html

CONTENT = html(f"<h1>{TITLE}</h1><p class='chapo'>{PARAGRAPHS[0]}</p><div>{body()}</div><div><h4>À lire "
    f"aussi</h4>{card(1)}{card(2)}</div>")


def test_zones_of_blocks() -> None:
    found = extract(page(CONTENT), OUTLET)
    assert [zone_of(text, found) for text in (TITLE, PARAGRAPHS[0], PARAGRAPHS[2],
        "Un tout autre sujet de la rédaction, le 1",
                                              "rien de tel")] == ["title", "lead", "body", "related", "unread"]


def test_terminal_and_page() -> None:
    raw = page(CONTENT.replace("transporteurs", "transporteurs &lt;b&gt;"))
    text, shown = as_text(extract(raw, OUTLET)), as_page(raw, extract(raw, OUTLET))
    assert TITLE in text
    assert "- related" in text
    assert f'<p class="title" title="title">{TITLE}</p>' in shown
    assert "transporteurs &lt;b&gt;" in shown


def test_refusals_are_told_too() -> None:
    raw = page("")
    assert as_text(extract(raw, OUTLET)).startswith("no article: empty")
    assert "no article" in as_page(raw, extract(raw, OUTLET))


def test_a_recording_fails_until_it_is_reviewed_and_when_the_reading_changes() -> None:
    files = recording_of(page(CONTENT), OUTLET)
    assert len(differences(files, OUTLET)) == 1
    reviewed = json.loads(files[ARTICLE]) | {"reviewed": True}
    files[ARTICLE] = json.dumps(reviewed).encode()
    assert differences(files, OUTLET) == []
    files[ARTICLE] = json.dumps(reviewed | {"headline": "Un autre titre"}).encode()
    assert [line.split(":")[0] for line in differences(files, OUTLET)] == ["headline"]
