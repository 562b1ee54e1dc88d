"""Real pages with expected texts in, our reading beside plain Trafilatura's out: body F1, leaks, dates, titles, CPU per page.

    python -m tests.bench.real_pages [--pages ../shared/pages] [--rounds 3] [--worse 10]

`fundus`: pages of 16 countries with the expected body. `romance_ar`: snippets that must and must not be there. Both read
the same decoded text, in turns, so that the ratio of their CPU times is of one machine and one moment.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from w3lib.encoding import html_to_unicode

from config.settings import ROOT
from pipeline.events import Article, PageRef, RawPage, Rejected, content_id
from pipeline.extract import extract


@dataclass(frozen=True)
class Real:
    """A page, and what is known of its article."""

    name: str
    page: RawPage
    bodies: tuple[str, ...] = ()
    """The expected body, by each version of the publisher's parser: the nearest counts."""
    title: str | None = None
    day: str | None = None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    country: str = ""


def page_of(raw: bytes, url: str, seen: datetime) -> RawPage:
    """A page as the crawler publishes it."""
    content = html_to_unicode("text/html", raw, default_encoding="utf-8")[1]
    ref = PageRef(page_id=content_id(url), article_id=content_id(url), outlet="real", url=url, final_url=url, status=200,
                  fetched_at=seen, origin="import")
    return RawPage(ref=ref, content=content)


def fundus(folder: Path) -> Iterator[Real]:
    """The pages of the fundus project with their expected texts."""
    for meta in sorted(folder.glob("*/meta.info")):
        for name, about in json.loads(meta.read_text(encoding="utf-8")).items():
            file = meta.parent / name
            truth = meta.parent / f"{name.split('_')[0]}.json"
            if not file.exists() or not truth.exists():
                continue
            versions = list(json.loads(truth.read_text(encoding="utf-8")).values())
            seen = datetime.fromisoformat(about["crawl_date"]).replace(tzinfo=UTC)
            yield Real(name, page_of(gzip.decompress(file.read_bytes()), about["url"], seen),
                       tuple(_body(one) for one in versions), versions[-1].get("title"),
                       str(versions[-1].get("publishing_date"))[:10], country=meta.parent.name)


def _body(version: dict[str, Any]) -> str:
    body = version.get("body") or {}
    parts = list(body.get("summary") or [])
    for section in body.get("sections") or []:
        parts += [*section["headline"], *section["paragraphs"]]
    return "\n".join(parts)


def romance(folder: Path) -> Iterator[Real]:
    """The pages of trafilatura's own set."""
    for row in json.loads((folder / "expected.json").read_text(encoding="utf-8")):
        file = folder / row["file"]
        if file.exists():
            page = page_of(file.read_bytes(), row["url"], datetime(2026, 1, 1, tzinfo=UTC))
            yield Real(row["file"], page, title=row.get("title"), day=row.get("date"),
                       wanted=tuple(row["with"]), unwanted=tuple(row["without"]))


@dataclass(frozen=True)
class Reading:
    """What one of the two made of a page."""

    title: str
    body: str
    day: str | None


def ours(page: RawPage) -> Reading:
    """Our reading; a refusal is an empty one."""
    found = extract(page, None)
    if isinstance(found, Rejected):
        return Reading(f"({found.reason}: {found.detail})", "", None)
    assert isinstance(found, Article)
    return Reading(found.headline, found.body, found.published.at.isoformat()[:10] if found.published else None)


def plain(page: RawPage) -> Reading:
    """Trafilatura with metadata, as it comes."""
    from trafilatura import bare_extraction
    found: Any = bare_extraction(page.content, url=page.ref.url, with_metadata=True, include_comments=False)
    return Reading(found.title or "", found.text or "", found.date) if found else Reading("", "", None)


def f1(got: str, want: str) -> tuple[float, float, float]:
    """Precision, recall and F1 over word tokens."""
    have, need = (Counter(re.findall(r"\w+", text.lower())) for text in (got, want))
    hit = sum((have & need).values())
    p, r = hit / max(1, have.total()), hit / max(1, need.total())
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def squeezed(text: str) -> str:
    """Without white space and escapes."""
    return "".join(html.unescape(text).split())


def main() -> None:
    """Read both sets with both, print the two tables and the ratio of their times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "pages")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--worse", type=int, default=0, help="list so many pages on which we are worst against Trafilatura")
    args = parser.parse_args()
    pages = [*fundus(args.pages / "fundus"), *romance(args.pages / "romance_ar")]
    spent: Counter[str] = Counter()
    read: dict[str, list[Reading]] = {}
    for _ in range(args.rounds):
        for who, reader in (("ours", ours), ("plain", plain)):
            read[who] = list(_timed(who, reader, pages, spent))
    _print_bodies(pages, read, args.worse)
    _print_snippets(pages, read)
    print(f"CPU per page: ours {1000 * spent['ours'] / args.rounds / len(pages):.1f} ms, plain "
          f"{1000 * spent['plain'] / args.rounds / len(pages):.1f} ms, ratio {spent['ours'] / spent['plain']:.3f}")


def _timed(who: str, reader: Callable[[RawPage], Reading], pages: list[Real], spent: Counter[str]) -> Iterator[Reading]:
    for one in pages:
        started = time.process_time()
        reading = reader(one.page)
        spent[who] += time.process_time() - started  # type: ignore[assignment]
        yield reading


def _print_bodies(pages: list[Real], read: dict[str, list[Reading]], worse: int) -> None:
    scores: dict[str, list[tuple[float, float, float]]] = {who: [] for who in read}
    titles: Counter[str] = Counter()
    days: Counter[str] = Counter()
    names = []
    for index, one in enumerate(pages):
        if not one.bodies:
            continue
        names.append(one.name)
        for who, readings in read.items():
            scores[who].append(max((f1(readings[index].body, body) for body in one.bodies), key=lambda score: score[2]))
            titles[who] += squeezed(readings[index].title) == squeezed(one.title or "")
            days[who] += readings[index].day == one.day
    for who, found in scores.items():
        p, r, f = (sum(column) / len(found) for column in zip(*found, strict=True))
        print(f"fundus {who:5}: {len(found)} pages, P {p:.4f} R {r:.4f} F1 {f:.4f}, "
              f"titles equal {titles[who]}, days equal {days[who]}")
    gaps = sorted(((mine[2] - other[2], name, mine, other) for name, mine, other in
                   zip(names, scores["ours"], scores["plain"], strict=True)))[:worse]
    for gap, name, mine, other in gaps:
        print(f"   {gap:+.3f} {name}: ours {mine[0]:.3f}/{mine[1]:.3f}, plain {other[0]:.3f}/{other[1]:.3f}")


def _print_snippets(pages: list[Real], read: dict[str, list[Reading]]) -> None:
    for who, readings in read.items():
        bodies = [squeezed(reading.body) for reading in readings]
        kept = [squeezed(text) in body for body, one in zip(bodies, pages, strict=True) for text in one.wanted]
        leaked = [squeezed(text) in body for body, one in zip(bodies, pages, strict=True) for text in one.unwanted]
        print(f"romance_ar {who:5}: keeps {sum(kept)} of {len(kept)} wanted snippets, "
              f"leaks {sum(leaked)} of {len(leaked)} unwanted")


if __name__ == "__main__":
    main()
