"""Article in, the same with its mentions, facts and labels out; pure, and the same for the same taxonomy and entities."""

from __future__ import annotations

from config.watch import Watch
from pipeline.classify.facts import find_facts
from pipeline.classify.gazetteer import Gazetteer
from pipeline.classify.labels import Labeller
from pipeline.classify.mentions import find_mentions
from pipeline.classify.text import article_text
from pipeline.events import Article, ClassifiedArticle, content_id


class Classifier:
    """The classify stage for one state of taxonomy and entities. Building it takes a moment; it holds nothing of an article."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self._gazetteer = Gazetteer(watch.entities)
        self._labeller = Labeller(watch)

    def __call__(self, article: Article) -> ClassifiedArticle:
        """The article with all that was found. A withdrawn one has no text and passes as it is."""
        event_id = content_id("classified", article.event_id, self.watch.version)
        if article.status == "withdrawn":
            return ClassifiedArticle(event_id=event_id, article=article, taxonomy=self.watch.version)
        mentions = find_mentions(article, self._gazetteer)
        text = article_text(article, mentions)
        facts = find_facts(text)
        return ClassifiedArticle(
            event_id=event_id, article=article, labels=self._labeller.labels(text, facts), mentions=mentions, facts=facts,
            taxonomy=self.watch.version)
