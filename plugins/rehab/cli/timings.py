"""The table that `rehab html --timings` shows: stages, kinds of pages, and the slowest pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.cli.show import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.adapter.timings import Timings

SLOWEST = 10


def render_timings(timings: Timings) -> Iterator[str]:
    """Yield the lines of the table, in CPU seconds."""
    whole = sum(timings.stages.values())
    yield f"CPU seconds: {whole:.2f}"
    for stage, seconds in timings.stages.items():
        yield f"{seconds:8.2f} {seconds / whole:5.0%}  {stage}"
    yield "Templates whose pages took longest:"
    for name, count, seconds in timings.kinds()[:SLOWEST]:
        each = f"{counted(count, 'page')}, {seconds / count * 1000:.1f} ms each"
        yield f"{seconds:8.2f} {seconds / whole:5.0%}  {name}: {each}"
    yield "Slowest pages:"
    for seconds, file in timings.slowest(SLOWEST):
        yield f"{seconds * 1000:8.0f} ms     {file}"
