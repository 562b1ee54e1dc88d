"""The guide is current, and every query in it runs on a filled warehouse and finds something."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from tests.warehouse.press import Press, fill
from warehouse.database import open_snapshot
from warehouse.guide import README, example, guide, questions
from warehouse.read import ask
from warehouse.snapshot import publish


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    made = fill(tmp_path_factory.mktemp("guide"), seed=3, stories=80)
    publish(made.settings, force=True)
    return made


def test_the_readme_is_what_the_comments_say() -> None:
    assert README.read_text(encoding="utf-8") == guide(), "run: python -m warehouse.guide"


def test_there_are_ten_questions() -> None:
    assert len(questions()) == 10


@pytest.mark.parametrize("path", questions(), ids=lambda path: path.stem)
def test_a_worked_question_is_answered(press: Press, path: Path) -> None:
    found = ask(path.read_text(encoding="utf-8"), press.settings)
    # The press of the tests has no significant trend, and its news is from another time than now.
    if path.stem not in ("01_what_is_new", "02_topics_on_the_rise"):
        assert found.rows


def test_every_example_runs(press: Press) -> None:
    with closing(open_snapshot(press.settings)) as con:
        names = re.findall(r"^### `(\w+)`$", README.read_text(encoding="utf-8"), re.M)
        assert len(names) > 40
        for name in names:
            con.execute(example(con, name)).fetchall()
