"""A host's name in, an address of the open internet out: what DNS says is checked before anything connects to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawlers.addresses import is_private


class PublicResolver(CachingThreadedResolver):
    """Resolves names to addresses of the open internet only: the address checked is the one connected to, so that no second
    answer of the DNS can lead elsewhere."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        """The address. Fails with DNSLookupError where it is private."""
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(_checked, name)


def _checked(address: Any, name: str) -> str:
    if is_private(str(address)):
        raise DNSLookupError(f"{name} leads to the private address {address}")
    return str(address)
