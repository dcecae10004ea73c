"""Bodies in which little is marked up, made HTML without Python-Markdown, with the same result to the letter.

In: a body, or a string of front matter. Out: the HTML that `bodies` would get from Python-Markdown with the demo's
extensions and ours, or None where the text is not plain beyond doubt. Most of what a cold build costs is
Markdown; a body of six hundred words takes a twentieth of the time here (docs/decisions/0043-plain-bodies.md).

A plain body consists of blocks with empty lines between them: paragraphs, headings (`## so`), flat lists of one kind,
quotations, a picture of ours alone, a placed thing alone. No line is indented, ends in a space, or begins with what
could be something else. Inside lines stand letters, digits and signs that mean nothing, and `**so**`, `*so*`,
`[so](address)`, `[[so]]`. Whatever else there is belongs to Python-Markdown, and it gets the whole text.
`tests/test_plain.py` compares both on the bodies of the demo, on a table of traps and on random texts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from rehab.model.refs import TextRef, parse_text_ref
from rehab.site.text.images import is_own_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EXTENSIONS: Final = frozenset(f"markdown.extensions.{name}" for name in ("extra", "toc", "sane_lists"))
"""With these, and no options that change anything, the short way leads where the long one does."""

_LETTERS: Final = "A-Za-zÀ-ÖØ-öø-ʯͰ-ϿЀ-ӿ"
_SIGNS: Final = r".,;:?!'\"()/%+=@#$…“”‘’‚„«»–—×÷±°½¼¾·•−≤≥→\-"  # noqa: RUF001 - authors write them
_ONLY: Final = re.compile(rf"[{_LETTERS}0-9 {_SIGNS}*\[\]_|>\n]*")
"""All characters that a plain text may have. What comes after this need not tell letters from other signs."""
_TEXT: Final = r"[^*\[\]_|>\n]++"
_UNQUOTED: Final = r"[^*\[\]_|>\n\"']++"
_ADDRESS: Final = r"[A-Za-z0-9_/.:?=%#+@,;-]++"
_LINK: Final = rf"\[{_TEXT}\]\({_ADDRESS}\)"
_NAME: Final = r"(?:[a-z]++:)?+[a-z0-9]++(?:-[a-z0-9]++)*+"
_REF: Final = rf"\[\[{_NAME}(?:\|{_TEXT})?+\]\]"
_WORDS: Final = rf"(?:{_TEXT}|(?<!!)(?:{_REF}|{_LINK}))++"
_STRONG: Final = rf"(?<!\*)\*\*(?! ){_WORDS}(?<! )\*\*(?!\*)"
_EM: Final = rf"(?<!\*)\*(?! ){_WORDS}(?<! )\*(?!\*)"
_FIRST: Final = r"(?![0-9]++\.(?![0-9])|[ .,;:?!)/%+=@#$»×÷±°½¼¾·•−≤≥→-])"
"""How no line begins that is nothing but words: with what could be a list, a heading, a rule, a definition."""

_LINE: Final = re.compile(rf"{_FIRST}(?:{_TEXT}|(?<!!)(?:{_REF}|{_LINK})|{_STRONG}|{_EM})++(?<! )")
_HEADING: Final = re.compile(rf"(#{{1,6}}) ({_FIRST}[^*\[\]_|>\n#]++)(?<! )")
_PICTURE: Final = re.compile(rf"!\[({_TEXT})?\]\(({_ADDRESS})(?: \"({_UNQUOTED})\")?\)")
_PLACE: Final = re.compile(rf"!\[\[({_NAME}(?:\|{_TEXT})?+)\]\]")
_NUMBER: Final = re.compile(r"[0-9]{1,3}\. ")

_EACH: Final = re.compile(rf"\[\[([^\[\]]+)\]\]|\[({_TEXT})\]\(({_ADDRESS})\)")
_EACH_STRONG: Final = re.compile(r"\*\*([^*]+)\*\*")
_EACH_EM: Final = re.compile(r"\*([^*]+)\*")
_BETWEEN: Final = re.compile(r"\n\n+")


def is_plain_way(options: Mapping[str, Any]) -> bool:
    """Return whether Python-Markdown with these options makes what this module makes."""
    configs = options.get("extension_configs") or {}
    named = options.get("extensions", [])
    if not all(isinstance(name, str) for name in named) or frozenset(named) != EXTENSIONS:
        return False
    told = {name: {key: value for key, value in given.items() if value} for name, given in configs.items()}
    known = {"extensions", "extension_configs", "output_format"}
    return not any(told.values()) and set(options) <= known and options.get("output_format") == "html"


def render_plain(text: str) -> str | None:
    """Return the HTML of a plain text, with placeholders; None where it is not plain."""
    text = text.strip("\n")
    if not text or not _ONLY.fullmatch(text):
        return None if text else ""
    ids: set[str] = set()
    made: list[str] = []
    before = ""
    for block in _BETWEEN.split(text):
        html = _MAKERS.get(block[0], _paragraph)(block, ids) or (_paragraph(block, ids) if block[0] == "*" else None)
        kind = _JOINED.get(html[:4], "") if html else ""
        if html is None or (kind and kind == before):
            return None
        before = kind
        made.append(html if html.startswith("<rehab-place") else f"{html}\n")
    return "".join(made).removesuffix("\n")


_JOINED: Final = {"<ul>": "list", "<ol>": "list", "<blo": "quotation"}
"""Of these, two that follow one another may become one, or a list whose items are paragraphs."""


def _paragraph(block: str, _: set[str]) -> str | None:
    lines = block.split("\n")
    return f"<p>{_inline(block)}</p>" if all(map(_LINE.fullmatch, lines)) else _numbers(lines)


def _heading(block: str, ids: set[str]) -> str | None:
    found = _HEADING.fullmatch(block)
    if not found:
        return None
    from markdown.extensions.toc import slugify, unique  # noqa: PLC0415 - a text without headings needs no library

    level, words = len(found[1]), found[2]
    return f'<h{level} id="{unique(slugify(words, "-"), ids)}">{words}</h{level}>'


def _bullets(block: str, _: set[str]) -> str | None:
    lines, sign = block.split("\n"), block[:2]
    if sign[1:] != " " or not all(line.startswith(sign) for line in lines):
        return None
    return _list("ul", [line[2:] for line in lines])


def _numbers(lines: list[str]) -> str | None:
    if not lines[0].startswith("1. ") or not all(map(_NUMBER.match, lines)):
        return None
    return _list("ol", [line.partition(" ")[2] for line in lines])


def _list(tag: str, items: list[str]) -> str | None:
    if not all(map(_LINE.fullmatch, items)):
        return None
    inside = "\n".join(f"<li>{_inline(item)}</li>" for item in items)
    return f"<{tag}>\n{inside}\n</{tag}>"


def _quotation(block: str, _: set[str]) -> str | None:
    lines = block.split("\n")
    if not all(line.startswith("> ") and _LINE.fullmatch(line, 2) for line in lines):
        return None
    words = _inline("\n".join(line[2:] for line in lines))
    return f"<blockquote>\n<p>{words}</p>\n</blockquote>"


def _alone(block: str, _: set[str]) -> str | None:
    """Return a picture or a thing that is placed; both stand alone."""
    found = _PICTURE.fullmatch(block)
    if found:
        alt, file, caption = (_quoted(each or "") for each in found.groups())
        shown = f'data-alone="yes" data-alt="{alt}" data-caption="{caption}" data-file="{file}"'
        return f"<rehab-picture {shown}></rehab-picture>" if is_own_file(found[2]) else None
    placed = _PLACE.fullmatch(block)
    return _placeholder("rehab-place", placed[1], "") if placed else None


_MAKERS: Final[Mapping[str, Callable[[str, set[str]], str | None]]] = {
    "#": _heading,
    "-": _bullets,
    "*": _bullets,
    ">": _quotation,
    "!": _alone,
}
"""What a block is by its first sign; all others are paragraphs or numbered."""


def _inline(words: str) -> str:
    """Return words with what is marked up in them. That the marks are whole and not mixed has been seen before."""
    if "[" in words:
        words = _EACH.sub(_linked, words)
    if "*" in words:
        words = _EACH_EM.sub(r"<em>\1</em>", _EACH_STRONG.sub(r"<strong>\1</strong>", words))
    return words


def _linked(found: re.Match[str]) -> str:
    if found[1]:
        ref = parse_text_ref(found[1])
        return _placeholder("rehab-ref", found[1], (ref.words or ref.slug) if ref else "")
    return f'<a href="{found[3]}">{found[2]}</a>'


def _placeholder(tag: str, inside: str, shown: str) -> str:
    ref = parse_text_ref(inside) or TextRef("")
    kind, slug, words = (_quoted(each) for each in (ref.kind, ref.slug, ref.words))
    return f'<{tag} data-kind="{kind}" data-slug="{slug}" data-words="{words}">{shown}</{tag}>'


def _quoted(text: str) -> str:
    return text.replace('"', "&quot;")
