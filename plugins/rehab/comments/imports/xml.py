"""XML of strangers → records, without document types, entities or depth.

In: bytes. Out: the elements that stand at one depth under one of some names, by local name, for namespaces differ
from export to export (`http` and `https`, 1.0 to 1.2). A file that breaks off gives what came before.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DEEPEST = 40
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_HEADER = re.compile(r"^\s*<\?xml[^>]*\?>")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ILLEGAL_NUMBER = re.compile(r"&#(?:0*(?:\d|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
_KEPT_NUMBERS = {"9", "10", "13"}
_CODECS = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252"}


@dataclass(slots=True)
class Element:
    """One element: local name, attributes by local name, own text, children, and the line on which it begins.

    `whole` is false where the file broke off in it.
    """

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)
    whole: bool = True
    line: int = 0

    def all(self, name: str) -> Iterator[Element]:
        """Return the children of a name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Element | None:
        """Return the first child of a name."""
        return next(self.all(name), None)

    def get(self, *names: str) -> str:
        """Return the text at the end of a path of names, without white space around it, or the empty string."""
        at: Element | None = self
        for name in names:
            at = at.first(name) if at else None
        return at.text.strip() if at else ""


class Records(Struct, frozen=True):
    """The records of a file; `fault` is why it could not be read to its end, `notes` what was mended before."""

    found: tuple[Element, ...]
    fault: str
    notes: tuple[str, ...]


class _RefusedError(Exception):
    """The file has something that no export has; the text is the sentence for its owner."""


def read_records(data: bytes, names: frozenset[str], depth: int) -> Records:
    """Return the elements of these names that stand `depth` levels below the root."""
    text, notes = _decode(data)
    parser = expat.ParserCreate("utf-8", " ")
    walk = _Walk(names, depth, lambda: parser.CurrentLineNumber)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = walk.start, walk.end
    parser.CharacterDataHandler = walk.text
    parser.StartDoctypeDeclHandler = _refuse_type
    parser.EntityDeclHandler = _refuse_type
    fault = ""
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003 - expat takes it by place only
    except _RefusedError as refused:
        return Records((), str(refused), notes)
    except expat.ExpatError as error:
        fault = f"the XML breaks in line {error.lineno}: {expat.ErrorString(error.code)}"
        walk.break_off()
    return Records(tuple(walk.records), fault, notes)


def _refuse_type(*_: object) -> NoReturn:
    raise _RefusedError("the file declares a document type, which no export does: it is refused")


class _Walk:
    """Builds the records as the parser goes; what is no record is forgotten."""

    def __init__(self, names: frozenset[str], depth: int, line: Callable[[], int]) -> None:
        self.names, self.depth, self.line = names, depth, line
        self.open: list[Element] = []
        self.parts: list[list[str]] = []
        self.records: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        if len(self.open) > _DEEPEST:
            raise _RefusedError("the XML is nested more deeply than any export: it is refused")
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self.open.append(Element(name.rpartition(" ")[2], local, line=self.line()))
        self.parts.append([])

    def text(self, text: str) -> None:
        """Take a piece of an open element's text."""
        self.parts[-1].append(text)

    def end(self, _name: str) -> None:
        """Close an element: a record is kept, a record's part goes into it."""
        element = self.open.pop()
        element.text = "".join(self.parts.pop())
        depth = len(self.open)
        if depth == self.depth and element.name in self.names:
            self.records.append(element)
        elif depth > self.depth:
            self.open[-1].children.append(element)

    def break_off(self) -> None:
        """Close what is open, and say of each that its end is missing."""
        while self.open:
            self.open[-1].whole = False
            self.end("")


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return a file as text that XML allows, and what had to be mended for that."""
    text, notes = _decode_as(data)
    legal = _ILLEGAL_NUMBER.sub(_without_control, _ILLEGAL.sub("", text))
    if legal != text:
        notes += ("control characters, which XML forbids, were left out",)
    return _HEADER.sub("", legal, count=1), notes


def _without_control(found: re.Match[str]) -> str:
    return found[0] if found[0][2:-1].lstrip("0") in _KEPT_NUMBERS else ""


def _decode_as(data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), ()
    declared = _DECLARED.match(data[:400].removeprefix(codecs.BOM_UTF8))
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name in _CODECS and name not in {"utf-8", "utf8"}:
        return data.decode("cp1252", "replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        note = "the file says that it is UTF-8 and is not everywhere; those letters were read as Windows-1252"
        return data.decode("utf-8", "rehab-windows").removeprefix("\ufeff"), (note,)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("rehab-windows", _as_windows)
