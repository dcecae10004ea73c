"""What our theme's templates see of a page, beside what Pelican gives them.

Pelican renders articles, pages, tags and lists; the writer asks here for the view, the address and the
structured data of each, so that every page has all of them and `StrictUndefined` can be on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehab.adapter.post_lists import NAMES, SAID, show_names, show_posts
from rehab.adapter.shown import Shown
from rehab.model.injury import Injury, Treatment
from rehab.model.program import Program
from rehab.site import pages, structured

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rehab.adapter.build import Build
    from rehab.model.post import Post
    from rehab.site.site import Site
    from rehab.site.views.browse import ExerciseListView
    from rehab.site.views.lists import PostsAboutView
    from rehab.site.views.photo import PhotoView
    from rehab.site.views.picture import PictureView
    from rehab.site.views.post import PostView
    from rehab.site.views.thread import ThreadPageView

VIEWS: Mapping[str, Callable[[Site, str], Any]] = {
    "exercise": pages.exercise_view,
    "injury": pages.injury_view,
    "treatment": pages.treatment_view,
    "program": pages.program_view,
    "region": pages.region_view,
    "gallery": pages.gallery_view,
}
"""How the view of each kind with pages of its own is made."""

LISTS: Mapping[str, Callable[[Site], Any]] = {
    "exercises": pages.exercise_list,
    "injuries": pages.injury_list,
    "treatments": pages.treatment_list,
    "programs": pages.program_list,
    "galleries": pages.gallery_list,
    "glossary": pages.glossary_list,
    "search": pages.search_view,
}
"""How the view of each list page is made; the names are those of templates and settings."""


def show_page(build: Build, kwargs: Mapping[str, Any]) -> Shown:
    """Return what a page shows, from what Pelican passes to its template."""
    if "article" in kwargs:
        return _post(build, kwargs["article"])
    for name, show in _VIEWS.items():
        if name in kwargs:
            return show(build, kwargs[name])
    if "entry" in kwargs:
        return _entry(build, kwargs["entry"].kind, kwargs["entry"].slug)
    if "page" in kwargs:
        return _page(build, kwargs["page"])
    return _list_or_posts(build, str(kwargs.get("template_name") or kwargs.get("list_name") or ""), kwargs)


UNLISTED: Mapping[str, str] = {
    "404": "There is no page at this address.",
    "saved": "Cards and programs that you keep, and what you wrote down.",
    "offline": "This page is not kept on your device.",
    "thanks": "Your comment waits for the author of this blog.",
}
"""Pages that no list and no sitemap has, with what each says of itself."""


def _list_or_posts(build: Build, name: str, kwargs: Mapping[str, Any]) -> Shown:
    if name == "index":
        return _home(build)
    if name in LISTS:
        return _list(build, name)
    if name in UNLISTED:
        data = structured.for_own_page(build.site, UNLISTED[name], str(kwargs.get("url") or ""))
        return Shown(description=UNLISTED[name], structured=data, listed=False)
    url = str(kwargs.get("url") or "")
    return show_names(build, name, url, kwargs) if name in NAMES else show_posts(build, name, url, kwargs)


def _post(build: Build, article: Any) -> Shown:  # noqa: ANN401 - Pelican has no types
    noun = article.metadata.get("rehab")
    if noun is None:
        return Shown(variables={"post": None, "shared": ()}, description=article.title)
    view = pages.post_view(build.site, noun)
    data = structured.for_post(build.site, view)
    listed = article.status == "published"
    return Shown(
        variables={"post": view, "shared": _shared(build, noun, view), "mark": pages.marks_for(build.site, noun)},
        crumbs=view.breadcrumbs,
        description=view.description,
        structured=data,
        paths=(noun.path,),
        listed=listed,
        changed=view.modified.iso or (view.date.iso if view.date.basis != "inferred" else ""),
    )


def _shared(build: Build, noun: Post, view: PostView) -> tuple[PictureView, ...]:
    """Return the pictures that may stand for a post elsewhere: its own, of its text, of its exercises, its card."""
    of_exercises = (image for bib in view.bibs for image in bib.images)
    own = (*view.gallery, *pages.pictures_in(build.site, noun), *of_exercises)
    return (*own, *pages.card_view(build.site, noun))


def _thread_page(build: Build, view: ThreadPageView) -> Shown:
    return Shown(
        variables={"view": view},
        crumbs=view.breadcrumbs,
        description=view.description,
        structured=structured.for_thread_page(build.site, view),
    )


def _exercises(build: Build, view: ExerciseListView) -> Shown:
    return Shown(
        variables={"listing": view},
        crumbs=view.breadcrumbs,
        description=view.description,
        structured=structured.for_exercises(build.site, view),
    )


def _photo(build: Build, view: PhotoView) -> Shown:
    return Shown(
        variables={"view": view},
        crumbs=view.breadcrumbs,
        description=view.description,
        structured=structured.for_photo(build.site, view),
    )


def _posts_about(build: Build, view: PostsAboutView) -> Shown:
    data = structured.for_posts(build.site, view.title, view.url, view.posts, view.breadcrumbs, view.first)
    return Shown(variables={"view": view}, crumbs=view.breadcrumbs, description=view.description, structured=data)


_VIEWS: Mapping[str, Callable[[Build, Any], Shown]] = {
    "thread_page": _thread_page,
    "exercises": _exercises,
    "photo": _photo,
    "posts_about": _posts_about,
}
"""How a page is shown whose whole view the generator gives it."""


def _entry(build: Build, kind: str, slug: str) -> Shown:
    view = VIEWS[kind](build.site, slug)
    data = getattr(structured, f"for_{kind}")(build.site, slug)
    noun = build.site.nouns.get(f"{kind}:{slug}")
    path = getattr(noun, "path", "")
    shared = pages.shared_by(build.site, noun) if isinstance(noun, Injury | Treatment | Program) else ()
    return Shown(
        variables={kind: view, "mark": pages.marks_for(build.site, noun), "shared": shared},
        crumbs=view.breadcrumbs,
        description=view.description,
        structured=data,
        paths=(path,) if path else (),
    )


def _page(build: Build, page: Any) -> Shown:  # noqa: ANN401 - Pelican has no types
    noun = page.metadata.get("rehab")
    if noun is None:
        return Shown(description=page.title)
    view = pages.page_view(build.site, noun)
    return Shown(
        variables={"page_view": view, "mark": pages.marks_for(build.site, noun)},
        crumbs=view.breadcrumbs,
        description=view.description,
        structured=structured.for_page(build.site, view),
        paths=(noun.path,),
        listed=page.status == "published",
    )


def _home(build: Build) -> Shown:
    view = build.home or pages.home_view(build.site)
    data = structured.for_home(build.site)
    return Shown(variables={"home": view}, description=SAID["index"], structured=data, whole=True)


def _list(build: Build, name: str) -> Shown:
    view = LISTS[name](build.site)
    if name == "exercises":
        return _exercises(build, view)
    data = structured.for_list(build.site, name)
    return Shown(variables={"listing": view}, crumbs=view.breadcrumbs, description=view.description, structured=data)
