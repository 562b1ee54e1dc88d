"""Sentences in, tagged facts with their evidence out: one module a family of kinds."""
