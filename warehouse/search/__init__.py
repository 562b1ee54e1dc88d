"""Words in, articles of the published snapshot out: an FTS5 index beside it, which follows by a cursor of its own."""

from warehouse.search.find import Filters, Hit, Hits, search
from warehouse.search.index import Refreshed, rebuild, refresh

__all__ = ["Filters", "Hit", "Hits", "Refreshed", "rebuild", "refresh", "search"]
