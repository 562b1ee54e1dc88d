"""An article with its mentions and facts in, one self-contained HTML page with both marked in the text out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
from markupsafe import Markup, escape

from warehouse.lookup import Article

Row = Mapping[str, Any]
PAGE: Final = Path(__file__).parent / "templates" / "article.html.j2"



def article_page(found: Article) -> str:
    """The page; everything from outside is escaped."""
    from flows.show import said

    row = found.article
    body = marked(row["body"], found.mentions, found.facts, ("lead", "body"))
    template = Environment(autoescape=True).from_string(PAGE.read_text(encoding="utf-8"))
    return template.render(
        article=row, title=marked(row["headline"], found.mentions, found.facts, ("title",)), paragraphs=body.split("\n"),
        labels=found.labels, facts=found.facts, said=said)


def marked(text: str, mentions: Iterable[Row], facts: Iterable[Row], zones: Sequence[str]) -> Markup:
    """The text with marks around mentions and evidence. Marks end at every boundary, so that they nest whatever overlaps."""
    spans = [(one["start_offset"], one["end_offset"], one["kind"]) for one in mentions if one["zone"] in zones]
    spans += [(one["start_offset"], one["end_offset"], "fact") for one in facts if one["zone"] in zones]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    parts = []
    for start, end in pairwise(edges):
        classes = sorted({kind for first, last, kind in spans if first <= start and end <= last})
        piece = escape(text[start:end])
        parts.append(Markup('<mark class="{}">{}</mark>').format(" ".join(classes), piece) if classes else piece)
    return Markup("").join(parts)
