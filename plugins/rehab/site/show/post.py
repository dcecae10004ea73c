"""Posts → the views of their pages, and what injuries say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site.charts.course import course_chart, point_views
from rehab.site.edges import id_of
from rehab.site.memo import answer
from rehab.site.related import related_posts
from rehab.site.rules.post import is_kept
from rehab.site.show.bib import bib_view, numbered
from rehab.site.show.links import link_view
from rehab.site.show.post_card import find_post, post_card, post_crumb
from rehab.site.show.small import (
    breadcrumbs,
    change_view,
    claim_view,
    crumb,
    crumbs,
    date_view,
    image_views,
    page_description,
    post_date,
    regions_of,
    source_view,
)
from rehab.site.show.thread import thread_on
from rehab.site.site import Edge
from rehab.site.views.post import (
    EpisodeView,
    LostLinkView,
    PostView,
    PractitionerView,
    PromiseView,
    TriedView,
)
from rehab.site.wording import CAUTION, DIAGNOSIS, DISCLAIMERS, EPISODE_OUTCOMES, OUTCOMES, OWN_EXPERIENCE, SIDES

if TYPE_CHECKING:
    from rehab.model.nouns import Practitioner, Tried
    from rehab.model.post import Post
    from rehab.site.site import Site
    from rehab.site.views.bib import BibView
    from rehab.site.views.lists import PostCard
    from rehab.site.views.small import Crumb, LinkView


def post_view(site: Site, post: str | Post) -> PostView:
    """Return the view of a post, by its slug, or of the very post given (a draft, a translation)."""
    post = find_post(site, post)
    here = post_crumb(site, post)
    listed = site.nouns.get(id_of(post)) is post
    newer, older = _neighbours(site, post) if listed else (None, None)
    bibs = post_bibs(site, post)
    placed = _placed(site, post)
    return PostView(
        kind="post",
        title=post.title,
        url=here.url,
        slug=post.slug,
        lang=post.lang or site.options.language,
        date=post_date(post),
        modified=date_view(post.modified),
        authors=post.bylines,
        category=post.category,
        tags=post.tags,
        summary=post.summary,
        disclaimer=post.disclaimer,
        disclaimer_words=DISCLAIMERS.get(post.disclaimer, ""),
        told_as=OWN_EXPERIENCE if post.episode or post.disclaimer else "",
        caution=CAUTION if bibs else "",
        disclosure=post.disclosure,
        injuries=crumbs(site, post.injuries),
        regions=regions_of(site, post.injuries),
        side=post.side,
        side_words=SIDES.get(post.side, ""),
        episode=episode_view(site, post),
        bibs=bibs,
        unplaced=tuple(bib for bib in bibs if f"exercise:{bib.slug}" not in placed),
        avoid=_avoided(site, post),
        treatments=tuple(view for tried in post.treatments if (view := tried_view(site, post, tried))),
        programs=crumbs(site, post.programs),
        training_changes=tuple(change_view(change) for change in post.training_changes),
        practitioners=tuple(_practitioner(each) for each in post.practitioners),
        takeaways=post.takeaways,
        question=post.question,
        gallery=image_views(site, post.gallery),
        claims=tuple(claim_view(claim) for claim in post.claims),
        sources=tuple(source_view(source) for source in post.sources),
        lost_links=tuple(LostLinkView(text=lost.text, about=lost.about) for lost in post.lost_links),
        promises=tuple(
            PromiseView(text=each.text, exercises=crumbs(site, each.exercises), kept=is_kept(each, site))
            for each in post.promises
        ),
        thread=thread_on(site, post.slug, here) if listed else None,
        related=_related(site, post) if listed else (),
        newer=newer,
        older=older,
        description=page_description(post),
        breadcrumbs=breadcrumbs(site, "post", post.title, here.url),
    )


def post_bibs(site: Site, post: Post) -> tuple[BibView, ...]:
    """Return a post's exercises as bibs, in front-matter order."""
    return numbered(tuple(bib_view(site, use.exercise.slug, use=use) for use in post.exercises))


def _placed(site: Site, post: Post) -> frozenset[str]:
    """Return the ids of what the post's text places itself."""
    refs = [found.ref for found in site.text_refs.get(id_of(post), ()) if found.placed]
    return frozenset(target.id for ref in refs if (target := site.resolve(ref)))


def _neighbours(site: Site, post: Post) -> tuple[Crumb | None, ...]:
    """Return links to the next newer post and to the next older one."""
    return tuple(post_crumb(site, site.nouns[id_]) if id_ else None for id_ in answer(site, ids_beside, id_of(post)))


def ids_beside(site: Site, post: str) -> tuple[str, str]:
    """Return the ids of the next newer post and of the next older one, or "" where there is none."""
    position = site.positions[post]
    newer = id_of(site.posts[position - 1]) if position > 0 else ""
    older = id_of(site.posts[position + 1]) if position + 1 < len(site.posts) else ""
    return newer, older


def _avoided(site: Site, post: Post) -> tuple[LinkView, ...]:
    """Return links to the exercises that made it worse."""
    found = [(avoided, site.names.id_of(avoided.exercise)) for avoided in post.avoid]
    edges = [
        Edge(from_=id_, to=id_of(post), relation="aggravates", evidence="author-experience", note=avoided.note)
        for avoided, id_ in found
        if id_
    ]
    return tuple(link_view(site, edge, edge.from_) for edge in edges)


def tried_view(site: Site, post: Post, tried: Tried) -> TriedView | None:
    """Return what came of a treatment in a post, or None where nothing is known by its name."""
    target = site.follow(tried.treatment)
    if target is None:
        return None
    sign = OUTCOMES[tried.outcome]
    return TriedView(
        treatment=crumb(target),
        post=post_crumb(site, post),
        when=post_date(post),
        injuries=crumbs(site, post.injuries),
        outcome=tried.outcome,
        shape=sign.shape,
        words=sign.words,
        tone=sign.tone,
        note=tried.note,
    )


def _practitioner(each: Practitioner) -> PractitionerView:
    words = ", ".join(part for part in (each.role, each.name, each.organization) if part)
    return PractitionerView(words=words, note=each.note)


def episode_view(site: Site, post: Post) -> EpisodeView | None:
    """Return the course of the author's injury, where the post tells it."""
    episode = post.episode
    if episode is None:
        return None
    times = {None: "", 1: "once", 2: "twice"}.get(episode.recurrences, f"{episode.recurrences} times")
    facts = {
        "began": episode.onset,
        "set off by": episode.trigger,
        "before it": episode.history,
        "came back": times,
        "diagnosis": DIAGNOSIS.get(episode.diagnosis, ""),
    }
    return EpisodeView(
        post=post_crumb(site, post),
        when=post_date(post),
        outcome=episode.outcome,
        outcome_words=EPISODE_OUTCOMES.get(episode.outcome, ""),
        facts=tuple((label, value) for label, value in facts.items() if value),
        points=point_views(episode.course),
        chart=course_chart(episode.course),
    )


def _related(site: Site, post: Post) -> tuple[PostCard, ...]:
    return tuple(post_card(site, site.nouns[id_], reason) for id_, reason in answer(site, related_to, id_of(post)))


def related_to(site: Site, post: str) -> tuple[tuple[str, str], ...]:
    """Return the ids of the posts that belong to one, best first, each with the reason in words."""
    return tuple((each.post, each.reason) for each in related_posts(site, site.nouns[post]))
