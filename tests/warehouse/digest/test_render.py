"""Rendered issues: right to left, escaped, disputes side by side, updates marked; a feed that readers can parse."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import feedparser
import msgspec
import pytest
from lxml import html

from pipeline.events import ClaimEvent, Language
from tests.warehouse.digest.samples import ARABIC, COPY, NOW, OTHER_SUM, SUM, Says, claim_event, names
from warehouse.digest.compose import Sent, compose
from warehouse.digest.issue import Issue
from warehouse.digest.render import Rendered, render, render_feed

HOSTILE = Says(
    outlet="goud", language="ar", url="javascript:alert(1)", headline='<script>alert("x")</script>\u202e & "عنوان"\x07',
    sentence='قال: <img src=x onerror=alert(1)> 2,5 milliards de dirhams\x0b & "كفى"')
DISPUTE = claim_event(Says(), ARABIC, OTHER_SUM, COPY, change="disputed")


def issue_of(*events: ClaimEvent, language: Language = "fr", sent: dict[str, Sent] | None = None, number: int = 1) -> Issue:
    stories = compose(events, sent or {}, {}).stories
    return Issue(f"d-2026-11-24-{number}", "d", "Les annonces <du jour>", language, NOW, stories)


def rendered(*events: ClaimEvent, language: Language = "fr", sent: dict[str, Sent] | None = None) -> Rendered:
    return render(issue_of(*events, language=language, sent=sent), [], names())


def page(text: str) -> html.HtmlElement:
    return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))


def texts(tree: html.HtmlElement, css: str) -> list[str]:
    return [" ".join(str(one.text_content()).replace("\u00a0", " ").split()) for one in tree.find_class(css)]


@pytest.mark.parametrize(("language", "way"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr"), ("es", "ltr")])
def test_the_page_runs_its_readers_way_and_each_quote_its_own(language: Language, way: str) -> None:
    tree = page(rendered(DISPUTE, language=language).html)
    assert (tree.get("lang"), tree.get("dir")) == (language, way)
    assert [(one.get("lang"), one.get("dir")) for one in tree.iter("blockquote")] == [("fr", "ltr"), ("ar", "rtl")]


def test_an_arabic_issue_speaks_arabic() -> None:
    shown = rendered(DISPUTE, language="ar")
    for words in ("روايات متضاربة", "2,5\u00a0مليار درهم", "هسبريس", "أعاد نشره", "24 نونبر"):
        assert words in shown.html, words
        assert words in shown.text, words


def test_a_dispute_stands_side_by_side_with_both_sentences_and_outlets() -> None:
    shown = rendered(DISPUTE)
    sides = texts(page(shown.html), "side")
    assert len(sides) == 2
    assert all(words in sides[0] for words in ("2,5 milliards de dirhams", Says().sentence, "Médias24", "De même : Hespress"))
    assert all(words in sides[1] for words in ("environ 3 milliards de dirhams", OTHER_SUM.sentence, "Goud"))
    assert texts(page(shown.html), "links")[-1].startswith("Repris par : Press Mirror")
    assert OTHER_SUM.sentence in shown.text


def test_an_update_is_marked_with_what_was_sent_before() -> None:
    sent = {"claim-1": Sent("new", (Says().report(),), "claim-1", NOW - timedelta(days=2))}
    higher = replace(Says(), outlet="bladi", fields=msgspec.structs.replace(SUM, value=2.7e9))
    shown = rendered(claim_event(higher, change="updated", seq=2), sent=sent)
    tree = page(shown.html)
    assert texts(tree, "status") == ["Mise à jour Investissement modifie notre envoi du 22 novembre 2026"]
    assert texts(tree, "previously") == ["Auparavant : 2,5 milliards de dirhams"]
    assert "[Mise à jour] modifie notre envoi du 22 novembre 2026" in shown.text


def test_a_late_announcement_is_marked() -> None:
    shown = rendered(claim_event(replace(Says(), hours_ago=49)))
    assert texts(page(shown.html), "status") == ["Nouveau Investissement signalé en retard : lu le 22 novembre 2026"]
    assert "[Nouveau] signalé en retard : lu le 22 novembre 2026" in shown.text.replace("\xa0", " ")
    assert "en retard" not in rendered(claim_event()).html


def test_hostile_text_is_only_text() -> None:
    shown = rendered(claim_event(HOSTILE))
    tree = page(shown.html)
    assert not list(tree.iter("script", "img"))
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown.html
    assert not [link for link in tree.iter("a") if not str(link.get("href")).startswith("https://")]
    assert "\u202e" not in shown.html
    assert "<title>Les annonces &lt;du jour&gt;" in shown.html
    entry = feedparser.parse(shown.atom).entries[0]
    assert "<script" not in entry.content[0].value.lower()
    assert "&lt;img" in entry.content[0].value
    assert "\x07" not in shown.atom
    assert "\x0b" not in shown.atom


def test_nothing_is_fetched_from_anywhere() -> None:
    tree = page(rendered(DISPUTE).html)
    assert not [one for one in tree.iter() if isinstance(one.tag, str) and one.get("src")]
    assert "url(" not in rendered(DISPUTE).html
    assert "@import" not in rendered(DISPUTE).html


def test_only_an_excerpt_of_a_long_sentence_is_shown() -> None:
    long = " ".join(["Selon nos informations,"] * 40 + ["2,5 milliards de dirhams sont prévus"] + ["et ainsi de suite"] * 40)
    quote = str(next(page(rendered(claim_event(replace(Says(), sentence=long))).html).iter("blockquote")).text_content())
    assert "2,5 milliards de dirhams" in quote
    assert len(quote) < 320
    assert quote.strip("… ") in long


def test_long_lists_are_counted_not_printed() -> None:
    many = [replace(Says(), outlet=f"outlet{n}", hours_ago=3 - n / 100) for n in range(40)]
    shown = rendered(claim_event(*many))
    assert "et 28 de plus" in shown.html
    assert "outlet30" not in shown.html


def test_the_feed_parses_with_stable_ids_and_the_latest_state_of_each_claim() -> None:
    first = issue_of(claim_event(Says()), claim_event(ARABIC, claim="claim-2", seq=2, story_id="story-2"))
    sent = {"claim-1": Sent("new", (Says().report(),), "claim-1", NOW)}
    later = NOW + timedelta(hours=5)
    higher = replace(Says(), fields=msgspec.structs.replace(SUM, value=9e9))
    second = issue_of(claim_event(higher, change="updated", seq=3, at=later), sent=sent, number=2)
    before, after = (feedparser.parse(render_feed(issues, names())) for issues in ([first], [second, first]))
    for feed in (before, after):
        assert not feed.bozo
        assert feed.version == "atom10"
        assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 2
        assert all(entry.id.startswith("urn:uuid:") for entry in feed.entries)
    assert before.feed.id == after.feed.id
    assert {entry.id for entry in before.entries} == {entry.id for entry in after.entries}
    assert after.entries[0].title.replace("\u00a0", " ").startswith("Mise à jour : 9 milliards de dirhams")
    assert after.entries[0].updated == "2026-11-24T14:00:00Z"
    assert {term.term for term in after.entries[0].tags} == {"numerique_ia", "infrastructures"}


def test_the_same_issue_renders_the_same() -> None:
    assert rendered(DISPUTE) == rendered(DISPUTE)


def test_a_feed_is_bounded() -> None:
    many = [claim_event(claim=f"claim-{n}", seq=n, story_id=f"story-{n}") for n in range(120)]
    assert len(feedparser.parse(rendered(*many).atom).entries) == 100
