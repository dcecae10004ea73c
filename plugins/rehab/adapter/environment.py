"""What the theme's templates can use: our filters, and what a page may ask for by name.

In: a generator of Pelican's, whose environment is its own. Out: the same, its templates compiled our way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehab.adapter.build import bodies_of, build_of
from rehab.adapter.fill import Filler
from rehab.adapter.settings import root_of
from rehab.adapter.theme.quick import make_quick
from rehab.site import pages

if TYPE_CHECKING:
    from rehab.adapter.settings import Settings


def prepare_environment(generator: Any) -> None:  # noqa: ANN401 - Pelican has no types
    """Give a generator's templates our filters. Connected to `generator_init`, for each generator has its own."""
    settings: Settings = generator.settings
    generator.env.auto_reload = False  # no template changes while it is used
    generator.env.bytecode_cache = build_of(settings).compiled
    make_quick(generator.env, build_of(settings).notes)
    filler = Filler(generator.env, build_of(settings), root_of(settings), bodies_of(settings))
    generator.env.filters |= {"md": filler.inline, "prose": filler.block, "short": filler.short}
    generator.env.filters |= {"groups": pages.groups_of, "rows": pages.rows_of, "dose": pages.dose_words}
    generator.env.globals |= {
        "root": root_of(settings),
        "drawn": build_of(settings).drawn,
        "doses_charts": filler.charts,
    }
