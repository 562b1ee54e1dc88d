"""Classified articles in, placed articles out: copies, stories, versions."""
