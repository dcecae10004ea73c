"""Choices of exercises → the pages that list them.

In: a site. Out: a view for each page of each list: all exercises, and those that fit one answer. No page is without
exercises, but for an injury that only leaves some out. Each page holds a share of the list, so none grows with it.
"""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from rehab.site.axes import AXES
from rehab.site.browse import choice_at, choices_of, url_of
from rehab.site.choices import IN_PROGRAM, Choice, in_order, posts_with
from rehab.site.edges import id_of
from rehab.site.memo import answer, lately, once
from rehab.site.options import LISTS
from rehab.site.show.bib import small_bib, with_count
from rehab.site.show.left_out import exclusions, left_out_views
from rehab.site.show.small import breadcrumbs, counted, crumb_of
from rehab.site.status import is_stub
from rehab.site.thread_pages import folder_of
from rehab.site.views.browse import AxisView, ExerciseListView, PartView, ValueView
from rehab.site.views.small import Crumb
from rehab.site.wording import BEARINGS, EVIDENCE, HEADINGS, SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehab.model.exercise import Exercise
    from rehab.site.site import Site
    from rehab.site.views.bib import BibView

ROOM: Final = 90
"""Letters that a description has for names."""
WARNED: Final = 2
"""How many injuries a card in a list warns of by name; the rest are counted, and stand on the exercise's own page."""
FEW: Final = 12
"""How many other answers a page names at most: where there are more, the index of all has them."""

_DONE, _OTHERS = "Done in posts", "Not done in a post so far"
_PARTS: Mapping[str, str] = {"main": "Works it mainly", "also": "Works it as well", IN_PROGRAM: "In a program for it"}


class _Listed(Struct, frozen=True, kw_only=True):
    """A whole list before it is cut into pages: its items as (part, slug)."""

    items: tuple[tuple[str, str], ...]
    choice: Choice | None
    title: str
    url: str
    lead: str
    description: str


def exercise_list(site: Site) -> ExerciseListView:
    """Return the first page of the list of all exercises."""
    return once(site, _exercise_list)


def _exercise_list(site: Site) -> ExerciseListView:
    return _page(site, _all_of(site), 1)


def exercise_lists(site: Site) -> Iterator[ExerciseListView]:
    """Yield all other pages of lists of exercises: the later ones of all, then those of each choice."""
    yield from (_page(site, lately(site, _all_of), number) for number in range(2, _pages(site, _all_of(site)) + 1))
    for choice in chain.from_iterable(choices_of(site).values()):
        url = url_of(site, choice)
        count = _pages(site, _list_at(site, url))
        yield from (_page(site, lately(site, _list_at, url), number) for number in range(1, count + 1))


def _all_of(site: Site) -> _Listed:
    stubs = sum(map(is_stub, site.exercises))
    count = counted(len(site.exercises), "exercise")
    items = tuple((_done(site, slug), slug) for slug in in_order(site))
    some = 0 < sum(part == _DONE for part, _ in items) < len(items)
    lead = f"{count}. What most posts did comes first." if some else f"{count}."
    return _Listed(
        items=items,
        choice=None,
        title=LISTS["exercises"],
        url=site.options.url("exercises"),
        lead=f"{lead} A dashed card waits for its details and stands after the others." if stubs else lead,
        description=f"{count}: by injury, by what is at hand, by muscle, kind and level, each with its doses.",
    )


def _list_at(site: Site, url: str) -> _Listed:
    choice = answer(site, choice_at, url)
    if choice is None:
        raise KeyError(url)
    count = counted(len(choice.exercises), "exercise") if choice.exercises else "No exercise"
    out = f"{len(choice.left_out)} left out, with the reasons" if choice.left_out else ""
    mark = choice.marks.__getitem__ if choice.axis in {"for", "muscle"} else lambda slug: _done(site, slug)
    return _Listed(
        items=tuple((mark(slug), slug) for slug in choice.exercises),
        choice=choice,
        title=choice.heading,
        url=url,
        lead=f"{count}.",
        description=f"{choice.heading}: {count.lower()}{f', {out}' if out else ''}. {_names(site, choice)}",
    )


def _names(site: Site, choice: Choice) -> str:
    """Return the first few by name, as far as a description has room."""
    titles = [site.targets[f"exercise:{slug}"].title for slug in choice.exercises[:3]]
    words = ", ".join(titles)
    return f"{words}." if words and len(words) < ROOM else ""


def _done(site: Site, slug: str) -> str:
    return _DONE if posts_with(site, site.nouns[f"exercise:{slug}"]) else _OTHERS


# One page of a list


