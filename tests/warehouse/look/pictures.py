"""The invented press in, pictures of its pages and of a mail out, at phone and desktop width, light and dark, French and Arabic.

    python -m tests.warehouse.look.pictures [PAGE …]    # writes them anew below kept/: look at each before you commit them
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.warehouse.look.compare import kept
from tests.warehouse.look.mail import sample_mail
from tests.warehouse.web.press import NOW, publish_press, settings_in
from tests.warehouse.web.serving import serving
from warehouse.public import public_path
from warehouse.web.app import create_app
from warehouse.web.site import Site

KEPT: Final = Path(__file__).parent / "kept"
CHROMIUM: Final = shutil.which("chromium")
WIDTHS: Final = {"phone": 390, "desktop": 1280}
PAGES: Final = {
    "today": "", "story": "story/story-dam", "edits": "story/story-port", "claim": "claim/{claim}", "facts": "facts",
    "entity": "entity/agence_eau", "trend": "trends/sector/eau", "subscribe": "subscribe"}
LANGUAGES: Final = ("fr", "ar")
SCHEMES: Final = ("light", "dark")


@dataclass(frozen=True)
class Shot:
    """One picture: of a page, or of the mail."""

    page: str
    language: Any
    width: str
    scheme: Any

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return KEPT / f"{self.page}-{self.language}-{self.width}-{self.scheme}.png"


SHOTS: Final = tuple(
    Shot(page, language, width, scheme) for page in (*PAGES, "mail") for language in LANGUAGES for width in WIDTHS
    for scheme in SCHEMES)


class Camera:
    """Takes pictures of the press as it is served at `url`."""

    def __init__(self, browser: Any, url: str) -> None:
        self._browser, self._url = browser, url

    def take(self, shot: Shot, style: str = "") -> bytes:
        """The whole page as PNG, with a style of one's own where given."""
        context = self._browser.new_context(
            viewport={"width": WIDTHS[shot.width], "height": 800}, color_scheme=shot.scheme, bypass_csp=True)
        page = context.new_page()
        if shot.page == "mail":
            page.set_content(sample_mail(shot.language))
        else:
            page.goto(f"{self._url}/{shot.language}/{self._path(page, shot.page)}")
        if style:
            page.add_style_tag(content=style)
        raw: bytes = page.screenshot(full_page=True, animations="disabled")
        context.close()
        return raw

    def _path(self, page: Any, name: str) -> str:
        if name != "claim":
            return PAGES[name]
        page.goto(f"{self._url}/fr/story/story-dam")
        found = re.search(r"/claim/(\w+)", page.content())
        assert found is not None
        return PAGES[name].format(claim=found[1])


@contextmanager
def camera() -> Iterator[Camera]:
    """A camera before the press. Needs chromium."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings = settings_in(Path(folder)).model_copy(update={"smtp_host": "127.0.0.1", "mail_from": "digest@marsad.example"})
        publish_press(settings)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with serving(create_app(Site(settings, public_path(settings), clock=lambda: NOW))) as url:
            yield Camera(browser, url)
        browser.close()


def main() -> None:
    """Write the pictures anew: all, or those of the pages that are named."""
    wanted = sys.argv[1:] or (*PAGES, "mail")
    KEPT.mkdir(exist_ok=True)
    with camera() as one:
        for shot in (shot for shot in SHOTS if shot.page in wanted):
            shot.path.write_bytes(kept(one.take(shot)))


if __name__ == "__main__":
    main()
