"""Whatever is wrong outside gets one clear message or a counted rejection, and a meaningful exit code."""

from __future__ import annotations

import json
from pathlib import Path

from config.settings import settings
from pipeline.bus import open_bus
from pipeline.codec import encode
from pipeline.topology import RAW_PAGES, TOPICS
from tests.flows.command import Marsad
from tests.pipeline.samples import page

OUTLET = """title: Sahifa
language: ar
local: true
verified: true
discover: [{kind: feed, url: "http://127.0.0.1:9/feed"}]
"""


def outlets(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "sahifa.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_misspelt_key_is_named_with_file_line_and_the_nearest_one(tmp_path: Path) -> None:
    folder = outlets(tmp_path / "outlets", OUTLET.replace("verified", "verifed"))
    done = Marsad(tmp_path / "data", folder)("run")
    assert done.code == 4
    assert "sahifa.yml:4" in done.err
    assert "did you mean 'verified'" in done.err
    assert "Traceback" not in done.err


def test_yaml_that_is_none(tmp_path: Path) -> None:
    done = Marsad(tmp_path / "data", outlets(tmp_path / "outlets", "title: [unclosed"))("run")
    assert (done.code, "sahifa.yml" in done.err, "Traceback" in done.err) == (4, True, False)


def test_an_unknown_outlet_names_the_nearest(tmp_path: Path) -> None:
    done = Marsad(tmp_path / "data", outlets(tmp_path / "outlets", OUTLET))("run", "sahifia")
    assert done.code == 4
    assert "did you mean 'sahifa'" in done.err


def test_a_data_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    done = Marsad(tmp_path / "data")("run")
    assert done.code == 4
    assert "cannot be written" in done.err
    assert "Traceback" not in done.err


def test_settings_that_are_wrong_are_named(tmp_path: Path) -> None:
    done = Marsad(tmp_path / "data")("doctor", crawls="many")
    assert done.code == 4
    assert "MARSAD_CRAWLS" in done.err


def test_no_snapshot_yet(tmp_path: Path) -> None:
    done = Marsad(tmp_path / "data")("sql", "SELECT 1")
    assert done.code == 4
    assert "nothing published yet" in done.err


def test_a_missing_file(marsad: Marsad, tmp_path: Path) -> None:
    done = marsad("ingest", str(tmp_path / "none.jsonl"))
    assert (done.code, "no such file" in done.err) == (4, True)


def test_wrong_usage_is_code_2(tmp_path: Path) -> None:
    done = Marsad(tmp_path / "data")("run", "--nonsense")
    assert (done.code, "Traceback" in done.err) == (2, False)


def test_rows_that_cannot_be_read_are_counted_and_the_others_loaded(marsad: Marsad, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    good = {"url": "http://journal.test/bon", "outlet": "journal", "title": "Un port de pêche rénové à Safi", "lang": "fr",
            "body": "Le port de pêche de Safi a rouvert mardi après dix mois de travaux. Les marins ont repris la mer.",
            "date": "2026-11-20"}
    empty = {**good, "url": "http://journal.test/vide", "body": "  "}
    huge = {**good, "url": "http://journal.test/enorme", "body": "x" * 10_000_000}
    lines = [json.dumps(good), "{not json", json.dumps(empty), json.dumps(["a", "list"]), json.dumps(huge)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = marsad("ingest", str(file))
    assert done.code == 1, done.err
    assert "rows.jsonl" in done.err
    assert "Traceback" not in done.err
    told = marsad("sql", "SELECT reason, count(*) AS n FROM rejections GROUP BY reason ORDER BY reason", "--format", "json")
    counted = {row["reason"]: row["n"] for row in map(json.loads, told.out.splitlines())}
    assert counted["unreadable"] == 2
    assert counted["empty"] == 1
    assert counted["oversized"] == 1
    assert "1" in marsad("sql", "SELECT count(*) FROM articles", "--format", "csv").out.split()


def test_a_record_of_an_unknown_schema_is_parked_whole(marsad: Marsad) -> None:
    with open_bus("embedded", str(marsad.data), settings().max_record_bytes) as bus:
        bus.ensure(TOPICS)
        with bus.producer() as producer:
            value, headers = encode(page(1))
            producer.send(RAW_PAGES.name, "k", value, {**headers, "schema": "999"})
    worked = marsad("work", "extract", "--once")
    assert worked.code == 0, worked.err
    assert "1 dead" in worked.out
    listed = marsad("dead", "list")
    assert "schema version 999" in listed.out
    letter = listed.out.split()[0]
    assert "raw-pages partition" in marsad("dead", "show", letter).out
    assert marsad("status").code == 1
    assert "1 discarded" in marsad("dead", "discard", letter).out
    assert "no open dead letters" in marsad("dead", "list").out
