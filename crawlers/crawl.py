"""An outlet's id in, a crawl of it in a process of its own with a time limit, and its report out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from config.settings import ROOT, settings

GRACE_SECONDS: Final = 20.0
"""From the time limit to SIGINT, and from there to SIGKILL: for the request in hand."""
MAX_LOG_BYTES: Final = 2_000_000
"""A longer log is begun anew."""
_interrupted = threading.Event()


@dataclass(frozen=True)
class CrawlReport:
    """What a crawl did."""

    outlet: str
    state: Literal["completed", "failed", "timed_out", "interrupted"]
    detail: str | None = None
    requests: int = 0
    pages: int = 0
    """Sent on to be read."""
    not_modified: int = 0

    def __str__(self) -> str:
        told = f"{self.state}, {self.requests} requests, {self.pages} pages, {self.not_modified} not modified"
        return f"{told} ({self.detail})" if self.detail else told


def crawl(
    outlet_id: str, *, run_id: str, seconds: float, force: bool = False, past: tuple[date, date] | None = None,
) -> CrawlReport:
    """Crawl one outlet now, within `seconds`. `force`: read every way of discovery, due or not. `past`: look for what it
    published from day to day, instead of its news. Never raises for what the crawl met; its log is
    `data/logs/crawl-<outlet>.log`."""
    if _interrupted.is_set():
        return CrawlReport(outlet_id, "interrupted", "not begun")
    log = settings().data / "logs" / f"crawl-{outlet_id}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "crawlers", outlet_id, "--run-id", run_id, "--seconds", str(seconds)]
    command += ["--force"] if force else []
    command += ["--since", past[0].isoformat(), "--until", past[1].isoformat()] if past else []
    environment = os.environ | {"MARSAD_DATA": str(settings().data.absolute())}
    with log.open("ab" if _is_short(log) else "wb") as errors, subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, cwd=ROOT, env=environment) as process:
        said = _wait(process, seconds)
    report = _report(outlet_id, said, process.returncode, log)
    if report.state == "interrupted":
        _interrupted.set()
    return report


def _is_short(log: Path) -> bool:
    return log.exists() and log.stat().st_size < MAX_LOG_BYTES


def _wait(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    """Its standard output. It ends by itself in time; what does not is interrupted, then killed."""
    try:
        for signal_number in (signal.SIGINT, signal.SIGKILL):
            try:
                return process.communicate(timeout=(seconds if signal_number == signal.SIGINT else 0.0) + GRACE_SECONDS)[0]
            except subprocess.TimeoutExpired:
                process.send_signal(signal_number)
        return process.communicate(timeout=GRACE_SECONDS)[0]
    except BaseException:
        process.kill()
        raise


def _report(outlet_id: str, said: bytes, code: int, log: Path) -> CrawlReport:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    try:
        fields = json.loads(lines[-1]) if lines else None
    except ValueError:
        fields = None
    if isinstance(fields, dict):
        return CrawlReport(outlet_id, **fields)
    if code == -signal.SIGINT:
        return CrawlReport(outlet_id, "interrupted", "stopped before it began")
    if code == -signal.SIGKILL:
        return CrawlReport(outlet_id, "timed_out", f"killed after its time limit; see {log}")
    return CrawlReport(outlet_id, "failed", f"ended with code {code} and no report; see {log}")
