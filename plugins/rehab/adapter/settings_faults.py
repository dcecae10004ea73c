"""Settings, complete → nothing, or the one sentence that lets somebody mend them.

Pelican takes whatever a settings file says and stumbles over it far away, in words of its own: a time zone that does
not exist is found when the first page is made. So what our readers of settings rely on is asked here, before anything
is read. Lists that Pelican checks itself (`PLUGINS`, `STATIC_PATHS`) are left to it. A settings file is a program as
well: where running it fails, the sentence begins with the file and the line.
"""

from __future__ import annotations

import datetime as dt
import traceback
from importlib.util import find_spec
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from markdown import Markdown

from rehab.adapter.build import KEY
from rehab.adapter.left import SETTING as LEFT
from rehab.adapter.names import INSIDE, fault_of, folders_of
from rehab.adapter.pictures import PROGRESS
from rehab.adapter.settings import CHOICES, DEFAULTS, FUTURE, HEED, KINDS, KNOWN
from rehab.adapter.text.bodies import OWN
from rehab.adapter.timings import SETTING as TIMINGS
from rehab.adapter.writer import LINKED
from rehab.model.nearest import near, use
from rehab.model.shapes import FILE_OF_SITE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rehab.adapter.settings import Settings

PATTERNS = {
    **{f"{kind}_URL": ("slug",) for kind in (*KINDS, *CHOICES)},
    "PHOTO_URL": ("gallery", "slug"),
    "ARTICLE_URL": ("slug",),
    "ARTICLE_LANG_URL": ("slug", "lang"),
    "DRAFT_URL": ("slug",),
    "PAGE_URL": ("slug",),
}
"""Addresses that the core makes too, for links: it knows these names in braces and no others, so no dates."""

FILES = (
    "ARTICLE_SAVE_AS",
    "DRAFT_SAVE_AS",
    "PAGE_SAVE_AS",
    "DRAFT_PAGE_SAVE_AS",
    *(f"{kind}_SAVE_AS" for kind in KINDS),
)
NAMES = ("slug", "lang", "date", "category", "author", "path", "gallery")
"""What Pelican puts into the names of files."""


_TEMPLATES = ("exercise.html", "parts/bib.html")
"""Templates that no theme for other sites has."""


class Rule(NamedTuple):
    """What a setting must be: a test, and what to write where it is something else."""

    name: str
    fits: Callable[[Any], bool]
    advice: str


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_texts(value: object) -> bool:
    return isinstance(value, list | tuple | set | frozenset) and all(isinstance(each, str) for each in value)


def _is_day(value: object) -> bool:
    try:
        return value is None or bool(dt.date.fromisoformat(str(value)))
    except ValueError:
        return False


RULES = (
    Rule("SITENAME", _is_text, 'write the name of the blog, as "My knee"'),
    Rule("DEFAULT_PAGINATION", lambda value: value in (False, 0) or _is_count(value), "write a number such as 12"),
    Rule("REHAB_CACHE", _is_text, 'write the name of a folder, as ".cache"'),
    Rule("REHAB_TODAY", _is_day, 'write a day, as "2026-12-24"'),
    Rule(
        "REHAB_IMAGE_WIDTHS",
        lambda value: isinstance(value, list | tuple) and bool(value) and all(map(_is_count, value)),
        "write widths in pixels, as (360, 720)",
    ),
    Rule("REHAB_IMAGE_WORKERS", _is_count, "write a number, 1 or more"),
    Rule("REHAB_PER_PAGE", _is_count, "write a number, 1 or more"),
    Rule("REHAB_PAID_HOSTS", _is_texts, 'write a list, as ["shop.example"]'),
    Rule("REHAB_AT_HOME", _is_texts, 'write a list, as ["chair", "wall"]'),
    Rule(
        "REHAB_REDIRECTS",
        lambda value: isinstance(value, dict),
        'write old addresses and new ones, as {"/old/": "/posts/new/"}',
    ),
)


OUR_OWN = (KEY, LEFT, PROGRESS, FUTURE, KNOWN, HEED, TIMINGS, LINKED)
"""What a run keeps among its settings, and no file says."""

SAID_BY_PELICAN = {
    "You need to specify a path containing the content": "there is no content folder: make it, or let PATH name it",
    "Could not find the theme": "there is no such theme: let THEME name its folder",
}
"""Sentences of Pelican's, by how they begin, in words that say what to do."""


