"""Settings in, a Site out: the snapshot's reader, the names in it and the templates; a Visit is one request to one page."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import jinja2

from config.reading import read_yaml
from config.settings import Settings
from config.watch import Taxonomy, load_digests
from warehouse.digest.view import Viewer, clean, web_address
from warehouse.digest.wording import direction
from warehouse.web.names import PageNames, read_names
from warehouse.web.reading import Identity, Reader, Reading
from warehouse.web.words import LANGUAGES, OWN_NAMES, PageLanguage, Words

HERE: Final = Path(__file__).parent
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Page:
    """What a view answers: a template and what it shows."""

    template: str
    shows: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Moved:
    """What was asked for stands elsewhere now."""

    to: str


class Missing(Exception):  # noqa: N818 (an answer, not a fault)
    """There is no such story, claim, entity or page."""


@dataclass(frozen=True)
class Visit:
    """One request: what was asked, in which language, and a cursor to answer it from."""

    site: Site
    language: PageLanguage
    path: str
    """Below the language: `facts`, `story/…`."""
    parameters: Mapping[str, str]
    reading: Reading
    names: PageNames
    now: datetime

    @property
    def words(self) -> Words:
        """The interface's words."""
        return Words(self.language)

    @property
    def viewer(self) -> Viewer:
        """Says claims in the reader's language."""
        return Viewer(self.words, self.names, self.now)

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
        """Rows of the snapshot."""
        return self.reading.rows(sql, dict(parameters) if isinstance(parameters, Mapping) else parameters)


class Site:
    """What every request needs, opened once. Safe between threads. Raises config.reading.ConfigError when made."""

    def __init__(self, settings: Settings, path: Path, clock: Clock = lambda: datetime.now(UTC)) -> None:
        self.settings = settings
        self.reader = Reader(path, settings)
        self.clock = clock
        self.style = (HERE / "static" / "marsad.css").read_bytes()
        self.style_name = f"marsad.{blake2b(self.style, digest_size=5).hexdigest()}.css"
        self.openapi = json.dumps(read_yaml(HERE / "openapi.yml", dict))
        self.subscriptions = load_digests(settings.digests).digests
        self._taxonomy = read_yaml(settings.taxonomy, Taxonomy)
        self._names: tuple[Identity, PageNames] | None = None
        self._lock = threading.Lock()
        self.templates = _environment(self.style_name)

    @contextmanager
    def visit(self, language: PageLanguage, path: str, parameters: Mapping[str, str]) -> Iterator[Visit]:
        """A request to a page. Raises WarehouseError where nothing can be read."""
        with self.reader.reading() as reading:
            yield Visit(self, language, path, parameters, reading, self._known(reading), self.clock())

    def render(self, page: Page, language: PageLanguage, path: str, parameters: Mapping[str, str]) -> str:
        """The page's HTML."""
        words = Words(language)
        said = {"w": words, "path": path, "parameters": parameters, "others": [one for one in LANGUAGES if one != language]}
        return self.templates.get_template(page.template).render({**page.shows, **said})

    def _known(self, reading: Reading) -> PageNames:
        with self._lock:
            if self._names is None or self._names[0] != reading.identity:
                self._names = reading.identity, read_names(reading, self._taxonomy)
            return self._names[1]


def link(language: str, path: str = "", /, **parameters: str | int | None) -> str:
    """The address of a page of ours; parameters that are None or empty are left out."""
    asked = {name: value for name, value in parameters.items() if value not in (None, "")}
    return f"/{language}/{quote(path)}" + (f"?{urlencode(asked)}" if asked else "")


@lru_cache(maxsize=4)
def _environment(style: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(web=web_address, cut=clean)
    environment.globals.update(style=style, link=link, own_names=OWN_NAMES, direction=direction)
    return environment
