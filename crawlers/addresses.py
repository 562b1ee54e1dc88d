"""An address in, whether it may be asked for out: the outlet's own hosts, and never a private network, before and after DNS."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit, urlunsplit

from config.outlet import Outlet


def on_outlet(outlet: Outlet, url: str) -> str | None:
    """The address on a host of the outlet: as it is, or with or without `www.` where only that host is the outlet's;
    None for any other address."""
    parts = urlsplit(url)
    host = parts.netloc.lower().removesuffix(":443" if parts.scheme == "https" else ":80")
    if parts.scheme not in ("http", "https") or "@" in host:
        return None
    for variant in (host, f"www.{host}", host.removeprefix("www.")):
        if variant in outlet.all_hosts:
            return urlunsplit(parts._replace(netloc=variant))
    return None


def refuse(outlet: Outlet, url: str) -> str | None:
    """Why an address is not asked for: off_outlet or private_address; None where it may be.

    A host's twin with or without `www.` is the same site: sites redirect from one to the other.
    """
    parts = urlsplit(url)
    host = parts.netloc.lower()
    if parts.scheme not in ("http", "https") or not {host, f"www.{host}", host.removeprefix("www.")} & outlet.all_hosts:
        return "off_outlet"
    return "private_address" if not outlet.local and is_private(parts.hostname or "") else None


def is_private(host: str) -> bool:
    """Whether a numeric address is anything but one of the open internet; False for names, which DNS resolves later."""
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    inner = getattr(address, "ipv4_mapped", None)
    return not (inner or address).is_global or address.is_multicast
