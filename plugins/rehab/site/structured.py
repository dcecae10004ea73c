"""Views → schema.org data (JSON-LD), one graph for each page.

In: a site and the view (or the slug) of a page. Out: plain dicts; `render_structured` makes them text for a `<script>`.
Says nothing that the page does not say: no date that is not stated, no person for a comment without a name, no
review that did not happen, no treatment as advice unless a source or a clinician says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from rehab.site import pages
from rehab.site.json_text import render_json
from rehab.site.options import PLURALS
from rehab.site.plain import plain_words, text_of
from rehab.site.show_small import breadcrumbs
from rehab.site.structured_images import image_objects, photo_object

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.site.site import Site
    from rehab.site.views import BibView, Crumb, PostCard
    from rehab.site.views_browse import ExerciseListView
    from rehab.site.views_photo import GalleryView, PhotoView
    from rehab.site.views_post import (
        CommentView,
        PageView,
        PostView,
        ProgramView,
        ThreadPageView,
        ThreadView,
    )

Data: TypeAlias = dict[str, Any]


def render_structured(data: object) -> str:
    """Return the data as JSON that cannot leave the script element it stands in."""
    return render_json(data)


def graph_of(site: Site, crumbs: tuple[Crumb, ...], *things: Data) -> Data:
    """Return one JSON-LD document of a page's things and the way that leads to it."""
    way = (_breadcrumbs(site, crumbs),) if crumbs else ()
    return {"@context": "https://schema.org", "@graph": [_filled(thing) for thing in (*things, *way)]}


def _filled(data: Data) -> Data:
    """Leave out what is not known."""
    return {key: value for key, value in data.items() if value not in ("", None, [], ())}


def _breadcrumbs(site: Site, crumbs: tuple[Crumb, ...]) -> Data:
    return {"@type": "BreadcrumbList", "itemListElement": _items(site, ((each.title, each.url) for each in crumbs))}


def _items(site: Site, pairs: Iterable[tuple[str, str]], first: int = 1) -> list[Data]:
    return [
        {"@type": "ListItem", "position": number, "name": title, "item": site.options.absolute(url)}
        for number, (title, url) in enumerate(pairs, start=first)
    ]


def _named(type_: str, site: Site, crumb: Crumb) -> Data:
    return _filled({"@type": type_, "name": crumb.title, "url": site.options.absolute(crumb.url) if crumb.url else ""})


def _people(names: Iterable[str]) -> list[Data]:
    return [{"@type": "Person", "name": name} for name in names]


def for_post(site: Site, post: str | PostView) -> Data:
    """Return a post with its comments."""
    view = pages.post_view(site, post) if isinstance(post, str) else post
    url = site.options.absolute(view.url)
    stated = view.date.iso if view.date.basis == "stated" else ""
    bibs = [_plan(site, bib) for bib in view.bibs]
    posting = {
        "@type": "BlogPosting",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": view.title,
        "description": view.description,
        "inLanguage": view.lang,
        "datePublished": stated,
        "dateModified": view.modified.iso,
        "author": _people(view.authors),
        "articleSection": view.category,
        "keywords": list(view.tags),
        "about": [_named("MedicalCondition", site, injury) for injury in view.injuries],
        "mentions": bibs,
        "image": image_objects(site, view.gallery),
        "citation": [_filled({"@type": "CreativeWork", "name": each.title, "url": each.url}) for each in view.sources],
        **_said(site, view.url, view.thread),
    }
    return graph_of(site, view.breadcrumbs, posting)


def for_thread_page(site: Site, view: ThreadPageView) -> Data:
    """Return a later page of a thread: its host by name, with the comments that stand here."""
    url = site.options.absolute(view.host.url)
    type_, name = _HOSTS[view.host.kind]
    host = {"@type": type_, "@id": url, "url": url, name: view.host.title, **_said(site, view.url, view.thread)}
    return graph_of(site, view.breadcrumbs, host)


def _spoken(site: Site, here: str, thread: ThreadView | None) -> Data:
    """Return what readers said on a page of reference, where nobody need say anything."""
    return {"@id": site.options.absolute(here), **_said(site, here, thread)} if thread and thread.flat else {}


_HOSTS = {
    "post": ("BlogPosting", "headline"),
    "exercise": ("ExercisePlan", "name"),
    "injury": ("MedicalWebPage", "name"),
}
"""What each kind of host is, and what its title is called there."""


def _said(site: Site, here: str, thread: ThreadView | None) -> Data:
    """Return how many comments a page has, and those that stand on it. All three kinds of host are creative works."""
    return {"commentCount": thread.count, "comment": _comments(site, here, thread)} if thread else {}


def _comments(site: Site, here: str, thread: ThreadView) -> list[Data]:
    return [_comment(site, here, each) for each in thread.flat if not each.removed]


