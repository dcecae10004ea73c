"""A comment whose fields are plain is what the long way makes of it, and nothing that is wrong is taken for plain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.model.comment import Comment
from rehab.model.entries import parse_entries
from rehab.model.post import Post
from rehab.model.records import parse_record
from rehab.model.short_record import Spots, parse_short
from rehab.model.spec import specs
from rehab.source.document import Document, Tree
from rehab.source.nodes import Table
from rehab.source.place import Place
from rehab.source.yaml import parse_yaml
from rehab.source.yaml_short import PlainTable, read_short

START = Place("content/comments/knee/a.md", 2)
GIVEN = {"slug": "a", "path": START.path, "place": Place(START.path), "body": "Yes\n", "body_line": 9, "thread": "knee"}
KEYS = [*(spec.key for spec in specs(Comment)), "mood", "slug", "at"]
VALUES = [
    *("Ann", '"#1 fan"', '""', '" "', '" Ann "', "yes", "no", "maybe", "2014-04-06", "2014-4-6 18:30", "6 April 2014"),
    *("2014-13-01", "2014-04-06T08:30:00Z", "99999-01-01", "day", "approved", "spam", "Approved", "markdown", "html"),
    *("[a]", "[a, b-2]", "a, b", "https://a.example/b", "c12", '"c12"'),
]
FIELDS = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES)), min_size=1, max_size=6)


@given(FIELDS)
def test_the_short_way_makes_what_the_long_way_makes(fields: list[tuple[str, str]]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in fields)
    table, rows = read_short(text, START), parse_yaml(text, START.path, START.line)[0]
    assert table is not None
    assert isinstance(rows, Table)
    short = parse_short(Comment, table, GIVEN)
    at = {row.key.value: row.value.place for row in rows}
    long, problems = parse_record(Comment, rows, {**GIVEN, "at": at})
    if short is not None:
        assert (short, ()) == (long, problems)
        assert dict(short.at) == at
        assert [short.where(key) for key in KEYS] == [long.where(key) for key in KEYS if long]


@pytest.mark.parametrize(
    "fields", ["author: Ann\nauthor: Bo", "mood: good", "date: 2014-13-01", 'author: " "', "status: no"]
)
def test_what_is_wrong_is_left_to_the_long_way(fields: str) -> None:
    table = read_short(fields, START)
    assert table is not None
    assert parse_short(Comment, table, GIVEN) is None


def test_a_noun_that_has_to_say_something_is_left_to_the_long_way() -> None:
    table = read_short("title: A\ndate: 2014-04-06", START)
    assert table is not None
    assert parse_short(Post, table, {}) is None


def test_what_comments_have_goes_the_short_way() -> None:
    table, _ = parse_yaml('author: "#1 fan"\ndate: 2014-04-06\nreply_to: c1\naliases: [c9]\n', START.path, START.line)
    assert isinstance(table, PlainTable)
    document = Document(START.path, table, "Yes\n", 6, "")
    entries, problems = parse_entries(Tree((document,), (), {}))
    (comment,) = entries.comments
    assert problems == ()
    assert isinstance(comment.at, Spots)
    assert (comment.slug, comment.thread, comment.author, comment.aliases) == ("a", "knee", "#1 fan", ("c9",))
    assert (comment.where("author"), comment.where("url")) == (Place(START.path, 2, 10), Place(START.path))
