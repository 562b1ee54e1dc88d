"""A question in, the model's words out: one bounded call of any endpoint that speaks OpenAI's chat completions."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final

import httpx
import msgspec

MAX_ANSWER_BYTES: Final = 1_000_000
MAX_TOKENS: Final = 8_000
"""Tokens that an answer may have; what is longer arrives cut off and is refused as unreadable."""
CONNECT_SECONDS: Final = 5.0
LONGEST_PAUSE: Final = 3_600.0
"""Seconds for which an endpoint may ask to be left alone."""


class EndpointError(Exception):
    """No answer. `reason`: unreachable, slow, busy, refused, oversized or unreadable.

    `pause`: seconds for which the endpoint asked to be left alone.
    """

    def __init__(self, reason: str, told: str, pause: float = 0.0) -> None:
        super().__init__(f"{reason}: {told}")
        self.reason, self.pause = reason, pause


@dataclass(frozen=True)
class Answer:
    """The words of a model and how many tokens question and answer cost (0 where the endpoint does not say)."""

    text: str
    tokens: int


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Usage(msgspec.Struct):
    total_tokens: int = 0


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


class _Model(msgspec.Struct):
    id: str


class _Models(msgspec.Struct):
    data: list[_Model]


class Endpoint:
    """A model at an address such as `https://host/v1`; `/chat/completions` is asked below it. Redirects are not followed."""

    def __init__(self, url: str, model: str, key: str, seconds: float) -> None:
        self.model, self._seconds = model, seconds
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(
            base_url=url.rstrip("/"), headers=headers, verify=url.startswith("https:"),
            timeout=httpx.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds)))

    def __enter__(self) -> Endpoint:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close()

    def ask(self, messages: list[Mapping[str, str]], schema: Mapping[str, Any]) -> Answer:
        """The answer, which the endpoint was told to give in that JSON schema. Raises EndpointError within the time limit."""
        question = {
            "model": self.model, "messages": messages, "temperature": 0, "max_tokens": MAX_TOKENS,
            "response_format": {"type": "json_schema", "json_schema": {"name": "facts", "strict": True, "schema": schema}}}
        try:
            completion = msgspec.json.decode(self._read("POST", "/chat/completions", question), type=_Completion)
            return Answer(completion.choices[0].message.content, completion.usage.total_tokens if completion.usage else 0)
        except (msgspec.MsgspecError, UnicodeDecodeError, IndexError) as error:
            raise EndpointError("unreadable", f"not a chat completion: {error}") from error

    def models(self) -> frozenset[str]:
        """The models that the endpoint lists; free of charge. Raises EndpointError."""
        try:
            return frozenset(one.id for one in msgspec.json.decode(self._read("GET", "/models"), type=_Models).data)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise EndpointError("unreadable", f"not a list of models: {error}") from error

    def _read(self, method: str, path: str, question: Mapping[str, Any] | None = None) -> bytes:
        """The answer's body, read piece by piece: an endpoint that trickles or never ends is left at the limit."""
        deadline, content = time.monotonic() + self._seconds, bytearray()
        try:
            with self._client.stream(method, path, json=question) as response:
                _look_at(response)
                for piece in response.iter_bytes():
                    content += piece
                    if len(content) > MAX_ANSWER_BYTES:
                        raise EndpointError("oversized", f"more than {MAX_ANSWER_BYTES:,} bytes")
                    if time.monotonic() > deadline:
                        raise EndpointError("slow", f"not through after {self._seconds:g} s")
        except httpx.TimeoutException as error:
            raise EndpointError("slow", f"no answer within {self._seconds:g} s") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise EndpointError("unreachable", str(error) or type(error).__name__) from error
        return bytes(content)


def _look_at(response: httpx.Response) -> None:
    """Raises EndpointError unless the status is 200."""
    status = response.status_code
    if status == httpx.codes.OK:
        return
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        asked = response.headers.get("Retry-After", "")
        raise EndpointError("busy", f"HTTP {status}", min(float(asked), LONGEST_PAUSE) if asked.isdecimal() else 0.0)
    raise EndpointError("refused", f"HTTP {status}: are MARSAD_MODEL_URL, MARSAD_MODEL and MARSAD_MODEL_KEY right?")
