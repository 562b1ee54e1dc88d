"""Persons with the office next to their name, in four languages."""

from __future__ import annotations

import pytest

from pipeline.classify.facts.person_roles import find
from pipeline.events import Language, Mention, PersonRole
from tests.pipeline.classify.facts.finding import fields


def _roles(body: str, language: Language = "fr", mentions: tuple[Mention, ...] = ()) -> list[tuple[str, str, str | None]]:
    found = [one for one in fields(find, body, language=language, mentions=mentions) if isinstance(one, PersonRole)]
    return [(one.person, one.role_surface, one.org) for one in found]


@pytest.mark.parametrize(("body", "language", "role"), [
    ("Karim Bennani, directeur général de Rabat Transport, a ouvert la ligne.", "fr",
     ("Karim Bennani", "directeur général de Rabat Transport", "Rabat Transport")),
    ("Le ministre de la Santé, Karim Bennani, a visité la ville.", "fr",
     ("Karim Bennani", "ministre de la Santé", "Ministère de la Santé")),
    ("La présidente de la CTX Samira Alaoui a pris la parole.", "fr", ("Samira Alaoui", "présidente de la CTX", "CTX")),
    ("قال خالد العلمي، المدير العام للوكالة الحضرية، إن الأشغال تتقدم.", "ar",
     ("خالد العلمي", "المدير العام للوكالة الحضرية", "الوكالة الحضرية")),
    ("أكد وزير الصحة، خالد العلمي، أن العملية ناجحة.", "ar", ("خالد العلمي", "وزير الصحة", "وزارة الصحة")),
    ("Karim Bennani, chief executive of Rabat Transport, opened the line.", "en",
     ("Karim Bennani", "chief executive of Rabat Transport", "Rabat Transport")),
    ("Karim Bennani, Utopia’s Foreign Minister, opened the line.", "en", ("Karim Bennani", "Foreign Minister", None)),
    ("Le colloque a reçu Karim Bennani, ancien ministre de la Santé.", "fr",
     ("Karim Bennani", "ancien ministre de la Santé", "Ministère de la Santé")),
    ("قال وزير الصحة، أولاف نيستروم، إن العملية ناجحة.", "ar", ("أولاف نيستروم", "وزير الصحة", "وزارة الصحة")),
    ("Ruritania's deputy prime minister, Assen Vidorov, said that it will seek an exemption.", "en",
     ("Assen Vidorov", "deputy prime minister", None)),
    ("The head of the Port Commission (PCM) Moussa Kabbaj has condemned it.", "en",
     ("Moussa Kabbaj", "head of the Port Commission", "Port Commission")),
    ("Activist Zubida Kramli told the paper that the law is weak.", "en", ("Zubida Kramli", "Activist", None)),
    ("كتب محمد علي الحوري، رئيس اللجنة العليا، أن الأمر انتهى.", "ar",
     ("محمد علي الحوري", "رئيس اللجنة العليا", "اللجنة العليا")),
    ("وهنأت أدريانا غوغلر Adriana Kulger، المديرة التنفيذية للبنك، البلد على ذلك.", "ar",
     ("أدريانا غوغلر", "المديرة التنفيذية للبنك", "التنفيذية للبنك")),
    ("وطلب الروائي والناقد خالد العلمي من الجمهور القيام.", "ar", ("خالد العلمي", "الروائي والناقد", None)),
    ("وأوضح خالد العلمي، بصفته وزيرا للشغل، أن الحوار مستمر.", "ar", ("خالد العلمي", "وزيرا للشغل", "وزارة الشغل")),
    ("El ministro de Sanidad, Carlos Ortega, visitó la ciudad.", "es",
     ("Carlos Ortega", "ministro de Sanidad", "Ministère de Sanidad")),
])
def test_office_next_to_the_name(body: str, language: Language, role: tuple[str, str, str | None]) -> None:
    assert _roles(body, language) == [role]


def test_two_persons_each_with_their_own_office() -> None:
    body = "Le directeur général d'Alpha, Karim Bennani, et le directeur général de Beta, Samira Alaoui, ont pris la parole."
    assert [(who, org) for who, _, org in _roles(body)] == [("Karim Bennani", "Alpha"), ("Samira Alaoui", "Beta")]


def test_the_next_persons_office_is_not_the_first_ones() -> None:
    body = "Utopia Director-General Gerd Nilsen and Ruritania's Minister of Trade Samira Alaoui signed it."
    assert _roles(body, "en") == [("Gerd Nilsen", "Director-General", None), ("Samira Alaoui", "Minister of Trade", "Trade")]


def test_a_list_of_names_each_with_the_office_after_it() -> None:
    body = "Present were Karim Bennani, Minister of Transport, Samira Alaoui, Minister of Trade, and Omar Tazi, head of the port."
    assert _roles(body, "en") == [("Karim Bennani", "Minister of Transport", "Transport"),
                                  ("Samira Alaoui", "Minister of Trade", "Trade"), ("Omar Tazi", "head of the port", "the port")]


def test_an_office_right_before_a_name_is_not_of_the_name_before() -> None:
    body = "Consultant Karim Bennani, journalist Samira Alaoui and others attended."
    assert ("Samira Alaoui", "journalist", None) in _roles(body, "en")
    assert all(role != "journalist" for who, role, _ in _roles(body, "en") if who == "Karim Bennani")


def test_the_organisation_may_stand_before_the_office() -> None:
    body = "Speaking later, RTX executive director Samira Alaoui welcomed the plan."
    at = body.index("RTX")
    mention = Mention(entity_id="rtx", kind="organisation", name="Régie des transports", surface="RTX", zone="body",
                      start=at, end=at + 3)
    assert _roles(body, "en", (mention,)) == [("Samira Alaoui", "executive director", "Régie des transports")]


def test_one_fact_a_person() -> None:
    body = "Karim Bennani, directeur de Rabat Transport, est venu.\nKarim Bennani, directeur de Rabat Transport, est reparti."
    assert len(_roles(body)) == 1


def test_a_mention_names_the_organisation() -> None:
    body = "Karim Bennani, directeur de la RTX, est venu."
    at = body.index("RTX")
    mention = Mention(entity_id="rtx", kind="organisation", name="Régie des transports", surface="RTX", zone="body",
                      start=at, end=at + 3)
    assert _roles(body, mentions=(mention,)) == [("Karim Bennani", "directeur de la RTX", "Régie des transports")]


@pytest.mark.parametrize(("body", "language"), [
    ("L'Université Mohammed V ouvre une école.", "fr"),
    ("Le directeur est venu hier.", "fr"),
    ("Karim met the Minister of Inclusion, Small Business, Employment and Skills.", "en"),
    ("It follows the election of Barack Obama as they recall.", "en"),
    ("Biden was vice-president following the election of Barack Obama.", "en"),
    ("It was agreed by the King of Ruritania and Sanchez yesterday.", "en"),
    ("ودعا إلى حسن الجوار بين البلدين.", "ar"),
    ("ينص القانون على ضرورة الترخيص.", "ar"),
])
def test_no_person_no_fact(body: str, language: Language) -> None:
    assert _roles(body, language) == []
