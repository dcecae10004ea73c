"""Field tables and problem codes → the reference pages of the documentation.

The tables are the only schema; these pages say what they say. A test compares the files under
`docs/reference/` with what comes out here, and `rehab docs` writes them anew.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from rehab.model.anatomy import Muscle, Region
from rehab.model.comment import Comment
from rehab.model.dose.shape import DOSE_FIELDS
from rehab.model.exercise import Exercise, Ladder
from rehab.model.glossary import Term
from rehab.model.injury import Injury, Treatment
from rehab.model.nouns import RedFlag
from rehab.model.page import Gallery, Page
from rehab.model.post import Post
from rehab.model.program import Program
from rehab.model.records import ListOf, RecordOf
from rehab.model.spec import Shape, specs
from rehab.model.use import Use
from rehab.source.codes import CODES

KINDS: tuple[tuple[type[Any], str, str], ...] = (
    (Post, "Post", "`content/posts/<slug>.md`, or a folder `content/posts/<slug>/index.md` with its pictures"),
    (Use, "One of a post's exercises", "an item of `exercises`, beside `exercise` or `name` and the dose fields"),
    (Exercise, "Exercise", "`content/exercises/<slug>.md`"),
    (Ladder, "Ladder", "an item of `content/exercises/ladders.yml`, each with its `id`"),
    (Injury, "Injury", "`content/injuries/<slug>.md`"),
    (Treatment, "Treatment", "`content/treatments/<slug>.md`"),
    (Program, "Program", "`content/programs/<slug>.md`"),
    (Comment, "Comment", "`content/comments/<thread>/<id>.md`: a post's slug, `exercises/<slug>` or `injuries/<slug>`"),
    (Gallery, "Gallery", "`content/galleries/<slug>/gallery.md`, which a folder of pictures can do without"),
    (Page, "Page", "`content/pages/<slug>.md`"),
    (Region, "Region of the body", "an item of `content/vocabulary/regions.yml`"),
    (Muscle, "Muscle or other structure", "an item of `content/vocabulary/muscles.yml`"),
    (RedFlag, "Red flag", "an item of `content/vocabulary/red_flags.yml`, or of an injury's `red_flags`"),
    (Term, "Word of the glossary", "an item of `content/vocabulary/glossary.yml`"),
)
"""Every kind that an author writes: its noun, its name, and where it is written."""


def render_front_matter() -> str:
    """Return `docs/reference/front-matter.md`."""
    parts = [_FRONT_MATTER_HEAD.format(fields=", ".join(f"`{name}`" for name in DOSE_FIELDS))]
    parts += [f"## {name}\n\nWritten in {where}.\n\n{_table(noun)}" for noun, name, where in KINDS]
    parts.append("# Groups of fields\n\nSmall groups that stand inside the fields above.\n")
    parts += [f"## {noun.__name__}\n\n{_table(noun)}" for noun in _records()]
    return "\n".join(parts)


def render_problems() -> str:
    """Return `docs/reference/problems.md`."""
    codes = sorted(CODES.items())
    rows = [f"| [`{code}`](problems/{code}.md) | {about.severity} | {about.why} |" for code, about in codes]
    return "\n".join([_PROBLEMS_HEAD, *rows, ""])


def _table(noun: type[Any]) -> str:
    rows = [
        f"| `{spec.key}`{' **required**' if spec.required else ''} | {_shape_words(spec.shape)} | {spec.doc} |"
        for spec in specs(noun)
    ]
    return "\n".join(["| field | value | what it says |", "|---|---|---|", *rows, ""])


def _shape_words(shape: Shape[Any]) -> str:
    record, is_list = _record_of(shape)
    if record is not None:
        name = record.noun.__name__
        title = next((title for noun, title, _ in KINDS if noun is record.noun), name)
        words = f"[{title}](#{title.lower().replace(' ', '-')})"
        if record.short:
            words += f", or its `{record.short}`"
        if record.pair:
            words += f", or `{record.pair[0]}: {record.pair[1]}`"
        return f"list of {words}" if is_list else words
    return shape.name.replace("|", "\\|")


def _record_of(shape: Shape[Any]) -> tuple[RecordOf[Any] | None, bool]:
    if isinstance(shape, RecordOf):
        return shape, False
    if isinstance(shape, ListOf) and isinstance(shape.item, RecordOf):
        return shape.item, True
    return None, False


def _records() -> list[type[Any]]:
    """Return every small noun that a field holds, however deep, in order of name."""
    found: dict[str, type[Any]] = {}
    waiting: list[type[Any]] = [noun for noun, _, _ in KINDS]
    listed = set(waiting)
    while waiting:
        for spec in specs(waiting.pop()):
            record, _ = _record_of(spec.shape)
            if record is not None and record.noun not in listed:
                listed.add(record.noun)
                found[record.noun.__name__] = record.noun
                waiting.append(record.noun)
    return [found[name] for name in sorted(found) if dataclasses.is_dataclass(found[name])]


_FRONT_MATTER_HEAD = """\
# Front matter

Every field that you can write, kind by kind. This page is made from the program's own field tables by
`rehab docs`; a test keeps the two together.

A field that is left empty is as if it were not there. A list may be a single value, but not a text
with commas: write `[knee, hill]`. Dates are
`2014-04-06`, perhaps with a time; without a zone they are UTC. Dose fields are {fields}.
"""

_PROBLEMS_HEAD = """\
# Problems

Every kind of problem that `make check` reports. An error keeps `make publish` from writing anything; a
warning does not, and can be silenced in front matter with a reason: `silence: {code: reason}`. Each code
leads to its page, with a wrong and a right example; `rehab explain CODE` shows the same. All this is made
from the program's own tables by `rehab docs`; a test keeps the two together.

| code | severity | why it is a problem |
|---|---|---|"""
