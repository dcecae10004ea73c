"""Which words of a text stand on which pages: where nothing but words was changed, all other files stay as they are.

In: what is about to be written. Out: how far the words of a text reach there. `ANY` is the answer where nobody has
said: then a site is built whole after each change. The words are those of a text's body that are neither a link, a
picture, a heading nor the first paragraph, which describes a page; all else of a text reaches anything.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

ANY, OWN, FEED, SEARCH, NONE = "any", "own", "feed", "search", "none"
"""Nobody knows; the words of its own text and thread; of some posts, each in its entry; all in the index; none."""

_OWN: Final = ("article", "page", "thread_page")
OTHERS: Final = ("entry", "photo", "exercises", "posts_about")
"""What Pelican and our generator call the thing that a page is about. An entry's own words count for all pages."""
_WORDLESS: Final = {
    "404", "archives", "author", "authors", "categories", "category", "exercises", "galleries", "glossary", "index",
    "injuries", "offline", "period_archives", "programs", "saved", "tag", "tags", "thanks", "treatments",
}  # fmt: skip
"""Pages that are of no one text, by what they are called: they show titles, summaries, dates, numbers, and doses."""


def reach_of_page(named: Mapping[str, Any]) -> str:
    """Return how far words reach on a page, from what its template is given."""
    if any(name in named for name in _OWN):
        return OWN
    if any(name in named for name in OTHERS):
        return NONE
    name = named.get("list_name") or named.get("template_name")
    return SEARCH if name == SEARCH else NONE if name in _WORDLESS else ANY


_ONE: Final = ("article", "page", "home", "listing")
"""What a template calls the one text that its page is about, or a view without such words."""
_OF_POSTS: Final = (
    r"""\.(?:content|body|texts|get_content)\b|\|\s*attr\("""
    r"""|\[["'](?:content|body|texts|threads|replies)|\bsite\.(?:threads|replies|comments|edges|outgoing|incoming|targets|memo)"""
    r"""|\b(?:article|page)\.summary\b|\b(?:articles|drafts|hidden_articles|all_articles|related_posts|staticfiles)\b"""
)
"""What a template may name that leads to the words of other texts than its own, or to readers' words elsewhere."""


def shows_only_its_own(folders: Iterable[Path]) -> bool:
    """Return whether no template in these folders can show the words of a text that its page is not about.

    Where some template calls other things by a name of the one text, as in a loop, that name tells nothing anywhere:
    what it includes is given it too.
    """
    files = (file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file())
    templates = [file.read_text("utf-8", "replace") for file in files]
    own = [name for name in _ONE if not any(_given(name).search(text) for text in templates)]
    of_posts = re.compile("".join(rf"(?<!\b{name})" for name in own) + _OF_POSTS)
    return not any(of_posts.search(text) for text in templates)


@cache
def _given(name: str) -> re.Pattern[str]:
    """Return what gives a name to something: a loop, an assignment, a macro's argument."""
    giving = r"\{%[-+]?\s*(?:for|set|with|macro|call|from|import)\b[^%]*?(?<![.\w])"
    return re.compile(rf"{giving}{name}\s*(?:[,)=](?!=)|in\b)")
