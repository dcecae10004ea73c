"""`rehab comments bench-spam`: how well the spam score would have done on a moderation history."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehab.cli.exits import CONFIGURATION, OK
from rehab.cli.show import complain, counted, say
from rehab.source.fault import reason_of

if TYPE_CHECKING:
    from rehab.comments.spam.bench import Marks

_MOST_NAMED = 5


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object instead of sentences.")
def bench_spam(file: Path, as_json: bool) -> int:  # noqa: FBT001 - click passes names
    """Measure the chance of spam on a moderation history.

    FILE has one JSON object a line with `date`, `slug`, `name`, `url`, `message` and `accepted` (true or false). They
    are learnt in order of time, from nothing; each is scored before it is learnt.
    """
    from rehab.comments.spam.bench import replay  # noqa: PLC0415 - `--help` needs none of it
    from rehab.comments.spam.history import parse_history  # noqa: PLC0415 - as above

    try:
        with file.open("rb") as lines:
            decisions, faults = parse_history(lines)
    except OSError as fault:
        return complain(f"'{file}' cannot be read: {reason_of(fault)}", CONFIGURATION)
    _name(faults)
    if not decisions:
        return complain(f"'{file}' holds no decision: one JSON object a line is expected", CONFIGURATION)
    began = time.perf_counter()
    marks = replay(decisions)
    seconds = time.perf_counter() - began
    say(_as_json(marks, len(faults), seconds) if as_json else _sentences(marks, seconds))
    return OK


def _name(faults: tuple[str, ...]) -> None:
    for fault in faults[:_MOST_NAMED]:
        say(f"note: {fault}", to=sys.stderr)
    if faults:
        say(f"note: {counted(len(faults), 'line')} left out", to=sys.stderr)


def _as_json(marks: Marks, left_out: int, seconds: float) -> str:
    return json.dumps(
        {
            "comments": marks.ham + marks.spam,
            "ham": marks.ham,
            "spam": marks.spam,
            "auc": marks.area,
            "recall_at_1_percent_held": marks.recall,
            "seconds": round(seconds, 3),
            "lines_left_out": left_out,
        }
    )


def _sentences(marks: Marks, seconds: float) -> str:
    total = marks.ham + marks.spam
    return "\n".join(
        [
            f"{counted(total, 'comment')}: {marks.ham} accepted, {marks.spam} spam",
            f"AUC {_number(marks.area)}",
            f"recall {_number(marks.recall)} of spam where 1 % of the accepted are held",
            f"{seconds:.1f} s, {total / max(seconds, 1e-9):.0f} comments a second",
        ]
    )


def _number(value: float | None) -> str:
    return "not known: one of the two kinds is missing" if value is None else f"{value:.4f}"
