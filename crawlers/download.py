"""An address in, the Answer out, by Scrapy's download handlers: pooled connections, decompression and all limits are theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from scrapy import Request

from config.outlet import Outlet
from config.settings import Settings
from crawlers.answer import Answer
from crawlers.reasons import as_download_error

SECONDS: Final = 30.0
"""For one response, from connecting to its last byte: a server that drips is given up."""


def scrapy_settings(outlet: Outlet, on: Settings) -> dict[str, Any]:
    """What Scrapy is told. Delays, robots.txt, redirects and retries are ours (crawlers.fetcher): kept in the store, they
    hold across restarts, which Scrapy's do not."""
    return {
        "USER_AGENT": on.user_agent, "LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False,
        # New in 2.19 and on by default: a local server that runs what it is sent.
        "REMOTE_CONTROL_ENABLED": False,
        "ROBOTSTXT_OBEY": False, "REDIRECT_ENABLED": False, "RETRY_ENABLED": False, "COOKIES_ENABLED": False,
        "METAREFRESH_ENABLED": False, "HTTPPROXY_ENABLED": not outlet.local, "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_TIMEOUT": SECONDS, "DOWNLOAD_MAXSIZE": on.max_page_bytes, "DOWNLOAD_WARNSIZE": 0,
        # Off in Scrapy 2.19 by default: whoever stands between could put words into an outlet's mouth.
        "DOWNLOAD_VERIFY_CERTIFICATES": outlet.certificates == "verify",
        "DNS_TIMEOUT": 15, "STATS_DUMP": False,
        "DEFAULT_REQUEST_HEADERS": {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                                    "Accept-Language": f"{outlet.language},*;q=0.5"},
        **({} if outlet.local else {"TWISTED_DNS_RESOLVER": "crawlers.resolver.PublicResolver"}),
    }


class ScrapyDownload:
    """Asks through the engine of a running Scrapy crawler."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler

    async def __call__(self, url: str, headers: Mapping[str, str], seconds: float, most: int) -> Answer:
        """The answer to one request. Raises DownloadError."""
        request = Request(url, headers=dict(headers), dont_filter=True,
                          meta={"download_timeout": min(seconds, SECONDS), "download_maxsize": most})
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:
            raise as_download_error(error) from error
        headers = {name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
                   for name, values in response.headers.items()}
        return Answer(response.url, response.status, headers, response.body)
