"""A site in which nothing but words and comments was changed → the same site with them; else NotOnlyWords.

In: what the last whole build left, and the files that were touched since. Out: the site, and what of it
has new words. What a whole build would find the same is asked for one by one: the header, every reference, picture,
link and heading of a text, what describes it elsewhere, its card in a list, and that nothing is wrong with it. What
is asked of comments is told in `renewed`.
"""

from __future__ import annotations

import dataclasses
import re
from collections import ChainMap, defaultdict
from typing import TYPE_CHECKING, Any, Final, cast

from msgspec import Struct

from rehab.adapter.edit.only_words import NotOnlyWords, read_words, with_value
from rehab.model.comment import thread_of
from rehab.model.post import Post
from rehab.site.edges import id_of
from rehab.site.pages import post_card
from rehab.site.references import text_refs_of
from rehab.site.rules.whole import check_letters_of
from rehab.site.show.small import page_description
from rehab.site.text.images import images_of
from rehab.site.text.refs import find_text_refs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from rehab.adapter.edit.asked import Listed
    from rehab.adapter.edit.snapshot import Snapshot
    from rehab.model.page import Page
    from rehab.site.site import Site

COMMENTS: Final = "comments"
_TAG: Final = re.compile(r"<[^<>]*=[^<>]*>|<h[1-6]")
"""A tag that says more than its name, and a heading: a link, a picture, a place for a card."""
_FOR_PELICAN: Final = re.compile(r"[{|]\w+[|}]")


class Reworded(Struct, frozen=True, kw_only=True):
    """A site with new words: the posts and pages that have them, and the names of threads with other comments."""

    site: Site
    texts: tuple[Post | Page, ...]
    threads: tuple[str, ...]


def reword(kept: Snapshot, content: Path, touched: Iterable[str], render: Callable[[str], str]) -> Reworded:
    """Return the site with the new words of touched files, by their paths below the folder that holds the content.

    `render` makes HTML of a body. Raises NotOnlyWords.
    """
    site, texts = kept.site, []
    threads: defaultdict[str, set[str]] = defaultdict(set)
    for path in touched:
        _, folder, *rest = path.split("/")
        if folder == COMMENTS:
            threads[thread_of(rest)].add(path)
        else:
            site, noun = _reword_text(kept, site, content, path, render)
            texts.append(noun)
    for name, paths in sorted(threads.items()):
        from rehab.adapter.edit.renewed import renew_thread  # noqa: PLC0415 - few edits need the cleaners of comments

        site = renew_thread(kept, site, content, name, frozenset(paths))
    return Reworded(site=site, texts=tuple(texts), threads=tuple(sorted(threads)))


def _reword_text(
    kept: Snapshot, site: Site, content: Path, path: str, render: Callable[[str], str]
) -> tuple[Site, Post | Page]:
    if path not in kept.public or path in kept.wrong:
        raise NotOnlyWords  # a draft, a translation, another kind of text
    known = site.nouns[kept.public[path]]
    text, body = read_words(site, content, path, known)
    noun = dataclasses.replace(known, body=body)
    new = _with_text(site, noun, text)
    if (
        _skeleton(render(body)) != _skeleton(render(known.body))
        or _asked(body) != _asked(known.body)
        or [(each.src, each.alt) for each in images_of(noun)] != [(each.src, each.alt) for each in images_of(known)]
        or page_description(noun) != page_description(known)
        or bool(body.strip()) != bool(known.body.strip())
        or any(check_letters_of(text, path, 1))
        or (isinstance(known, Post) and post_card(new, cast("Post", noun)) != post_card(site, known))
    ):
        raise NotOnlyWords
    return new, noun


def _with_text(site: Site, noun: Post | Page, text: str) -> Site:
    """Return the site with another text of one public post or page, whose references are as they were."""
    nouns: Mapping[str, Any] = ChainMap({id_of(noun): noun}, cast("dict[str, Any]", site.nouns))
    return dataclasses.replace(
        site,
        posts=cast("tuple[Post, ...]", cast("Listed", site.posts).of(nouns)),
        pages=tuple(cast("Page", noun) if each.path == noun.path else each for each in site.pages),
        texts=with_value(site.texts, noun.path, text),
        nouns=nouns,
        text_refs=with_value(site.text_refs, id_of(noun), text_refs_of(noun, {noun.path: text})),
    )


def _asked(body: str) -> list[object]:
    return [(each.ref, each.placed) for each in find_text_refs(body, "")]


def _skeleton(html: str) -> list[str]:
    """Return the tags that lead anywhere. Raises NotOnlyWords where Pelican would put something into one of them."""
    tags = _TAG.findall(html)
    if any(_FOR_PELICAN.search(tag) for tag in tags if not tag.startswith("<rehab-")):
        raise NotOnlyWords
    return tags
