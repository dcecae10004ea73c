"""The file of an export → its records, each a table of texts.

In: bytes, as CSV or JSON; which of both, they say themselves. Out: a `Record` for each submission, in the file's order
and also for those that cannot be read, so that a report adds up.

Netlify's API gives a list whose items hold the form's fields in `data`, beside fields of its own by the same names
(`number`, `name`, `body`), which are not the form's. Formspree's gives `{"fields": [...], "submissions": [...]}` and
names its own fields `_date` and `_status`. Exports as CSV have a column for each field of the form.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from rehab.comments.imports.json import parse_json, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST: Final = 50 * 1024 * 1024
"""Bytes of an export; a form service keeps far fewer comments than that."""
MOST: Final = 200_000
"""Records of an export."""
_WIDEST: Final = 500
"""Columns of a table; a form of ours has ten."""

_INSIDE: Final = ("data", "payload")
_LISTS: Final = ("submissions", "data", "items", "results")
_GAPS: Final = re.compile(r"[\s_-]+")


class Record(Struct, frozen=True, kw_only=True):
    """One submission: what the form sent, and what the service says of it, by names as `name_of` makes them."""

    sent: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


class Records(Struct, frozen=True, kw_only=True):
    """All submissions of a file. `fault` says why it could not be read to its end, `notes` what was done to read it."""

    records: tuple[Record, ...] = ()
    fault: str = ""
    notes: tuple[str, ...] = ()


def read_records(data: bytes) -> Records:
    """Return the records of an export."""
    if len(data) > LARGEST:
        return Records(fault=f"it has more than {LARGEST >> 20} MB")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    start = data.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    return _read_json(data) if start in {b"[", b"{"} else _read_csv(data)


def name_of(key: str) -> str:
    """Return a column's name in one spelling: `Reply to comment number:` → `reply to comment number`."""
    return _GAPS.sub(" ", key).strip(" :*\ufeff").lower()


def _read_json(data: bytes) -> Records:
    value, fault = parse_json(data)
    if fault:
        return Records(fault=fault)
    if isinstance(value, dict):
        value = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
    if not isinstance(value, list):
        return Records(fault="the JSON holds no list of submissions")
    if len(value) > MOST:
        return Records(fault=f"it has more than {MOST:,} submissions")
    return Records(records=tuple(_record(each) for each in value))


def _record(value: Any) -> Record:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(value, dict):
        return Record(fault="it is no table of fields")
    said = _texts(value)
    sent = next((_texts(value[name]) for name in _INSIDE if isinstance(value.get(name), dict)), said)
    return Record(sent=sent, said=said)


def _texts(value: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a table that are texts; true and false are `true` and `false`."""
    found = ((name_of(key), str(each).lower() if isinstance(each, bool) else text(each)) for key, each in value.items())
    return {key: each for key, each in found if each}


def _read_csv(data: bytes) -> Records:
    try:
        decoded, notes = data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        decoded = data.decode("cp1252", "replace")
        return _parse_csv(decoded, ("the file is not UTF-8; it was read as Windows-1252",))
    return _parse_csv(decoded, notes)


def _parse_csv(decoded: str, notes: tuple[str, ...]) -> Records:
    reader = csv.reader(io.StringIO(decoded.replace("\0", ""), newline=""), delimiter=_delimiter(decoded))
    records: list[Record] = []
    fault = ""
    try:
        names = [name_of(cell) for cell in next(reader, [])]
        if not any(names) or len(names) > _WIDEST:
            return Records(fault="its first line does not name the columns")
        for record in _rows(reader, names):
            records.append(record)
            if len(records) > MOST:
                return Records(fault=f"it has more than {MOST:,} submissions")
    except csv.Error as wrong:
        fault = f"the table breaks in line {reader.line_num}: {wrong}"
    return Records(records=tuple(records), fault=fault, notes=notes)


def _delimiter(decoded: str) -> str:
    """Return what stands between the columns of the first line: a comma, or what a spreadsheet made of it."""
    first = decoded.partition("\n")[0]
    return max(",;\t", key=first.count)


def _rows(reader: Iterator[list[str]], names: list[str]) -> Iterator[Record]:
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            yield Record(fault="it has more cells than the first line has names")
            continue
        found = {name: cell for name, cell in zip(names, cells, strict=False) if cell.strip()}
        yield Record(sent=found, said=found)
