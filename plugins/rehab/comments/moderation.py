"""What a moderator decides → the steps that make it so. Pure: nothing is read and nothing is written here.

In: a decision, the words that name comments, and every comment there is. Out: steps for `rehab.comments.moves`, a
sentence for each comment, and a sentence for each word that leads to none. A rejected comment that waits is kept in
`inbox/.undo`; one that is on the site stays as a tombstone, so that what answers it keeps its place.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from msgspec import Struct
from msgspec.structs import replace

from rehab.comments.inbox import INBOX, UNDO, excerpt, find_held, fitting
from rehab.comments.letters import clean_name
from rehab.comments.moves import Step
from rehab.comments.store import FOLDER
from rehab.source.report import visible
from rehab.source.set_field import remembered, set_field

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from rehab.comments.inbox import Held, State

Action: TypeAlias = Literal["approve", "reject", "delete", "spam", "restore"]
_NAME, _WORDS, _MOST_POSTS = 30, 60, 10


class Decided(Struct, frozen=True):
    """One comment and what becomes of it: the steps, a sentence, and what its moderator should know besides."""

    held: Held
    steps: tuple[Step, ...]
    said: str
    note: str = ""


class Plan(Struct, frozen=True):
    """What becomes of every comment that was named, and a sentence for each word that leads to nothing."""

    decided: tuple[Decided, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return all steps in order."""
        return tuple(step for each in self.decided for step in each.steps)


ALLOWED: Final[Mapping[Action, frozenset[State]]] = {
    "approve": frozenset({"pending", "spam"}),
    "reject": frozenset({"approved", "pending", "spam"}),
    "delete": frozenset({"approved", "pending", "spam"}),
    "spam": frozenset({"approved", "pending"}),
    "restore": frozenset({"deleted", "spam", "rejected"}),
}
"""In which states a comment can be for a decision."""

_OUTCOMES: Final[Mapping[Action, str]] = {
    "approve": "approved", "reject": "rejected", "delete": "deleted", "spam": "marked as spam", "restore": "restored",
}  # fmt: skip
_STATES: Final[Mapping[State, str]] = {
    "approved": "is on the site", "pending": "is waiting", "spam": "is spam", "deleted": "is deleted already",
    "rejected": "is rejected already",
}  # fmt: skip
ACTIONS: Final = get_args(Action)


def plan_decision(action: Action, words: Sequence[str], held: Sequence[Held], content: str = "content") -> Plan:
    """Return what a decision on some comments does. A word that leads to none, or to several, decides nothing.

    `content` is the name of the content folder.
    """
    found = [_find(action, word, held) for word in words]
    named = {each.path: each for each in found if not isinstance(each, str)}
    refused = [each for each in found if isinstance(each, str)]
    decided: list[Decided] = []
    for each in named.values():
        outcome = decide_one(action, each, held, content, together=named)
        if isinstance(outcome, str):
            refused.append(outcome)
        else:
            decided.append(outcome)
    return Plan(add_notes(action, tuple(decided), held), tuple(dict.fromkeys(refused)))


def _find(action: Action, word: str, held: Sequence[Held]) -> Held | str:
    """Return the comment that a word means for a decision: of several that it fits, the one that can be decided."""
    fits = fitting(word, held)
    able = [each for each in fits if each.state in ALLOWED[action]]
    found = find_held(word, able or fits or held)
    if isinstance(found, str) or able:
        return found
    return f"'{visible(found.id)}' {_STATES[found.state]}: there is nothing to {action}"


def in_state(state: State, held: Iterable[Held]) -> tuple[Held, ...]:
    """Return the comments in a state, oldest first; those without a date come last."""
    return tuple(sorted((each for each in held if each.state == state), key=_age))


def _age(held: Held) -> tuple[bool, str, str]:
    date = held.comment.date
    return (date is None, date.isoformat() if date else "", held.path)


def decide_one(
    action: Action, held: Held, others: Sequence[Held], content: str = "content", together: Container[str] = ()
) -> Decided | str:
    """Return what a decision does to one comment, or why it cannot be done; `others` are all comments there are.

    `together` are the paths of those that are decided in the same step.
    """
    if held.room == "content":
        return _edited(action, held, _next_status(action, held))
    if held.room == "undo":
        return _moved(action, held, f"{INBOX}/{held.below}", held.data)
    if action in {"reject", "delete"}:
        return _moved(action, held, _free_place(f"{INBOX}/{UNDO}/{held.below}", held, others), held.data)
    if action != "approve":
        return _edited(action, held, _next_status(action, held))
    text = held.text
    new = None if text is None else set_field(text, "status", "approved")
    if new is not None and _waits(held, others, together):
        new = set_field(new, "reply_to_hidden", value=True)
    if new is None:
        return _cannot(held)
    return _moved(action, held, f"{content}/{FOLDER}/{held.below}", new.encode())


