"""The invented press, published once, and a reader of its pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from config.settings import Settings
from tests.warehouse.web.press import NOW, publish_press, settings_in
from tests.warehouse.web.reader import WebReader, reading
from warehouse.public import public_path
from warehouse.web.app import create_app
from warehouse.web.site import Site


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the published press; tests only read it."""
    settings = settings_in(tmp_path_factory.mktemp("press"))
    publish_press(settings)
    return settings


@pytest.fixture(scope="session")
def site(press: Settings) -> Site:
    return Site(press, public_path(press), clock=lambda: NOW)


@pytest.fixture(scope="session")
def reader(site: Site) -> Iterator[WebReader]:
    """For tests that only look: answers stay cached between them."""
    with reading(create_app(site)) as one:
        yield one


@pytest.fixture
def own_reader(site: Site) -> Iterator[WebReader]:
    """For tests of limits."""
    with reading(create_app(site)) as one:
        yield one
