"""Links that somebody pays for, marked in the HTML of a text: a word that readers see, and `rel` for machines.

In: HTML, and the hosts whose links are paid for. Out: the same HTML, in which each link to such a host, or to one below
it, and each link that its author has given `rel="sponsored"`, says "Advertisement" behind it. Every link is looked at,
so none of a host that is named once can be missed.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

AD: Final = "Advertisement"

_LINK = re.compile(r"""<a\b((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>|</a\s*>""", re.IGNORECASE)
_HREF = re.compile(r"""\shref=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_REL = re.compile(r"""\srel=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_SPONSORED: Final = "sponsored"
_SAID: Final = f' <span class="ad">{AD}</span>'


def mark_paid(html: str, hosts: Iterable[str]) -> str:
    """Return HTML with every paid link marked. A host is written without `https://` and without a path."""
    known = tuple(plain_host(host) for host in hosts if plain_host(host))
    if "<a" not in html or not (known or _SPONSORED in html):
        return html
    parts: list[str] = []
    at, open_ = 0, False
    for tag in _LINK.finditer(html):
        paid = tag[1] is not None and _is_marked(tag[1], known)
        parts += (html[at : tag.start()], _with_rel(tag[1]) if paid else tag[0], _SAID if open_ and not paid else "")
        at, open_ = tag.end(), paid
    return "".join((*parts, html[at:]))


def plain_host(host: str) -> str:
    """Return a host in small letters, without what people write around it; "" where it is none.

    `https://www.shop.example/shoes` is `shop.example`.
    """
    bare = host.strip().casefold()
    try:
        named = urlsplit(bare if "//" in bare else f"//{bare}").hostname or ""
    except ValueError:
        return ""
    return named.removeprefix("www.").rstrip(".")


def is_paid(url: str, hosts: Iterable[str]) -> bool:
    """Return whether an address is at one of the hosts, or below it. An address that cannot be read is not."""
    try:
        host = (urlsplit(url.strip()).hostname or "").casefold().rstrip(".")
    except ValueError:
        return False
    return any(host == each or host.endswith(f".{each}") for each in hosts)


def _is_marked(attributes: str, hosts: tuple[str, ...]) -> bool:
    return _SPONSORED in _first(_REL, attributes).split() or is_paid(unescape(_first(_HREF, attributes)), hosts)


def _with_rel(attributes: str) -> str:
    rels = " ".join(dict.fromkeys((*_first(_REL, attributes).split(), _SPONSORED, "noopener")))
    return f'<a{_REL.sub("", attributes)} rel="{rels}">'


def _first(pattern: re.Pattern[str], attributes: str) -> str:
    found = pattern.search(attributes)
    return (found[1] or found[2] or "") if found else ""
