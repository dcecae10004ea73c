"""What a text names that the site knows → lines of front matter for the author to confirm, all of them comments.

In: a text, and every name that things of the site go by. Out: comment lines, each with the words that gave rise to it
and its line in the text. Nothing here asserts anything: that a text names a treatment says neither that it was tried
nor that it helped. Longer names win; a dose is offered where its numbers stand between this exercise and the next.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from rehab.model.dose import Dose
from rehab.model.dose.grammar import parse_dose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rehab.site.names import Names

FIELDS: Final = {"injury": "injuries", "exercise": "exercises", "treatment": "treatments", "region": "regions"}
"""The kinds that are looked for, and the field that each would stand in."""
HEAD: Final = "# Found in the text, and confirmed by nobody. Take the # away from what is right."
_SIDES: Final = {"unilateral", "bilateral"}
_MOST: Final = 12
_LONGEST: Final = 8
_SHORTEST: Final = 3
_QUOTED: Final = 60

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NUMBERS: Final = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True))
_NUMBER = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"
_SETS = re.compile(
    rf"\b{_NUMBER}\s{{1,3}}sets?\s{{1,3}}of\s{{1,3}}{_NUMBER}(?:\s{{0,3}}(?:repetitions?|reps?|times)\b)?(?:\s{{1,3}}(?:on|for|with|per)\s{{1,3}}"
    rf"(both|each|either)\s{{1,3}}(?:legs?|sides?|feet|foot|arms?))?|\b(\d{{1,2}})\s*[x×]\s*(\d{{1,3}})\b",
    re.IGNORECASE,
)
_LOAD = re.compile(r"\b(\d{1,3}(?:\.\d)?)[\s-]{0,3}(pounds?|lbs?|kilos?|kgs?|kilograms?)\b", re.IGNORECASE)


class Found(Struct, frozen=True):
    """A name in a text: which thing it is, the words, where they stand."""

    kind: str
    slug: str
    words: str
    start: int


class Known(Struct, frozen=True):
    """Every name of the site, as a run of small words with the kind and slug that it leads to.

    `sides` is the laterality of each exercise: of a one-sided one no dose is offered that does not say the side.
    """

    index: Mapping[tuple[str, ...], tuple[str, str]]
    sides: Mapping[str, str] = field(default_factory=dict)


def render_suggestions(text: str, known: Known, question: str = "") -> tuple[str, ...]:
    """Return the comment lines for a text's front matter; none where nothing of the site is named."""
    found = find_names(text, known.index)
    lines: list[str] = []
    for kind, name in FIELDS.items():
        same = [each for each in found if each.kind == kind]
        first = list({each.slug: each for each in reversed(same)}.values())[::-1]
        uses = [each for each in found if each.kind == "exercise"]
        lines += _RENDER[kind](name, first[:_MOST], text, uses, known.sides)
    lines += [f"# question: {_yaml(question)}"] if question else []
    return (HEAD, *lines) if lines else ()


def index_of(names: Names) -> Mapping[tuple[str, ...], tuple[str, str]]:
    """Return every name of the site as a run of small words, with the kind and slug that it leads to."""
    index: dict[tuple[str, ...], tuple[str, str]] = {}
    for kind in reversed(FIELDS):
        for name, known in names.index.get(kind, {}).items():
            words = _plain(name.replace("-", " "))
            if known.slug != "unspecified" and len("".join(words)) >= _SHORTEST:
                index[words] = (kind, known.slug)
    return index


def find_names(text: str, index: Mapping[tuple[str, ...], tuple[str, str]]) -> tuple[Found, ...]:
    """Return the names that stand in a text, in order; of two that overlap, the longer."""
    words = list(_WORD.finditer(text))
    plain = [_singular(each[0]) for each in words]
    found: list[Found] = []
    at = 0
    while at < len(words):
        length = next((n for n in range(_LONGEST, 0, -1) if tuple(plain[at : at + n]) in index), 0)
        if length:
            run = text[words[at].start() : words[min(at + length, len(words)) - 1].end()]
            kind, slug = index[tuple(plain[at : at + length])]
            if not _is_other_word(run, kind):
                found.append(Found(kind, slug, run, words[at].start()))
        at += length or 1
    return tuple(found)


