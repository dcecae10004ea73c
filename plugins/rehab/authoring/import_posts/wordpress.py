"""WordPress's export (WXR 1.0 to 1.2) → an export, every `item` of it.

Source of the elements' meaning: `wp-admin/includes/export.php` of WordPress. Posts and pages become posts and pages;
attachments are the pictures; what belongs to WordPress alone is named and left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from msgspec.structs import replace

from rehab.authoring.import_posts.items import Export, Old, Picture
from rehab.comments.imports.values import parse_stamp
from rehab.comments.imports.xml import Element, read_records

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from rehab.authoring.import_posts.items import Kind, Status

OF_WORDPRESS: Final = {
    "nav_menu_item": "an entry of a menu",
    "revision": "an earlier version of a text",
    "custom_css": "a style sheet of the old theme",
    "customize_changeset": "a change of the old theme",
    "oembed_cache": "a copy of something embedded",
    "user_request": "somebody's request about their data",
    "wp_block": "a block that posts share; each post has its text",
    "wp_template": "a template of the old theme",
    "wp_template_part": "a part of the old theme",
    "wp_global_styles": "a style of the old theme",
    "wp_navigation": "a menu",
    "wp_font_family": "a font of the old theme",
    "wp_font_face": "a font of the old theme",
}
"""Kinds that belong to WordPress alone, and what each is."""

_STATUSES: Final[dict[str, Status]] = {
    "": "published", "publish": "published", "future": "published", "inherit": "published",
    "draft": "draft", "pending": "draft", "auto-draft": "gone", "trash": "gone",
    "private": "locked",
}  # fmt: skip
_ZERO: Final = "0000-00-00"
_UNSORTED: Final = {"uncategorized", "uncategorised", "allgemein", "sin categoría", "non classé"}


def read_wordpress(data: bytes) -> Export:
    """Return every item of a WXR file, with its line."""
    records = read_records(data, frozenset({"item", "author", "base_blog_url", "category", "wxr_version"}), 2)
    found = [each for each in records.found if each.name == "item"]
    names = {
        each.get("author_login"): each.get("author_display_name") or each.get("author_login")
        for each in records.found
        if each.name == "author"
    }
    pictures = {each.get("post_id"): _picture(each) for each in found if _kind(each)[0] == "picture"}
    items = tuple(_item(at, each, names, pictures) for at, each in enumerate(found, 1))
    base = next((each.text.strip() for each in records.found if each.name == "base_blog_url"), "")
    notes = records.notes
    below = sum(bool(each.get("category_parent")) for each in records.found if each.name == "category")
    if below:
        notes += (f"categories below others there: {below}; here a category has no parent",)
    if not found and not records.fault:
        return Export(format="wordpress", fault="no item is in it, so it is no export of WordPress's")
    return Export(format="wordpress", items=items, pictures=pictures, base=base, fault=records.fault, notes=notes)


def _item(number: int, element: Element, names: Mapping[str, str], pictures: Mapping[str, Picture]) -> Old:
    kind, what, why = _kind(element)
    status = _status(element)
    old = Old(
        number=number,
        line=element.line,
        kind=kind,
        what=what,
        why=why or ("it was in the bin there, or never written" if status == "gone" else ""),
        id=element.get("post_id"),
        title=element.get("title"),
        status=status,
        slug=unquote(element.get("post_name")),
        url=element.get("attachment_url") if kind == "picture" else element.get("link"),
        thread=str(number - 1),
    )
    if not element.whole:
        return replace(old, kind="unknown", why="the file breaks off in it")
    return _with_text(old, element, names, pictures) if kind in {"post", "page"} else old


def _with_text(old: Old, element: Element, names: Mapping[str, str], pictures: Mapping[str, Picture]) -> Old:
    exact = _stamp(element.get("post_date_gmt"))
    author = element.get("creator")
    categories, tags = _terms(element, "category"), _terms(element, "post_tag") or _terms(element, "tag")
    guid = element.get("guid")
    featured = pictures.get(_meta(element).get("_thumbnail_id", ""))
    content = [each.text for each in element.all("encoded")]
    return replace(
        old,
        body=content[0] if content else "",
        summary=(content[1].strip() if len(content) > 1 else "") or element.get("description"),
        form="wordpress",
        date=exact or _stamp(element.get("post_date")) or _stamp(element.get("pubDate")),
        day=exact is None and _stamp(element.get("post_date")) is not None,
        authors=(names.get(author, author),) if author else (),
        categories=tuple(each for each in categories if each.casefold() not in _UNSORTED),
        tags=tags,
        urls=(guid,) if "?p=" in guid or "?page_id=" in guid else (),
        featured=featured.url if featured else "",
        comments="closed" if element.get("comment_status") == "closed" else "",
        remarks=("it stood above all others there",) if element.get("is_sticky") == "1" else (),
    )


def _kind(element: Element) -> tuple[Kind, str, str]:
    """Return what an item is here, WordPress's word for it, and why it becomes nothing."""
    what = element.get("post_type") or "post"
    if what in {"post", "page"}:
        return ("post" if what == "post" else "page"), what, ""
    if what == "attachment":
        return "picture", what, ""
    if what in OF_WORDPRESS:
        return "other", what, f"{OF_WORDPRESS[what]}, which only WordPress needs"
    return "unknown", what, f"'{what[:40]}' is a kind of its own there, and nothing here answers to it"


def _status(element: Element) -> Status:
    status = element.get("status")
    if element.get("post_password") or status == "private":
        return "locked"
    return _STATUSES.get(status, "draft")


def _picture(element: Element) -> Picture:
    content = [each.text for each in element.all("encoded")]
    return Picture(
        url=element.get("attachment_url") or element.get("guid"),
        alt=_meta(element).get("_wp_attachment_image_alt", ""),
        caption=content[1].strip() if len(content) > 1 else "",
        title=element.get("title"),
    )


def _meta(element: Element) -> dict[str, str]:
    return {each.get("meta_key"): each.get("meta_value") for each in element.all("postmeta")}


def _terms(element: Element, domain: str) -> tuple[str, ...]:
    named = (each.text.strip() for each in element.all("category") if each.attributes.get("domain", "") == domain)
    return tuple(dict.fromkeys(each for each in named if each))


def _stamp(text: str) -> dt.datetime | None:
    return None if text.startswith(_ZERO) else parse_stamp(text)
