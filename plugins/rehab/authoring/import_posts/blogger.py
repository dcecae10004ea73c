"""Blogger's exports → an export: the classic Atom file, and the one of Google Takeout since 2018.

Each `entry` is an item, but for comments, which `rehab.comments.imports.blogger` reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from msgspec.structs import replace

from rehab.authoring.import_posts.items import Export, Old
from rehab.comments.imports.values import parse_stamp
from rehab.comments.imports.xml import Element, read_records

if TYPE_CHECKING:
    from rehab.authoring.import_posts.items import Kind, Status

_KINDS: Final[dict[str, Kind]] = {"post": "post", "page": "page"}
OF_BLOGGER: Final = {
    "settings": "a setting of the old blog",
    "template": "a template of the old blog",
}
_STATUSES: Final[dict[str, Status]] = {
    "": "published", "LIVE": "published", "SCHEDULED": "published",
    "DRAFT": "draft", "SOFT_TRASHED": "gone", "HIDDEN": "locked",
}  # fmt: skip


def read_blogger(data: bytes) -> Export:
    """Return every entry of a classic or Takeout file, with its line."""
    records = read_records(data, frozenset({"entry", "id"}), 1)
    found = [each for each in records.found if each.name == "entry"]
    items = tuple(_item(at, each) for at, each in enumerate(found, 1) if _kind(each) != "comment")
    if not found and not records.fault:
        return Export(format="blogger", fault="no entry is in it, so it is no export of Blogger's")
    urls = (old.url for old in items if "://" in old.url)
    base = next((f"{parts.scheme}://{parts.netloc}/" for parts in map(urlsplit, urls)), "")
    return Export(format="blogger", items=items, base=base, fault=records.fault, notes=records.notes)


def _item(number: int, element: Element) -> Old:
    what = _kind(element)
    kind = _KINDS.get(what, "other" if what in OF_BLOGGER else "unknown")
    status = _status(element)
    nothing = f"'{what[:40]}' is a kind of its own there, and nothing here answers to it"
    old = Old(
        number=number,
        line=element.line,
        kind=kind,
        what=what or "entry",
        why=OF_BLOGGER.get(what, "") if kind == "other" else nothing if kind == "unknown" else "",
        id=element.get("id"),
        title=element.get("title"),
        status=status,
        url=_link(element, "alternate") or element.get("filename"),
    )
    if not element.whole:
        return replace(old, kind="unknown", why="the file breaks off in it")
    if status == "gone" and kind in {"post", "page"}:
        return replace(old, why="it was in the bin there")
    return _with_text(old, element) if kind in {"post", "page"} else old


def _with_text(old: Old, element: Element) -> Old:
    name = element.get("author", "name")
    parts = old.url.rpartition("/")[2].removesuffix(".html")
    return replace(
        old,
        body=element.get("content"),
        form="html",
        date=parse_stamp(element.get("published")),
        modified=parse_stamp(element.get("updated")),
        authors=(name,) if name and name not in {"Unknown", "Anonymous"} else (),
        tags=_labels(element),
        summary=element.get("metaDescription"),
        slug=parts,
        thread=old.id.rpartition("post-")[2],
    )


def _kind(element: Element) -> str:
    terms = (each.attributes.get("term", "") for each in element.all("category"))
    classic = next((term.rpartition("#")[2] for term in terms if "/kind#" in term), "")
    return (classic or element.get("type")).lower()


def _status(element: Element) -> Status:
    if element.get("control", "draft") == "yes":
        return "draft"
    if element.get("trashed"):
        return "gone"
    return _STATUSES.get(element.get("status"), "draft")


def _labels(element: Element) -> tuple[str, ...]:
    """Return an entry's labels: categories of a scheme that is not Google's own."""
    named = (
        each.attributes.get("term", "").strip()
        for each in element.all("category")
        if not each.attributes.get("scheme", "").endswith("g/2005#kind")
    )
    return tuple(dict.fromkeys(each for each in named if each))


def _link(element: Element, relation: str) -> str:
    links = (each.attributes for each in element.all("link"))
    return next((each.get("href", "") for each in links if each.get("rel") == relation), "")
