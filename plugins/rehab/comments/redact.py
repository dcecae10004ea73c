"""A person's name → the steps that remove that person from every comment's file.

In: a name, or the id of one of their comments, and every comment there is. Out: steps, and what is left for the
moderator to look at: others' words that speak of the person. Name and address go; the text goes too where that is
asked for. Rejected and waiting comments count as well: a person who asks to be forgotten means all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.comments.inbox import find_held
from rehab.comments.letters import clean_name
from rehab.comments.moves import Step
from rehab.model.nearest import near
from rehab.source.report import visible
from rehab.source.set_field import drop_body, set_field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehab.comments.inbox import Held
    from rehab.source.yaml_text import Value


_SHORTEST_ID = 4
"""Letters of an id that are enough here: what a slip of the keyboard would remove does not come back."""


class Redaction(Struct, frozen=True):
    """Whom it removes, what it does to each file, in a sentence each, and which texts name the person elsewhere."""

    name: str
    steps: tuple[Step, ...]
    said: tuple[str, ...]
    named_in: tuple[str, ...]


def plan_redaction(word: str, held: Sequence[Held], *, text: bool) -> Redaction | str:
    """Return what removes a person, by name or by the id of one comment; or why nothing can be done.

    With `text`, their words go too: on the site a tombstone stays, in the inbox nothing. A comment without a name,
    named by its id, is the only one that is meant.
    """
    names = {clean_name(each.comment.author) for each in held} - {""}
    name = clean_name(word)
    if name in names:
        theirs = [each for each in held if clean_name(each.comment.author) == name]
    else:
        found = find_held(word, held) if len(word) >= _SHORTEST_ID else f"no comment is by '{visible(word)}'"
        if isinstance(found, str):
            return _unknown(word, names, found)
        name = clean_name(found.comment.author)
        theirs = [each for each in held if name and clean_name(each.comment.author) == name] or [found]
    return _plan(name, theirs, held, text=text)


def _unknown(word: str, names: set[str], otherwise: str) -> str:
    close = near(word, tuple(sorted(names))).words
    if not close:
        return otherwise
    return f"no comment is by '{visible(word)}': did you mean '{visible(close[0])}'?"


def _plan(name: str, theirs: Sequence[Held], held: Sequence[Held], *, text: bool) -> Redaction | str:
    own = {each.path for each in theirs}
    steps: list[Step] = []
    said: list[str] = []
    for each in held:
        if each.path not in own and not _is_in_repairs(each, name):
            continue
        step = _step(each, name, own=each.path in own, text=text)
        if step is None:
            return f"'{visible(each.path)}' has front matter that cannot be changed with certainty: mend it by hand"
        steps.append(step)
        said.append(f"{visible(each.path)}: {_what(each, own=each.path in own, text=text)}")
    named = tuple(
        visible(each.path) for each in held if name and not _goes(each, own, text=text) and _names(each, name)
    )
    return Redaction(name, tuple(steps), tuple(said), named)


def _goes(held: Held, own: set[str], *, text: bool) -> bool:
    return text and held.path in own


def _names(held: Held, name: str) -> bool:
    return name.casefold() in held.comment.body.casefold()


def _is_in_repairs(held: Held, name: str) -> bool:
    """Tell whether the log of mended letters quotes the name."""
    return any(_quotes(f"{each.from_}\n{each.to}", name) for each in held.comment.repaired)


def _quotes(text: str, name: str) -> bool:
    return bool(name) and name.casefold() in text.casefold()


def _what(held: Held, *, own: bool, text: bool) -> str:
    if not own:
        return "the name is taken out of the log of mended letters"
    if not text:
        return "name and address are removed"
    return "name, address and text are removed" if held.room == "content" else "the file is removed"


def _step(held: Held, name: str, *, own: bool, text: bool) -> Step | None:
    if own and text and held.room != "content":
        return Step(held.path, held.data, None, None)
    new = held.text
    if own:
        for key in ("author", "url"):
            new = None if new is None else set_field(new, key, None)
        if text:
            new = None if new is None else _without_text(new)
    new = None if new is None else set_field(new, "repaired", _repairs(held, name, own=own, text=text))
    return None if new is None else Step(held.path, held.data, held.path, new.encode())


def _without_text(text: str) -> str | None:
    cut = drop_body(text)
    return None if cut is None else set_field(cut, "status", "deleted")


def _repairs(held: Held, name: str, *, own: bool, text: bool) -> Value | None:
    """Return the log of mended letters without what quotes the name, and without all of it where the text goes."""
    kept = [each for each in held.comment.repaired if not _quotes(f"{each.from_}\n{each.to}", name)]
    if not kept or (own and text):
        return None
    return [{"from": each.from_, "to": each.to, "rule": each.rule} for each in kept]
