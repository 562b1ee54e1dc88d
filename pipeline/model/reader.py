"""A classified article in, the same with the facts that a model adds to those of the rules out, each checked against the text.

The rules come first: what they found stays as it is. An endpoint that fails costs no article anything: it passes with the
facts of the rules, counted as skipped; `marsad replay` reads it again. Answers are remembered, so that a record that
comes again costs nothing and becomes the same event.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Final

import msgspec
import structlog

from config.reading import ConfigError
from config.settings import Settings
from pipeline.classify.text import article_text
from pipeline.events import Article, ClassifiedArticle, Fact, content_id
from pipeline.model.checks import UnreadableAnswerError, checked, is_known, told_in
from pipeline.model.endpoint import Endpoint, EndpointError
from pipeline.model.memory import MEMORY, Memory
from pipeline.model.question import VERSION, question, schema

FAILURES: Final = 3
PAUSE_SECONDS: Final = 60.0
"""After so many failures in a row the endpoint is left alone for so long, that articles need not wait for each."""
log = structlog.get_logger()


class ModelReader:
    """Adds a model's facts to articles. `calls`: how many a day it may make; `confidence`: what its facts are given."""

    def __init__(
        self, endpoint: Endpoint, memory: Memory, *, calls: int, confidence: float,
        clock: Callable[[], float] = time.monotonic, today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._endpoint, self._memory = endpoint, memory
        self._calls, self._confidence = calls, confidence
        self._clock, self._today = clock, today
        self._failures, self._closed_until = 0, 0.0
        self._extractor = f"model/{VERSION} {endpoint.model}"

    def __call__(self, classified: ClassifiedArticle) -> ClassifiedArticle:
        """The article with what the model adds. Never raises for what a model says or does not say; OSError of the memory."""
        article = classified.article
        if article.status == "withdrawn" or not article.body:
            return classified
        answer = self._answer(article)
        if answer is None:
            return classified
        added, counts = self._facts(answer, classified)
        self._memory.count(self._today(), counts)
        facts = (*classified.facts, *added)
        event_id = content_id("classified", classified.event_id, self._extractor)
        return msgspec.structs.replace(classified, event_id=event_id, facts=facts)

    def answers(self) -> str:
        """That the endpoint is there and knows the model. Raises EndpointError."""
        return f"{self._endpoint.model} is there" if self._endpoint.model in self._endpoint.models() else (
            f"the endpoint answers, but does not list {self._endpoint.model}")

    def _answer(self, article: Article) -> str | None:
        """As remembered, else as the endpoint gives it; None where it may not or cannot be asked."""
        key = content_id("question", self._extractor, article.headline, article.text_hash, article.language)
        if (known := self._memory.answer(key)) is not None:
            return known
        why = self._why_not()
        if why is None:
            try:
                return self._ask(article, key)
            except EndpointError as error:
                why = self._failed(error)
        self._memory.count(self._today(), {"skipped": 1, why: 1})
        return None

    def _why_not(self) -> str | None:
        """Why no question is asked now; None, and one of the day's questions taken, where it is."""
        if self._clock() < self._closed_until:
            return "endpoint_paused"
        return None if self._memory.may_ask(self._today(), self._calls) else "budget_spent"

    def _ask(self, article: Article, key: str) -> str:
        """Raises EndpointError."""
        answer = self._endpoint.ask(question(article), schema())
        try:
            told_in(answer.text)
        except UnreadableAnswerError as error:
            raise EndpointError("unreadable", str(error)) from error
        self._failures = 0
        self._memory.keep(key, answer.text, self._today())
        self._memory.count(self._today(), {"tokens": answer.tokens})
        return answer.text

    def _failed(self, error: EndpointError) -> str:
        self._failures += 1
        if error.pause or self._failures >= FAILURES:
            self._closed_until = self._clock() + max(error.pause, PAUSE_SECONDS)
            self._failures = 0
        log.warning("model_failed", reason=error.reason, told=str(error)[:300])
        return f"endpoint_{error.reason}"

    def _facts(self, answer: str, classified: ClassifiedArticle) -> tuple[list[Fact], Counter[str]]:
        """The facts that the answer adds, and what became of each that it told."""
        text = article_text(classified.article, classified.mentions)
        held, added, counts = list(classified.facts), list[Fact](), Counter[str]({"read": 1})
        for told in told_in(answer):
            fact = checked(told, text, extractor=self._extractor, confidence=self._confidence)
            if not isinstance(fact, Fact):
                counts[f"refused_{fact}"] += 1
            elif is_known(fact, held):
                counts["known"] += 1
            else:
                held.append(fact)
                added.append(fact)
                counts["added"] += 1
        return added, counts


@contextmanager
def load_reader(settings: Settings) -> Iterator[ModelReader | None]:
    """The reader of the settings; None where no MARSAD_MODEL_URL is set. Raises ConfigError, OSError of the memory."""
    if not settings.model_url:
        yield None
        return
    if not settings.model_name:
        raise ConfigError("MARSAD_MODEL_URL is set but no MARSAD_MODEL_NAME: say which of its models to ask")
    key = settings.model_key.get_secret_value()
    with (
        Endpoint(settings.model_url, settings.model_name, key, settings.model_seconds) as endpoint,
        Memory(settings.data / MEMORY) as memory,
    ):
        yield ModelReader(endpoint, memory, calls=settings.model_calls, confidence=settings.model_confidence)
