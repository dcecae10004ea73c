"""Threads on exercises and injuries: the same as on posts, from the file to the feed, and back again."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from built import Built, elements_of, words_of
from rehab.cli import rehab
from rehab.comments.exports.own import read_own_json, render_json
from rehab.comments.exports.staticman import render_staticman
from rehab.comments.exports.wxr import render_wxr
from rehab.comments.imports.batch import Batch, Item, Options, Piece, Topic
from rehab.comments.imports.formats import FORMATS
from rehab.comments.imports.hosts import Hosts, find_host
from rehab.comments.imports.plan import Plan, Present, plan_import
from rehab.comments.inbox import find_held, read_held
from rehab.comments.moderation import plan_decision
from rehab.comments.moves import Step, write_steps
from rehab.comments.store import comment_file, save_comment
from rehab.compile import compile_site
from rehab.model.comment import host_id, thread_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from conftest import BuildSite, WriteTree

ORIGIN = "https://comeback.example"
ON = ("exercises/squat", "injuries/sore-hip", "knee")
HOSTS: dict[str, str | bytes] = {
    "posts/knee.md": "---\ntitle: My knee\ndate: 2020-01-01\ninjuries: [sore-hip]\nexercises: [squat]\n---\nText\n",
    "exercises/squat.md": "---\ntitle: Squat\n---\n",
    "injuries/sore-hip.md": "---\ntitle: Sore hip\nregion: hip\nred_flags: []\n---\n",
}


def said(body: str = "Hi", **fields: object) -> str:
    """Return the text of a comment's file."""
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items()) + f"---\n{body}\n"


def talk(thread: str, *, alias: str = "c77") -> dict[str, str | bytes]:
    """Return a comment with an older id and an answer to it by that id."""
    first = said(f"First on {thread}", author="Ann", date="2020-02-01", aliases=[alias])
    return {
        f"comments/{thread}/one.md": first,
        f"comments/{thread}/two.md": said("Answer", author="Ben", date="2020-02-02", reply_to=alias),
    }


@pytest.fixture
def site(write_tree: WriteTree, build_site: BuildSite) -> Built:
    threads = {name: text for thread in ON for name, text in talk(thread).items()}
    result, output = build_site(write_tree({**HOSTS, **threads}), SITEURL=ORIGIN, FEED_DOMAIN=ORIGIN)
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    return Built(output, ORIGIN)


def page_of(thread: str) -> str:
    return f"{thread}/" if "/" in thread else f"posts/{thread}/"


def articles(root: Element) -> list[Element]:
    return [each for each in elements_of(root) if "comment" in (each.get("class") or "").split()]


@pytest.mark.parametrize("thread", ON)
def test_every_host_shows_its_thread_with_answers_and_older_anchors(site: Built, thread: str) -> None:
    page = site.pages[page_of(thread)]
    assert {"comment-one", "comment-two", "c77", "comments"} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert f"First on {thread}" in page.words
    assert "2 comments" in page.words
    (feed,) = [each.get("href") for each in page.all("link") if "Comments on" in (each.get("title") or "")]
    entries = ET.fromstring(site.text(f"{page_of(thread)}comments.atom.xml"))  # noqa: S314 - our own
    assert urljoin(page.url, feed) == f"{ORIGIN}/{page_of(thread)}comments.atom.xml"
    assert len(entries.findall("{http://www.w3.org/2005/Atom}entry")) == 2


@pytest.mark.parametrize("thread", ON)
def test_every_host_says_its_comments_to_machines(site: Built, thread: str) -> None:
    page = site.pages[page_of(thread)]
    (told,) = [thing["comment"] for thing in page.data if thing.get("comment")]
    assert [each["@id"] for each in told] == [f"{page.url}#comment-one", f"{page.url}#comment-two"]
    assert told[1]["parentItem"] == {"@id": told[0]["@id"]}
    graph = json.loads(site.text("rehab.json"))
    nodes = {node["id"]: node for node in graph["nodes"]}
    edges = {(edge["from"], edge["relation"], edge["to"]) for edge in graph["edges"]}
    one, two = f"comment:{thread}/one", f"comment:{thread}/two"
    assert nodes[one]["url"] == f"/{page_of(thread)}#comment-one"
    assert {(one, "on", host_id(thread)), (two, "reply-to", one)} <= edges


