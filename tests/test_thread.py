from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rehab.comments.read import hosts_of, parse_threads
from rehab.comments.thread import DEEPEST_SHOWN, Host, Reply, Thread, build_thread, count_words, plan_nesting
from rehab.model.comment import Comment
from rehab.model.entries import parse_entries
from rehab.model.nouns import Repair
from rehab.model.refs import Ref
from rehab.source.place import Place
from rehab.source.read import read_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import WriteTree
    from rehab.source.problem import Problem

CASES = Path(__file__).parent / "cases" / "comments" / "threads.yml"
POST = "sore-knee"
LINES = {"reply_to": 3, "date": 4, "aliases": 5}
STATUSES = ["approved", "approved", "approved", "deleted", "pending", "spam"]


def comment(row: dict[str, Any], post: str = POST) -> Comment:
    """Return a comment as its file would give it: `row` holds its id and fields."""
    row = dict(row)
    slug = row.pop("id")
    path = f"content/comments/{post}/{row.pop('file', f'{slug}.md')}"
    if (reply_to := row.pop("reply_to", None)) is not None:
        row["reply_to"] = Ref("comment", reply_to, Place(path, LINES["reply_to"]))
    if (date := row.pop("date", None)) is not None:
        row["date"] = dt.datetime.fromisoformat(str(date)).replace(tzinfo=dt.UTC)
    row["aliases"] = tuple(row.get("aliases", ()))
    at = {key: Place(path, line) for key, line in LINES.items()}
    return Comment(slug=slug, path=path, place=Place(path), thread=post, at=at, **row)


def thread_of(rows: Sequence[dict[str, Any]], host: Host | None = None) -> tuple[Thread, tuple[Problem, ...]]:
    comments = tuple(comment(row) for row in rows)
    return build_thread(comments, {each.path: f"<p>{each.slug}</p>" for each in comments}, host or Host(thread=POST))


def line(entry: Reply) -> str:
    """Return an entry as the cases write it."""
    said = [f"{entry.number} {entry.id}"]
    if entry.reply_to_number is not None:
        said.append(f"to {entry.reply_to_number} {entry.reply_to_author or '-'}")
    said += ["to one not shown"] * entry.reply_to_hidden + ["deleted"] * entry.deleted
    said += [f"also {alias}" for alias in entry.aliases]
    said += [f"depth {entry.depth}"] * (entry.depth != entry.shown_depth)
    return "  " * entry.shown_depth + ", ".join(said)


def said(problem: Problem) -> str:
    return f"{problem.code} {Path(problem.place.path).stem}: {problem.message} ({problem.hint})"


@pytest.mark.parametrize("case", yaml.load(CASES.read_text("utf-8"), yaml.BaseLoader), ids=lambda case: case["rule"])  # noqa: S506 -- every value stays text
def test_threads_are_as_their_case_says(case: dict[str, Any]) -> None:
    thread, problems = thread_of(case["comments"])
    assert [line(entry) for entry in thread.entries] == case["shows"].splitlines()
    assert [said(problem) for problem in problems] == case.get("problems", [])
    assert thread.hidden == int(case.get("hidden", 0))


@pytest.mark.parametrize(
    ("field", "rows"),
    [
        ("reply_to", [{"id": "a", "reply_to": "nobody"}]),
        ("reply_to", [{"id": "a", "reply_to": "a"}]),
        ("reply_to", [{"id": "a", "date": "2014-04-02"}, {"id": "b", "date": "2014-04-01", "reply_to": "a"}]),
        ("aliases", [{"id": "a"}, {"id": "b", "aliases": ["a"]}]),
    ],
)
def test_a_problem_stands_at_the_field_it_is_about(field: str, rows: list[dict[str, Any]]) -> None:
    _, (problem,) = thread_of(rows)
    assert problem.place.line == LINES[field]


