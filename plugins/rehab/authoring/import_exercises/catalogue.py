"""The bytes of a free-exercise-db file → its records, each read strictly, each refusal with its reason.

In: bytes from a stranger. Out: for each record a `Record`, or the reason why it is held back; or one sentence on why
the file as a whole cannot be read. Nothing here trusts the file: its size, its depth, the type, the length and the
letters of every value are checked before anybody uses them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from rehab.authoring.import_exercises.values import parse_id, parse_name, parse_steps, parse_word, parse_words
from rehab.source.report import visible

if TYPE_CHECKING:
    from rehab.authoring.import_exercises.values import Found

LARGEST = 50_000_000
"""The most bytes that are read. The catalogue itself has one million."""

MOST = 50_000
"""The most records that are read. The catalogue has 873."""

READ = ("id", "name", "level", "equipment", "primaryMuscles", "secondaryMuscles", "instructions", "category")
LEFT = frozenset({"force", "mechanic", "images"})
"""Fields that we know and have no place for. `images` name pictures whose rights nobody knows."""


class Record(Struct, frozen=True, kw_only=True):
    """One record. `number` counts from 1. A field that it leaves out is None; its texts are on one line each."""

    number: int
    id: str
    name: str
    level: str | None = None
    equipment: str | None = None
    category: str | None = None
    primary: tuple[str, ...] = ()
    secondary: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    empty_steps: int = 0
    unread: tuple[str, ...] = ()
    pictures: int = 0


class Held(Struct, frozen=True, kw_only=True):
    """A record that cannot be used. `shown` is what can safely be said of who it is."""

    number: int
    shown: str
    reason: str


class Repeated(Struct, frozen=True):
    """An object in which a field stands twice: of two values, nobody knows which is meant."""

    key: str


class Catalogue(Struct, frozen=True, kw_only=True):
    """What a file holds, in its order; or `fault`, one sentence on why it cannot be read."""

    records: tuple[Record | Held, ...] = field(default=())
    fault: str = ""


def parse_catalogue(data: bytes) -> Catalogue:
    """Return the records of a file. Never raises for what the file says."""
    if len(data) > LARGEST:
        return Catalogue(fault=f"the file is larger than {LARGEST // 1_000_000} MB: give a smaller one")
    root, fault = _load(data)
    if fault:
        return Catalogue(fault=fault)
    if not isinstance(root, list):
        return Catalogue(fault="the file holds no list of records: give the catalogue's own exercises.json")
    if len(root) > MOST:
        return Catalogue(fault=f"the file holds more than {MOST} records: split it")
    records = tuple(_parse_record(number, value) for number, value in enumerate(root, start=1))
    return Catalogue(records=_without_double_ids(records))


def _load(data: bytes) -> Found:
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_table), ""
    except UnicodeDecodeError as wrong:
        return None, f"byte {wrong.start} of the file is not UTF-8: save it again as UTF-8"
    except RecursionError:
        return None, "the file is nested too deeply: a catalogue is a list of records"
    except json.JSONDecodeError as wrong:
        return None, f"the file is no JSON at line {wrong.lineno}, column {wrong.colno}: get it anew from its source"
    except ValueError:
        return None, "a number in the file is too long to be one: get the file anew from its source"


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Repeated:
    table = dict(pairs)
    if len(table) == len(pairs):
        return table
    keys = [key for key, _ in pairs]
    return Repeated(next(key for key in keys if keys.count(key) > 1))


def _parse_record(number: int, value: Any) -> Record | Held:  # noqa: ANN401 - any JSON may stand in the file
    if isinstance(value, Repeated):
        return Held(number=number, shown="", reason=f"the field '{shorten(value.key)}' stands twice")
    if not isinstance(value, dict):
        return Held(number=number, shown="", reason="it is no group of fields")
    fields: dict[str, Any] = {}
    for key in READ:
        name, parse = _FIELDS[key]
        found, reason = parse(value[key]) if key in value else _absent(key)
        if reason:
            return Held(number=number, shown=_who(value), reason=f"'{key}' {reason}")
        fields[name] = found
    steps = tuple(step for step in fields.pop("steps") if step)
    given = value.get("instructions") or ()
    pictures = value.get("images")
    return Record(
        number=number,
        **fields,
        steps=steps,
        empty_steps=len(given) - len(steps),
        unread=tuple(sorted(shorten(key) for key in value if key not in READ and key not in LEFT)),
        pictures=len(pictures) if isinstance(pictures, list) else 0,
    )


def _absent(key: str) -> Found:
    if key in {"id", "name"}:
        return None, "is missing"
    return (() if key in {"primaryMuscles", "secondaryMuscles", "instructions"} else None), ""


def _who(value: dict[str, Any]) -> str:
    known = (value.get(key) for key in ("id", "name"))
    return next((shorten(each) for each in known if isinstance(each, str) and each.strip()), "")


def shorten(text: str) -> str:
    """Return a stranger's text for a report: what cannot be seen is written out, and what is long is cut."""
    shown = visible(text[:60])
    return shown if len(text) <= len(shown) <= 60 else f"{shown[:59]}…"  # noqa: PLR2004 - a line's worth


_FIELDS = {
    "id": ("id", parse_id),
    "name": ("name", parse_name),
    "level": ("level", parse_word),
    "equipment": ("equipment", parse_word),
    "primaryMuscles": ("primary", parse_words),
    "secondaryMuscles": ("secondary", parse_words),
    "instructions": ("steps", parse_steps),
    "category": ("category", parse_word),
}
"""What each field of a record becomes, and how it is read."""


def _without_double_ids(records: tuple[Record | Held, ...]) -> tuple[Record | Held, ...]:
    """Hold every record whose id another one has too, unless it says the same as the first of them."""
    first: dict[str, Record] = {}
    clashing = set()
    for record in records:
        if isinstance(record, Record):
            other = first.setdefault(record.id, record)
            if replace(record, number=other.number) != other:
                clashing.add(record.id)
    return tuple(_judge_id(record, first, clashing) for record in records)


def _judge_id(record: Record | Held, first: dict[str, Record], clashing: set[str]) -> Record | Held:
    if isinstance(record, Held):
        return record
    if record.id in clashing:
        return Held(number=record.number, shown=record.id, reason="another record has its id and says something else")
    if first[record.id] is not record:
        return Held(number=record.number, shown=record.id, reason=f"it is record {first[record.id].number} once more")
    return record
