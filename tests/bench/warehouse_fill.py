"""A number of articles in, the writer's file filled with so many, made by SQL, out: texts, labels, mentions, facts, claims."""

from __future__ import annotations

from contextlib import closing
from typing import Final

from config.settings import Settings
from warehouse import weeks
from warehouse.claims.rekey import rules_version
from warehouse.database import Connection, open_writer, transaction
from warehouse.migrate import migrate

PORTION: Final = 50_000
WORDS: Final = 50_000
"""Different words; the r-th most frequent is met 1/r as often as the first, as in any language (Zipf)."""
NAMED: Final = {150: "ministère", 300: "الوزارة", 600: "accord", 2000: "port", 10_000: "dessalement"}
"""Words that are searched for, by rank: met in about 20, 10, 5, 1.6 and .3 of 100 texts."""
MACROS: Final = f"""
CREATE MACRO rank_(n) AS CAST(exp((hash(n) % 1000000) / 1e6 * ln({WORDS})) AS INTEGER);
CREATE MACRO w(n) AS CASE rank_(n) {' '.join(f"WHEN {rank} THEN '{word}'" for rank, word in NAMED.items())}
    ELSE 'mot' || rank_(n) END;
"""
FILL: Final = """
INSERT INTO articles BY NAME
SELECT 'a' || i AS article_id, 'https://o' || i % 60 || '.test/' || i AS url, url AS canonical_url, 'o' || i % 60 AS outlet,
       ['ar', 'fr', 'ar', 'fr', 'en'][i % 5 + 1] AS language, 'Titre ' || i || ' ' || w(i) || ' ' || w(i * 7) AS headline,
       TIMESTAMPTZ '2024-11-01' + to_seconds((hash(i) % 63072000)::BIGINT) AS date_published,
       date_published AS published_by, date_published AS event_time, 'second' AS date_published_precision,
       list_aggregate(list_transform(range(350), lambda j: w(i * 1009 + j)), 'string_agg', ' ') || ' rare' || i % 5000 AS body,
       350 AS word_count, 's' || i // 3 AS story_id, ['new', 'same_event', 'copy'][i % 3 + 1] AS placement,
       CASE WHEN i % 3 = 2 THEN 'a' || (i - 2) END AS copy_of, story_id AS placed_story_id, 'published' AS status,
       1 AS version, 1 AS versions, 'e' || i AS event_id, date_published + INTERVAL 1 HOUR AS fetched_at, 'live' AS origin,
       'p' || i AS page_id, 1 AS loaded_in
FROM range({start}, {end}) t(i);
INSERT INTO article_versions BY NAME
SELECT article_id, 1 AS version, 'published' AS status, event_id, TRUE AS is_current, headline, word_count,
       'h' || article_id AS text_hash, fetched_at, origin, story_id AS placed_story_id, placement, copy_of
FROM articles WHERE article_id IN (SELECT 'a' || i FROM range({start}, {end}) t(i));
INSERT INTO stories BY NAME
SELECT story_id, any_value(headline) AS headline, min(event_time) AS first_seen, max(event_time) AS last_seen,
       min(article_id) AS first_article_id, min(outlet) AS first_outlet, list(DISTINCT language) AS languages,
       list(DISTINCT outlet) AS outlets, count(*) AS articles, 1 AS copies, 0 AS withdrawn
FROM articles WHERE article_id IN (SELECT 'a' || i FROM range({start}, {end}) t(i)) GROUP BY story_id;
INSERT INTO labels BY NAME
SELECT 'a' || i AS article_id, ['topic', 'topic', 'sector', 'announcement'][k + 1] AS scheme,
       scheme[1:1] || hash(i * 13 + k) % 18 AS code, 1.0 AS score, 'terms/1' AS decided_by FROM range({start},
       {end}) t(i), range(4) u(k);
INSERT INTO mentions BY NAME
SELECT 'a' || i AS article_id, 'm' || (hash(i * 5 + k) % 45 * (hash(i + k) % 45)) AS entity_id, 'organisation' AS kind,
       entity_id AS name, entity_id AS surface, 'body' AS zone, 0 AS start_offset, 5 AS end_offset
FROM range({start}, {end}) t(i), range(8) u(k);
INSERT INTO facts BY NAME
SELECT 'f' || i || '.' || k AS fact_id, 'a' || i AS article_id, 1 AS version, TRUE AS is_current, 'amount' AS kind,
       (hash(i // 3 * 3 + k) % 1000) * 1e6 AS value, 'MAD' AS currency, 'exact' AS modality, 'budget' AS role,
       'plan ' || i // 3 AS subject, '{{}}' AS fields,
       'Budget de ' || value || ' DH pour le plan ' || i // 3 || '.' AS sentence, 'body' AS zone,
       0 AS start_offset, 40 AS end_offset, 'amounts/1' AS extractor, 0.9 AS confidence
FROM range({start}, {end}) t(i), range(2) u(k);
INSERT INTO claims BY NAME
SELECT 'c' || i || '.' || k AS claim_id, 'amount' AS kind, 'amount · story' AS key, 'confirmed' AS state,
       's' || i // 3 AS story_id, 'f' || i || '.' || k AS first_fact_id,
       first_fact_id AS leading_fact_id, 'a' || i AS first_article_id,
       'o' || i % 60 AS first_outlet,
       TIMESTAMPTZ '2024-11-01' + to_seconds((hash(i) % 63072000)::BIGINT) AS first_published,
       first_published AS first_fetched_at, 'live' AS origin,
       TRUE AS fresh, FALSE AS settled, (hash(i + k) % 1000) * 1e6 AS value, 'MAD' AS currency,
       'plan ' || i // 3 AS subject, 'Budget.' AS sentence, 3 AS reports, 2 AS sources, [first_outlet] AS outlets
FROM range({start}, {end}) t(i), range(2) u(k) WHERE i % 3 = 0;
INSERT INTO claim_facts BY NAME
SELECT 'c' || i // 3 * 3 || '.' || k AS claim_id, 'f' || i || '.' || k AS fact_id, 'a' || i AS article_id,
       i % 3 + 1 AS position, 'outlet:o' || i % 60 AS source, i % 3 < 2 AS independent, TRUE AS is_current
FROM range({start}, {end}) t(i), range(2) u(k);
"""
FLAT: Final = """
CREATE TEMP TABLE flat AS
WITH about AS (SELECT DISTINCT article_id, scheme, code FROM labels
               UNION ALL SELECT DISTINCT article_id, 'entity', entity_id FROM mentions)
SELECT scheme, code, outlet, week_of(event_time) AS week, month_of(event_time) AS month, (placement <> 'copy')::INTEGER AS own
FROM about JOIN articles USING (article_id);
CREATE TEMP TABLE published AS
SELECT outlet, language, week_of(event_time) AS week, month_of(event_time) AS month,
       isodow(timezone('Africa/Casablanca', date_published)) AS weekday,
       hour(timezone('Africa/Casablanca', date_published)) AS hour, (placement <> 'copy')::INTEGER AS own
FROM articles;
"""
"""What trends are cheapest asked of: one row an article and subject, and one an article, with nothing left to join or compute."""


def fill(on: Settings, rows: int) -> None:
    """Fill the writer's file."""
    with closing(open_writer(on)) as con:
        migrate(con)
        con.execute(MACROS)
        for start in range(0, rows, PORTION):
            with transaction(con):
                con.execute(FILL.format(start=start, end=min(start + PORTION, rows)))
        con.execute("DROP MACRO w; DROP MACRO rank_")
        weeks.mark_all(con)
        weeks.refresh(con)
        con.execute("UPDATE load_state SET generation = 1, loaded_at = now(), claim_rules = ?", [rules_version()])


def flatten(con: Connection) -> None:
    """Make the temporary tables `flat` and `published`."""
    con.execute(FLAT)
