"""Waitress around the application: one process, some threads, and an end on SIGTERM that loses nothing."""

from __future__ import annotations

import logging
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn
from urllib.parse import urlsplit

from waitress.server import create_server

from rehab.intake.app import create_app
from rehab.intake.errands import Errands

try:
    import fcntl
except ImportError:  # Windows has other locks, and this server is for others
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import FrameType

    from rehab.intake.desk import Desk

THREADS: Final = 8
CONNECTIONS: Final = 800
"""Open at once: below the 1,024 files that a process may usually have, with room for the database."""
BACKLOG: Final = 1024
"""Connections that wait to be opened."""
IDLE_SECONDS: Final = 20
LONGEST_HEADERS: Final = 16 * 1024
"""Bytes: browsers send about 1 kB, and our session cookie is small."""
LONGEST_BODY: Final = 2 * 1024 * 1024
"""Bytes that are taken in before the application refuses what is more than 64 kB, with a page that says so."""
IN_MEMORY: Final = 128 * 1024
"""Bytes of a body that are held in memory; the rest goes to a temporary file."""


class AlreadyRunningError(Exception):
    """Another server has this database."""


def serve(desk: Desk, host: str, port: int, ready: Callable[[int], None]) -> None:
    """Serve until SIGTERM or Ctrl-C. `ready` is told the port when requests are taken.

    Raises OSError where the port cannot be had, and AlreadyRunningError where another server has the database.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of each request that waits for a thread
    with _alone(desk.settings.database.with_name("lock")):
        server = create_server(create_app(desk), **_options(desk, host, port))
        errands = Errands(desk)
        desk.threads.look()  # so that no reader waits for the first look
        signal.signal(signal.SIGTERM, _leave)
        errands.start()
        ready(int(server.effective_port))
        try:
            server.run()  # ends by itself on SystemExit and KeyboardInterrupt, after what is under way
        finally:
            server.close()
            errands.stop()
            desk.database.close()


def _options(desk: Desk, host: str, port: int) -> dict[str, object]:
    proxy = desk.settings.trusted_proxy
    trusted = {"trusted_proxy": proxy, "trusted_proxy_count": 1, "trusted_proxy_headers": "x-forwarded-for"}
    return {
        "host": host,
        "port": port,
        "threads": THREADS,
        "connection_limit": CONNECTIONS,
        "backlog": BACKLOG,
        "channel_timeout": IDLE_SECONDS,
        "cleanup_interval": 5,
        "max_request_header_size": LONGEST_HEADERS,
        "max_request_body_size": LONGEST_BODY,
        "inbuf_overflow": IN_MEMORY,
        "asyncore_use_poll": True,  # select() knows no file beyond the 1,024th
        "clear_untrusted_proxy_headers": True,
        "ident": None,
        "log_socket_errors": False,
        "url_prefix": urlsplit(desk.settings.url).path,
        **(trusted if proxy else {}),
    }


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    sys.exit(0)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Hold a lock that ends with this process, however it ends: two servers would decide the same things twice."""
    with file.open("w", encoding="utf-8") as stream:
        if fcntl is not None:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise AlreadyRunningError from None
        yield
