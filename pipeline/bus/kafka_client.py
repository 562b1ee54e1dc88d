"""Settings in, the configuration of every Kafka client out; and Kafka's errors turned into a BusError that says what to do."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import structlog
from kafka import errors

from config.settings import Settings
from pipeline.bus import BusError, BusTimeoutError

BOOTSTRAP_SECONDS: Final = 15.0
ADMIN_SECONDS: Final = 120.0
"""How long an administrative question is asked again while the cluster elects leaders."""
ADMIN_PAUSE: Final = 0.2
BATCH_OVERHEAD: Final = 65_536
"""Bytes that key, headers and framing may add to the largest record."""
CREDENTIALS: Final = "wrong credentials: check MARSAD_KAFKA_USER, MARSAD_KAFKA_PASSWORD and MARSAD_KAFKA_MECHANISM"
ADVICE: Final[tuple[tuple[type[Exception], str], ...]] = (
    (errors.SaslAuthenticationFailedError,
     CREDENTIALS),
    (errors.UnsupportedSaslMechanismError, "the brokers know no such way to sign in: check MARSAD_KAFKA_MECHANISM"),
    (errors.AuthorizationError, "this user may not do that: ask for the right on topics and groups of Marsad"),
    (errors.UnknownTopicOrPartitionError, "a topic is missing: `marsad doctor` creates what the topology names"),
    (errors.InvalidReplicationFactorError, "too few brokers are alive to keep the copies asked for: start them"),
    (errors.NotEnoughReplicasError, "too few brokers are alive to keep a record safe: start the missing ones"),
    (errors.InvalidSessionTimeoutError, "the brokers do not allow MARSAD_KAFKA_SESSION_SECONDS: set it between their "
                                        "group.min.session.timeout.ms and group.max.session.timeout.ms"),
    (errors.MessageSizeTooLargeError, "a record is larger than the topic takes: raise max.message.bytes of the topic or lower "
                                      "MARSAD_MAX_RECORD_BYTES"),
    (errors.KafkaConfigurationError, "the Kafka settings contradict each other"),
)

T = TypeVar("T")
log = structlog.get_logger(__name__)


class _Complaints(logging.Handler):
    """What the library says while it tries again and again: into our log, out of people's sight, the last error remembered.

    A refused sign-in shows itself nowhere else: the library goes on trying until its time is up, and then says only that.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.last: Exception | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Take note."""
        for one in record.args or ():
            if isinstance(one, errors.KafkaError) and not isinstance(one, errors.KafkaTimeoutError) and not _telling(self.last):
                self.last = one
        log.info("kafka_client_says", logger=record.name, level=record.levelname, said=record.getMessage())


COMPLAINTS: Final = _Complaints()
logging.getLogger("kafka").addHandler(COMPLAINTS)
logging.getLogger("kafka").propagate = False


@dataclass(frozen=True)
class Connection:
    """How to reach the cluster, and what it takes."""

    servers: tuple[str, ...]
    settings: Settings
    max_record_bytes: int

    @property
    def name(self) -> str:
        """For messages."""
        return ",".join(self.servers)

    def config(self, role: str) -> dict[str, Any]:
        """What producer, consumer and admin client share."""
        on = self.settings
        config: dict[str, Any] = {
            "bootstrap_servers": list(self.servers), "client_id": f"marsad-{role}",
            "bootstrap_timeout_ms": int(BOOTSTRAP_SECONDS * 1000), "security_protocol": on.kafka_security.upper(),
            # The library waits up to 30 s between two tries; a broker that is back should be noticed sooner.
            "reconnect_backoff_max_ms": 3000, "request_timeout_ms": 20_000,
        }
        if "ssl" in on.kafka_security:
            config |= {"ssl_cafile": _path(on.kafka_ca),
                       "ssl_certfile": _path(on.kafka_certificate), "ssl_keyfile": _path(on.kafka_key)}
        if "sasl" in on.kafka_security:
            config |= {"sasl_mechanism": on.kafka_mechanism, "sasl_plain_username": on.kafka_user,
                       "sasl_plain_password": on.kafka_password.get_secret_value()}
        return config

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn the library's errors into a BusError that says what to do."""
        try:
            yield
        except (errors.KafkaError, OSError) as error:
            raise self._bus_error(error) from error

    @contextmanager
    def connecting(self) -> Iterator[None]:
        """The same for the first contact, where the reason of a failure is only in what the library logged."""
        COMPLAINTS.last = None
        with self.explained():
            try:
                yield
            except errors.KafkaTimeoutError as error:
                raise COMPLAINTS.last or error from error

    def _bus_error(self, error: Exception) -> BusError:
        for kind, advice in ADVICE:
            if isinstance(error, kind):
                return BusError(f"Kafka at {self.name}: {advice} ({_said(error)})")
        if isinstance(error, errors.RetriableError | OSError):
            # A broker may hang up on a sign-in that it refuses before its answer is read.
            refused = f" Or {CREDENTIALS}." if "sasl" in self.settings.kafka_security else ""
            return BusTimeoutError(
                f"Kafka at {self.name} does not answer: is a broker running there (`make kafka` starts one on this machine), "
                f"and MARSAD_KAFKA_SECURITY right?{refused} ({_said(error)})")
        return BusError(f"Kafka at {self.name}: {_said(error)}")

    def asked(self, question: Callable[[], T], seconds: float = ADMIN_SECONDS) -> T:
        """The answer, asking again while the cluster says that it is not ready. Raises BusError."""
        deadline = time.monotonic() + seconds
        with self.explained():
            while True:
                try:
                    return question()
                except errors.RetriableError:
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(ADMIN_PAUSE)


def _telling(error: Exception | None) -> bool:
    """Whether it says more than that nobody answers."""
    return isinstance(error, tuple(kind for kind, _ in ADVICE))


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".strip(": ")


def _path(path: object) -> str | None:
    return str(path) if path else None
