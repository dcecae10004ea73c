"""A comment's file: always the same for the same comment, never outside its folder, and read back as it was."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.comments.store import comment_file, comment_id, render_comment, save_comment
from rehab.model.comment import Comment
from rehab.model.entries import parse_entries
from rehab.model.nouns import Repair
from rehab.model.refs import Ref
from rehab.source.document import Document, Tree
from rehab.source.header import split_text
from rehab.source.place import Place

if TYPE_CHECKING:
    from conftest import WriteTree

MOMENT = dt.datetime(2014, 4, 7, 12, 1, tzinfo=dt.UTC)
HERE = Place("content/comments/knee/a.md")


def comment(**fields: Any) -> Comment:
    given: dict[str, Any] = {"slug": "a", "path": HERE.path, "place": HERE, "thread": "knee", "body": "Hello\n"}
    return Comment(**{**given, **fields})


def read_back(text: str) -> Comment:
    split, problems = split_text(text, HERE.path)
    assert problems == ()
    document = Document(HERE.path, split.root, split.body, split.body_line, "")
    entries, problems = parse_entries(Tree((document,), (), {HERE.path: text}))
    assert problems == ()
    return entries.comments[0]


def same(one: Comment, other: Comment) -> bool:
    def plain(each: Comment) -> Comment:
        reply = Ref("comment", each.reply_to.slug, HERE) if each.reply_to else None
        return dataclasses.replace(each, reply_to=reply, place=HERE, body_line=1, body=each.body.strip("\n"))

    return plain(one) == plain(other)


def test_the_same_comment_has_the_same_id_and_another_has_another() -> None:
    assert comment_id(MOMENT, "knee", "Ann", "Hi") == comment_id(MOMENT, "knee", "Ann", "Hi")
    ids = {comment_id(MOMENT, *parts) for parts in (("a", "b"), ("ab", ""), ("", "ab"), ("a", "B"))}
    assert len(ids) == 4


def test_an_id_begins_with_the_moment_in_utc() -> None:
    east = MOMENT.astimezone(dt.timezone(dt.timedelta(hours=9)))
    assert re.fullmatch(r"20140407T120100Z-[a-z2-7]{6}", comment_id(east, "x"))
    assert comment_id(None, "x").startswith("undated-")


@pytest.mark.parametrize(
    "name", ["yes", "null", "0xff", "#1 fan", "1:30", "- dash", "{x}", "'", '"', "a: b", "*", "the dawn"]
)
def test_any_name_stays_the_text_that_it_is(name: str) -> None:
    assert read_back(render_comment(comment(author=name))).author == name


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"]), max_size=30),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=120),
)
def test_what_is_written_is_read_back(author: str, body: str) -> None:
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    written = comment(author=" ".join(author.split()), body=body, date=MOMENT)
    again = read_back(render_comment(written))
    assert again.body.strip("\n") == body.strip("\n")
    assert again.date == MOMENT


def test_every_field_is_kept() -> None:
    full = comment(
        author="Ann",
        date=dt.datetime(2014, 4, 7, tzinfo=dt.UTC),
        date_precision="day",
        reply_to=Ref("comment", "20140406T120000Z-k3f9", HERE),
        aliases=("comment-12",),
        url="https://example.org/",
        by_post_author=True,
        status="pending",
        format="html",
        source="wordpress",
        repaired=(Repair(from_="\u0161\u0178\u02dc\u2030", to="\U0001f609", rule="emoji-f0"),),
    )
    assert same(read_back(render_comment(full)), full)


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_name_leads_out_of_the_folder_of_comments(post: str, slug: str) -> None:
    content = Path("/blog/content")
    file = comment_file(content, post, slug)
    assert file.parent.parent == content / "comments"
    assert file.parts[-1] not in {".md", "..md", "...md"}
    assert ".." not in file.parts


@pytest.mark.parametrize("post", ["my-knee", "My_Old.Post", "膝", "a"])
def test_a_slug_that_can_name_a_folder_names_it(post: str) -> None:
    assert comment_file(Path("content"), post, "x").parent.name == post


def test_a_file_that_is_there_is_never_written_again(write_tree: WriteTree) -> None:
    content = write_tree({})
    file = save_comment(content, comment(author="Ann"))
    assert file is not None
    file.write_text("mine")
    assert save_comment(content, comment(author="Ann")) is None
    assert file.read_text() == "mine"
