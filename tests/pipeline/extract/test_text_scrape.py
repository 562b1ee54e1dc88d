"""Plain-text scrapes: the zones are found by rules."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.pipeline.extract.pages import read, refuse, token_f1

CASABLANCA = ZoneInfo("Africa/Casablanca")
PROSE = ("La commune a inauguré mardi une station de dessalement qui doit fournir de l'eau à quarante mille habitants. ",
         "Le chantier, ouvert il y a deux ans, a coûté 310 millions de dirhams selon la mairie. ",
         "Les associations de riverains demandent que la qualité de l'eau soit publiée chaque semaine. ")


def scrape(*lines: str) -> str:
    return "\n\n".join(lines)


def test_ticker_before_the_title_is_none_of_the_text() -> None:
    ticker = "    ".join(f"Titre numéro {n} d'une actualité qui n'a rien à voir" for n in range(12))
    found = read(scrape(ticker, "Merci d'avoir signalé!", "Une station de dessalement ouvre à Tarfaya",
                        "Publié dans Le Rivage le 05 - 02 - 2026", *PROSE), media_type="text/plain")
    assert found.headline == "Une station de dessalement ouvre à Tarfaya"
    assert found.original_outlet == "Le Rivage"
    assert found.published is not None
    assert (found.published.at.astimezone(CASABLANCA).date().isoformat(), found.published.precision) == ("2026-02-05", "day")
    assert found.body == "\n".join(line.strip() for line in PROSE)
    assert [one.zone for one in found.dropped] == ["ticker", "boilerplate"]


def test_teasers_under_the_text_neither_count_nor_date_it() -> None:
    teasers = [line for n in range(8) for line in (
        f"Un autre sujet du jour, le numéro {n}",
        f"Économie - Un résumé assez long de ce qu'un autre article raconte, avec le {n}.",
        f"Meriem Fassi - {n + 1} janvier 2026")]
    found = read(scrape("Une station de dessalement ouvre à Tarfaya", "Avatar de Younes Alami", "Temps de lecture : 3 min",
                        *PROSE, "Les articles les plus lus", *teasers, "Laisser un commentaire"), media_type="text/plain")
    assert found.body == "\n".join(line.strip() for line in PROSE)
    assert found.authors == ("Younes Alami",)
    assert found.published is None


def test_bulleted_teasers_end_the_text_without_any_heading() -> None:
    teasers = [line for n in range(4) for line in (
        f"  • Une autre nouvelle, la {n}", f"    Ce paragraphe résume en une phrase bien tournée l'autre nouvelle, la {n}.")]
    found = read(scrape("Une station de dessalement ouvre à Tarfaya", "- 17h30 - Maroc - Ecrit par : B. T", *PROSE, *teasers),
                 media_type="text/plain")
    assert found.body == "\n".join(line.strip() for line in PROSE)
    assert found.authors == ("B. T",)


def test_lists_subheadings_and_a_signature_are_told_apart() -> None:
    found = read(scrape("Une station de dessalement ouvre à Tarfaya", PROSE[0], "Ce que dit la mairie",
                        "- Une conduite de 12 kilomètres",
                        "- Deux réservoirs de 5.000 m3", PROSE[1], "À lire : Le barrage voisin presque vide", PROSE[2],
                        "Salma Idrissi / Le Rivage"), media_type="text/plain")
    assert found.body.split("\n") == [PROSE[0].strip(), "Ce que dit la mairie", "- Une conduite de 12 kilomètres",
                                      "- Deux réservoirs de 5.000 m3", PROSE[1].strip(), PROSE[2].strip()]
    assert found.authors == ("Salma Idrissi",)


def test_arabic_scrape() -> None:
    body = ("افتتحت الجماعة يوم الثلاثاء محطة لتحلية مياه البحر ستزود أربعين ألف نسمة بالماء الصالح للشرب.",
            "وكلف المشروع الذي انطلق قبل سنتين 310 ملايين درهم حسب رئيس الجماعة.",
            "وتطالب جمعيات الساكنة بنشر نتائج مراقبة جودة الماء كل أسبوع.")
    ticker = "    ".join(f"عنوان خبر آخر لا علاقة له بالموضوع رقم {n}" for n in range(9))
    found = read(scrape(ticker, "محطة لتحلية مياه البحر ترى النور بطرفاية", "بقلم: سعاد الوزاني",
                        "الثلاثاء 3 فبراير 2026 - 12:15", body[0],
                        "اقرأ أيضا: سد مجاور شبه فارغ", *body[1:], "مقالات ذات صلة", "خبر آخر من أخبار اليوم"),
                 media_type="text/plain")
    assert (found.headline, found.language) == ("محطة لتحلية مياه البحر ترى النور بطرفاية", "ar")
    assert found.authors == ("سعاد الوزاني",)
    assert found.published is not None
    assert found.published.at.isoformat() == "2026-02-03T11:15:00+00:00"
    assert found.body.split("\n") == list(body)


@pytest.mark.parametrize(("text", "reason"), [("   \n\n ", "empty"), ("Accueil\nPolitique\nSport", "too_short"),
                                              ("\n".join(PROSE), "no_headline")])
def test_what_is_no_article(text: str, reason: str) -> None:
    assert refuse(text, media_type="text/plain") == reason


@pytest.mark.shared
def test_the_seeds(shared: Path) -> None:
    meta = json.loads((shared / "seeds" / "meta.json").read_text(encoding="utf-8"))
    for file in sorted((shared / "seeds").glob("*.txt")):
        want = meta[file.name]
        found = read(file.read_text(encoding="utf-8"), outlet=None, media_type="text/plain")
        assert found.headline == want["title"]
        assert found.authors == ((want["author"],) if want["author"] else ())
        assert found.original_outlet == want["original_outlet"]
        stated = found.published.at.astimezone(CASABLANCA).date().isoformat() if found.published else None
        assert stated == want["published"]
        assert token_f1(found.body, (shared / "seeds" / "bodies" / file.name).read_text(encoding="utf-8")) >= 0.98
        assert not [line for line in want["read_also"] if line in found.body]
