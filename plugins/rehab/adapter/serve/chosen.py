"""Settings that were saved, shown by the process that is there: it need not load anything, read anything or link it.

In: the generators of the last build, and settings as they were and as they are. Out: the same generators, which know
the new ones. That is done only where nothing differs but what is asked for while a page is written; all else is left to
the process that follows, which builds the whole site from the settings alone. A function that a settings file defines
is another one each time the file is read, so it is left to that process, too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from rehab.adapter.settings import complete_settings, options_of
from rehab.adapter.settings_faults import check_settings
from rehab.adapter.settings_file import read_anew

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.adapter.generator import RehabGenerator
    from rehab.adapter.settings import Settings

OF_PAGES: Final = frozenset(
    {
        "DEFAULT_PAGINATION",
        "DISPLAY_CATEGORIES_ON_MENU",
        "DISPLAY_PAGES_ON_MENU",
        "LINKS",
        "MENUITEMS",
        "REHAB_AT_HOME",
        "REHAB_COMMENTS_FORM",
        "REHAB_COMMENTS_MAIL",
        "REHAB_IDENTICON_KEY",
        "REHAB_PER_PAGE",
        "SITENAME",
        "SITESUBTITLE",
        "SOCIAL",
    }
)
"""Settings that nobody asks for before pages are written. Links, addresses, texts and pictures are without them."""


def read_chosen(settings_file: Path) -> Settings:
    """Return all settings as a file has them. Raises what running it raises, and ValueError where one is wrong."""
    settings = read_anew(settings_file)
    complete_settings(settings)
    check_settings(settings)
    return settings


def take_settings(ours: RehabGenerator, before: Settings, now: Settings) -> bool:
    """Have a build's generators know settings that changed, and return whether they can; then `before` has them, too.

    They share the settings and the context. Anything else that was made of settings stays as it was.
    """
    changed = {name for name in before.keys() | now.keys() if _differs(before, now, name)}
    if not changed <= OF_PAGES:
        return False
    for known in (before, ours.settings, ours.context):
        for name in changed:
            known.pop(name, None)
        known |= {name: now[name] for name in changed if name in now}
    build = ours.build
    build.forget_last()
    build.site = replace(build.site, options=options_of(ours.settings))
    ours.show_to_templates(ours.context["styles"])
    return True


def _differs(before: Settings, now: Settings, name: str) -> bool:
    missing: Any = object()
    return bool(before.get(name, missing) != now.get(name, missing))
