"""A record of the catalogue → the text of its exercise file, and what is to be said of it.

In: a `Record`, which has been checked. Out: a Markdown file that is all front matter, and remarks. The texts are a
stranger's: they are written so that Markdown and HTML in them are shown as letters, and do nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from rehab.authoring.import_exercises.words import (
    ADDRESS,
    CATALOGUE,
    FIRST_OF_KIND,
    KINDS,
    LEVELS,
    LICENCE,
    LOADS,
    MUSCLES,
    SETUPS,
)
from rehab.source.yaml_text import Value, quote, render_block

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.authoring.import_exercises.catalogue import Record

Remark: TypeAlias = tuple[str, str]
"""What is to be said of a record, and of what in it (or the empty string)."""

SILENCE = {"unlinked-exercise": "Imported from a catalogue, which ties no exercise to an injury."}
"""The one warning that is true of every record and says nothing of any. All others are left to speak."""

_MARKS = re.compile(r"[\\`*_{}\[\]]")
_OPENING = re.compile(r"^(?=[#+>-])|(?<=^\d)(?=\.)|(?<=^\d\d)(?=\.)")
"""Where a backslash keeps a line from being a heading, a list, a quotation, a rule."""
_ENTITY = re.compile(r"&(?=#?\w+;)")


def render_exercise(record: Record) -> tuple[str, tuple[Remark, ...]]:
    """Return the text of a record's file, and the remarks on it."""
    muscles, raw, remarks = _muscles(record)
    fields: dict[str, Value] = {"title": record.name, "status": "full" if record.steps else "stub"}
    xref: dict[str, Value] = {CATALOGUE: record.id, **raw}
    fields |= _one_word("kind", record.category, KINDS, "category", xref, remarks)
    if record.category in KINDS.keys() - FIRST_OF_KIND:
        xref[f"{CATALOGUE}-category"] = record.category or ""
    fields |= {"muscles": muscles} if muscles else {}
    fields |= _equipment(record.equipment, xref, remarks)
    fields |= _one_word("difficulty", record.level, LEVELS, "level", xref, remarks)
    ending: dict[str, Value] = {"steps_by": CATALOGUE} if record.steps else {}
    ending |= {"sources": [_source(record)], "xref": xref, "silence": SILENCE}
    text = f"---\n{render_block(fields)}{_steps(record)}{render_block(ending)}---\n"
    return text, (*_lacks(record), *remarks)


def _lacks(record: Record) -> tuple[Remark, ...]:
    remarks = []
    if not record.steps:
        remarks.append(("it has no instructions, so it is a stub", ""))
    if record.steps and record.empty_steps:
        remarks.append(("an empty instruction was left out", ""))
    if record.unread:
        remarks.append(("nothing here reads one of its fields", ", ".join(record.unread)))
    return tuple(remarks)


def _source(record: Record) -> Mapping[str, Value]:
    return {"title": record.name, "container": CATALOGUE, "url": ADDRESS, "license": LICENCE}


def _steps(record: Record) -> str:
    lines = "".join(f"  - {quote(as_letters(step))}\n" for step in record.steps)
    return f"steps:\n{lines}" if lines else ""


def as_letters(text: str) -> str:
    """Return a text of one line as Markdown that shows exactly its letters: no mark, no link, no tag comes of it."""
    text = _MARKS.sub(r"\\\g<0>", _ENTITY.sub("&amp;", text)).replace("<", "&lt;")
    return _OPENING.sub(r"\\", text, count=1)


def _one_word(  # noqa: PLR0913 - the field, the word, its table, and where the rest is kept
    field: str, word: str | None, table: Mapping[str, str], key: str, xref: dict[str, Value], remarks: list[Remark]
) -> dict[str, Value]:
    """Return a field with our word for the catalogue's; a word without one is kept in `xref` and told."""
    if word in table:
        return {field: table[word or ""]}
    if word is None:
        remarks.append((f"it says no {key}", ""))
    else:
        xref[f"{CATALOGUE}-{key}"] = word
        remarks.append((f"its {key} has no word here, and is kept in `xref`", word))
    return {}


def _equipment(word: str | None, xref: dict[str, Value], remarks: list[Remark]) -> dict[str, Value]:
    if word in LOADS:
        return {"equipment": {"load": LOADS[word or ""]}}
    if word in SETUPS:
        return {"equipment": {"setup": [SETUPS[word or ""]]}}
    if word == "other":
        xref[f"{CATALOGUE}-equipment"] = word
        remarks.append(("its equipment is 'other', which is kept in `xref`", ""))
        return {}
    return _one_word("equipment", word, {}, "equipment", xref, remarks)


def _muscles(record: Record) -> tuple[dict[str, Value], dict[str, Value], list[Remark]]:
    """Return our lists of muscles, the catalogue's own words where they do not fit, and the remarks on them."""
    both = set(record.primary) & set(record.secondary)
    unknown = (set(record.primary) | set(record.secondary)) - MUSCLES.keys()
    lists = {"primary": record.primary, "secondary": record.secondary}
    ours: dict[str, Value] = {name: _ours(words, both) for name, words in lists.items() if _ours(words, both)}
    raw: dict[str, Value] = {}
    if both or unknown:
        raw = {f"{CATALOGUE}-{name}": ", ".join(words) for name, words in lists.items() if words}
    remarks = []
    if both:
        title = "it says that a muscle is worked both mainly and also: it is in neither list, and kept in `xref`"
        remarks.append((title, ", ".join(sorted(both))))
    if unknown:
        remarks.append(("a muscle has no word here, and is kept in `xref`", ", ".join(sorted(unknown))))
    if not record.primary:
        remarks.append(("it names no main muscle", ""))
    return ours, raw, remarks


def _ours(words: tuple[str, ...], without: set[str]) -> list[Value]:
    return list(dict.fromkeys(MUSCLES[word] for word in words if word in MUSCLES and word not in without))