def test_a_long_thread_on_an_exercise_has_later_pages_that_lead_back(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    crowd = {f"comments/exercises/squat/c{at:03}.md": said(date=f"2020-02-{1 + at // 100:02}") for at in range(201)}
    result, output = build_site(write_tree({**HOSTS, **crowd}), SITEURL=ORIGIN)
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    page = Built(output, ORIGIN).pages["exercises/squat/comments/2/"]
    (back,) = [each for each in page.all("a") if words_of(each) == "Back to the exercise"]
    assert urljoin(page.url, back.get("href")) == f"{ORIGIN}/exercises/squat/"
    assert words_of(page.all("title")[0]).startswith("Comment 201 on Squat")


def test_who_speaks_on_a_page_is_not_quoted_on_it_a_second_time(write_tree: WriteTree) -> None:
    mentions = {"exercises": ["squat"], "injuries": ["sore-hip"]}
    tree = {
        **HOSTS,
        "comments/exercises/squat/one.md": said("Here", mentions=mentions),
        "comments/knee/two.md": said("There", mentions=mentions),
    }
    from rehab.site import pages  # noqa: PLC0415 - the name is used here only

    site, _ = compile_site(write_tree(tree))
    squat, hip = pages.exercise_view(site, "squat"), pages.injury_view(site, "sore-hip")
    assert [(voice.host.title, voice.html) for voice in squat.voices] == [("My knee", "<p>There</p>")]
    assert {voice.host.title for voice in hip.voices} == {"My knee", "Squat"}
    assert squat.thread is not None
    assert [one.html for one in squat.thread.flat] == ["<p>Here</p>"]


def test_nothing_is_shown_where_nobody_spoke_and_nobody_can(write_tree: WriteTree, build_site: BuildSite) -> None:
    _, output = build_site(write_tree(HOSTS), SITEURL=ORIGIN, REHAB_COMMENTS_FORM=None, REHAB_COMMENTS_MAIL=None)
    built = Built(output, ORIGIN)
    assert "comments" not in built.pages["exercises/squat/"].ids
    assert not (output / "exercises/squat/comments.atom.xml").exists()


def test_comments_that_are_off_are_on_no_page_in_no_feed_and_in_no_graph(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    off = {"exercises/squat.md": "---\ntitle: Squat\ncomments: off\n---\n"}
    _, output = build_site(write_tree({**HOSTS, **off, **talk("exercises/squat")}), SITEURL=ORIGIN)
    told = "".join(file.read_text("utf-8") for file in output.rglob("*") if file.suffix in {".html", ".xml", ".json"})
    assert "First on" not in told
    assert "comment:exercises" not in told


@pytest.mark.parametrize("thread", ["knee", "exercises/squat", "injuries/sore-hip", "exercises", "My_Old.Post"])
def test_a_threads_name_and_the_id_of_its_host_say_the_same(thread: str) -> None:
    assert thread_name(host_id(thread)) == thread


# Files


@pytest.mark.parametrize("thread", ON)
def test_a_comment_comes_back_from_where_it_was_written(write_tree: WriteTree, thread: str) -> None:
    content = write_tree({**HOSTS, **talk(thread)})
    held, _ = read_held(content)
    assert [(each.id, each.below) for each in held] == [
        (f"{thread}/{id_}", f"{thread}/{id_}.md") for id_ in ("one", "two")
    ]
    for each in held:
        assert comment_file(content, each.comment.thread, each.comment.slug) == content.parent / each.path
        assert save_comment(content, each.comment) is None


def test_part_of_a_threads_name_is_enough_to_name_it(write_tree: WriteTree) -> None:
    tree = {**talk("squat"), **talk("exercises/squat"), **talk("injuries/hip"), **talk("exercises/hip")}
    held, _ = read_held(write_tree(tree))

    def named(word: str) -> str:
        found = find_held(word, held)
        return found if isinstance(found, str) else found.id

    assert named("squat/one") == "squat/one"
    assert named("exercises/squat/one") == "exercises/squat/one"
    assert named("content/comments/exercises/squat/one.md") == "exercises/squat/one"
    assert "fits 2 comments" in named("hip/one")


@pytest.mark.parametrize("action", ["spam", "delete"])
@pytest.mark.parametrize("thread", ON)
def test_a_decision_and_its_opposite_leave_everything_as_it_was(
    write_tree: WriteTree, action: str, thread: str
) -> None:
    content = write_tree({f"../inbox/{thread}/one.md": "---\nstatus: pending\n---\nHi\n", **HOSTS})

    def decide(verb: str) -> None:
        plan = plan_decision(verb, ["one"], read_held(content)[0], content.name)  # type: ignore[arg-type]
        assert write_steps(content, plan.steps)[1] == ""

    before = (content.parent / f"inbox/{thread}/one.md").read_bytes()
    decide(action)
    decide("restore")
    assert (content.parent / f"inbox/{thread}/one.md").read_bytes().replace(b"  # was pending", b"") == before
    decide("approve")
    assert (content / f"comments/{thread}/one.md").is_file()


@pytest.mark.parametrize(
    "path",
    [
        "content/comments/exercises/../squat/a.md", "content/comments/other/squat/a.md", "inbox/exercises/a/b/c.md",
        "inbox/exercises/.undo/a.md", "inbox/.undo/exercises/x/y/a.md", "content/comments/exercises/squat/a.txt",
    ],
)  # fmt: skip
def test_no_other_depth_is_a_comments_place(tmp_path: Path, path: str) -> None:
    (tmp_path / "content").mkdir()
    assert "is no place of a comment" in write_steps(tmp_path / "content", [Step(None, None, path, b"x")])[1]


@given(st.sampled_from(["", "exercises/", "injuries/", "other/"]), st.text(max_size=40), st.text(max_size=40))
def test_no_name_leads_out_of_the_folder_of_comments(folder: str, thread: str, slug: str) -> None:
    file = comment_file(Path("/blog/content"), folder + thread, slug)
    below = file.relative_to("/blog/content/comments").parts
    assert len(below) == (3 if below[0] in {"exercises", "injuries"} and len(below) > 2 else 2)
    assert not any(part.startswith(".") for part in below)


# Imports and exports


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        (Topic(url="https://old.example/exercises/Squat.html"), "exercises/squat"),
        (Topic(slug="exercises/squat"), "exercises/squat"),
        (Topic(slug="squat", title="Knee/squat"), ""),
        (Topic(url="https://old.example/2014/knee/"), "knee"),
        (Topic(url="https://old.example/exercises/knee/"), "knee"),
    ],
)
def test_a_page_is_found_by_its_folder_and_its_name(topic: Topic, found: str) -> None:
    assert find_host(topic, Hosts(threads=frozenset(ON), addresses={}, mapped={})) == found


