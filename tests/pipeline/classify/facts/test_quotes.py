"""Quotations that are speech, and who speaks; names and words kept at a distance are none."""

from __future__ import annotations

import pytest

from pipeline.classify.facts.quotes import find
from pipeline.events import Language, Quote
from tests.pipeline.classify.facts.finding import fields, found


def _said(body: str, language: Language = "fr", headline: str = "Titre") -> list[tuple[str, str | None, str | None]]:
    quotes = [one for one in fields(find, body, language=language, headline=headline) if isinstance(one, Quote)]
    return [(one.text, one.speaker, one.speaker_surface) for one in quotes]


@pytest.mark.parametrize(("body", "language", "text", "speaker"), [
    ("« Nous ouvrirons trois lignes cet été », a déclaré Karim Bennani, directeur de la régie.", "fr",
     "Nous ouvrirons trois lignes cet été", "Karim Bennani"),
    ("Karim Bennani, directeur de la régie, a souligné que « la ligne ouvrira dès le mois de mai ».", "fr",
     "la ligne ouvrira dès le mois de mai", "Karim Bennani"),
    ("Selon Karim Bennani, \"les travaux avancent au rythme prévu\".", "fr",
     "les travaux avancent au rythme prévu", "Karim Bennani"),
    ("وقال خالد العلمي، مدير الوكالة، إن “الأشغال تتقدم وفق الجدول المحدد”.",
     "ar", "الأشغال تتقدم وفق الجدول المحدد", "خالد العلمي"),
    ("“نحتاج إلى قانون جديد ينظم المهنة”، يقول خالد العلمي.", "ar", "نحتاج إلى قانون جديد ينظم المهنة", "خالد العلمي"),
    ("“We will open three lines this summer,” said Karim Bennani, head of the agency.", "en",
     "We will open three lines this summer", "Karim Bennani"),
    ("Karim Bennani told reporters: “The works are on schedule for May.”", "en",
     "The works are on schedule for May.", "Karim Bennani"),
])
def test_speaker_before_and_after(body: str, language: Language, text: str, speaker: str) -> None:
    assert [(said, who) for said, who, _ in _said(body, language)] == [(text, speaker)]


def test_a_pronoun_goes_on_from_the_last_speaker() -> None:
    body = ("« Nous ouvrirons trois lignes cet été », a déclaré Karim Bennani.\n"
            "« Les trains rouleront dès le mois de mai », a-t-il ajouté.")
    assert _said(body)[1][1:] == ("Karim Bennani", None)


def test_an_arabic_anaphor_goes_on_from_the_last_speaker() -> None:
    body = "وقال خالد العلمي إن “الأشغال تتقدم وفق الجدول المحدد”.\nوأضاف المتحدث ذاته أن “المشروع سيكتمل قبل نهاية السنة”."
    assert _said(body, "ar")[1][1:] == ("خالد العلمي", "المتحدث ذاته")


def test_an_office_stands_for_its_holder() -> None:
    body = ("La ministre de la Santé, Samira Alaoui, a visité l'hôpital avec le maire, Karim Bennani.\n"
            "Karim Bennani a dit : « Ce bâtiment change tout pour nos quartiers ».\n"
            "« Nous ouvrirons deux autres centres », promet la ministre.")
    assert _said(body)[-1][1:] == ("Samira Alaoui", "ministre")


def test_a_quotation_of_two_sentences_is_one_fact_with_both_as_evidence() -> None:
    body = "« La ligne ouvre en mai. Elle servira dix communes », a expliqué Karim Bennani."
    facts = found(find, body)
    assert [fact.evidence.sentence for fact in facts] == [body]


def test_a_title_with_a_name_and_a_colon() -> None:
    assert _said("Rien.", headline="Karim Bennani : « La ligne sera prête à temps »") == [
        ("La ligne sera prête à temps", "Karim Bennani", "Karim Bennani")]


@pytest.mark.parametrize(("body", "language"), [
    ("Le forum se tient sous le thème « Une ville pour tous ses habitants ».", "fr"),
    ("Le programme «Villes vertes» a été lancé en mai.", "fr"),
    ("Il rêve d'une ville « intelligente » et sobre.", "fr"),
    ("وتنظم الجمعية معرضا تحت شعار “مدينة للجميع في كل الفصول”.", "ar"),
    ("The company launched its “Green Cities” programme in May.", "en"),
])
def test_names_themes_and_scare_quotes_are_no_speech(body: str, language: Language) -> None:
    assert _said(body, language) == []


def test_a_mark_left_open_does_not_swallow_the_article() -> None:
    body = "Selon Karim Bennani, « la ligne ouvrira dès le mois de mai. Elle sera longue.\n" + "Autre phrase sans rien. " * 50
    assert [text for text, _, _ in _said(body)] == ["la ligne ouvrira dès le mois de mai."]
