"""Everything that we connect to Pelican, in the order in which Pelican calls it.

Receivers are functions of this module, because Pelican holds them weakly. One that raises stops the
run, which is what we want: a site without its plugin must never be built quietly.
"""

from __future__ import annotations

import dataclasses
import logging
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pelican import signals

from rehab.adapter.build import KEY, Build, bodies_of, build_of, nobody
from rehab.adapter.environment import prepare_environment
from rehab.adapter.fill import Filler
from rehab.adapter.filled import fill_content, remake_content
from rehab.adapter.gate import (
    check_files,
    check_names,
    check_nothing_lost,
    check_templates,
    close_gate,
    show_problems,
    show_waiting,
)
from rehab.adapter.generator import RehabGenerator
from rehab.adapter.keep.reading import known_before, save_known
from rehab.adapter.left import SETTING, Left
from rehab.adapter.links import check_withheld_links
from rehab.adapter.listed import list_articles
from rehab.adapter.memory import lasting
from rehab.adapter.offline import save_worker
from rehab.adapter.pictures import audit_pictures, folder_of, make_pictures, prepare_pictures, seen_before
from rehab.adapter.reader import read_ours
from rehab.adapter.saved import remove_stale
from rehab.adapter.settings import (
    HEED,
    KNOWN,
    cache_of,
    complete_settings,
    is_ours_alone,
    options_of,
    output_of,
    recipe_of,
    root_of,
)
from rehab.adapter.settings_faults import check_settings
from rehab.adapter.timings import SETTING as TIMINGS
from rehab.adapter.timings import TimedWriter, mark
from rehab.adapter.writer import CalmWriter
from rehab.comments.remembered import Remembered
from rehab.comments.store import FOLDER
from rehab.compile import compile_site
from rehab.images.seen import save_seen
from rehab.site.noted import noted
from rehab.site.notes import Notes
from rehab.site.waiting import waiting_of
from rehab.source.packed import Packed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.adapter.settings import Settings
    from rehab.model.page import Page
    from rehab.model.post import Post
    from rehab.source.document import Texts
    from rehab.source.known import Known


def connect() -> None:
    """Connect all receivers. Connecting twice changes nothing."""
    logging.getLogger("MARKDOWN").setLevel(logging.WARNING)
    signals.initialized.connect(on_initialized)
    signals.get_generators.connect(on_get_generators)
    signals.readers_init.connect(read_ours)
    signals.generator_init.connect(prepare_environment)
    signals.article_generator_finalized.connect(list_articles)
    signals.all_generators_finalized.connect(on_generators_finalized)
    signals.get_writer.connect(on_get_writer)
    signals.finalized.connect(on_finalized)


def on_initialized(pelican: Any) -> None:  # noqa: ANN401 - Pelican has no types
    """Complete the settings, once for each Pelican object. Raises ValueError where no site can be built with them."""
    complete_settings(pelican.settings)
    check_settings(pelican.settings)
    pelican.output_path = pelican.settings["OUTPUT_PATH"] = output_of(pelican.settings)
    if pelican.settings["REHAB_STRICT"]:
        # Pelican would empty the folder before anything has been checked; we remove what is stale, afterwards.
        pelican.delete_outputdir = False


def on_get_generators(pelican: Any) -> type[RehabGenerator]:  # noqa: ANN401
    """Run the core, at the start of each run, and add our generator to Pelican's."""
    mark(pelican.settings, "start: Python, libraries, settings, plugins")
    pelican.settings[KEY] = start_build(pelican.settings)
    mark(pelican.settings, "content: read, checked, linked")
    return RehabGenerator


def start_build(settings: Settings) -> Build:
    """Read and link the content folder."""
    content = Path(settings["PATH"]).resolve()
    seen, cleaned = seen_before(settings), Remembered(cache_of(settings))
    began, heed = time.time_ns(), settings.get(HEED, nobody)
    stays = KNOWN in settings
    with lasting():
        known = settings.get(KNOWN) or known_before(cache_of(settings))
        site, problems = compile_site(
            content, options_of(settings), recipe_of(settings), seen=seen, clean=cleaned.clean,
            known=known, heed=heed, leave=None if stays else partial(_leave, settings, known, began),
        )  # fmt: skip
    if not stays:
        site = dataclasses.replace(site, texts=Packed(cast("Texts", site.texts), FOLDER))
    save_seen(folder_of(settings), seen)
    cleaned.save()
    if not settings["REHAB_STRICT"]:
        site = dataclasses.replace(site, comments=())  # pages show threads; only the checks of a publishing run ask
    sources: dict[str, Post | Page] = {post.path: post for post in (*site.posts, *site.unlisted)}
    sources |= {page.path: page for page in (*site.pages, *site.drafts)}
    notes, left = Notes(), settings.get(SETTING)
    return Build(
        site=noted(site, notes) if left is not None else site,
        notes=notes,
        content=content,
        output=Path(settings["OUTPUT_PATH"]).as_posix(),
        strict=bool(settings["REHAB_STRICT"]),
        found=list(problems),
        sources=sources,
        waiting=waiting_of(site),
        heed=heed,
        left=Left(site=site, notes=notes, folder=content.name, known=left) if left is not None else None,
    )


def _leave(settings: Settings, known: Known, began: int, paths: Iterable[str]) -> None:
    """Keep what was read for the next process, and let it go: this one has made nouns of it."""
    save_known(cache_of(settings), known, paths, began)
    known.let_go()


def on_generators_finalized(generators: list[Any]) -> None:
    """Fill all placeholders, then let the gate decide. Nothing has been written before this."""
    generator = next(each for each in generators if isinstance(each, RehabGenerator))
    build = build_of(generator.settings)
    generator.heed_templates(each.env for each in generators)
    mark(generator.settings, "posts and pages: Markdown, taken by Pelican")
    fill_contents(generator, build)
    check_nothing_lost(build, generator.context["generated_content"])
    check_withheld_links(build)
    check_names(build, generator.contents(), generator.settings)
    check_files(build, generator.contents(), generator.settings)
    check_templates(build, generator)
    if build.strict:
        prepare_pictures(build, generator.settings)
    close_gate(build, generator.settings)
    mark(generator.settings, "texts: cards, links and pictures put in, files checked")


def fill_contents(generator: RehabGenerator, build: Build) -> None:
    """Put cards, links and pictures into every article and page."""
    root = root_of(generator.settings)
    filler = Filler(generator.env, build, root, bodies_of(generator.settings))
    if is_ours_alone(generator.settings):
        build.remake = partial(remake_content, filler)
    for content in generator.contents():
        build.heed()
        fill_content(filler, content)


def on_get_writer(pelican: Any) -> type[CalmWriter]:  # noqa: ANN401
    """Write with our writer, with a clock where somebody asked for one."""
    return TimedWriter if TIMINGS in pelican.settings else CalmWriter


def on_finalized(pelican: Any) -> None:  # noqa: ANN401
    """Make the pictures that pages use, remove what is stale, say what is wrong."""
    build = build_of(pelican.settings)
    mark(pelican.settings, "pages, lists, feeds and files for machines: made and written")
    make_pictures(build, pelican.settings)
    save_worker(build, pelican.settings)
    remove_stale(pelican.settings)
    bodies_of(pelican.settings).save()
    if build.strict:
        audit_pictures(build, pelican.settings)
    show_problems(build, pelican.settings)
    show_waiting(build, pelican.settings)
    mark(pelican.settings, "end: pictures, files that are gone, what the next build needs")
