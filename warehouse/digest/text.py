"""An issue's view in, its plain-text form out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import indent

from warehouse.digest.view import AccountView, ClaimView, IssueView, Link, Quote, StoryView
from warehouse.digest.wording import Wording

RULE = "─" * 60


def render_text(shown: IssueView) -> str:
    """The issue as text: what the page says, links written out."""
    says = shown.wording
    counts = f"{says.text('stories')}{says.colon} {len(shown.stories)} · {says.text('claims')}{says.colon} {shown.claims}"
    parts = [f"{shown.title}\n{shown.day} · {counts}\nMarsad – {says.text('observatory')}"]
    parts += ["\n".join(_story(story, says)) for story in shown.stories]
    parts += [f"{RULE}\n{says.text('evidence_note')}\n{says.text('time_note')}\n"]
    return "\n\n".join(parts)


def _story(story: StoryView, says: Wording) -> Iterator[str]:
    yield RULE
    yield isolated(story.headline.text)
    if story.chips:
        yield " · ".join(story.chips)
    for claim in story.claims:
        yield ""
        yield from _claim(claim, says)
    if len(story.sources) + len(story.copies) < 2:
        return
    yield ""
    if story.first:
        yield f"{says.text('first')}{says.colon} {_link(story.first)}"
    yield from _links(says.text("sources"), story.sources, story.sources_more, says)
    yield from _links(says.text("copies"), story.copies, story.copies_more, says)


def _claim(claim: ClaimView, says: Wording) -> Iterator[str]:
    yield f"[{claim.mark_text}]" + (f" {claim.note}" if claim.note else "")
    if claim.sides:
        yield f"{claim.main.heading}{says.colon}"
        for side in claim.sides:
            yield f"• {isolated(side.value.text)}"
            yield indent("\n".join(_account(side, says)), "  ")
        if claim.sides_more:
            yield f"• {claim.sides_more}"
    else:
        yield f"{claim.main.heading}{says.colon} {isolated(claim.main.value.text)}"
        yield from _account(claim.main, says)
    if claim.previously:
        yield f"{says.text('previously')}{says.colon} {isolated(claim.previously.text)}"


def _account(account: AccountView, says: Wording) -> Iterator[str]:
    for label, text in account.details:
        yield f"{label}{says.colon} {isolated(text.text)}"
    yield from _quote(account.quote)
    yield from _links(says.text("also"), account.also, account.also_more, says)


def _quote(quote: Quote) -> Iterator[str]:
    start, end = "… " if quote.excerpt.cut_start else "", " …" if quote.excerpt.cut_end else ""
    yield f"  {isolated(f'« {start}{quote.excerpt.text}{end} »')}"
    yield f"  — {_link(quote.source)}"


def _links(label: str, links: Sequence[Link], more: str, says: Wording) -> Iterator[str]:
    if links:
        yield f"{label}{says.colon}"
        yield from (f"  - {_link(link)}" for link in links)
        if more:
            yield f"  - {more}"


def _link(link: Link) -> str:
    address = f" <{link.url}>" if link.url else ""
    return f"{isolated(link.text)} ({link.when}){address}"


def isolated(text: str) -> str:
    """Text kept from turning its surroundings around (Unicode's first strong isolate)."""
    return f"\u2068{text}\u2069"
