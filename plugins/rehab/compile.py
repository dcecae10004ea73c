"""The main path: a content folder → a linked site and everything that is wrong with it.

This is the whole core, without Pelican. `rehab check` runs it alone; the adapter runs it first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.comments.read import parse_threads
from rehab.images.plan import Recipe, plan_picture
from rehab.images.read import read_photos
from rehab.model.entries import parse_entries
from rehab.model.vocabulary import read_vocabulary
from rehab.model.words import IMAGE_SUFFIXES
from rehab.site.link import Options, link
from rehab.source.read import read_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rehab.images.plan import Picture
    from rehab.model.post import Post
    from rehab.site.link import Site
    from rehab.source.document import Tree
    from rehab.source.place import Place
    from rehab.source.problem import Problems


def compile_site(
    content: Path, options: Options | None = None, recipe: Recipe | None = None, *, shown: bool = True
) -> tuple[Site, Problems]:
    """Read a content folder and link everything in it.

    Writes nothing and prints nothing. The problems are those of all files, sorted by place; the site
    holds whatever could be read, so that a preview can be shown beside them. With `shown=False` readers' texts are
    left out of its threads: cleaning them takes long, and no problem comes of it.
    """
    tree, problems = read_tree(content)

    vocabulary, found = read_vocabulary(tree)
    problems += found

    entries, found = parse_entries(tree)
    problems += found

    pictures, found = plan_pictures(tree, recipe or Recipe())
    problems += found

    threads, found = parse_threads(entries.comments, *_threads_of(entries.posts), None if shown else _unread)
    problems += found

    assets = frozenset(asset.path for asset in tree.assets)
    site, found = link(entries, vocabulary, threads, pictures, tree.texts, options or Options(), assets)
    problems += found

    return site, tuple(sorted(set(problems), key=lambda problem: problem.order))


def _unread(text: str, format: str) -> str:  # noqa: A002, ARG001 - as the cleaner has it
    """Stand for the HTML of a reader's text where nobody will see it."""
    return ""


def plan_pictures(tree: Tree, recipe: Recipe) -> tuple[Mapping[str, Picture], Problems]:
    """Plan the sizes and names of every picture in the tree, by source path. Nothing is drawn yet."""
    assets = tuple(asset for asset in tree.assets if asset.file.suffix.lower() in IMAGE_SUFFIXES)
    photos, problems = read_photos(assets, {})
    return {path: plan_picture(photo, recipe) for path, photo in photos.items()}, problems


def _threads_of(
    posts: tuple[Post, ...],
) -> tuple[Mapping[str, tuple[int | None, Place]], frozenset[str], Mapping[str, str]]:
    """Return how many comments each post declares, the slugs of all posts, and whether each is open."""
    declared = {post.slug: (post.comments_declared, post.where("comments_declared")) for post in posts}
    return declared, frozenset(declared), {post.slug: post.comments for post in posts}
