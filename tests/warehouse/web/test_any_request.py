"""Whatever is asked for, the answer is no fault of ours and holds nothing that acts."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.web.reader import WebReader, parsed, reading
from warehouse.web import app
from warehouse.web.app import ADDRESSES, create_app
from warehouse.web.site import Site

KNOWN = ("amount", "eau", "topic", "story-dam", "agence_eau", "2026-01-01", "-1", "99999", "atom", "json")
NASTY = ("\x00", "'; DROP TABLE articles; --", "{0.__class__}", "%s", "../../etc")
WORDS = st.one_of(st.sampled_from(KNOWN), st.text(max_size=20), st.sampled_from(NASTY))
ODD = st.binary(max_size=8).map(lambda raw: "".join(f"%{byte:02X}" for byte in raw))


@pytest.fixture(scope="module")
def asked(site: Site) -> Iterator[WebReader]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("UNCACHED_A_MINUTE", "DOWNLOADS_A_MINUTE", "FORMS_A_MINUTE"):
            patch.setattr(app, name, 1e9)
        with reading(create_app(site)) as one:
            yield one


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_request_makes_a_fault(asked: WebReader, data: st.DataObject) -> None:
    address = data.draw(st.sampled_from(ADDRESSES))
    parts = {name: data.draw(WORDS) for name in ("scheme", "code", "story_id", "claim_id", "entity_id", "about", "form")}
    path = address.path
    for name, value in parts.items():
        path = path.replace(f"{{{name}}}", quote(value, safe="") or "x")
    query = urlencode({name: data.draw(WORDS) for name in address.parameters if data.draw(st.booleans())}, errors="replace")
    response = asked.get(f"/{data.draw(st.sampled_from(['fr', 'ar', 'en']))}/{path}?{query}")
    assert response.status_code in (200, 301, 400, 404), response.url
    if response.headers.get("content-type", "").startswith("text/html"):
        assert not parsed(response).xpath("//script | //@onerror | //*[starts-with(@href, 'javascript')]")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ODD, ODD)
def test_no_odd_bytes_make_a_fault(asked: WebReader, path: str, value: str) -> None:
    pages = (f"/fr/story/{path}x", f"/fr/search?q={value}", f"/fr/facts?kind={value}&page={value}", f"/fr/{path}")
    for url in (*pages, f"/confirm/{path}x"):
        assert asked.get(url).status_code < 500, url


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300))
def test_no_odd_form_makes_a_fault(asked: WebReader, body: bytes) -> None:
    for url in ("/fr/subscribe", "/ar/login", "/en/sql", "/unsubscribe/x", "/confirm/x"):
        headers = {"content-type": "application/x-www-form-urlencoded"}
        assert asked.ask("POST", url, content=body, headers=headers).status_code < 500, url
