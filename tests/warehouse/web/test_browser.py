"""The main journeys in a real browser (Debian's chromium), and what it says of access and of narrow screens."""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from pydantic import SecretStr

from config.settings import Settings
from pipeline.state import open_state
from pipeline.state.subscribers import Subscribers
from tests.warehouse.digest.mail_server import Box, mail_server
from tests.warehouse.web.press import HOSTILE, NOW, settings_in
from warehouse.public import public_path
from warehouse.web.app import create_app
from warehouse.web.site import Site

CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium")]
PAGES = ("fr/", "ar/", "en/trends", "fr/trends/topic/eau_environnement", "ar/story/story-dam", "fr/story/story-port",
         "en/story/story-nasty", "fr/entities", "ar/entity/agence_eau", "fr/facts", "ar/facts", "en/outlets",
         "fr/search?q=barrage", "ar/subscribe", "fr/preview", "en/login", "fr/nothing", "unsubscribe/x")


@dataclass
class Town:
    """A served page, its mail server, and a browser before it."""

    url: str
    browser: Any
    box: Box
    settings: Settings

    def page(self, **more: Any) -> Any:
        return self.browser.new_context(base_url=self.url, locale="fr-FR", **more).new_page()


@pytest.fixture(scope="module")
def town(press: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with mail_server() as (box, smtp_port):
        settings = settings_in(tmp_path_factory.mktemp("town")).model_copy(update={
            "data": press.data, "smtp_host": "127.0.0.1", "smtp_port": smtp_port, "smtp_security": "plain",
            "mail_from": "digest@marsad.example", "web_url": f"http://127.0.0.1:{port}", "web_password": SecretStr("open"),
            "state_url": f"sqlite:///{tmp_path_factory.mktemp('state') / 'state.sqlite'}"})
        app = create_app(Site(settings, public_path(press), clock=lambda: NOW))
        server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        with sync_api.sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            yield Town(f"http://127.0.0.1:{port}", browser, box, settings)
            browser.close()
        server.should_exit = True
        thread.join(10)


def test_sign_up_confirm_and_leave(town: Town) -> None:
    page = town.page()
    page.goto("/fr/")
    page.get_by_role("link", name="S'abonner").click()
    page.get_by_label("Thème").select_option("eau_environnement")
    page.get_by_label("Rythme").select_option("weekly")
    page.get_by_label("Votre adresse électronique").fill("lectrice@one.example")
    page.get_by_role("button", name="S'abonner").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Regardez votre boîte aux lettres"
    page.goto(link(town.box, "confirm"))
    page.get_by_role("button", name="Oui, je m'abonne").click()
    assert page.get_by_role("heading", level=1).inner_text() == "C'est confirmé"
    with open_state(town.settings.operational_url) as state:
        one, = Subscribers(state.engine).confirmed()
    from warehouse.digest.tokens import load_tokens
    page.goto(f"/unsubscribe/{load_tokens(town.settings).leave(one.digest, one.address)}")
    page.get_by_role("button", name="Ne plus recevoir ces messages").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Vous êtes désabonné"
    with open_state(town.settings.operational_url) as state:
        assert Subscribers(state.engine).confirmed() == ()


def test_search_in_arabic_and_read_a_dispute(town: Town) -> None:
    page = town.page()
    page.goto("/ar/")
    page.get_by_role("searchbox", name="ابحث في الصحافة").fill("كلفة السد")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/search?q=*")
    assert page.locator("mark").count() > 0
    page.get_by_role("link", name="كلفة سد").first.click()
    assert page.locator(".side").count() == 2
    assert page.locator(".side strong").all_inner_texts() == ["2,4\u00a0مليار درهم", "3\u00a0ملايير درهم"]
    left, right = (page.locator(".columns > *").nth(n).bounding_box()["x"] for n in (1, 0))
    assert left < right, "in Arabic the side column stands on the left"


def test_filter_facts_and_download_them(town: Town, tmp_path: Path) -> None:
    page = town.page(accept_downloads=True)
    page.goto("/en/facts")
    page.get_by_label("Kind").select_option("amount")
    page.get_by_role("button", name="Filter").click()
    assert page.get_by_text("Facts: 3").is_visible()
    for form, first in (("CSV", b"\xef\xbb\xbffact_id"), ("Parquet", b"PAR1")):
        with page.expect_download() as download:
            page.get_by_role("link", name=form).click()
        download.value.save_as(tmp_path / form)
        assert (tmp_path / form).read_bytes().startswith(first)


def test_no_hostile_word_acts(town: Town) -> None:
    page = town.page()
    acted: list[str] = []
    page.on("dialog", lambda dialog: acted.append(dialog.message))
    page.on("pageerror", lambda error: acted.append(str(error)))
    for path in ("/fr/", "/en/story/story-nasty", "/ar/facts"):
        page.goto(path)
        assert page.get_by_text(HOSTILE).first.is_visible()
    page.goto("/fr/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%27")
    assert acted == []


def test_the_sql_box(town: Town) -> None:
    page = town.page()
    page.goto("/en/sql")
    page.get_by_label("Password").fill("open")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("textbox", name="SQL").fill("SELECT count(*) AS n FROM stories")
    page.get_by_role("button", name="Run").click()
    assert page.get_by_role("columnheader", name="n").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(town: Town, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = town.page(color_scheme=scheme, bypass_csp=True)
    for path in PAGES:
        page.goto(path)
        found = [(one["impact"], one["id"], one["nodes"][0]["html"]) for one in axe.run(page).response["violations"]]
        assert found == [], path


def test_pages_fit_a_narrow_screen_and_work_without_scripts(town: Town) -> None:
    page = town.page(viewport={"width": 320, "height": 640}, java_script_enabled=True)
    for path in PAGES:
        page.goto(path)
        wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= seen, path
    plain = town.page(java_script_enabled=False)
    for path in PAGES:
        assert plain.goto(path).status in (200, 404), path


def link(box: Box, what: str) -> str:
    body = box.mails[-1][1].get_body(("plain",))
    assert body is not None
    found = re.search(rf"http://\S+(/{what}/\S+)", body.get_content())
    assert found is not None
    return found[1]
