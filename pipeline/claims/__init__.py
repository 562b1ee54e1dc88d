"""Facts in, claims out: what several articles assert about one thing, who said it first, whether they agree. Pure.

For the warehouse, in the transaction that loaded the facts:

1. `key_of(fact, story_id)` of every fact; keep `.id` and `.resolved` with it.
2. Take the whole stories that were touched (all versions' facts, those replaced too), and the whole stories that hold a fact
   with the same `.id` as one of theirs that is `resolved`; repeat until no story joins (in practice once).
3. `assemble(reports)` gives the claims of these stories; they replace the stored ones. A stored claim whose id is gone
   redirects to the claim that has it among its `aliases`, or else that holds its first fact.

Facts of two kinds never meet in a claim: steps 2 and 3 may be taken one kind at a time, which draws in far fewer stories.

The result does not depend on the order of the reports, nor on how often they are assembled.
"""

from pipeline.claims.assembly import assemble
from pipeline.claims.judgement import judge
from pipeline.claims.keys import key_of
from pipeline.claims.report import AssembledClaim, ClaimKey, Conflict, Report, Sentence, State, Verdict
from pipeline.claims.sources import source_of

__all__ = ["AssembledClaim", "ClaimKey", "Conflict", "Report", "Sentence", "State", "Verdict",
           "assemble", "judge", "key_of", "source_of"]
