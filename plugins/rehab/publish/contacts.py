"""Bytes of a file → the addresses in them of people, and of machines that no reader reaches.

In: the bytes of one file. Out: addresses as they stand there, each once. Whose they are is asked elsewhere.
"""

from __future__ import annotations

import re
from typing import Final

# Each begins with letters that are rare, so that a page is searched in no time.
_LOCAL: Final = re.compile(
    rb"//(?:localhost(?![A-Za-z0-9.-])|127\.\d|0\.0\.0\.0|\[::1\]|192\.168\.|10\.\d+\.\d+\.\d|host\.docker\.internal)[^\s\"'<>)]*"
    rb"|file://[^\s\"'<>)]*"
)
_AT_HOST: Final = re.compile(rb"@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}\b")
_NAME: Final = re.compile(rb"[A-Za-z0-9._%+-]{1,64}\Z")


def find_mails(data: bytes) -> tuple[str, ...]:
    """Return each e-mail address in some bytes, once."""
    found: dict[str, None] = {}
    for host in _AT_HOST.finditer(data):
        if name := _NAME.search(data[max(0, host.start() - 64) : host.start()]):
            found[(name[0] + host[0]).decode("ascii")] = None
    return tuple(found)


def find_local(data: bytes) -> tuple[str, ...]:
    """Return each address in some bytes that leads to a machine which no reader reaches, once."""
    return tuple(dict.fromkeys(map(_whole, _LOCAL.finditer(data))))


def _whole(match: re.Match[bytes]) -> str:
    """Return an address with its scheme, where one stands before it."""
    scheme = next(
        (
            each
            for each in (b"https:", b"http:")
            if match.string[max(0, match.start() - 6) : match.start()].endswith(each)
        ),
        b"",
    )
    return (scheme + match[0]).decode("utf-8", "replace")
