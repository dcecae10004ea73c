"""Why a page was made anew, or left: one sentence for `rehab html --why PAGE`.

In: what is known of a build, as plain values. Out: the sentence. What decides is told in
`docs/decisions/0044-only-words.md`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

INDEX = "index.html"
_ID = re.compile(r"[a-z]+:[\w-]+")
_MOST = 3
"""Files that are named; of more, the number is said."""


class Done(Struct, frozen=True, kw_only=True):
    """What a build did. `touched` are the files that were, or None where no build is known to compare with.

    `gone` says that it is another day, that files came or went, or that somebody touched the output. With `words`, only
    what stands in `made` was made, else everything but what stands in `left`; `because` says what was read for a page
    and is new.
    """

    touched: tuple[str, ...] | None = ()
    gone: bool = False
    words: bool = False
    made: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    because: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def file_name(page: str, files: Iterable[str]) -> str:
    """Return the file of a page that is named by its address or its file, or "" where there is none."""
    name, there = page.lstrip("/"), set(files)
    tried = (name, f"{name}{INDEX}", f"{name.rstrip('/')}/{INDEX}".lstrip("/"))
    return next((each for each in tried if each in there), "")


def render_why(name: str, done: Done, *, differs: bool) -> str:
    """Return the sentence. `differs` says whether the file is another one than before."""
    if done.touched == () and not done.gone:
        return f"{name} was left: nothing was touched since the last build"
    if done.words and name not in done.made:
        new = _named("only words are new since the last whole build, those of", done)
        return f"{name} was left: {new}, and none of them stand here"
    if name in done.left:
        return f"{name} was left: its own text, its readers' and all that it shows of others are as they were"
    came = "" if differs else ", and came out as it was"
    if done.words:
        return f"{name} was made anew{came}: {_named('it has words that are new since the last whole build, of', done)}"
    things = dict.fromkeys(filter(None, map(_thing, done.because.get(name, ()))))
    if things:
        shown = ", ".join(things) if len(things) <= _MOST else f"{len(things)} things"
        return f"{name} was made anew{came}: something is new of {shown}, which it shows or counts"
    return f"{name} was made anew{came}: {_reason(done)}"


def _thing(read: str) -> str:
    """Return what something was read of, such as `post:my-knee`; "" where it is no one thing."""
    word = read.rpartition(" ")[2]
    return word if _ID.fullmatch(word) else ""


def _reason(done: Done) -> str:
    if done.touched is None:
        return "no build is known with this program, theme, settings and environment"
    if done.gone:
        return "it is another day, files of the content came or went, or somebody touched the output"
    return _named("more than words, or words that stand on other pages too, may be new in", done)


def _named(before: str, done: Done) -> str:
    touched = done.touched or ()
    return f"{before} {', '.join(touched)}" if len(touched) <= _MOST else f"{before} {len(touched)} files"
