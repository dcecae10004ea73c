"""What is done between requests: approvals brought to their end, mails sent, and what nobody may keep thrown away."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from typing import TYPE_CHECKING, Final

from rehab.intake.decisions import repair
from rehab.intake.notices import CONFIRM_DAYS
from rehab.intake.outbox import DAYS, send_due
from rehab.intake.visits import forget_visits

if TYPE_CHECKING:
    from rehab.intake.desk import Desk

PAUSE: Final = 30.0
"""Seconds between rounds."""
REJECTED_DAYS: Final = dt.timedelta(days=30)
"""For how long what was rejected can be restored."""


def run_once(desk: Desk) -> None:
    """Do everything that is to be done now."""
    desk.work.clear()
    repair(desk)
    send_due(desk)
    tidy(desk)
    desk.chances.learn()


def tidy(desk: Desk) -> None:
    """Throw away what has had its time: rejected words, unconfirmed addresses, old mails, visits and logins."""
    with desk.database.writing() as connection:
        forget_visits(connection, desk.clock())
        for statement, before in (
            (
                "UPDATE submission SET text = '', said = '' WHERE state = 'rejected' AND text <> '' AND decided < ?",
                REJECTED_DAYS,
            ),
            ("DELETE FROM reader WHERE state = 'sent' AND since < ?", CONFIRM_DAYS),
            ("DELETE FROM outbox WHERE since < ?", DAYS),
            ("DELETE FROM login WHERE until < ?", dt.timedelta()),
        ):
            connection.execute(statement, (desk.ago(before),))
    desk.database.forget()


class Errands(threading.Thread):
    """Runs the errands until it is told to stop; a round that fails is logged and does not end it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(name="errands", daemon=True)
        self._desk, self._ended = desk, threading.Event()

    def run(self) -> None:
        """Go round after round: when there is work, and every half minute."""
        while not self._ended.is_set():
            try:
                run_once(self._desk)
            except Exception as wrong:  # noqa: BLE001 - whatever fails in one round, the next must come
                logging.getLogger(__name__).warning("errands failed and are tried again: %s", type(wrong).__name__)
            self._desk.work.wait(PAUSE)

    def stop(self) -> None:
        """Let the round that runs end, and no other begin."""
        self._ended.set()
        self._desk.work.set()
        self.join(timeout=5)
