"""Our settings: each begins with `REHAB_`, has a default, and stands in `docs/reference/settings.md`.

Also the address patterns of our kinds, which are Pelican settings like its own (`EXERCISE_URL`).
"""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from rehab.site.axes import AT_HOME, AXES
from rehab.site.options import URLS, Options
from rehab.site.show.form import INTAKE

if TYPE_CHECKING:
    from rehab.images.plan import Recipe

Settings: TypeAlias = dict[str, Any]

KEY = "REHAB_COMMENTS_KEY"
"""The variable of the environment that holds the secret which signs the subjects of mails. No file may hold it."""

DEFAULTS: dict[str, Any] = {
    "REHAB_STRICT": False,
    "REHAB_REPORT": True,
    "REHAB_TODAY": None,
    "REHAB_CACHE": ".cache",
    "REHAB_IMAGE_WIDTHS": (360, 720, 1080, 1440),
    "REHAB_IMAGE_WORKERS": 2,
    "REHAB_IDENTICON_KEY": None,
    "REHAB_COMMENTS_FORM": None,
    "REHAB_COMMENTS_MAIL": None,
    "REHAB_EDITOR": "vscode",
    "REHAB_OFFLINE": True,
    "REHAB_AT_HOME": AT_HOME,
    "REHAB_PER_PAGE": 48,
    "REHAB_PAID_HOSTS": (),
    "REHAB_REDIRECTS": {},
    "REHAB_TARGETS": {},
}
"""Every setting of ours with what it is when nobody sets it."""

PELICAN_LISTS = ("ARCHIVES", "TAGS", "CATEGORIES", "AUTHORS")
PELICAN_NAMES = ("TAG", "CATEGORY", "AUTHOR")
"""Lists that Pelican makes of a site, and what it makes lists of posts for, one of each."""

PELICAN_CUTS = ("index", "tag", "category", "author")
CUT = ("archives", "tag", "category", "author")
"""The lists of posts that are cut into pages of `DEFAULT_PAGINATION`: our first page is no list, as Pelican's is."""

WHILE_WRITING, FOR_THE_WEB = 9, 6
"""How fast AVIF is made, from 0 to 10. Of the demo's pictures, 9 makes a third more bytes in a fifth of the time."""

FUTURE = "REHAB_FUTURE"
"""Where Pelican's own `WITH_FUTURE_DATES` is kept: Pelican is told that all posts are due, for the core decides."""

KNOWN = "REHAB_KNOWN"
"""Where the settings of one run hold what a process that stays has read of the content."""

HEED = "REHAB_HEED"
"""Where the settings of one run hold what is called again and again; it raises where nobody wants this run any more."""

KINDS = ("EXERCISE", "INJURY", "TREATMENT", "PROGRAM", "REGION", "GALLERY", "PHOTO")
LISTS = ("EXERCISES", "INJURIES", "TREATMENTS", "PROGRAMS", "GALLERIES", "GLOSSARY")

CHOICES = tuple(f"EXERCISES_{axis.upper()}" for axis in AXES)
"""The lists of exercises that fit one choice. Their pages are files of their own addresses."""

_URLS = {
    "EXERCISE": "exercises/{slug}/",
    "INJURY": "injuries/{slug}/",
    "TREATMENT": "treatments/{slug}/",
    "PROGRAM": "programs/{slug}/",
    "REGION": "body/{slug}/",
    "GALLERY": "galleries/{slug}/",
    "PHOTO": "galleries/{gallery}/{slug}/",
    "EXERCISES": "exercises/",
    "INJURIES": "injuries/",
    "TREATMENTS": "treatments/",
    "PROGRAMS": "programs/",
    "GALLERIES": "galleries/",
    "GLOSSARY": "glossary/",
    "SEARCH": "search/",
}

OUR_FOLDERS = ("exercises", "injuries", "treatments", "programs", "comments", "galleries", "vocabulary", "pages")
"""Folders under the content folder that hold no posts."""


def complete_settings(settings: Settings) -> None:
    """Add our defaults to Pelican's settings, in place, where the site's own settings say nothing."""
    for name, value in DEFAULTS.items():
        settings.setdefault(name, value)
    settings.setdefault(FUTURE, settings["WITH_FUTURE_DATES"])
    # Pelican would ask its clock for each post, to the second, and so two pages of one build might differ on it.
    settings["WITH_FUTURE_DATES"] = True
    # Pelican's own cache knows a text by its file's time, and what a text becomes depends on other files as well.
    settings["CACHE_CONTENT"] = settings["LOAD_CONTENT_CACHE"] = False
    for name in CHOICES:
        settings.setdefault(f"{name}_URL", URLS[name.lower()])
    for name, url in _URLS.items():
        settings.setdefault(f"{name}_URL", url)
        settings.setdefault(f"{name}_SAVE_AS", file_of(settings[f"{name}_URL"]))
    _complete_lists(settings)
    if settings["PAGINATED_TEMPLATES"] == dict.fromkeys(PELICAN_CUTS):
        settings["PAGINATED_TEMPLATES"] = dict.fromkeys(CUT)
    excluded = [*settings["ARTICLE_EXCLUDES"], *OUR_FOLDERS]
    settings["ARTICLE_EXCLUDES"] = list(dict.fromkeys(excluded))
    settings["THEME_STATIC_PATHS"] = []  # we write the theme's files, so that unchanged ones are left alone


