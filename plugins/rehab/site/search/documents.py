"""Site → what search can find: one document for each page that says something of its own.

In: a linked site, so nothing but what is public. Out: `Document`s in the order in which they are numbered: things
first, posts last and oldest first, so that a new post changes the numbers of no other. Photos, lists and pages of
threads are found by the pages that they belong to; what readers wrote belongs to the page that they wrote it on, and is
kept apart.
"""

from __future__ import annotations

from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct, field

from rehab.model.anatomy import Muscle, Region
from rehab.model.exercise import Exercise
from rehab.model.injury import Injury, Treatment
from rehab.model.page import Gallery, Page
from rehab.model.post import Post
from rehab.model.program import Program
from rehab.site.browse import choices_of
from rehab.site.choices import NOWHERE
from rehab.site.edges import id_of
from rehab.site.plain import description_of, plain_words, text_of
from rehab.site.text.code import mask_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rehab.site.site import Site

KINDS: Mapping[str, tuple[str, str, float]] = MappingProxyType(
    {
        "injury": ("Injury", "Injuries", 1.35),
        "exercise": ("Exercise", "Exercises", 1.2),
        "treatment": ("Treatment", "Treatments", 1.1),
        "program": ("Program", "Programs", 1.05),
        "body": ("Part of the body", "Parts of the body", 0.9),
        "gallery": ("Gallery", "Galleries", 0.7),
        "page": ("Page", "Pages", 0.8),
        "post": ("Post", "Posts", 1.0),
    }
)
"""What search tells apart: its name for one and for many, and how much it counts beside others that fit as well.

Somebody who types where it hurts looks for the injury first, and then for what to do."""

NAME, LEAD, FACT, BODY = 8, 3, 2, 1
"""How much a word counts in a name, in a summary, in a field of the front matter, and in running text."""
LONGEST: Final = 150
"""Letters of the words below a result."""


class Counts(NamedTuple):
    """Stems, and how much is said of each: two rows, for a mapping takes five times as much."""

    terms: tuple[str, ...]
    times: tuple[int, ...]


NO_COUNTS: Final = Counts((), ())


class Document(Struct, frozen=True, kw_only=True):
    """A page as search sees it. `words` is what stands below its title in the results.

    `place` says that it is no page but a place on one.

    `names` are all that it is called, its title first; `texts` are weights and plain texts; `voices` what readers say.
    Once they are counted, `counts` and `heard` stand for these two: the stems in them, and how much is said of each.
    """

    kind: str
    id: str
    title: str
    url: str
    words: str
    names: tuple[str, ...]
    texts: tuple[tuple[int, str], ...]
    place: bool = False
    voices: tuple[str, ...] = ()
    counts: Counts | None = None
    heard: tuple[str, ...] | None = None


class Facet(Struct, frozen=True):
    """An answer that narrows a search: its name, and the numbers of the documents that it fits, ascending."""

    title: str
    documents: tuple[int, ...] = field(default=())


def documents_of(site: Site) -> tuple[Document, ...]:
    """Return everything that can be found."""
    found = (document_of(site, noun) for noun in things_of(site))
    return tuple(each for each in found if each.url)


def things_of(site: Site) -> Iterator[Any]:
    """Yield what has a document, in order; one without an address is not found."""
    yield from chain(site.injuries, site.exercises, site.treatments, site.programs)
    yield from (each for each in site.regions if each.osiics != NOWHERE)
    yield from chain(site.muscles, site.galleries, site.pages, reversed(site.posts))


def document_of(site: Site, noun: Any) -> Document:  # noqa: ANN401 - nouns of all kinds
    """Return what can be found of a thing."""
    return _DOCUMENTS[type(noun)](site, noun)


def _document(  # noqa: PLR0913 - the parts of a Document
    site: Site, kind: str, noun: Any, *, names: Iterable[str] = (), lead: str = "", facts: Iterable[str] = (),  # noqa: ANN401 - nouns of all kinds
    words: str = "", body: str = "",
) -> Document:  # fmt: skip
    target = site.targets[id_of(noun)]
    prose = plain_words(mask_code(body))
    texts = ((LEAD, lead), *((FACT, plain_words(each)) for each in facts), (BODY, prose))
    return Document(
        kind=kind,
        id=target.id,
        title=target.title,
        url=target.url,
        words=_short(words or lead or description_of("", body)),
        names=tuple(dict.fromkeys((target.title, *names))),
        texts=tuple((weight, text) for weight, text in texts if text),
        place="#" in target.url,
        voices=_voices(site, noun),
    )


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    end = text.rfind(" ", 0, LONGEST)
    return f"{text[: end if end > 0 else LONGEST - 1].rstrip(' ,;:–—-.')}…"


