"""The lines of three hyphens around front matter: where they stand, and where their author meant them to.

In: the text of a Markdown file. Out: the opening line with what is wrong with it, or the problem that there is none.
Exists so that a dash that an editor put in place of two hyphens costs one message and not the whole page.
"""

from __future__ import annotations

import re

from msgspec import Struct

from rehab.source.place import Place
from rehab.source.problem import Problem, Problems

CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
"""The line that ends front matter."""
FIELDS = re.compile(r"(?:[\w-]+:(?:[ \t][^\n]*)?(?:\n|\Z)|[ \t#-](?!--)[^\n]*(?:\n|\Z))*")
"""Lines that can be front matter, from the beginning of a text."""

_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_BELOW_EMPTY_LINES = re.compile(r"(?:[ \t]*\n)+---[ \t]*\n(?=[\w-]+:)")
_ODD_OPENING = re.compile(r"(?!---[ \t]*\n)[-\u2010-\u2015\u2212_*=+]+[ \t]*\n(?=[\w-]+:)")
_ODD_CLOSING = re.compile(r"^[-\u2010-\u2015\u2212_*=+]+[ \t]*$", re.MULTILINE)
_FURTHER_DOWN = re.compile(
    r"^---[ \t]*\n(?=(?:[a-z][\w-]*:(?:[ \t][^\n]*)?\n|[ \t-](?!--)[^\n]*\n)+---[ \t]*$)", re.MULTILINE
)
_OLD_HEADER = re.compile(r"[ ]{0,3}[A-Za-z0-9_-]+:")
_SECOND = re.compile(
    r"\n*(?P<fence>---)[ \t]*\n(?:[\w-]+:(?:[ \t][^\n]*)?\n(?:[ \t-](?!--)[^\n]*\n)*)+---[ \t]*(?:\n|\Z)"
)


class Opening(Struct, frozen=True):
    """The line that opens front matter: where it ends, what the closing line looks like, what is wrong with it."""

    end: int
    closing: re.Pattern[str] = CLOSING
    problems: Problems = ()


_USUAL = "---\n"
_AS_USUAL = Opening(len(_USUAL))


def find_opening(text: str, path: str) -> Opening | None:
    """Return the line that opens front matter, also where it stands or looks otherwise than it should."""
    if text.startswith(_USUAL):
        return _AS_USUAL
    match = _OPENING.match(text)
    if match:
        return Opening(match.end())
    match = _BELOW_EMPTY_LINES.match(text)
    if match:
        message, hint = "an empty line stands above the front matter", "delete what stands above the first line ---"
        return Opening(match.end(), CLOSING, (Problem("no-front-matter", Place(path), message, hint),))
    match = _ODD_OPENING.match(text)
    if match:
        message, hint = "the first line is not made of three hyphens", "write --- above the fields and below them"
        return Opening(match.end(), _ODD_CLOSING, (Problem("no-front-matter", Place(path), message, hint),))
    match = None if _OLD_HEADER.match(text) else _FURTHER_DOWN.search(text)
    if match and not CLOSING.search(text, 0, match.start()):
        message, hint = "text stands above the front matter", "move it below the second line ---"
        return Opening(match.end(), CLOSING, (Problem("no-front-matter", Place(path), message, hint),))
    return None


def no_front_matter(text: str, path: str) -> Problem:
    """Return the problem of a file that has no front matter at all."""
    hint = "begin the file with a line ---, then `title: …`, then a line ---"
    message = "this file does not begin with front matter" if text.strip() else "this file is empty"
    return Problem("no-front-matter", Place(path), message, hint)


def second_front_matter(body: str, place: Place) -> Problems:
    """Fields between lines --- right below the front matter are no text: somebody has pasted one file into another."""
    match = _SECOND.match(body)
    if match is None:
        return ()
    start = Place(place.path, place.line + body.count("\n", 0, match.start("fence")))
    hint = "move its fields up, so that one line --- stands above all fields and one below"
    return (Problem("yaml-syntax", start, "a second front matter begins here", hint, 3),)
