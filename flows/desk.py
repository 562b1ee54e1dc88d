"""Settings and configuration files in, a Desk out: what every command needs, opened once with clear errors."""

from __future__ import annotations

import difflib
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from config.outlet import Outlet, load_outlets
from config.reading import ConfigError
from config.settings import Settings
from config.watch import Digests, Watch, load_digests, load_watch
from flows import logs
from pipeline.bus import Bus, open_bus
from pipeline.topology import TOPICS


@dataclass(frozen=True)
class Desk:
    """The effective settings, and the configuration they point to, read when first asked for."""

    settings: Settings

    @cached_property
    def outlets(self) -> dict[str, Outlet]:
        """Every configured outlet by id. Raises ConfigError."""
        return load_outlets(self.settings.outlets)

    @cached_property
    def watch(self) -> Watch:
        """Taxonomy and entities. Raises ConfigError."""
        return load_watch(self.settings.taxonomy, self.settings.entities)

    @cached_property
    def digests(self) -> Digests:
        """The subscriptions. Raises ConfigError."""
        return load_digests(self.settings.digests)

    def outlet(self, name: str) -> Outlet:
        """The outlet of that id. Raises ConfigError naming the nearest one."""
        if name not in self.outlets:
            near = difflib.get_close_matches(name, self.outlets, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else "; `marsad outlet list` shows them"
            raise ConfigError(f"no outlet {name!r} in {self.settings.outlets}{hint}")
        return self.outlets[name]

    def bus(self) -> Bus:
        """A connection to the bus with all topics in place; the caller closes it. Raises BusError."""
        bus = open_bus(self.settings.bus, str(self.settings.data))
        bus.ensure(TOPICS)
        return bus

    def with_folder(self) -> Desk:
        """Itself, once the data folder exists and can be written; logs go there from now on. Raises ConfigError."""
        folder = self.settings.data
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / f".probe-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise ConfigError(
                f"{folder}: the data folder cannot be written ({error.strerror}): "
                "mend its permissions or set MARSAD_DATA to another folder") from error
        logs.set_up(self.settings)
        return self


def new_run_id() -> str:
    """A run's id, unique, sorted by nothing."""
    return uuid.uuid4().hex[:12]


def verified(outlets: Iterable[Outlet]) -> tuple[list[Outlet], list[Outlet]]:
    """Those to be crawled, and those that nobody has checked yet."""
    known = list(outlets)
    return [o for o in known if o.verified], [o for o in known if not o.verified]
