"""Canonical URLs and article ids; below both crawlers and extract, because they must agree."""

from __future__ import annotations

import re
import uuid
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_cid|mc_eid|_ga|_gl|ref|ref_src|xtor|at_\w+|ns_\w+"
    r"|s?cid|spm|share|amp|outputtype|phpsessid|jsessionid|sid|sessionid|replytocom|print|format)$", re.I)
SESSION = re.compile(r";(jsessionid|phpsessid)=[^/?#]*", re.I)
VARIANT_HOST = re.compile(r"^(amp|m|mobile)\.(?=[^.]+\.[^.]+)")
VARIANT_PATH = re.compile(r"/(amp|print)/?$|\.amp(?=\.html?$)", re.I)
DEFAULT_PORTS = {"http": 80, "https": 443}
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "marsad:article")


def canonical_url(url: str) -> str:
    """The one address of a page: scheme and host in lower case, default port, fragment, dot segments, tracking parameters
    and session ids gone, AMP, print and mobile variants folded, remaining parameters sorted, escapes in one form.

    Raises ValueError where `url` is not an absolute http(s) address.
    """
    parts = urlsplit(url.strip())
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in DEFAULT_PORTS or not host:
        raise ValueError(f"not an absolute http(s) address: {url!r}")
    port = parts.port
    host = VARIANT_HOST.sub("", host.encode("idna").decode() if not host.isascii() else host)
    netloc = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = VARIANT_PATH.sub("", SESSION.sub("", _without_dots(parts.path))) or "/"
    path = quote(unquote(path), safe="/:@!$&'()*+,;=~-._%") if "%" not in unquote(path) else path
    query = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(k))
    return urlunsplit((scheme, netloc, path, urlencode(query), ""))


def _without_dots(path: str) -> str:
    """The path without `.`, `..` (RFC 3986, section 5.2.4) and empty segments, which lead to the same page."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment not in ("", "."):
            kept.append(segment)
    return "/" + "/".join(kept) + ("/" if kept and segments[-1] in ("", ".", "..") else "")


def article_id(canonical: str) -> str:
    """The article's id: uuid5 of its canonical URL without scheme, leading `www.` and trailing slash, so that
    these variants of one address stay one article."""
    bare = canonical.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return str(uuid.uuid5(NAMESPACE, bare))
