"""An outlet in, how each of its articles was announced and with which origin out: what the archive does not hold of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

import msgspec
from sqlalchemy import select

from pipeline.events import Discovery, Origin
from pipeline.state import State
from pipeline.state.tables import ADDRESSES

_decode: Final = msgspec.json.Decoder(Discovery).decode


@dataclass(frozen=True)
class Announcement:
    """What the frontier knows of an article's address."""

    origin: Origin
    discovery: Discovery


def announcements(state: State, outlet: str) -> dict[str, Announcement]:
    """Every article of the outlet that the frontier knows, by article id."""
    query = select(ADDRESSES.c.article_id, ADDRESSES.c.origin, ADDRESSES.c.discovery).where(ADDRESSES.c.outlet == outlet)
    with state.reading() as connection:
        return {row.article_id: Announcement(cast(Origin, row.origin), _decode(row.discovery))
                for row in connection.execute(query)}
