"""Logs hold no secrets."""

from __future__ import annotations

import json
import logging

import structlog

from config.settings import Settings
from flows.logs import redact, set_up


def test_secrets_are_taken_out_whatever_they_are_called() -> None:
    event = redact(None, "info", {
        "event": "opened", "url": "postgresql://marsad:hunter2@db:5432/marsad", "kafka_password": "hunter2",
        "link": "https://press.example/confirm?a=1&token=eyJhbGciOi.x.y&b=2", "contact": "desk@press.example", "count": 3})
    assert event == {
        "event": "opened", "url": "postgresql://marsad:***@db:5432/marsad", "kafka_password": "***",
        "link": "https://press.example/confirm?a=1&token=***&b=2", "contact": "desk@press.example", "count": 3}


def test_events_are_json_lines_with_fields_and_readable_arabic(own_data: Settings) -> None:
    handlers, level = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        set_up(own_data)
        structlog.get_logger("crawlers").info("page_fetched", outlet="sahifa", headline="اتفاقية جديدة")
        logging.getLogger("elsewhere").warning("a library says postgresql://u:secret@h/d")
    finally:
        logging.getLogger().handlers[:] = handlers
        logging.getLogger().setLevel(level)
        structlog.reset_defaults()
    text = (own_data.data / "logs" / "marsad.jsonl").read_text(encoding="utf-8")
    first, second = map(json.loads, text.splitlines())
    del first["timestamp"]
    assert first == {"event": "page_fetched", "outlet": "sahifa", "headline": "اتفاقية جديدة", "level": "info"}
    assert "اتفاقية" in text
    assert "secret" not in second["event"]
