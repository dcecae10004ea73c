"""The main path: a content folder → a linked site and everything that is wrong with it.

This is the whole core, without Pelican. `rehab check` runs it alone; the adapter runs it first.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rehab.comments.read import hosts_of, parse_threads
from rehab.images.plan import Notice, Recipe, plan_picture
from rehab.images.read import read_photos
from rehab.model.entries import parse_early, parse_entries
from rehab.model.vocabulary import read_vocabulary
from rehab.site.link import Options, link
from rehab.site.pictures import path_of
from rehab.site.show.share import with_cards
from rehab.source.known import Known
from rehab.source.read import read_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from rehab.comments.read import Clean
    from rehab.images.plan import Picture
    from rehab.images.seen import Seen
    from rehab.model.entries import Entries
    from rehab.model.nouns import Image
    from rehab.site.link import Site
    from rehab.source.document import Asset, Document
    from rehab.source.problem import Problems


def compile_site(  # noqa: PLR0913 - what earlier runs know is one argument for each kind
    content: Path,
    options: Options | None = None,
    recipe: Recipe | None = None,
    *,
    shown: bool = True,
    seen: Seen | None = None,
    clean: Clean | None = None,
    known: Known | None = None,
    heed: Callable[[], None] | None = None,
    leave: Callable[[Iterable[str]], None] | None = None,
) -> tuple[Site, Problems]:
    """Read a content folder and link everything in it.

    Writes nothing and prints nothing. The problems are those of all files, sorted by place; the site
    holds whatever could be read, so that a preview can be shown beside them. With `shown=False` readers' texts are
    left out of its threads: cleaning them takes long, and no problem comes of it. `seen` is what earlier runs read of
    the pictures, and learns what this one reads. `clean` cleans texts instead of `rehab.comments.clean`, with the same
    result. `known` is what a process that stays has read of the texts, and learns what this run reads.
    `heed` is called between the steps, and may raise where the site is no longer wanted. `leave` is given the paths of
    all texts when each is read and parsed: who wants to keep what is known of them does so then, and may let it go.
    """
    known, heed = known or Known(), heed or _unheeded
    tree, problems = read_tree(content, known, partial(_early, known=known, heed=heed))

    vocabulary, found = read_vocabulary(tree)
    problems += found

    entries, found = parse_entries(tree, known)
    problems += found

    texts, assets = tree.texts, tree.assets
    del tree  # its documents, of which everything is in the entries now
    if leave:
        leave(texts)

    heed()
    pictures, found = plan_pictures(assets, entries, recipe or Recipe(), seen)
    problems += found

    heed()
    threads, found = parse_threads(entries.comments, hosts_of(entries), clean if shown else _unread, heed)
    problems += found

    heed()
    files = frozenset(asset.path for asset in assets)
    site, problems = link(
        entries, vocabulary, threads, pictures, texts, options or Options(), files, earlier=problems, heed=heed
    )
    heed()
    site = with_cards(site, recipe or Recipe())
    return site, tuple(sorted(set(problems), key=lambda problem: problem.order))


def _early(document: Document, known: Known, heed: Callable[[], None]) -> Document:
    heed()
    return parse_early(document, known)


def _unheeded() -> None:
    """Stand for somebody who would rather have another site."""


def _unread(text: str, format: str) -> str:  # noqa: A002, ARG001 - as the cleaner has it
    """Stand for the HTML of a reader's text where nobody will see it."""
    return ""


def plan_pictures(
    assets: Iterable[Asset], entries: Entries, recipe: Recipe, seen: Seen | None = None
) -> tuple[Mapping[str, Picture], Problems]:
    """Plan the sizes and names of every picture among the files, by source path. Nothing is drawn yet."""
    photos, problems = read_photos(assets, {}, seen)
    notices = _notices_of(entries)
    return {path: plan_picture(photo, recipe, notices.get(path)) for path, photo in photos.items()}, problems


def _notices_of(entries: Entries) -> Mapping[str, Notice]:
    """Return what front matter says of where each picture is from, by path; of two credits, the first."""
    notices: dict[str, Notice] = {}
    for image in _images_of(entries):
        credit, path = image.credit, path_of(image)
        if credit and path:
            notices.setdefault(path, Notice(credit.text, credit.url or "", credit.license))
    return notices


def _images_of(entries: Entries) -> Iterator[Image]:
    """Yield every picture that front matter lists."""
    for post in entries.posts:
        yield from post.gallery
        yield from (image for use in post.exercises for image in use.images)
    for exercise in entries.exercises:
        yield from exercise.images
        yield from (image for step in exercise.steps for image in step.images)
    for gallery in entries.galleries:
        yield from gallery.images
    for page in entries.pages:
        yield from page.images
