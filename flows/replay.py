"""Days of the archive in, what today's code reads otherwise out: re-read in a folder of its own, compared with the snapshot,
and put into the real pipeline only where the operator says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import msgspec

from config.reading import ConfigError
from config.settings import Settings
from crawlers.archived import archived_outlets, archived_pages
from flows.console import Steps, err, out, steps
from flows.desk import Desk, new_run_id
from flows.ending import FAILED
from flows.replay_changes import Changes, compare, write_changes
from flows.stages import Draining, dead_among
from pipeline.codec import encode
from pipeline.events import RawPage
from pipeline.stages import PROFILES
from pipeline.state import open_state
from pipeline.state.origins import announcements
from pipeline.topology import RAW_PAGES
from warehouse.load import load
from warehouse.snapshot import publish

FOLDER: Final = "replays"
"""Below MARSAD_DATA."""
FLUSH_EVERY: Final = 200
EXAMPLES: Final = 5


@dataclass(frozen=True)
class Span:
    """What to re-read: outlets (all that are archived, where none is named) and days of fetching (UTC), both included."""

    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Replayed:
    """What a replay did."""

    folder: Path
    pages: tuple[str, ...]
    """Their ids."""
    changes: Changes
    died: bool


def replay(desk: Desk, span: Span, *, keep: bool = False, announce: bool = False) -> int:
    """Re-read, print what differs, and with `keep` put the pages on the backfill lane. Returns the exit code: 0, or 1 where
    records died. Raises ConfigError where nothing is archived."""
    outlets = _outlets(desk, span)
    with steps() as shown:
        done = reread(desk, span, outlets, shown)
    _tell(done)
    if keep:
        missed = _missed(desk, outlets, done.changes.added_articles) if announce else frozenset[str]()
        kept = put_back(desk, archive(desk, span, outlets), missed)
        out.print(f"{kept} pages on the backfill lane; the next `marsad run` (or the workers) reads them anew"
                  + (f", {len(missed)} articles that were missed may be announced, marked late" if announce else
                     ", nothing is announced"), markup=False)
    else:
        out.print("nothing was kept; to keep it, give the same command with --keep", markup=False)
    return FAILED if done.died else 0


def reread(desk: Desk, span: Span, outlets: Iterable[str], shown: Steps) -> Replayed:
    """Read the pages anew in a folder of its own and compare with the snapshot."""
    own = _own_place(desk.settings)
    elsewhere = Desk(own)
    pages: list[str] = []
    shown.begin("archive")
    with Draining(elsewhere) as draining:
        send(elsewhere, _noted(archive(desk, span, outlets), pages))
        shown.end("archive", f"{len(pages)} pages")
        counts = draining.finish(shown)
    shown.begin("load")
    with elsewhere.bus() as bus:
        report = load(bus, own, run_id=new_run_id())
    publish(own, force=True)
    shown.end("load", str(report))
    changes = compare(desk.settings, own, pages)
    write_changes(changes, own.data / "changes.jsonl")
    return Replayed(own.data, tuple(pages), changes, dead_among(counts))


def archive(desk: Desk, span: Span, outlets: Iterable[str]) -> Iterator[RawPage]:
    """The archived pages of the span, outlet after outlet."""
    with open_state(desk.settings.operational_url) as state:
        for outlet in outlets:
            known = {key: one.discovery for key, one in announcements(state, outlet).items()}
            yield from archived_pages(desk.settings.data, outlet, since=span.since, until=span.until, discovered=known)


def put_back(desk: Desk, pages: Iterable[RawPage], announced: frozenset[str] = frozenset()) -> int:
    """Send pages to be read anew by the real pipeline, as origin replay; those of the articles `announced` as live ones, so
    that they may alert. How many."""
    return send(desk, (_live(page) if page.ref.article_id in announced else page for page in pages))


def send(desk: Desk, pages: Iterable[RawPage]) -> int:
    """Send pages on the backfill lane, whatever their origin: what is read again never delays what is new. How many."""
    sent = 0
    with desk.bus() as bus, bus.producer() as producer:
        for sent, page in enumerate(pages, start=1):
            value, headers = encode(page)
            producer.send(RAW_PAGES.on("backfill"), page.ref.article_id, value, headers)
            if sent % FLUSH_EVERY == 0:
                producer.flush()
    return sent


def _live(page: RawPage) -> RawPage:
    return msgspec.structs.replace(page, ref=msgspec.structs.replace(page.ref, origin="live"))


def _missed(desk: Desk, outlets: Iterable[str], added: frozenset[str]) -> frozenset[str]:
    """Those of the added articles that came live: what was an outlet's past when it was fetched is no news now."""
    with open_state(desk.settings.operational_url) as state:
        return frozenset(key for outlet in outlets for key, one in announcements(state, outlet).items()
                         if key in added and one.origin == "live")


def _noted(pages: Iterable[RawPage], ids: list[str]) -> Iterator[RawPage]:
    for page in pages:
        ids.append(page.ref.page_id)
        yield page


def _outlets(desk: Desk, span: Span) -> tuple[str, ...]:
    known = archived_outlets(desk.settings.data)
    wrong = [name for name in span.outlets if name not in known]
    if wrong or not known:
        there = f"; archived are: {', '.join(known)}" if known else f": {desk.settings.data / 'archive'} is empty"
        raise ConfigError(f"nothing archived of {', '.join(wrong) or 'any outlet'}{there}")
    return span.outlets or tuple(known)


def _own_place(on: Settings) -> Settings:
    """The same settings with an empty data folder and the embedded bus, and the profiles as they are now."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{new_run_id()[:4]}"
    own = on.model_copy(update={"data": on.data / FOLDER / name, "bus": "embedded", "state_url": "", "metrics_port": 0})
    own.data.mkdir(parents=True)
    if (on.data / PROFILES).is_dir():
        shutil.copytree(on.data / PROFILES, own.data / PROFILES)
    return own


def _tell(done: Replayed) -> None:
    changes = done.changes
    out.print(f"\n{len(done.pages)} pages read anew; compared with the snapshot:", markup=False)
    for what in ("article", "fact"):
        for how in ("added", "lost", "changed"):
            rows = [row for row in changes.rows if (row["what"], row["change"]) == (what, how)]
            out.print(f"  {what + 's':9} {how:8} {len(rows):>7,}", markup=False)
            for row in rows[:EXAMPLES]:
                out.print(f"      {row['told']}", markup=False)
    out.print(f"  {changes.alike:,} articles as before; {changes.newer:,} not compared (a page outside of these days is current)",
              markup=False)
    out.print(f"all of them: {done.folder / 'changes.jsonl'}; to look further: MARSAD_DATA={done.folder} marsad sql ...",
              markup=False)
    if done.died:
        err.print(f"marsad: some pages could not be read: MARSAD_DATA={done.folder} marsad dead list", markup=False)
