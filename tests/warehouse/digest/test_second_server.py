"""The same mail through an independent server (Exim), over TLS: each reader once, whatever the server says of the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from pipeline.state.letters import Letters
from tests.warehouse.digest.exim import BUSY, UNKNOWN, Exim
from tests.warehouse.digest.mail_server import Box
from tests.warehouse.digest.test_postman import ANNA, BADR, CHAMA, Office, settings_for
from warehouse.digest.postman import BACK_OFF


@pytest.fixture
def office(second_server: Exim, tmp_path: Path) -> Iterator[Office]:
    engine = create_engine(f"sqlite:///{tmp_path / 'state.sqlite'}")
    yield Office(Box(), Letters(engine), settings_for(
        second_server.port, smtp_security="starttls", smtp_ca=second_server.certificate, smtp_seconds=10.0))
    engine.dispose()


def test_each_reader_gets_each_digest_once(office: Office, second_server: Exim) -> None:
    for number in (1, 2):
        office.queue(ANNA, BADR, CHAMA, number=number, language="ar", title="الذكاء الاصطناعي والرقمنة")
        assert office.run() == (3, 0, 0, 0)
    assert office.run(timedelta(days=1)) == (0, 0, 0, 0)
    assert len(second_server.mails(6)) == 6
    for address in (ANNA, BADR, CHAMA):
        mails = second_server.mails(2, address)
        assert len({mail["Message-ID"] for mail in mails}) == 2
        assert {mail["Subject"] for mail in mails} == {"الذكاء الاصطناعي والرقمنة"}
        assert {mail["List-Unsubscribe-Post"] for mail in mails} == {"List-Unsubscribe=One-Click"}
        for mail in mails:
            text, page = mail.get_body(("plain",)), mail.get_body(("html",))
            assert text is not None
            assert page is not None
            assert "درهم" in text.get_content()
            assert 'dir="rtl"' in page.get_content()
            assert "(TLS" in mail["Received"] or "esmtps" in mail["Received"].lower()


def test_what_it_refuses_or_puts_off_keeps_nobody_waiting(office: Office, second_server: Exim) -> None:
    office.queue(f"nobody@{UNKNOWN}", f"later@{BUSY}", ANNA)
    assert office.run() == (1, 1, 1, 0)
    assert office.run(BACK_OFF[0]) == (0, 1, 0, 0)
    assert office.letters.states() == {"sent": 1, "waiting": 1, "refused": 1}
    assert len(second_server.mails(1)) == 1


def test_it_takes_nothing_in_the_clear(office: Office, second_server: Exim) -> None:
    office.settings = settings_for(second_server.port, smtp_seconds=10.0)
    office.queue(ANNA)
    assert office.run() == (0, 0, 1, 0)
    assert second_server.delivered() == []
