"""A kind and a title → a new file that passes the check as it stands, or the sentence that says why not.

In: what the author wants, the day, and the linked site. Out: the file's path and text with notes, or a refusal.
Exists so that a first post needs no look into the reference.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from rehab.authoring.new.text import STARTS, Known, offered, render_new
from rehab.authoring.new.title import Refusal, check_slug, clean_title, slug_for
from rehab.model.folders import FOLDERS
from rehab.model.page import Gallery
from rehab.model.refs import KINDS
from rehab.model.slug import slugify
from rehab.site.names import ALIAS, TITLE

if TYPE_CHECKING:
    import datetime as dt

    from rehab.model.entry import Entry
    from rehab.site.site import Site
    from rehab.source.place import Place


class Wanted(Struct, frozen=True):
    """What the author asks for. Without `slug` the title gives it; `today` is the date of a post."""

    kind: str
    title: str
    today: dt.date
    slug: str = ""
    folder: bool = False


class NewFile(Struct, frozen=True):
    """A file to be made. `path` is relative to the content folder, with `/`; `notes` are worth a line each."""

    path: str
    text: str
    notes: tuple[str, ...] = ()


def plan_new(wanted: Wanted, site: Site) -> NewFile | Refusal:
    """Return the file that is wanted, or why it cannot be made here."""
    title = clean_title(wanted.title)
    if isinstance(title, Refusal):
        return title
    slug = wanted.slug or slug_for(title, wanted.kind)
    refusal = check_slug(slug) or _taken(wanted.kind, slug, site) or _address_taken(wanted.kind, slug, site)
    if refusal:
        return refusal
    date = wanted.today.isoformat() if wanted.kind == "post" else ""
    known = Known(_slugs(site), _words(site), _pictures(wanted.kind, slug, site))
    text = render_new(wanted.kind, title, date, known)
    return NewFile(_path(wanted, slug, site), text, tuple(_notes(wanted.kind, slug, site)))


def _path(wanted: Wanted, slug: str, site: Site) -> str:
    """Return where the file goes: a post and a gallery have a folder of their own for their pictures."""
    folder = next(name for name, noun in FOLDERS.items() if noun is STARTS[wanted.kind].noun)
    if wanted.kind == "gallery":
        bare = site.nouns.get(f"gallery:{slug}")
        inside = PurePosixPath(*PurePosixPath(bare.folder).parts[1:]) if bare else PurePosixPath(folder, slug)
        return (inside / "gallery.md").as_posix()
    return f"{folder}/{slug}/index.md" if wanted.folder or wanted.kind == "post" else f"{folder}/{slug}.md"


def _taken(kind: str, slug: str, site: Site) -> Refusal | None:
    """Return the refusal of a name that another thing of the kind has, with that thing's file."""
    name = site.names.index.get(kind, {}).get(slug)
    if name and name.rank != TITLE:
        owner = site.nouns[f"{kind}:{name.slug}"]
        if name.rank == ALIAS:
            return Refusal(f"'{slug}' is another name of '{owner.slug}' in {owner.path}: write there, or name a --slug")
        return None if _can_be_added_to(kind, owner) else _there_is(kind, slug, owner)
    hidden: tuple[Entry, ...] = {"post": site.unlisted, "page": site.drafts}.get(kind, ())
    same = next((entry for entry in hidden if entry.slug.casefold() == slug), None)
    return _there_is(kind, slug, same) if same else None


def _there_is(kind: str, slug: str, owner: Entry) -> Refusal:
    article = "an" if kind[0] in "aeiou" else "a"
    return Refusal(f"there is {article} {kind} '{slug}' in {owner.path}: write there, or give the new one a --slug")


def _can_be_added_to(kind: str, owner: Any) -> bool:  # noqa: ANN401 - a noun of any kind
    """Return whether a thing has no file of its own yet: a folder of pictures, an exercise that a post defines."""
    if isinstance(owner, Gallery):
        return owner.path == owner.folder
    return kind == "exercise" and _folder(owner) != "exercises"


def _folder(owner: Entry) -> str:
    return PurePosixPath(owner.path).parts[1]


def _address_taken(kind: str, slug: str, site: Site) -> Refusal | None:
    """Return the refusal of a page whose address is that of something else, or was, and leads elsewhere now."""
    url = site.options.url(kind, slug)
    owners = {url: f"the list '{title}'" for url, title in site.options.lists().items()}
    owners |= {target.url: f"'{target.title}'" for target in site.targets.values() if target.kind != kind}
    moved = {_as_url(old): post.path for post in site.posts for old in post.redirect_from}
    moved |= {_as_url(old): page.path for page in site.pages for old in page.redirect_from}
    owner = owners.get(url) or (f"an old page, says `redirect_from` in {moved[url]}" if url in moved else "")
    return Refusal(f"the address /{url} belongs to {owner}: give the new {kind} a --slug") if owner else None


def _as_url(old: str) -> str:
    return f"{old.strip('/')}/"


def _notes(kind: str, slug: str, site: Site) -> list[str]:
    notes: list[str] = []
    others = _others(kind, slug, site)
    if others:
        kinds = " and of ".join(f"{'an' if other[0] in 'aeiou' else 'a'} {other}" for other in others)
        notes.append(f"'{slug}' is the name of {kinds} too: in a text, write [[{kind}:{slug}]]")
        notes += [f"{place} has [[{slug}]]: write [[{others[0]}:{slug}]] there" for place in _bare(slug, site)]
    if kind == "exercise" and slug in site.defined_in:
        notes.append(f"the post '{site.defined_in[slug]}' defines this exercise: the new file adds to it")
    return notes


def _others(kind: str, slug: str, site: Site) -> list[str]:
    names = {other: site.names.index.get(other, {}).get(slug) for other in KINDS if other != kind}
    return [other for other, name in names.items() if name and name.rank != TITLE]


def _bare(slug: str, site: Site) -> list[Place]:
    """Return where texts name a slug without its kind, which no longer says enough."""
    found = (each for refs in site.text_refs.values() for each in refs if not each.ref.kind)
    return sorted(each.place for each in found if slugify(each.ref.slug) == slug)


def _slugs(site: Site) -> dict[str, tuple[str, ...]]:
    kinds = {kind: offered(name.slug for name in site.names.index.get(kind, {}).values()) for kind in KINDS}
    return {**kinds, "ladder": offered(ladder.slug for ladder in site.ladders)}


def _words(site: Site) -> dict[str, tuple[str, ...]]:
    return {
        "author": offered(name for post in site.posts for name in post.bylines),
        "red_flags": offered(site.red_flags),
        "tags": offered(tag for post in site.posts for tag in post.tags),
    }


def _pictures(kind: str, slug: str, site: Site) -> tuple[str, ...]:
    """Return the pictures that lie in a gallery's folder already, by their names in it."""
    bare = site.nouns.get(f"gallery:{slug}") if kind == "gallery" else None
    paths = site.folders.get(bare.folder, ()) if bare else ()
    return tuple(PurePosixPath(path).name for path in paths)
