"""A field table → the text of a new file: what is needed filled in, what is used most ready, the rest as comments.

In: a kind, its title and what is known on this site. Out: front matter that reads without an error as it stands. A
comment becomes a field when its `#` is taken away. Exists so that nobody has to remember a field or a slug.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from rehab.model.dose.shape import DoseShape
from rehab.model.exercise import Exercise
from rehab.model.injury import Injury, Treatment
from rehab.model.page import Gallery, Page
from rehab.model.post import Post
from rehab.model.program import Program
from rehab.model.records import ListOf, RecordOf
from rehab.model.shapes import PROSE, WORDS, FileName, Reference
from rehab.model.spec import specs
from rehab.model.use import UseShape
from rehab.source.yaml_text import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rehab.model.spec import Shape, Spec

SHOWN = 12
"""So many known names are offered; of more, how many there are."""


class Start(Struct, frozen=True):
    """How a new file of a kind begins. `filled` are fields with a value, as YAML, beside the title and the date.

    `ready` are fields without one yet; `first` are comments, groups written out; all others follow on a line each.
    """

    noun: type[Any]
    filled: tuple[tuple[str, str], ...] = ()
    ready: tuple[str, ...] = ("summary",)
    first: tuple[str, ...] = ()


STARTS: dict[str, Start] = {
    "post": Start(Post, (), ("author", "summary"), ("injuries", "exercises", "treatments", "tags", "question")),
    "exercise": Start(
        Exercise, (), ("summary", "kind", "laterality"), ("muscles", "equipment", "injuries", "steps", "dose", "images")
    ),
    "injury": Start(
        Injury,
        (("region", "unspecified"), ("red_flags", "[]")),
        ("summary",),
        ("aliases", "structures", "symptoms", "aggravated_by", "eased_by", "treatments"),
    ),
    "treatment": Start(Treatment, (), ("summary", "kind", "who"), ("aliases", "claims")),
    "program": Start(Program, (), ("summary",), ("injuries", "source", "prescribed_by", "phases", "pain_rule")),
    "gallery": Start(Gallery, (), ("summary",), ("images",)),
    "page": Start(Page),
}
"""The kinds that `rehab new` makes."""

REST = "# More fields. Take the # away from a line to use it; an empty field is as if it were not there."


class Known(Struct, frozen=True):
    """What can be offered: slugs by kind (`injury`), words by field (`author`), a gallery's pictures by file name."""

    slugs: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    pictures: tuple[str, ...] = ()


def render_new(kind: str, title: str, date: str, known: Known) -> str:
    """Return the text of a new file. `title` is clean; `date` is a day for a post, else empty."""
    start = STARTS[kind]
    table = {spec.key: spec for spec in specs(start.noun)}
    filled = (("title", quote(title)), *((("date", date),) if date else ()), *start.filled)
    ready = start.ready if not known.pictures else (*start.ready, "images")
    live = [_live(table[key], value, known) for key, value in filled]
    live += [_pictures(known) if key == "images" else _live(table[key], "", known) for key in ready]
    done = {key for key, _ in filled} | set(ready)
    first = [_first(table[key], known) for key in start.first if key not in done]
    rest = [f"# {_line(spec, known)}" for key, spec in table.items() if key not in done | set(start.first)]
    return "\n".join(["---", *live, "", *first, "", REST, *rest, "---", "", ""]).replace("\n\n\n", "\n\n")


def _live(spec: Spec, value: str, known: Known) -> str:
    if spec.key in {"title", "date"}:
        return f"{spec.key}: {value}"
    return f"{spec.key}: {value}".rstrip() + f"  # {_about(spec, known)}"


def _line(spec: Spec, known: Known) -> str:
    empty = " []" if isinstance(spec.shape, ListOf) else ""
    return f"{spec.key}:{empty}  # {_about(spec, known)}"


def _first(spec: Spec, known: Known) -> str:
    """Return a field that is used often: slugs as its value, a group with its fields below it, or its line."""
    item = spec.shape.item if isinstance(spec.shape, ListOf) else spec.shape
    names = _names(spec, known)
    if isinstance(item, UseShape):
        lines = _uses(spec, known.slugs.get("exercise", ()))
    elif isinstance(item, RecordOf):
        lines = _group(spec, item, known)
    elif isinstance(item, Reference) and item is not spec.shape and names:
        lines = [f"{spec.key}: [{', '.join(names[:SHOWN])}]  # {spec.doc}{_more(names)}"]
    else:
        lines = [_line(spec, known)]
    return "\n".join(f"# {line}" for line in lines)


def _group(spec: Spec, record: RecordOf[Any], known: Known) -> list[str]:
    first, other = ("- ", "  ") if isinstance(spec.shape, ListOf) else ("", "")
    lines = [
        f"  {first if number == 0 else other}{_line(each, known)}" for number, each in enumerate(specs(record.noun))
    ]
    short = _short_forms(record).removeprefix(", ")
    return [f"{spec.key}:  # {spec.doc}{f' ({short})' if short else ''}", *lines]


def _uses(spec: Spec, names: tuple[str, ...]) -> list[str]:
    head = f"{spec.doc} (`- slug: dose`; a group with `name` makes a new one){_more(names)}"
    return [f"{spec.key}:  # {head}", *(f"  - {name}:" for name in names[:SHOWN])]


def _pictures(known: Known) -> str:
    items = [f"  - src: {quote(name)}\n    alt:" for name in known.pictures]
    return "\n".join(["images:  # Each needs words for somebody who cannot see it.", *items])


def _about(spec: Spec, known: Known) -> str:
    """Return a field's one sentence with the words that it takes."""
    names = _names(spec, known)
    hint = ", ".join(names[:SHOWN]) + _more(names) if names else _hint(spec.shape)
    return f"{spec.doc} ({hint})" if hint else spec.doc


def _more(names: tuple[str, ...]) -> str:
    return f" … and {len(names) - SHOWN} more" if len(names) > SHOWN else ""


def _hint(shape: Shape[Any]) -> str:
    item = shape.item if isinstance(shape, ListOf) else shape
    if item in {WORDS, PROSE} or isinstance(item, FileName):
        return ""
    words = item.name.removeprefix("a dose, ") if isinstance(item, DoseShape) else item.name
    return words + _short_forms(item)


def _short_forms(shape: Shape[Any]) -> str:
    if not isinstance(shape, RecordOf):
        return ""
    pair = f", or `{shape.pair[0]}: {shape.pair[1]}`" if shape.pair else ""
    return (f", or its `{shape.short}`" if shape.short else "") + pair


def _names(spec: Spec, known: Known) -> tuple[str, ...]:
    item = spec.shape.item if isinstance(spec.shape, ListOf) else spec.shape
    return known.slugs.get(item.kind, ()) if isinstance(item, Reference) else known.words.get(spec.key, ())


def offered(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that may stand in a comment as they are: those that are plain in YAML."""
    return tuple(sorted(dict.fromkeys(name for name in names if name and quote(name) == name and "," not in name)))