def test_an_entry_says_all_that_the_comment_says() -> None:
    row = {
        "id": "7", "author": "Mi\u202echelle", "date": "2014-04-09", "date_precision": "day", "by_post_author": True,
        "url": "https://example.org/{x}", "repaired": (Repair(from_="Ã©", to="é", rule="utf8-as-latin1"),),
    }  # fmt: skip
    thread, problems = thread_of([row])
    assert problems == ()
    assert thread.entries == (
        Reply(
            id="7",
            number=1,
            author="Michelle",
            by_post_author=True,
            date=dt.datetime(2014, 4, 9, tzinfo=dt.UTC),
            date_precision="day",
            url="https://example.org/%7Bx%7D",
            html="<p>7</p>",
            depth=0,
            shown_depth=0,
            reply_to_number=None,
            reply_to_author=None,
            reply_to_hidden=False,
            aliases=(),
            deleted=False,
            repaired=True,
            opens=True,
            closes=1,
        ),
    )
    assert thread.entries[0].anchor == "comment-7"


def test_a_tombstone_says_nothing_of_who_wrote_what() -> None:
    gone = {"id": "a", "status": "deleted", "author": "Gone", "url": "https://example.org", "by_post_author": True}
    thread, _ = thread_of([gone, {"id": "b", "reply_to": "a"}])
    tombstone, answer = thread.entries
    assert (tombstone.author, tombstone.url, tombstone.html, tombstone.by_post_author) == ("", "", "", False)
    assert (answer.reply_to_number, answer.reply_to_author) == (1, "")
    assert thread.shown == 1


def test_an_address_that_is_not_safe_is_not_linked() -> None:
    thread, _ = thread_of([{"id": "a", "url": "javascript:alert(1)"}])
    assert thread.entries[0].url == ""


@pytest.mark.parametrize(
    ("shown", "declared", "words"),
    [
        (0, None, "No comments yet"),
        (0, 0, "No comments yet"),
        (1, None, "1 comment"),
        (7, None, "7 comments"),
        (7, 7, "7 comments"),
        (7, 9, "9 comments (7 kept here)"),
        (0, 9, "9 comments (none kept here)"),
        (0, 1, "1 comment (none kept here)"),
        (9, 7, "9 comments"),
    ],
)
def test_the_count_says_how_many_there_were_and_how_many_are_left(shown: int, declared: int | None, words: str) -> None:
    assert count_words(shown, declared) == words


def test_more_comments_than_the_old_page_had_is_a_problem_of_the_post() -> None:
    place = Place("content/posts/sore-knee.md", 6)
    rows = [{"id": "a"}, {"id": "b"}]
    _, (problem,) = thread_of(rows, Host(thread=POST, declared=1, declared_at=place))
    assert (problem.code, problem.place) == ("comments-more-than-declared", place)
    assert problem.message == "2 comments are here, but the old page is said to have had 1"
    assert thread_of(rows, Host(thread=POST, declared=2, declared_at=place))[1] == ()


def as_lists(entries: Sequence[Reply]) -> str:
    """Print the nested lists as a template does, from `opens` and `closes` alone."""
    return "".join(
        f"{'<ol>' if each.opens else '</li>'}<li>{each.number}{'</li></ol>' * each.closes}" for each in entries
    )


def levels_of(printed: str) -> list[int]:
    """Read nested lists strictly; return the level of each item."""
    stack: list[str] = []
    levels: list[int] = []
    for tag in printed.replace(">", "> ").replace("<", " <").split():
        if tag in {"<ol>", "<li>"}:
            assert (stack[-1:] in ([], ["li"])) if tag == "<ol>" else stack[-1] == "ol"
            stack.append(tag.strip("<>"))
        elif tag.startswith("</"):
            assert stack.pop() == tag.strip("</>")
        else:
            levels.append(stack.count("ol") - 1)
    assert stack == []
    return levels


