"""Where the time of a build goes: CPU seconds of its stages, of its kinds of pages, and of its slowest pages.

In: marks at the ends of stages and the pages as they are written. Out: values to show. Exists only for builds that
were asked for it; a build without it does nothing here but look for the setting. Seconds are those of this process's
processor, so that others on the machine do not count; pictures, which are made in processes of their own, do not
either.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rehab.adapter.writer import CalmWriter

if TYPE_CHECKING:
    from rehab.adapter.settings import Settings

SETTING: Final = "REHAB_TIMINGS"
"""Where the settings of one run hold its timings, if it was asked for any."""


@dataclass(slots=True)
class Timings:
    """What one build took. `stages` add up to all that the process took; `pages` are seconds, template and file."""

    stages: dict[str, float] = field(default_factory=dict)
    pages: list[tuple[float, str, str]] = field(default_factory=list)
    last: float = 0.0

    def mark(self, stage: str) -> None:
        """End a stage: what has passed since the last mark, or since the process began, is its time."""
        now = time.process_time()
        self.stages[stage] = self.stages.get(stage, 0.0) + now - self.last
        self.last = now

    def kinds(self) -> list[tuple[str, int, float]]:
        """Return each template with the number of its pages and their seconds, the slowest first."""
        found: defaultdict[str, list[float]] = defaultdict(list)
        for seconds, template, _ in self.pages:
            found[template].append(seconds)
        return sorted(((name, len(each), sum(each)) for name, each in found.items()), key=lambda each: -each[2])

    def slowest(self, most: int) -> list[tuple[float, str]]:
        """Return the slowest pages by their files, slowest first."""
        return [(seconds, file) for seconds, _, file in sorted(self.pages, reverse=True)[:most]]


def mark(settings: Settings, stage: str) -> None:
    """End a stage of a build, where somebody asked for timings."""
    timings: Timings | None = settings.get(SETTING)
    if timings is not None:
        timings.mark(stage)


class TimedWriter(CalmWriter):
    """Our writer with a clock."""

    def write_file(self, name: str, template: Any, *words: Any, **more: Any) -> None:  # noqa: ANN401 - as Pelican calls it
        """Write one page, and keep what it took."""
        began = time.process_time()
        super().write_file(name, template, *words, **more)
        timings: Timings = self.settings[SETTING]
        timings.pages.append((time.process_time() - began, Path(str(template.name)).stem, name))
