"""Archived pages of an outlet in, its next numbered SiteProfile out: extract then knows what the outlet repeats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog
from prefect import flow

from config.outlet import Outlet
from config.settings import settings
from flows.console import Steps
from flows.desk import Desk
from flows.learn_apart import learn_apart
from flows.replay import Span, archive, put_back
from pipeline import profiles
from pipeline.extract.profile import says_the_same
from pipeline.stages import PROFILES
from pipeline.state import open_state
from pipeline.state.frontier import Frontier
from warehouse.read import ask

log = structlog.get_logger(__name__)
FIRST: Final = 20
"""Pages from which the first profile is learnt."""
MORE: Final = 500
"""New pages after which it is learnt anew at the latest."""
LEAST: Final = 3
"""Articles; fewer teach nothing."""


@dataclass(frozen=True)
class Learnt:
    """What came of learning an outlet."""

    outlet: str
    number: int | None
    """Of the profile that holds now; None: there is none."""
    is_new: bool
    told: str

    def __str__(self) -> str:
        return f"{self.outlet}: {self.told}"


def is_wanted(pages: int, at_last: int) -> bool:
    """Whether an outlet with so many fetched pages, of which `at_last` were there when it was last learnt, is to be learnt:
    at FIRST pages, then each time they have doubled, then every MORE."""
    return pages >= max(FIRST, min(2 * at_last, at_last + MORE))


def learn_where_wanted(desk: Desk, outlets: Iterable[Outlet]) -> list[Learnt]:
    """Learn those outlets that have gathered enough pages since their last profile."""
    done = []
    for outlet in outlets:
        pages, at_last = _fetched(desk, outlet.id), _noted(desk, outlet.id)
        if is_wanted(pages, at_last):
            done.append(learn_outlet(desk, outlet.id))
    return done


def learn_outlet(desk: Desk, outlet: str) -> Learnt:
    """Make the outlet's next profile, where it says anything else than the last. Never raises for what pages hold."""
    folder, pages = desk.settings.data / PROFILES, _fetched(desk, outlet)
    last = profiles.newest(folder, outlet)
    number = last.number if last else None
    made = learn_apart(desk.settings.data, desk.settings.outlets, outlet, profiles.next_number(folder, outlet))
    if isinstance(made, str):
        log.warning("outlet_not_learnt", outlet=outlet, why=made)
        return Learnt(outlet, number, False, f"not learnt: {made}")
    _note(desk, outlet, pages)
    if made.pages < LEAST:
        return Learnt(outlet, number, False, f"only {made.pages} different articles in the archive, {LEAST} are needed")
    if last is not None and says_the_same(last, made):
        return Learnt(outlet, number, False, f"profile {last.number} still holds")
    try:
        profiles.keep(folder, made)
    except FileExistsError:
        return Learnt(outlet, number, False, "another process has learnt it just now")
    told = f"profile {made.number} from {made.pages} articles: {len(made.texts)} repeated texts, {len(made.places)} places"
    return Learnt(outlet, made.number, True, told)


def reread(desk: Desk, outlet: str) -> int:
    """Put the pages of the outlet's articles that were read without a profile on the backfill lane, to be read once more
    with it, never announced. How many. Raises QueryError."""
    rows = ask(f"SELECT page_id FROM articles WHERE outlet = '{outlet}' AND archive_file IS NOT NULL "  # noqa: S608 (a known id)
               "AND coalesce(reading, '') NOT LIKE '%+p%'", desk.settings, rows=10_000_000).rows
    wanted = {page_id for (page_id,) in rows}
    span = Span(since=None, outlets=(outlet,))
    return put_back(desk, (page for page in archive(desk, span, (outlet,)) if page.ref.page_id in wanted)) if wanted else 0


def end_round(desk: Desk, outlets: Iterable[Outlet], shown: Steps) -> None:
    """The last step of a round: what was gathered is learnt from, for the pages to come."""
    if done := learn_where_wanted(desk, outlets):
        shown.begin("learn")
        shown.end("learn", "; ".join(str(one) for one in done))


@flow(name="learn", log_prints=False)
def learn_flow() -> dict[str, str]:
    """Learn every outlet that has gathered enough; what came of each."""
    desk = Desk(settings())
    return {one.outlet: one.told for one in learn_where_wanted(desk, desk.outlets.values())}


def _fetched(desk: Desk, outlet: str) -> int:
    with open_state(desk.settings.operational_url) as state:
        return Frontier(state, outlet).counts().get("fetched", 0)


def _noted(desk: Desk, outlet: str) -> int:
    try:
        return int(_note_file(desk, outlet).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0


def _note(desk: Desk, outlet: str, pages: int) -> None:
    file = _note_file(desk, outlet)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{pages}\n", encoding="utf-8")


def _note_file(desk: Desk, outlet: str) -> Path:
    """How many pages of the outlet were fetched when it was last learnt; where it is lost, the outlet is learnt again."""
    return desk.settings.data / PROFILES / outlet / "learnt-at"