@pytest.mark.parametrize("format_", ["wordpress", "staticman", "comeback"])
def test_an_export_of_ours_finds_its_threads_again(write_tree: WriteTree, format_: str) -> None:
    content = write_tree({**HOSTS, **{name: text for thread in ON for name, text in talk(thread).items()}})
    comments = [each.comment for each in read_held(content)[0]]
    if format_ == "comeback":
        again, problems = read_own_json(render_json(comments).encode())
        assert ([each.thread for each in again], problems) == ([each.thread for each in comments], ())
        return
    files = render_staticman(comments) if format_ == "staticman" else {"all.xml": render_wxr(comments, {})}
    pieces = tuple(Piece(f"out/{name}", text.encode()) for name, text in files.items())
    batch = FORMATS[format_](pieces, Options())
    plan = plan_import(batch, format_, Hosts(threads=frozenset(ON), addresses={}, mapped={}), Present())
    made = [each.comment for each in plan.outcomes if each.comment]
    assert sorted(each.thread for each in made) == sorted(each.thread for each in comments)
    assert sum(each.reply_to is not None for each in made) == 3


def export(*rows: Item) -> Batch:
    return Batch(items=rows, topics={"t": Topic(slug="exercises/squat")})


def import_of(content: Path, batch: Batch) -> Plan:
    from rehab.cli.comments.import_ import make_plan, save_plan  # noqa: PLC0415 - the names are used here only

    plan = make_plan("test", content, batch, {})
    assert save_plan(plan, content) == ""
    return plan


WAITING = Item(id="1", thread="t", body="First", author="Ann", status="pending", format="text")
ANSWER = Item(id="2", thread="t", parent="1", body="Answer", author="Ben", format="text")


def test_an_answer_to_what_waits_finds_its_place_once_that_is_approved(write_tree: WriteTree) -> None:
    content = write_tree(HOSTS)
    plan = import_of(content, export(WAITING, ANSWER))
    assert [each.verdict for each in plan.outcomes] == ["held", "imported"]
    assert plan.outcomes[1].remarks == (
        "it has no date", "what it answers waits in the inbox: until then it stands on the first level"
    )  # fmt: skip

    def shown() -> list[tuple[str, int, bool]]:
        site, problems = compile_site(content)
        assert [each for each in problems if each.severity == "error"] == []
        return [(each.author, each.depth, each.reply_to_hidden) for each in site.threads["exercises/squat"].entries]

    assert shown() == [("Ben", 0, True)]
    (first,) = [each for each in read_held(content)[0] if each.room == "inbox"]
    assert write_steps(content, plan_decision("approve", [first.id], read_held(content)[0]).steps)[1] == ""
    assert shown() == [("Ann", 0, False), ("Ben", 1, False)]


