"""Who is told what, and when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from config.settings import Settings
from config.watch import Subscription, load_digests
from tests.warehouse.digest.samples import ARABIC, DEAL, FR, Says, claim_event
from warehouse.digest.compose import compose
from warehouse.digest.subscriptions import is_due, kind_of, takes
from warehouse.digest.wording import CASABLANCA


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


@pytest.mark.parametrize(("updates", "taken"), [("all", True), ("sent", True), ("none", False)])
def test_who_wants_no_updates_gets_none(updates: str, taken: bool) -> None:
    subscription = Subscription.model_validate({"title": {"fr": "t"}, "language": "fr", "updates": updates})
    assert takes(subscription, claim_event(change="updated")) is taken
    assert takes(subscription, claim_event(change="disputed")) is taken
    assert takes(subscription, claim_event(change="new"))


def test_nothing_comes_on_a_public_holiday_to_who_rests_on_them() -> None:
    throne_day, day_after = (datetime(2026, 7, day, 12, tzinfo=CASABLANCA) for day in (30, 31))
    waiting = throne_day.replace(hour=1)
    resting = Subscription(title={"fr": "t"}, language="fr", every="instant", rest_on_holidays=True)
    assert not is_due(resting, waiting_since=waiting, last=None, now=throne_day)
    assert is_due(resting, waiting_since=waiting, last=None, now=day_after)
    working = resting.model_copy(update={"rest_on_holidays": False})
    assert is_due(working, waiting_since=waiting, last=None, now=throne_day)


TWO = (Says(), ARABIC)


@pytest.mark.parametrize(("filters", "taken"), [
    ({"outlets": ("hespress",)}, True),
    ({"outlets": ("le360_fr",)}, False),
    ({"languages": ("ar", "es")}, True),
    ({"languages": ("en",)}, False),
    ({"words": ("NOUACEUR",)}, True),
    ({"words": ("النواصر",)}, True),
    ({"words": ("Settat", "centre de donnees")}, True),
    ({"words": ("Settat",)}, False),
    ({"without": ("géant",)}, False),
    ({"without": ("Settat",)}, True),
    ({"least_sources": 2}, True),
    ({"least_sources": 3}, False),
    ({"disputes_only": True}, False),
])
def test_filters_on_who_says_it_and_how(filters: dict[str, object], taken: bool) -> None:
    subscription = Subscription.model_validate({"title": {"fr": "t"}, "language": "fr", **filters})
    assert takes(subscription, claim_event(*TWO)) is taken


def test_who_waits_for_two_sources_is_told_at_the_confirmation() -> None:
    waiting = Subscription(title={"fr": "t"}, language="fr", least_sources=2)
    assert [takes(waiting, event) for event in (
        claim_event(Says()), claim_event(*TWO, change="confirmed"), claim_event(change="withdrawn"))] == [False, True, True]
    composed = compose([claim_event(*TWO, change="confirmed")], {}, {})
    assert composed.stories[0].claims[0].mark == "new"


def test_who_follows_disputes_hears_when_they_end() -> None:
    following = Subscription(title={"fr": "t"}, language="fr", disputes_only=True)
    assert [takes(following, claim_event(*TWO, change=change)) for change in ("new", "disputed", "updated", "settled")] == [
        False, True, False, True]


@pytest.mark.parametrize(("given", "since", "now", "due"), [
    ({"every": "instant"}, "2026-11-24T10:00", "2026-11-24T10:01", True),
    ({"every": "instant", "quiet": {"since": "22:00", "until": "07:00"}}, "2026-11-24T22:30", "2026-11-24T23:00", False),
    ({"every": "instant", "quiet": {"since": "22:00", "until": "07:00"}}, "2026-11-24T22:30", "2026-11-25T07:00", True),
    ({"every": "instant", "quiet": {"since": "12:00", "until": "14:00"}}, "2026-11-24T12:30", "2026-11-24T13:00", False),
    ({"every": "instant", "holidays": ["2026-11-24"]}, "2026-11-24T12:30", "2026-11-24T13:00", False),
    ({"every": "hourly"}, "2026-11-24T10:10", "2026-11-24T10:50", False),
    ({"every": "hourly"}, "2026-11-24T10:10", "2026-11-24T11:00", True),
    ({"every": "weekly", "weekday": "thursday"}, "2026-11-24T10:00", "2026-11-25T09:00", False),
    ({"every": "weekly", "weekday": "thursday"}, "2026-11-24T10:00", "2026-11-26T07:29", False),
    ({"every": "weekly", "weekday": "thursday"}, "2026-11-24T10:00", "2026-11-26T07:30", True),
    ({"every": "weekly", "weekday": "thursday"}, "2026-11-24T10:00", "2026-11-28T09:00", True),
])
def test_when_an_issue_is_due(given: dict[str, object], since: str, now: str, due: bool) -> None:
    subscription = Subscription.model_validate({"title": {"fr": "t"}, "language": "fr", **given})
    casablanca = [datetime.fromisoformat(at).replace(tzinfo=CASABLANCA) for at in (since, now)]
    assert is_due(subscription, waiting_since=casablanca[0], last=None, now=casablanca[1]) is due


@pytest.mark.parametrize("address", ["a@b\nBcc: c@d", "a b@c.ma", "A <a@b.ma>", "a@b,c@d", "@b.ma", "a@", "a" * 65 + "@b.ma"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        Subscription(title={"fr": "t"}, language="fr", to=(address,))


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
