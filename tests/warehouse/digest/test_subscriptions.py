"""Who is told what, and when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from config.settings import Settings
from config.watch import Subscription, load_digests
from tests.warehouse.digest.samples import DEAL, FR, Says, claim_event
from warehouse.digest.subscriptions import is_due, kind_of, takes


@pytest.mark.parametrize(("filters", "taken"), [
    ({}, True),
    ({"topics": ("numerique_ia", "sport")}, True),
    ({"topics": ("sport",)}, False),
    ({"sectors": ("infrastructures",)}, True),
    ({"sectors": ("sante",)}, False),
    ({"entities": ("onee",)}, True),
    ({"entities": ("ocp",)}, False),
    ({"kinds": ("agreement", "amount")}, True),
    ({"kinds": ("agreement",)}, False),
    ({"topics": ("numerique_ia",), "kinds": ("agreement",)}, False),
    ({"changes": ("new",)}, True),
    ({"changes": ("withdrawn",)}, False),
])
def test_every_filter_must_pass(filters: dict[str, tuple[str, ...]], taken: bool) -> None:
    subscription = Subscription.model_validate({"title": {"fr": "t"}, "language": "fr", **filters})
    assert takes(subscription, claim_event(entities=("onee",))) is taken


@pytest.mark.parametrize("change", ["new", "updated", "disputed", "settled", "withdrawn"])
def test_changes_are_news(change: str) -> None:
    assert takes(FR, claim_event(change=change))


def test_a_confirmation_is_no_news() -> None:
    assert not takes(FR, claim_event(change="confirmed"))


def test_what_is_old_or_imported_never_alerts() -> None:
    assert not takes(FR, claim_event(alert=False))


def test_kinds_have_the_names_of_the_guide() -> None:
    assert (kind_of(Says().fields), kind_of(DEAL)) == ("amount", "agreement")


@pytest.mark.parametrize(("waiting_since", "last", "due"), [
    ("2026-11-24T06:00", None, True),
    ("2026-11-24T07:31", None, False),
    ("2026-11-23T09:00", "2026-11-23T07:30", True),
    ("2026-11-23T09:00", "2026-11-24T07:30", False),
    ("2026-11-24T06:00", "2026-11-23T07:30", True),
])
def test_due_once_the_hour_has_struck_since_the_news_and_the_last_issue(
    waiting_since: str, last: str | None, due: bool,
) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)  # Casablanca is UTC+0 since September 2026

    assert is_due(FR, waiting_since=at(waiting_since), last=at(last) if last else None, now=at("2026-11-24T09:00")) is due


def test_before_the_hour_yesterdays_counts() -> None:
    now = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    assert not is_due(FR, waiting_since=datetime(2026, 11, 23, 9, tzinfo=UTC), last=None, now=now)
    assert is_due(FR, waiting_since=datetime(2026, 11, 23, 7, tzinfo=UTC), last=None, now=now)


def test_the_digests_as_delivered() -> None:
    digests = load_digests(Settings().digests).digests
    assert [one.language for one in digests.values()] == ["fr", "ar", "en"]
    assert all(one.language in one.title for one in digests.values())
