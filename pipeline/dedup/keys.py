"""A classified article in, its story keys out."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import numpy.typing as npt

from pipeline.events import ClassifiedArticle

Keys = npt.NDArray[np.uint32]


def keys_of(classified: ClassifiedArticle) -> Keys:
    """Hashes of the watched entities that the article mentions, sorted."""
    found = {crc32(mention.entity_id.encode()) for mention in classified.mentions if mention.entity_id}
    return np.unique(np.fromiter(found, np.uint32, len(found)))
