"""Everything that a running server has at hand, in one value."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehab.intake.chances import Chances
    from rehab.intake.database import Database
    from rehab.intake.settings import Settings
    from rehab.intake.threads import Threads
    from rehab.intake.tokens import Tokens


def utc_now() -> dt.datetime:
    """Return the moment, in UTC and whole seconds."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def stamp(moment: dt.datetime) -> str:
    """Return a moment as the database holds it, so that later is greater: `2026-11-21T08:30:00Z`."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Desk(Struct, frozen=True, kw_only=True):
    """What the pages, the decisions and the mails need. `publishing` lets one decision at a time touch files."""

    settings: Settings
    secret: str
    password_hash: str
    database: Database
    threads: Threads
    tokens: Tokens
    chances: Chances
    clock: Callable[[], dt.datetime] = utc_now
    publishing: threading.Lock = field(default_factory=threading.Lock)
    work: threading.Event = field(default_factory=threading.Event)
    """Set where there is something to send."""

    @property
    def now(self) -> str:
        """Return the moment as the database holds it."""
        return stamp(self.clock())

    def ago(self, time: dt.timedelta) -> str:
        """Return the moment so long ago as the database holds it."""
        return stamp(self.clock() - time)
