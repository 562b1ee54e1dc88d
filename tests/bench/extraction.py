"""The press world's pages in, how well they are read out: our figures beside plain Trafilatura's, over the same pages.

    python -m tests.bench.extraction [--press ../shared/press] [--templates templates_a.py] [--chaos] [--profiles] [--show 10]

The press world writes its pages to a temporary folder, `extract` and Trafilatura read them, and the world's own
score_extraction.py judges both. Outlets are given with title, language and time zone alone: no rule of their own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from w3lib.encoding import html_to_unicode

from config.outlet import Outlet
from config.settings import ROOT
from pipeline.events import Article, PageRef, RawPage, content_id
from pipeline.extract import extract
from pipeline.extract.learning import learn
from pipeline.extract.profile import SiteProfile
from pipeline.urls import article_id, canonical_url

PAGES = {"article", "home", "listing", "tag", "contact", "video", "liveblog", "category_article", "trap"}


@dataclass(frozen=True)
class Sample:
    """One page of the world with what the truth says of its address."""

    outlet: Outlet
    row: dict[str, Any]
    raw: bytes

    def page(self, seen: datetime) -> RawPage:
        """What the crawler would publish of it."""
        url = str(self.row["url"])
        content = html_to_unicode("text/html", self.raw, default_encoding="utf-8")[1]
        ref = PageRef(page_id=content_id(url, self.raw), article_id=article_id(canonical_url(url)), outlet=self.outlet.id,
                      url=canonical_url(url), final_url=url, status=200, fetched_at=seen, origin="live")
        return RawPage(ref=ref, content=content, server_time=seen)


@dataclass(frozen=True)
class World:
    """The dumped world."""

    samples: list[Sample]
    truth: Path
    clock: datetime


def dump_world(press: Path, folder: Path, templates: str, *, chaos: bool, number: int) -> World:
    """Let the press world write its pages below `folder` and read them back."""
    truth = folder / "truth.jsonl"
    command = [sys.executable, str(press / "press_world.py"), "--templates", templates, "--n", str(number),
               "--dump", str(folder / "pages"), "--truth", str(truth), *(["--chaos"] if chaos else [])]
    subprocess.run(command, check=True, timeout=300)
    meta = json.loads(Path(f"{truth}.meta.json").read_text(encoding="utf-8"))
    files = json.loads((folder / "pages" / "index.json").read_text(encoding="utf-8"))
    outlets = {key: Outlet(id=key, title=one["name"], language=one["lang"]) for key, one in meta["outlets"].items()}
    rows = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
    samples = [Sample(outlets[row["outlet"]], row, (folder / "pages" / files[row["url"]]).read_bytes())
               for row in rows if row["kind"] in PAGES and row["url"] in files and not row.get("robots_disallowed")]
    return World(samples, truth, datetime.fromisoformat(meta["clock"]).astimezone(UTC))


def read_ours(world: World, profiles: dict[str, SiteProfile]) -> Iterator[dict[str, Any]]:
    """A scorer's row for each page taken as an article; refusals are counted on standard error."""
    refused: Counter[str] = Counter()
    for sample in world.samples:
        found = extract(sample.page(world.clock), sample.outlet, profiles.get(sample.outlet.id))
        if isinstance(found, Article):
            yield {"url": sample.row["url"], "title": found.headline, "author": ", ".join(found.authors), "lang": found.language,
                   "published": found.published.at.isoformat() if found.published else None, "body": found.body}
        else:
            refused[f"{sample.row['kind']}: {found.reason}"] += 1
    print("refused:", dict(refused), file=sys.stderr)


def read_plain(world: World) -> Iterator[dict[str, Any]]:
    """The same of Trafilatura with metadata, as it comes."""
    from trafilatura import bare_extraction
    for sample in world.samples:
        content = sample.page(world.clock).content
        found: Any = bare_extraction(content, url=sample.row["url"], with_metadata=True, include_comments=False)
        if found and found.text:
            yield {"url": sample.row["url"], "title": found.title, "author": found.author, "lang": found.language,
                   "published": found.date, "body": found.text}


def learn_profiles(world: World, pages: int) -> dict[str, SiteProfile]:
    """A profile of each outlet from its first pages."""
    seen: dict[str, list[RawPage]] = defaultdict(list)
    for sample in world.samples:
        if len(seen[sample.outlet.id]) < pages:
            seen[sample.outlet.id].append(sample.page(world.clock))
    outlets = {sample.outlet.id: sample.outlet for sample in world.samples}
    return {key: learn(found, outlets[key]) for key, found in seen.items()}


def main() -> None:
    """Run both over the same pages and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--press", type=Path, default=ROOT.parent / "shared" / "press")
    parser.add_argument("--templates", default="templates_a.py")
    parser.add_argument("--n", type=int, default=300)
    parser.add_argument("--chaos", action="store_true")
    parser.add_argument("--profiles", type=int, default=0, metavar="PAGES", help="learn profiles from so many pages first")
    parser.add_argument("--only", choices=("ours", "plain"))
    parser.add_argument("--show", default="0", help="print so many of the most frequent leaks")
    parser.add_argument("--json", type=Path, help="write results of each page of ours here")
    parser.add_argument("--rows", type=Path, help="write what we read here")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = dump_world(args.press, folder, args.templates, chaos=args.chaos, number=args.n)
        profiles = learn_profiles(world, args.profiles) if args.profiles else {}
        for who, read in (("ours", read_ours(world, profiles)), ("plain", read_plain(world))):
            if args.only in (None, who):
                out = args.rows if args.rows and who == "ours" else folder / f"{who}.jsonl"
                _score(who, read, out, args, world)


def _score(who: str, rows: Iterator[dict[str, Any]], out: Path, args: argparse.Namespace, world: World) -> None:
    started = time.process_time()
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    spent = time.process_time() - started
    print(f"\n{who}: {spent:.1f} s CPU, {1000 * spent / len(world.samples):.1f} ms a page", flush=True)
    extra = ["--json", str(args.json)] if args.json and who == "ours" else []
    scorer = [sys.executable, str(args.press / "score_extraction.py")]
    subprocess.run([*scorer, str(out), str(world.truth), "--show", args.show, *extra], check=True, timeout=300)


if __name__ == "__main__":
    main()
