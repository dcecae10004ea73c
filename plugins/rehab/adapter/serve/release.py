"""What a build leaves in memory and nobody needs, let go: a process that stays would hold it for ever.

In: the generators of a build that is over. Out: nothing of them, nor of what Pelican keeps for the life of a process.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pelican.contents import Content
from pelican.log import LimitFilter
from pelican.utils import memoized

from rehab.adapter.build import build_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def release(generators: Sequence[Any]) -> None:
    """Take generators apart that nobody will use again, and their site.

    They are part of circles, and so are the contexts of pages, which know all of this by name; only a long search finds
    what is in circles. So they are emptied, and little is left to be found.
    """
    build = build_of(generators[0].settings) if generators else None
    if build:
        vars(build.drawn).clear()
        for gone in (build.linked, build.site, build):
            empty(gone)
    for generator in generators:
        contents = generator.context.get("generated_content", {})
        held = [each for each in vars(generator).values() if isinstance(each, list | dict)]
        for each in (*map(vars, filter(None, contents.values())), contents, *held, vars(generator.env)):
            each.clear()
        vars(generator).clear()


def empty(gone: Any) -> None:  # noqa: ANN401 - any dataclass
    """Take everything from a value that nobody reads any more: who still names it holds nothing else."""
    for each in dataclasses.fields(gone):
        object.__setattr__(gone, each.name, None)


def forget() -> None:
    """Empty what Pelican keeps for the life of a process: contents that it looked up, sentences that it has said."""
    for each in vars(Content).values():
        if isinstance(each, memoized):
            each.cache.clear()
    LimitFilter._raised_messages.clear()  # noqa: SLF001 - nothing else empties it
    LimitFilter._group_count = defaultdict(int)  # noqa: SLF001 - as above
