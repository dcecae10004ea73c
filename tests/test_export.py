"""Comments in other systems' formats, and in our own, which is read back as it was."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import shutil
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from rehab.cli import rehab
from rehab.comments.exports.own import read_own_json, render_json
from rehab.comments.exports.staticman import render_staticman
from rehab.comments.exports.wxr import Page, render_wxr
from rehab.comments.inbox import parse_held
from rehab.comments.store import render_comment
from rehab.model.comment import Comment
from rehab.model.entries import parse_entries
from rehab.model.nouns import Mentions, Repair
from rehab.model.refs import Ref
from rehab.source.place import Place
from rehab.source.read import read_tree

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import WriteTree

HERE = Place("x")
WP = "{http://wordpress.org/export/1.2/}"
ANY = st.text(max_size=40)
SEEN = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"]), max_size=30)


def comment(slug: str = "a", **fields: Any) -> Comment:
    given: dict[str, Any] = {"slug": slug, "path": f"content/comments/knee/{slug}.md", "place": HERE, "thread": "knee"}
    return Comment(**{**given, **fields})


def answer(slug: str, to: str, **fields: Any) -> Comment:
    return comment(slug, reply_to=Ref("comment", to, HERE), **fields)


COMMENTS = st.lists(
    st.builds(
        comment,
        st.sampled_from([*"abcdef"]),
        author=ANY,
        body=ANY,
        url=ANY,
        thread=st.one_of(ANY, ANY.map("exercises/{}".format)),
        format=st.sampled_from(["markdown", "html", "text"]),
        status=st.sampled_from(["approved", "pending", "spam", "deleted"]),
        date=st.none() | st.datetimes(timezones=st.just(dt.UTC)),
        reply_to=st.none() | st.sampled_from([Ref("comment", name, HERE) for name in "abcdefg"]),
    ),
    max_size=8,
)


def plain(each: Comment) -> Comment:
    """Return a comment without the places of its values in a file."""
    reply = Ref("comment", each.reply_to.slug, HERE) if each.reply_to else None
    mentions = each.mentions
    if mentions:
        moved = tuple(Ref(ref.kind, ref.slug, HERE) for ref in mentions.injuries)
        mentions = dataclasses.replace(mentions, injuries=moved)
    return dataclasses.replace(each, reply_to=reply, mentions=mentions, place=HERE, body_line=1, path="x")


# Our own


def test_every_field_comes_back() -> None:
    full = comment(
        author="yes",
        date=dt.datetime(2014, 4, 7, 12, 1, tzinfo=dt.UTC),
        date_precision="minute",
        reply_to=Ref("comment", "b", HERE),
        aliases=("comment-12", "0xff"),
        url="https://example.org/",
        by_post_author=True,
        status="deleted",
        format="html",
        source="wordpress",
        mentions=Mentions(exercises=("bridge",), injuries=(Ref("injury", "itb", HERE),)),
        repaired=(Repair(from_="\u0161\u0178", to="\U0001f609", rule="emoji-f0"),),
        silence=(("mojibake", "it is a joke"),),
        body="one\n\n two\t\n",
    )
    back, problems = read_own_json(render_json([full]).encode())
    assert problems == ()
    assert [plain(each) for each in back] == [plain(full)]


@given(st.lists(st.tuples(SEEN, ANY, st.sampled_from([*"abc"]), st.booleans()), max_size=5))
def test_reading_our_own_export_gives_the_same_comments(rows: list[tuple[str, str, str, bool]]) -> None:
    files = [
        parse_held("content", f"content/comments/knee/{at}.md", render_comment(made).encode("utf-8", "replace")).comment
        for at, (author, body, parent, own) in enumerate(rows)
        for made in [answer(str(at), parent, author=author, body=body, by_post_author=own, status="spam")]
    ]
    back, problems = read_own_json(render_json(files).encode())
    assert problems == ()
    assert [plain(each) for each in back] == [plain(each) for each in files]
    assert render_json(back) == render_json(files)
    assert [render_comment(each) for each in back] == [render_comment(each) for each in files]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"format": "comeback", "version": 2, "comments": []}',
        b'{"format": "comeback", "version": 1, "comments": {}}',
        b'{"format": "comeback", "version": 1, "comments": [1, {}, {"thread": 1, "id": "a"}]}',
        b'{"format": "comeback", "version": 1, "comments": [{"thread": "a", "id": "b", "date": "soon"}]}',
        b'{"format": "comeback", "version": 1, "comments": [{"thread": "a", "id": "b", "email": "x@example.org"}]}',
    ],
)
def test_what_is_not_ours_is_a_problem(data: bytes) -> None:
    comments, problems = read_own_json(data)
    assert problems
    assert "@" not in repr(comments)


def test_half_characters_of_a_foreign_json_can_be_written() -> None:
    data = {"format": "comeback", "version": 1, "comments": [{"thread": "a\ud800", "id": "b", "body": "\udfff"}]}
    comments, _ = read_own_json(json.dumps(data).encode())
    assert render_comment(comments[0]).encode()


# WordPress


@given(COMMENTS)
def test_a_strict_parser_reads_whatever_readers_wrote(comments: list[Comment]) -> None:
    root = ET.fromstring(render_wxr(comments, {"knee": Page("\x00<&]]>")}).encode())  # noqa: S314 - our own
    found = root.findall(f".//{WP}comment")
    assert len(found) == len(comments)
    ids = {each.findtext(f"{WP}comment_id") for each in found}
    assert len(ids) == len(comments)
    assert {each.findtext(f"{WP}comment_parent") for each in found} <= {*ids, "0"}
    assert not root.findall(f".//{WP}comment_author_email")
    assert not root.findall(f".//{WP}comment_author_IP")


def wxr_parents(comments: list[Comment]) -> dict[str, str]:
    root = ET.fromstring(render_wxr(comments, {}))  # noqa: S314 - our own
    rows = root.findall(f".//{WP}comment")
    names = {row.findtext(f"{WP}comment_id", ""): row.findtext(f".//{WP}meta_value", "") for row in rows}
    return {
        names[id_]: names.get(row.findtext(f"{WP}comment_parent", ""), "") for id_, row in zip(names, rows, strict=True)
    }


def test_threads_statuses_and_dates_are_kept() -> None:
    day = dt.datetime(2014, 4, 7, 12, 1, tzinfo=dt.UTC)
    comments = [comment("b", aliases=("old",), date=day), answer("a", "b", status="deleted"), answer("c", "old")]
    assert wxr_parents([*comments, comment("z", thread="hip")]) == {"a": "b", "b": "", "c": "b", "z": ""}
    text = render_wxr(comments, {"knee": Page("Knee", "https://x.example/knee/", day)})
    assert re.findall(r"approved>(\w+)<", text) == ["trash", "1", "1"]
    assert "<wp:comment_date_gmt>2014-04-07 12:01:00</wp:comment_date_gmt>" in text


def test_a_circle_of_answers_is_opened() -> None:
    parents = wxr_parents([answer("a", "c"), answer("b", "a"), answer("c", "b"), answer("d", "d"), answer("e", "a")])
    for start in parents:
        seen, here = set(), start
        while here:
            assert here not in seen
            seen.add(here)
            here = parents[here]
    assert parents["e"] == "a"


def test_no_script_of_a_reader_reaches_wordpress() -> None:
    text = render_wxr([comment(body="<script>alert(1)</script><b onclick=x>hi</b>", format="html")], {})
    content = ET.fromstring(text).findtext(f".//{WP}comment_content")  # noqa: S314 - our own
    assert content == "<p><strong>hi</strong></p>"


# Staticman


@given(COMMENTS)
@example([comment("a", thread="0.0")])
def test_every_comment_is_a_file_that_yaml_reads_as_text(comments: list[Comment]) -> None:
    files = render_staticman(comments)
    assert len(files) == len(comments)
    for path, text in files.items():
        assert re.fullmatch(r"(?:exercises/)?[^/\\.][^/\\]*/comment-[\w-]+\.yml", path)
        assert all(isinstance(value, str) for value in yaml.safe_load(text).values())


def test_a_staticman_reply_names_its_parent() -> None:
    files = render_staticman([comment("b", author="null", body="a: b\n- c"), answer("a", "b")])
    assert yaml.safe_load(files["knee/comment-a.yml"])["_parent"] == "b"
    assert yaml.safe_load(files["knee/comment-b.yml"]) == {"_id": "b", "name": "null", "message": "a: b\n- c"}


# On the command line


def test_the_command_writes_new_files_only(write_tree: WriteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_tree(
        {
            "posts/knee.md": "---\ntitle: My knee\ndate: 2014-04-06\n---\nText\n",
            "comments/knee/a.md": "---\nstatus: deleted\n---\nGone\n",
            "../inbox/knee/b.md": "---\nauthor: Ann\n---\nWaits\n",
        }
    )
    monkeypatch.chdir(content.parent)

    def call(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(rehab, ["comments", "export", *words])
        return done.exit_code, done.output

    assert call("json", "-o", "all.json") == (0, "wrote 1 comment to all.json\n")
    assert call("json", "-o", "all.json")[0] == 2
    assert '"status": "deleted"' in call("json")[1]
    assert '"Ann"' in call("json", "--inbox")[1]
    assert "<title>My knee</title>" in call("wxr")[1]
    assert call("staticman")[0] == 2
    assert call("staticman", "-o", "out")[0] == 0
    assert (content.parent / "out/knee/comment-a.yml").is_file()


def test_our_own_export_comes_back_as_it_was_and_a_second_time_changes_nothing(
    write_tree: WriteTree, tmp_path: Path
) -> None:
    content = write_tree(
        {
            "posts/knee.md": "---\ntitle: Knee\ndate: 2020-01-01\n---\nText\n",
            "comments/knee/20200102T000000Z-aaaaaa.md": "---\nauthor: yes\ndate: 2020-01-02\n---\nOne\n",
            "comments/knee/20200103T000000Z-bbbbbb.md": (
                "---\ndate: 2020-01-03\nreply_to: 20200102T000000Z-aaaaaa\nstatus: pending\n---\nTwo *and* three\n"
            ),
        }
    )
    before = parse_entries(read_tree(content)[0])[0].comments
    (tmp_path / "export.json").write_text(render_json(before), "utf-8")
    shutil.rmtree(content / "comments")
    runner = CliRunner()
    words = ["comments", "import", "comeback", str(tmp_path / "export.json"), "--into", str(content)]
    assert "2 comments: 2 imported, 0 here already" in runner.invoke(rehab, words).output
    assert "2 comments: 0 imported, 2 here already" in runner.invoke(rehab, words).output
    after = parse_entries(read_tree(content)[0])[0].comments
    assert render_json(after) == render_json(before)
