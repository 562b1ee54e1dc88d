"""One YAML file an outlet in, frozen Outlet out."""

from __future__ import annotations

import re
from datetime import time
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from config.reading import ConfigError, Strict, read_yaml


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return text


def _xpath(text: str) -> str:
    from lxml import etree
    try:
        etree.XPath(text)
    except etree.XPathSyntaxError as error:
        raise ValueError(f"not an XPath expression: {error}") from error
    return text


def _http(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("not an absolute http(s) address")
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]
XPath = Annotated[str, AfterValidator(_xpath)]
HttpUrl = Annotated[str, AfterValidator(_http)]


class Feed(Strict):
    """An RSS or Atom feed."""

    kind: Literal["feed"]
    url: HttpUrl


class Sitemap(Strict):
    """A sitemap, sitemap index or news sitemap."""

    kind: Literal["sitemap"]
    url: HttpUrl


class Section(Strict):
    """A page that lists articles."""

    kind: Literal["section"]
    url: HttpUrl
    links: XPath | None = None
    """Elements whose href lead to articles; default: every link that `article_url` (or the path's look) takes for one."""
    next_page: XPath | None = None
    """The link to the next page of the list; default: rel=next."""
    pages: int = Field(1, ge=1, le=200)
    """How many pages of the list to read in one crawl."""


Discover = Annotated[Feed | Sitemap | Section, Field(discriminator="kind")]


class Read(Strict):
    """XPath expressions where the general reading of a page is not enough; the first match counts."""

    headline: XPath | None = None
    lead: XPath | None = None
    body: XPath | None = None
    """Elements that hold the body; several are joined in page order."""
    author: XPath | None = None
    date: XPath | None = None


class Outlet(Strict):
    """A publication that is watched."""

    id: str = Field("", exclude=True)
    """The file's name without `.yml`."""
    title: str
    title_ar: str | None = None
    language: Literal["ar", "fr", "en", "es"]
    """What most of it is written in; each article's language is read from the article."""
    country: str = "ma"
    timezone: str = "Africa/Casablanca"
    verified: bool = False
    """True once `marsad outlet check` has read it from where it runs; `marsad run` skips the others."""
    local: bool = False
    """True only for an outlet on this machine: allows the crawler to go to loopback and private addresses."""
    hosts: tuple[str, ...] = ()
    """Further hosts of the outlet beside those of `discover`; nothing else is ever fetched."""
    discover: tuple[Discover, ...] = ()
    crawl_delay: float = Field(2.0, ge=0, le=120)
    """Seconds between two requests to one host; robots.txt can only make it longer."""
    max_pages: int = Field(500, ge=1, le=100_000)
    """Requests in one crawl at the most."""
    every_minutes: int = Field(30, ge=1, le=10_080)
    """How often to look for news."""
    quiet: tuple[time, time] | None = None
    """Local hours in which it is left alone, as ["23:00", "06:00"]."""
    robots: Literal["obey", "ignore"] = "obey"
    robots_reason: str | None = None
    """Why robots.txt is ignored (an agreement with the outlet, say); demanded with `robots: ignore`."""
    fetcher: Literal["plain", "browser"] = "plain"
    """`browser` where its pages are empty until their scripts ran: articles and lists are shown to Chromium first."""
    certificates: Literal["verify", "ignore"] = "verify"
    certificates_reason: str | None = None
    """Why its certificates are not verified (a chain it leaves incomplete, say); demanded with `certificates: ignore`."""
    first_round: Literal["backfill", "live"] = "backfill"
    """What the first crawl brings counts as the outlet's past and never alerts, unless `live`."""
    article_url: Pattern | None = None
    """What addresses of articles match (searched in path and query)."""
    not_article_url: Pattern | None = None
    """What addresses of other pages match; wins over `article_url`."""
    read: Read = Read()
    drop: tuple[XPath, ...] = ()
    """Elements that are never part of an article."""
    drop_lines: tuple[Pattern, ...] = ()
    """Lines that are never part of a body (searched from the line's start)."""
    aggregator: bool = False
    """It republishes others' articles: the original is looked for in the text ("Publié dans X le D")."""
    aliases: tuple[str, ...] = ()
    """Other names by which aggregators and agencies call it."""
    note: str | None = None
    """Where the facts in this file come from."""

    @model_validator(mode="after")
    def _reasons(self) -> Outlet:
        if self.robots == "ignore" and not self.robots_reason:
            raise ValueError("`robots: ignore` needs a `robots_reason`")
        if self.certificates == "ignore" and not self.certificates_reason:
            raise ValueError("`certificates: ignore` needs a `certificates_reason`")
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"unknown time zone {self.timezone!r}") from error
        return self

    @cached_property
    def all_hosts(self) -> frozenset[str]:
        """Every host (as `host` or `host:port`, lower case) that may be fetched."""
        return frozenset({*self.hosts, *(urlsplit(way.url).netloc.lower() for way in self.discover)})


def load_outlets(folder: Path) -> dict[str, Outlet]:
    """Every outlet below `folder`, by id, in alphabetical order. Raises ConfigError with all problems of all files."""
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder of outlets (MARSAD_OUTLETS)")
    outlets: dict[str, Outlet] = {}
    problems: list[str] = []
    for path in sorted(folder.rglob("*.yml"), key=lambda p: p.stem):
        try:
            if path.stem in outlets:
                raise ConfigError(f"{path}: a second outlet named {path.stem!r}; file names must differ")
            outlets[path.stem] = load_outlet(path)
        except ConfigError as error:
            problems.append(str(error))
    if problems:
        raise ConfigError("\n".join(problems))
    return outlets


def load_outlet(path: Path) -> Outlet:
    """The outlet of one file. Raises ConfigError."""
    return read_yaml(path, Outlet).model_copy(update={"id": path.stem})
