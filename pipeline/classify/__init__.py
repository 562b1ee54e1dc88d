"""Article in, the same with labels, mentions and facts out: pure given taxonomy and entities."""
