"""A failed download in, the one word that is recorded and counted out; and what each word means, for people."""

from __future__ import annotations

from typing import Final

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from service_identity import VerificationError

from crawlers.answer import DownloadError

REASONS: Final[tuple[tuple[type[Exception], str, bool], ...]] = (
    (DownloadTimeoutError, "timeout", False), (CannotResolveHostError, "no_such_host", False),
    (DownloadConnectionRefusedError, "connection_refused", False), (DownloadCancelledError, "oversized", True),
    (IgnoreRequest, "oversized", True), (ResponseDataLossError, "cut_off", False),
)
UNTRUSTED: Final = "certificate_untrusted"
OF_ANOTHER: Final = "certificate_of_another_host"


def as_download_error(error: Exception) -> DownloadError:
    """What Scrapy raised, as what is recorded."""
    if reason := _about_tls(error):
        return DownloadError(reason)
    for kind, reason, final in REASONS:
        if isinstance(error, kind):
            return DownloadError(reason, final=final)
    return DownloadError(f"connection ({type(error).__name__})")


def _about_tls(error: Exception) -> str | None:
    """Twisted keeps what went wrong below in a list of failures, Scrapy wraps that once more."""
    failures = getattr(error.__cause__ or error, "reasons", None) or ()
    for below in (getattr(failure, "value", None) for failure in failures):
        if isinstance(below, VerificationError):
            return OF_ANOTHER
        if isinstance(below, SSL.Error):
            return UNTRUSTED if "certificate verify failed" in str(below) else "tls"
    return None
