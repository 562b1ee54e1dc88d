"""A page and its reading in, the files of a recording out, and what today's reading differs in: an outlet's rules stay tested.

The machine writes a recording, a person reviews it: `article.json` says `"reviewed": false` until somebody has read it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from config.outlet import Outlet
from pipeline.events import Article, RawPage, Rejected
from pipeline.extract import extract

PAGE: Final = "page.html"
ABOUT: Final = "about.json"
ARTICLE: Final = "article.json"


def recording_of(page: RawPage, outlet: Outlet | None) -> dict[str, bytes]:
    """Contents by file name: the page, what is known of the request, the reading to be reviewed."""
    about = {"ref": msgspec.to_builtins(page.ref),
             "server_time": page.server_time.isoformat() if page.server_time else None}
    return {PAGE: page.content.encode(), ABOUT: _json(about),
            ARTICLE: _json({"reviewed": False, **_reading(page, outlet)})}


def differences(files: Mapping[str, bytes], outlet: Outlet | None) -> list[str]:
    """A line for each field that is read otherwise today, or that nobody has reviewed the recording."""
    want: dict[str, Any] = json.loads(files[ARTICLE])
    told = [] if want.pop("reviewed", False) is True else [f'nobody has reviewed it: read {ARTICLE}, then write "reviewed": true']
    have = json.loads(_json(_reading(_page(files), outlet)))
    return told + [f"{name}: {want.get(name)!r} was recorded, {have.get(name)!r} is read now"
                   for name in sorted(want.keys() | have.keys()) if want.get(name) != have.get(name)]


def _page(files: Mapping[str, bytes]) -> RawPage:
    about = json.loads(files[ABOUT])
    return msgspec.convert({"type": "RawPage", "ref": about["ref"], "content": files[PAGE].decode(),
                            "server_time": about["server_time"]},
                           RawPage, strict=False)


def _reading(page: RawPage, outlet: Outlet | None) -> dict[str, Any]:
    found = extract(page, outlet)
    if isinstance(found, Rejected):
        return {"rejected": found.reason}
    return _fields(found)


def _fields(found: Article) -> dict[str, Any]:
    published, modified = (msgspec.to_builtins(one) for one in (found.published, found.modified))
    return {"headline": found.headline, "authors": list(found.authors), "published": published, "modified": modified,
            "language": found.language, "section": found.section, "original_outlet": found.original_outlet,
            "agency": found.agency,
            "is_accessible_for_free": found.is_accessible_for_free, "lead": found.lead, "body": found.body.split("\n"),
            "captions": found.captions.split("\n") if found.captions else []}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


