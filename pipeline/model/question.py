"""An article in, what a model is asked about it out: the instructions, the text, and the schema of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import msgspec

from pipeline.events import Article, FactFields

VERSION: Final = "1"
"""Of the instructions: a change asks anew about articles that are in the memory of answers."""
MAX_CHARACTERS: Final = 12_000
"""Of a body; 99 % of the articles of the Moroccan corpora are shorter."""
MAX_FACTS: Final = 100

INSTRUCTIONS: Final = f"""You read articles of the Moroccan press (Arabic, French, English, Spanish) and list what they state \
as facts, for readers who check every one against the text. Answer in the JSON schema given, at most {MAX_FACTS} facts.

Rules:
- `evidence` is one whole sentence of the headline or the body, copied letter by letter. No translation, no correction.
- Every field whose name ends in `surface`, and the text of a quote, is copied letter by letter from that sentence (names may
  stand elsewhere in the article). A field that the article does not state is null. Never compute, convert or guess.
- `value` is the full number: "1,2 milliard de dirhams" is 1200000000 with currency MAD; "7,5 %" is 7.5.
- Dates are ISO 8601, as precise as the text is: 2026-07-02, 2026-07, 2026, 2026-Q1, 2026-S1.
- What somebody only claims ("selon", "d'après", "aurait", حسب) names them in `attributed_to` (`unnamed` for hearsay).
- Hypotheses, negations, and lines that point to other articles are no facts.

Kinds: amount (money); percentage; count (things or people); capacity (MW, m3, tonnes a year, beds); target (a number to be
reached by a stated time); ranking; agreement (parties bind themselves: instrument in French such as convention, mémorandum,
protocole d'accord, contrat, partenariat); person_role (a person and their office); appointment; law (law, decree, bill and its
stage); initiative (programme, plan, strategy, centre, platform, project); event (conference, forum, fair); quote (direct
speech)."""


def question(article: Article) -> list[Mapping[str, str]]:
    """The messages of the one call that an article costs."""
    published = f"Published: {article.published.at.date().isoformat()}\n" if article.published else ""
    text = f"Language: {article.language}\n{published}Headline: {article.headline}\n\n{article.body[:MAX_CHARACTERS]}"
    return [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": text}]


@cache
def schema() -> Mapping[str, Any]:
    """The JSON schema of an answer, in the strict form that OpenAI asks for: every property required, none beside them.

    What we resolve ourselves (entity ids) is not asked for.
    """
    (outer,), parts = msgspec.json.schema_components([FactFields], ref_template="#/$defs/{name}")
    kinds = outer["anyOf"]
    fact = {"fact": {"anyOf": kinds}, "evidence": {"type": "string"}, "attributed_to": _or_null({"type": "string"})}
    return {**_object({"facts": {"type": "array", "maxItems": MAX_FACTS, "items": _object(fact)}}),
            "$defs": {name: _strict(part) for name, part in parts.items()}}


def _strict(part: Mapping[str, Any]) -> dict[str, Any]:
    return _object({
        name: {key: value for key, value in asked.items() if key != "default"} if "prefixItems" not in asked else asked
        for name, asked in part["properties"].items() if not is_ours(name)})


def is_ours(name: str) -> bool:
    """Whether a field is filled by our own tables, never by a model."""
    return name.endswith(("_entity", "entity_id"))


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(properties), "additionalProperties": False}


def _or_null(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [asked, {"type": "null"}]}