def check_settings(settings: Settings) -> None:
    """Raise ValueError for the first setting that no site can be built with, or that nothing reads."""
    for name in settings:
        if name.startswith("REHAB_") and name not in DEFAULTS and name not in OUR_OWN:
            hint = use(near(name, tuple(DEFAULTS)).words) or "docs/reference/settings.md has all of them"
            raise ValueError(f"there is no setting {name}: {hint}")
    for rule in RULES:
        if not rule.fits(settings[rule.name]):
            raise ValueError(f"{rule.name} is {settings[rule.name]!r}: {rule.advice}")
    _check_zone(str(settings.get("TIMEZONE", "UTC")))
    for name, known in PATTERNS.items():
        pattern = str(settings[name])
        _check_pattern(name, pattern, known)
        if "{slug}" not in pattern:
            raise ValueError(f"{name} is {pattern!r}: put {{slug}} into it, or all these pages have one address")
    for name in FILES:
        _check_pattern(name, str(settings[name]), NAMES)
    folders = folders_of(settings)
    for name in settings:
        if name.endswith(INSIDE) and settings[name]:
            _check_inside(name, str(settings[name]), folders)
    overrides = map(Path, settings["THEME_TEMPLATES_OVERRIDES"])
    _check_theme((*overrides, Path(settings["THEME"]) / "templates"), Path(settings["THEME"]).name)
    _check_extensions(settings["MARKDOWN"].get("extensions"))
    _check_folders(Path(settings["PATH"]).resolve(), Path(settings["OUTPUT_PATH"]).resolve())


def words_of_settings(error: Exception, settings_file: Path) -> str:
    """Return why settings lead to no site, after the file and line that failed where they are programs that did."""
    said = (error.msg if isinstance(error, SyntaxError) else str(error)) or type(error).__name__
    known = next((words for start, words in SAID_BY_PELICAN.items() if said.startswith(start)), said)
    return f"the settings lead to no site: {_place(error, settings_file.resolve().parent)}{known}"


def _place(error: Exception, folder: Path) -> str:
    """Return the line of a settings file that failed, or of one beside it that it runs, with a colon after it."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{Path(error.filename).name}:{error.lineno}: "
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).parent == folder]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}: " if frames else ""


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, LookupError):
        ending = f"/{zone.replace(' ', '_')}".lower()
        meant = next((each for each in sorted(available_timezones()) if each.lower().endswith(ending)), "Europe/Oslo")
        raise ValueError(f'TIMEZONE is {zone!r}: write a zone as "{meant}", or "UTC"') from None


def _check_pattern(name: str, pattern: str, known: tuple[str, ...]) -> None:
    """Raise ValueError where a pattern has a brace without its other, or a name in braces that is not known."""
    try:
        fields = [field for _, field, _, _ in Formatter().parse(pattern) if field is not None]
    except ValueError:
        raise ValueError(f"{name} is {pattern!r}: each {{ needs its }}") from None
    unknown = next((field for field in fields if field not in known), None)
    if unknown is not None:
        words = ", ".join(f"{{{each}}}" for each in known)
        raise ValueError(f"{name} is {pattern!r}: there is no {{{unknown}}}, only {words}")


def _check_inside(name: str, file: str, folders: frozenset[str]) -> None:
    if not FILE_OF_SITE.pattern.fullmatch(file):
        raise ValueError(f"{name} is {file!r}: {FILE_OF_SITE.hint}")
    if fault := fault_of(file, folders):
        raise ValueError(f"{name} is {file!r}, which {fault}: write the name of a file, such as about/index.html")


def _check_theme(folders: Iterable[Path], theme: str) -> None:
    """Raise ValueError for a theme that was made for other sites: it has no page of an exercise, and no card."""
    folders = tuple(folders)
    for name in _TEMPLATES:
        if not any((folder / name).is_file() for folder in folders):
            raise ValueError(f"THEME is '{theme}', which has no template '{name}': begin with a copy of Comeback's own")


def _check_extensions(names: object) -> None:
    """Raise ValueError for an extension of Markdown that cannot be loaded; its own are only looked for."""
    for name in names if isinstance(names, list | tuple) else ():
        try:
            if not isinstance(name, str) or (name.startswith(OWN) and find_spec(name)):
                continue
            Markdown(extensions=[name])
        except Exception as error:  # noqa: BLE001 - an extension is a program and may raise anything
            raise ValueError(f"MARKDOWN names the extension {name!r}, which cannot be loaded: {error}") from None


def _check_folders(content: Path, output: Path) -> None:
    if content.is_relative_to(output) or output.is_relative_to(content):
        raise ValueError(f"OUTPUT_PATH is '{output}' and PATH is '{content}': neither may be in the other")
