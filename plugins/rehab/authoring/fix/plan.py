"""Sources and what is wrong with them → the repairs that are certain.

In: each file's text as it stands on disk, and the other files of the tree. Out: for each file that can be repaired,
its edits in order, each with its reason. Nothing is read or written here. An edit is proposed by a rule (the
modules beside this one) and taken only if the parser, asked again, agrees: every other field keeps its value, and
the text its letters. What two people could mend in two ways is left to a person.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from rehab.authoring.fix.dose import split_dose
from rehab.authoring.fix.fences import close_front_matter, open_front_matter
from rehab.authoring.fix.legacy import convert_header, why_header_stays
from rehab.authoring.fix.quotes import quote_misread, quote_unreadable
from rehab.authoring.fix.reading import Change, Reading, read_source
from rehab.authoring.fix.site import Linked, link_tree
from rehab.authoring.fix.spaces import add_missing_spaces, replace_no_break_spaces, replace_odd_spaces, replace_tabs
from rehab.authoring.fix.view import Edit, apply_edits, fix_marks, view_text
from rehab.authoring.fix.words import rename_field, respell_choice, respell_reference, straighten_quotes

__all__ = ["Edit", "apply_edits", "headers_left", "plan_fixes"]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rehab.source.document import Asset

Rule: TypeAlias = "Callable[[Reading], Change | None]"

RULES: tuple[Rule, ...] = (
    open_front_matter,
    close_front_matter,
    replace_odd_spaces,
    add_missing_spaces,
    quote_unreadable,
    replace_tabs,
    rename_field,
    split_dose,
    straighten_quotes,
    respell_choice,
    quote_misread,
    convert_header,
)
"""In this order, for what makes a file readable uncovers the rest."""

_MOST_EDITS = 1000
_ROUNDS = 40


def plan_fixes(
    texts: Mapping[str, str], assets: tuple[Asset, ...] = (), warned: Iterable[str] = ()
) -> tuple[Edit, ...]:
    """Return every certain repair of a tree, in order of path.

    `texts` are the documents by path, with the line ends that they have; `assets` the tree's other files, which may
    be what a reference means; `warned` the paths of those in which the report warns of no-break spaces.
    """
    now = dict(texts)
    edits: list[Edit] = []
    spaces = frozenset(warned)
    for _ in range(_ROUNDS):
        found = [edit for path, text in now.items() for edit in _fix_text(path, text, spaces)]
        now = {path: apply_edits(text, _of(found, path)) for path, text in now.items()}
        linked = link_tree({path: view_text(text).text for path, text in now.items()}, assets)
        named = [edit for path in linked.problems for edit in _fix_references(path, now[path], linked)]
        now = {path: apply_edits(text, _of(named, path)) for path, text in now.items()}
        edits += found + named
        if not named:
            break
    return tuple(sorted(edits, key=lambda edit: edit.path))


def headers_left(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the files whose old header stays as it is, each with why."""
    left = ((path, why_header_stays(read_source(view_text(text).text, path))) for path, text in texts.items())
    return tuple((path, why) for path, why in left if why)


def _of(edits: Iterable[Edit], path: str) -> Iterator[Edit]:
    return (edit for edit in edits if edit.path == path)


def _fix_text(path: str, text: str, warned: frozenset[str]) -> Iterator[Edit]:
    """Yield the edits of one file, without looking at others, until no rule finds anything.

    Marks come last again, for front matter may have been found where there was none.
    """
    rules: tuple[Rule, ...] = (*RULES, _no_break) if path in warned else RULES
    for step in (fix_marks, partial(_until_done, rule=lambda reading: _first(reading, rules)), fix_marks):
        for edit in tuple(step(path, text)):
            yield edit
            text = apply_edits(text, [edit])


def _fix_references(path: str, text: str, linked: Linked) -> Iterator[Edit]:
    """Yield the edits of the references in one file that lead nowhere."""
    waiting = list(linked.problems[path])

    def change_next(reading: Reading) -> Change | None:
        change = straighten_quotes(reading, waiting) or respell_reference(reading, waiting, linked.names)
        # The places of the others on this line have moved: the next round finds them.
        line = reading.text.count("\n", 0, change.start) + 1 if change else 0
        waiting[:] = [problem for problem in waiting if problem.place.line != line]
        return change

    yield from _until_done(path, text, change_next)


def _until_done(path: str, text: str, rule: Rule) -> Iterator[Edit]:
    seen = {text}
    for _ in range(_MOST_EDITS):
        view = view_text(text)
        change = rule(read_source(view.text, path))
        if change is None:
            return
        edit = view.edit(path, change)
        text = apply_edits(text, [edit])
        if text in seen:
            return
        seen.add(text)
        yield edit


def _first(reading: Reading, rules: tuple[Rule, ...]) -> Change | None:
    return next((change for rule in rules if (change := rule(reading))), None)


def _no_break(reading: Reading) -> Change | None:
    """In a comment the front matter says what was mended, damaged letters and all: only the body is touched."""
    return replace_no_break_spaces(reading, reading.document.body_line if "/comments/" in reading.path else 1)
