"""A classified article in, its story keys out: what articles of one event have in common in any words and languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from typing import Final
from zlib import crc32

import msgspec
import numpy as np
import numpy.typing as npt

from pipeline.dedup.names import skeleton
from pipeline.dedup.shingles import Hashes, numbers
from pipeline.dedup.vocabulary import ACTS, EVENTS, UNLISTED, concepts, plain, stem, weight
from pipeline.events import ClassifiedArticle
from pipeline.language.folding import fold_text

Weights = npt.NDArray[np.float32]
READ: Final = 400
"""Words of the body that count: beyond them, background."""
LEAD: Final = 60
HEADLESS: Final = 16
"""Words of the body that stand for a missing headline."""
OPENING: Final = 500
"""Characters of the body that an article opens with."""
SHORTEST: Final = 3
NAME_WEIGHT: Final = 2.5
"""Weight from which a capitalised or Arabic word may be a name."""
FIGURE: Final = 4.0
FIGURES: Final = 8
_KIND: Final = 0x9E3779B1
"""Sets stems, names, entities and figures of one hash apart in the index."""
_CAPITAL: Final = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


_parts: Final = msgspec.msgpack.Decoder(list[bytes])


@dataclass(frozen=True, eq=False)
class Weighed:
    """Keys with what each tells; sorted by hash."""

    hashes: Hashes
    weights: Weights

    @property
    def total(self) -> float:
        """Sum of the weights."""
        return float(self.weights.sum())

    @property
    def norm(self) -> float:
        """Length of the vector."""
        return float(np.sqrt(self.weights @ self.weights))

    def shared(self, other: Weighed) -> float:
        """Sum of the lesser weights of the keys in common."""
        own, others = self._common(other)
        return float(np.minimum(own, others).sum())

    def product(self, other: Weighed) -> float:
        """Scalar product of the two vectors."""
        own, others = self._common(other)
        return float(own @ others)

    def _common(self, other: Weighed) -> tuple[Weights, Weights]:
        if not len(self.hashes) or not len(other.hashes):
            return self.weights[:0], other.weights[:0]
        at = np.searchsorted(other.hashes, self.hashes)
        at[at == len(other.hashes)] = 0
        both = other.hashes[at] == self.hashes
        return self.weights[both], other.weights[at[both]]


@dataclass(frozen=True, eq=False)
class Keys:
    """What an article is recognised by."""

    head: Weighed
    """Stems of the headline."""
    lead: Weighed
    """Stems of headline and first words."""
    full: Weighed
    """Stems of headline and body."""
    names: Weighed
    """Consonants of names: the same in Arabic and Latin script."""
    entities: Weighed
    """Watched people, organisations, places, programmes and events."""
    matters: Weighed
    """Concepts and countries, with how often they are named."""
    figures: Hashes
    """Numbers of two digits and more, but years."""
    head_figures: Hashes
    """Numbers in the headline."""
    acts: Hashes
    """What the headline says happened, as far as it is one of ACTS."""
    occasions: Hashes
    """Forums, fairs, conferences and the like that it opens with."""

    @property
    def telling(self) -> dict[int, float]:
        """Keys that few articles have, with their weights: what the index finds articles by. At most 70, mostly 9."""
        found: dict[int, float] = {}
        for kind, weighed, least, most in (
                (0, self.head, 2.5, 12), (0, self.lead, 3.0, 30), (1, self.names, 2.5, 12), (2, self.entities, 2.0, 8)):
            kept = weighed.weights >= least
            told, keys = weighed.weights[kept], weighed.hashes[kept] + np.uint32(kind * _KIND & 0xFFFFFFFF)
            rarest = np.lexsort((keys, -told))[:most]
            found.update(zip(keys[rarest].tolist(), told[rarest].tolist(), strict=True))
        figures = self.figures[:FIGURES] + np.uint32(3 * _KIND & 0xFFFFFFFF)
        found.update(dict.fromkeys(figures.tolist(), FIGURE))
        return found


def keys_of(classified: ClassifiedArticle, headline: list[str], body: list[str], figures: Iterable[str]) -> Keys:
    """The story keys of an article; `headline` and `body`: its folded words, `figures`: the numbers of both."""
    article = classified.article
    head = headline or body[:HEADLESS]
    text = [*head, *body[:READ]]
    named = Counter(name for word in text[:LEAD * 3] for name in concepts(word))
    stems = {word: stem(word) for word in text if len(word) >= SHORTEST and not word.isdecimal()}
    return Keys(
        head=_stems(stems, head), lead=_stems(stems, text[:LEAD]), full=_stems(stems, text),
        names=_names(f"{article.headline} {article.body[:3000]}", text, arabic=article.language == "ar"),
        entities=_weighed({f"@{one.entity_id}": weight(f"@{one.entity_id}") for one in classified.mentions if one.entity_id}),
        matters=_weighed({name: sqrt(count) for name, count in named.items()}),
        figures=hashed({one for one in figures if len(one) > 1 and not _YEAR.fullmatch(one)}),
        head_figures=hashed(numbers(fold_text(article.headline))),
        acts=hashed({name for word in head for name in concepts(word)} & ACTS),
        occasions=hashed(_occasions(classified, text[:LEAD])))


def _occasions(classified: ClassifiedArticle, lead: list[str]) -> set[str]:
    """Events that it opens with: the watched ones that few speak of, and what is called one ("assises nationales")."""
    watched = {f"@{one.entity_id}" for one in classified.mentions if one.entity_id and one.kind == "event" and (
        one.zone == "title" or (one.zone in ("lead", "body") and one.start < OPENING))}
    called = {f"{stem(one)} {stem(two)}" for one, two in pairwise(lead) if plain(one) in EVENTS and len(two) >= SHORTEST}
    return {key for key in watched if weight(key) >= UNLISTED} | called


def packed(keys: Keys) -> bytes:
    """The keys as they are stored; weights to a tenth."""
    return msgspec.msgpack.encode([
        part.tobytes() for weighed in (keys.head, keys.lead, keys.full, keys.names, keys.entities, keys.matters)
        for part in (weighed.hashes, weighed.weights.astype(np.float16))
    ] + [one.tobytes() for one in (keys.figures, keys.head_figures, keys.acts, keys.occasions)])


def unpacked(data: bytes) -> Keys:
    """The keys again."""
    parts = _parts.decode(data)
    weighed = [Weighed(np.frombuffer(parts[at], np.uint32), np.frombuffer(parts[at + 1], np.float16).astype(np.float32))
               for at in range(0, 12, 2)]
    head, lead, full, names, entities, matters = weighed
    figures, head_figures, acts, occasions = (np.frombuffer(part, np.uint32) for part in parts[12:])
    return Keys(head=head, lead=lead, full=full, names=names, entities=entities, matters=matters, figures=figures,
                head_figures=head_figures, acts=acts, occasions=occasions)


def _stems(stems: Mapping[str, str], given: Iterable[str]) -> Weighed:
    return _weighed({key: weight(key) for word in given if (key := stems.get(word))})


def _names(text: str, folded: list[str], *, arabic: bool) -> Weighed:
    """Consonants of the words that may be names: those in capitals, and in Arabic, which has none, all that are rare."""
    words = {plain(word) for word in folded} if arabic else {fold_name(name) for name in set(_CAPITAL.findall(text))}
    kept = {found for word in words if weight(stem(word)) >= NAME_WEIGHT and (found := skeleton(word))}
    return _weighed({f"~{found}": weight(f"~{found}") for found in kept})


@lru_cache(maxsize=50_000)
def fold_name(name: str) -> str:
    """A name, folded."""
    return fold_text(name)


def _weighed(keys: Mapping[str, float]) -> Weighed:
    hashes = np.fromiter((crc32(key.encode()) for key in keys), np.uint32, len(keys))
    order = np.argsort(hashes)
    weights = np.fromiter(keys.values(), np.float16, len(keys))
    return Weighed(hashes[order], weights[order].astype(np.float32))


def hashed(keys: Iterable[str]) -> Hashes:
    """Sorted hashes."""
    found = [crc32(key.encode()) for key in keys]
    return np.unique(np.fromiter(found, np.uint32, len(found)))
