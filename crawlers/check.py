"""An outlet in, a finding out: whether each of its ways of discovery and one of its articles can be read from here, politely."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from config.outlet import Outlet, Section, load_outlets
from config.reading import ConfigError
from config.settings import ROOT, Settings, settings
from crawlers.addresses import on_outlet
from crawlers.answer import Download
from crawlers.discover import Reading
from crawlers.discover.look import looks_like_article
from crawlers.fetcher import Fetcher
from crawlers.journal import Journal, Purpose
from crawlers.run import CrawlRun
from crawlers.sample import Sampler
from crawlers.session import NoProducer, run_job
from crawlers.telling import MEANINGS
from pipeline.state import open_state
from pipeline.state.hosts import Hosts

SECONDS: Final = 90.0
SAMPLES: Final = 3


@dataclass
class Finding:
    """How an outlet answered."""

    outlet: str
    good: bool = False
    """At least one way names articles, and at least one of them reads as one."""
    why: str | None = None
    """What keeps us out, where it is the same for all of it."""
    told: list[str] = field(default_factory=list)
    """A line each: ways, articles, what went wrong."""


def check_all(outlets: Sequence[Outlet], on: Settings) -> Iterator[Finding]:
    """Check outlets side by side (settings.crawls at a time), each in a process of its own with a limit of time; in order."""
    with ThreadPoolExecutor(on.crawls) as pool:
        yield from pool.map(_check_apart, outlets)


def as_lines(finding: Finding) -> list[str]:
    """The finding for people: one line where there is one reason."""
    if finding.good:
        return [f"{finding.outlet}: verified", *(f"  {line}" for line in finding.told)]
    if finding.why:
        return [f"{finding.outlet}: NOT verified: {finding.why}"]
    return [f"{finding.outlet}: NOT verified", *(f"  {line}" for line in finding.told)]


def summary(findings: Sequence[Finding]) -> str:
    """What came of all of them, the reasons by number."""
    good = sum(finding.good for finding in findings)
    reasons = Counter(finding.why or "see above" for finding in findings if not finding.good)
    said = f"{len(findings)} outlets: {good} verified, {len(findings) - good} not"
    said += "".join(f"\n  {number} x {why}" for why, number in reasons.most_common())
    if reasons[MEANINGS["no_such_host"]] > max(2, len(findings) / 2):
        said += "\nMost names lead nowhere: this machine has no network, or no name resolution."
    return said


def mark_verified(outlet: Outlet, folder: Path) -> Path:
    """Write `verified: true` into the outlet's file, and nothing else. Raises ConfigError where the file is not there."""
    file = next(folder.rglob(f"{outlet.id}.yml"), None)
    if file is None:
        raise ConfigError(f"{folder}: no {outlet.id}.yml")
    text = file.read_text(encoding="utf-8")
    marked, found = re.subn(r"(?m)^verified:.*$", "verified: true", text, count=1)
    file.write_text(marked if found else text.rstrip("\n") + "\nverified: true\n", encoding="utf-8")
    return file


def _check_apart(outlet: Outlet) -> Finding:
    try:
        done = subprocess.run([sys.executable, "-m", "crawlers.check", outlet.id], cwd=ROOT, capture_output=True, text=True,
                              check=False, timeout=SECONDS + 30)
        return Finding(**json.loads(done.stdout.strip().splitlines()[-1]))
    except (subprocess.TimeoutExpired, ValueError, IndexError) as error:
        return Finding(outlet.id, why=f"the check ended without a finding ({type(error).__name__})")


class _Checker:
    """Checks one outlet."""

    def __init__(self, outlet: Outlet, sampler: Sampler, finding: Finding) -> None:
        self._outlet, self._sampler, self._finding = outlet, sampler, finding
        self._articles: dict[str, None] = {}

    async def check(self) -> None:
        """Read every way, then a few of the articles they name."""
        for way in self._outlet.discover:
            reading = await self._sampler.reading(way.url, way.kind, way if isinstance(way, Section) else None)
            if reading and way.kind == "sitemap" and not reading.links and reading.children:
                reading = await self._sampler.reading(reading.children[-1].url, "sitemap") or reading
            if reading:
                self._note(way.kind, way.url, reading)
        reads = [await self._sampler.article(address, self._outlet) for address in list(self._articles)[:SAMPLES]]
        self._finding.good = any(good for good, _ in reads)
        self._finding.told += [line for _, line in reads] + self._sampler.notes
        if not reads and len(reasons := set(self._sampler.reasons)) == 1:
            self._finding.why = reasons.pop()

    def _note(self, kind: Purpose, url: str, reading: Reading) -> None:
        own = [address for link in reading.links if (address := on_outlet(self._outlet, link.url))
               and looks_like_article(self._outlet, address, announced=kind == "feed")]
        self._articles |= dict.fromkeys(own[:SAMPLES])
        self._finding.told.append(f"{kind} {url}: {len(own)} articles, {len(reading.links) - len(own)} other links, "
                                  f"{len(reading.children)} further documents")


def main() -> int:
    """`python -m crawlers.check OUTLET`: the finding as JSON on standard output."""
    parser = argparse.ArgumentParser(prog="python -m crawlers.check", description=__doc__)
    parser.add_argument("outlet")
    on, name = settings(), parser.parse_args().outlet
    outlet = load_outlets(on.outlets)[name]
    finding = Finding(name)

    async def job(download: Download) -> None:
        with open_state(on.operational_url) as state:
            run = CrawlRun(outlet, on, "check", time.time() + SECONDS)
            fetcher = Fetcher(run, Hosts(state), Journal(run, NoProducer()), download)
            await _Checker(outlet, Sampler(run, fetcher), finding).check()
            await fetcher.close()
    run_job(outlet, on, job)
    sys.stdout.write(json.dumps(asdict(finding)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
