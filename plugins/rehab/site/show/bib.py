"""An exercise and a dose → the race bib, the same wherever it hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from rehab.model.exercise import Exercise
from rehab.site.edges import id_of
from rehab.site.memo import forget, once
from rehab.site.show.dose import make_words, words_of
from rehab.site.show.ladder import easier_than, harder_than, ladders_of, rung_views
from rehab.site.show.links import stated_links, warnings_in
from rehab.site.show.small import counted, image_views
from rehab.site.status import is_stub
from rehab.site.views.bib import BibView
from rehab.site.views.small import StepView
from rehab.site.wording import ACHIEVED, STUB_HEADLINE
from rehab.source.place import Place

if TYPE_CHECKING:
    from rehab.model.dose import Dose
    from rehab.model.program import Item, Phase
    from rehab.model.use import Use
    from rehab.site.site import Site
    from rehab.site.views.bib import RungView


def bib_view(site: Site, name: str, use: Use | None = None, dose: Dose | None = None) -> BibView:
    """Return the bib of an exercise: as a post used it, or with a dose of its own, or with its usual dose.

    An exercise that only a draft defines has no page, so its bib has no address.
    """
    exercise = site.noun(Exercise, name)
    if exercise is None:
        return _bib_without_page(site, name, use, dose)
    given = dose or (use.dose if use else exercise.dose)
    return _with_use(site, _with_details(site, exercise, _face(site, exercise, given)), use)


def small_bib(site: Site, name: str, use: Use | None = None) -> BibView:
    """Return the face of a bib, for lists: no steps, links or pictures."""
    exercise = site.noun(Exercise, name) or (use.defines if use else None) or _nameless(name, use)
    return _face(site, exercise, use.dose if use else exercise.dose)


def _bib_without_page(site: Site, name: str, use: Use | None, dose: Dose | None) -> BibView:
    exercise = use.defines if use and use.defines else _nameless(name, use)
    face = _face(site, exercise, dose or (use.dose if use else None))
    return _with_use(site, _with_details(site, exercise, face), use)


def _nameless(name: str, use: Use | None) -> Exercise:
    """Return what stands for an exercise that nothing defines: its name alone. Publishing stops before it shows."""
    place = use.place if use else Place("")
    return Exercise(slug=name, path=place.path, place=place, title=name)


def _face(site: Site, exercise: Exercise, dose: Dose | None) -> BibView:
    return once(site, _new_face, exercise, dose)


def forget_faces(site: Site) -> None:
    """Let go of all faces, and of the words on them: nearly every face belongs to one post."""
    forget(site, _new_face, make_words)


def _new_face(site: Site, exercise: Exercise, dose: Dose | None) -> BibView:
    target, words = site.targets.get(id_of(exercise)), words_of(site, dose)
    stub = is_stub(exercise)
    equipment = equipment_words(exercise)
    return BibView(
        title=exercise.title,
        url=target.url if target else "",
        slug=exercise.slug,
        status="stub" if stub else "full",
        stub=stub,
        anchor=f"bib-{exercise.slug}",
        position=0,
        headline=words.headline or (STUB_HEADLINE if stub else ""),
        line=words.line,
        facts=(*words.facts, *((("equipment", ", ".join(equipment)),) if equipment else ())),
        data=words.data,
        plan=words.plan,
        other=words.other,
        steps=(),
        steps_by="",
        cues=(),
        stop_if=(),
        note="",
        achieved="",
        achieved_words="",
        start_at="",
        images=(),
        easier=(),
        harder=(),
        rungs=(),
        warnings=(),
        for_injuries=(),
        count_words="",
    )


def _with_details(site: Site, exercise: Exercise, face: BibView) -> BibView:
    return replace(face, **once(site, _details, exercise))


def _details(site: Site, exercise: Exercise) -> dict[str, Any]:
    """Return what a bib says of its exercise, whatever the dose."""
    links = stated_links(site, id_of(exercise))
    warnings = warnings_in(links)
    return {
        "steps": step_views(site, exercise),
        "steps_by": exercise.steps_by,
        "cues": exercise.cues,
        "stop_if": exercise.stop_if,
        "images": image_views(site, exercise.images),
        "easier": easier_than(site, exercise),
        "harder": harder_than(site, exercise),
        "rungs": _rungs(site, exercise),
        "warnings": warnings,
        "for_injuries": tuple(link for link in links if link not in warnings),
    }


def _rungs(site: Site, exercise: Exercise) -> tuple[RungView, ...]:
    return next((rung_views(site, each, exercise.slug) for each in ladders_of(site, exercise.slug)), ())


def _with_use(site: Site, bib: BibView, use: Use | None) -> BibView:
    """Add what one post says of it; the post's own pictures come first."""
    if use is None:
        return bib
    return replace(
        bib,
        note=use.note,
        achieved=use.achieved,
        achieved_words=ACHIEVED.get(use.achieved, ""),
        images=(*image_views(site, use.images), *bib.images),
    )


def equipment_words(exercise: Exercise) -> tuple[str, ...]:
    """Return what is needed, the load first."""
    equipment = exercise.equipment
    return tuple(word for word in (equipment.load, *equipment.setup) if word) if equipment else ()


def step_views(site: Site, exercise: Exercise) -> tuple[StepView, ...]:
    """Return the steps with their pictures."""
    return tuple(StepView(text=step.text, images=image_views(site, step.images)) for step in exercise.steps)


def numbered(bibs: tuple[BibView, ...], prefix: str = "bib") -> tuple[BibView, ...]:
    """Return the bibs of one list with their positions and with anchors that differ."""
    seen: dict[str, int] = {}
    result = []
    for position, bib in enumerate(bibs, start=1):
        count = seen[bib.slug] = seen.get(bib.slug, 0) + 1
        anchor = f"{prefix}-{bib.slug}" if count == 1 else f"{prefix}-{bib.slug}-{count}"
        result.append(replace(bib, position=position, anchor=anchor))
    return tuple(result)


def phase_bibs(site: Site, phase: Phase) -> tuple[BibView, ...]:
    """Return the row of bibs of a program's phase."""
    return numbered(tuple(_item_bib(site, item) for item in phase.items), prefix=phase.id)


def without_how(bib: BibView) -> BibView:
    """Return a bib that does not say how the exercise is done: one before it on the page does. Reasons to stop stay."""
    return replace(bib, steps=(), steps_by="", cues=(), easier=(), harder=(), rungs=())


def _item_bib(site: Site, item: Item) -> BibView:
    bib = bib_view(site, item.exercise.slug)
    if item.dose:
        bib = bib_view(site, item.exercise.slug, dose=item.dose)
    return replace(bib, note=item.note, start_at=_start_words(site, item))


def _start_words(site: Site, item: Item) -> str:
    """Return the rung to start at in words: its variation, or the exercise it is."""
    ladders = ladders_of(site, site.names.find("exercise", item.exercise.slug) or "")
    if item.start_at is None or not ladders or not 1 <= item.start_at <= len(ladders[0].steps):
        return f"Start at step {item.start_at} of its ladder" if item.start_at else ""
    rung = ladders[0].steps[item.start_at - 1]
    target = site.follow(rung.exercise)
    words = rung.variation or (target.title if target else rung.exercise.slug)
    return f"Start at step {item.start_at} of its ladder: {words}"


def with_count(bib: BibView, posts: int) -> BibView:
    """Return a bib that says in how many posts it stands."""
    return replace(bib, count_words=f"in {counted(posts, 'post')}" if posts else "")