rows = st.lists(
    st.fixed_dictionaries(
        {"status": st.sampled_from(STATUSES)},
        optional={
            "reply_to": st.integers(0, 16).map(str),
            "date": st.dates(dt.date(2014, 1, 1), dt.date(2014, 1, 20)),
            "date_precision": st.sampled_from(["", "second", "minute", "day", "month", "year"]),
            "aliases": st.lists(st.integers(0, 30).map(str), max_size=2),
        },
    ),
    max_size=16,
).map(lambda found: [{**row, "id": str(number), "file": f"{number}.md"} for number, row in enumerate(found)])


@given(rows)
def test_no_comment_is_lost(forest: list[dict[str, Any]]) -> None:
    thread, _ = thread_of(forest)
    tombstones = sum(entry.deleted for entry in thread.entries)
    assert thread.shown + tombstones + thread.hidden == len(forest)
    approved = {row["id"] for row in forest if row["status"] == "approved"}
    assert approved == {entry.id for entry in thread.entries if not entry.deleted}


@given(rows)
def test_lists_are_balanced_and_as_deep_as_the_entries_say(forest: list[dict[str, Any]]) -> None:
    thread, _ = thread_of(forest)
    assert levels_of(as_lists(thread.entries)) == [entry.shown_depth for entry in thread.entries]


@given(rows)
def test_numbers_depths_and_answers_agree(forest: list[dict[str, Any]]) -> None:
    thread, _ = thread_of(forest)
    assert [entry.number for entry in thread.entries] == list(range(1, len(thread.entries) + 1))
    assert len({entry.anchor for entry in thread.entries}) == len(thread.entries)
    for entry in thread.entries:
        assert entry.shown_depth == min(entry.depth, DEEPEST_SHOWN)
        if entry.reply_to_number is None:
            assert entry.depth == 0
        else:
            assert entry.reply_to_number < entry.number
            assert thread.entries[entry.reply_to_number - 1].depth == entry.depth - 1


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_the_files_makes_no_difference(forest: list[dict[str, Any]], random: Any) -> None:
    shuffled = list(forest)
    random.shuffle(shuffled)
    assert thread_of(shuffled) == thread_of(forest)


