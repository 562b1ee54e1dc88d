"""A week of twelve outlets under a virtual clock, with the troubles of an operator's life in it."""
