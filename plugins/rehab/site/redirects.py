"""Old addresses → where they lead now: one table, from which every form of redirect is made.

In: what authors wrote in `redirect_from`, and the site's own table (`REHAB_REDIRECTS`). Out: `Redirect`s in the order
of their old addresses, each good one once, and a problem for each that leads nowhere, in a circle, or over another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct

from rehab.site.targets import url_of
from rehab.source.place import Place
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehab.model.page import Page
    from rehab.model.post import Post
    from rehab.site.site import Site
    from rehab.source.problem import Problems

SETTINGS: Final = "pelicanconf.py"
LONGEST: Final = 900
"""Cloudflare reads 1,000 characters of a line (developers.cloudflare.com/pages/configuration/redirects, 2026-11-21)."""
_WAITING: Final = {"draft", "scheduled"}
_FORBIDDEN: Final = set("\\*:<>\"'`{}|^$")


class Redirect(Struct, frozen=True, kw_only=True):
    """One old address and the new one.

    `old` is percent-encoded, begins with a slash, and stands below the site's own address; `query` is what stood after
    its question mark, or "". `new` is site-relative, or complete (`https://...`). `place` is where it was written.
    """

    old: str
    query: str
    new: str
    place: Place

    @property
    def whole(self) -> str:
        """Return the old address with its query."""
        return f"{self.old}?{self.query}" if self.query else self.old

    @property
    def key(self) -> str:
        """Return what two redirects share that ask for the same thing: `/a`, `/a/` and `/a/index.html` are one."""
        return f"{_plain(self.old)}?{self.query}" if self.query else _plain(self.old)


def redirects_of(site: Site) -> tuple[tuple[Redirect, ...], Problems]:
    """Return the table of redirects, sorted by old address, and what is wrong with the rest."""
    problems: list[Problem] = []
    table: dict[str, Redirect] = {}
    for written, new, place in _written(site):
        redirect = parse_redirect(written, new, place, site.options.site_url)
        if isinstance(redirect, Problem):
            problems.append(redirect)
            continue
        first = table.setdefault(redirect.key, redirect)
        if first is not redirect:
            problems.append(_twice(written, first, place))
    problems += _shadowing(site, table)
    problems += _going_on(table)
    bad = {problem.place for problem in problems}
    good = (each for each in table.values() if each.place not in bad or not problems)
    return tuple(sorted(good, key=lambda each: each.whole)), tuple(problems)


def check_redirects(site: Site) -> Problems:
    """Every old address leads to one page of the site, at once."""
    return redirects_of(site)[1]


def parse_redirect(written: str, new: str, place: Place, site_url: str = "") -> Redirect | Problem:
    """Return a redirect, or what is wrong with its old address."""
    text = written.strip()
    if site_url and text.startswith(f"{site_url}/"):
        text = text.removeprefix(site_url)
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    path = unquote(parts.path if parts.scheme or parts.netloc else text.partition("#")[0].partition("?")[0])
    if reason := _refusal(path, parts.query):
        hint = "write the path of the old page, as `/2014/04/my-knee.html`"
        return Problem("bad-redirect", place, f"the old address '{written}' {reason}", hint)
    if _has_forbidden(new, _FORBIDDEN - {":"}):
        message = f"the new address '{new}' has a letter that no path has"
        return Problem("bad-redirect", place, message, "write the path of the page, as `/posts/my-knee/`")
    return Redirect(old=quote(f"/{path.lstrip('/')}"), query=parts.query, new=new, place=place)


def _refusal(path: str, query: str) -> str:
    if not path.strip("/") and not query:
        return "is the home page"
    if ".." in path.split("/") or "." in path.split("/"):
        return "climbs out of its folder"
    if _has_forbidden(path + query, _FORBIDDEN):
        return "has a letter that no path has"
    return "is too long" if len(quote(path)) + len(query) > LONGEST else ""


def _has_forbidden(text: str, forbidden: set[str]) -> bool:
    return any(letter in forbidden or not letter.isprintable() or letter.isspace() for letter in text)


def _written(site: Site) -> Iterator[tuple[str, str, Place]]:
    """Yield each old address as it was written, where it leads, and its place."""
    unlisted: tuple[Post | Page, ...] = (*site.unlisted, *site.drafts)
    shown = (*site.posts, *site.pages, *(each for each in unlisted if each.status not in _WAITING))
    for noun in shown:
        for old in noun.redirect_from:
            yield old, url_of(noun, site.names, site.options), noun.where("redirect_from")
    for old, new in sorted(site.options.redirects.items()):
        yield old, new if "://" in new else new.lstrip("/"), Place(SETTINGS)


def _twice(written: str, first: Redirect, place: Place) -> Problem:
    message = f"the old address '{written}' leads to two pages"
    related = ((first.place, "the first is here"),) if first.place != place else ()
    return Problem("bad-redirect", place, message, "take one of the two out", related=related)


def _shadowing(site: Site, table: Mapping[str, Redirect]) -> Iterator[Problem]:
    """Yield the redirects of the site's own table that stand where a page is; `duplicate-url` says so of the others."""
    owners = {f"/{url}": title for url, title in site.options.lists().items()}
    owners |= {
        f"/{each.url}": each.title
        for each in map(site.targets.get, site.nouns)
        if each and each.url and "#" not in each.url
    }
    owned = {_plain(url): title for url, title in owners.items()}
    for key, redirect in table.items():
        written_plainly = redirect.old.rstrip("/") == key and redirect.place.path != SETTINGS
        if key in owned and not written_plainly:
            message = f"the old address '{redirect.old}' is the page '{owned[key]}' now"
            yield Problem("bad-redirect", redirect.place, message, "take it out")


def _going_on(table: Mapping[str, Redirect]) -> Iterator[Problem]:
    """Yield the redirects that lead to another redirect: a chain, or a circle."""
    for redirect in table.values():
        seen, then = [redirect.whole], table.get(_plain(f"/{redirect.new}"))
        while then is not None and then.whole not in seen:
            seen.append(then.whole)
            then = table.get(_plain(f"/{then.new}"))
        if then is not None:
            message = f"'{redirect.whole}' leads in a circle: {' → '.join([*seen, then.whole])}"
            yield Problem("bad-redirect", redirect.place, message, "take one of them out")
        elif len(seen) > 1:
            message = f"'{redirect.whole}' leads to '{seen[1]}', which is an old address itself"
            yield Problem("bad-redirect", redirect.place, message, "write where that one leads")


def _plain(path: str) -> str:
    """Return a path as it is compared: decoded, without `index.html` and the slash at its end."""
    decoded = unquote(path)
    decoded = decoded.removesuffix("index.html") if decoded.endswith("/index.html") else decoded
    return decoded.rstrip("/") or "/"
