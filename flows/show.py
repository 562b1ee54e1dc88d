"""One story, claim or article of the snapshot in, all that is known of it printed for a person out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from rich.style import Style
from rich.text import Text

from config.settings import Settings
from flows.console import err, out
from warehouse import lookup

Row = Mapping[str, Any]
NOT_FOUND: Final = 4
FIND_STORY: Final = 'marsad sql "SELECT story_id, headline FROM stories ORDER BY last_seen DESC LIMIT 20"'
FIND_CLAIM: Final = 'marsad sql "FROM announcements_new"'
FIND_ARTICLE: Final = 'marsad sql "SELECT article_id, headline FROM articles LIMIT 20"'
COLOURS: Final = {"person": "cyan", "organisation": "green", "place": "yellow", "programme": "magenta", "event": "blue"}
EVIDENCE: Final = Style(underline=True)


def show_story(settings: Settings, story_id: str) -> int:
    """Print a story; the exit code."""
    found = lookup.story(settings, story_id)
    if found is None:
        return _missing("story", story_id, FIND_STORY)
    row = found.story
    _line(row["headline"], "bold")
    _redirected(found.redirected_from)
    _pairs({"story": row["story_id"], "seen": f"{_when(row['first_seen'])} to {_when(row['last_seen'])}",
            "first": row["first_outlet"], "outlets": ", ".join(row["outlets"]), "languages": ", ".join(row["languages"]),
            "articles": f"{row['articles']}, {row['copies']} of them copies"})
    _line("\narticles, as published", "bold")
    for article in found.articles:
        _line(f"  {_when(article['date_published'])}  {article['outlet']:20} {article['placement']:10} {article['headline']}")
    _line("\nclaims", "bold")
    for claim in found.claims:
        _line(f"  {claim['state']:10} {claim['kind']:12} {claim['claim_id']}")
        _line(f"      {claim['sentence']}")
    return 0


def show_claim(settings: Settings, claim_id: str) -> int:
    """Print a claim; the exit code."""
    found = lookup.claim(settings, claim_id)
    if found is None:
        return _missing("claim", claim_id, FIND_CLAIM)
    row = found.claim
    _line(f"{row['kind']}: {row['state']}", "bold")
    _redirected(found.redirected_from)
    _pairs({"claim": row["claim_id"], "key": row["key"], "story": row["story_id"],
            "first": f"{row['first_outlet']}, {_when(row['first_published'])}",
            "said by": f"{row['reports']} reports from {row['sources']} independent sources: {', '.join(row['outlets'])}"})
    _line("\nwho says what", "bold")
    for report in found.reports:
        _report(report)
    if found.conflicts:
        _line("\nwhere they disagree", "bold")
    for conflict in found.conflicts:
        for language in ("en", "fr", "ar"):
            _line(f"  {conflict.get(f'explanation_{language}') or ''}")
    if found.changes:
        _line("\nwhat readers were told", "bold")
    for change in found.changes:
        quiet = "" if change["alert"] else "  (no alert: not live or not fresh)"
        _line(f"  {_when(change['noted_at'])}  {change['change']}{quiet}")
    return 0


def show_article(settings: Settings, name: str, page: Path | None = None) -> int:
    """Print an article with its mentions and evidence marked in the text, or write it as an HTML page; the exit code."""
    found = lookup.article(settings, name)
    if found is None:
        return _missing("article", name, FIND_ARTICLE)
    if page is not None:
        from flows.marked import article_page

        page.write_text(article_page(found), encoding="utf-8")
        _line(f"written to {page}")
        return 0
    row = found.article
    _pairs({"article": row["article_id"], "outlet": row["outlet"], "url": row["canonical_url"],
            "published": f"{_when(row['date_published'])} (from {row['date_published_origin']}: {row['date_published_raw']})",
            "authors": ", ".join(row["authors"]), "language": row["language"],
            "placed": f"{row['placement']} in story {row['story_id']}", "version": row["version"]})
    _line("")
    out.print(marked(row["headline"], found.mentions, found.facts, ("title",)), style="bold")
    _line("")
    out.print(marked(row["body"], found.mentions, found.facts, ("lead", "body")))
    _line("\nlabels", "bold")
    for label in found.labels:
        surface = label["surface"] or ""
        _line(f"  {label['scheme']:13} {label['code']:28} {label['score']:.2f}  {surface}  ({label['decided_by']})")
    _line("\nfacts", "bold")
    for fact in found.facts:
        _fact(fact)
    return 0


def marked(text: str, mentions: Iterable[Row], facts: Iterable[Row], zones: Sequence[str]) -> Text:
    """The text with its mentions coloured by kind and its evidence underlined."""
    shown = Text(text)
    for fact in facts:
        if fact["zone"] in zones:
            shown.stylize(EVIDENCE, fact["start_offset"], fact["end_offset"])
    for mention in mentions:
        if mention["zone"] in zones:
            shown.stylize(COLOURS.get(mention["kind"], ""), mention["start_offset"], mention["end_offset"])
    return shown


def said(fields: Mapping[str, Any]) -> str:
    """A fact's fields in one line, those that are empty or the sentence's own left out."""
    parts = []
    for name, value in fields.items():
        if value in (None, "", [], False) or name.endswith("surface") or name in ("type", "text"):
            continue
        parts.append(f"{name} {_value(value)}")
    return " · ".join(parts)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one.get("name") if isinstance(one, dict) else one) for one in value)
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,}"
    return str(value)


def _fact(fact: Row) -> None:
    _line(f"  {fact['kind']:12} {said(fact['fields'])}")
    _line(f"      “{fact['sentence']}”", "italic")
    attributed = f", word of {fact['attributed_to']}" if fact["attributed_to"] else ""
    _line(f"      {fact['zone']}, {fact['extractor']}, confidence {fact['confidence']:.2f}{attributed}; "
          f"claim {fact['claim_id'] or '-'} ({fact['claim_state'] or '-'})", "dim")


def _report(report: Row) -> None:
    source = "" if report["independent"] else f"  (rests on {report['source']})"
    gone = "" if report["is_current"] else "  (no longer said)"
    _line(f"  {_when(report['date_published'])}  {report['outlet']}{source}{gone}: {said(report['fields'])}")
    _line(f"      “{report['sentence']}”", "italic")
    _line(f"      {report['canonical_url']}", "dim")


def _pairs(rows: Mapping[str, Any]) -> None:
    for name, value in rows.items():
        if value not in (None, ""):
            _line(f"{name:10} {value}")


def _redirected(former: str | None) -> None:
    if former:
        _line(f"(goes on from {former})", "dim")


def _when(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "undated"


def _line(text: str, style: str = "") -> None:
    out.print(text, style=style, markup=False)


def _missing(what: str, name: str, how: str) -> int:
    err.print(f"marsad: no {what} {name!r} in the snapshot; to find one: {how}", markup=False)
    sys.stderr.flush()
    return NOT_FOUND
