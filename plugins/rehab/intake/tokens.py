"""Signed links: who has one may do the one thing that it says, until a day.

In: what a link says, as a small table. Out: letters for an address, and back. A token of one purpose never works for
another. That it works once only is the state of what it names: a comment that is decided is decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

LONGEST: Final = 1000
"""Characters of a token that are looked at: ours have about 120."""


class Tokens:
    """Makes and reads the tokens of one server."""

    def __init__(self, secret: str, clock: Callable[[], dt.datetime]) -> None:
        class Clocked(TimestampSigner):
            """Signs with the moment that the server's clock says."""

            def get_timestamp(self) -> int:
                return int(clock().timestamp())

        self._secret, self._signer = secret, Clocked

    def _serializer(self, purpose: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._secret, salt=f"rehab.intake.{purpose}", signer=self._signer)

    def render(self, purpose: str, said: dict[str, Any]) -> str:
        """Return a token that says something."""
        return str(self._serializer(purpose).dumps(said))

    def parse(
        self, purpose: str, token: str, max_age: dt.timedelta | None = None
    ) -> dict[str, Any] | Literal["expired", "forged"]:
        """Return what a token says, or why it counts for nothing."""
        seconds = None if max_age is None else int(max_age.total_seconds())
        try:
            said = self._serializer(purpose).loads(token[:LONGEST], max_age=seconds)
        except SignatureExpired:
            return "expired"
        except BadData:
            return "forged"
        return said if isinstance(said, dict) else "forged"
