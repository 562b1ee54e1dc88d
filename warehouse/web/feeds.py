"""A topic, sector, entity, subscription or query in, its Atom or JSON feed out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from warehouse.digest.feed import Feed, FeedEntry, atom, entry_of, feed_id, json_feed
from warehouse.digest.view import StoryView, clean
from warehouse.web.cache import Answer, answer
from warehouse.web.claims import Telling, tell
from warehouse.web.selection import PARAMETERS, Selection, asked, claim_ids, of_subscription
from warehouse.web.site import Missing, Visit, link

ENTRIES: Final = 40
EMPTY: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated last: it stays the same until it has some."""
MEDIA: Final = {"atom": "application/atom+xml; charset=utf-8", "json": "application/feed+json; charset=utf-8"}


def feed(visit: Visit, about: str, code: str, form: str) -> Answer:
    """The feed of a topic, sector or entity, or of a subscription of digests.yml. Raises Missing."""
    if form not in MEDIA:
        raise Missing
    if about == "digest":
        return _subscription(visit, code, form)
    if about == "entity" and code in visit.names.entities:
        name, page = visit.names.entity(code, visit.language) or code, f"entity/{code}"
    elif about in ("topic", "sector") and code in visit.names.codes(about):
        name, page = visit.names.category(code, visit.language), f"trends/{about}/{code}"
    else:
        raise Missing
    return _answer(visit, asked({about: code}), name, f"{about}/{code}", page, form)


def query_feed(visit: Visit, form: str) -> Answer:
    """The feed of what the first page shows for the same parameters: a saved search. Raises Missing."""
    if form not in MEDIA:
        raise Missing
    given = {name: visit.parameters[name] for name in PARAMETERS if visit.parameters.get(name)}
    name = " · ".join([visit.words.say("latest"), *given.values()])
    return _answer(visit, asked(given), name, "&".join(f"{key}={value}" for key, value in sorted(given.items())), "", form)


def _subscription(visit: Visit, digest: str, form: str) -> Answer:
    subscription = visit.site.subscriptions.get(digest)
    if subscription is None:
        raise Missing
    title = subscription.title.get(visit.language) or next(iter(subscription.title.values()), digest)
    return _answer(visit, of_subscription(subscription), title, f"digest/{digest}", "", form)


def _answer(visit: Visit, selection: Selection, name: str, id_: str, page: str, form: str) -> Answer:
    told = tell(visit.reading, visit.viewer, claim_ids(visit.reading, selection, ENTRIES))
    base = visit.site.settings.web_url
    made = Feed(
        feed_id(f"{visit.language}/{id_}"), clean(f"Marsad – {name}"),
        base + link(visit.language, visit.path, **visit.parameters),
        max((one.view.updated for one in told), default=EMPTY), visit.words, tuple(_entry(visit, one) for one in told),
        base + link(visit.language, page))
    return answer(atom(made) if form == "atom" else json_feed(made), MEDIA[form])


def _entry(visit: Visit, one: Telling) -> FeedEntry:
    story = StoryView(
        headline=one.headline, url="", chips=(), claims=(), first=None, sources=(), sources_more="", copies=(),
        copies_more="")
    page = visit.site.settings.web_url + link(visit.language, f"claim/{one.claim_id}")
    return entry_of(one.view, story, visit.words, (one.kind,), page)
