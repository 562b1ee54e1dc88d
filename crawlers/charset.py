"""Bytes of a page and what its header says in, text out: a valid UTF-8 page is UTF-8 whatever header and meta element claim."""

from __future__ import annotations

import codecs
import re
from typing import Final

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_XML: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}encoding=["']([A-Za-z0-9._-]{1,40})["']""")


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text; what the chosen encoding cannot say becomes U+FFFD, and NUL is dropped. Never fails.

    Order: byte order mark; UTF-8 where the bytes are valid (text in another encoding hardly ever is: Media Cloud's parser.py says
    headers "can be plain wrong"); meta element or XML declaration; header; Arabic or Western Windows by the look of the bytes.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark):].decode(encoding, "replace").replace("\0", "")
    try:
        return body.decode("utf-8").replace("\0", "")
    except UnicodeDecodeError as error:
        if error.start > 0.999 * len(body) and len(body) - error.start < 4:
            return body.decode("utf-8", "replace").replace("\0", "")   # cut off within a character
    return body.decode(_declared(body, content_type) or _looks(body), "replace").replace("\0", "")


def _declared(body: bytes, content_type: str | None) -> str | None:
    """What meta element, XML declaration or header say, unless they say UTF-8, which it is not."""
    xml = _XML.match(body[:300])
    stated = (html_body_declared_encoding(body[:4096]), xml.group(1).decode() if xml else None,
              http_content_type_encoding(content_type))
    for name in stated:
        known = resolve_encoding(name) if name else None
        if known and known != "utf-8":
            return known
    return "utf-8" if any(stated) and _mostly_utf8(body) else None


def _mostly_utf8(body: bytes) -> bool:
    """A few broken bytes in a UTF-8 page."""
    text = body.decode("utf-8", "replace")
    return text.count("\ufffd") * 20 < sum(1 for character in text if ord(character) > 127)


def _looks(body: bytes) -> str:
    """Arabic letters stand between 0xC0 and 0xED in windows-1256, next to each other; in windows-1252 they are single accents."""
    runs = re.findall(rb"[\xc0-\xed]{3,}", body[:200_000])
    return "cp1256" if sum(map(len, runs)) > 20 else "cp1252"
