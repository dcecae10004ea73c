"""What the commands share that bring in what readers sent: `rehab comments mail` and `rehab comments pull`.

In: messages, as the core read them. Out: files in the inbox, a report on the screen, an exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.cli.exits import ENVIRONMENT, OK
from rehab.cli.show import complain, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rehab.comments.arrivals import Arrival
    from rehab.comments.submitted import ThreadKnown


def read_threads(content: Path) -> Mapping[str, ThreadKnown]:
    """Return what is known of each thread of the site of a content folder."""
    from rehab.comments.inbox import read_held  # noqa: PLC0415 - `--help` needs none of it
    from rehab.comments.submitted import know_threads  # noqa: PLC0415 - as above
    from rehab.compile import compile_site  # noqa: PLC0415 - as above

    site, _ = compile_site(content, shown=False)
    held, _ = read_held(content)
    return know_threads({name: thread.state for name, thread in site.threads.items()}, held)


def bring_in(  # noqa: PLR0913 - what is brought in, where, and how it is told
    arrivals: Iterable[Arrival],
    threads: Mapping[str, ThreadKnown],
    content: Path,
    *,
    dry_run: bool,
    every: bool,
    notes: Iterable[str] = (),
) -> int:
    """Put what can be a comment into the inbox, say what became of every message, and return the exit code."""
    from rehab.comments.arrivals import render_arrivals, settle  # noqa: PLC0415 - as above
    from rehab.comments.inbox import INBOX  # noqa: PLC0415 - as above
    from rehab.comments.moves import Step, write_steps  # noqa: PLC0415 - as above
    from rehab.comments.store import FOLDER, comment_file, render_comment  # noqa: PLC0415 - as above

    settled = settle(arrivals, threads)
    steps: list[Step] = []
    for comment in (each.comment for each in settled if each.comment is not None):
        below = comment_file(content, comment.thread, comment.slug).relative_to(content / FOLDER).as_posix()
        steps.append(Step(None, None, f"{INBOX}/{below}", render_comment(comment).encode()))
    fault = "" if dry_run else write_steps(content, steps)[1]
    written = not dry_run and not fault
    say(render_arrivals(settled, written=written, every=every, notes=notes).rstrip("\n"))
    return complain(fault, ENVIRONMENT) if fault else OK
