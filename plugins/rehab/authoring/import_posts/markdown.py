"""HTML of an old post → Markdown in which nothing is obeyed, and what could not be kept as it was.

In: HTML as `rehab.comments.author_html` cleaned it, and what is known of its pictures and links. Out: Markdown as
Python-Markdown reads it: four spaces inside lists, code fences at the beginning of a line alone, no raw HTML. The only
place that knows markdownify.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from markdownify import ATX, MarkdownConverter
from msgspec import Struct, field

from rehab.authoring.import_posts.letters import escape_text, in_code, in_fence, plain_words, safe_address

_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")
_LANGUAGE = re.compile(r"language-([a-z0-9]{1,20})")
_YOUTUBE = re.compile(r"(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,20})")
_VIMEO = re.compile(r"player\.vimeo\.com/video/(\d{4,12})")
_OPEN = {"[document]", "div", "section", "article", "main", "aside", "figure", "details", "center", "header", "footer"}
"""Elements whose text begins at the beginning of a line: a fence anywhere else would be words."""
_PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)$", re.IGNORECASE)

Shown: TypeAlias = Callable[[str, str], str]
"""The address of a picture as the text has it, and that of what it links to → the file of ours, or nothing."""
Find: TypeAlias = Callable[[str], str]
"""The address of a link → what it leads to, or nothing."""


class Ways(Struct, frozen=True):
    """What is known of a text's pictures and links.

    `ours` gives `post:<slug>` for a post of this site, `whole` the complete address, `alts` the words and the caption
    that the export has for a picture elsewhere.
    """

    shown: Shown
    ours: Find
    whole: Find
    alts: Callable[[str], tuple[str, str]] = field(default=lambda _: ("", ""))


def render_markdown(html: str, ways: Ways) -> tuple[str, tuple[str, ...]]:
    """Return the Markdown of cleaned HTML, and what was changed on the way, each once with how often."""
    converter = _Converter(ways)
    text = converter.convert(html)
    text = "\n".join(_trim(line) for line in text.split("\n"))
    return _BLANK.sub("\n\n", text).strip("\n"), tuple(converter.said())


class _Converter(MarkdownConverter):  # type: ignore[misc, unused-ignore]
    """markdownify with our escapes, our pictures and links, and the indents of Python-Markdown."""

    def __init__(self, ways: Ways) -> None:
        super().__init__(heading_style=ATX, bullets="-", autolinks=False)
        self.ways = ways
        self.counted: Counter[str] = Counter()
        self.numbers: dict[int, int] = {}

    def said(self) -> list[str]:
        """Return the remarks, with how often each was due where it was more than once."""
        return [words if times == 1 else f"{words} ({times} times)" for words, times in sorted(self.counted.items())]

    def convert(self, html: str) -> str:
        """Return the Markdown of well-formed HTML."""
        soup: Any = BeautifulSoup(html, "html.parser")
        text: str = self.convert_soup(soup)
        return text

    def escape(self, text: str, _parents: Any) -> str:  # noqa: ANN401 - markdownify's own
        """Return words that mean nothing but themselves."""
        return escape_text(text)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a link, or its words alone where it leads nowhere any more."""
        before, after, words = chomp(text)
        href = _attribute(el, "href")
        if not words or "_noformat" in parent_tags:
            return text
        if not el.get_text(strip=True) and _PICTURE_NAME.search(_path(href)):
            return text  # a picture that led to its larger self
        ours = self.ways.ours(href)
        plain = " ".join(el.get_text(" ", strip=True).split())
        if ours and plain and not {"td", "th"} & parent_tags and not set(plain) & set("[]|\\`{}<>"):
            return f"{before}[[{ours}|{plain}]]{after}"
        address = safe_address(self.ways.whole(href))
        if not address:
            if href:
                self.counted["a link that leads nowhere any more: its words stay"] += 1
            return text
        return f"{before}[{words}]({address}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - markdownify's own
        """Return a picture of ours, or a link to where it is."""
        src = _attribute(el, "src")
        around = el.find_parent("a")
        file = self.ways.shown(src, _attribute(around, "href") if around else "")
        caption = plain_words(_caption(el))
        alt, more = self.ways.alts(src)
        alt, caption = plain_words(_attribute(el, "alt")) or plain_words(alt), caption or plain_words(more)
        if file:
            if not alt and not caption:
                self.counted["a picture without words: its file's name stands for them"] += 1
            title = f' "{caption}"' if caption else ""
            return f"![{alt or caption or file.rpartition('/')[2]}]({file}{title})"
        self.counted["a picture whose file was not given: a link to it stands in its place"] += 1
        words = escape_text(alt or caption or _path(src).rpartition("/")[2] or "without a name")
        href = _attribute(around, "href") if around else ""
        led = around is not None and not _PICTURE_NAME.search(_path(href))
        address = "" if led else safe_address(self.ways.whole(href or src))
        more = f" — {escape_text(caption)}" if caption and alt and caption != alt else ""
        return (f"[Picture: {words}]({address})" if address else f"Picture: {words}") + more

    def convert_figcaption(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as above
        """Return nothing where a picture has the words already."""
        around = el.find_parent("figure")
        return "" if around and around.find("img") else f"\n\n{text.strip()}\n\n"

    def convert_figure(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a picture in a paragraph of its own."""
        return f"\n\n{text.strip()}\n\n" if "_inline" not in parent_tags and el.name else text

    def convert_iframe(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as above
        """Return a visible link in place of an embedded page, film or sound."""
        source = el if _address(el) else el.find(["source", "embed", "iframe"]) or el
        address = safe_address(_watched(_address(source)))
        self.counted["something embedded: a link to it stands in its place"] += 1
        return (
            f"\n\n[Embedded: {escape_text(_short(address))}]({address})\n\n" if address else f"\n\n{text.strip()}\n\n"
        )

    convert_video = convert_audio = convert_embed = convert_object = convert_iframe

    def convert_source(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as above
        """Return nothing: what it belongs to has its address."""
        return ""

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as above
        """Return a code block; where none can stand, as in a list or in bold words, a code span for each line."""
        code = el.get_text().strip("\n")
        if not code.strip():
            return ""
        if parent_tags - _OPEN:
            return "\n\n" + "  \n".join(in_code(line) for line in code.split("\n") if line.strip()) + "\n\n"
        inner = el.find("code")
        classes = " ".join(map(str, inner.get_attribute_list("class"))) if isinstance(inner, Tag) else ""
        language = _LANGUAGE.search(classes)
        return f"\n\n{in_fence(code, language[1] if language else '')}\n\n"

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a code span."""
        return text if "_noformat" in parent_tags else in_code(el.get_text())

    convert_kbd = convert_samp = convert_tt = convert_code

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as above
        """Return struck-out words with tildes around them: Markdown here has no sign for it."""
        before, after, words = chomp(text)
        return f"{before}~~{words}~~{after}" if words else text

    convert_s = convert_strike = convert_del

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as above
        """Return the words."""
        return text

    convert_sup = convert_sub

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as above
        """Return a line end that is kept, or a space where none can be."""
        return " " if "_inline" in parent_tags else "  \n"

    def convert_hr(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as above
        """Return a divider."""
        return "\n\n* * *\n\n"

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as above
        """Return an item, what is in it four spaces in."""
        text = text.strip()
        if not text:
            return "\n"
        bullet = "- "
        if el.parent is not None and el.parent.name == "ol":
            key = id(el.parent)
            start = _attribute(el.parent, "start")
            self.numbers.setdefault(key, int(start) if start.isdecimal() and len(start) < 6 else 1)  # noqa: PLR2004
            bullet = f"{self.numbers[key]}. "
            self.numbers[key] += 1
        lines = text.split("\n")
        return "\n".join([bullet.ljust(4) + lines[0], *(f"    {line}" if line else "" for line in lines[1:])]) + "\n"

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as above
        """Return a term in bold."""
        return f"\n\n**{' '.join(text.split())}**\n\n" if text.strip() else ""

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as above
        """Return what is said of a term."""
        return f"\n\n{text.strip()}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as above
        """Return a cell on one line."""
        return f" {' '.join(text.split())} ".replace("|", "\\|") + "|"

    convert_th = convert_td

    def convert_tr(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as above
        """Return a row."""
        return f"|{text.strip()}\n" if el.find(["td", "th"]) else ""

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a table whose first row is its head; in a cell of another table, its words."""
        rows = [line for line in text.split("\n") if line.startswith("|")]
        words = [line for line in text.split("\n") if line.strip() and not line.startswith("|")]
        if not rows or "_inline" in parent_tags:
            return " ".join(text.split())
        columns = max(row.replace("\\|", "").count("|") for row in rows) - 1
        first = rows if el.find("th") else ["|" + "   |" * columns, *rows]
        table = "\n".join([first[0], "|" + " --- |" * columns, *first[1:]])
        return "\n\n" + "\n\n".join([*words, table]) + "\n\n"


def chomp(text: str) -> tuple[str, str, str]:
    """Return the space before words, the space after them, and the words: no sign may stand beside a space."""
    words = text.strip()
    return " " * text.startswith(" "), " " * (bool(words) and text.endswith(" ")), words


def _trim(line: str) -> str:
    """Return a line without white space at its end, but for the two spaces that keep a line end."""
    words = line.rstrip(" \t")
    return f"{words}  " if words and line[len(words) :] == "  " else words


def _attribute(el: Tag | None, name: str) -> str:
    value = el.get(name) if el is not None else None
    return value.strip() if isinstance(value, str) else ""


def _address(el: Any) -> str:  # noqa: ANN401 - what find() gives
    return _attribute(el, "src") or _attribute(el, "data") if isinstance(el, Tag) else ""


def _caption(el: Tag) -> str:
    around = el.find_parent("figure")
    words = around.find("figcaption") if around else None
    return words.get_text(" ", strip=True) if words else ""


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _watched(address: str) -> str:
    """Return the page on which a film can be seen by itself."""
    if address.startswith("//"):
        address = f"https:{address}"
    for pattern, page in ((_YOUTUBE, "https://www.youtube.com/watch?v={}"), (_VIMEO, "https://vimeo.com/{}")):
        found = pattern.search(address)
        if found:
            return page.format(found[1])
    return address


def _short(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.")[:80]