@given(st.lists(st.sampled_from(STATUSES), max_size=20))
def test_a_tombstone_has_an_answer_that_is_shown(statuses: list[str]) -> None:
    chain = [{"id": str(at), "status": status, "reply_to": str(at // 2)} for at, status in enumerate(statuses, 1)]
    thread, _ = thread_of(chain)
    answered = {entry.reply_to_number for entry in thread.entries}
    assert all(entry.number in answered for entry in thread.entries if entry.deleted)


def test_a_chain_of_a_hundred_thousand_answers_is_built() -> None:
    length = 100_000
    chain = tuple(comment({"id": str(at), "reply_to": str(at - 1)} if at else {"id": "0"}) for at in range(length))
    thread, problems = build_thread(chain, {}, Host(thread=POST))
    assert problems == ()
    assert thread.entries[-1].depth == length - 1
    assert thread.entries[-1].shown_depth == DEEPEST_SHOWN


def test_a_circle_of_ten_thousand_answers_is_one_problem() -> None:
    length = 10_000
    circle = tuple(comment({"id": str(at), "reply_to": str((at + 1) % length)}) for at in range(length))
    thread, (problem,) = build_thread(circle, {}, Host(thread=POST))
    assert problem.message == ("these comments answer each other in a circle: '0', '1', '2', '3', '4', 9995 more")
    assert thread.shown == length


def test_ten_thousand_answers_to_nobody_are_all_shown() -> None:
    lost = tuple(comment({"id": str(at), "reply_to": f"gone-{at}"}) for at in range(10_000))
    thread, problems = build_thread(lost, {}, Host(thread=POST))
    assert thread.shown == len(problems) == 10_000


def test_nesting_of_nothing_is_nothing() -> None:
    assert plan_nesting([]) == ()


def test_every_post_gets_its_thread_and_bodies_are_cleaned() -> None:
    comments = (comment({"id": "a", "body": "**x** <b>"}), comment({"id": "b", "body": "<b>y</b>", "format": "html"}))
    threads, problems = parse_threads(comments, (Host(thread=POST), Host(thread="silent", state="closed")))
    assert problems == ()
    assert list(threads) == ["silent", POST]
    assert [entry.html for entry in threads[POST].entries] == [
        "<p><strong>x</strong> &lt;b&gt;</p>",
        "<p><strong>y</strong></p>",
    ]
    assert (threads["silent"].entries, threads["silent"].state, threads["silent"].words) == (
        (),
        "closed",
        "No comments yet",
    )


def test_the_count_of_an_old_page_goes_into_the_thread() -> None:
    place = Place("content/posts/sore-knee.md", 6)
    threads, _ = parse_threads((comment({"id": "a"}),), [Host(thread=POST, declared=9, declared_at=place)])
    assert threads[POST].words == "9 comments (1 kept here)"


def test_a_folder_that_is_no_post_is_one_problem_with_the_nearest_post() -> None:
    strays = (comment({"id": "b"}, "sore-kne"), comment({"id": "a"}, "sore-kne"), comment({"id": "a"}, "qqqq"))
    threads, problems = parse_threads(strays, [Host(thread=POST)])
    assert threads[POST].entries == ()
    anywhere = "name the folder after the slug of its post, or move it into 'exercises' or 'injuries'"
    assert [(problem.code, problem.place.path, problem.hint) for problem in problems] == [
        ("comment-without-post", "content/comments/qqqq/a.md", anywhere),
        ("comment-without-post", "content/comments/sore-kne/a.md", "rename the folder to 'sore-knee'"),
    ]


@pytest.mark.parametrize(
    ("folder", "message", "hint"),
    [
        ("exercises/squats", "no exercise is called 'squats'", "rename the folder to 'exercises/squat'"),
        ("injuries/squat", "no injury is called 'squat'", "rename the folder to 'exercises/squat'"),
        ("squat", "no post is called 'squat'", "rename the folder to 'exercises/squat'"),
        ("injuries/qqqq", "no injury is called 'qqqq'", "name the folder after the slug of its injury"),
    ],
)
def test_a_stray_folder_is_told_where_it_belongs(folder: str, message: str, hint: str) -> None:
    hosts = [Host(thread=name) for name in (POST, "exercises/squat", "injuries/sore-hip")]
    _, (problem,) = parse_threads((comment({"id": "a"}, folder),), hosts)
    assert problem.message == f"{message}, so the comments in this folder are on no page"
    assert problem.hint == hint


def test_a_comment_beside_the_folders_of_the_exercises_is_told_to_go_into_one() -> None:
    _, (problem,) = parse_threads((comment({"id": "a"}, "exercises"),), [Host(thread="exercises/squat")])
    assert problem.hint == "move it into a folder named after its exercise"


def test_an_exercise_in_a_file_and_in_a_post_is_one_host_and_the_file_has_the_last_word(write_tree: WriteTree) -> None:
    uses = "exercises:\n  - {name: Squat, comments: closed, comments_declared: 4}\n  - {name: Lunge, comments: off}\n"
    tree: dict[str, str | bytes] = {
        "posts/a.md": f"---\ntitle: A\ndate: 2020-01-01\n{uses}---\n",
        "exercises/squat.md": "---\ntitle: Squat\ncomments: open\n---\n",
        "injuries/sore-hip.md": "---\ntitle: Sore hip\nregion: hip\nred_flags: []\n---\n",
    }
    entries, _ = parse_entries(read_tree(write_tree(tree))[0])
    assert {host.thread: (host.state, host.declared) for host in hosts_of(entries)} == {
        "a": ("open", None),
        "exercises/squat": ("open", 4),
        "exercises/lunge": ("off", None),
        "injuries/sore-hip": ("open", None),
    }
