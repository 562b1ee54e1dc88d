"""Copies of every kind are found, their originals chosen, and series kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.dedup import Deduper
from tests.pipeline.dedup.articles import DAM, PORT, Places, classified

SENTENCES = [line.strip() for line in DAM.splitlines()]
ARABIC = """أعطى وزير التجهيز يوم الاثنين بتاونات انطلاقة أشغال سد وادي سرا بسعة 380 مليون متر مكعب.
وسيزود السد أربعين جماعة قروية بالماء الصالح للشرب ويسقي اثني عشر ألف هكتار في السافلة.
وأمام المقاولات المختارة اثنان وخمسون شهرا لتسليم الحاجز ونفق التحويل إلى مصالح الإقليم.
وسيحصل السكان المرحلون على بقع مجهزة وتعويض تحدده لجنة محلية خلال الأسابيع المقبلة."""
WEATHER = """Voici les prévisions météorologiques pour la journée du {day} établies par la Direction générale de la météorologie :
temps stable sur la plupart des régions, passages nuageux bas le long des côtes atlantiques le matin, vent faible à modéré.
Températures minimales {low} degrés sur les reliefs, maximales {high} degrés dans le Souss, {more} degrés à Tanger, mer belle
à peu agitée à Larache, houle de {wave} mètres entre Tarfaya et Dakhla."""


@pytest.fixture
def deduper(tmp_path: Path) -> Deduper:
    return Deduper(tmp_path / "place.sqlite", names={"aurore": ["L'Aurore", "L'Aurore du Maroc"]})


@pytest.mark.parametrize("body", [
    DAM,
    DAM.upper().replace("É", "E"),
    " ".join(SENTENCES[:3]),
    "C'est ce que rapporte la presse ce matin dans ses éditions. " + DAM,
    DAM + "\nLa rédaction rappelle que trois autres ouvrages attendent encore leur financement dans la même province.",
    DAM.replace("ministre", "responsable", 1).replace("quarante", "une quarantaine de", 1),
], ids=["exact", "capitals", "truncated", "new lead", "added paragraph", "edited"])
def test_a_copy_is_found_whichever_comes_first(deduper: Deduper, body: str) -> None:
    original, copy = classified("a", DAM), classified("b", body, hours=5)
    there = Places().feed(deduper, copy, original)
    assert there.copies() == {"a": None, "b": "a"}
    assert there.story("a") == there.story("b")


def test_an_arabic_copy_is_found_in_spite_of_its_spelling(deduper: Deduper) -> None:
    other = ARABIC.replace("أ", "ا").replace("ة ", "ه ").replace("380", "٣٨٠")
    there = Places().feed(deduper, classified("a", ARABIC, language="ar"), classified("b", other, language="ar", hours=2))
    assert there.copies() == {"a": None, "b": "a"}


def test_other_texts_are_no_copies(deduper: Deduper) -> None:
    there = Places().feed(deduper, classified("a", DAM), classified("b", PORT))
    assert there.copies() == {"a": None, "b": None}
    assert there.story("a") != there.story("b")


def test_who_names_another_outlet_is_never_the_original(deduper: Deduper) -> None:
    early = classified("a", hours=-8, origin="L’AURORE DU MAROC", precision="day")
    there = Places().feed(deduper, early, classified("b", outlet="aurore"), classified("c", hours=-3))
    assert there.copies() == {"a": "c", "b": "c", "c": None}, "without a statement the earlier is the original"


def test_a_copy_goes_to_whom_it_names_rather_than_to_the_earliest(deduper: Deduper) -> None:
    half, other = " ".join(SENTENCES[:3]), " ".join(SENTENCES[3:])
    there = Places().feed(
        deduper, classified("a", half, hours=-9), classified("b", other, outlet="aurore"),
        classified("c", DAM, hours=2, origin="L'Aurore"))
    assert there.copies() == {"a": None, "b": None, "c": "b"}


def test_a_day_counts_to_its_end(deduper: Deduper) -> None:
    there = Places().feed(deduper, classified("a", hours=-12, precision="day"), classified("b"), classified("c", dated=False))
    assert there.copies() == {"a": "b", "b": None, "c": "b"}


def test_at_one_time_the_lesser_id_is_the_original(deduper: Deduper) -> None:
    assert Places().feed(deduper, classified("b"), classified("a")).copies() == {"a": None, "b": "a"}


def test_a_copy_of_a_copy_is_a_copy_of_the_original(deduper: Deduper) -> None:
    there = Places().feed(deduper, classified("c", hours=3), classified("b", hours=2), classified("a", hours=1))
    assert there.copies() == {"a": None, "b": "a", "c": "a"}


def test_an_original_beyond_the_window_is_none(tmp_path: Path) -> None:
    with Deduper(tmp_path / "place.sqlite", window_days=10) as deduper:
        there = Places().feed(deduper, classified("a"), classified("b", hours=24 * 11))
        assert there.copies() == {"a": None, "b": None}
        there.feed(deduper, classified("c", hours=24 * 9))
    assert there.copies() == {"a": None, "b": "a", "c": "a"}


def test_bulletins_of_a_series_are_no_copies(deduper: Deduper) -> None:
    friday = WEATHER.format(day="vendredi 6 novembre", low="2/7", high="27/31", more="14/19", wave="1,5")
    saturday = WEATHER.format(day="samedi 7 novembre", low="4/9", high="29/33", more="12/18", wave="2,5")
    there = Places().feed(deduper, classified("a", friday), classified("b", saturday, hours=24), classified("c", friday, hours=2))
    assert there.copies() == {"a": None, "b": None, "c": "a"}
    assert there.story("b") != there.story("a") == there.story("c")


def test_the_figures_tell_two_seizures_apart(deduper: Deduper) -> None:
    text = """Les éléments de la sûreté nationale et de la douane au poste frontière ont mis en échec une tentative de trafic et
    saisi {kilos} kilogrammes de résine de cannabis dissimulés dans {where} d'une voiture immatriculée à l'étranger. Le chauffeur,
    âgé de {age} ans, a été placé en garde à vue à la disposition de l'enquête menée sous la supervision du parquet compétent."""
    there = Places().feed(
        deduper, classified("a", text.format(kilos=92, where="le réservoir", age=41)),
        classified("b", text.format(kilos=130, where="les portières", age=28), hours=30))
    assert there.copies() == {"a": None, "b": None}
