"""A folder and a start time in, the sample press served on loopback out, with its truth and a note of every request."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.world.addresses import bind_all
from tests.world.control import Answers, Control
from tests.world.copies import copy_piece, shared_dispatch
from tests.world.operator import write_outlet
from tests.world.pages import Page, build_pages
from tests.world.render import Renderer
from tests.world.server import Clock, Note, Server
from tests.world.site import Site, load_sites
from tests.world.texts import Piece, load_pieces, read_rows
from tests.world.truth import truth_rows

MAX_ADVANCE = 24 * 365


class World:
    """The sample press. A context manager: it serves between enter and exit, in threads of this process."""

    def __init__(self, folder: Path, now: datetime | None = None, port: int = 0, outlets: Path | None = None) -> None:
        """`folder`: where its files go; `now`: the start time (aware), default the real one; `port`: 0 for any free one;
        `outlets`: folder of the outlets' YAML, default below `folder`."""
        start = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        self.outlets = outlets or folder / "outlets"
        self.stopped = threading.Event()
        """Set once POST /__world/stop was called."""
        self._sites, self._clock, self._note, self._port = load_sites(), Clock(start), Note(), port
        self.bases: dict[str, str] = {}
        """Address of each outlet, by id."""
        self.truth: list[dict[str, Any]] = []
        """One row for each page."""
        self.control = ""
        """Address of the control."""
        self._servers: list[Server | Control] = []

    def __enter__(self) -> World:
        servers = bind_all(len(self._sites), self._port, self._listen, Server.server_close)
        self.bases = {server.outlet: f"http://{server.server_address[0]!s}:{server.server_address[1]}" for server in servers}
        pieces = _all_pieces(self._sites, self._clock.start)
        self.outlets.mkdir(parents=True, exist_ok=True)
        built = [self._build(site, server, pieces) for site, server in zip(self._sites, servers, strict=True)]
        urls = {piece.ref: renderer.url(piece) for renderer, _ in built for piece in pieces[renderer.site.id]}
        for renderer, pages in built:
            self.truth += truth_rows(pages, renderer, renderer.site.day_only, urls)
        control = Control(self._answers())
        self.control = f"http://127.0.0.1:{control.server_address[1]}"
        self._servers = [*servers, control]
        for server in self._servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()
        self._servers = []

    @property
    def now(self) -> datetime:
        """The virtual time."""
        return self._clock.now

    def advance(self, hours: float) -> datetime:
        """Move the virtual time on; the edit and the withdrawal happen at 6 hours. Returns the new time. Raises ValueError."""
        if not 0 <= hours <= MAX_ADVANCE:
            raise ValueError(f"hours must lie between 0 and {MAX_ADVANCE}, not {hours}")
        self._clock.advance(hours)
        return self._clock.now

    def requests(self) -> list[dict[str, Any]]:
        """Every request to an outlet so far: outlet, method, path, status, time, user_agent, conditional."""
        return self._note.rows()

    def write_truth(self, path: Path) -> None:
        """The truth as JSONL."""
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.truth), encoding="utf-8")

    def _listen(self, number: int, address: tuple[str, int]) -> Server:
        return Server(address, self._sites[number].id, self._clock, self._note)

    def _build(self, site: Site, server: Server, pieces: dict[str, list[Piece]]) -> tuple[Renderer, list[Page]]:
        base = self.bases[site.id]
        headlines = [(piece.title, self.bases[piece.outlet] + other.path(piece))
                     for other in self._sites for piece in pieces[other.id]
                     if site.ticker and piece.lang == site.lang and not piece.copy_of]
        headlines += [(title, base + "/") for title in site.ticker_more]
        renderer = Renderer(site, base, self._clock.start, pieces[site.id], headlines)
        pages = list(build_pages(site, pieces[site.id], renderer))
        server.serve_pages({page.path: page for page in pages})
        write_outlet(site, base, self.outlets)
        return renderer, pages

    def _answers(self) -> Answers:
        def clock(query: dict[str, str]) -> Any:
            return {"start": self._clock.start.isoformat(), "now": self.now.isoformat(), "hours": self._clock.hours}

        def advance(query: dict[str, str]) -> Any:
            self.advance(float(query.get("hours", "")))
            return clock(query)

        def stop(query: dict[str, str]) -> Any:
            self.stopped.set()
            return {"stopping": True}
        return {
            ("GET", "/__world/clock"): clock, ("POST", "/__world/advance"): advance, ("POST", "/__world/stop"): stop,
            ("GET", "/__world/requests"): lambda query: self.requests(), ("GET", "/__world/truth"): lambda query: self.truth,
        }


def _all_pieces(sites: list[Site], now: datetime) -> dict[str, list[Piece]]:
    """The articles of every outlet, originals first read and then copied, newest first."""
    pieces = {site.id: load_pieces(site.id, site.lang, now) for site in sites}
    names = {site.id: site.title for site in sites}
    known = {piece.ref: piece for own in pieces.values() for piece in own}
    for site in sites:
        for row in read_rows(site.id):
            if "copy_of" in row:
                original = known[row["copy_of"]]
                copied = (shared_dispatch(row, original, site.id) if "after" in row
                          else copy_piece(row, original, site.id, names[original.outlet]))
                pieces[site.id].append(copied)
        pieces[site.id].sort(key=lambda piece: piece.published, reverse=True)
    return pieces
