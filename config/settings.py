"""Environment and `.env` in, frozen Settings out. Every setting is documented here and nowhere else."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What can be set from outside, with the prefix MARSAD_ (the environment wins over `.env` beside the README)."""

    model_config = SettingsConfigDict(env_prefix="MARSAD_", env_file=ROOT / ".env", frozen=True, extra="ignore")

    data: Path = Field(ROOT / "data", description="Folder of all state: bus, archive, warehouse, digests.")
    outlets: Path = Field(ROOT / "config" / "outlets", description="Folder of the outlets' YAML files.")
    taxonomy: Path = Field(ROOT / "config" / "taxonomy.yml", description="Topics, sectors and kinds of announcement.")
    entities: Path = Field(ROOT / "config" / "entities.yml", description="People, organisations and places that are watched.")
    digests: Path = Field(ROOT / "config" / "digests.yml", description="Who is sent what, and when.")
    exchange_rates: Path = Field(
        ROOT / "config" / "exchange_rates.csv", description="What currencies are worth in dirhams, from which date on.")
    bus: str = Field("embedded", description="`embedded`, or `kafka://host:port[,host:port]`.")
    kafka_security: Literal["plaintext", "ssl", "sasl_plaintext", "sasl_ssl"] = Field(
        "plaintext", description="How Kafka is spoken to: encrypted with ssl, signed in to with sasl.")
    kafka_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        "SCRAM-SHA-512", description="How to sign in to Kafka, with sasl.")
    kafka_user: str = Field("", description="Kafka user, with sasl.")
    kafka_password: SecretStr = Field(SecretStr(""), description="Kafka password, with sasl.")
    kafka_ca: Path | None = Field(None, description="PEM file of who vouches for the brokers, with ssl; empty: the system's.")
    kafka_certificate: Path | None = Field(None, description="PEM file of our own certificate, where the brokers ask for one.")
    kafka_key: Path | None = Field(None, description="PEM file of its private key.")
    kafka_session_seconds: float = Field(15.0, ge=1, le=300, description="A worker not heard of for so long has died.")
    state_url: str = Field("", description="SQLAlchemy URL of the operational state; empty: a SQLite file below DATA.")
    user_agent: str = Field(
        "Marsad/0.1 (+https://github.com/marsad-press/marsad; press observatory)",
        description="How the crawler names itself; give a page or address where outlets reach you.")
    crawl_seconds: int = Field(600, ge=5, description="Time limit of one outlet's crawl, in seconds.")
    crawls: int = Field(4, ge=1, le=32, description="Outlets crawled at the same time.")
    max_page_bytes: int = Field(8_000_000, ge=100_000, description="A larger response is cut off and counted as oversized.")
    max_parse_bytes: int = Field(3_000_000, ge=100_000, description="A larger page is rejected as oversized by extract.")
    extract_seconds: float = Field(20.0, gt=0, description="Time limit for reading one page.")
    extract_processes: int = Field(2, ge=1, le=64, description="Processes that read pages.")
    model_url: str = Field(
        "", pattern=r"^(https?://\S+)?$",
        description="OpenAI-compatible endpoint that may add facts, as https://host/v1; empty: none is asked.")
    model_name: str = Field("", description="The model that is asked there.")
    model_key: SecretStr = Field(SecretStr(""), description="Key of that endpoint, where it asks for one.")
    model_seconds: float = Field(30.0, gt=0, le=600, description="Time limit of one article's question to the model.")
    model_calls: int = Field(500, ge=0, description="Questions a day to the model at the most, for one data folder.")
    model_confidence: float = Field(
        0.7, ge=0, le=1, description="Confidence that the model's facts are given: measure it on annotated articles.")
    max_record_bytes: int = Field(4_000_000, ge=100_000, description="Largest record on the bus, after compression.")
    freshness_hours: int = Field(72, ge=1, description="An alert needs publication within so many hours of the fetch.")
    archive_days: int = Field(0, ge=0, description="Days for which fetched pages are kept in the archive; 0: for good.")
    memory_limit: str = Field("2GB", description="What DuckDB may take.")
    snapshot_days: int = Field(
        2, ge=0, le=400, description="Days of which the last snapshot is kept, below data/snapshots; each takes its whole size.")
    metrics_port: int = Field(
        0, ge=0, le=65_535, description="Port of a worker's Prometheus metrics, of further instances the next ones; 0: none.")
    metrics_host: str = Field("127.0.0.1", description="Address they are served on; anybody who reaches it can read them.")
    web_url: str = Field(
        "http://127.0.0.1:8460", pattern=r"^https?://[^/\s?#]+$",
        description="Address by which readers reach the page: links in feeds and mails.")
    web_password: SecretStr = Field(SecretStr(""), description="Password of the page's SQL box; empty: nobody can log in.")
    secret: SecretStr = Field(
        SecretStr(""), description="Key that signs links and log-ins; empty: one is made and kept below DATA.")
    webhook_secret: SecretStr = Field(SecretStr(""), description="Key that signs what webhooks are sent; empty: unsigned.")
    smtp_host: str = Field("", description="Mail server that takes our mail; empty: no mail is sent.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port.")
    smtp_security: Literal["starttls", "tls", "plain"] = Field(
        "starttls", description="How it is spoken to; plain only on one machine.")
    smtp_ca: Path | None = Field(None, description="PEM file of who vouches for the mail server; empty: the system's.")
    smtp_user: str = Field("", description="Mail user, where the server asks for one.")
    smtp_password: SecretStr = Field(SecretStr(""), description="Mail password.")
    smtp_seconds: float = Field(30.0, gt=0, le=300, description="Time limit of each step with the mail server.")
    mail_from: str = Field("", description="Address that mail comes from, as digest@example.org.")
    mail_return_path: str = Field(
        "", description="Envelope sender, to which mail comes back that cannot be delivered; `{letter}` in it stands for the "
                        "letter, as bounce+{letter}@example.org (VERP). Empty: MAIL_FROM.")
    mail_returns: str = Field(
        "", description="Where bounces and complaints arrive: folder of a maildir, or imaps://user@host[:port]/folder, of its "
                        "own: what was read is marked as seen. Empty: they are not read.")
    mail_returns_password: SecretStr = Field(SecretStr(""), description="Password of that IMAP user.")
    mail_a_minute: int = Field(60, ge=1, description="Mails a minute to one domain at the most.")
    alarms_to: SecretStr = Field(
        SecretStr(""), description="Apprise addresses that alarms go to, comma-separated; empty: the log only.")
    log_level: str = Field("info", description="debug, info, warning or error.")

    @property
    def operational_url(self) -> str:
        """`state_url`, or the SQLite file it stands for."""
        return self.state_url or f"sqlite:///{self.data / 'state.sqlite'}"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The effective settings of this process. Raises pydantic.ValidationError naming each setting that is wrong."""
    return Settings()
