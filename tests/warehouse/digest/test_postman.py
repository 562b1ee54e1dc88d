"""Mail through a real server: once each, patient where it fails, nobody starved by another's failure."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from config.settings import Settings
from config.watch import Subscription
from pipeline.state.letters import Letters
from tests.broker.certificate import CERTIFICATE, KEYSTORE, write_certificate
from tests.warehouse.digest.mail_server import Box, mail_server
from tests.warehouse.digest.samples import ARABIC, OTHER_SUM, Says, claim_event, names
from warehouse.digest.compose import compose
from warehouse.digest.deliver import Post
from warehouse.digest.issue import Issue
from warehouse.digest.mail import load_mailer
from warehouse.digest.postman import BACK_OFF, LEASE, PATIENCE, Postman
from warehouse.digest.render import Rendered, render
from warehouse.digest.smtp import MailServer
from warehouse.digest.tokens import Tokens

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
TOKENS = Tokens("a key of the tests that is long enough for anybody")
ANNA, BADR, CHAMA = "anna@one.example", "badr@two.example", "chama@one.example"


def issue(number: int = 1, language: str = "fr", title: str = "IA et numérique") -> Rendered:
    stories = compose([claim_event(Says(), ARABIC, OTHER_SUM, change="disputed")], {}, {}).stories
    return render(Issue(f"ia-2026-11-24-{number}", "ia", title, language, START, stories), [], names())  # type: ignore[arg-type]


@dataclass
class Office:
    """A postman with a clock of the test's."""

    box: Box
    letters: Letters
    settings: Settings
    now: datetime = START

    def queue(self, *to: str, number: int = 1, **more: str) -> None:
        subscription = Subscription(title={"fr": "IA"}, language="fr", to=to)
        Post(self.letters, {"ia": subscription}, TOKENS).deliver(issue(number, **more))

    def postman(self) -> Postman:
        return Postman(self.letters, self.settings, TOKENS, load_mailer(self.settings, TOKENS), MailServer(self.settings),
                       clock=lambda: self.now)

    def run(self, after: timedelta = timedelta()) -> tuple[int, int, int, int]:
        self.now += after
        counts = self.postman().run()
        return counts.sent, counts.delayed, counts.refused, counts.given_up


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    engine = create_engine(f"sqlite:///{tmp_path / 'state.sqlite'}")
    with mail_server() as (box, port):
        yield Office(box, Letters(engine), settings_for(port))
    engine.dispose()


def settings_for(port: int, **more: object) -> Settings:
    given: dict[str, object] = {
        "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "plain", "mail_from": "digest@marsad.example",
        "smtp_seconds": 1.0, "web_url": "https://marsad.example", "mail_a_minute": 1000, **more}
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]


def test_each_reader_gets_the_issue_once(office: Office) -> None:
    office.queue(ANNA, BADR)
    office.queue(ANNA, BADR)
    assert office.run() == (2, 0, 0, 0)
    assert office.run(timedelta(days=1)) == (0, 0, 0, 0)
    assert [len(office.box.to(one)) for one in (ANNA, BADR)] == [1, 1]


