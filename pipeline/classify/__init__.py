"""Article in, the same with labels, mentions and facts out: pure given taxonomy and entities."""

from pipeline.classify.classifier import Classifier

__all__ = ["Classifier"]