def _waits(held: Held, others: Iterable[Held], together: Container[str]) -> bool:
    """Tell whether what a comment answers is here, but not on the site: the build would miss it there."""
    answered = _parent(held)
    parents = [each for each in others if answered is not None and answered in _names(each)]
    return bool(parents) and not any(each.room == "content" or each.path in together for each in parents)


def _names(held: Held) -> Iterator[tuple[str, str]]:
    """Yield the thread and each name of a comment."""
    return ((held.comment.thread, name) for name in (held.comment.slug, *held.comment.aliases))


def _free_place(path: str, held: Held, others: Iterable[Held]) -> str:
    """Return a path at which nothing is but the same bytes, with a number before `.md` where it needs one."""
    taken = {each.path: each.data for each in others}
    place, number = path, 1
    while taken.get(place, held.data) != held.data:
        number += 1
        place = f"{path.removesuffix('.md')}-{number}.md"
    return place


def _next_status(action: Action, held: Held) -> str:
    """Return the status that a comment has after a decision in place; what is restored is as it was."""
    if action == "restore":
        before = remembered(held.text or "", "status")
        return before or ("approved" if held.state == "deleted" else "pending")
    return {"approve": "approved", "spam": "spam"}.get(action, "deleted")


def _edited(action: Action, held: Held, status: str) -> Decided | str:
    text = held.text
    was = held.comment.status if action in {"reject", "delete", "spam"} else ""
    new = None if text is None else set_field(text, "status", status, was)
    if new is None:
        return _cannot(held)
    return Decided(held, (Step(held.path, held.data, held.path, new.encode()),), _said(action, held))


def _moved(action: Action, held: Held, target: str, data: bytes) -> Decided:
    return Decided(held, (Step(held.path, held.data, target, data),), _said(action, held))


def _cannot(held: Held) -> str:
    return f"'{visible(held.path)}' has front matter that cannot be changed with certainty: mend it by hand"


def _said(action: Action, held: Held) -> str:
    return f"{_OUTCOMES[action]}: {render_line(held)}"


def render_line(held: Held) -> str:
    """Return a comment on one line: its id, who wrote it, when, and its first words. Safe for a terminal."""
    comment = held.comment
    name = excerpt(clean_name(comment.author), _NAME) or "Anonymous"
    date = comment.date.strftime("%Y-%m-%d") if comment.date else "no date"
    return f"{visible(held.id)}  {name}, {date}: {excerpt(comment.body, _WORDS)}"


def add_notes(action: Action, decided: tuple[Decided, ...], held: Sequence[Held]) -> tuple[Decided, ...]:
    """Add a note to what is approved and answers a comment that is not on the site."""
    if action != "approve":
        return decided
    there = {id(each) for each in held if each.room == "content"} | {id(each.held) for each in decided}
    known = {name for each in held if id(each) in there for name in _names(each)}
    waiting = {name for each in held for name in _names(each)}
    return tuple(
        each if _parent(each.held) in {None, *known} else replace(each, note=_note(each.held, waiting))
        for each in decided
    )


def _parent(held: Held) -> tuple[str, str] | None:
    reply = held.comment.reply_to
    return (held.comment.thread, reply.slug) if reply else None


def _note(held: Held, waiting: Container[tuple[str, str]]) -> str:
    parent = held.comment.reply_to.slug if held.comment.reply_to else ""
    if _parent(held) in waiting:
        return f"it answers '{visible(parent)}', which is not on the site: it stands alone until that is approved"
    return f"it answers '{visible(parent)}', which is not on the site: approve that too, or remove reply_to"


def render_whole(held: Held) -> str:
    """Return a comment as it stands in its file, safe for a terminal, below the path and state of the file."""
    text = held.data.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    return "\n".join([f"{visible(held.path)} ({_STATES[held.state].removesuffix(' already')})", *map(visible, lines)])


def render_counts(held: Sequence[Held]) -> str:
    """Return how many comments are in each state, and where most are waiting, one a line."""
    states = Counter(each.state for each in held)
    posts = Counter(each.comment.thread for each in held if each.state == "pending")
    lines = [f"{states[state]:>6}  {state}" for state in _STATES]
    most = sorted(posts.items(), key=lambda each: (-each[1], each[0]))[:_MOST_POSTS]
    return "\n".join([*lines, *(f"{count:>6}  waiting on {visible(post)}" for post, count in most)])
