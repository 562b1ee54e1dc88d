"""Files: whole or not at all, and a clear word where the folder refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.warehouse.digest.samples import NOW, claim_event, names
from warehouse.digest.compose import compose
from warehouse.digest.deliver import DeliveryError, Folder
from warehouse.digest.issue import Issue
from warehouse.digest.render import Rendered, render


@pytest.fixture
def issue() -> Rendered:
    stories = compose([claim_event()], {}, {}).stories
    return render(Issue("fr-2026-11-24-1", "fr", "Titre", "fr", NOW, stories), [], names())


def test_page_text_and_feed_and_nothing_else(issue: Rendered, tmp_path: Path) -> None:
    Folder(tmp_path).deliver(issue)
    Folder(tmp_path).deliver(issue)
    files = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert files == ["fr.atom", "fr/fr-2026-11-24-1.html", "fr/fr-2026-11-24-1.txt"]
    assert (tmp_path / "fr" / "fr-2026-11-24-1.html").read_text("utf-8") == issue.html


def test_a_folder_that_refuses_is_named(issue: Rendered, tmp_path: Path) -> None:
    (tmp_path / "fr").write_text("a file where the folder should be")
    with pytest.raises(DeliveryError, match=r"fr: issue fr-2026-11-24-1 cannot be written .*the next run sends it again"):
        Folder(tmp_path).deliver(issue)
