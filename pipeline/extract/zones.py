"""The headline's element in, the tree without what stands before it out: menus, tickers and kickers are no body."""

from __future__ import annotations

from typing import Any, Final

from pipeline.events import Dropped
from pipeline.extract.document import ancestors, drop, words
from pipeline.extract.measures import Measures

LONG: Final = 200
"""Characters above which text before the headline is a ticker's or menu's, not a kicker."""


def cut_before(headline: Any) -> list[Dropped]:
    """Remove all that precedes the headline, and the headline itself, from its tree; what was removed, for the record.

    Nothing is removed where more prose stands before the headline than after it: then it is no headline of the text.
    """
    chain = [headline, *(one for one in ancestors(headline) if one.tag not in ("html", "body"))]
    body = next((one for one in ancestors(headline) if one.tag == "body"), chain[-1])
    of = Measures(body)
    earlier = [sibling for one in chain for sibling in one.itersiblings(preceding=True) if isinstance(sibling.tag, str)]
    before = sum(of[one].prose for one in earlier)
    if before > (of[body].prose - before):
        return []
    removed: list[Dropped] = []
    for one in earlier:
        text = words(one)
        if text:
            removed.append(Dropped(zone="kicker" if len(text) <= LONG else "boilerplate", text=text[:300]))
        one.tail = None
        drop(one)
    for one in chain:
        parent = one.getparent()
        if parent is not None and parent.text and parent.text.strip():
            parent.text = None
    drop(headline)
    return removed
