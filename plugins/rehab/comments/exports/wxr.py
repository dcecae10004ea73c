"""All comments as WXR 1.2, the XML in which WordPress and many others take them.

In: comments, and what is known of their pages. Out: XML that a strict parser accepts whatever readers wrote: their
texts are the same safe HTML as on the page, and characters that XML cannot hold are left out. Numbers stand for ids,
as WordPress wants them; our own id is kept beside each as `_comeback_id`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast
from xml.sax.saxutils import escape

from msgspec import Struct

from rehab.comments.clean import clean_body
from rehab.comments.exports.order import by_thread, find_parents
from rehab.comments.letters import clean_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from rehab.comments.clean import Format
    from rehab.model.comment import Comment

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_DATE: Final = "0000-00-00 00:00:00"
"""What WordPress itself writes where a date is not known."""
_APPROVED: Final = {"approved": "1", "pending": "0", "spam": "spam", "deleted": "trash"}
_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<wp:wxr_version>1.2</wp:wxr_version>
"""


class Page(Struct, frozen=True):
    """What is known of the page under which comments stand: its title, its address and its date."""

    title: str
    url: str = ""
    date: dt.datetime | None = None


def render_wxr(comments: Iterable[Comment], pages: Mapping[str, Page]) -> str:
    """Return all comments as WXR; `pages` are what they stand on, by thread. One that is not there has its name."""
    parts = [_HEAD]
    before = 0
    for number, (thread, group) in enumerate(by_thread(comments), start=1):
        parts.append(_item_start(thread, number, pages.get(thread, Page(thread))))
        for at, (comment, parent) in enumerate(zip(group, find_parents(group), strict=True), start=before + 1):
            parts.append(_comment(comment, at, 0 if parent is None else before + 1 + parent))
        before += len(group)
        parts.append("</item>\n")
    return "".join([*parts, "</channel>\n</rss>\n"])


def _item_start(thread: str, number: int, page: Page) -> str:
    rows = {
        "title": page.title,
        "link": page.url,
        "content:encoded": "",
        "wp:post_id": str(number),
        **_dates("wp:post_date", page.date),
        "wp:comment_status": "open",
        "wp:post_name": thread,
        "wp:status": "publish",
        "wp:post_type": "post",
    }
    return f"<item>\n{_rows(rows)}"


def _comment(comment: Comment, number: int, parent: int) -> str:
    rows = {
        "wp:comment_id": str(number),
        "wp:comment_author": clean_name(comment.author),
        "wp:comment_author_url": comment.url,
        **_dates("wp:comment_date", comment.date),
        "wp:comment_content": clean_body(comment.body, cast("Format", comment.format)),
        "wp:comment_approved": _APPROVED.get(comment.status, "0"),
        "wp:comment_type": "comment",
        "wp:comment_parent": str(parent),
        "wp:comment_user_id": "0",
    }
    known = {"wp:meta_key": "_comeback_id", "wp:meta_value": comment.slug}
    return f"<wp:comment>\n{_rows(rows)}<wp:commentmeta>\n{_rows(known)}</wp:commentmeta>\n</wp:comment>\n"


def _dates(tag: str, date: dt.datetime | None) -> dict[str, str]:
    """Return a moment twice, as WordPress has it: its own clock and Greenwich's; ours is Greenwich's."""
    text = date.replace(tzinfo=None).isoformat(" ", "seconds") if date else _NO_DATE
    return {tag: text, f"{tag}_gmt": text}


def _rows(rows: Mapping[str, str]) -> str:
    return "".join(f"<{tag}>{escape(_NOT_XML.sub('', text))}</{tag}>\n" for tag, text in rows.items())
