"""Lists → views: injuries, treatments, programs. Those of exercises are made in `show_browse`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from msgspec import structs

from rehab.site.edges import id_of
from rehab.site.options import LISTS
from rehab.site.show.bib import small_bib, with_count
from rehab.site.show.body import body_view, felt_in
from rehab.site.show.cards import card_of, counts, injury_card
from rehab.site.show.program import prescriber_words
from rehab.site.show.small import breadcrumbs, counted, crumbs
from rehab.site.views.lists import CardView, ListView
from rehab.site.views.map import InjuryListView
from rehab.site.wording import DONE_BY, MONTHS, OUTCOMES, TREATMENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehab.model.exercise import Exercise
    from rehab.model.injury import Treatment
    from rehab.model.program import Program
    from rehab.site.site import Site
    from rehab.site.views.bib import BibView
    from rehab.site.views.small import Crumb
    from rehab.site.wording import Sign


Groups: TypeAlias = "tuple[tuple[str, tuple[CardView, ...]], ...]"


def _treatment_card(site: Site, treatment: Treatment) -> CardView:
    tried = {edge.from_: edge.outcome for edge in site.edges_to(id_of(treatment), "tried")}
    card = card_of(site, id_of(treatment), count=len(tried), words=counts(post=len(tried)))
    return structs.replace(card, by=TREATMENT_KINDS.get(treatment.kind, ""), came=_came(Counter(tried.values())))


def _came(outcomes: Counter[str]) -> tuple[Sign, ...]:
    """Return what posts say came of a treatment, each outcome once with how many say so."""
    return tuple(
        sign._replace(words=f"{sign.words}, {_say(outcomes[name])}")
        for name, sign in OUTCOMES.items()
        if outcomes[name]
    )


def _say(posts: int) -> str:
    return f"says {counted(posts, 'post')}" if posts == 1 else f"say {counted(posts, 'post')}"


def _program_card(site: Site, program: Program) -> CardView:
    here = id_of(program)
    items = {edge.to for edge in site.edges_from(here, "includes")}
    words = counts(exercise=len(items), phase=len(program.phases))
    posts = {edge.from_ for edge in site.edges_to(here, "follows")}
    followed = f"followed in {counted(len(posts), 'post')}" if posts else "no post says that it followed it"
    card = card_of(site, here, count=len(items), words=f"{words}; {followed}")
    return structs.replace(card, by=prescriber_words(program.prescribed_by), about=crumbs(site, program.injuries))


def exercise_bib(site: Site, exercise: Exercise) -> BibView:
    """Return an exercise as a small bib for lists, with how many posts use it."""
    posts = {edge.from_ for edge in site.edges_to(id_of(exercise), "uses")}
    return with_count(small_bib(site, exercise.slug), len(posts))


def _crumbs_to(site: Site, name: str) -> tuple[Crumb, ...]:
    return breadcrumbs(site, "", LISTS[name], site.options.url(name))


def injury_list(site: Site) -> InjuryListView:
    """Return the list of all injuries, with the body map."""
    return InjuryListView(
        kind="injuries",
        title=LISTS["injuries"],
        url=site.options.url("injuries"),
        injuries=tuple(injury_card(site, injury) for injury in site.injuries),
        body=body_view(site),
        felt={injury.slug: tuple(felt_in(site, [injury])) for injury in site.injuries},
        description=f"{counts(injury=len(site.injuries)) or 'No injuries yet'}, by region of the body.",
        breadcrumbs=_crumbs_to(site, "injuries"),
    )


def treatment_list(site: Site) -> ListView:
    """Return the list of all treatments, by who does them."""
    cards = {treatment.slug: _treatment_card(site, treatment) for treatment in site.treatments}
    ways = ((DONE_BY.get(who, ""), [each for each in site.treatments if each.who == who]) for who in (*DONE_BY, ""))
    groups = tuple(
        (words or "who does it is not said", tuple(cards[each.slug] for each in some)) for words, some in ways if some
    )
    tried = sum(1 for card in cards.values() if card.count)
    of = "each" if tried == len(cards) else f"{tried or 'none'} of them"
    lead = f"{counted(len(cards), 'treatment')}. Of {of}, posts say what came of it."
    return _list(site, "treatments", tuple(cards.values()), lead, groups)


def program_list(site: Site) -> ListView:
    """Return the list of all programs."""
    lead = f"{counted(len(site.programs), 'program')}: exercises with doses, in an order that somebody put together."
    return _list(site, "programs", tuple(_program_card(site, each) for each in site.programs), lead)


def _list(site: Site, name: str, items: tuple[CardView, ...], lead: str, groups: Groups = ()) -> ListView:
    return ListView(
        kind=name,
        title=LISTS[name],
        url=site.options.url(name),
        items=items,
        lead=lead if items else "",
        groups=groups,
        description=f"{LISTS[name]}: {', '.join(item.title for item in items[:5]) or 'none yet'}.",
        breadcrumbs=_crumbs_to(site, name),
    )


_ALL_POSTS = ("archives", "")
"""What Pelican calls the list of all posts."""


def list_title(name: str) -> str:
    """Return the title of a list page by its name; an unknown one is named by its own word."""
    return LISTS["posts"] if name in _ALL_POSTS else LISTS.get(name) or name.replace("_", " ").capitalize()


def period_title(numbers: Sequence[int]) -> str:
    """Return a year, a month or a day in words: (2014, 4, 6) is 6 April 2014."""
    year, month, day = (*numbers, 0, 0)[:3]
    return " ".join(str(each) for each in (day, MONTHS[month - 1] if month else "", year) if each)


def list_crumbs(site: Site, name: str, title: str, url: str = "") -> tuple[Crumb, ...]:
    """Return the way from home to the list of posts, or over it to a list of some of them, which is at `url`."""
    return breadcrumbs(site, "" if name in _ALL_POSTS else "post", title, url)
