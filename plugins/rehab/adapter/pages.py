"""What our theme's templates see of a page, beside what Pelican gives them.

Pelican renders articles, pages, tags and lists; the writer asks here for the view, the address and the
structured data of each, so that every page has all of them and `StrictUndefined` can be on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

from markupsafe import Markup
from msgspec import Struct, field

from rehab.model.injury import Injury, Treatment
from rehab.model.program import Program
from rehab.site import pages, structured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rehab.adapter.build import Build
    from rehab.model.post import Post
    from rehab.site.site import Site
    from rehab.site.views.browse import ExerciseListView
    from rehab.site.views.lists import PostCard, PostsAboutView
    from rehab.site.views.photo import PhotoView
    from rehab.site.views.picture import PictureView
    from rehab.site.views.post import PostView
    from rehab.site.views.small import Crumb
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


class Shown(Struct, frozen=True, kw_only=True):
    """One page as its template sees it: variables of its own, and what every page has.

    It shows the problems of the files at `paths`. The first page alone (`whole`) shows those of all: on every list, a
    blog with many would carry them a thousand times.
    """

    variables: Mapping[str, Any] = field(default_factory=dict)
    crumbs: tuple[Crumb, ...] = ()
    description: str = ""
    structured: Any = None
    paths: tuple[str, ...] = ()
    whole: bool = False
    listed: bool = True
    changed: str = ""


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


NAMES: Mapping[str, Callable[[Any], Iterable[Any]]] = {
    "tags": lambda article: getattr(article, "tags", ()),
    "categories": lambda article: (article.category,),
    "authors": lambda article: getattr(article, "authors", ()),
}
"""Lists of names, with those that an article has: such a list shows no post."""


def _list_or_posts(build: Build, name: str, kwargs: Mapping[str, Any]) -> Shown:
    if name == "index":
        return _home(build)
    if name in LISTS:
        return _list(build, name)
    if name in UNLISTED:
        data = structured.for_own_page(build.site, UNLISTED[name], str(kwargs.get("url") or ""))
        return Shown(description=UNLISTED[name], structured=data, listed=False)
    url = str(kwargs.get("url") or "")
    return _names(build, name, url, kwargs) if name in NAMES else _posts(build, name, url, kwargs)


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


SAID: Mapping[str, str] = {
    "index": "Runners tell how they got hurt, what they did about it, how much of it, and who told them to.",
    "archives": "All {posts} of {site}, newest first.",
    "tags": "Everything that the posts of {site} are about, by tag.",
    "categories": "The posts of {site} by category.",
    "authors": "Who writes on {site}.",
    "tag": "{posts} about {subject} on {site}.",
    "category": "{posts} in the category {subject} on {site}.",
    "author": "{posts} by {subject} on {site}.",
}
"""What each list of posts says of itself, by Pelican's name for its template."""


class Cards(Sequence["PostCard"]):
    """The cards of posts, made as they are asked for: one page of a list shows a few of thousands."""

    def __init__(self, site: Site, posts: tuple[Post, ...]) -> None:
        """Take the posts in their order."""
        self._site, self._posts = site, posts

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._posts)

    @overload
    def __getitem__(self, at: int) -> PostCard: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[PostCard, ...]: ...

    def __getitem__(self, at: int | slice) -> PostCard | tuple[PostCard, ...]:
        """Return the card that stands somewhere, or some of them."""
        if isinstance(at, slice):
            return tuple(pages.post_card(self._site, post) for post in self._posts[at])
        return pages.post_card(self._site, self._posts[at])


def _names(build: Build, name: str, url: str, kwargs: Mapping[str, Any]) -> Shown:
    """Show the list of all tags, categories or authors."""
    title = pages.list_title(name)
    crumbs = pages.list_crumbs(build.site, name, title, url)
    found = {each for article in kwargs.get("articles") or () for each in NAMES[name](article)}
    named = [(str(each), str(each.url)) for each in sorted(found)]
    return Shown(
        crumbs=crumbs,
        description=SAID[name].format(site=build.site.options.site_name),
        structured=structured.for_names(build.site, title, url, named, crumbs),
    )


def _posts(build: Build, name: str, url: str, kwargs: Mapping[str, Any]) -> Shown:
    """Show a list of posts: all of them, or those of a tag, a category, an author."""
    nouns = (article.metadata.get("rehab") for article in kwargs.get("articles") or ())
    cards = Cards(build.site, tuple(noun for noun in nouns if noun is not None))
    subject = kwargs.get(name)
    title = str(subject) if subject is not None else pages.list_title(name)
    counted = f"{len(cards)} post{'' if len(cards) == 1 else 's'}"
    words = SAID.get(name, title).format(posts=counted, subject=subject, site=build.site.options.site_name)
    crumbs = pages.list_crumbs(build.site, name, title, url)

    def said_of(here: Any = None) -> Markup:  # noqa: ANN401 - Pelican's page of a list
        """Return the structured data of all posts, or of those on one page of the list."""
        first, last, at = (here.start_index(), here.end_index(), here.url) if here else (1, len(cards), url)
        data = structured.for_posts(build.site, title, at, cards[first - 1 : last], crumbs, first)
        return Markup(structured.render_structured(data))  # noqa: S704 - escaped there

    return Shown(variables={"posts": cards, "structured": said_of}, crumbs=crumbs, description=words)
