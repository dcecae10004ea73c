"""A comment of which nothing but words was changed → the site with these words."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, cast

from rehab.adapter.edit.only_words import NotOnlyWords, read_words, with_value
from rehab.comments.clean import clean_body, is_clean
from rehab.comments.letters import is_cut
from rehab.model.comment import thread_of
from rehab.model.entries import parse_comment
from rehab.site.edges import comment_id
from rehab.site.rules.whole import check_letters_of

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.adapter.edit.snapshot import Snapshot
    from rehab.comments.clean import Format
    from rehab.comments.thread import Reply
    from rehab.site.site import Site


def reword_comment(kept: Snapshot, site: Site, content: Path, path: str) -> tuple[Site, str, Reply]:
    """Return the site with a comment's new words, its thread and its entry there. Raises NotOnlyWords."""
    name = thread_of(path.split("/")[2:])
    thread = site.threads.get(name)
    known = parse_comment(site.texts.get(path, ""), path)
    if thread is None or known is None or known.status != "approved" or known.mentions:
        raise NotOnlyWords
    if thread.state == "off" or f"post:{name}" not in site.nouns:
        raise NotOnlyWords
    text, body = read_words(site, content, path, known)
    before = clean_body(known.body, cast("Format", known.format))
    found = [each for each in thread.entries if each.id == known.slug and each.html == before]
    at_home = comment_id(name, known.slug) in kept.voices
    if len(found) != 1 or at_home or is_cut(body) or is_cut(known.body) or any(check_letters_of(body, path, 1)):
        raise NotOnlyWords
    reply = dataclasses.replace(found[0], html=clean_body(body, cast("Format", known.format)))
    entries = tuple(reply if each is found[0] else each for each in thread.entries)
    if not all(is_clean(each.html) for each in entries):
        raise NotOnlyWords
    threads = with_value(site.threads, name, dataclasses.replace(thread, entries=entries))
    replies = with_value(site.replies, comment_id(name, reply.id), reply)
    return (
        dataclasses.replace(site, threads=threads, replies=replies, texts=with_value(site.texts, path, text)),
        name,
        reply,
    )
