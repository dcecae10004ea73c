"""Whether a site's address is one that readers can reach: https, a real host, nothing behind it."""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import urlsplit

EXAMPLES: Final = ("example", "example.com", "example.org", "example.net")
"""Names that are kept for examples (RFC 2606); nobody's site is there."""
_LOCAL: Final = ("localhost", "local", "localdomain", "internal", "test", "invalid", "lan", "home.arpa")


def address_fault(url: str) -> str | None:
    """Return why nothing can be published at an address, as a sentence, or None."""
    hint = "write the address of your site into publishconf.py, as https://my-site.net"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return f"SITEURL is '{url}', which is no address: {hint}"
    if parts.scheme != "https" or not host:
        return f"SITEURL is '{url}' and must begin with https://: {hint}"
    if _is_local(host) or port not in {None, 443}:
        return f"SITEURL is '{url}', which only a machine of yours can reach: {hint}"
    if parts.username or parts.password or parts.query or parts.fragment or url != url.strip() or url.endswith("/"):
        return f"SITEURL is '{url}': leave out names, questions and a slash at the end: {hint}"
    return None


def is_example(url: str) -> bool:
    """Tell whether an address is one of those that are kept for examples."""
    host = urlsplit(url).hostname or ""
    return any(host == name or host.endswith(f".{name}") for name in EXAMPLES)


def _is_local(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or any(host == name or host.endswith(f".{name}") for name in _LOCAL)
    return True
