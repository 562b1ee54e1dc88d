"""Pages and mails look as they did when somebody looked at them; other fonts are forgiven, another layout is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.warehouse.look.compare import unlike
from tests.warehouse.look.pictures import CHROMIUM, KEPT, PAGES, SHOTS, Camera, Shot, camera

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium")]
OTHER_FONTS = "*{font-family:'DejaVu Sans',monospace!important;letter-spacing:.01em}"
FAULTS = {
    "without its style": "*{all:revert!important}",
    "the aside below": ".columns{display:block!important}.columns>*{width:30%!important}",
    "cards without ground": ".claim,.top,body{background:#777!important}",
    "from the wrong side": "html{direction:ltr!important}*{text-align:left!important}",
}


@pytest.fixture(scope="module")
def before() -> Iterator[Camera]:
    pytest.importorskip("playwright.sync_api")
    with camera() as one:
        yield one


@pytest.mark.slow
def test_everything_looks_as_it_was_looked_at(before: Camera) -> None:
    changed = {shot.path.stem: difference for shot in SHOTS
               if (difference := unlike(before.take(shot), shot.path.read_bytes())).plainly()}
    assert changed == {}, "look at them (python -m tests.warehouse.look.pictures), then keep or mend"


def test_no_picture_is_kept_that_nothing_is_compared_with() -> None:
    assert {path.stem for path in KEPT.glob("*")} == {shot.path.stem for shot in SHOTS}
    assert sum(path.stat().st_size for path in KEPT.glob("*")) < 3_000_000


@pytest.mark.parametrize("page", ["today", "subscribe"])
def test_other_fonts_are_forgiven(before: Camera, page: str) -> None:
    shot = Shot(page, "fr", "desktop", "light")
    assert not unlike(before.take(shot, OTHER_FONTS), shot.path.read_bytes()).plainly()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_layout_is_seen(before: Camera, fault: str) -> None:
    shot = Shot("story", "ar", "desktop", "light")
    assert unlike(before.take(shot, FAULTS[fault]), shot.path.read_bytes()).plainly(), fault


@pytest.mark.parametrize(("one", "other"), [
    (Shot("today", "fr", "phone", "light"), Shot("today", "fr", "phone", "dark")),
    (Shot("today", "fr", "phone", "light"), Shot("facts", "fr", "phone", "light")),
    (Shot("mail", "fr", "phone", "light"), Shot("story", "fr", "phone", "light")),
])
def test_one_is_not_taken_for_another(one: Shot, other: Shot) -> None:
    assert unlike(one.path.read_bytes(), other.path.read_bytes()).plainly()
    assert len(PAGES) > 1
