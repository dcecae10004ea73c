"""What Pelican and other plugins say in a run, as sentences, instead of on the terminal."""

from __future__ import annotations

import logging

from pelican.log import console


class Listener(logging.Handler):
    """Keeps what Pelican says from warnings upwards, each sentence once."""

    def __init__(self) -> None:
        """Listen from warnings upwards."""
        super().__init__(logging.WARNING)
        self.messages: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        cause = f": {record.exc_info[1]}" if record.exc_info and record.exc_info[1] else ""
        self.messages.setdefault(f"{record.getMessage()}{cause}")


def listen() -> Listener:
    """Silence Pelican's console and collect its messages instead."""
    console.quiet = True
    listener = Listener()
    root = logging.getLogger()
    root.handlers = [listener]
    root.setLevel(logging.WARNING)
    return listener