def test_an_answer_that_comes_with_a_later_export_finds_what_is_on_the_site(write_tree: WriteTree) -> None:
    content = write_tree(HOSTS)
    import_of(content, export(WAITING))
    (first,) = read_held(content)[0]
    write_steps(content, plan_decision("approve", [first.id], [first]).steps)
    plan = import_of(content, export(WAITING, ANSWER))
    assert [each.verdict for each in plan.outcomes] == ["skipped", "imported"]
    answer = plan.outcomes[1].comment
    assert answer is not None
    assert answer.reply_to is not None
    assert (answer.reply_to.slug, answer.reply_to_hidden) == (first.comment.slug, False)


def test_an_answer_that_is_approved_first_keeps_its_link(write_tree: WriteTree) -> None:
    tree = {
        "../inbox/knee/one.md": said(status="pending"),
        "../inbox/knee/two.md": said(reply_to="one", status="pending"),
    }
    content = write_tree({**HOSTS, **tree})
    plan = plan_decision("approve", ["two"], read_held(content)[0])
    assert plan.decided[0].note.endswith("it stands alone until that is approved")
    write_steps(content, plan.steps)
    assert "reply_to_hidden: true" in (content / "comments/knee/two.md").read_text()
    assert [each for each in compile_site(content)[1] if each.severity == "error"] == []
    write_steps(content, plan_decision("approve", ["one"], read_held(content)[0]).steps)
    assert [each.depth for each in compile_site(content)[0].threads["knee"].entries] == [0, 1]


def test_who_answers_a_double_answers_the_one_that_is_kept() -> None:
    same = {"thread": "t", "body": "First", "author": "Ann", "format": "text", "numbered": True}
    rows = (Item(id="1", **same), Item(id="9", **same), Item(id="2", thread="t", parent="9", body="Answer"))  # type: ignore[arg-type]
    plan = plan_import(export(*rows), "test", Hosts(threads=frozenset(ON), addresses={}, mapped={}), Present())
    assert [each.verdict for each in plan.outcomes] == ["imported", "skipped", "imported"]
    first, answer = plan.outcomes[0].comment, plan.outcomes[2].comment
    assert first is not None
    assert answer is not None
    assert answer.reply_to is not None
    assert answer.reply_to.slug == first.slug


FORESTS = st.lists(
    st.tuples(
        st.sampled_from(ON),
        st.integers(0, 6),
        st.integers(-1, 7),
        st.sampled_from(["approved", "approved", "approved", "pending", "spam", "deleted"]),
        st.sampled_from(["", "x", "<b>y</b>"]),
    ),
    max_size=16,
)
"""Comments by thread, id, parent's id (which may be nobody's, its own, or that of a later one), status and body."""


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FORESTS)
def test_any_forest_goes_from_the_export_to_the_page_and_back_without_loss(
    write_tree: WriteTree, rows: list[tuple[str, int, int, str, str]]
) -> None:
    content = write_tree(HOSTS)
    for old in (*content.glob("comments/**/*.md"), *content.parent.glob("inbox/**/*.md")):
        old.unlink()
    batch = Batch(
        items=tuple(
            Item(id=str(id_), thread=thread, parent=str(parent), body=body, status=status, alias=f"c{id_}")
            for thread, id_, parent, status, body in rows
        ),
        topics={thread: Topic(slug=thread) for thread in ON},
    )
    plan = import_of(content, batch)
    assert sum(plan.count(verdict) for verdict in ("imported", "held", "skipped")) == len(rows)
    site, problems = compile_site(content)
    assert [each for each in problems if each.severity == "error"] == []
    held, _ = read_held(content)
    written = {each.id for each in held if each.room == "content"}
    assert len(held) == plan.count("imported") + plan.count("held")
    shown = {f"{name}/{reply.id}" for name in ON for reply in site.threads[name].entries}
    assert shown == written
    for name in ON:
        entries = site.threads[name].entries
        for at, reply in enumerate(entries, 1):
            assert reply.reply_to_number is None or reply.reply_to_number < at
    comments = [each.comment for each in held]
    again, problems = read_own_json(render_json(comments).encode())
    assert problems == ()
    assert [(each.thread, each.slug, each.body) for each in again] == [
        (each.thread, each.slug, each.body) for each in sorted(comments, key=lambda each: (each.thread, each.slug))
    ]
    assert [each.verdict for each in import_of(content, batch).outcomes if each.comment] == []


def test_the_command_imports_into_the_thread_of_an_exercise(
    write_tree: WriteTree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = write_tree(HOSTS)
    monkeypatch.chdir(content.parent)
    text = tmp_path / "page.txt"
    text.write_text(" 1. 4.6.14\n Ann said:\n\n  Hi\n")
    words = ["comments", "import", "page", str(text), "--post", "exercises/squat", "--dates", "mdy"]
    done = CliRunner().invoke(rehab, words)
    assert done.exit_code == 0, done.output
    assert [each.comment.thread for each in read_held(content)[0]] == ["exercises/squat"]
