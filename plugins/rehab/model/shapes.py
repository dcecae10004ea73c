"""The shapes a single value may have: text, number, day, one of a few words, a reference. Lists and records: `records`.

A shape turns a node into `(value, problems)`; the value is None where it could not be read, and then
there is at least one problem. A shape's `name` is what messages and docs call it.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

from rehab.model.moments import parse_moment
from rehab.model.nearest import near, use
from rehab.model.refs import FileRef, Ref
from rehab.model.slips import date_hint, text_hint
from rehab.model.spec import Result
from rehab.source.nodes import Items, Node, Scalar
from rehab.source.place import Place
from rehab.source.problem import Problem, Problems

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

T = TypeVar("T")


def refuse(code: str, place: Place, message: str, hint: str = "", span: int = 1) -> tuple[None, Problems]:
    """Return no value and one problem."""
    return None, (Problem(code, place, message, hint, span),)


_LONGEST_SHOWN = 40


def describe(node: Node) -> str:
    """Return a node in a few plain words, for messages."""
    match node:
        case Scalar("", _):
            return "nothing"
        case Scalar(value, _):
            return f"'{value}'" if len(value) <= _LONGEST_SHOWN else f"'{value[: _LONGEST_SHOWN - 3]}…'"
        case Items():
            return "a list"
        case _:
            return "a group of fields"


class Words(Struct, frozen=True):
    """One piece of text that is not empty."""

    name: str = "text"

    def parse(self, node: Node) -> Result[str]:
        """Return the text with its outer white space gone."""
        if isinstance(node, Scalar) and node.value.strip():
            return node.value.strip(), ()
        message = f"this is {describe(node)}, not text" if describe(node) != "nothing" else "nothing is written here"
        return refuse("wrong-type", node.place, message, text_hint(node))


class Matching(Struct, Generic[T], frozen=True):
    """Text that a pattern must match whole, then turned into a value."""

    name: str
    pattern: re.Pattern[str]
    turn: Callable[[str], T]
    hint: str
    code: str = "wrong-type"

    def parse(self, node: Node) -> Result[T]:
        """Return the value, or a problem that says what was expected."""
        if isinstance(node, Scalar) and self.pattern.fullmatch(node.value.strip()):
            return self.turn(node.value.strip()), ()
        span = len(node.value) if isinstance(node, Scalar) else 1
        return refuse(self.code, node.place, f"{describe(node)} is not {self.name}", self.hint, max(span, 1))


WORDS = Words()
PROSE = Words("text, with Markdown")
WHOLE = Matching("a whole number", re.compile(r"\d{1,9}"), int, "write a number such as 3")
YES_NO = Matching("yes or no", re.compile(r"yes|no|true|false"), lambda t: t in {"yes", "true"}, "write yes or no")
URL = Matching(
    "a web address",
    re.compile(r"(https?://|mailto:)[^\s<>\"']{1,2000}"),
    str,
    "write the whole address, such as https://example.org/page",
    "bad-url",
)
SLUG = Matching(
    "a slug",
    re.compile(r"[^\W_A-Z]+(?:[-_.][^\W_A-Z]+)*"),
    str,
    "use small letters, digits and hyphens, such as side-plank",
    "bad-slug",
)
FILE_OF_SITE = Matching(
    "the name of a file inside the site",
    re.compile(r"(?:(?!\.\./)[^/]+/+)*(?!\.{1,2}$)[^/]+"),
    posixpath.normpath,
    "write a file's name below the site's own folder, such as about/index.html",
)


class Moment(Struct, frozen=True):
    """A day, or a day with a time; see `rehab.model.moments` for the forms it may have."""

    name: str = "a date"

    def parse(self, node: Node) -> Result[dt.datetime]:
        """Return the moment in UTC; a day alone is its midnight."""
        text = " ".join(node.value.split()) if isinstance(node, Scalar) else ""
        try:
            return parse_moment(text), ()
        except (ValueError, OverflowError):
            message = f"{describe(node)} is not a date"
            return refuse("bad-date", node.place, message, date_hint(text), max(len(text), 1))


MOMENT = Moment()


class Choice(Struct, frozen=True):
    """One of a few words."""

    options: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the words it may be."""
        return " | ".join(self.options)

    def parse(self, node: Node) -> Result[str]:
        """Return the word, or a problem that offers the nearest one."""
        text = node.value.strip() if isinstance(node, Scalar) else ""
        if text in self.options:
            return text, ()
        hint = use(near(text, self.options).words) or f"use one of: {', '.join(self.options)}"
        message = f"{describe(node)} is not one of the words this field takes"
        return refuse("bad-choice", node.place, message, hint, max(len(text), 1))


class Reference(Struct, frozen=True):
    """The slug of something of one kind, such as an exercise or an injury."""

    kind: str

    @property
    def name(self) -> str:
        """Return what it points at."""
        article = "an" if self.kind[0] in "aeiou" else "a"
        return f"the slug of {article} {self.kind}"

    def parse(self, node: Node) -> Result[Ref]:
        """Return the reference with its place; whether it exists is found out when the site is linked."""
        if isinstance(node, Scalar) and node.value.strip():
            return Ref(self.kind, node.value.strip(), node.place), ()
        return refuse("wrong-type", node.place, f"this is {describe(node)}, not {self.name}", f"write {self.name}")


class FileName(Struct, frozen=True):
    """The name of a file beside the one that names it."""

    name: str = "a file's name"

    def parse(self, node: Node) -> Result[FileRef]:
        """Return the file's name with its place; whether the file is there is found out later."""
        if isinstance(node, Scalar) and node.value.strip():
            return FileRef(node.value.strip(), node.place), ()
        return refuse("wrong-type", node.place, f"this is {describe(node)}, not {self.name}", "write a file's name")


FILE = FileName()
