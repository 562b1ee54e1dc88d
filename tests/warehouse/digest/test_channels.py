"""Webhooks and channels: signed, known by the issue's id, and put off or refused by what the other side answers."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.state.letters import Body, Letter
from tests.warehouse.digest.samples import claim_event, names
from warehouse.digest.channels import call_webhook, notify
from warehouse.digest.compose import compose
from warehouse.digest.deliver import issue_json
from warehouse.digest.issue import Issue
from warehouse.digest.outcome import Failed, Later, Never, Taken
from warehouse.digest.render import render

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@dataclass
class Hook:
    """A web server that keeps what it gets and answers as it is told."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def hook() -> Iterator[Hook]:
    known = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            known.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(known.answers.pop(0) if known.answers else 204)
            self.send_header("location", "/elsewhere")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    known.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield known
    server.shutdown()
    server.server_close()
    thread.join(5)


def letter(address: str, channel: str = "webhook") -> Letter:
    rendered = render(Issue("ia-1", "ia", "IA", "fr", NOW, compose([claim_event()], {}, {}).stories), [], names())
    body = Body("ia-1", "ia", "fr", "IA", rendered.html, rendered.text, issue_json(rendered), NOW)
    return Letter(body, channel, address, 1, NOW)  # type: ignore[arg-type]


def test_a_webhook_gets_the_issue_signed(hook: Hook) -> None:
    assert call_webhook(letter(hook.url), "secret") == Taken()
    headers, body = hook.got[0]
    assert headers["x-marsad-signature"] == "sha256=" + hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    assert headers["idempotency-key"] == "ia-1"
    claim = json.loads(body)["stories"][0]["claims"][0]
    assert (claim["kind"], claim["fields"]["value"], claim["mark"]) == ("amount", 2.5e9, "new")
    assert "2,5 milliards de dirhams" in claim["sentence"]


@pytest.mark.parametrize(("answer", "outcome"), [
    (200, Taken), (302, Never), (404, Never), (410, Never), (429, Later), (503, Later)])
def test_what_a_webhook_answers_decides(hook: Hook, answer: int, outcome: type) -> None:
    hook.answers = [answer]
    assert isinstance(call_webhook(letter(hook.url), ""), outcome)
    assert len(hook.got) == 1


def test_a_webhook_that_is_away_is_called_later() -> None:
    assert isinstance(call_webhook(letter("http://127.0.0.1:9/"), "", seconds=1), Later)


def test_a_channel_goes_by_apprise(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAM_CHANNEL", hook.url.replace("http://", "json://"))
    assert notify(letter("TEAM_CHANNEL", "apprise")) == Taken()
    assert "2,5 milliards de dirhams" in json.loads(hook.got[0][1])["message"]
    hook.answers = [500]
    assert isinstance(notify(letter("TEAM_CHANNEL", "apprise")), Later)
    assert isinstance(notify(letter("NOT_SET", "apprise")), Failed)
    monkeypatch.setenv("TEAM_CHANNEL", "nonsense")
    assert isinstance(notify(letter("TEAM_CHANNEL", "apprise")), Never)
