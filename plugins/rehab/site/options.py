"""What the maker of a site may choose: addresses, its name, its language.

In: Pelican's settings, through the adapter. Out: `Options`, with the addresses of each kind of page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rehab.site.axes import AT_HOME

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

URLS: Mapping[str, str] = MappingProxyType(
    {
        "home": "",
        "posts": "posts/",
        "post": "posts/{slug}/",
        "translation": "posts/{slug}-{lang}/",
        "exercises": "exercises/",
        "exercise": "exercises/{slug}/",
        "exercises_for": "exercises/for/{slug}/",
        "exercises_with": "exercises/with/{slug}/",
        "exercises_region": "exercises/region/{slug}/",
        "exercises_muscle": "exercises/muscle/{slug}/",
        "exercises_kind": "exercises/kind/{slug}/",
        "exercises_level": "exercises/level/{slug}/",
        "exercises_sides": "exercises/sides/{slug}/",
        "injuries": "injuries/",
        "injury": "injuries/{slug}/",
        "treatments": "treatments/",
        "treatment": "treatments/{slug}/",
        "programs": "programs/",
        "program": "programs/{slug}/",
        "region": "body/{slug}/",
        "galleries": "galleries/",
        "gallery": "galleries/{slug}/",
        "glossary": "glossary/",
        "photo": "galleries/{gallery}/{slug}/",
        "page": "{slug}/",
        "page_translation": "pages/{slug}-{lang}.html",
        "search": "search/",
        "feed": "feeds/atom.xml",
    }
)
"""Address patterns: one for each kind, and one for each list of a kind (its plural); `feed` is that of all posts. No
leading slash.

A photo's has `{gallery}` as well, the slug of the gallery that it is in."""

LISTS: Mapping[str, str] = MappingProxyType(
    {
        "posts": "Posts",
        "exercises": "Exercises",
        "injuries": "Injuries",
        "treatments": "Treatments",
        "programs": "Programs",
        "galleries": "Galleries",
        "glossary": "Glossary",
    }
)
"""The pages that list a kind, with their titles."""

PLURALS: Mapping[str, str] = MappingProxyType(
    {
        "post": "posts",
        "exercise": "exercises",
        "injury": "injuries",
        "treatment": "treatments",
        "program": "programs",
        "gallery": "galleries",
        "region": "injuries",
    }
)
"""The list that a page of a kind belongs to. Regions hang under the list of injuries, which has the body map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """A site's choices. `urls` replaces single patterns of `URLS`.

    `site_url` is absolute without a slash at its end, or "" while nobody knows it. `today` is the day against which
    reviews are overdue and posts are still to come; None leaves that unchecked, so that no clock decides what comes
    out. `future` says that posts are public before their day. `identicon_key` makes the pictures of readers' names; the
    site's name where it is "". `comments_form` takes what readers write ("netlify", an address, or "intake:" and an
    address), `comments_mail` is the address to which they may mail it; "" where there is no such way. `comments_key` is
    a secret: it signs the subjects of mails, and no text of an error may show it. `redirects` are old addresses and
    where they lead, besides those that pages name themselves. `paid_hosts` are those
    whose links are advertisements wherever they stand. `at_home` are the things that any room has, and
    `per_page` is how many exercises a page of a list shows.
    """

    urls: Mapping[str, str] = field(default_factory=dict)
    site_url: str = ""
    site_name: str = ""
    language: str = "en"
    today: dt.date | None = None
    future: bool = True
    identicon_key: str = ""
    comments_form: str = ""
    comments_mail: str = ""
    comments_key: str = field(default="", repr=False)
    redirects: Mapping[str, str] = field(default_factory=dict)
    paid_hosts: tuple[str, ...] = ()
    at_home: tuple[str, ...] = AT_HOME
    per_page: int = 48

    @property
    def last_day(self) -> dt.date | None:
        """Return the last day whose posts are public; None where that is every day."""
        return None if self.future else self.today

    def url(self, kind: str, slug: str = "", lang: str = "") -> str:
        """Return the site-relative address of a thing, or of a list (`exercises`); "" where there is no such list."""
        pattern = self.urls.get(kind, URLS[kind])
        return pattern.replace("{slug}", slug).replace("{lang}", lang).lstrip("/")

    def lists(self) -> dict[str, str]:
        """Return the titles of the list pages that the site has, by their addresses."""
        return {url: title for name, title in LISTS.items() if (url := self.url(name))}

    @property
    def root(self) -> str:
        """Return what goes before an address on every page: the path of the site's own address, or nothing."""
        return urlsplit(self.site_url).path.rstrip("/")

    def absolute(self, url: str) -> str:
        """Return an address with the site's own before it, or with a slash before it while that is not known."""
        return f"{self.site_url.rstrip('/')}/{url}"