def _voices(site: Site, noun: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """Return what readers say on the page of a thing, unless it shows none of it."""
    if getattr(noun, "comments", "off") == "off":
        return ()
    replies = (site.replies[edge.from_] for edge in site.edges_to(id_of(noun), "on") if edge.from_ in site.replies)
    return tuple(text_of(reply.html) for reply in replies if not reply.deleted)


def _titles(site: Site, id_: str, *relations: str) -> tuple[str, ...]:
    ids = dict.fromkeys(edge.to for edge in site.edges_from(id_, *relations))
    return tuple(site.targets[each].title for each in ids if each in site.targets)


def _muscle_names(site: Site, id_: str, *relations: str) -> Iterator[str]:
    """Yield the names of the muscles that something bears on: who looks for the glutes finds their exercises."""
    for edge in site.edges_from(id_, *relations):
        muscle: Muscle = site.nouns[edge.to]
        yield from (muscle.title, *muscle.aliases, muscle.lies)


def _injury(site: Site, injury: Injury) -> Document:
    region: Region | None = site.nouns.get(f"region:{injury.region.slug}")
    around = (region.title, *region.aliases) if region else ()
    symptoms = (f"{each.what} {each.where} {each.pattern}" for each in injury.symptoms)
    facts = (
        *symptoms, *injury.aggravated_by, *injury.eased_by, *injury.risk_factors, *around, injury.see_a_professional,
        *_muscle_names(site, id_of(injury), "involves"),
    )  # fmt: skip
    return _document(
        site, "injury", injury, names=injury.aliases, lead=plain_words(injury.summary), facts=facts, body=injury.body
    )


def _exercise(site: Site, exercise: Exercise) -> Document:
    here = id_of(exercise)
    needs = (exercise.equipment.load, *exercise.equipment.setup) if exercise.equipment else ()
    facts = (
        exercise.kind, exercise.difficulty, *map(str, needs), *exercise.feel_it_in, *exercise.benefits, *exercise.cues,
        *_muscle_names(site, here, "works", "works-also"),
        *(site.targets[edge.to].title for edge in site.edges_from(here) if edge.to.startswith("injury:")),
    )  # fmt: skip
    steps = " ".join((*(step.text for step in exercise.steps), *exercise.mistakes))
    lead = plain_words(exercise.summary)
    return _document(
        site, "exercise", exercise, names=exercise.aliases, lead=lead, facts=facts,
        body=f"{exercise.body}\n\n{steps}", words=lead or description_of("", exercise.body or steps),
    )  # fmt: skip


def _treatment(site: Site, treatment: Treatment) -> Document:
    facts = (treatment.kind, treatment.who, *(claim.text for claim in treatment.claims))
    lead = plain_words(treatment.summary)
    return _document(site, "treatment", treatment, names=treatment.aliases, lead=lead, facts=facts, body=treatment.body)


def _program(site: Site, program: Program) -> Document:
    facts = (*_titles(site, id_of(program), "for", "includes"), *(phase.goal for phase in program.phases))
    lead = plain_words(program.summary)
    return _document(site, "program", program, names=program.aliases, lead=lead, facts=facts, body=program.body)


def _region(site: Site, region: Region) -> Document:
    names = (*region.aliases, *region.complaints)
    words = ", ".join(names)
    return _document(site, "body", region, names=names, facts=region.includes, words=words)


def _muscle(site: Site, muscle: Muscle) -> Document:
    return _document(site, "body", muscle, names=muscle.aliases, facts=(muscle.lies, muscle.tissue), words=muscle.lies)


def _gallery(site: Site, gallery: Gallery) -> Document:
    said = (f"{image.alt} {image.caption}" for image in gallery.images)
    return _document(site, "gallery", gallery, lead=plain_words(gallery.summary), facts=said, body=gallery.body)


def _page(site: Site, page: Page) -> Document:
    return _document(site, "page", page, lead=plain_words(page.summary), body=page.body)


def _post(site: Site, post: Post) -> Document:
    about = _titles(site, id_of(post), "about", "uses", "tried", "avoids", "follows")
    notes = (use.note for use in post.exercises)
    facts = (*post.tags, *post.bylines, *about, *post.takeaways, *notes, post.question)
    return _document(site, "post", post, lead=plain_words(post.summary), facts=facts, body=post.body)


_DOCUMENTS: Final[Mapping[type[Any], Callable[[Site, Any], Document]]] = {
    Injury: _injury,
    Exercise: _exercise,
    Treatment: _treatment,
    Program: _program,
    Region: _region,
    Muscle: _muscle,
    Gallery: _gallery,
    Page: _page,
    Post: _post,
}


def facets_of(site: Site, documents: tuple[Document, ...]) -> Mapping[str, tuple[Facet, ...]]:
    """Return what narrows a search beside the kind: the injury, and what is at hand."""
    places = {each.id: number for number, each in enumerate(documents)}
    injuries = ((each.title, _around(site, id_of(each))) for each in site.injuries)
    things = ((each.title, (f"exercise:{slug}" for slug in each.exercises)) for each in choices_of(site)["with"])
    return {"injury": _facets(injuries, places), "equipment": _facets(things, places)}


def _around(site: Site, injury: str) -> Iterator[str]:
    yield injury
    yield from (edge.from_ for edge in site.edges_to(injury))


def _facets(rows: Iterable[tuple[str, Iterable[str]]], places: Mapping[str, int]) -> tuple[Facet, ...]:
    made = (Facet(title, tuple(sorted({places[each] for each in ids if each in places}))) for title, ids in rows)
    return tuple(facet for facet in made if facet.documents)
