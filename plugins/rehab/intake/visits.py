"""How often one address may ask, without an address being kept anywhere.

What is counted is an HMAC of the address. Its key is made of the server's secret and of a random salt that is thrown
away at the end of each UTC day; so what is in the file names nobody without the secret, and after midnight nobody at
all.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from rehab.intake.database import Connection

SPAN = 600
"""Seconds over which visits are counted."""
_MARK = 16


def count_visit(connection: Connection, secret: str, kind: str, address: str, now: dt.datetime) -> int:
    """Count a visit and return how many of its kind this is from its address in these ten minutes."""
    day = now.date().isoformat()
    mark = _mark(secret, _salt_of(connection, day), address)
    span = int(now.timestamp()) // SPAN
    found = connection.execute(
        "INSERT INTO visit (day, kind, mark, span, count) VALUES (?, ?, ?, ?, 1)"
        " ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count",
        (day, kind, mark, span),
    ).fetchone()
    return int(found[0])


def forget_visits(connection: Connection, now: dt.datetime) -> None:
    """Throw away what was counted on other days, with its salts."""
    day = now.date().isoformat()
    connection.execute("DELETE FROM salt WHERE day <> ?", (day,))
    connection.execute("DELETE FROM visit WHERE day <> ? OR span < ?", (day, int(now.timestamp()) // SPAN))


def _salt_of(connection: Connection, day: str) -> bytes:
    found = connection.execute("SELECT salt FROM salt WHERE day = ?", (day,)).fetchone()
    if found:
        return bytes(found[0])
    salt = secrets.token_bytes(32)
    connection.execute("DELETE FROM salt")
    connection.execute("DELETE FROM visit WHERE day <> ?", (day,))
    connection.execute("INSERT INTO salt (day, salt) VALUES (?, ?)", (day, salt))
    return salt


def _mark(secret: str, salt: bytes, address: str) -> bytes:
    key = hashlib.sha256(b"visits\0" + salt + secret.encode()).digest()
    return hmac.digest(key, network_of(address).encode(), "sha256")[:_MARK]


def network_of(address: str) -> str:
    """Return the address, or for IPv6 the /64 network that one household has all of."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
