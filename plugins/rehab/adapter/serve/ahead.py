"""Pages that somebody has open, written before all others of a running build, which finds them as they are later.

In: the generators, when they know all of the site, and the files of the pages. Out: those files. The functions that
write all pages write these, with a writer that passes over what nobody waits for; so nothing here knows what a page
shows, and none can come out as another one. What generators of other plugins write waits for its turn.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pelican.generators import ArticlesGenerator
from pelican.paginator import Paginator

from rehab.adapter.generator import SEARCH_LIST
from rehab.adapter.serve.single import contents_in, names_of, ours_of, write_as_it_is
from rehab.adapter.writer import CalmWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from rehab.adapter.settings import Settings


class AheadWriter(CalmWriter):
    """Writes the lists that somebody waits for, of a long one only those of its pages, and passes over all others."""

    def __init__(self, output_path: str, settings: Settings, names: Iterable[str]) -> None:
        """Take the names of files that are waited for. Those that are written are taken from `names`."""
        super().__init__(output_path, settings=settings)
        self.names = set(names)

    def write_file(  # type: ignore[override] # what our own callers and Pelican's leave out is left out
        self,
        name: str,
        template: Any,  # noqa: ANN401 - Pelican has no types
        context: dict[str, Any],
        template_name: str | None = None,
        url: str = "",
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Write those pages of a list that are asked for."""
        cut = self.settings["PAGINATED_TEMPLATES"]
        if template_name in cut:
            per_page = cut[template_name] or self.settings["DEFAULT_PAGINATION"]
            pages = self._pages(name, url, kwargs, per_page)
        else:
            pages = iter([(name, {})])
        for save_as, words in pages:
            if save_as in self.names:
                super().write_file(
                    save_as, template, context, paginated={}, template_name=template_name, url=url, **kwargs, **words
                )
                self.names.discard(save_as)

    def _pages(
        self, name: str, url: str, kwargs: Mapping[str, Any], per_page: int
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the files of a list that Pelican cuts, each with the variables that it gives to that page."""
        lists = {key: Paginator(name, url, kwargs[key], self.settings, per_page) for key in ("articles", "dates")}
        for number in range(1, lists["articles"].num_pages + 1):
            words: dict[str, Any] = {}
            for key, pages in lists.items():
                words[f"{key}_paginator"] = pages
                words[f"{key}_page"] = pages.page(number)
                words[f"{key}_previous_page"] = pages.page(number - 1) if number > 1 else None
                words[f"{key}_next_page"] = pages.page(number + 1) if number < pages.num_pages else None
            yield words["articles_page"].save_as, words


def show_ahead(generators: Sequence[Any], looked_at: Iterable[Path]) -> None:
    """Write open pages, unless the build has written them by now."""
    ours = ours_of(generators)
    build = ours.build
    names = {name for name in names_of(ours, looked_at) if name not in build.written}
    if not names:
        return
    counts, urls = build.counts.copy(), build.urls.copy()
    contents = contents_in(ours, names)
    for content in contents:
        write_as_it_is(generators, content)
    write_lists(generators, names - {content.save_as for content in contents})
    build.written -= names
    build.counts, build.urls = counts, urls


def write_lists(generators: Sequence[Any], names: AbstractSet[str]) -> set[str]:
    """Write those of some pages that are of several things, Pelican's lists and all of ours; return their names."""
    ours = ours_of(generators)
    posts = next(each for each in generators if type(each) is ArticlesGenerator)
    writer = AheadWriter(ours.output_path, ours.settings, names)
    write = partial(writer.write_file, relative_urls=posts.settings["RELATIVE_URLS"])
    for write_some in (
        partial(posts.generate_direct_templates, write),
        partial(ours.write_lists, writer),
        partial(posts.generate_categories, write),
        partial(posts.generate_authors, write),
        partial(posts.generate_tags, write),
        partial(posts.generate_period_archives, write),
        partial(ours.write_list, writer, SEARCH_LIST),
    ):
        if writer.names:
            write_some()
    return {*names} - writer.names
