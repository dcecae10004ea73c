"""A site → what its author still has to do: a list, grouped, each item with its place.

In: a linked site, which knows the day it is made for, and its problems. Out: groups of items, and their text. It
exists because much of what is open is no mistake: a promise, a stub, a draft. So the list also knows what an author
has silenced with a reason; that is counted, and shown on request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from rehab.site.rules import exercise as rules_exercise
from rehab.site.rules import injury as rules_injury
from rehab.site.rules import picture as rules_picture
from rehab.site.rules import post as rules_post
from rehab.site.rules.picture import all_images
from rehab.site.status import is_stub
from rehab.site.waiting import waiting_of
from rehab.source.place import Place
from rehab.source.report import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rehab.site.site import Site
    from rehab.source.problem import Problem, Problems


class Item(Struct, frozen=True, order=True):
    """One thing to do: where, what, and how. `silenced` says that its file silences it with a reason."""

    place: Place
    what: str
    how: str = ""
    silenced: bool = False


class Group(Struct, frozen=True):
    """Things of one kind to do, sorted by place. `title` is a few words."""

    title: str
    items: tuple[Item, ...]


Finder: TypeAlias = "Callable[[Site, Problems], Iterable[Item]]"


def plan_todo(site: Site, problems: Problems) -> tuple[Group, ...]:
    """Return what is to be done, most pressing first, without the groups in which nothing is.

    `problems` are those of the site after silencing: an item that breaks a rule and is not among them is silenced.
    """
    groups = (Group(title, tuple(sorted(set(find(site, problems))))) for title, find in GROUPS)
    return tuple(group for group in groups if group.items)


def _breaking(*rules: Callable[[Site], Iterable[Problem]]) -> Finder:
    """Return what finds the items of some rules, the silenced ones too."""

    def find(site: Site, problems: Problems) -> Iterator[Item]:
        spoken = frozenset(problems)
        for problem in (problem for rule in rules for problem in rule(site)):
            yield Item(problem.place, problem.message, problem.hint, problem not in spoken)

    return find


def _errors(_site: Site, problems: Problems) -> Iterator[Item]:
    for path in sorted({problem.place.path for problem in problems if problem.severity == "error"}):
        found = [problem for problem in problems if problem.place.path == path and problem.severity == "error"]
        more = f", and {len(found) - 1} more" if found[1:] else ""
        yield Item(found[0].place, f"{found[0].message}{more}", "run 'rehab check'")


def _waiting(site: Site, _problems: Problems) -> Iterator[Item]:
    for each in waiting_of(site):
        word = "scheduled for" if each.status == "scheduled" else "a draft, dated"
        yield Item(Place(each.path), f"{word} {each.date.isoformat()}" if each.date else "a draft")


def _stubs(site: Site, _problems: Problems) -> Iterator[Item]:
    for exercise in site.exercises:
        if is_stub(exercise):
            yield Item(exercise.place, f"the exercise '{exercise.title}' has no details yet", "add `steps:`")
    for injury in site.injuries:
        if injury.status == "stub":
            yield Item(injury.place, f"the injury '{injury.title}' has no details yet")


def _unlicensed(site: Site, _problems: Problems) -> Iterator[Item]:
    for image, _ in all_images(site):
        if image.credit is None or not image.credit.license.strip():
            yield Item(image.src.place, f"'{image.src.path}' names no licence", "add `credit:` with `license:`")


GROUPS: tuple[tuple[str, Finder], ...] = (
    ("errors, which keep the site from being published", _errors),
    ("open promises", _breaking(rules_post.check_promises)),
    ("reviews due", _breaking(rules_injury.check_review_dates)),
    ("drafts and scheduled posts", _waiting),
    ("stubs", _stubs),
    ("injuries without exercises", _breaking(rules_injury.check_unlinked_injuries)),
    ("exercises that leave out too much", _breaking(rules_exercise.check_completeness)),
    ("lost links", _breaking(rules_post.check_lost_links)),
    ("pictures whose credit has lost its link", _breaking(rules_picture.check_lost_credits)),
    ("pictures without a licence", _unlicensed),
)
"""What may be open, most pressing first, and what finds it."""

NOTHING = "nothing to do\n"


def render_todo(groups: Iterable[Group], prefix: str = "", *, every: bool = False) -> str:
    """Return the list as plain text: each group with its count, each item as `path:line: what`, and how below it.

    `prefix` goes before each path, so that it can be opened from where the command runs. Silenced items, and those of
    a long group, are counted, and shown with `every`.
    """
    groups = tuple(groups)
    parts = [_render_group(group, prefix, every=every) for group in groups]
    hidden = 0 if every else sum(item.silenced for group in groups for item in group.items)
    text = "\n".join(part for part in parts if part) or NOTHING
    return f"{text}\nsilenced with a reason: {hidden} (--all shows them)\n" if hidden else text


_MOST = 20
"""Items of one group that are shown where nobody asks for all: more than that is no list but a state."""


def _render_group(group: Group, prefix: str, *, every: bool) -> str:
    shown = [item for item in group.items if every or not item.silenced]
    most = len(shown) if every else _MOST
    lines = [f"{group.title} ({len(shown)})", *(_render_item(item, prefix) for item in shown[:most])]
    lines += [f"  and {len(shown) - most} more (--all shows them)"] if shown[most:] else []
    return "\n".join(lines) + "\n" if shown else ""


def _render_item(item: Item, prefix: str) -> str:
    silenced = " (silenced)" if item.silenced else ""
    line = f"  {visible(prefix + item.place.path)}:{item.place.line}: {visible(item.what)}{silenced}"
    return f"{line}\n    {visible(item.how)}" if item.how else line
