"""All comments as one JSON text, and that text as comments again: nothing is lost on the way and back.

In: comments, or the bytes of such a text, which are taken for a stranger's. Out: the text, or comments with the
problems found. Fields have the names and forms of front matter, and are read by the same table.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import TYPE_CHECKING, Any, Final

from rehab.comments.exports.order import in_order
from rehab.comments.store import FOLDER
from rehab.model.comment import Comment
from rehab.model.records import Facts, parse_record
from rehab.model.refs import Ref
from rehab.model.spec import specs
from rehab.source.nodes import Items, Node, Row, Scalar, Table
from rehab.source.place import Place
from rehab.source.problem import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT: Final = "comeback"
VERSION: Final = 1
_OWN_KEYS: Final = ("thread", "id", "body")


def render_json(comments: Iterable[Comment]) -> str:
    """Return `{"format": "comeback", "version": 1, "comments": [...]}`, in order of thread and id."""
    records = [_record(each) for each in in_order(comments)]
    whole = {"format": FORMAT, "version": VERSION, "comments": records}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _record(comment: Comment) -> dict[str, Any]:
    fields = {"thread": comment.thread, "id": comment.slug}
    return {**fields, **_fields(comment), "body": comment.body}


def _fields(noun: Any) -> dict[str, Any]:  # noqa: ANN401 - any noun with a field table
    """Return what a noun's fields say, under their names in front matter. What is left at its default says nothing."""
    defaults = {each.name: each.default for each in dataclasses.fields(noun)}
    said = [(spec, getattr(noun, spec.name)) for spec in specs(type(noun))]
    return {
        spec.key: dict(value) if isinstance(spec.shape, Facts) else _plain(value)
        for spec, value in said
        if value != defaults[spec.name]
    }


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    match value:
        case dt.datetime():
            return value.isoformat().replace("+00:00", "Z")
        case Ref():
            return value.slug
        case tuple():
            return [_plain(each) for each in value]
        case str() | bool() | int():
            return value
        case _:
            return _fields(value)


def read_own_json(data: bytes, path: str = "export.json") -> tuple[tuple[Comment, ...], Problems]:
    """Return the comments of our own export, with a problem for each record or field that cannot be read.

    Ids and threads are what the text says: a path is made of them only by `rehab.comments.store`.
    """
    place = Place(path)
    try:
        whole = json.loads(data.decode("utf-8-sig"), parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return (), (_fault(place, "this is no JSON, or it is damaged"),)
    records = whole.get("comments") if isinstance(whole, dict) and whole.get("format") == FORMAT else None
    if not isinstance(records, list) or whole.get("version") != str(VERSION):
        return (), (_fault(place, f"this is no JSON of the format '{FORMAT}', version {VERSION}"),)
    comments: list[Comment] = []
    problems: list[Problem] = []
    for number, record in enumerate(records, start=1):
        comment, found = _parse(record, number, path)
        problems += found
        comments += [comment] if comment else []
    return tuple(comments), tuple(problems)


def _fault(place: Place, message: str) -> Problem:
    return Problem("wrong-type", place, message, "make it anew with `rehab comments export json`")


def _parse(record: object, number: int, path: str) -> tuple[Comment | None, Problems]:
    place = Place(path)
    own = [record.get(key) for key in _OWN_KEYS] if isinstance(record, dict) else []
    thread, slug, body = (_seen(each) if isinstance(each, str) else "" for each in own) if own else ("", "", "")
    if not isinstance(record, dict) or not thread.strip() or not slug.strip():
        return None, (_fault(place, f"record {number} has no thread or no id"),)
    try:
        root = _node({key: value for key, value in record.items() if key not in _OWN_KEYS}, place)
    except RecursionError:
        return None, (_fault(place, f"record {number} is nested too deeply"),)
    where = f"content/{FOLDER}/{thread}/{slug}.md"
    return parse_record(Comment, root, {"slug": slug, "thread": thread, "path": where, "place": place, "body": body})


def _node(value: object, place: Place) -> Node:
    """Return a value of JSON as the parser of front matter has it: text, lists and tables, and nothing else."""
    match value:
        case dict():
            return Table(
                tuple(Row(Scalar(_seen(key), place), _node(each, place)) for key, each in value.items()), place
            )
        case list():
            return Items(tuple(_node(each, place) for each in value), place)
        case bool():
            return Scalar(str(value).lower(), place)
        case None:
            return Scalar("", place)
        case _:
            return Scalar(_seen(str(value)), place)


def _seen(text: str) -> str:
    """Return a text that can be written as UTF-8: JSON may hold half characters."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
