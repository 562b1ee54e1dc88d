"""A press world (../shared/press) in, how the whole chain reads it out: outlets drafted, `marsad run`, scored against the truth.

    python -m tests.bench.press_run [--chaos] [--n 300] [--port 8900] [--folder DIR]

Prints the score of extraction (score_extraction.py), what arrived and what was refused, listings taken as articles, and copies:
recall and precision over pairs, and the right original.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.settings import ROOT
from pipeline.urls import article_id, canonical_url
from tests.flows.command import MARSAD

PRESS = ROOT.parent / "shared" / "press"
Row = Mapping[str, Any]


@contextmanager
def press_world(folder: Path, options: argparse.Namespace) -> Iterator[dict[str, str]]:
    """The world, served; address of each outlet."""
    command = [sys.executable, "press_world.py", "--templates", "templates_a.py", "--port", str(options.port),
               "--n", str(options.n), "--truth", str(folder / "truth.jsonl"), *(["--chaos"] if options.chaos else [])]
    with subprocess.Popen(command, cwd=PRESS, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        try:
            yield {name: base for name, base in json.loads(process.stdout.readline()).items() if not name.startswith("__")}
        finally:
            process.terminate()


def draft_all(bases: Mapping[str, str], folder: Path) -> None:
    """Write each outlet's YAML as `marsad outlet draft` proposes it, marked as verified."""
    (folder / "outlets").mkdir()

    def draft(item: tuple[str, str]) -> None:
        name, base = item
        done = marsad(folder, "outlet", "draft", base, data=f"draft-{name}")
        text = done.stdout.replace("verified: false", "verified: true") + "\nfirst_round: live\n"
        (folder / "outlets" / f"{name}.yml").write_text(text, encoding="utf-8")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(draft, bases.items()))


def marsad(folder: Path, *arguments: str, data: str = "data") -> subprocess.CompletedProcess[str]:
    """Run the command over the folder's outlets."""
    environment = {**os.environ, "MARSAD_DATA": str(folder / data)}
    if data == "data":
        environment["MARSAD_OUTLETS"] = str(folder / "outlets")
    return subprocess.run([MARSAD, *arguments], env=environment, capture_output=True, text=True, timeout=1500, check=False)


def tell(folder: Path, rows: Sequence[Row], truth: Sequence[Row]) -> None:
    """Print what arrived, what was taken for an article, and how well copies were found."""
    # Duplicate addresses are of the article that they lead to, which comes last and stays.
    ordered = sorted((row for row in truth if row["kind"] != "off_outlet"), key=lambda row: row["kind"] == "article")
    kinds = {article_id(canonical_url(row["url"])): row for row in ordered}
    wanted = {key: row for key, row in kinds.items() if row["kind"] == "article" and not row["robots_disallowed"]
              and row["visible_from"] <= "2026-01-20T09:00:00+01:00"}
    found = {row["id"]: row for row in rows}
    others = Counter(kinds[key]["kind"] if key in kinds else "unknown" for key in found if key not in wanted)
    missing = [row["url"] for key, row in wanted.items() if key not in found]
    print(f"articles online {len(wanted)}, arrived {len(wanted) - len(missing)} ({1 - len(missing) / len(wanted):.3f}); "
          f"taken as articles as well: {dict(others)}; missing {missing[:8]}")
    _tell_copies(wanted, found)
    by_reason = "SELECT reason, count(*) AS n FROM rejections GROUP BY reason ORDER BY n DESC"
    refused = marsad(folder, "sql", by_reason, "--format", "csv")
    print("refused:", refused.stdout.replace("\r\n", " "))


def _tell_copies(wanted: Mapping[str, Row], found: Mapping[str, Row]) -> None:
    original = {key: article_id(canonical_url(row["copy_of"])) for key, row in wanted.items() if row.get("copy_of")}
    here = {key: of for key, of in original.items() if key in found and of in found}
    said = {key: row["copy_of"] for key, row in found.items() if row["placement"] == "copy"}
    right = sum(said.get(key) == of for key, of in here.items())
    recalled = sum(key in said for key in here)
    false = [found[key]["url"] for key in said if key not in original]
    print(f"copies {len(here)}: found {recalled} ({recalled / max(1, len(here)):.3f}), right original {right}; "
          f"precision {1 - len(false) / max(1, len(said)):.3f}, false {false[:6]}; "
          f"missed {[(found[key]['url'], found[of]['url']) for key, of in here.items() if key not in said][:4]}")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chaos", action="store_true")
    parser.add_argument("--n", type=int, default=300)
    parser.add_argument("--port", type=int, default=8900)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="marsad-press-"))
    folder.mkdir(parents=True, exist_ok=True)
    with press_world(folder, options) as bases:
        draft_all(bases, folder)
        done = marsad(folder, "run")
        print(done.stdout, done.stderr, f"exit code {done.returncode}")
    (folder / "extracted.jsonl").write_text(marsad(folder, "export", "articles").stdout, encoding="utf-8")
    score = [sys.executable, "score_extraction.py", str(folder / "extracted.jsonl"), str(folder / "truth.jsonl"), "--show", "12"]
    subprocess.run(score, cwd=PRESS, check=False)
    rows = [json.loads(line) for line in (folder / "extracted.jsonl").open(encoding="utf-8")]
    tell(folder, rows, [json.loads(line) for line in (folder / "truth.jsonl").open(encoding="utf-8")])
    return 0


if __name__ == "__main__":
    sys.exit(main())
