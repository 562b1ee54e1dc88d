"""URL in, RawPage out: polite crawling of the outlets, and files given by hand."""
