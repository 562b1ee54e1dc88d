"""Stories that a load touched in, their claims, conflicts, redirects and the outbox of changes written: one transaction.

What is stored is a function of the facts alone (pipeline.claims), not of the batches they came in; only which changes were
announced depends on what was known when.
"""

from warehouse.claims.derive import Rules, derive
from warehouse.claims.rekey import bring_up_to_date

__all__ = ["Rules", "bring_up_to_date", "derive"]
