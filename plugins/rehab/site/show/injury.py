"""Injuries and treatments → views."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from rehab.model.comment import thread_name
from rehab.site.edges import id_of
from rehab.site.memo import lately
from rehab.site.plain import description_of
from rehab.site.show.links import (
    disagree,
    disagreements,
    group_links,
    links_of,
    links_to,
    voices_on,
    warnings_in,
)
from rehab.site.show.post import episode_view, tried_view
from rehab.site.show.post_card import post_cards, post_crumb
from rehab.site.show.posts_about import SHOWN, posts_about, way_to_all
from rehab.site.show.small import (
    breadcrumbs,
    change_view,
    claim_view,
    crumb,
    crumbs,
    crumbs_of,
    date_view,
    source_view,
)
from rehab.site.show.thread import thread_on
from rehab.site.show.versus import versus_view
from rehab.site.views.injury import DifferentialView, InjuryView, RedFlagView, ReviewView, SymptomView, TreatmentRow
from rehab.site.views.small import Crumb
from rehab.site.views.treatment import TreatmentView
from rehab.site.wording import DONE_BY, NO_RED_FLAGS, NOT_REVIEWED, TREATMENT_KINDS, URGENCY

if TYPE_CHECKING:
    from rehab.model.injury import Injury, Treatment
    from rehab.model.nouns import RedFlag, Review, Symptom
    from rehab.model.post import Post
    from rehab.site.site import Site
    from rehab.site.views.post import TriedView
    from rehab.site.views.small import ChangeView, LinkView, RelationGroup

EXERCISES: Final = 24
"""How many exercises of one relation the page of an injury shows; all have pages of their own."""
VOICES: Final = 3
"""How many posts say the same of one treatment there; the treatment's page has all."""


def injury_view(site: Site, slug: str) -> InjuryView:
    """Return the view of an injury by its slug. Raises KeyError where there is none."""
    return lately(site, _injury_view, site.nouns[f"injury:{slug}"])


def _injury_view(site: Site, injury: Injury) -> InjuryView:
    slug = injury.slug
    here = id_of(injury)
    target, region = site.targets[here], site.follow(injury.region)
    exercises, treatments = links_to(site, here, "exercise"), links_to(site, here, "treatment")
    about, posts = _posts_about(site, here), posts_about(site, here)
    episodes = [episode for post in about if (episode := episode_view(site, post))]
    review = review_view(injury.reviewed_by)
    return InjuryView(
        kind="injury",
        title=injury.title,
        url=target.url,
        slug=slug,
        status=injury.status,
        stub=injury.status == "stub",
        aliases=injury.aliases,
        summary=injury.summary,
        region=crumb(region) if region else Crumb(title=injury.region.slug, url="", kind="region"),
        structures=crumbs(site, injury.structures),
        red_flags=tuple(red_flag_view(site, flag) for flag in injury.red_flags),
        no_red_flags_words="" if injury.red_flags else NO_RED_FLAGS,
        see_a_professional=injury.see_a_professional,
        differential=_differential(site, injury),
        symptoms=tuple(_symptom(site, symptom) for symptom in injury.symptoms),
        versus=versus_view(site, injury),
        aggravated_by=injury.aggravated_by,
        eased_by=injury.eased_by,
        risk_factors=injury.risk_factors,
        groups=tuple(_cut(group) for group in group_links(exercises)),
        warnings=warnings_in((*exercises, *treatments)),
        treatments=_rows(treatments),
        disagreements=disagreements(site, (*exercises, *treatments), here),
        training_changes=_changes(site, injury, about),
        courses=tuple(episodes),
        programs=crumbs_of(site, (edge.from_ for edge in site.edges_to(here, "for"))),
        posts=posts[:SHOWN],
        all_posts=way_to_all(site, here, len(posts)),
        voices=voices_on(site, here),
        thread=thread_on(site, thread_name(here), crumb(target)),
        sources=tuple(source_view(source) for source in injury.sources),
        review=review,
        review_words=review.words if review else NOT_REVIEWED,
        next_review=date_view(injury.next_review),
        description=description_of(injury.summary, injury.body)
        or f"{injury.title}: warning signs, what helped, and what made it worse.",
        breadcrumbs=breadcrumbs(site, "injury", injury.title, target.url),
    )


def _posts_about(site: Site, injury: str) -> tuple[Post, ...]:
    ids = (edge.from_ for edge in site.edges_to(injury, "about"))
    return tuple(site.nouns[id_] for id_ in sorted(ids, key=site.positions.__getitem__))


