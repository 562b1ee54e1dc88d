"""The published snapshot in, a short summary for the operator out: what came, what it says, what is in dispute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flows.console import out
from flows.desk import Desk
from warehouse.digest.issue import Issue
from warehouse.read import QueryError, ask

if TYPE_CHECKING:
    from flows.load import Loaded

COUNTS = (
    ("outlets", "SELECT count(DISTINCT outlet) FROM articles", "with articles"),
    ("articles", "SELECT string_agg(format('{} {}', n, language), ', ' ORDER BY n DESC) "
                 "FROM (SELECT language, count(*) AS n FROM articles GROUP BY language)", "by language"),
    ("copies", "SELECT count(*) FROM articles WHERE placement = 'copy'", "of articles above"),
    ("stories", "SELECT count(*) FROM stories", ""),
    ("facts", "SELECT string_agg(format('{} {}', n, kind), ', ' ORDER BY n DESC, kind) "
              "FROM (SELECT kind, count(*) AS n FROM facts WHERE is_current GROUP BY kind)", "with their sentences"),
    ("claims", "SELECT string_agg(format('{} {}', n, state), ', ' ORDER BY n DESC) "
               "FROM (SELECT state, count(*) AS n FROM claims GROUP BY state)", ""),
    ("announcements", "SELECT count(*) FROM announcements_new", "new"),
    ("refused pages", "SELECT string_agg(format('{} {}', n, reason), ', ' ORDER BY n DESC) "
                      "FROM (SELECT reason, count(*) AS n FROM rejections GROUP BY reason)", "by reason"),
)
DISPUTED = """
SELECT conflicts.claim_id, a.outlet, fact_a.sentence, b.outlet, fact_b.sentence
FROM conflicts JOIN facts AS fact_a ON fact_a.fact_id = conflicts.fact_a JOIN facts AS fact_b ON fact_b.fact_id = conflicts.fact_b
JOIN articles AS a ON a.article_id = fact_a.article_id JOIN articles AS b ON b.article_id = fact_b.article_id
ORDER BY conflicts.claim_id LIMIT 1
"""


def tell(desk: Desk, loaded: Loaded, issues: Sequence[Issue]) -> None:
    """Print the summary."""
    out.print("\nWhat the warehouse holds now", markup=False)
    for name, question, remark in COUNTS:
        if (found := _first(desk, question)) not in (None, ""):
            out.print(f"  {name:14} {found}{f'  ({remark})' if remark else ''}", markup=False)
    _tell_dispute(desk)
    sent = sum(issue.claims for issue in issues)
    place = desk.settings.data / "digests"
    out.print(f"  {'digests':14} {len(issues)} sent, {sent} announcements in them; files in {place}", markup=False)
    state = f"flow run {loaded.flow_run_name}"
    out.print(f"  {'snapshot':14} {loaded.published or 'unchanged'} ({state})", markup=False)
    out.print("Next: marsad sql \"FROM announcements_new\" · marsad serve · marsad status", markup=False)


def _tell_dispute(desk: Desk) -> None:
    row = _row(desk, DISPUTED)
    if row is None:
        return
    claim, outlet_a, sentence_a, outlet_b, sentence_b = row
    out.print(f"  {'in dispute':14} marsad claim {claim}", markup=False)
    for outlet, sentence in ((outlet_a, sentence_a), (outlet_b, sentence_b)):
        out.print(f"  {'':14} {outlet}: {sentence}", markup=False)


def _row(desk: Desk, question: str) -> tuple[Any, ...] | None:
    try:
        rows = ask(question, desk.settings).rows
    except QueryError:
        # No snapshot yet: a first round that found nothing publishes none.
        return None
    return rows[0] if rows else None


def _first(desk: Desk, question: str) -> Any:
    row = _row(desk, question)
    return row[0] if row else None
