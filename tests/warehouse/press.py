"""A small press of some two hundred articles in, a filled warehouse out, and its rows as plain dicts: what views are checked on.

All is drawn by one die, so that outlets, copies, edits, withdrawals, entities and every kind of fact meet in ways nobody chose.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from config.settings import Settings
from pipeline.events import (
    Amount,
    FactFields,
    Fetch,
    Initiative,
    PlacedArticle,
    Quote,
    Target,
)
from tests.warehouse.builders import NOON, agreement, amount, placed, put, sentence, settings_in
from tests.warehouse.fakes import FakeBus
from warehouse.database import open_writer
from warehouse.load import load
from warehouse.rows import dicts

Row = dict[str, Any]
OUTLETS = (("almasdar", "ar"), ("lefil", "fr"), ("alkhabar", "ar"), ("lejour", "fr"), ("thepost", "en"))
TOPICS = ("energie", "finance", "sante")
SECTORS = ("eau", "sante", "industrie")
ENTITIES = ("onee", "rabat", "cdg", "ocp")
PLACES = ("Rabat", "طنجة", "Fès", "Quelque part", None)
BODY = {"fr": "Le projet avance selon ses auteurs.", "ar": "المشروع يتقدم حسب أصحابه.", "en": "The project moves on, they say."}


@dataclass(frozen=True)
class Press:
    """A loaded warehouse."""

    settings: Settings

    def ask(self, sql: str) -> list[Row]:
        with closing(open_writer(self.settings)) as con:
            return dicts(con, sql)

    def table(self, name: str) -> list[Row]:
        return self.ask(f"SELECT * FROM {name}")


def fill(folder: Path, *, seed: int = 5, stories: int = 60) -> Press:
    """Make the press and load it."""
    on, bus, dice = settings_in(folder), FakeBus(), random.Random(seed)
    put(bus, "placed-articles", *(event for number in range(stories) for event in story(dice, number)))
    put(bus, "fetches", *(fetch(dice, number) for number in range(300)))
    load(bus, on, run_id="r")
    return Press(on)


def story(dice: random.Random, number: int) -> list[PlacedArticle]:
    """One story: some texts of their own, some copies, now and then an edit or a withdrawal."""
    began = -24 * dice.randint(0, 120) + dice.random() * 24
    outlets = dice.sample(OUTLETS, dice.randint(1, len(OUTLETS)))
    facts = stated(dice, number)
    told: list[PlacedArticle] = []
    for place, (outlet, language) in enumerate(outlets):
        name, hours = f"s{number}-{outlet}", began + place * dice.random() * 20
        copy_of = told[0].classified.article.article_id if place and dice.random() < 0.3 else None
        said = facts if copy_of else [differently(dice, fact) for fact in dice.sample(facts, dice.randint(0, len(facts)))]
        more: Row = {
            "outlet": outlet, "language": language, "story": f"s{number}", "hours": hours,
            "topics": tuple(dice.sample(TOPICS, dice.randint(0, 2))), "sectors": tuple(dice.sample(SECTORS, dice.randint(0, 2))),
            "entities": tuple(dice.sample(ENTITIES, dice.randint(0, 3))),
            "kind": "copy" if copy_of else "same_event" if place else "new",
            "copy_of": copy_of, "precision": dice.choice(["second", "day"]), "dated": dice.random() < 0.95,
            "agency": "MAP" if dice.random() < 0.1 else None}
        told.append(placed(name, *said, **more))
        if dice.random() < 0.15:
            edited = [differently(dice, fact) for fact in said]
            text = " ".join([BODY.get(language, ""), f"Mise à jour {number}.", *map(sentence, edited)])
            reading = dice.choice(["extract/1", "extract/2"])
            told.append(placed(name, *edited, **more, version=2, text=text, fetched=hours + 30, reading=reading))
        if dice.random() < 0.05:
            told.append(placed(name, **more, status="withdrawn", fetched=hours + 60))
    return told


def stated(dice: random.Random, number: int) -> list[FactFields]:
    """What the story states."""
    currency = dice.choice(["MAD", "MAD", "EUR", "USD", "XAF"])
    every: list[FactFields] = [
        msgspec.structs.replace(amount(dice.choice([1.5e6, 2e9, 3.25e9]), subject=f"le plan {number}"), currency=currency,
                                role=dice.choice(["budget", "investment"])),
        agreement(*dice.sample(["ONEE", "Rabat", "CDG", "OCP"], dice.randint(2, 3)), place=dice.choice(PLACES),
                  status=dice.choice(["signed", "planned", "renewed"])),
        Target(value=dice.choice([20.0, 35.0]), unit="%", surface="20 %", subject=f"part {number}",
               horizon=dice.choice(["2030", "2035-06", None])),
        Initiative(name=dice.choice(["Plan Eau", "Plan eau", "Maroc 2030"]), name_surface="Plan",
                   entity_id=dice.choice(["onee", None]), stage=dice.choice(["announced", "launched", "under_way", None])),
        Quote(text=f"Nous avançons ({number % 7}).", speaker=dice.choice(["A. Alaoui", "B. Bennis", None]),
              partial=dice.random() < 0.3),
    ]
    return dice.sample(every, dice.randint(0, len(every)))


def differently(dice: random.Random, fact: FactFields) -> FactFields:
    """The same, or with another figure."""
    if isinstance(fact, Amount | Target) and dice.random() < 0.4:
        return msgspec.structs.replace(fact, value=fact.value * 1.25)
    return fact


def fetch(dice: random.Random, number: int) -> Fetch:
    """A request for an article that was answered, refused or failed."""
    outcome = dice.choice(["fetched", "fetched", "not_modified", "failed: timeout", "refused: robots"])
    return Fetch(fetch_id=f"f{number}", run_id="r", outlet=dice.choice(OUTLETS)[0], url=f"https://x.test/{number}", bytes=100,
                 purpose=dice.choice(["article", "article", "feed"]), outcome=outcome,
                 fetched_at=NOON - timedelta(hours=dice.random() * 24 * 120))


def close(one: Any, other: Any) -> bool:
    """Equal, numbers to nine digits."""
    if isinstance(one, float | int) and isinstance(other, float | int) and not isinstance(one, bool):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))
    return bool(one == other)


def same(view: Sequence[Row], computed: Sequence[Row], key: Sequence[str]) -> None:
    """Assert that the view has the computed rows, in all computed columns, each once by its key."""
    def keyed(rows: Sequence[Row]) -> dict[tuple[Any, ...], Row]:
        found = {tuple(row[name] for name in key): row for row in rows}
        assert len(found) == len(rows), "two rows with one key"
        return found
    got, want = keyed(view), keyed(computed)
    assert got.keys() == want.keys()
    assert want, "nothing to compare"
    for name, row in want.items():
        wrong = {column: (got[name][column], value) for column, value in row.items() if not close(got[name][column], value)}
        assert not wrong, (name, wrong)
