"""Site → `/rehab.json`: all things and all links between them, for machines.

In: the linked site. Out: JSON, one node or edge a line, sorted, so that a change in the content is a change of few
lines and nothing else. Only what is public is in it.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from rehab.model.anatomy import Muscle, Region
from rehab.model.dose.words import dose_data
from rehab.model.exercise import Exercise
from rehab.model.injury import Injury, Treatment
from rehab.model.post import Post
from rehab.site.edges import comment_id
from rehab.site.json_text import render_json
from rehab.site.show.small import date_view, post_date
from rehab.site.status import is_stub
from rehab.site.talk import thread_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rehab.site.site import Edge, Site, Target

VERSION = 1
_HEAD: Final = f'{{"version": {VERSION},\n "nodes": [\n  '
_BETWEEN: Final = '\n ],\n "edges": [\n  '
_END: Final = "\n ]}\n"
_NEXT: Final = ",\n  "


def render_graph(site: Site) -> str:
    """Return the whole linked site as JSON, with a line end at its end."""
    return "".join(graph_lines(site))


def graph_lines(site: Site) -> Iterator[str]:
    """Yield the same in pieces: the whole is the largest of all files."""
    yield _HEAD
    things = (id_ for id_ in site.nouns if id_ in site.targets)
    yield from _joined(render_json(_node(site, site.targets[id_])) for id_ in _in_order(site, things, str))
    yield _BETWEEN
    yield from _joined(_edges(site))
    yield _END


def _joined(lines: Iterable[str]) -> Iterator[str]:
    between = ""
    for line in lines:
        yield f"{between}{line}"
        between = _NEXT


def with_comments(text: str, site: Site, thread: str) -> str | None:
    """Return a graph with the comments of one thread as the site has them; None where the text is no such graph.

    The ids of a thread's comments begin alike, so that they stand together, among nodes as among edges.
    """
    if not (text.startswith(_HEAD) and text.endswith(_END) and text.count(_BETWEEN) == 1):
        return None
    nodes, edges = text[len(_HEAD) : -len(_END)].split(_BETWEEN)
    ids = [comment_id(thread, each.id) for each in site.threads[thread].entries]
    ids = sorted({id_ for id_ in ids if id_ in site.targets})
    begin = comment_id(thread, "")
    nodes = _put(nodes, "id", begin, (render_json(_node(site, site.targets[id_])) for id_ in ids), str)
    edges = _put(edges, "from", begin, _edges_of(site, sorted(ids, key=render_json)), render_json)
    return f"{_HEAD}{nodes}{_BETWEEN}{edges}{_END}"


def _put(rows: str, name: str, begin: str, fresh: Iterable[str], order: Callable[[str], str]) -> str:
    """Return rows in which those whose id begins so are others; `order` gives the key by which ids are sorted."""
    first = render_json({name: begin}).removesuffix('"}')
    kept = [row for row in rows.split(_NEXT) if row and not row.startswith(first)]
    at = bisect_left(kept, order(begin), key=lambda row: order(json.loads(row)[name]))
    return _NEXT.join((*kept[:at], *fresh, *kept[at:]))


def _edges(site: Site) -> Iterator[str]:
    """Yield all edges as lines, sorted: each begins with its `from`, so only those of one thing need be compared."""
    things = (id_ for id_ in site.outgoing if not thread_in(id_))
    return _edges_of(site, _in_order(site, things, render_json))


def _in_order(site: Site, things: Iterable[str], order: Callable[[str], str]) -> Iterator[str]:
    """Yield ids sorted by a key, those of all public comments among them, a few at a time.

    What begins alike stands together: so do the comments of a thread, or of all threads in one folder.
    """
    threads: defaultdict[str, list[str]] = defaultdict(list)
    for thread in site.talk.answers:
        threads[comment_id(thread.partition("/")[0], "")].append(thread)
    for id_ in sorted((*things, *threads), key=order):
        if id_ in threads:
            yield from sorted((each for thread in threads[id_] for each in site.talk.comments_in(thread)), key=order)
        else:
            yield id_


def _edges_of(site: Site, ids: Iterable[str]) -> Iterator[str]:
    """Yield the edges that begin at some things, thing by thing."""
    for id_ in ids:
        yield from sorted(render_json(_edge(edge)) for edge in site.edges_from(id_))


def _node(site: Site, target: Target) -> dict[str, object]:
    return {
        "id": target.id,
        "kind": target.kind,
        "slug": target.slug,
        "title": target.title,
        "url": f"/{target.url}" if target.url else None,
        "fields": {key: value for key, value in _fields(site, target.id).items() if value},
    }


def _fields(site: Site, id_: str) -> dict[str, Any]:
    """Return what a node says of itself: few, plain fields, the same for all nodes of a kind."""
    if id_ in site.replies:
        reply = site.replies[id_]
        date = date_view(reply.date, precision=reply.date_precision)
        return {"date": date.iso, "by_post_author": reply.by_post_author}
    noun = site.nouns[id_]
    fields = {name: _plain(getattr(noun, name)) for name in _FIELDS.get(type(noun), ())}
    if isinstance(noun, Post):
        fields["date"] = post_date(noun).iso
    if isinstance(noun, Exercise):
        fields["status"] = "stub" if is_stub(noun) else "full"
    if isinstance(noun, Injury):
        fields["red_flags"] = [flag.id for flag in noun.red_flags if flag.id]
    return fields


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


_FIELDS: dict[type[Any], tuple[str, ...]] = {
    Post: ("date", "date_basis", "side", "lang"),
    Exercise: ("status", "kind", "laterality", "difficulty", "aliases"),
    Injury: ("status", "aliases", "red_flags"),
    Treatment: ("kind", "who", "aliases"),
    Region: ("osiics", "group", "aliases"),
    Muscle: ("level", "tissue", "aliases"),
}
"""The fields of each kind of node, in order. Dates, statuses and red flags are made plain in `_fields`."""


def _edge(edge: Edge) -> dict[str, object]:
    data: dict[str, object] = {
        "from": edge.from_,
        "to": edge.to,
        "relation": edge.relation,
        "evidence": edge.evidence or None,
        "source": edge.source or None,
        "dose": dose_data(edge.dose) if edge.dose else None,
    }
    more = {"outcome": edge.outcome, "note": edge.note}
    return data | {key: value for key, value in more.items() if value}
