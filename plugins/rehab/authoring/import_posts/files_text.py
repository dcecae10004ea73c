"""Markdown of Jekyll, Hugo and Pelican → HTML, with what only those programs can carry out kept as code.

Tags of Liquid (`{% … %}`, `{{ … }}`), Hugo's shortcodes (`{{< … >}}`) and Kramdown's lines of attributes are no
Markdown. Those that name a link, a picture, a film or a block of code become what they name.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Final

from rehab.comments.author_html import render_author_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

_HIGHLIGHT = re.compile(
    r"\{% {0,3}highlight {1,3}([a-z0-9+#-]{1,20})[^%}]{0,100}%\}\n?((?:(?!\{% {0,3}endhi)[^\0]){0,10000}?)"
    r"\{% {0,3}endhighlight {0,3}%\}",
    re.IGNORECASE,
)
_LINKS: Final = (
    re.compile(r"\{\{[<%] *(?:rel)?ref +[\"']?([^\"'<>%}]{1,300}?)[\"']? *[>%]\}\}"),
    re.compile(r"\{% *(?:post_url|link) +([^\s%}]{1,300}) *%\}"),
    re.compile(r"[{|]filename[|}]([^\s)\"']{1,300})"),
)
_FILES = re.compile(r"[{|](?:static|attach)[|}]([^\s)\"']{1,300})")
_ROOT = re.compile(r"\{\{ *(?:site\.(?:baseurl|url)|\"([^\"{}]{1,300})\" *\| *(?:relative|absolute)_url) *\}\}")
_FIGURE = re.compile(r"\{\{[<%] *figure +([^<>%}]{1,1000}?) */?[>%]\}\}")
_FILM = re.compile(r"\{\{[<%] *(youtube|vimeo) +(?:id=)?[\"']?([\w-]{4,20})[\"']? *[>%]\}\}")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RUN = re.compile(r"`+")
_PAIR = re.compile(r"([a-z]+)=[\"']([^\"']{0,500})[\"']")
_TAG = re.compile(r"\{%[^\n]{0,300}?%\}|\{\{[^\n]{0,300}?\}\}")
_ATTRIBUTES = re.compile(r"^[ \t]{0,20}\{:[^}\n]{0,300}\}[ \t]*$")
_FILMS: Final = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}


def read_markdown_text(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the HTML of a text, and what was kept as code or left out."""
    counted: Counter[str] = Counter()
    text = _HIGHLIGHT.sub(lambda found: f"\n```{found[1].lower()}\n{found[2].strip(chr(10))}\n```\n", text)
    for pattern in _LINKS:
        text = _outside_code(pattern, lambda found: found[1], text)
    text = _outside_code(_FILES, lambda found: found[1], text)
    text = _outside_code(_ROOT, lambda found: found[1] or "", text)
    text = _outside_code(_FIGURE, _figure, text)
    text = _outside_code(_FILM, lambda found: f"<{_FILMS[found[1]].format(found[2])}>", text)
    text = _outside_code(_TAG, lambda found: _code(found, counted), text)
    text = _outside_code(_ATTRIBUTES, lambda _: _drop(counted), text)
    said = (words if times == 1 else f"{words} ({times} times)" for words, times in sorted(counted.items()))
    return render_author_markdown(text), tuple(said)


def _outside_code(pattern: re.Pattern[str], put: Callable[[re.Match[str]], str], text: str) -> str:
    """Put something in the place of each match that is no code. A span of code is looked for in its line alone."""
    fence = ""
    lines: list[str] = []
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) and not line[mark.end() :].strip() else fence
        elif mark:
            fence = mark[1]
        elif not line.startswith(("    ", "\t")):
            parts = _split_spans(line)
            line = "".join(pattern.sub(put, part) if at % 2 == 0 else part for at, part in enumerate(parts))  # noqa: PLW2901
        lines.append(line)
    return "\n".join(lines)


def _split_spans(line: str) -> list[str]:
    """Return a line's parts, words and spans of code in turn."""
    runs = list(_RUN.finditer(line))
    ends: dict[str, list[int]] = {}
    for at, run in enumerate(runs):
        ends.setdefault(run[0], []).append(at)
    parts: list[str] = []
    done = at = 0
    while at < len(runs):
        later = ends[runs[at][0]]
        place = bisect_right(later, at)
        if place < len(later):
            parts += [line[done : runs[at].start()], line[runs[at].start() : runs[later[place]].end()]]
            at, done = later[place], runs[later[place]].end()
        at += 1
    return [*parts, line[done:]]


def _code(found: re.Match[str], counted: Counter[str]) -> str:
    counted["a tag of the old program: kept as code"] += 1
    return f"<code>{html.escape(found[0])}</code>"


def _drop(counted: Counter[str]) -> str:
    counted["a line of attributes, left out"] += 1
    return ""


def _figure(found: re.Match[str]) -> str:
    named = {key: html.escape(html.unescape(value)) for key, value in _PAIR.findall(found[1])}
    alt, caption = named.get("alt", ""), named.get("caption") or named.get("title", "")
    return f'<figure><img src="{named.get("src", "")}" alt="{alt}"><figcaption>{caption}</figcaption></figure>'
