"""A page of clean fields (GivenArticle) in, the Article out: the given text is stored unchanged."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import msgspec

from config.outlet import Outlet
from pipeline.events import Article, GivenArticle, Language, RawPage, Rejected
from pipeline.extract.article import make_article
from pipeline.extract.byline import split_names
from pipeline.extract.dating import dating
from pipeline.extract.origin import find_agency
from pipeline.language.dates import parse_date
from pipeline.language.detect import as_language, detect
from pipeline.outcome import Reason, reject


def read_given(page: RawPage, outlet: Outlet | None) -> Article | Rejected:
    """The article as given. `date` may be day-only; `lang` is believed where it is one of ours."""
    try:
        given = msgspec.json.decode(page.content, type=GivenArticle)
    except msgspec.MsgspecError as error:
        return reject("extract", Reason.UNREADABLE, page.ref, f"not the fields of a given article: {error}")
    if not given.body.strip():
        return reject("extract", Reason.EMPTY, page.ref, "the given body is empty")
    if not given.title.strip():
        return reject("extract", Reason.NO_HEADLINE, page.ref, "the given title is empty")
    zone = ZoneInfo(outlet.timezone if outlet else "Africa/Casablanca")
    mostly: Language = outlet.language if outlet else "fr"
    language = as_language(given.lang) or detect(f"{given.title}\n{given.body}", mostly)
    authors = tuple(split_names(given.author)) if given.author else ()
    moment = parse_date(given.date, zone, day_first=None if language == "en" else True) if given.date else None
    return make_article(
        page, outlet, headline=given.title.strip(), body=given.body, authors=authors, language=language,
        published=dating(moment, given.date or "", "given"), section=given.section, agency=find_agency(authors, given.body))
