"""RawPage in, PlacedArticle out: the stages between the crawl and the warehouse (see topology.py for the order)."""
