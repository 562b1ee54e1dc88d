"""ClaimEvent in, digests out: HTML pages, plain text and Atom feeds, each announcement once, with the sentence that says it."""
