"""Sign up, confirm, receive, leave: only who holds the mailbox can subscribe it, and who leaves is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from config.settings import Settings
from config.watch import Subscription
from pipeline.state import open_state
from pipeline.state.letters import Letters
from pipeline.state.subscribers import Subscribers
from tests.warehouse.digest.mail_server import Box, mail_server
from tests.warehouse.web.press import NOW, settings_in
from tests.warehouse.web.reader import WebReader, parsed, reading
from warehouse.digest.readers import all_subscriptions
from warehouse.digest.tokens import Tokens, load_tokens
from warehouse.public import public_path
from warehouse.web.app import create_app
from warehouse.web.reception import FORMS_A_MINUTE, MAILS_A_DAY
from warehouse.web.site import Site

ANNA = "anna@one.example"
WISH = {"topic": "eau_environnement", "every": "weekly", "weekday": "thursday", "at": "08:15", "words": "barrage, سد",
        "address": ANNA}


@dataclass
class Hall:
    """A reader before an installation that sends mail."""

    reader: WebReader
    box: Box
    settings: Settings

    def sign_up(self, language: str = "fr", **more: str) -> httpx.Response:
        form = parsed(self.reader.get(f"/{language}/subscribe"))
        token = form.xpath("//form[@class='wish']//input[@name='form']/@value")[0]
        return self.reader.post(f"/{language}/subscribe", {"form": token, **WISH, **more})

    def link(self, what: str) -> str:
        body = self.box.mails[-1][1].get_body(("plain",))
        assert body is not None
        found = re.search(rf"https://marsad\.example(/{what}/\S+)", body.get_content())
        assert found is not None
        return found[1]

    @property
    def subscriptions(self) -> dict[str, Subscription]:
        with open_state(self.settings.operational_url) as state:
            every = all_subscriptions(self.settings, Subscribers(state.engine), NOW)
        return {digest: one for digest, one in every.items() if digest.startswith("s-")}


@pytest.fixture
def hall(press: Settings, tmp_path: Path) -> Iterator[Hall]:
    with mail_server() as (box, port):
        settings = settings_in(tmp_path).model_copy(update={
            "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "plain", "mail_from": "digest@marsad.example",
            "web_url": "https://marsad.example", "smtp_seconds": 2.0})
        with reading(create_app(Site(settings, public_path(press), clock=lambda: NOW))) as reader:
            yield Hall(reader, box, settings)


def test_a_reader_signs_up_confirms_and_leaves(hall: Hall) -> None:
    assert "boîte aux lettres" in hall.sign_up().text
    assert hall.subscriptions == {}
    mail = hall.box.to(ANNA)[0]
    assert mail["Subject"] == "Confirmez votre abonnement à Marsad"
    link = hall.link("confirm")
    assert "Oui, je m'abonne" in hall.reader.get(link).text.replace("&#39;", "'")
    assert hall.subscriptions == {}, "looking at a link confirms nothing"
    assert "C&#39;est confirmé" in hall.reader.post(link).text
    assert hall.reader.post(link).status_code == 200
    (digest, one), = hall.subscriptions.items()
    assert (one.topics, one.words, one.every, one.weekday, str(one.at), one.to, one.language) == (
        ("eau_environnement",), ("barrage", "سد"), "weekly", "thursday", "08:15:00", (ANNA,), "fr")
    leave = f"/unsubscribe/{tokens(hall).leave(digest, ANNA)}"
    assert hall.reader.get(leave).status_code == 200
    assert len(hall.subscriptions) == 1, "looking at a link unsubscribes nobody"
    one_click = hall.reader.post(leave, {"List-Unsubscribe": "One-Click"}, headers={"origin": "https://mail.example"})
    assert one_click.status_code == 200
    assert hall.subscriptions == {}
    assert ANNA.encode() not in everything(hall)
    assert hall.reader.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert hall.reader.post(link).status_code == 404


def test_an_arabic_reader_is_met_in_arabic(hall: Hall) -> None:
    assert "تفقد بريدك" in hall.sign_up("ar").text
    page = hall.reader.get(hall.link("confirm"), headers={"accept-language": "en"})
    assert 'dir="rtl"' in page.text
    assert "خميس" in page.text


def test_who_leaves_everything_is_forgotten(hall: Hall) -> None:
    for topic in ("eau_environnement", "education_formation"):
        hall.sign_up(topic=topic)
        hall.reader.post(hall.link("confirm"))
    first, _ = hall.subscriptions
    hall.reader.post(f"/unsubscribe/{tokens(hall).leave(first, ANNA)}", {"everything": "1"})
    assert hall.subscriptions == {}
    assert ANNA.encode() not in everything(hall)


def test_a_reader_of_a_configured_digest_can_leave(hall: Hall) -> None:
    leave = f"/unsubscribe/{tokens(hall).leave('ia-numerique', ANNA)}"
    assert "IA et numérique" in hall.reader.get(leave).text
    hall.reader.post(leave, {"List-Unsubscribe": "One-Click"})
    with open_state(hall.settings.operational_url) as state:
        assert Letters(state.engine).opted_out("ia-numerique") == {tokens(hall).reader(ANNA)}


def test_one_address_gets_few_confirmations(hall: Hall) -> None:
    answers = {hall.sign_up(topic="").text.split("<main")[1] for _ in range(MAILS_A_DAY + 2)}
    assert len(answers) == 1, "nobody learns from the page what became of it"
    assert len(hall.box.to(ANNA)) == MAILS_A_DAY


def test_one_visitor_sends_few_forms(hall: Hall) -> None:
    codes: list[int] = []
    while 429 not in codes and len(codes) < 4 * FORMS_A_MINUTE:
        codes.append(hall.sign_up(address=f"r{len(codes)}@one.example").status_code)
    # On a slow machine some forms more may be sent by then: the limit is one of time.
    assert codes[:FORMS_A_MINUTE] == [200] * FORMS_A_MINUTE
    assert codes[-1] == 429


@pytest.mark.parametrize(("field", "value", "said"), [
    ("address", "nobody", "Votre adresse"), ("address", "", "Votre adresse"), ("address", "a@b\r\nBcc: c@d.ma", "Votre adresse"),
    ("every", "never", "Rythme"), ("least_sources", "0", "Sources indépendantes"), ("at", "25:00", "Heure"),
])
def test_what_is_wrong_is_named_and_nothing_lost(hall: Hall, field: str, value: str, said: str) -> None:
    response = hall.sign_up(**{field: value})
    assert response.status_code == 400
    page = parsed(response)
    assert said in page.xpath("string(//*[@role='alert'])")
    assert page.xpath("//input[@name='words']/@value") == [WISH["words"]]
    assert hall.box.mails == []


def test_a_form_from_elsewhere_does_nothing(hall: Hall) -> None:
    form = parsed(hall.reader.get("/fr/subscribe"))
    token = form.xpath("//input[@name='form']/@value")[0]
    with reading(create_app(Site(hall.settings, public_path(hall.settings), clock=lambda: NOW))) as stranger:
        assert stranger.post("/fr/subscribe", {"form": token, **WISH}).status_code in (403, 503)
    # Not its last character: of that some bits are padding, and another one may stand for the same bytes.
    changed = token[:5] + ("b" if token[5] != "b" else "c") + token[6:]
    for headers, given in (({"sec-fetch-site": "cross-site"}, token), ({}, ""), ({}, changed), ({}, "é")):
        assert hall.reader.post("/fr/subscribe", {"form": given, **WISH}, headers=headers).status_code == 403
    assert hall.box.mails == []


@pytest.mark.parametrize("path", ["/confirm/x", "/unsubscribe/x", "/confirm/" + "a" * 2000])
def test_a_link_of_nobodys_making(hall: Hall, path: str) -> None:
    for response in (hall.reader.get(path), hall.reader.post(path)):
        assert (response.status_code, response.headers["cache-control"]) == (404, "no-store")


def test_a_preview_shows_what_would_have_come(hall: Hall) -> None:
    assert "auraient été envoyées : 1" in hall.reader.get("/fr/preview?topic=eau_environnement&words=Targa").text
    assert "auraient été envoyées : 2" in hall.reader.get("/fr/preview?topic=eau_environnement&words=Targa,سد تارگة").text
    assert "auraient été envoyées : 1" in hall.reader.get("/fr/preview?disputes_only=1").text
    assert "Rien n&#39;aurait été envoyé" in hall.reader.get("/fr/preview?least_sources=9").text
    assert hall.reader.get("/fr/preview?every=never").status_code == 400


def test_a_digest_of_the_team_can_be_previewed(hall: Hall) -> None:
    page = hall.reader.get("/ar/preview?digest=agreements-and-amounts")
    assert "New agreements and amounts" in page.text
    assert "Université de l&#39;Oriental" in page.text
    assert "/ar/subscribe?" not in page.text
    assert hall.reader.get("/ar/preview?digest=none").status_code == 404


def test_all_that_the_form_asks_is_kept(hall: Hall) -> None:
    hall.sign_up(updates="sent", rest_on_holidays="1", quiet_since="22:00", quiet_until="07:00", without="sport",
                 least_sources="2", disputes_only="1", outlet="almasdar", kind="amount", entity="targa")
    hall.reader.post(hall.link("confirm"))
    one, = hall.subscriptions.values()
    assert (one.updates, one.rest_on_holidays, one.disputes_only, one.least_sources) == ("sent", True, True, 2)
    assert (one.without, one.outlets, one.kinds, one.entities) == (("sport",), ("almasdar",), ("amount",), ("targa",))
    assert one.quiet is not None
    assert (one.quiet.since.hour, one.quiet.until.hour) == (22, 7)


def test_an_unconfirmed_address_is_forgotten(hall: Hall) -> None:
    hall.sign_up()
    with open_state(hall.settings.operational_url) as state:
        assert Subscribers(state.engine).forget_unconfirmed(NOW + timedelta(days=3)) == 1
    assert ANNA.encode() not in everything(hall)


def tokens(hall: Hall) -> Tokens:
    return load_tokens(hall.settings)


def everything(hall: Hall) -> bytes:
    with open_state(hall.settings.operational_url) as state, state.engine.connect() as connection:
        return "\n".join(connection.connection.driver_connection.iterdump()).encode()  # type: ignore[union-attr]
