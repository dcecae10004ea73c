"""Programs → views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site.edges import id_of
from rehab.site.plain import description_of
from rehab.site.show.bib import phase_bibs, without_how
from rehab.site.show.cards import held_words
from rehab.site.show.post_card import post_cards
from rehab.site.show.small import (
    breadcrumbs,
    crumb,
    crumbs,
    regions_of,
    source_view,
)
from rehab.site.task_list import often, tasks_url
from rehab.site.views.program import PainRuleView, PhaseView, ProgramView
from rehab.site.wording import CAUTION

if TYPE_CHECKING:
    from rehab.model.nouns import PainRule, Prescriber
    from rehab.model.program import Phase, Program
    from rehab.site.site import Site


def program_view(site: Site, slug: str) -> ProgramView:
    """Return the view of a program by its slug. Raises KeyError where there is none."""
    program: Program = site.nouns[f"program:{slug}"]
    here = id_of(program)
    target = site.targets[here]
    source = site.follow(program.source)
    posts = frozenset(edge.from_ for edge in site.edges_to(here, "follows"))
    told = frozenset(edge.to for edge in site.edges_from(here, "told-in"))
    return ProgramView(
        kind="program",
        title=program.title,
        url=target.url,
        slug=slug,
        aliases=program.aliases,
        summary=program.summary,
        injuries=crumbs(site, program.injuries),
        regions=regions_of(site, program.injuries),
        prescribed_by=prescriber_words(program.prescribed_by),
        source=crumb(source) if source else None,
        pain_rule=pain_rule_view(program.pain_rule),
        phases=_phases(site, program),
        caution=CAUTION,
        frequency=program.frequency,
        often=often(program.frequency),
        tasks=tasks_url(target.url, slug) if any(phase.items for phase in program.phases) else "",
        posts=post_cards(site, posts | told),
        description=description_of(program.summary, program.body) or f"{program.title}: {held_words(site, program)}.",
        breadcrumbs=breadcrumbs(site, "program", program.title, target.url),
    )


def _phases(site: Site, program: Program) -> tuple[PhaseView, ...]:
    shown: set[str] = set()
    return tuple(_phase_view(site, phase, number, shown) for number, phase in enumerate(program.phases, start=1))


def _phase_view(site: Site, phase: Phase, number: int, shown: set[str]) -> PhaseView:
    """Return a phase. What `shown` has been told how to do already is not told again, and joins it if not."""
    bibs = tuple(without_how(bib) if bib.slug in shown else bib for bib in phase_bibs(site, phase))
    shown.update(bib.slug for bib in bibs)
    return PhaseView(
        id=phase.id,
        number=number,
        goal=phase.goal,
        bibs=bibs,
        advance_when=phase.advance_when,
        step_back_when=phase.step_back_when,
        note=phase.note,
    )


def prescriber_words(by: Prescriber | None) -> str:
    """Return who put a program together, `put together by a physical therapist`."""
    if by is None:
        return ""
    if by.name:
        return f"put together by {by.name}, {by.role}"
    article = "an" if by.role[:1].lower() in "aeiou" else "a"
    return f"put together by {article} {by.role}"


def pain_rule_view(rule: PainRule | None) -> PainRuleView | None:
    """Return a pain rule as sentences made of nothing but its own numbers."""
    if rule is None:
        return None
    words = []
    if rule.ok:
        words.append(f"Pain of {'–'.join(str(each) for each in dict.fromkeys(rule.ok))} is all right.")
    if rule.stop_above is not None:
        words.append(f"Stop above {rule.stop_above}.")
    if rule.settle_within_h is not None:
        words.append(f"Pain must be back to normal within {rule.settle_within_h} hours.")
    return PainRuleView(scale=rule.scale, words=tuple(words), source=source_view(rule.source) if rule.source else None)
