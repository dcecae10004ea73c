"""Articles of a tag, a category, an author, which know at once whether an article is among them; and those of a time.

In: Pelican's generator of articles, when it has sorted them. Out: the same lists, but none of the posts whose date
nobody knows: Pelican has them in the year 1900. Of each of the others it asks of every article of the site whether it
is there, and a plain list looks through all that it has: with ten thousand posts and sixty tags for six seconds.
"""

from __future__ import annotations

from typing import Any

from rehab.adapter.reader import UNDATED


class Listed(list[Any]):
    """A list of articles, each known by its identity, which is all that makes two of them equal."""

    _ids: tuple[int, frozenset[int]] = (0, frozenset())

    def __contains__(self, article: object) -> bool:
        """Tell whether an article is in the list."""
        if self._ids[0] != len(self):
            self._ids = len(self), frozenset(map(id, self))
        return id(article) in self._ids[1]


def list_articles(generator: Any) -> None:  # noqa: ANN401 - Pelican has no types
    """Give a generator such lists. Connected to `article_generator_finalized`."""
    generator.tags = {tag: Listed(some) for tag, some in generator.tags.items()}
    generator.categories = [(category, Listed(some)) for category, some in generator.categories]
    generator.authors = [(author, Listed(some)) for author, some in generator.authors]
    generator._update_context(("tags", "categories", "authors"))  # noqa: SLF001 - as it does itself
    for periods in generator.period_archives.values():
        periods[:] = [each for each in periods if any(article.date != UNDATED for article in each["articles"])]
