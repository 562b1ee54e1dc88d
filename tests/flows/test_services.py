"""Several instances of a stage: refused on the embedded bus, which one process a stage may read."""

from __future__ import annotations

import pytest

from config.reading import ConfigError
from config.settings import Settings
from flows.desk import Desk
from flows.services import run_instances


def test_the_embedded_bus_shares_no_stage(own_data: Settings) -> None:
    with pytest.raises(ConfigError, match="MARSAD_EXTRACT_PROCESSES"):
        run_instances(Desk(own_data), "extract", 2)
