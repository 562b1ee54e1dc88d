"""The word that is recorded where a request brought nothing in, what it means for people out."""

from __future__ import annotations

from typing import Final

from crawlers.answer import NoAnswer

MEANINGS: Final = {
    "timeout": "no answer within the time limit",
    "no_such_host": "its name leads nowhere (name resolution failed)",
    "connection_refused": "its server takes no connection",
    "cut_off": "its answers are cut off",
    "oversized": "larger than what is taken",
    "certificate_untrusted":
        "its certificate cannot be verified: it expired, is self-signed, or its chain is incomplete "
        "(`certificates: ignore` with a `certificates_reason` in its file reads it all the same)",
    "certificate_of_another_host": "its certificate is another host's",
    "tls": "no encrypted connection could be agreed on",
    "robots": "robots.txt forbids it",
    "robots_unavailable": "nothing is asked until its robots.txt can be read (RFC 9309)",
    "off_outlet": "it leads off the outlet's hosts",
    "private_address": "a private address, and the outlet is not `local: true`",
    "too_many_redirects": "it redirects without end",
    "browser_missing":
        "it wants the browser fetcher, which is not installed: pip install -e '.[browser]', and Debian's package chromium",
}


def meaning(word: str) -> str:
    """For people, with the word itself where it is not known here. `http_503` and the like are statuses."""
    if word.startswith("http_"):
        return f"status {word.removeprefix('http_')}"
    return MEANINGS.get(word, word)


def told(given: NoAnswer) -> str:
    """Why no answer came, in a clause."""
    if given.detail is None:
        return meaning(given.reason)
    # Where robots.txt answers, it is the robots.txt that is broken; where nothing answers, it is the site.
    return f"{meaning(given.reason)}: {meaning(given.detail)}" if given.detail.startswith("http_") else meaning(given.detail)
