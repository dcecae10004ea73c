"""HTML and Markdown of an author's old posts → well-formed HTML of the tags that a post may have.

What an export says was written by an author, and may have been changed by anybody since. So the same parser that
cleans readers' comments reads it here, with a wider list: headings, pictures, tables, captions. Nothing that runs
comes out: no script, no style, no handler, no address but web, mail and telephone. Embedded pages (`iframe`) come out
as elements with an address, of which `rehab.authoring.import_posts` makes plain links. What comes out is never
published as it is; it becomes Markdown, in which no tag is left.
"""

from __future__ import annotations

import html
import re
from typing import Final

import nh3
from markdown_it import MarkdownIt

from rehab.comments.letters import remove_unseen

DEEPEST: Final = 60
"""Elements inside each other. Real posts have fifteen; what turns them into Markdown calls itself for each."""
_GROWN: Final = 4
_ROOM: Final = 20_000

_INLINE: Final = "a abbr b cite code del dfn em i ins kbd mark q s samp small span strike strong sub sup tt u var"
_BLOCKS: Final = (
    "address article aside blockquote br caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 "
    "h6 header hr img li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_EMBEDDED: Final = "iframe video audio source embed object"
_UNREAD: Final = {"script", "style", "title", "noembed", "noframes", "template"}

_CLEANER: Final = nh3.Cleaner(
    tags={*_INLINE.split(), *_BLOCKS.split(), *_EMBEDDED.split()},
    clean_content_tags=_UNREAD,
    attributes={
        "a": {"href"},
        "img": {"src", "alt"},
        "ol": {"start"},
        "code": {"class"},
        "iframe": {"src", "title"},
        "object": {"data"},
        **{tag: {"src"} for tag in ("video", "audio", "source", "embed")},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="pass_through",
    link_rel=None,
)
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"])
_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_VOID: Final = frozenset({"br", "hr", "img", "source", "embed"})
_BLANK_LINES: Final = re.compile(r"\n[^\S\n]*\n\s*")


def clean_author_html(text: str) -> str | None:
    """Return the safe, well-formed HTML of an author's old HTML; None where it is built to hurt.

    That is what is nested more than sixty deep, or grows to several times its length when its tags are closed.
    Control characters and letters that nobody sees go; line ends and tabs stay.
    """
    cleaned = _CLEANER.clean(remove_unseen(text))
    if len(cleaned) > _GROWN * len(text) + _ROOM or _depth(cleaned) > DEEPEST:
        return None
    return cleaned


def render_author_markdown(text: str) -> str:
    """Return the HTML of an author's old Markdown, not cleaned yet. Raw HTML in it is kept for the cleaner."""
    rendered: str = _MARKDOWN.render(remove_unseen(text))
    return rendered


def render_text(text: str) -> str:
    """Return plain text as paragraphs of HTML, a `<br>` for each single line end; nothing in it is a tag."""
    parts = (part for part in _BLANK_LINES.split(html.escape(remove_unseen(text))) if part.strip())
    return "\n\n".join(f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in parts)


def _depth(cleaned: str) -> int:
    depth = deepest = 0
    for found in _TAG.finditer(cleaned):
        if found[2] not in _VOID:
            depth += -1 if found[1] else 1
            deepest = max(deepest, depth)
    return deepest
