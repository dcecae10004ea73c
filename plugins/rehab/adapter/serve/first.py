"""What somebody waits for, from what the last build left: on the screen before the site is built anew.

In: the generators of the last build, the files or settings that changed, and the pages that are open. Out: the pages
of those files and, where more may be different, the open ones, written by the very generators and the writer that write
all pages. What other pages show of a file comes with the whole build that follows each of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehab.adapter.drawn import Drawn
from rehab.adapter.pages import LISTS
from rehab.adapter.saved import save_calmly
from rehab.adapter.serve.ahead import write_lists
from rehab.adapter.serve.chosen import take_settings
from rehab.adapter.serve.relink import COMMENTS, relink
from rehab.adapter.serve.single import contents_in, names_of, ours_of, write_page
from rehab.adapter.theme.quick import make_quick
from rehab.adapter.words import NONE
from rehab.adapter.writer import CalmWriter
from rehab.model.comment import host_id, thread_of
from rehab.model.folders import folder_of
from rehab.site.site import KIND_OF
from rehab.source.decode import MARKDOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from rehab.adapter.build import Build
    from rehab.adapter.generator import RehabGenerator
    from rehab.adapter.settings import Settings


def show_saved(generators: Sequence[Any], changed: Iterable[Path], looked_at: Iterable[Path] = ()) -> tuple[str, ...]:
    """Write the pages of changed files, and return their addresses, site-relative.

    `looked_at` are the files of open pages, written too where everything had to be linked anew. The generators know the
    new texts from then on. Raises what Pelican and the theme raise.
    """
    ours = ours_of(generators)
    files = [file for file in changed if _has_page(ours.build, file)]
    if not files:
        return ()
    everything = relink(ours.settings, files)
    ours.show_site()
    nouns = {id(noun): noun for file in files for noun in _about(ours.build, ours.build.path_of(file))}
    shown = tuple(write_page(generators, noun) for noun in nouns.values())
    return (*shown, *show_open(generators, looked_at, but=shown)) if everything else shown


def show_theme(generators: Sequence[Any], looked_at: Iterable[Path], *, styled: bool = True) -> tuple[str, ...]:
    """Write the open pages by templates as they are now, and return their addresses.

    With `styled`, styles and scripts are read again as well.
    """
    ours = ours_of(generators)
    build = ours.build
    build.forget_last()
    ours.show_site()
    for generator in generators:
        generator._templates.clear()  # noqa: SLF001 - Pelican has no other way
        generator.env.cache.clear()
    if styled:
        ours.show_to_templates()
        for name, data in ours.context["styles"].files.items():
            save_calmly(_again(ours, name), data, ours.build, NONE)
    return _draw_anew(generators, looked_at)


def show_settings(
    generators: Sequence[Any], before: Settings, now: Settings, looked_at: Iterable[Path]
) -> tuple[str, ...]:
    """Write the open pages by settings as they are now, and return their addresses.

    None is written where the generators cannot know the new settings without everything being made anew; where they
    can, `before` has them from then on.
    """
    return _draw_anew(generators, looked_at) if take_settings(ours_of(generators), before, now) else ()


def _draw_anew(generators: Sequence[Any], looked_at: Iterable[Path]) -> tuple[str, ...]:
    """Write the open pages with nothing that was drawn for earlier ones, and return their addresses."""
    ours = ours_of(generators)
    for generator in generators:
        generator.env.globals["drawn"] = Drawn(ours.build.notes)
        make_quick(generator.env, ours.build.notes)
    names = names_of(ours, looked_at)
    for name in names:
        _again(ours, name)
    shown = _show_things(generators, names)
    # What has its page now need not be looked for among the lists, of which there may be a thousand.
    lists = write_lists(generators, names - ours.build.written)
    return (*shown, *(name.removesuffix("index.html") for name in sorted(lists)))


def show_open(generators: Sequence[Any], looked_at: Iterable[Path], but: Sequence[str] = ()) -> tuple[str, ...]:
    """Write open pages, as far as they are about one thing or a list of ours, and return their addresses."""
    ours = ours_of(generators)
    names = names_of(ours, looked_at)
    shown = _show_things(generators, names, but)
    for name in LISTS:
        save_as = ours.settings[f"{name.upper()}_SAVE_AS"]
        if save_as in names:
            _again(ours, save_as)
            ours.write_list(CalmWriter(ours.output_path, ours.settings), name)
            shown.append(ours.settings[f"{name.upper()}_URL"])
    return tuple(shown)


def _show_things(generators: Sequence[Any], names: AbstractSet[str], but: Sequence[str] = ()) -> list[str]:
    """Write those of some pages that are about one thing, as it is now, and return their addresses."""
    ours = ours_of(generators)
    found = [each.metadata.get("rehab") for each in contents_in(ours, names) if each.url not in but]
    now = (_now(ours.build, noun) for noun in found if noun is not None)
    return [write_page(generators, noun) for noun in now if noun is not None]


def _has_page(build: Build, file: Path) -> bool:
    """Return whether a file has a page, or stands on one, as far as its name tells. A comment may be gone."""
    inside = file.is_relative_to(build.content) and ".." not in file.parts
    if not inside or not file.name.lower().endswith(MARKDOWN):
        return False
    return file.is_file() or folder_of(build.path_of(file)) == COMMENTS


def _about(build: Build, path: str) -> Iterator[Any]:
    """Yield what the page of a file is about, if it has one: of a comment, what it stands on."""
    if folder_of(path) == COMMENTS:
        found = build.site.nouns.get(host_id(thread_of(path.split("/")[2:])))
    else:
        things = (*build.site.exercises, *build.site.injuries, *build.site.treatments, *build.site.programs)
        own = (each for each in (*things, *build.site.galleries) if each.path == path)
        found = build.sources.get(path) or next(own, None)
    if found is not None and getattr(found, "path", "") not in build.withheld:
        yield found


def _now(build: Build, noun: Any) -> Any:  # noqa: ANN401 - any noun that has a page
    """Return a noun as the site has it now, or None where it is gone."""
    path = getattr(noun, "path", "")
    return build.sources.get(path) or build.site.nouns.get(f"{KIND_OF[type(noun)]}:{noun.slug}")


def _again(ours: RehabGenerator, name: str) -> str:
    """Return a file of the output folder, which may be written once more."""
    ours.build.written.discard(name)
    return name
