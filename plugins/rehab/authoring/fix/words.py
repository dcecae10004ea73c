"""Misspelt names of fields, references and choices → the one name that can be meant.

In: a reading, and for references the problems and names of the whole site. Out: the first change that is certain: the
report's own hint offers a single word, it is one slip of the keyboard away, no other known word is, and with it the
file has fewer errors. Digits are never changed: `week-3` is no slip for `week-2`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rehab.authoring.fix.fields import known_keys
from rehab.authoring.fix.letters import CURLY_VALUE, without_curly_quotes, without_quotes_and_odd_spaces
from rehab.authoring.fix.reading import Change, Reading, keeps_the_rest, mends, read_source, rows_of, scalars_of
from rehab.model.nearest import is_one_slip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rehab.site.names import Names
    from rehab.source.problem import Problem

OTHER_FORMS = {
    "alias": "aliases", "categories": "category", "gallerie": "gallery", "galleries": "gallery",
    "injury": "injuries", "injurys": "injuries", "sommaire": "summary", "summaries": "summary",
    "tag": "tags", "titel": "title", "titles": "title",
}  # fmt: skip
"""Names of fields in another number or language, which may be more than one slip away."""

_ONE_OFFERED = re.compile(r"use '([^']+)'")
_DIGITS = re.compile(r"\d+")
_SHORTEST = 3
_KIND = re.compile(r"[a-z]+:")

QUOTES = "curly quotes are letters to YAML, not quotes"


def rename_field(reading: Reading) -> Change | None:
    """Give a misspelt field its name, if there is one that it can be."""
    for fault in reading.faults:
        if fault.code == "unknown-key" and fault.place.line in reading.front:
            word = _key_at(reading, fault)
            found = [change for change in _renamings(reading, fault, word) if _mends(reading, change, fault)]
            if len(found) == 1:
                return found[0]
    return None


def respell_choice(reading: Reading) -> Change | None:
    """Write a word that is one slip away from one of those that its field takes."""
    for fault in reading.faults:
        offered = _ONE_OFFERED.fullmatch(fault.hint)
        if fault.code == "bad-choice" and offered and fault.place.line in reading.front:
            start, word = _word_at(reading, fault)
            if _is_slip(word, offered[1]):
                change = _respelt(start, word, offered[1])
                if _mends(reading, change, fault):
                    return change
    return None


def straighten_quotes(reading: Reading, also: Iterable[Problem] = ()) -> Change | None:
    """Put plain quotes for curly ones around a value that is refused as it is. `also` are the site's problems."""
    refused = {"bad-date", "bad-choice", "bad-url", "bad-dose", "bad-slug", "wrong-type"}
    faults = [fault for fault in reading.faults if fault.code in refused]
    for fault in (*faults, *also):
        if fault.place.line not in reading.front:
            continue
        start = reading.offset(fault.place.line, fault.place.column)
        match = CURLY_VALUE.match(reading.text, start)
        inner = without_curly_quotes(match[0]) if match else None
        if match and inner and '"' not in inner and "\\" not in inner:
            change = Change(start, match.end(), f'"{inner}"', QUOTES)
            after = read_source(change.apply(reading.text), reading.path)
            better = after.errors < reading.errors or (fault not in reading.faults and after.errors == reading.errors)
            if better and keeps_the_rest(reading, after, reading.field_at(fault.place.line)):
                return change
    return None


def respell_reference(reading: Reading, unknown: Iterable[Problem], names: Names) -> Change | None:
    """Write the one slug that a reference can mean. `unknown` are the site's problems with references in this file."""
    for problem in unknown:
        offered = _ONE_OFFERED.fullmatch(problem.hint)
        start, word = _word_at(reading, problem)
        if not offered or not _is_slip(word, offered[1]) or _stands_beside(reading, problem, offered[1]):
            continue
        if _within_one_slip(word, problem, names) == {offered[1]}:
            return _respelt(start, word, offered[1])
    return None


def _renamings(reading: Reading, fault: Problem, word: str) -> Iterator[Change]:
    if not word:
        return
    start = reading.offset(fault.place.line, fault.place.column)
    clean = without_quotes_and_odd_spaces(word)
    if clean != word and clean in known_keys():
        yield Change(start, start + len(word), clean, f"'{clean}' in plain letters is the field's name")
        return
    meant = OTHER_FORMS.get(clean.casefold())
    plain = clean.casefold().replace("-", "_").replace(" ", "_")
    same = meant or (plain if plain in known_keys() and plain != word else "")
    for key in (same,) if same else sorted(key for key in known_keys() if _is_slip(clean, key)):
        yield Change(start, start + len(word), key, f"'{word}' can only be '{key}'")


def _mends(reading: Reading, change: Change, fault: Problem) -> bool:
    after = read_source(change.apply(reading.text), reading.path)
    return mends(reading, after, reading.field_at(fault.place.line))


def _key_at(reading: Reading, fault: Problem) -> str:
    """Return the key that a fault is about, if it stands in the text as it is read."""
    found = (row.key.value for row in rows_of(reading.root) if row.key.place == fault.place)
    word = next(found, "")
    return word if reading.text.startswith(word, reading.offset(fault.place.line, fault.place.column)) else ""


def _word_at(reading: Reading, problem: Problem) -> tuple[int, str]:
    """Return where the words are that a problem is about, and the words."""
    start = reading.offset(problem.place.line, problem.place.column)
    kind = _KIND.match(reading.text, start) if reading.text.endswith("[[", 0, start) else None
    start = kind.end() if kind else start
    return start, reading.text[start : start + problem.span]


def _respelt(start: int, word: str, meant: str) -> Change:
    return Change(start, start + len(word), meant, f"'{word}' can only be '{meant}'")


def _is_slip(word: str, known: str) -> bool:
    small, other = (re.sub(r"[\W_]+", " ", each.casefold()).strip() for each in (word, known))
    enough = len(small) >= _SHORTEST and "\n" not in word
    return enough and _DIGITS.findall(small) == _DIGITS.findall(other) and is_one_slip(small, other)


def _within_one_slip(word: str, problem: Problem, names: Names) -> set[str]:
    """Return the slugs of everything whose name is one slip away from a word, of the kind that the place wants."""
    kinds = [kind for kind in names.index if problem.message.startswith(f"no {kind} ")] or list(names.index)
    return {name.slug for kind in kinds for known, name in names.index[kind].items() if _is_slip(word, known)}


def _stands_beside(reading: Reading, problem: Problem, slug: str) -> bool:
    """Return whether the same field names that slug already: then the misspelt one may be meant for another."""
    if problem.place.line not in reading.front:
        return False
    field = reading.field_at(problem.place.line)
    keys = (row.key for row in rows_of(reading.root))
    said = (*scalars_of(reading.root), *keys)
    return any(each.place.line in field and each.value.strip() == slug for each in said)
