"""Settings in, the decision function of each stage out, ready for a worker; configuration and files are read here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from config.outlet import load_outlets
from config.settings import Settings
from config.watch import load_watch
from pipeline.attempt import Decide, DecidesMany
from pipeline.bus import Bus
from pipeline.events import Article, RawPage
from pipeline.outcome import Outcome, Reason, reject
from pipeline.pool import Pool
from pipeline.topology import CLASSIFY, DEDUP, EXTRACT, Stage

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.reader import ModelReader

PLACES: Final = "place.sqlite"
"""The dedup stage's memory, below the data folder."""
PROFILES: Final = "profiles"
"""What outlets repeat on their pages, below the data folder: <outlet>/<number>.json (pipeline.profiles)."""


@contextmanager
def decider(stage: Stage, settings: Settings, bus: Bus) -> Iterator[Decide | DecidesMany]:
    """The stage's decision. Raises config.reading.ConfigError, pipeline.pool.PoolError."""
    if stage == EXTRACT:
        load_outlets(settings.outlets)
        factory = partial(reader, settings.outlets, settings.max_parse_bytes, settings.data / PROFILES)
        with Pool(factory, settings.extract_processes, settings.extract_seconds) as pool:
            yield pool
    elif stage == CLASSIFY:
        from pipeline.model.reader import load_reader

        with load_reader(settings) as model:
            yield classifier(settings.taxonomy, settings.entities, model)
    elif stage == DEDUP:
        from pipeline.taking_over import TakingOver

        names = {one.id: (one.title, one.title_ar or "", *one.aliases) for one in load_outlets(settings.outlets).values()}
        with TakingOver(bus, settings.data / PLACES, names) as places:
            yield places
    else:
        raise ValueError(f"no such stage: {stage.name}")


def reader(outlets: Path, max_parse_bytes: int, profiles: Path | None = None) -> Decide:
    """The extract stage over the outlets of that folder, and the site profiles of another; made anew in each process of the
    pool. Files given by hand are read without a profile: they are not pages of the outlet as it is now."""
    from pipeline.extract import extract
    from pipeline.profiles import Profiles

    known, learnt = load_outlets(outlets), Profiles(profiles)

    def read(page: RawPage) -> Outcome:
        outlet = known.get(page.ref.outlet)
        if outlet is None and page.ref.origin != "import":
            return reject(EXTRACT.name, Reason.UNKNOWN_OUTLET, page.ref, f"no outlet {page.ref.outlet!r} is configured")
        profile = learnt.of(outlet.id) if outlet and page.ref.origin != "import" else None
        read = extract(page, outlet, profile, max_parse_bytes=max_parse_bytes)
        return (read,) if isinstance(read, Article) else read

    return read


def classifier(taxonomy: Path, entities: Path, model: ModelReader | None = None) -> Decide:
    """The classify stage over these files; a model may add facts to those of the rules."""
    from pipeline.classify import Classifier

    classify = Classifier(load_watch(taxonomy, entities))

    def decide(article: Article) -> Outcome:
        classified = classify(article)
        return (model(classified) if model else classified,)

    return decide
