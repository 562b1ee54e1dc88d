"""The rules of pipeline.claims in, all claims made anew by them where they changed since the last load: silently."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import structlog

import pipeline.claims
from config.settings import Settings
from warehouse.claims.derive import Rules, derive
from warehouse.database import Connection, transaction
from warehouse.rows import dicts, with_batch
from warehouse.statements import claim_key, fact_from

log = structlog.get_logger(__name__)
STORIES: Final = 500
"""Stories made anew in one transaction."""
FACTS: Final = 20_000
"""Facts keyed in one transaction."""

SLICE: Final = """
SELECT fact_id, kind, fields::VARCHAR AS fields, sentence, zone, start_offset, end_offset, extractor, confidence,
       attributed_to, claim_key
FROM facts WHERE fact_id BETWEEN ? AND ?
"""


@cache
def rules_version() -> str:
    """Content hash of the modules that key, assemble and judge."""
    folder = Path(pipeline.claims.__file__).parent
    content = b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def bring_up_to_date(con: Connection, settings: Settings) -> int:
    """Make all claims anew where other rules made them; how many stories. Cut off in the middle, the next load begins again."""
    if dicts(con, "SELECT claim_rules FROM load_state")[0]["claim_rules"] == rules_version():
        return 0
    _rekey(con)
    rules = Rules(settings.freshness_hours, datetime.now(UTC), quiet=True)
    stories = [row["story_id"] for row in dicts(con, "SELECT story_id FROM stories ORDER BY story_id")]
    for at in range(0, len(stories), STORIES):
        with transaction(con):
            derive(con, stories[at:at + STORIES], rules)
    with transaction(con):
        con.execute("UPDATE load_state SET claim_rules = ?, generation = generation + 1", [rules_version()])
    if stories:
        log.info("claims made anew", stories=len(stories))
    return len(stories)


def _rekey(con: Connection) -> None:
    ids = [row["fact_id"] for row in dicts(con, "SELECT DISTINCT fact_id FROM facts ORDER BY fact_id")]
    for at in range(0, len(ids), FACTS):
        rows = dicts(con, SLICE, [ids[at], ids[min(at + FACTS, len(ids)) - 1]])
        changed = [{"fact_id": row["fact_id"], "claim_key": key} for row in rows
                   if (key := claim_key(fact_from(row))) != row["claim_key"]]
        if changed:
            with transaction(con):
                with_batch(con, "facts", changed, """
                    UPDATE facts SET claim_key = batch.claim_key FROM batch WHERE facts.fact_id = batch.fact_id""",
                    ("fact_id", "claim_key"))
