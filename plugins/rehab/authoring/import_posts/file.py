"""One old item, its text in Markdown → the text of its file here: front matter that says what the export says."""

from __future__ import annotations

import hashlib
import html
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from rehab.authoring.import_posts.letters import escape_text
from rehab.comments.letters import remove_unseen, settle
from rehab.source.yaml_text import quote, render_block

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from rehab.authoring.import_posts.items import Old

MARK: Final = re.compile(r"^# imported from ([a-z]+): ([0-9a-f]{12}(?:-\d+)?)\b", re.MULTILINE)
"""The comment by which an imported file is known, wherever it is now. A second import leaves it alone."""
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_DOUBLE: Final = re.compile(r"\[(?=\[)|\](?=\])")
_LONGEST_TITLE: Final = 200
_LONGEST_WORDS: Final = 500
_LONGEST_TERM: Final = 60


def key_of(old: Old, format_: str, base: str) -> str:
    """Return what an item is known by: its old id and host, else its address, its path or its title."""
    host = urlsplit_host(old.url) or urlsplit_host(base)
    named = old.id or old.url or old.folder + old.slug or old.title
    return hashlib.sha256(f"{format_}\n{host}\n{old.what}\n{named}".encode("utf-8", "replace")).hexdigest()[:12]


def urlsplit_host(url: str) -> str:
    """Return the host of an address in small letters, or the empty string."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def one_line(text: str, longest: int = _LONGEST_WORDS) -> str:
    """Return words on one line, without tags, entities and letters that nobody sees; cut with `…` where too long."""
    seen = settle(remove_unseen(html.unescape(_TAG.sub("", text))))
    # Front matter has references too; words in brackets are none here.
    words = " ".join(_DOUBLE.sub(r"\g<0> ", seen.replace("\u00a0", " ")).split())
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def title_of(old: Old) -> str:
    """Return an item's title; one that has none is called so."""
    return one_line(old.title, _LONGEST_TITLE) or "Untitled"


def render_file(old: Old, body: str, mark: str, redirects: Sequence[str], suggestions: Sequence[str]) -> str:
    """Return the whole text of an item's file. `mark` is the line by which it will be known again."""
    lines = [f"title: {quote(title_of(old))}", *_dates(old), *_people(old), *_terms(old), *_state(old)]
    if old.summary:
        lines.append(f"summary: {quote(escape_text(one_line(old.summary)))}")
    if redirects:
        lines.append(f"redirect_from: [{', '.join(_listed(each) for each in redirects)}]")
    if old.kind == "post":
        lines += _of_old_page(old)
    lines += ["", *suggestions] if suggestions else []
    return "\n".join(["---", *lines, "", mark, "---", body.strip("\n"), ""])


def _dates(old: Old) -> list[str]:
    if old.date is None:
        return ["date_basis: unknown"] if old.kind == "post" else []
    lines = [f"date: {_moment(old.date, day=old.day)}"]
    if old.modified and old.modified > old.date:
        lines.append(f"modified: {_moment(old.modified, day=False)}")
    return lines


def _moment(date: dt.datetime, *, day: bool) -> str:
    return f"{date:%Y-%m-%d}" if day else f"{date:%Y-%m-%d %H:%M:%S}Z"


def _people(old: Old) -> list[str]:
    names = [name for each in old.authors if (name := one_line(each, _LONGEST_TERM))]
    if len(names) == 1:
        return [f"author: {quote(names[0])}"]
    return [f"authors: [{', '.join(map(_listed, names))}]"] if names else []


def _terms(old: Old) -> list[str]:
    lines = [f"category: {quote(old.categories[0])}"] if old.categories else []
    tags = tuple(dict.fromkeys((*old.categories[1:], *old.tags)))
    return lines + ([f"tags: [{', '.join(map(_listed, tags))}]"] if tags else [])


def _state(old: Old) -> list[str]:
    lines = [] if old.status == "published" else ["status: draft"]
    lines += [f"lang: {quote(old.lang)}"] if re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?", old.lang) else []
    return lines + (["comments: closed"] if old.comments == "closed" and old.kind == "post" else [])


def _of_old_page(old: Old) -> list[str]:
    """Return what an old page said of its comments, and the links of it that are lost."""
    lines = [f"comments_declared: {old.declared}"] if old.declared is not None else []
    words = ((one_line(text), one_line(about)) for text, about in old.lost_links)
    lost = [{"text": text, **({"about": about} if about else {})} for text, about in words]
    return lines + (["lost_links:", render_block(lost, "  ").rstrip("\n")] if lost else [])


def _listed(word: str) -> str:
    """Return a word as it stands inside brackets."""
    plain = quote(word)
    return f'"{word}"' if plain == word and re.search(r"[,?:\[\]{}]", word) else plain


def clean_term(text: str) -> str:
    """Return a category or tag on one line, short enough for an address."""
    return one_line(text, _LONGEST_TERM).strip("/\\ ")