def test_a_mail_has_all_that_mail_readers_ask_for(office: Office) -> None:
    office.queue(ANNA, language="ar", title="الذكاء الاصطناعي")
    office.queue(ANNA, number=2)
    office.run()
    first, second = office.box.to(ANNA)
    text, page = first.get_body(("plain",)), first.get_body(("html",))
    assert text is not None
    assert page is not None
    assert (first["Subject"], first["From"], first["To"]) == ("الذكاء الاصطناعي", "Marsad <digest@marsad.example>", ANNA)
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = first["List-Unsubscribe"].strip("<>")
    assert leave.startswith("https://marsad.example/unsubscribe/")
    leaving = TOKENS.leaving(leave.rpartition("/")[2])
    assert leaving is not None
    assert (leaving.digest, leaving.reader) == ("ia", TOKENS.reader("ANNA@one.example"))
    assert "anna" not in leave
    assert leave in text.get_content()
    assert f'href="{leave}"' in page.get_content()
    assert 'dir="rtl"' in page.get_content()
    assert "prefers-color-scheme:dark" in page.get_content()
    assert "var(--" not in page.get_content()
    assert "http://" not in page.get_content().replace("http://www.w3.org", "")
    assert "<img" not in page.get_content()
    assert "2.5" in text.get_content() or "2,5" in text.get_content()
    assert first["Message-ID"] != second["Message-ID"]
    assert first["References"] == second["References"]
    assert first["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("fault", ["rcpt 450", "data 451", "data 421", "rcpt hang"])
def test_what_the_server_puts_off_goes_later_and_the_others_at_once(office: Office, fault: str) -> None:
    office.box.faults[ANNA] = [fault]
    office.queue(ANNA, BADR, CHAMA)
    assert office.run() == (2, 1, 0, 0)
    assert office.run(timedelta(seconds=50)) == (0, 0, 0, 0)
    assert office.run(timedelta(seconds=20)) == (1, 0, 0, 0)
    assert [len(office.box.to(one)) for one in (ANNA, BADR, CHAMA)] == [1, 1, 1]


@pytest.mark.parametrize("fault", ["rcpt 550", "data 554"])
def test_what_the_server_refuses_is_not_tried_again(office: Office, fault: str) -> None:
    office.box.faults[ANNA] = [fault]
    office.queue(ANNA, BADR)
    assert office.run() == (1, 0, 1, 0)
    assert office.run(timedelta(days=1)) == (0, 0, 0, 0)
    assert office.box.tried[ANNA] == 1


def test_a_line_that_drops_after_data_gives_the_same_message_id_twice(office: Office) -> None:
    office.box.faults[ANNA] = ["data drop"]
    office.queue(ANNA, BADR)
    assert office.run() == (1, 1, 0, 0)
    assert office.run(BACK_OFF[0]) == (1, 0, 0, 0)
    assert len({mail["Message-ID"] for mail in office.box.to(ANNA)}) == 1
    assert len(office.box.to(ANNA)) == 2


def test_a_crash_after_the_servers_word_gives_the_same_message_id_twice(office: Office) -> None:
    office.queue(ANNA)
    postman = office.postman()
    letter = office.letters.take(office.now, LEASE)
    assert letter is not None
    assert postman.mailer is not None
    postman.server.send(postman.mailer.issue(letter.body, letter.address), "digest@marsad.example", letter.address)
    postman.server.close()
    assert office.run() == (0, 0, 0, 0)
    assert office.run(LEASE) == (1, 0, 0, 0)
    assert len({mail["Message-ID"] for mail in office.box.to(ANNA)}) == 1


def test_pauses_grow_and_an_old_letter_is_given_up(office: Office) -> None:
    office.box.faults[ANNA] = ["data 451"] * 50
    office.queue(ANNA)
    tried = []
    while office.letters.states() == {"waiting": 1}:
        if office.run(timedelta(minutes=1))[1]:
            tried.append(office.now - START)
        office.now += timedelta(minutes=14) if len(tried) > 3 else timedelta()
    assert tried[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=7)]
    assert len(tried) < 25
    assert office.letters.states() == {"given_up": 1}
    assert office.now - START > PATIENCE


def test_a_server_that_is_away_is_asked_once_a_run(office: Office) -> None:
    office.settings = settings_for(9)
    office.queue(ANNA, BADR, CHAMA)
    assert office.run() == (0, 1, 0, 0)
    office.settings = settings_for(9, smtp_host="")
    assert office.run(timedelta(minutes=2)) == (0, 1, 0, 0)
    assert office.letters.states() == {"waiting": 3}


def test_a_domain_gets_so_many_mails_a_minute(office: Office) -> None:
    office.settings = settings_for(office.settings.smtp_port, mail_a_minute=1)
    office.queue(ANNA, CHAMA, BADR)
    assert office.run()[0] == 2
    assert office.run(timedelta(seconds=30))[0] == 0
    assert office.run(timedelta(seconds=31))[0] == 1


def test_who_refuses_again_and_again_is_dropped(office: Office) -> None:
    office.box.faults[ANNA] = ["rcpt 550"] * 3
    for number in range(1, 4):
        office.queue(ANNA, BADR, number=number)
        assert office.run(timedelta(hours=1)) == (1, 0, 1, 0)
    office.queue(ANNA, BADR, number=4)
    assert office.run(timedelta(hours=1)) == (1, 0, 0, 0)
    assert office.box.tried[ANNA] == 3


def test_who_left_gets_nothing_more(office: Office) -> None:
    office.letters.opt_out("ia", TOKENS.reader("Anna@One.example"), office.now)
    office.queue(ANNA, BADR)
    assert office.run() == (1, 0, 0, 0)
    assert office.box.to(ANNA) == []


def test_a_title_cannot_slip_a_header_in(office: Office) -> None:
    office.queue(ANNA, title="Titre\r\nBcc: eve@evil.example\r\n\r\nbody")
    assert office.run() == (1, 0, 0, 0)
    assert office.box.to(ANNA)[0]["Bcc"] is None
    assert office.box.to(ANNA)[0]["Subject"] == "Titre Bcc: eve@evil.example body"
    assert set(office.box.tried) == {ANNA}


def test_two_postmen_never_send_the_same(office: Office) -> None:
    from concurrent.futures import ThreadPoolExecutor
    office.queue(*(f"reader{n}@one.example" for n in range(20)))
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: office.postman().run().sent, range(2)))
    assert sum(runs) == 20
    assert set(office.box.tried.values()) == {1}


def test_tls_is_asked_for_and_the_certificate_checked(tmp_path: Path) -> None:
    write_certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / KEYSTORE)
    engine = create_engine(f"sqlite:///{tmp_path / 'state.sqlite'}")
    with mail_server(tls_context=context, require_starttls=True) as (box, port):
        office = Office(box, Letters(engine), settings_for(port, smtp_security="starttls"))
        office.queue(ANNA)
        assert office.run() == (0, 1, 0, 0)
        office.settings = settings_for(port, smtp_security="starttls", smtp_ca=tmp_path / CERTIFICATE)
        assert office.run(timedelta(minutes=2)) == (1, 0, 0, 0)
    engine.dispose()