def red_flag_view(site: Site, flag: RedFlag) -> RedFlagView:
    """Return a red flag; what an injury does not say itself comes from the shared list."""
    shared = site.red_flags.get(flag.id)
    urgency = shared.urgency if shared and not flag.sign else flag.urgency
    source = flag.source or (shared.source if shared else None)
    return RedFlagView(
        sign=flag.sign or (shared.sign if shared else flag.id),
        urgency=urgency,
        urgency_words=URGENCY[urgency],
        act=flag.act or (shared.act if shared else ""),
        source=source_view(source) if source else None,
    )


def _differential(site: Site, injury: Injury) -> tuple[DifferentialView, ...]:
    pairs = [(site.follow(each.injury), each.why) for each in injury.differential]
    return tuple(DifferentialView(injury=crumb(target), why=why) for target, why in pairs if target)


def _symptom(site: Site, symptom: Symptom) -> SymptomView:
    source = site.follow(symptom.source)
    return SymptomView(
        what=symptom.what,
        where=symptom.where,
        pattern=symptom.pattern,
        not_=symptom.not_,
        source=crumb(source) if source else None,
    )


def _rows(links: tuple[LinkView, ...]) -> tuple[TreatmentRow, ...]:
    """Return one row for each treatment, with every post's word on it."""
    by_title = sorted(links, key=lambda link: (link.target.title.casefold(), link.target.slug))
    grouped = [tuple(each) for _, each in groupby(by_title, key=lambda link: link.target.slug)]
    return tuple(_row(each) for each in grouped)


def _row(links: tuple[LinkView, ...]) -> TreatmentRow:
    by_relation: dict[str, list[LinkView]] = {}
    for link in links:
        by_relation.setdefault(link.relation, []).append(link)
    kept = tuple(link for some in by_relation.values() for link in some[:VOICES])
    return TreatmentRow(treatment=links[0].target, links=kept, disagree=disagree(links), more=len(links) - len(kept))


def _cut(group: RelationGroup) -> RelationGroup:
    return replace(group, links=group.links[:EXERCISES], more=max(0, len(group.links) - EXERCISES))


def _changes(site: Site, injury: Injury, about: tuple[Post, ...]) -> tuple[ChangeView, ...]:
    """Return what the page says to change in training, then what the posts about it changed.

    What the page has word for word from a post stands once, with the post.
    """
    told = [change_view(change, post_crumb(site, post)) for post in about for change in post.training_changes]
    in_posts = {(each.words, each.for_, each.when) for each in told}
    own = (change_view(change) for change in injury.training_changes)
    return (*(each for each in own if (each.words, each.for_, each.when) not in in_posts), *told)


def review_view(review: Review | None) -> ReviewView | None:
    """Return who has read a page, or None unless name, credential and date are all there."""
    if review is None or not (review.name and review.credential and review.date):
        return None
    date = date_view(review.date)
    words = f"Reviewed by {review.name}, {review.credential}, on {date.words}."
    return ReviewView(name=review.name, credential=review.credential, date=date, words=words)


def treatment_view(site: Site, slug: str) -> TreatmentView:
    """Return the view of a treatment by its slug. Raises KeyError where there is none."""
    treatment: Treatment = site.nouns[f"treatment:{slug}"]
    here = id_of(treatment)
    target = site.targets[here]
    links = links_of(site, here)
    reports = _reports(site, here)
    return TreatmentView(
        kind="treatment",
        title=treatment.title,
        url=target.url,
        slug=slug,
        aliases=treatment.aliases,
        summary=treatment.summary,
        kind_words=TREATMENT_KINDS.get(treatment.kind, ""),
        who_words=DONE_BY.get(treatment.who, ""),
        groups=group_links(links),
        reports=reports,
        disagree=len({report.outcome for report in reports} - {"unclear"}) > 1,
        disagreements=disagreements(site, links, here),
        claims=tuple(claim_view(claim) for claim in treatment.claims),
        sources=tuple(source_view(source) for source in treatment.sources),
        posts=post_cards(site, frozenset(edge.from_ for edge in site.edges_to(here, "tried", "mentions"))),
        voices=voices_on(site, here),
        description=description_of(treatment.summary, treatment.body)
        or f"{treatment.title}: what posts say came of it.",
        breadcrumbs=breadcrumbs(site, "treatment", treatment.title, target.url),
    )


def _reports(site: Site, treatment: str) -> tuple[TriedView, ...]:
    """Return what came of it in each post, newest first."""
    ids = {edge.from_ for edge in site.edges_to(treatment, "tried")}
    posts = [site.nouns[id_] for id_ in sorted(ids, key=site.positions.__getitem__)]
    tried = [(post, each) for post in posts for each in post.treatments]
    of_this = [(post, each) for post, each in tried if site.names.id_of(each.treatment) == treatment]
    return tuple(view for post, each in of_this if (view := tried_view(site, post, each)))
