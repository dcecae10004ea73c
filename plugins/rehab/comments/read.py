"""From comments to threads: each body is cleaned once, each folder becomes the thread of its page.

Comments, and what the pages say of theirs, come in; a thread for every page that may have one and the problems go
out. The site room gets threads from here and never meets a comment's raw text.
"""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, cast

from rehab.comments.thread import Host, Thread, build_thread
from rehab.model.comment import THREAD_FOLDERS, host_id, thread_name
from rehab.model.nearest import nearest
from rehab.source.problem import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rehab.comments.clean import Format
    from rehab.model.comment import Comment
    from rehab.model.entries import Entries
    from rehab.model.exercise import Exercise
    from rehab.model.injury import Injury
    from rehab.model.post import Post

Clean: TypeAlias = "Callable[[str, Format], str]"


def hosts_of(entries: Entries) -> tuple[Host, ...]:
    """Return every page that may have comments, drafts too: posts, exercises wherever they are defined, injuries."""
    hosts = {post.slug: _host(post.slug, post) for post in entries.posts}
    defined = [use.defines for post in entries.posts for use in post.exercises if use.defines]
    for exercise in (*defined[::-1], *entries.exercises):
        name = thread_name(f"exercise:{exercise.slug}")
        hosts[name] = _host(name, exercise, hosts.get(name))
    hosts |= {name: _host(name, each) for each in entries.injuries if (name := thread_name(f"injury:{each.slug}"))}
    return tuple(hosts.values())


def _host(name: str, noun: Post | Exercise | Injury, other: Host | None = None) -> Host:
    """Return what a page says of its thread; what it does not say is as `other` has it, or open."""
    other = other or Host(thread=name)
    if noun.comments_declared is None:
        return Host(
            thread=name, declared=other.declared, declared_at=other.declared_at, state=noun.comments or other.state
        )
    where = noun.where("comments_declared")
    return Host(thread=name, declared=noun.comments_declared, declared_at=where, state=noun.comments or other.state)


def parse_threads(
    comments: tuple[Comment, ...],
    hosts: Iterable[Host],
    clean: Clean | None = None,
    heed: Callable[[], object] = tuple,
) -> tuple[Mapping[str, Thread], Problems]:
    """Return the thread of every host, also of those without comments, by its name.

    Comments in a folder that is no host's are in no thread; each such folder is one problem. `clean` makes safe HTML
    of a body; without one, it is our one policy (`rehab.comments.clean`). `heed` is called before each thread, and may
    raise.
    """
    clean = clean or _policy()
    folders: defaultdict[str, list[Comment]] = defaultdict(list)
    for comment in sorted(comments, key=lambda each: each.path):
        folders[comment.thread].append(comment)
    known = {host.thread: host for host in hosts}
    threads: dict[str, Thread] = {}
    names = tuple(sorted(known))
    problems = [_stray_folder(folders[name], names) for name in sorted(folders.keys() - known.keys())]
    for name in names:
        heed()
        found = tuple(folders.get(name, ()))
        threads[name], more = build_thread(found, _cleaned(found, clean), known[name])
        problems.extend(more)
    return MappingProxyType(threads), tuple(problems)


def _policy() -> Clean:
    from rehab.comments.clean import clean_body  # noqa: PLC0415 - who only checks never loads the cleaners

    return clean_body


def _cleaned(comments: tuple[Comment, ...], clean: Clean) -> Mapping[str, str]:
    """Return the safe HTML of each comment that may be shown, by its path."""
    approved = (each for each in comments if each.status == "approved")
    return {each.path: clean(each.body, cast("Format", each.format)) for each in approved}


def _stray_folder(comments: list[Comment], names: tuple[str, ...]) -> Problem:
    thread = comments[0].thread
    if thread in THREAD_FOLDERS:
        one = THREAD_FOLDERS[thread]
        message = f"this comment lies among the folders of the {thread}, in none of them"
        return Problem(
            "comment-without-post", comments[0].place, message, f"move it into a folder named after its {one}"
        )
    kind, _, slug = host_id(thread).partition(":")
    hosts = [host_id(each) for each in names]
    moved = next((each for each in hosts if each.partition(":")[2] == slug), "")
    alike = tuple(each.partition(":")[2] for each in hosts if each.startswith(f"{kind}:"))
    near = nearest(slug, alike)
    close = thread_name(moved or f"{kind}:{near}") if moved or near else ""
    return Problem(
        "comment-without-post",
        comments[0].place,
        f"no {kind} is called '{slug}', so the comments in this folder are on no page",
        f"rename the folder to '{close}'" if close else _HINTS[kind],
    )


_HINTS = {
    "post": "name the folder after the slug of its post, or move it into 'exercises' or 'injuries'",
    "exercise": "name the folder after the slug of its exercise",
    "injury": "name the folder after the slug of its injury",
}
