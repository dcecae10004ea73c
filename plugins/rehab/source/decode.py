"""A file → its text: bytes as UTF-8, with the line ends of Unix, and what is wrong with them."""

from __future__ import annotations

from rehab.source.place import Place
from rehab.source.problem import Problem, Problems

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
LARGEST = 10 * 1024 * 1024
"""Bytes of a text that is read; a long book has one million."""
_MARK = "\ufeff"
_USUAL = 64 * 1024
"""Bytes that nearly every text is shorter than."""


def read_bytes(file: str) -> bytes:
    """Return the bytes of a file, or the first of one that is too large. What is asked for at once is also reserved."""
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 - a Path for each of thousands of files costs too much
        data = stream.read(_USUAL)
        while len(data) >= _USUAL and len(data) <= LARGEST and (more := stream.read(LARGEST + 1 - len(data))):
            data += more
    return data


def decode(data: bytes, path: str) -> tuple[str, Problems]:
    """Return the text of a file, with the line ends of Unix and without a byte-order mark."""
    problems: Problems = ()
    try:
        text = data.decode().removeprefix(_MARK)
    except UnicodeDecodeError:
        text, problems = _decode_damaged(data, path)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text, problems


def _decode_damaged(data: bytes, path: str) -> tuple[str, Problems]:
    """Return the text of a file that is not UTF-8, and where that shows first."""
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace").replace("\r\n", "\n")
        place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"this letter is not UTF-8 (byte {data[error.start]:#04x})"
        problem = Problem("not-utf8", place, message, "save the file again with the encoding UTF-8")
        return data.decode("cp1252", "replace"), (problem,)