def _pages(site: Site, listed: _Listed) -> int:
    return max(1, -(-len(listed.items) // site.options.per_page))


def page_of_list(url: str, number: int) -> str:
    """Return the address of a page of a list, counted from 1; the first is the list's own."""
    return url if number == 1 else f"{folder_of(url)}page/{number}/"


def _page(site: Site, listed: _Listed, number: int) -> ExerciseListView:
    start = (number - 1) * site.options.per_page
    choice, last = listed.choice, _pages(site, listed)
    out = choice.left_out if choice and number == 1 else ()
    words = f"Page {number} of {last}" if last > 1 else ""
    return ExerciseListView(
        kind="exercises",
        title=listed.title,
        url=page_of_list(listed.url, number),
        axis=choice.axis if choice else "",
        axis_label=AXES[choice.axis].other if choice else "",
        lead=listed.lead,
        total=len(listed.items),
        first=start + 1,
        parts=_parts(site, listed, start),
        thing=crumb_of(site, choice.id) if choice and choice.id and site.targets[choice.id].url else None,
        left_words=_out_words(len(out)),
        left_out=left_out_views(site, choice.id, out) if choice else (),
        left_names=tuple(crumb_of(site, f"exercise:{slug}") for slug in out[FEW:]),
        index=_index(site) if number == 1 and not choice else (),
        siblings=answer(site, siblings, listed.url),
        chosen=f"{choice.axis}={choice.slug}" if choice else "",
        data_url=data_url(site),
        number=number,
        position_words=words,
        previous=_beside(listed, number - 1) if number > 1 else None,
        next=_beside(listed, number + 1) if number < last else None,
        description=f"{listed.description} {words}.".strip() if number > 1 else listed.description.strip(),
        breadcrumbs=_crumbs(site, listed, number, words),
    )


def _out_words(count: int) -> str:
    return f"{count} {'is' if count == 1 else 'are'} left out: why" if count else ""


def _beside(listed: _Listed, number: int) -> Crumb:
    return Crumb(title=f"Page {number}", url=page_of_list(listed.url, number))


def _crumbs(site: Site, listed: _Listed, number: int, words: str) -> tuple[Crumb, ...]:
    here = breadcrumbs(site, "exercise" if listed.choice else "", listed.title, listed.url)
    return here if number == 1 else (*here, Crumb(title=words, url=page_of_list(listed.url, number)))


def data_url(site: Site) -> str:
    """Return the address of what the script that combines choices reads."""
    return f"{folder_of(site.options.url('exercises'))}choices.json"


# The parts of a page, and its bibs


def _parts(site: Site, listed: _Listed, start: int) -> tuple[PartView, ...]:
    several = len({part for part, _ in listed.items}) > 1 or bool(listed.choice and listed.choice.axis == "for")
    here = listed.items[start : start + site.options.per_page]
    return tuple(
        _part(part if several else "", tuple(_bib(site, slug, listed.choice) for _, slug in some))
        for part, some in groupby(here, key=lambda item: item[0])
    )


def _part(name: str, bibs: tuple[BibView, ...]) -> PartView:
    sign = SIGNS.get(name)
    heading = HEADINGS.get(name) or _PARTS.get(name, name)
    return PartView(heading=heading, shape=sign.shape if sign else "", tone=sign.tone if sign else "", bibs=bibs)


def _bib(site: Site, slug: str, choice: Choice | None) -> BibView:
    exercise: Exercise = site.nouns[f"exercise:{slug}"]
    bib = once(site, listed_bib, exercise)
    if choice is None or choice.axis != "for":
        return bib
    edges = site.edges_from(id_of(exercise), *BEARINGS)
    said = {edge.evidence for edge in edges if edge.to == choice.id and edge.relation == choice.marks[slug]}
    words = [each for word, each in EVIDENCE.items() if word in said]
    return replace(bib, count_words=", ".join((*words, *((bib.count_words,) if bib.count_words else ()))))


def listed_bib(site: Site, exercise: Exercise) -> BibView:
    """Return an exercise as lists show it: with how many posts did it, and what it is wrong for."""
    face = with_count(small_bib(site, exercise.slug), posts_with(site, exercise))
    wrong = exclusions(site, exercise)
    more = counted(len(wrong) - WARNED, "more injury") if len(wrong) > WARNED else ""
    words = "; ".join(each for each in (f"and for {more}" if more else "", face.count_words) if each)
    return replace(face, warnings=wrong[:WARNED], count_words=words)


# The questions and their answers


def _index(site: Site) -> tuple[AxisView, ...]:
    made = (_axis(site, name, choices) for name, choices in choices_of(site).items() if choices)
    return tuple(made)


def _axis(site: Site, name: str, choices: tuple[Choice, ...]) -> AxisView:
    axis = AXES[name]
    answered = {slug for choice in choices for slug in (*choice.exercises, *choice.left_out)}
    silent = len(site.exercises) - len(answered)
    return AxisView(
        name=name,
        label=axis.label,
        count_words=counted(len(choices), axis.noun),
        values=tuple(_value(site, choice) for choice in choices),
        unsaid=axis.unsaid.format(counted(silent, "exercise")) if silent else "",
    )


def _value(site: Site, choice: Choice, here: Choice | None = None) -> ValueView:
    words = str(len(choice.exercises))
    return ValueView(
        title=choice.title,
        url=url_of(site, choice),
        count=len(choice.exercises),
        count_words=f"{words}, {len(choice.left_out)} left out" if choice.left_out else words,
        here=choice is here,
    )


def siblings(site: Site, url: str) -> tuple[ValueView, ...]:
    """Return the other answers to the question that a list answers, by the list's address."""
    choice = choice_at(site, url)
    choices = choices_of(site)[choice.axis] if choice else ()
    return tuple(_value(site, each, choice) for each in choices) if 1 < len(choices) <= FEW else ()
