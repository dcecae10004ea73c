"""The items of an export → their names here, and the old addresses that lead to them.

In: drafts in the file's order, and what the site has. Out: the same drafts with slugs, terms and redirects; what is
here already or stands in the file twice is left out, with the reason. No name and no address is given to two things.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from rehab.authoring.import_posts.detect import FOLDERS
from rehab.authoring.import_posts.file import clean_term
from rehab.authoring.import_posts.outcomes import INBOX
from rehab.authoring.import_posts.slugs import free_slug, old_address, wanted_slug
from rehab.authoring.import_posts.ways import Addresses, address_key
from rehab.comments.imports.plan import PRESENT
from rehab.model.slug import slugify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehab.authoring.import_posts.items import Export, Old
    from rehab.authoring.import_posts.outcomes import Around, Draft
    from rehab.authoring.import_posts.slugs import Present

_OURS = {"drafts", "tags", "images", "theme", "feeds"}
"""Names at the root of a site that no page may have."""


def name_drafts(drafts: Sequence[Draft], present: Present) -> None:
    """Give each item to be written a slug, and leave out what is here already or stands in the file twice."""
    taken, terms = _taken(present), dict(present.terms)
    seen: dict[str, Old] = {}
    for draft in drafts:
        if not draft.mark or _is_twice(draft, seen):
            continue
        _mark(draft, seen)
        draft.old = _with_terms(draft.old, terms)
        if draft.mark in present.marks:
            _leave_out(draft, present.marks[draft.mark])
        else:
            _give_slug(draft, taken[draft.old.kind])


def _taken(present: Present) -> dict[str, set[str]]:
    """Return the names in use, of posts and of pages."""
    kinds = ("post", "page")
    taken = {kind: {key.partition("/")[2] for key in present.slugs if key.startswith(kind)} for kind in kinds}
    taken["page"] |= {url for url in present.urls if "/" not in url} | _OURS
    return taken


def _is_twice(draft: Draft, seen: dict[str, Old]) -> bool:
    """Tell whether the same words came earlier in the file; then the draft says so."""
    first = seen.get(draft.mark)
    if first is None or (first.title, first.body) != (draft.old.title, draft.old.body):
        return False
    draft.verdict, draft.reason, draft.mark = "skipped", f"it stands in the file twice (item {first.number})", ""
    return True


def _mark(draft: Draft, seen: dict[str, Old]) -> None:
    """Tell two different items of one mark apart."""
    while draft.mark in seen:
        head, _, number = draft.mark.partition("-")
        draft.mark = f"{head}-{int(number or 1) + 1}"
    seen[draft.mark] = draft.old


def _leave_out(draft: Draft, path: str) -> None:
    draft.verdict, draft.reason = "skipped", f"{PRESENT}: {path}"
    draft.slug = "" if path.startswith(f"{INBOX}/") else _slug_of(path)


def _slug_of(path: str) -> str:
    *_, folder, name = ("", *path.split("/"))
    return folder if name.startswith("index.") else name.rpartition(".")[0]


def _give_slug(draft: Draft, taken: set[str]) -> None:
    wanted = wanted_slug(draft.old)
    draft.slug = free_slug(wanted, taken)
    taken.add(draft.slug.casefold())
    if draft.slug != wanted:
        draft.remarks += (f"its name '{wanted}' is taken: it is called '{draft.slug}' here",)


def _with_terms(old: Old, terms: dict[str, str]) -> Old:
    """Spell each category and tag as the first that has the same slug, for both would share one page."""

    def spelt(words: tuple[str, ...]) -> tuple[str, ...]:
        clean = (clean_term(word) for word in words)
        return tuple(dict.fromkeys(terms.setdefault(slugify(word), word) for word in clean if slugify(word)))

    return replace(old, categories=spelt(old.categories), tags=spelt(old.tags))


def redirect_drafts(drafts: Sequence[Draft], around: Around) -> None:
    """Give each public item the old addresses that may lead to it; each address leads to one page."""
    present = around.present
    owned = {*present.urls, *present.moved}
    owned |= {draft.url(around.options).strip("/") for draft in drafts if draft.slug}
    for draft in drafts:
        if draft.verdict == "imported" and draft.old.status == "published":
            draft.redirects = tuple(_free_addresses(draft, draft.url(around.options), owned))


def _free_addresses(draft: Draft, new: str, owned: set[str]) -> list[str]:
    """Return the old addresses of an item that nothing owns; from then on it does."""
    found: list[str] = []
    for url in (draft.old.url, *draft.old.urls):
        address = old_address(url, new) if url else None
        if address and address_key(address) not in owned and address.strip("/").casefold() not in owned:
            owned |= {address_key(address), address.strip("/").casefold()}
            found.append(address)
    return found


def addresses_of(drafts: Sequence[Draft], export: Export) -> Addresses:
    """Return where links to old addresses lead now: to what is on the site, or will be."""
    ours: dict[str, str] = {}
    for draft in drafts:
        if draft.slug and draft.old.status == "published" and draft.verdict in {"imported", "skipped"}:
            file = PurePosixPath(draft.old.id) if export.format in FOLDERS else PurePosixPath()
            for url in (draft.old.url, *draft.old.urls, file.as_posix(), file.stem, "/".join(file.parts[1:])):
                if url.strip("./"):
                    ours.setdefault(address_key(url), f"{draft.old.kind}:{draft.slug}")
    return Addresses.of(ours, export.base, [draft.old.url for draft in drafts])
