"""A linked site with other words in one of its texts: links, and all that is read of headers, stay as they are.

In: a site and a post or page that differs from its own in the body alone. Out: the site with that one in its place.
"""

from __future__ import annotations

import dataclasses
from collections import ChainMap
from typing import TYPE_CHECKING, Any, cast

from rehab.site.edges import id_of
from rehab.site.references import text_refs_of

if TYPE_CHECKING:
    from rehab.model.entry import Entry
    from rehab.site.site import Site


def with_text(site: Site, noun: Entry, text: str) -> Site:
    """Return the site with another text of one post or page, whose front matter is as it was."""

    def swap(nouns: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(noun if each.path == noun.path else each for each in nouns)

    new, old = site.texts.maps if isinstance(site.texts, ChainMap) else ({}, cast("dict[str, str]", site.texts))
    texts = ChainMap({**new, noun.path: text}, old)
    name = id_of(noun)
    listed = name in site.nouns and site.nouns[name].path == noun.path
    return dataclasses.replace(
        site,
        posts=swap(site.posts),
        unlisted=swap(site.unlisted),
        pages=swap(site.pages),
        drafts=swap(site.drafts),
        texts=texts,
        nouns={**site.nouns, name: noun} if listed else site.nouns,
        text_refs={**site.text_refs, name: text_refs_of(noun, texts)} if listed else site.text_refs,
    )
