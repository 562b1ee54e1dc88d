"""The guide is current, and every query in it runs on a filled warehouse and finds something."""

from __future__ import annotations

import re
from contextlib import closing

import pytest

from tests.warehouse.press import Press, fill
from warehouse.database import open_snapshot
from warehouse.files import snapshot_path
from warehouse.guide import README, example, guide
from warehouse.notebook import NOTEBOOK, Question, notebook, questions
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
    assert [one.number for one in questions()] == list(range(1, 11))


@pytest.mark.parametrize("one", questions(), ids=lambda one: str(one.number))
def test_a_worked_question_is_answered(press: Press, one: Question) -> None:
    found = ask(one.sql, press.settings)
    assert {*one.labels, one.value} - {None} <= set(found.columns), "its chart can be drawn"
    # The press of the tests has no significant trend, and its news is from another time than now.
    if one.number > 2:
        assert found.rows


def test_the_notebook_is_current_and_answers_all(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    assert NOTEBOOK.read_text(encoding="utf-8") == notebook(), "run: python -m warehouse.guide"
    monkeypatch.setenv("MARSAD_SNAPSHOT", str(snapshot_path(press.settings)))
    read = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(read)
    NotebookClient(read, timeout=120, kernel_name="python3").execute()
    shown = ["".join(out["data"]["text/html"] for out in cell["outputs"]) for cell in read.cells[3::2]]
    assert len(shown) == 10
    assert all("<svg" in one and "<table>" in one for one in shown)
    assert all("<rect" in one for one in shown[2:]), "a bar at least"


def test_every_example_runs(press: Press) -> None:
    with closing(open_snapshot(press.settings)) as con:
        names = re.findall(r"^### `(\w+)`$", README.read_text(encoding="utf-8"), re.M)
        assert len(names) > 40
        for name in names:
            con.execute(example(con, name)).fetchall()
