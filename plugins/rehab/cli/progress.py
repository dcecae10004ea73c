"""A bar that shows how far long work is: on a terminal only, and only once work takes long.

In: how many of how many are done, again and again. Out: a line on the error stream that is redrawn, and gone at the
end.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FEW = 3
"""So many pictures are done before anybody has read a bar."""


@contextmanager
def picture_bar() -> Iterator[Callable[[int, int], None] | None]:
    """Give what is told how many of how many pictures are made, or None where nobody would see it."""
    if not sys.stderr.isatty() or find_spec("rich") is None:
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - 50 ms that only a terminal needs
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("making pictures", total=None, visible=False)

        def told(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total > FEW)

        yield told
