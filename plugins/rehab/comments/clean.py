"""One place, one policy for what readers wrote: every comment's text becomes safe HTML here.

A body comes in as Markdown, HTML or plain text and is taken for hostile; HTML of thirteen tags comes
out, whose links are absolute and marked as not ours, and in which no placeholder of Pelican's or
Jinja's works. The way: cap, unseen characters out, Markdown to HTML (markdown-it-py), parse (nh3),
our own few tags (`rehab.comments.blocks`), allow-list (nh3, which has the last word), braces.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Literal, TypeAlias

import nh3
from markdown_it import MarkdownIt
from msgspec import Struct

from rehab.comments.addresses import LONGEST, clean_link, clean_url
from rehab.comments.blocks import ALLOWED_TAGS, READ_TAGS, rewrite
from rehab.comments.letters import CAP, clean_name, is_cut, remove_unseen
from rehab.comments.plain_body import render_plain
from rehab.comments.plain_line import REL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["CAP", "REL", "Cleaned", "Format", "clean_body", "clean_comment", "clean_name", "clean_url"]

Format: TypeAlias = Literal["markdown", "html", "text"]

# A few thousand unclosed tags with different attributes make the parser write megabytes.
_GROWN = 20 * CAP
_SCHEMES = {"http", "https", "mailto"}
_UNREAD = {"script", "style", "title", "iframe", "noembed", "noframes", "noscript", "template"}
_INERT = {"{": "&#123;", "|": "&#124;", "}": "&#125;"}
_MORE = "…"
_ENDS_CUT = re.compile(f"{_MORE}(?:</\\w+>)*$")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")


class Cleaned(Struct, frozen=True):
    """A comment's safe HTML; `cut` tells that it was longer than the cap and ends with `…`."""

    html: str
    cut: bool


def clean_body(text: str, format: Format) -> str:  # noqa: A002 -- the field's name in front matter
    """Return the safe HTML of a comment's body; see `clean_comment`."""
    return clean_comment(text, format).html


def clean_comment(text: str, format: Format) -> Cleaned:  # noqa: A002 -- the field's name in front matter
    """Return the safe HTML of a comment's body, and whether it was cut at 10,000 characters.

    Only p br em strong del code pre blockquote ul ol li and a[href] come out. What else carries words
    (headings, tables, pictures' descriptions) comes out as paragraphs and text. Cleaning the result
    again as "html" changes nothing, as long as the result is itself within the cap.
    """
    plain = clean_short(text, format)
    if plain is not None:
        return Cleaned(plain, cut=False)
    cut = is_cut(text)
    source = _shorten(text, format) if cut else text
    shaped = rewrite(_parse(_TO_HTML[format](remove_unseen(source))), most_addresses=CAP)
    if cut and not _ENDS_CUT.search(shaped):
        shaped += f"<p>{_MORE}</p>"
    return Cleaned(_make_inert(_LAST_WORD.clean(shaped)), cut)


def clean_short(text: str, format: Format) -> str | None:  # noqa: A002 -- the field's name in front matter
    """Return the safe HTML of a body that is plain enough for the short way, or None."""
    return render_plain(text) if format == "markdown" and not is_cut(text) else None


def is_clean(html: str) -> bool:
    """Tell whether the last word would leave HTML as it is: our few tags, safe schemes, marked links, no braces."""
    return _make_inert(_LAST_WORD.clean(html)) == html


def _make_inert(text: str) -> str:
    for sign, reference in _INERT.items():
        text = text.replace(sign, reference)
    return text


def _shorten(text: str, format: Format) -> str:  # noqa: A002
    """Return the text up to the cap and `…`; of HTML without the tag that the cap falls into."""
    kept = text[:CAP]
    begun = kept.rfind("<")
    if format == "html" and begun > max(kept.rfind(">"), CAP - LONGEST):
        kept = kept[:begun]
    return kept.rstrip() + _MORE


def _parse(raw: str) -> str:
    """Return well-formed HTML of all the tags that we can rewrite; an attack is shown as it was typed."""
    parsed = _FIRST_LOOK.clean(raw)
    return parsed if len(parsed) <= _GROWN else _paragraphs(raw)


def _paragraphs(text: str) -> str:
    """Return plain text as paragraphs, with a `<br>` for each single line end."""
    parts = _BLANK_LINES.split(html.escape(text))
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts)


def _markdown() -> MarkdownIt:
    """Return a Markdown parser for strangers.

    Raw HTML is shown, not obeyed. No reference links: `[a]` is short and its address may be long, so
    they multiply. No indented code: four spaces before a paragraph are a habit, not a program. Every
    address becomes a link for now: `clean_link` decides, so that a refused one leaves its words.
    """
    options = {"html": False, "linkify": False, "typographer": False, "breaks": True, "maxNesting": 20}
    parser = MarkdownIt("commonmark", options).enable("strikethrough").disable(["reference", "code"])
    parser.validateLink = _accept  # type: ignore[method-assign]
    return parser


def _accept(url: str) -> bool:
    del url
    return True


def _allow_attribute(tag: str, name: str, value: str) -> str | None:
    """Return an attribute's value with addresses made safe, or None to drop it."""
    del tag
    return clean_link(value) if name in {"href", "src"} else value


_MARKDOWN = _markdown()
_TO_HTML: Mapping[str, Callable[[str], str]] = {
    "markdown": _MARKDOWN.render,
    "html": str,
    "text": _paragraphs,
}
_FIRST_LOOK = nh3.Cleaner(
    tags=set(READ_TAGS),
    clean_content_tags=_UNREAD,
    attributes={"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}},
    attribute_filter=_allow_attribute,
    url_schemes=_SCHEMES,
    url_relative="deny",
    link_rel=None,
)
_LAST_WORD = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    clean_content_tags=_UNREAD,
    attributes={"a": {"href"}},
    url_schemes=_SCHEMES,
    url_relative="deny",
    link_rel=REL,
)
