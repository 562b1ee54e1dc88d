"""What a reader ticked in, the subscription it asks for out; and what that subscription would have sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from pydantic import ValidationError

from config.watch import Subscription
from warehouse.digest.view import clean
from warehouse.web.claims import tell
from warehouse.web.selection import PARAMETERS as SELECTED
from warehouse.web.selection import claim_ids, listed, of_subscription
from warehouse.web.site import Missing, Page, Visit
from warehouse.web.today import grouped
from warehouse.web.words import ANNOUNCING, PageLanguage, Words

SINGLE: Final = {"topic": "topics", "sector": "sectors", "entity": "entities", "kind": "kinds", "outlet": "outlets",
                 "language": "languages"}
PARAMETERS: Final = (
    *SINGLE, "words", "without", "least_sources", "disputes_only", "updates", "every", "at", "weekday", "quiet_since",
    "quiet_until", "rest_on_holidays")
DAYS: Final = 30
PREVIEWED: Final = 60


class WishError(Exception):
    """What was asked for is no subscription; `fields` names what is wrong."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


def wish(given: Mapping[str, str], language: PageLanguage, title: str, address: str | None = None) -> Subscription:
    """The subscription that a form asks for. Raises WishError."""
    values: dict[str, Any] = {name: [clean(given[field], 100)] for field, name in SINGLE.items() if given.get(field)}
    values |= {name: listed(given.get(name, "")) for name in ("words", "without")}
    values |= {name: given[name] for name in ("every", "at", "weekday", "least_sources", "updates") if given.get(name)}
    values |= {name: bool(given.get(name)) for name in ("disputes_only", "rest_on_holidays")}
    if given.get("quiet_since") and given.get("quiet_until"):
        values["quiet"] = {"since": given["quiet_since"], "until": given["quiet_until"]}
    try:
        return Subscription.model_validate({
            **values, "title": {language: title}, "language": language, "to": [address] if address is not None else []})
    except ValidationError as error:
        raise WishError(tuple(sorted({str(one["loc"][0]) for one in error.errors()}))) from error


def title_of(given: Mapping[str, str], visit: Visit) -> str:
    """What to call the subscription: what it is about, in the reader's language."""
    words, names = visit.words, visit.names
    parts = [names.category(given[scheme], visit.language) for scheme in ("topic", "sector") if given.get(scheme)]
    parts += [names.entity(given["entity"], visit.language) or given["entity"]] if given.get("entity") else []
    parts += [words.kind(given["kind"])] if given.get("kind") in ANNOUNCING else []
    parts += [names.outlet(given["outlet"], visit.language)] if given.get("outlet") else []
    parts += [words.say("disputed")] if given.get("disputes_only") else []
    parts += listed(given.get("words", ""))
    return clean("Marsad – " + (" · ".join(parts) or words.say("latest")), 120)


def preview(visit: Visit) -> Page:
    """What the subscription would have sent in the last thirty days: that of the form, or one of digests.yml. Raises Missing."""
    digest = visit.parameters.get("digest")
    try:
        asked = _configured(visit, digest) if digest else wish(
            visit.parameters, visit.language, title_of(visit.parameters, visit))
    except WishError as error:
        return Page("preview.html.j2", {"wrong": error.fields, "groups": [], "title": "", "found": 0, "names": visit.names}, 400)
    selection = of_subscription(asked, visit.now - timedelta(days=DAYS))
    ids = claim_ids(visit.reading, selection, PREVIEWED + 1)
    told = tell(visit.reading, visit.viewer, ids[:PREVIEWED])
    title = asked.title.get(visit.language) or next(iter(asked.title.values()), "")
    return Page("preview.html.j2", {
        "wrong": (), "groups": grouped(told), "title": title, "found": len(ids), "most": PREVIEWED,
        "names": visit.names, "days": DAYS, "feed": f"feeds/digest/{digest}" if digest else "feeds/latest",
        "asked": {} if digest else _as_feed(visit.parameters)})


def _as_feed(given: Mapping[str, str]) -> dict[str, str]:
    """The parameters of the feed that tells the same: for who wants no mail."""
    state = {"state": "disputed"} if given.get("disputes_only") else {}
    return state | {name: given[name] for name in SELECTED if given.get(name)}


def _configured(visit: Visit, digest: str) -> Subscription:
    found = visit.site.subscriptions.get(digest)
    if found is None:
        raise Missing
    return found


def summary(subscription: Subscription, words: Words) -> str:
    """When it comes, in words."""
    at = f"{subscription.at:%H:%M}"
    day = words.named(subscription.weekday)
    return words.say(f"every_{subscription.every}", at=at, day=day)