def _is_other_word(run: str, kind: str) -> bool:
    """Tell whether an abbreviation's letters stand here as an everyday word: `art` is not ART."""
    return kind == "treatment" and len(run) <= _SHORTEST and not run.isupper()


def _plain(name: str) -> tuple[str, ...]:
    return tuple(_singular(each[0]) for each in _WORD.finditer(name))


def _singular(word: str) -> str:
    small = word.casefold()
    return small[:-1] if len(small) > _SHORTEST and small.endswith("s") and not small.endswith("ss") else small


def _list(field: str, found: Sequence[Found], text: str, *_: object) -> list[str]:
    if not found:
        return []
    said = "; ".join(f"{each.slug}: line {_line(text, each.start)}, '{each.words}'" for each in found)
    return [f"# {field}: [{', '.join(each.slug for each in found)}]", f"#   # {_one_line(said)}"]


def _uses(field: str, found: Sequence[Found], text: str, uses: Sequence[Found], sides: Mapping[str, str]) -> list[str]:
    lines = [f"# {field}:"] if found else []
    for each in found:
        dose, words = _dose_near(each, text, uses)
        if ("each side" in dose) == (sides.get(each.slug) == "bilateral") and sides.get(each.slug) in _SIDES:
            dose = ""
        asked = ", which side?" if words and not dose else ""
        said = f"line {_line(text, each.start)}, '{each.words}'" + (f"; '{words}'{asked}" if words else "")
        said = _one_line(said)
        lines.append(f"#   - {each.slug}{f': {dose}' if dose else ''}  # {said}")
    return lines


def _tried(field: str, found: Sequence[Found], text: str, *_: object) -> list[str]:
    lines = [f"# {field}:"] if found else []
    for each in found:
        said = _one_line(f"line {_line(text, each.start)}, '{each.words}'; what came of it is yours to say")
        lines.append(f"#   - {each.slug}: unclear  # {said}")
    return lines


def _regions(_field: str, found: Sequence[Found], text: str, *_: object) -> list[str]:
    lines = _list("mentions", found, text)
    return [lines[0].replace("mentions: [", "mentions: {regions: [") + "}", *lines[1:]] if lines else []


_RENDER: dict[str, Callable[[str, Sequence[Found], str, Sequence[Found], Mapping[str, str]], list[str]]] = {
    "injury": _list,
    "exercise": _uses,
    "treatment": _tried,
    "region": _regions,
}


def _dose_near(found: Found, text: str, uses: Sequence[Found]) -> tuple[str, str]:
    """Return the dose that stands between an exercise and the next one, and its words; nothing where none fits."""
    starts = sorted(each.start for each in uses if each.slug == found.slug)
    others = sorted(each.start for each in uses if each.slug != found.slug)
    for start in starts:
        end = next((each for each in others if each > start), len(text))
        part = text[start:end]
        sets = _SETS.search(part)
        if sets:
            dose, words = _dose(sets, _LOAD.search(part))
            return (dose, words) if isinstance(parse_dose(dose), Dose) else ("", words)
    return "", ""


def _dose(sets: re.Match[str], load: re.Match[str] | None) -> tuple[str, str]:
    numbers = [_number(each) for each in (sets[1] or sets[4], sets[2] or sets[5])]
    side = " each side" if sets[3] else ""
    unit = "lb" if load and load[2].casefold().startswith(("p", "l")) else "kg"
    weight = f" @ {load[1]} {unit}" if load else ""
    words = " ".join(sets[0].split()) + (f"', '{' '.join(load[0].split())}" if load else "")
    return f"{numbers[0]} x {numbers[1]}{side}{weight}", words


def _number(text: str) -> int:
    return _NUMBERS[text.casefold()] if text.casefold() in _NUMBERS else int(text)


def _line(text: str, start: int) -> int:
    return text.count("\n", 0, start) + 1


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _yaml(text: str) -> str:
    return '"' + _one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def names_in(lines: Sequence[str]) -> Iterator[str]:
    """Yield the fields that suggestions are for, for a report."""
    for line in lines:
        found = re.match(r"# ([a-z]+):", line)
        if found:
            yield found[1]
