"""Nouns → Site: everything that names something else is joined with it, both ways.

In: entries, vocabulary, threads and pictures, as their own stages made them. Out: the read-only `Site`, and every
problem that only shows once all files are seen together. This is the last stage of the core.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from rehab.model.comment import thread_name
from rehab.site import edges
from rehab.site.gather import Nouns, gather
from rehab.site.names import Named, Names, check_ref, check_text_ref, index_names
from rehab.site.options import Options
from rehab.site.pictures import by_folder
from rehab.site.references import refs_of, text_refs_of
from rehab.site.rules.check import check_site
from rehab.site.site import KIND_OF, Edge, Site
from rehab.site.talk import Replies, Talk, answers_of, by_end
from rehab.site.targets import Targets, things_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rehab.comments.thread import Thread
    from rehab.images.plan import Picture
    from rehab.model.comment import Comment
    from rehab.model.entries import Entries
    from rehab.model.entry import Entry
    from rehab.model.exercise import Ladder
    from rehab.model.nouns import Mentions
    from rehab.model.post import Post
    from rehab.model.vocabulary import Vocabulary
    from rehab.site.text.refs import FoundRef
    from rehab.source.problem import Problems

__all__ = ["Edge", "Options", "Site", "link"]


def link(  # noqa: PLR0913 - each stage's outcome is one argument
    entries: Entries,
    vocabulary: Vocabulary,
    threads: Mapping[str, Thread],
    pictures: Mapping[str, Picture],
    texts: Mapping[str, str],
    options: Options,
    assets: frozenset[str] = frozenset(),
    earlier: Problems = (),
    heed: Callable[[], object] = tuple,
) -> tuple[Site, Problems]:
    """Return the linked site and all problems: its own and those of earlier stages, which a file may silence as well.

    `threads` are by name, `pictures` by source path, `texts` each file's whole text by path, `assets` the paths
    of all files that are no documents. References that lead nowhere are problems and make no link. `heed` is called
    between the steps, and may raise.
    """
    nouns, problems = gather(entries, options)
    listed: tuple[Any, ...] = (*_entries_of(nouns), *vocabulary.regions.values(), *vocabulary.muscles.values())

    names, found = index_names(_named(listed), texts)
    problems += found

    problems += check_references((*listed, *_readers_words(entries)), nouns.unlisted, names)

    heed()
    text_refs = {edges.id_of(entry): text_refs_of(entry, texts) for entry in _entries_of(nouns)}
    drafted = [text_refs_of(entry, texts) for entry in (*nouns.unlisted, *nouns.drafts)]
    for text_ref in chain(*text_refs.values(), *drafted):
        problems += check_text_ref(text_ref.ref, text_ref.place, names)

    heed()
    comments = _public_comments(entries.comments, nouns, threads)
    found_edges = edges.unique_edges(_all_edges(nouns, vocabulary, comments, names, text_refs))
    heed()
    replies, talk = Replies(threads), Talk(answers_of(comments))
    site = Site(
        posts=nouns.posts,
        unlisted=nouns.unlisted,
        exercises=nouns.exercises,
        injuries=nouns.injuries,
        treatments=nouns.treatments,
        programs=nouns.programs,
        ladders=nouns.ladders,
        regions=tuple(vocabulary.regions.values()),
        muscles=tuple(vocabulary.muscles.values()),
        galleries=nouns.galleries,
        pages=nouns.pages,
        drafts=nouns.drafts,
        comments=comments,
        red_flags=vocabulary.red_flags,
        glossary=vocabulary.glossary,
        threads=threads,
        replies=replies,
        talk=talk,
        pictures=pictures,
        folders=by_folder(pictures),
        assets=assets,
        texts=texts,
        options=options,
        names=names,
        targets=Targets(things_of(listed, names, options), talk, replies),
        defined_in=nouns.defined_in,
        text_refs=text_refs,
        edges=found_edges,
        nouns={edges.id_of(noun): noun for noun in listed},
        positions={edges.id_of(post): number for number, post in enumerate(nouns.posts)},
        ladders_by_step=_by_step(nouns.ladders, names),
        outgoing=by_end(found_edges, "from_"),
        incoming=by_end(found_edges, "to"),
    )
    return site, check_site(site, (*earlier, *problems), heed)


def _entries_of(nouns: Nouns) -> tuple[Entry, ...]:
    return (
        *nouns.posts, *nouns.exercises, *nouns.injuries, *nouns.treatments, *nouns.programs,
        *nouns.ladders, *nouns.galleries, *nouns.pages,
    )  # fmt: skip


def _readers_words(entries: Entries) -> tuple[Mentions, ...]:
    """Return what comments mention, as an editor has read it: no stranger can stop a site from being published.

    Nothing else in a comment refers to anything but comments, and there are many of them.
    """
    return tuple(each.mentions for each in entries.comments if each.mentions and each.status == "approved")


def _named(nouns: Iterable[Any]) -> Iterator[Named]:
    for noun in nouns:
        aliases = getattr(noun, "aliases", ())
        at = noun.where("aliases") if aliases and hasattr(noun, "where") else None
        yield Named(KIND_OF[type(noun)], noun.slug, noun.title or noun.slug, aliases, noun.place, at)


def _public_comments(comments: tuple[Comment, ...], nouns: Nouns, threads: Mapping[str, Thread]) -> tuple[Comment, ...]:
    """Return the approved comments on public pages that show comments at all."""
    hosts: tuple[Entry, ...] = (*nouns.posts, *nouns.exercises, *nouns.injuries)
    names = {thread_name(edges.id_of(host)) for host in hosts}
    shown = {name for name in names if name in threads and threads[name].state != "off"}
    return tuple(comment for comment in comments if comment.status == "approved" and comment.thread in shown)


def check_references(things: Iterable[Any], unlisted: Iterable[Post], names: Names) -> Problems:
    """Return the problem of each reference in front matter that leads nowhere."""
    problems = [problem for ref in refs_of(tuple(things)) for problem in check_ref(ref, names)]
    for post in unlisted:
        # A draft may name what only it defines itself.
        own = frozenset(use.defines.slug for use in post.exercises if use.defines)
        problems += (problem for ref in refs_of(post) for problem in check_ref(ref, names, own))
    return tuple(dict.fromkeys(problems))


def _all_edges(
    nouns: Nouns,
    vocabulary: Vocabulary,
    comments: tuple[Comment, ...],
    names: Names,
    text_refs: Mapping[str, tuple[FoundRef, ...]],
) -> Iterator[Edge]:
    for post in nouns.posts:
        yield from edges.edges_of_post(post, names)
    for exercise in nouns.exercises:
        yield from edges.edges_of_exercise(exercise, names)
    for ladder in nouns.ladders:
        yield from edges.edges_of_ladder(ladder, names)
    for injury in nouns.injuries:
        yield from edges.edges_of_injury(injury, names)
    for program in nouns.programs:
        yield from edges.edges_of_program(program, names)
    for muscle in vocabulary.muscles.values():
        yield from edges.edges_of_muscle(muscle, names)
    for comment in comments:
        yield from edges.edges_of_comment(comment, names)
    for here, refs in text_refs.items():
        if not here.startswith("ladder:"):
            yield from edges.edges_of_text(here, refs, names)


def _by_step(ladders: tuple[Ladder, ...], names: Names) -> dict[str, tuple[Ladder, ...]]:
    index: dict[str, dict[str, Ladder]] = {}
    for ladder in ladders:
        for rung in ladder.steps:
            slug = names.find("exercise", rung.exercise.slug)
            index.setdefault(slug or "", {})[ladder.slug] = ladder
    return {slug: tuple(each.values()) for slug, each in index.items() if slug}
