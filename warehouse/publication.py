"""What was loaded in, all that readers open brought up to it out: snapshot, search index, public snapshot."""

from __future__ import annotations

import structlog

from config.settings import Settings
from warehouse import search
from warehouse.files import WarehouseError
from warehouse.public import publish_public
from warehouse.snapshot import Published, publish

log = structlog.get_logger(__name__)


def publish_all(settings: Settings, *, force: bool = False) -> Published | None:
    """Publish the snapshot, then what is made of it. Raises WarehouseError where the snapshot could not be published.

    What follows the snapshot may fail by itself: it is logged, and the next publication makes up for it.
    """
    published = publish(settings, force=force)
    if published is None:
        return None
    for name, follow in (("search", lambda: search.refresh(settings)), ("public", lambda: publish_public(settings, force=force))):
        try:
            done = follow()
        except WarehouseError as error:
            log.error("not brought up to the snapshot", what=name, error=str(error))
        else:
            log.info("brought up to the snapshot", what=name, done=str(done))
    return published
