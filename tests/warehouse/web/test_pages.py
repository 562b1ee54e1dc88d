"""The pages: what they say, in three languages, and that nothing an outlet wrote can act in them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.warehouse.web.press import DAM, DAM_ARABIC, DAM_COPY, HOSTILE, NOW, publish_press, settings_in
from tests.warehouse.web.reader import WebReader, parsed, reading
from warehouse.public import public_path
from warehouse.web.app import ADDRESSES, create_app
from warehouse.web.site import Site

PATHS = ("", "trends", "trends/topic/eau_environnement", "trends/sector/eau", "story/story-dam", "story/story-port",
         "story/story-nasty", "entities", "entity/agence_eau", "entity/targa", "facts", "outlets", "preview",
         "search", "search?q=barrage")


def text(reader: WebReader, path: str, query: str = "//main") -> str:
    response = reader.get(path)
    assert response.status_code == 200, path
    return " ".join(" ".join(node.text_content().split()) for node in parsed(response).xpath(query))


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_in_every_language(reader: WebReader, language: str, path: str) -> None:
    response = reader.get(f"/{language}/{path}")
    tree = parsed(response)
    assert response.status_code == 200
    assert len(response.content) <= 200_000
    assert tree.get("lang") == language
    assert tree.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert len(tree.xpath("//h1")) == 1
    assert not tree.xpath("//script | //*[@onerror] | //*[@onclick] | //*[@style] | //style")
    assert all(not href.lower().startswith("javascript") for href in tree.xpath("//@href"))
    assert {link.get("hreflang") for link in tree.xpath("//link[@rel='alternate'][@hreflang]")} == {"fr", "ar", "en"} - {language}
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_every_address_is_among_those_looked_at() -> None:
    plain = {address.path for address in ADDRESSES if "{" not in address.path and "." not in address.path}
    assert plain - set(PATHS) == set()


def test_hostile_words_show_as_text(reader: WebReader) -> None:
    for path in ("/fr/", "/ar/story/story-nasty", "/en/facts"):
        assert HOSTILE in text(reader, path), path


def test_the_first_page_tells_what_is_new_with_its_sentence(reader: WebReader) -> None:
    said = text(reader, "/fr/")
    assert "ont signé une convention sur la formation aux métiers de l'eau." in said
    assert "Sources indépendantes : 2" in said
    assert "Archive" not in said


def test_a_dispute_stands_side_by_side(reader: WebReader) -> None:
    sides = parsed(reader.get("/en/story/story-dam")).xpath("//*[@class='side']")
    assert [side.xpath("string(.//strong)") for side in sides] == ["2.4\u00a0billion dirhams", "3\u00a0billion dirhams"]
    assert [side.xpath("string(.//mark)") for side in sides] == ["2,4 milliards de dirhams", "3 ملايير درهم"]
    assert text(reader, "/en/?state=disputed", "//h3") .startswith("Le barrage de Targa")


def test_a_story_tells_who_was_first_and_who_copied(reader: WebReader) -> None:
    said = text(reader, "/fr/story/story-dam", "//aside")
    assert "Premier à publier Le Fil" in said
    assert "2 h avant Al Masdar" in said
    assert "Le Miroir · reprise" in said
    assert "arabe : médias : 1, articles : 1" in said


def test_an_edit_shows_as_a_diff(reader: WebReader) -> None:
    tree = parsed(reader.get("/fr/story/story-port"))
    assert [node.text for node in tree.xpath("//del")] == ["mars", "3"]
    assert [node.text for node in tree.xpath("//ins")] == ["juin", "2"]


def test_a_claim_page_names_every_report(reader: WebReader) -> None:
    links = parsed(reader.get("/fr/story/story-dam")).xpath("//a[contains(@href, '/claim/')]/@href")
    said = text(reader, links[0])
    assert [outlet in said for outlet in ("Le Fil", "Al Masdar", "Le Miroir")] == [True, True, True]
    assert "confiance 90 %" in said


def test_a_claim_page_tells_how_it_came_to_stand(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    publish_press(settings, (DAM,))
    publish_press(settings, (DAM, DAM_COPY, DAM_ARABIC))
    with reading(create_app(Site(settings, public_path(settings), clock=lambda: NOW))) as one:
        page = parsed(one.get("/fr/story/story-dam")).xpath("//a[contains(@href, '/claim/')]/@href")[0]
        steps = parsed(one.get(page)).xpath("//aside//li")
    assert [" ".join(step.xpath("p[2]")[0].text_content().replace("\xa0", " ").split()) for step in steps] == [
        "versions divergentes 2,4 milliards de dirhams", "nouveau 2,4 milliards de dirhams"]
    assert [step.xpath("string(p[3])")[-1] for step in steps] == ["2", "1"]


def test_an_entity_has_its_agreements_and_words(reader: WebReader) -> None:
    said = text(reader, "/ar/entity/agence_eau")
    assert "وكالة الماء – Université de l'Oriental" in said
    assert "Nous remplirons la retenue dès 2029" in said


def test_facts_are_filtered(reader: WebReader) -> None:
    assert "Faits : 2" in text(reader, "/fr/facts?kind=amount&topic=eau_environnement")
    assert "Faits : 1" in text(reader, "/fr/facts?kind=amount&language=ar")
    assert "Faits : 0" in text(reader, "/fr/facts?since=2027-01-01")
    assert "Faits : 8" in text(reader, "/fr/facts?since=yesterday&page=x")


def test_facts_as_csv_and_parquet(reader: WebReader) -> None:
    rows = list(csv.DictReader(io.StringIO(reader.get("/fr/facts.csv?kind=amount").content.decode("utf-8-sig"))))
    table = pq.read_table(io.BytesIO(reader.get("/fr/facts.parquet?kind=amount").content))
    assert sorted(float(row["value"]) for row in rows) == sorted(table["value"].to_pylist()) == [5e6, 2.4e9, 3e9]
    assert set(rows[0]) == set(table.column_names)
    assert "body" not in table.column_names


def test_what_is_not_there(reader: WebReader) -> None:
    for path in ("/fr/story/none", "/ar/claim/none", "/en/entity/none", "/fr/trends/topic/none", "/fr/trends/else/eau", "/none"):
        response = reader.get(path)
        assert (response.status_code, response.headers["cache-control"]) == (404, "no-store"), path
        assert "<h1>" in response.text


def test_the_first_address_speaks_the_readers_language(reader: WebReader) -> None:
    for header, language in (
        ("ar-MA,fr;q=0.8", "ar"), ("de, en;q=0.5", "en"), ("", "fr"), ("fr;q=0, en;q=0.1", "en"), ("x;q=?", "fr"),
    ):
        response = reader.get("/", headers={"accept-language": header})
        assert (response.status_code, response.headers["content-language"]) == (200, language), header
        assert "Accept-Language" in response.headers["vary"]


def test_a_chart_runs_from_right_to_left_in_arabic(reader: WebReader) -> None:
    def last_bar(language: str) -> float:
        bars = parsed(reader.get(f"/{language}/trends/topic/eau_environnement")).xpath("//rect")
        assert "%" not in bars[-1].xpath("string(title)")
        return float(bars[-1].get("x"))
    assert last_bar("ar") < 20
    assert last_bar("fr") > 380


def test_search_in_french_and_arabic(reader: WebReader) -> None:
    assert "Articles : 2" in text(reader, "/fr/search?q=BARRAGES")
    assert "Articles : 1" in text(reader, "/fr/search?q=barrage&outlet=lefil")
    marks = parsed(reader.get("/ar/search?q=%D8%A7%D9%84%D9%83%D9%84%D9%81%D8%A9")).xpath("//mark/text()")
    assert "كلفة" in marks
    assert "Articles : 0" in text(reader, "/fr/search?q=barrage -Targa")
    assert "وكالة الماء" in text(reader, "/ar/search?q=agence")
    assert reader.get("/fr/search?q=%22&page=x&since=y").status_code == 200


def test_no_page_holds_a_text_of_an_outlet(reader: WebReader, site: Site) -> None:
    with site.reader.reading() as reading_:
        texts = reading_.rows("SELECT DISTINCT body, lead, captions FROM articles")
    assert texts == [{"body": "", "lead": None, "captions": None}]
