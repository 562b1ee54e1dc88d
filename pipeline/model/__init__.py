"""A classified article in, the same with what a language model found and our own grammar confirmed out; off by default."""
