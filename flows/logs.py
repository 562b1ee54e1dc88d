"""structlog set up: JSON lines in data/logs for machines, warnings on standard error for people; secrets in neither."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Any, Final

import structlog

if TYPE_CHECKING:
    from config.settings import Settings

LOG_BYTES: Final = 20_000_000
KEPT: Final = 5
SECRET: Final = re.compile(r"(?<=://)([^/\s:@]{1,200}):[^/\s@]{1,200}(?=@)|(?<=[?&]token=)[^&\s]{1,500}")
"""Passwords in addresses, and signed tokens."""
SECRET_NAMES: Final = ("password", "secret", "token", "authorization")


def to_screen() -> None:
    """Only warnings, on standard error: for commands that look and leave no trace."""
    _configure([_screen()], "WARNING")


def set_up(on: Settings) -> None:
    """Send all log events of this process to data/logs/marsad.jsonl (rotated), and warnings to standard error as well."""
    folder = on.data / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    file = RotatingFileHandler(folder / "marsad.jsonl", maxBytes=LOG_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
    file.setFormatter(_formatter(structlog.processors.JSONRenderer(ensure_ascii=False)))
    _configure([file, _screen()], on.log_level.upper())


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A log event without its secrets: fields that are named as one, passwords in addresses, tokens."""
    for name, value in event.items():
        if any(secret in name.lower() for secret in SECRET_NAMES):
            event[name] = "***"
        elif isinstance(value, str) and ("@" in value or "token=" in value):
            event[name] = SECRET.sub(lambda match: f"{match[1]}:***" if match[1] else "***", value)
    return event


def _configure(handlers: list[logging.Handler], level: str) -> None:
    root = logging.getLogger()
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars, structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True), redact, structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(), wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _screen() -> logging.Handler:
    screen = logging.StreamHandler(sys.stderr)
    screen.setLevel(logging.WARNING)
    screen.setFormatter(_formatter(structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())))
    return screen


def _formatter(renderer: structlog.types.Processor) -> structlog.stdlib.ProcessorFormatter:
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.format_exc_info, renderer],
        foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True), redact],
    )