def _comment(site: Site, here: str, comment: CommentView) -> Data:
    url = site.options.absolute(here)
    parent = {"@id": _absolute_on(site, here, comment.reply_to.url)} if comment.reply_to else None
    return _filled(
        {
            "@type": "Comment",
            "@id": f"{url}#{comment.anchor}",
            "text": text_of(comment.html),
            "datePublished": comment.when.iso,
            "author": {"@type": "Person", "name": comment.author},
            "parentItem": parent,
        }
    )


def _absolute_on(site: Site, here: str, url: str) -> str:
    """Return an address that is a place on the page `here` (`#…`) or site-relative."""
    return site.options.absolute(f"{here}{url}" if url.startswith("#") else url)


def _plan(site: Site, bib: BibView) -> Data:
    """Return an exercise with the dose of a bib, as far as schema.org has words for it."""
    data = bib.data or {}
    reps = data.get("reps")
    return _filled(
        {
            "@type": "ExercisePlan",
            "name": bib.title,
            "url": site.options.absolute(bib.url) if bib.url else "",
            "repetitions": reps if isinstance(reps, int | float) else None,
            "workload": dict(bib.facts).get("load", ""),
            "restPeriods": dict(bib.facts).get("rest", ""),
            "activityFrequency": dict(bib.facts).get("how often", ""),
            "additionalVariable": bib.line,
        }
    )


def for_exercise(site: Site, slug: str) -> Data:
    """Return an exercise as a plan and, once its details are there, as a physical therapy."""
    view = pages.exercise_view(site, slug)
    muscles = (*view.muscles_primary, *view.muscles_secondary)
    plan = {
        **_plan(site, view.bib),
        "alternateName": list(view.aliases),
        "description": view.description,
        "exerciseType": view.exercise_kind,
        "associatedAnatomy": [_named("AnatomicalStructure", site, muscle) for muscle in muscles],
        "image": image_objects(site, view.images),
        **_spoken(site, view.url, view.thread),
    }
    therapy = {
        "@type": "PhysicalTherapy",
        "name": view.title,
        "url": site.options.absolute(view.url),
        "howPerformed": "\n".join(plain_words(step.text) for step in view.steps),
        "contraindication": [_named("MedicalCondition", site, link.target) for link in view.warnings],
    }
    return graph_of(site, view.breadcrumbs, plan, *(() if view.stub else (therapy,)))


def for_injury(site: Site, slug: str) -> Data:
    """Return an injury. A reviewer is named only where one has read the page."""
    view = pages.injury_view(site, slug)
    url = site.options.absolute(view.url)
    good = [link for group in view.groups for link in group.links if link.tone in {"helps", "eases"}]
    sourced = [link for link in good if link.evidence in {"cited", "clinician-reviewed"}]
    condition = {
        "@type": "MedicalCondition",
        "@id": f"{url}#condition",
        "name": view.title,
        "alternateName": list(view.aliases),
        "description": view.description,
        "url": url,
        "associatedAnatomy": [_named("AnatomicalStructure", site, each) for each in (view.region, *view.structures)],
        "differentialDiagnosis": [
            {"@type": "DDxElement", "diagnosis": _named("MedicalCondition", site, each.injury)}
            for each in view.differential
        ],
        "signOrSymptom": [{"@type": "MedicalSignOrSymptom", "name": each.what} for each in view.symptoms],
        "riskFactor": [{"@type": "MedicalRiskFactor", "name": each} for each in view.risk_factors],
        "possibleTreatment": [_named("PhysicalTherapy", site, link.target) for link in sourced],
    }
    page = {
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": view.title,
        "about": {"@id": f"{url}#condition"},
        "reviewedBy": {"@type": "Person", "name": view.review.name, "honorificSuffix": view.review.credential}
        if view.review
        else None,
        "lastReviewed": view.review.date.iso if view.review else "",
        "citation": [_filled({"@type": "CreativeWork", "name": each.title, "url": each.url}) for each in view.sources],
        **_spoken(site, view.url, view.thread),
    }
    return graph_of(site, view.breadcrumbs, page, condition)


def for_treatment(site: Site, slug: str) -> Data:
    """Return a treatment by its names. What it does is for its page to say, with who says so."""
    view = pages.treatment_view(site, slug)
    therapy = {
        "@type": "MedicalTherapy",
        "name": view.title,
        "alternateName": list(view.aliases),
        "description": view.description,
        "url": site.options.absolute(view.url),
    }
    return graph_of(site, view.breadcrumbs, therapy)


def for_program(site: Site, slug: str) -> Data:
    """Return a program as a plan made of plans."""
    view: ProgramView = pages.program_view(site, slug)
    plan = {
        "@type": "ExercisePlan",
        "name": view.title,
        "alternateName": list(view.aliases),
        "description": view.description,
        "url": site.options.absolute(view.url),
        "activityFrequency": view.frequency,
        "about": [_named("MedicalCondition", site, injury) for injury in view.injuries],
        "hasPart": [_plan(site, bib) for phase in view.phases for bib in phase.bibs],
    }
    return graph_of(site, view.breadcrumbs, plan)


