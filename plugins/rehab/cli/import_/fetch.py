"""Fetching the old pictures of an import, where the author asks for it: http and https, public addresses, bounded.

Each name is resolved once and the connection goes to that very address, so that no name means another machine a
moment later. Nothing private is asked (this machine, the network at home), also not by way of a redirect.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from rehab.authoring.import_posts.letters import safe_address
from rehab.authoring.import_posts.pictures import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of one picture."""
ALTOGETHER: Final = 2 * 1024 * 1024 * 1024
MOST: Final = 5_000
_WAIT_S: Final = 10
_WHOLE_S: Final = 60
_HOPS: Final = 4
_MOVED: Final = {301, 302, 303, 307, 308}
_OK: Final = 200
_TYPES: Final = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/avif": ".avif",
}  # fmt: skip

IsPublic: TypeAlias = Callable[[str], bool]


class _Answer(Struct, frozen=True):
    """What a server gave: the bytes of a picture and its ending, where to ask instead, or why nothing came of it."""

    data: bytes = b""
    ending: str = ""
    moved: str = ""
    fault: str = ""


def is_public(address: str) -> bool:
    """Tell whether an internet address is one of the whole world's: not this machine, not a network at home."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (mapped is None or mapped.is_global)


def fetch_pictures(
    addresses: Sequence[str], folder: Path, is_allowed: IsPublic = is_public
) -> Iterator[tuple[str, Path | None, str]]:
    """Yield each address with the file that it was saved to, or why there is none, in order."""
    left = ALTOGETHER
    for number, address in enumerate(addresses):
        if number >= MOST or left <= 0:
            yield address, None, "was not fetched: there are too many pictures for one import"
            continue
        answer = _follow(address, is_allowed)
        if answer.fault:
            yield address, None, answer.fault
            continue
        left -= len(answer.data)
        # The name is the old one as far as it is a name, and the same on each run.
        last = urlsplit(address).path.rpartition("/")[2]
        stem = "".join(letter for letter in last.rpartition(".")[0] or last if letter.isalnum() or letter in "-_")[:60]
        digest = hashlib.sha256(address.encode()).hexdigest()[:8]
        file = folder / digest / f"{stem or 'picture'}{answer.ending}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(answer.data)
        yield address, file, ""


def _follow(address: str, is_allowed: IsPublic) -> _Answer:
    until = time.monotonic() + _WHOLE_S
    for _ in range(_HOPS):
        try:
            answer = _ask(address, until, is_allowed)
        except (OSError, http.client.HTTPException, ValueError, UnicodeError) as wrong:
            return _Answer(fault=f"could not be fetched: {str(wrong)[:80] or type(wrong).__name__}")
        if not answer.moved:
            return answer
        address = urljoin(address, answer.moved)
    return _Answer(fault="was not fetched: it is moved on and on")


def _ask(address: str, until: float, is_allowed: IsPublic) -> _Answer:
    parts = urlsplit(safe_address(address))
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        return _Answer(fault="was not fetched: it is no address on the web")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = [str(each[4][0]) for each in found]
    if not numbers or not all(is_allowed(number) for number in numbers):
        return _Answer(fault="was not fetched: it leads to a private address")
    raw = socket.create_connection((numbers[0], port), timeout=_WAIT_S)
    try:
        stream = raw
        if parts.scheme == "https":
            stream = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=_WAIT_S)
        connection.sock = stream
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("GET", path, headers={"Accept": "image/*", "User-Agent": "comeback-import"})
        return _read(connection.getresponse(), until)
    finally:
        raw.close()


def _read(response: http.client.HTTPResponse, until: float) -> _Answer:
    if response.status in _MOVED and response.getheader("Location"):
        return _Answer(moved=response.getheader("Location", ""))
    if response.status != _OK:
        return _Answer(fault=f"was not fetched: the server says {response.status}")
    ending = _TYPES.get((response.getheader("Content-Type") or "").partition(";")[0].strip().lower(), "")
    if ending not in SUFFIXES:
        return _Answer(fault="was not fetched: the server says that it is no picture")
    data = bytearray()
    while chunk := response.read1(1 << 16):
        data += chunk
        if len(data) > LARGEST:
            return _Answer(fault=f"was not fetched: it has more than {LARGEST >> 20} MB")
        if time.monotonic() > until:
            return _Answer(fault=f"was not fetched: it took more than {_WHOLE_S} s")
    return _Answer(data=bytes(data), ending=ending)
