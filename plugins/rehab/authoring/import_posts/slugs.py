"""Old items → a slug for each that nothing else has, and the old addresses that may lead to it.

In: what the site has, and items in the file's order. Out: names that depend on nothing but these two. Where two items
share a name the later one gets a number after it.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field

from rehab.authoring.import_posts.file import MARK, title_of
from rehab.authoring.new.title import LONGEST_SLUG, slug_for
from rehab.model.comment import THREAD_FOLDERS
from rehab.model.folders import folder_of
from rehab.model.slug import slugify
from rehab.site.redirects import Redirect, parse_redirect
from rehab.source.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from rehab.authoring.import_posts.items import Old
    from rehab.site.site import Site

_PLACE = Place("import")
_INDEX = {"index", "index.html", "index.htm", "index.php"}
_ENDINGS = (".html", ".htm", ".php", ".aspx")


class Present(Struct, frozen=True, kw_only=True):
    """What is there already.

    `marks` are the marks of imported files, with their paths; `paths` all files of the content; `slugs` are
    `post/<slug>` and `page/<slug>`; `urls` the addresses of pages, `moved` old ones that lead to a page, each with the
    path of a file. `terms` are the spellings of categories and tags by slug. `hidden` are files in the inbox.
    """

    marks: Mapping[str, str] = field(default_factory=dict)
    paths: frozenset[str] = frozenset()
    slugs: Mapping[str, str] = field(default_factory=dict)
    urls: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)


def find_present(site: Site, held: Mapping[str, str]) -> Present:
    """Return what a site has, and what waits in the inbox (`held`: texts by path)."""
    posts, pages = (*site.posts, *site.unlisted), (*site.pages, *site.drafts)
    texts = {path: text for path, text in site.texts.items() if folder_of(path) != "comments"}
    marks = {found[2]: path for path, text in (*texts.items(), *held.items()) for found in MARK.finditer(text[:20_000])}
    slugs = {f"post/{each.slug.casefold()}": each.path for each in posts}
    slugs |= {f"page/{each.slug.casefold()}": each.path for each in pages if each.path.split("/")[1:2] == ["pages"]}
    urls = {_plain(url): title for url, title in site.options.lists().items()}
    urls |= {_plain(target.url): target.title for target in site.targets.values() if "#" not in target.url}
    moved = {_plain(old): each.path for each in (*posts, *pages) for old in getattr(each, "redirect_from", ())}
    terms = {slugify(term): term for post in posts for term in (post.category, *post.tags) if term}
    return Present(marks=marks, paths=frozenset(site.texts), slugs=slugs, urls=urls, moved=moved, terms=terms)


def _plain(url: str) -> str:
    return unquote(url).strip("/").casefold()


def wanted_slug(old: Old) -> str:
    """Return the slug that an item asks for: its own, the last part of its address, or its title's."""
    for name in (old.slug, _last(old.url), title_of(old)):
        if any(letter.isalnum() for letter in name):
            slug = slug_for(PurePosixPath(name.replace("\\", "/")).name[:300], old.kind)
            if slug:
                return f"{slug}-{old.kind}" if slug in THREAD_FOLDERS else slug
    return f"{old.kind}-{old.number}"


def _last(url: str) -> str:
    try:
        parts = [part for part in unquote(urlsplit(url).path).split("/") if part and part not in _INDEX]
    except ValueError:
        return ""
    last = parts[-1] if parts else ""
    ending = next((each for each in _ENDINGS if last.lower().endswith(each)), "")
    return last.removesuffix(ending)


def free_slug(wanted: str, taken: AbstractSet[str]) -> str:
    """Return a slug that nothing has: the wanted one, or with a number after it."""
    number, slug = 1, wanted
    while slug.casefold() in taken:
        number += 1
        tail = f"-{number}"
        slug = wanted[: LONGEST_SLUG - len(tail)].rstrip("-") + tail
    return slug


def old_address(url: str, new: str) -> str | None:
    """Return the path and query of an old address as `redirect_from` has it; None where it can be none."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    path = unquote(parts.path) or "/"
    address = f"{path}?{parts.query}" if parts.query else path
    read = parse_redirect(address, new, _PLACE)
    if not isinstance(read, Redirect) or _plain(read.old) == _plain(new):
        return None
    # In front matter, double brackets would be a reference.
    plain = address.replace("[", "%5B").replace("]", "%5D")
    return plain if plain.startswith("/") else f"/{plain}"