def _complete_lists(settings: Settings) -> None:
    """Say where Pelican's own lists are. One that the site does not have gets no address, so nothing leads there."""
    for name in PELICAN_LISTS:
        file = str(settings.setdefault(f"{name}_SAVE_AS", f"{name.lower()}.html"))
        settings.setdefault(f"{name}_URL", file.removesuffix("index.html") if file.endswith("/index.html") else file)
        if name.lower() not in settings["DIRECT_TEMPLATES"]:
            settings[f"{name}_SAVE_AS"] = ""
    for name in (*PELICAN_LISTS, *PELICAN_NAMES):
        if not settings[f"{name}_SAVE_AS"]:
            settings[f"{name}_URL"] = ""


def file_of(url: str) -> str:
    """Return the file that answers at an address: `exercises/` → `exercises/index.html`."""
    return f"{url}index.html" if url.endswith("/") or not url else url


def output_of(settings: Settings) -> str:
    """Return the output folder, absolute and without `..`: files of one folder would have two names."""
    return os.path.abspath(str(settings["OUTPUT_PATH"]))  # noqa: PTH100 - `Path.absolute` leaves `..` where it is


def root_of(settings: Settings) -> str:
    """Return the path of the site's own address without a slash at its end: empty, or `/blog`."""
    return urlsplit(str(settings["SITEURL"])).path.rstrip("/")


def _feed_of(settings: Settings) -> str:
    """Return where the feed of all posts is, as Atom or else as RSS, or "" where there is none."""
    names = ("FEED_ALL_ATOM", "FEED_ALL_RSS")
    return next((str(settings.get(f"{name}_URL") or settings[name]) for name in names if settings.get(name)), "")


def options_of(settings: Settings) -> Options:
    """Return what the core must know of Pelican's settings."""
    urls = {name.lower(): str(settings[f"{name}_URL"]) for name in (*KINDS, *LISTS, *CHOICES)}
    urls |= {"post": str(settings["ARTICLE_URL"]), "page": str(settings["PAGE_URL"])}
    urls |= {"search": str(settings["SEARCH_URL"])}
    urls |= {"translation": str(settings["ARTICLE_LANG_URL"]), "page_translation": str(settings["PAGE_LANG_URL"])}
    urls |= {"posts": str(settings["ARCHIVES_URL"]), "feed": _feed_of(settings)}
    return Options(
        urls=urls,
        site_url=str(settings["SITEURL"]).rstrip("/"),
        site_name=str(settings["SITENAME"]),
        language=str(settings["DEFAULT_LANG"]),
        today=today_of(settings),
        future=bool(settings[FUTURE]),
        paid_hosts=tuple(map(str, settings["REHAB_PAID_HOSTS"])),
        at_home=tuple(map(str, settings["REHAB_AT_HOME"])),
        per_page=max(1, int(settings["REHAB_PER_PAGE"])),
        identicon_key=str(settings["REHAB_IDENTICON_KEY"] or settings["SITENAME"]),
        comments_form=form_of(settings),
        comments_mail=mail_of(settings),
        comments_key=os.environ.get(KEY, ""),
        redirects={str(old): str(new) for old, new in dict(settings["REHAB_REDIRECTS"]).items()},
    )


def form_of(settings: Settings) -> str:
    """Return what takes the comments of readers, or "".

    Raises ValueError where it is neither "netlify" nor an https address, with or without "intake:" before it. On the
    machine itself, http will do.
    """
    given = str(settings["REHAB_COMMENTS_FORM"] or "").strip()
    if given and given != "netlify" and not _takes_posts(given.removeprefix(INTAKE)):
        raise ValueError(
            f"REHAB_COMMENTS_FORM is '{given}': write \"netlify\", the https address of a form service, or "
            '"intake:https://..." for your own intake'
        )
    return given


def _takes_posts(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE))


_HERE = ("localhost", "127.0.0.1", "::1")


def mail_of(settings: Settings) -> str:
    """Return the address to which comments may be mailed, or "". Raises ValueError where it is none."""
    given = str(settings["REHAB_COMMENTS_MAIL"] or "").strip()
    if given and not _ADDRESS.fullmatch(given):
        raise ValueError(f"REHAB_COMMENTS_MAIL is '{given}': write one address, as name@example.org")
    return given


_ADDRESS = re.compile(r"[^\s@<>\"?&,;:]+@[^\s@<>\"?&,;:]+")


def today_of(settings: Settings) -> dt.date:
    """Return the day for which a site is built, in UTC: `REHAB_TODAY`, or what the clock says.

    Raises ValueError where `REHAB_TODAY` is no day. This is the one place of the adapter that reads a clock.
    """
    given = settings["REHAB_TODAY"]
    return dt.date.fromisoformat(str(given)) if given else dt.datetime.now(dt.UTC).date()


def recipe_of(settings: Settings) -> Recipe:
    """Return how pictures are made: quickly while writing, in fewer bytes for the web."""
    from rehab.images.encode import codecs  # noqa: PLC0415 - a change of words loads no decoder of pictures
    from rehab.images.plan import Recipe  # noqa: PLC0415 - as above

    speed = FOR_THE_WEB if settings["REHAB_STRICT"] else WHILE_WRITING
    return Recipe(widths=tuple(settings["REHAB_IMAGE_WIDTHS"]), speed=speed, version=codecs())


def cache_of(settings: Settings) -> Path:
    """Return the folder of our cache; a relative one is beside the content folder."""
    return Path(settings["PATH"]).parent / str(settings["REHAB_CACHE"])


def is_ours_alone(settings: Settings) -> bool:
    """Return whether nobody but we and Pelican's bare reader has a hand in the HTML of texts."""
    return settings["PLUGINS"] == ["rehab"] and not settings["TYPOGRIFY"]
