"""PlacedArticle in, tables, snapshot, search and digests out: DuckDB lives here."""
