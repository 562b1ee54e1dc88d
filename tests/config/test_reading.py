"""What an operator sees of a wrong configuration file: the file, the line, and what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.outlet import load_outlet, load_outlets
from config.reading import ConfigError

GOOD = """\
title: Al Marsad
language: ar
discover:
  - {kind: feed, url: "https://example.ma/feed"}
  - kind: section
    url: https://example.ma/politique
    pages: 3
"""


def written(folder: Path, text: str, name: str = "one.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_outlet_is_read_whole_and_frozen(tmp_path: Path) -> None:
    outlet = load_outlet(written(tmp_path, GOOD))
    assert outlet.id == "one"
    assert [way.kind for way in outlet.discover] == ["feed", "section"]
    assert outlet.all_hosts == {"example.ma"}
    assert not outlet.verified
    assert not outlet.local
    with pytest.raises(ValueError, match="frozen"):
        outlet.title = "other"  # type: ignore[misc]


@pytest.mark.parametrize(("text", "told"), [
    (GOOD + "crawl_dely: 3\n", "one.yml:8: unknown key 'crawl_dely'; did you mean 'crawl_delay'?"),
    (GOOD.replace("pages: 3", "page: 3"), "one.yml:7: unknown key 'page'; did you mean 'pages'?"),
    (GOOD.replace("language: ar", "language: de"), "one.yml:2: language"),
    (GOOD.replace("pages: 3", "pages: many"), "one.yml:7: discover.1.section.pages"),
    (GOOD + "robots: ignore\n", "`robots: ignore` needs a `robots_reason`"),
    (GOOD + "certificates: ignore\n", "`certificates: ignore` needs a `certificates_reason`"),
    (GOOD + "timezone: Africa/Casa\n", "unknown time zone 'Africa/Casa'"),
    (GOOD + "drop: ['//div[']\n", "one.yml:8: drop.0: Value error, not an XPath expression"),
    (GOOD + "article_url: '('\n", "one.yml:8: article_url: Value error, not a regular expression"),
    ("title: [\n", "one.yml:2: not readable as YAML"),
    ("", "one.yml:1: file"),
])
def test_a_mistake_is_told_with_file_line_and_remedy(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_outlet(written(tmp_path, text))
    assert told in str(caught.value)


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, GOOD + "nope: 1\n", "a.yml")
    written(tmp_path, "title: x\n", "b.yml")
    (tmp_path / "c.yml").write_bytes(b"title: \xff\n")
    with pytest.raises(ConfigError) as caught:
        load_outlets(tmp_path)
    told = str(caught.value)
    assert "a.yml:8: unknown key 'nope'" in told
    assert "b.yml:1: language: Field required" in told
    assert "c.yml: not UTF-8 at byte 7" in told


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder of outlets"):
        load_outlets(tmp_path / "none")


def test_two_outlets_of_one_name_are_refused(tmp_path: Path) -> None:
    for country in ("ma", "es"):
        (tmp_path / country).mkdir()
        written(tmp_path / country, GOOD)
    with pytest.raises(ConfigError, match="a second outlet named 'one'"):
        load_outlets(tmp_path)