def for_region(site: Site, slug: str) -> Data:
    """Return a region of the body with the injuries in it."""
    view = pages.region_view(site, slug)
    page = {
        **_collection(site, view.title, view.url, ((each.title, each.url) for each in view.injuries)),
        "about": {"@type": "AnatomicalStructure", "name": view.title},
    }
    return graph_of(site, view.breadcrumbs, page)


def for_gallery(site: Site, slug: str) -> Data:
    """Return a gallery with its pictures."""
    view: GalleryView = pages.gallery_view(site, slug)
    url = site.options.absolute(view.url)
    gallery = {
        "@type": "ImageGallery",
        "name": view.title,
        "description": view.description,
        "url": url,
        "image": image_objects(site, view.pictures),
    }
    return graph_of(site, view.breadcrumbs, gallery)


def for_photo(site: Site, view: PhotoView) -> Data:
    """Return a picture of a gallery."""
    return graph_of(site, view.breadcrumbs, photo_object(site, view))


def for_page(site: Site, page: str | PageView) -> Data:
    """Return a plain page."""
    view = pages.page_view(site, page) if isinstance(page, str) else page
    data = {
        "@type": "WebPage",
        "name": view.title,
        "description": view.description,
        "url": site.options.absolute(view.url),
        "inLanguage": view.lang,
        "dateModified": view.modified.iso,
        "author": _people(view.authors),
    }
    return graph_of(site, view.breadcrumbs, data)


def for_home(site: Site) -> Data:
    """Return the site itself."""
    data = {
        "@type": "WebSite",
        "name": site.options.site_name,
        "url": site.options.absolute(""),
        "inLanguage": site.options.language,
    }
    return graph_of(site, (), data)


def _collection(site: Site, title: str, url: str, pairs: Iterable[tuple[str, str]], first: int = 1) -> Data:
    items = _items(site, pairs, first)
    return {
        "@type": "CollectionPage",
        "name": title,
        "url": site.options.absolute(url),
        "mainEntity": {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items},
    }


def for_own_page(site: Site, description: str, url: str) -> Data:
    """Return a page that is about nothing but itself."""
    return graph_of(site, (), {"@type": "WebPage", "description": description, "url": site.options.absolute(url)})


def _search_page(site: Site, title: str, url: str) -> Data:
    """Return the page that people search on."""
    return {"@type": "SearchResultsPage", "name": title, "url": site.options.absolute(url)}


def for_list(site: Site, name: str) -> Data:
    """Return the page that lists all things of a kind, by its name (`exercises`)."""
    if name == "glossary":
        return _for_glossary(site)
    title, url = pages.list_title(name), site.options.url(name)
    if name == "search":
        return graph_of(site, breadcrumbs(site, "", title, url), _search_page(site, title, url))
    kind = {plural: one for one, plural in PLURALS.items() if one != "region"}[name]
    targets = [site.targets[f"{kind}:{noun.slug}"] for noun in getattr(site, name)]
    page = _collection(site, title, url, ((target.title, target.url) for target in targets))
    return graph_of(site, breadcrumbs(site, "", title, url), page)


def _for_glossary(site: Site) -> Data:
    """Return the glossary: every word with its meaning in plain text."""
    view = pages.glossary_list(site)
    terms = [term for _, some in view.letters for term in some]
    address = site.options.absolute(view.url)
    words = [
        {
            "@type": "DefinedTerm", "@id": f"{address}#{term.slug}", "name": term.title,
            "alternateName": [*term.short, *term.also], "description": plain_words(term.meaning),
        }
        for term in terms
    ]  # fmt: skip
    page = {"@type": "DefinedTermSet", "@id": address, "name": view.title, "url": address, "hasDefinedTerm": words}
    return graph_of(site, view.breadcrumbs, page)


def for_exercises(site: Site, view: ExerciseListView) -> Data:
    """Return a page of a list of exercises: those that stand on it, each with its place in the whole list."""
    bibs = [bib for part in view.parts for bib in part.bibs]
    page = _collection(site, view.title, view.url, ((bib.title, bib.url) for bib in bibs), first=view.first)
    page["description"] = view.description
    page["mainEntity"]["numberOfItems"] = view.total
    return graph_of(site, view.breadcrumbs, page)


def for_posts(  # noqa: PLR0913 - what a page of a list is
    site: Site, title: str, url: str, cards: Iterable[PostCard], crumbs: tuple[Crumb, ...], first: int = 1
) -> Data:
    """Return a page that lists some posts, of all or of a tag, a category, an author. `first` is the first's number."""
    return graph_of(site, crumbs, _collection(site, title, url, ((card.title, card.url) for card in cards), first))
