"""The SQL box: for who knows the password, for reading only."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from pydantic import SecretStr

from config.settings import Settings
from tests.warehouse.web.press import HOSTILE, NOW
from tests.warehouse.web.reader import WebReader, parsed, reading
from warehouse.public import public_path
from warehouse.read import Table
from warehouse.web.app import create_app
from warehouse.web.console import SHOWN, shown
from warehouse.web.reception import FORMS_A_MINUTE
from warehouse.web.site import Site


@pytest.fixture
def guest(press: Settings) -> Iterator[WebReader]:
    settings = press.model_copy(update={"web_password": SecretStr("an open secret of the tests")})
    with reading(create_app(Site(settings, public_path(press), clock=lambda: NOW))) as one:
        yield one


def send(reader: WebReader, path: str, **fields: str) -> httpx.Response:
    token = parsed(reader.get(path)).xpath("//input[@name='form']/@value")[0]
    return reader.post(path, {"form": token, **fields})


def ask(reader: WebReader, sql: str) -> str:
    return send(reader, "/fr/sql", sql=sql).text


def test_nobody_asks_without_the_password(guest: WebReader) -> None:
    assert guest.get("/fr/sql").headers["location"] == "/fr/login"
    assert guest.post("/fr/sql", {"sql": "SELECT 1"}).status_code == 303
    assert send(guest, "/fr/login", password="wrong").status_code == 403
    assert guest.post("/fr/login", {"password": "an open secret of the tests"}).status_code == 403, "no form token"
    assert guest.get("/fr/sql", headers={"cookie": "marsad_login=ImluIg.forged.forged"}).status_code == 303


def test_who_knows_it_asks_and_leaves(guest: WebReader) -> None:
    response = send(guest, "/fr/login", password="an open secret of the tests")
    assert (response.status_code, response.headers["location"]) == (303, "/fr/sql")
    cookie = response.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=strict"))
    page = ask(guest, "SELECT outlet, count(*) AS n FROM articles GROUP BY outlet ORDER BY n DESC")
    assert "Lignes : 3" in page
    assert "lefil" in page
    shown_ = ask(guest, "SELECT headline FROM articles WHERE article_id = 'nasty'")
    assert HOSTILE.split("&")[0] not in shown_
    assert "&lt;script&gt;" in shown_
    for sql in ("DROP TABLE articles", "SELECT * FROM read_text('/etc/hostname')", "COPY articles TO 'x'", "SELECT 1; SELECT 2"):
        assert "role=\"alert\"" in ask(guest, sql), sql
    token = parsed(guest.get("/fr/sql")).xpath("//input[@name='form']/@value")[0]
    assert guest.post("/fr/logout", {"form": token}).status_code == 303
    assert guest.get("/fr/sql").status_code == 303


def test_passwords_cannot_be_tried_out(guest: WebReader) -> None:
    codes = [send(guest, "/fr/login", password=str(n)).status_code for n in range(FORMS_A_MINUTE + 1)]
    assert codes == [403] * FORMS_A_MINUTE + [429]


def test_without_a_password_set_nobody_gets_in(reader: WebReader) -> None:
    assert "MARSAD_WEB_PASSWORD" in reader.get("/fr/login").text
    token = parsed(reader.get("/fr/subscribe")).xpath("//input[@name='form']/@value")[0]
    assert reader.post("/fr/login", {"form": token, "password": ""}).status_code == 403


def test_a_long_answer_is_cut() -> None:
    table, cut = shown(Table(("a",), tuple(("x" * 1000,) for _ in range(5000))))
    assert cut
    assert sum(len(row[0]) for row in table.rows) < SHOWN
