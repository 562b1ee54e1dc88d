"""Mail that comes back: a hard bounce counts like a refusal, a complaint unsubscribes, everything else changes nothing."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, create_engine

from pipeline.state.letters import Letters
from pipeline.state.subscribers import Subscriber, Subscribers
from tests.warehouse.digest.exim import VANISHED, Exim
from tests.warehouse.digest.imap_server import imap_server
from tests.warehouse.digest.mail_server import Box, mail_server
from tests.warehouse.digest.reports import BOUNCE, COMPLAINT, HOLIDAY
from tests.warehouse.digest.test_postman import ANNA, BADR, START, TOKENS, Office, settings_for
from warehouse.digest import returns
from warehouse.digest.readers import leave
from warehouse.digest.returns import Returned, collect_returns
from warehouse.digest.tokens import Leaving

VERP = "bounce+{letter}@marsad.example"
HARD = {"action": "failed", "status": "5.1.1", "words": "550 5.1.1 No such user", "enclosed": "text/rfc822-headers"}


@dataclass
class Desk(Office):
    """An office with a maildir that mail comes back to."""

    engine: Engine | None = None
    folder: Path = Path()

    def back(self, text: str) -> None:
        mailbox.Maildir(self.folder).add(text.encode())

    def collect(self) -> Returned:
        assert self.engine is not None
        return collect_returns(self.settings, self.letters, Subscribers(self.engine), TOKENS, self.now)

    def bounce(self, mail: EmailMessage, to: str = "digest@marsad.example", **more: str) -> None:
        fields = {**HARD, "to": to, "address": ANNA, "headers": headers_of(mail), **more}
        self.back(BOUNCE.format(**fields))

    def state(self) -> tuple[str, ...]:
        return self.letters.last_states(ANNA, 9)


def headers_of(mail: EmailMessage, *names: str) -> str:
    wanted = names or ("From", "To", "Subject", "Message-ID", "List-Unsubscribe")
    return "\n".join(f"{name}: {mail[name]}" for name in wanted) + "\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    engine = create_engine(f"sqlite:///{tmp_path / 'state.sqlite'}")
    mailbox.Maildir(tmp_path / "back")
    with mail_server() as (box, port):
        settings = settings_for(port, mail_returns=str(tmp_path / "back"))
        yield Desk(box, Letters(engine), settings, START, engine, tmp_path / "back")
    engine.dispose()


def send(desk: Desk, number: int = 1) -> EmailMessage:
    desk.queue(ANNA, BADR, number=number)
    desk.run(timedelta(hours=1))
    return desk.box.to(ANNA)[-1]


@pytest.mark.parametrize("enclosed", ["text/rfc822-headers", "message/rfc822"])
def test_a_hard_bounce_counts_like_a_refusal(desk: Desk, enclosed: str) -> None:
    for number in (1, 2):
        desk.bounce(send(desk, number), enclosed=enclosed)
        assert desk.collect() == Returned(bounces=1)
    assert desk.state() == ("refused", "refused")
    assert desk.letters.opted_out("ia") == frozenset()
    last = send(desk, 3)
    desk.queue(ANNA, BADR, number=4)
    desk.run(timedelta(hours=1))
    desk.bounce(last)
    assert desk.collect() == Returned(bounces=1), "what was taken since does not hide it"
    assert desk.letters.opted_out("ia") == {TOKENS.reader(ANNA)}
    desk.queue(ANNA, BADR, number=5)
    assert desk.run(timedelta(hours=1)) == (1, 0, 0, 0)


def test_what_was_read_is_not_read_again_and_stays(desk: Desk) -> None:
    desk.bounce(send(desk))
    assert desk.collect() == Returned(bounces=1)
    assert desk.collect() == Returned()
    assert len(mailbox.Maildir(desk.folder)) == 1


@pytest.mark.parametrize("fields", [
    {"action": "delayed", "status": "4.4.1"}, {"action": "failed", "status": "4.2.2"}, {"action": "delivered", "status": "2.0.0"},
    {"action": "relayed", "status": "2.1.5"},
])
def test_what_is_no_failure_for_good_changes_nothing(desk: Desk, fields: dict[str, str]) -> None:
    desk.bounce(send(desk), **fields)
    assert desk.collect() == Returned(others=1)
    assert desk.state() == ("sent",)


def test_verp_tells_whose_mail_it_was_where_the_report_encloses_nothing(desk: Desk) -> None:
    desk.settings = desk.settings.model_copy(update={"mail_return_path": VERP})
    mail = send(desk)
    letter = str(mail["Message-ID"]).strip("<>").partition("@")[0]
    desk.bounce(mail, to=f"<bounce+{letter}@marsad.example>", headers="Subject: cut off\n")
    assert desk.collect() == Returned(bounces=1)
    assert desk.state() == ("refused",)


def test_nobody_is_dropped_by_a_made_up_report(desk: Desk) -> None:
    mail = send(desk)
    other = f"Message-ID: <{'a' * 32}@marsad.example>\nTo: {ANNA}\nList-Unsubscribe: <https://x/unsubscribe/{'b' * 60}>\n"
    desk.bounce(mail, headers=other)
    desk.back(COMPLAINT.format(to="x@y.example", kind="abuse", headers=other))
    desk.back(HOLIDAY.format(address=ANNA, to="digest@marsad.example", message_id=mail["Message-ID"]))
    desk.back("Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\nnonsense")
    desk.back("\x00\xff")
    assert desk.collect() == Returned(others=5)
    assert desk.state() == ("sent",)
    assert desk.letters.opted_out("ia") == frozenset()


@pytest.mark.parametrize("told_by", ["Message-ID", "List-Unsubscribe"])
def test_a_complaint_unsubscribes(desk: Desk, told_by: str) -> None:
    mail = send(desk)
    desk.back(COMPLAINT.format(to="digest@marsad.example", kind="abuse", headers=headers_of(mail, told_by)))
    assert desk.collect() == Returned(complaints=1)
    assert desk.letters.opted_out("ia") == {TOKENS.reader(ANNA)}
    desk.queue(ANNA, BADR, number=2)
    assert desk.run() == (1, 0, 0, 0)


def test_who_says_it_is_no_spam_complains_of_nothing(desk: Desk) -> None:
    desk.back(COMPLAINT.format(to="x@y.example", kind="not-spam", headers=headers_of(send(desk))))
    assert desk.collect() == Returned(others=1)


def test_a_digest_that_the_reader_made_is_forgotten_with_the_address(desk: Desk) -> None:
    assert desk.engine is not None
    subscribers = Subscribers(desk.engine)
    subscribers.sign_up(Subscriber("s-1", ANNA, "{}", START), TOKENS.reader(ANNA), since=START, mails=5, subscriptions=5)
    leave(desk.letters, subscribers, Leaving("s-1", TOKENS.reader(ANNA)), START)
    assert subscribers.find("s-1") is None


class Told(list[tuple[str, str, str]]):
    """A log that keeps what it is told."""

    def error(self, event: str, *, error: str, setting: str) -> None:
        self.append((event, error, setting))


@pytest.mark.parametrize(("where", "why"), [
    ("/nowhere/at/all", "there is no maildir"), ("imaps://me@127.0.0.1:9/INBOX", "refused")])
def test_a_missing_mailbox_stops_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch, where: str, why: str) -> None:
    told = Told()
    monkeypatch.setattr(returns, "log", told)
    desk.settings = desk.settings.model_copy(update={"mail_returns": where})
    assert desk.collect() == Returned()
    ((event, error, setting),) = told
    assert (event, setting) == ("returns_unreadable", "MARSAD_MAIL_RETURNS")
    assert why in error


def test_an_imap_folder_is_read_over_tls(desk: Desk, tmp_path: Path) -> None:
    mail = send(desk)
    with imap_server(tmp_path) as folder:
        bounce = BOUNCE.format(**HARD, to="x@y.example", address=ANNA, headers=headers_of(mail))
        folder.mails = [bounce.encode(), b"Subject: x\n\ny"]
        place = {"mail_returns": f"imaps://me%40marsad.example@127.0.0.1:{folder.port}/Returns",
                 "mail_returns_password": SecretStr("open"), "smtp_ca": folder.certificate}
        desk.settings = desk.settings.model_copy(update={**place, "mail_returns_password": SecretStr("wrong")})
        assert (desk.collect(), folder.seen) == (Returned(), set())
        desk.settings = desk.settings.model_copy(update=place)
        assert desk.collect() == Returned(bounces=1, others=1)
        assert desk.collect() == Returned()
    assert (folder.seen, set(folder.selected)) == ({1, 2}, {"Returns"})
    assert desk.state() == ("refused",)


def test_the_report_of_a_real_server_is_understood(second_server: Exim, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'state.sqlite'}")
    settings = settings_for(
        second_server.port, smtp_security="starttls", smtp_ca=second_server.certificate, smtp_seconds=10.0,
        mail_return_path=VERP, mail_returns=str(second_server.box))
    desk = Desk(Box(), Letters(engine), settings, START, engine)
    reader = f"anna@{VANISHED}"
    desk.queue(reader)
    assert desk.run() == (1, 0, 0, 0)
    assert len(second_server.mails(1, "bounce+")) == 1
    assert desk.collect() == Returned(bounces=1)
    assert desk.letters.last_states(reader, 2) == ("refused",)
    engine.dispose()
