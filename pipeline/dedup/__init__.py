"""ClassifiedArticle in; its place among the others (copy, same event, new) out, the same in whatever order articles arrive."""

from pipeline.dedup.stage import Deduper, rebuild
from pipeline.dedup.store import StoreError

__all__ = ["Deduper", "StoreError", "rebuild"]
