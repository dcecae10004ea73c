"""Decisions on comments: each does what it says to one file, and nothing to anything else."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from rehab.cli import rehab
from rehab.cli.comments import NAMES
from rehab.cli.comments.review import Review, run
from rehab.comments.inbox import find_held, read_held
from rehab.comments.moderation import ACTIONS, in_state, plan_decision, render_line, render_whole
from rehab.comments.moves import Step, write_steps
from rehab.comments.redact import plan_redaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

    from conftest import WriteTree
    from rehab.comments.moderation import Action

WAITING = "---\nauthor: Ann\ndate: 2024-03-11\nstatus: pending\n---\nHi *there*\n"
FILES: dict[str, str | bytes] = {
    "comments/knee/20240101T000000Z-parent.md": "---\nauthor: Robin\nurl: https://robin.example/\n---\nFirst\n",
    "comments/knee/20240102T000000Z-answer.md": (
        "---\nreply_to: 20240101T000000Z-parent\nstatus: pending\n---\nThanks, Robin\n"
    ),
    "../inbox/knee/20240311T000000Z-aaaaaa.md": WAITING,
    "../inbox/knee/20240312T000000Z-bbbbbb.md": (
        "---\nauthor: Bob\nstatus: spam\nreply_to: 20240311T000000Z-aaaaaa\n---\nBuy\n"
    ),
}


@pytest.fixture
def content(write_tree: WriteTree) -> Path:
    return write_tree(FILES)


def decide(content: Path, action: Action, *words: str) -> tuple[str, ...]:
    plan = plan_decision(action, words, read_held(content)[0], content.name)
    assert write_steps(content, plan.steps) == (len(plan.steps), "")
    return plan.refused


def everything(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def test_approving_moves_the_file_and_changes_its_status_alone(content: Path) -> None:
    before = everything(content.parent)
    assert decide(content, "approve", "aaaaaa") == ()
    data = before.pop("inbox/knee/20240311T000000Z-aaaaaa.md")
    before["content/comments/knee/20240311T000000Z-aaaaaa.md"] = data.replace(b"pending", b"approved")
    assert everything(content.parent) == before


def test_what_waits_on_the_site_is_approved_in_place(content: Path) -> None:
    assert decide(content, "approve", "answer") == ()
    assert "status: approved" in (content / "comments/knee/20240102T000000Z-answer.md").read_text()


def test_a_deleted_comment_leaves_a_tombstone_and_comes_back_as_it_was(content: Path) -> None:
    file = content / "comments/knee/20240102T000000Z-answer.md"
    before = file.read_text()
    assert decide(content, "delete", "answer") == ()
    assert read_held(content)[0][1].state == "deleted"
    assert decide(content, "restore", "answer") == ()
    assert file.read_text() == before


@pytest.mark.parametrize("action", ["reject", "delete"])
def test_what_is_rejected_in_the_inbox_is_kept_and_comes_back(content: Path, action: Action) -> None:
    before = everything(content.parent)
    assert decide(content, action, "aaaaaa") == ()
    assert (content.parent / "inbox/.undo/knee/20240311T000000Z-aaaaaa.md").read_text() == WAITING
    assert decide(content, "restore", "aaaaaa") == ()
    assert everything(content.parent) == before


def test_a_post_with_an_old_slug_keeps_its_folder(write_tree: WriteTree) -> None:
    content = write_tree({"../inbox/Old_Post/a.md": WAITING})
    decide(content, "approve", "a")
    assert (content / "comments/Old_Post/a.md").is_file()


def test_two_rejected_comments_of_one_id_are_both_kept(content: Path) -> None:
    decide(content, "reject", "aaaaaa")
    (content.parent / "inbox/knee/20240311T000000Z-aaaaaa.md").write_text("---\nauthor: Eve\n---\nOther\n")
    decide(content, "reject", "aaaaaa")
    assert len(list((content.parent / "inbox/.undo/knee").iterdir())) == 2


def test_spam_and_back(content: Path) -> None:
    decide(content, "spam", "aaaaaa")
    assert [each.comment.slug[-6:] for each in in_state("spam", read_held(content)[0])] == ["aaaaaa", "bbbbbb"]
    decide(content, "restore", "aaaaaa", "bbbbbb")
    assert in_state("spam", read_held(content)[0]) == ()


def test_nothing_is_moved_over_another_file(content: Path) -> None:
    there = content / "comments/knee/20240311T000000Z-aaaaaa.md"
    held, _ = read_held(content)
    plan = plan_decision("approve", ["aaaaaa"], held, content.name)
    there.write_text("mine")
    done, fault = write_steps(content, plan.steps)
    assert (done, "is there already" in fault) == (0, True)
    assert there.read_text() == "mine"
    assert (content.parent / "inbox/knee/20240311T000000Z-aaaaaa.md").read_text() == WAITING


def test_a_move_that_was_broken_off_is_finished_by_the_next(content: Path) -> None:
    plan = plan_decision("approve", ["aaaaaa"], read_held(content)[0], content.name)
    target = plan.steps[0].after
    assert target is not None
    (content / "comments/knee/20240311T000000Z-aaaaaa.md").write_bytes(target)
    assert write_steps(content, plan.steps) == (1, "")
    assert not (content.parent / "inbox/knee/20240311T000000Z-aaaaaa.md").exists()


def test_a_file_that_changed_meanwhile_stays(content: Path) -> None:
    plan = plan_decision("approve", ["aaaaaa"], read_held(content)[0], content.name)
    file = content.parent / "inbox/knee/20240311T000000Z-aaaaaa.md"
    file.write_text(f"{WAITING}more")
    assert "has changed meanwhile" in write_steps(content, plan.steps)[1]
    assert file.read_text() == f"{WAITING}more"


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("2024", "fits 4 comments"),
        ("20240311T000000Z-aaaaab", "did you mean '20240311T000000Z-aaaaaa'"),
        ("", "no comment is called ''"),
        ("\x1b[2J", "no comment is called '\\u001b[2J'"),
        ("hip/aaaaaa", "no comment is called 'hip/aaaaaa'"),
    ],
)
def test_an_id_that_leads_nowhere_is_one_sentence(content: Path, word: str, sentence: str) -> None:
    found = find_held(word, read_held(content)[0])
    assert isinstance(found, str)
    assert sentence in found
    assert "\n" not in found


@pytest.mark.parametrize("word", ["aaaaaa", "20240311", "knee/aaaaaa", "inbox/knee/20240311T000000Z-aaaaaa.md"])
def test_a_beginning_a_tail_and_a_path_lead_to_a_comment(content: Path, word: str) -> None:
    found = find_held(word, read_held(content)[0])
    assert not isinstance(found, str)
    assert found.comment.slug == "20240311T000000Z-aaaaaa"


def test_a_whole_id_is_never_taken_for_the_end_of_another(write_tree: WriteTree) -> None:
    content = write_tree({"comments/knee/x.md": "---\n---\nHi\n", "../inbox/knee/ax.md": WAITING})
    assert "is on the site" in decide(content, "approve", "x")[0]


def test_what_is_decided_already_is_said(content: Path) -> None:
    assert decide(content, "approve", "parent") == (
        "'knee/20240101T000000Z-parent' is on the site: there is nothing to approve",
    )


def test_an_answer_to_what_is_not_on_the_site_is_noted(content: Path) -> None:
    held = read_held(content)[0]
    assert plan_decision("approve", ["bbbbbb"], held).decided[0].note
    assert not plan_decision("approve", ["bbbbbb", "aaaaaa"], held).decided[0].note


def test_a_stranger_cannot_write_to_the_terminal(write_tree: WriteTree) -> None:
    text = '---\nauthor: "\\e[31mX"\n---\n\x1b]0;title\x07 \u202egnp\x9b\n'
    content = write_tree({"../inbox/knee/a.md": text})
    shown = "".join(render_line(each) + render_whole(each) for each in read_held(content)[0])
    assert not set(shown) & set("\x1b\x07\x9b\u202e")


# Redaction


def test_a_person_is_removed_from_every_file(content: Path) -> None:
    decide(content, "reject", "aaaaaa")
    (content / "comments/knee/mended.md").write_text(
        "---\nauthor: Zoe\nrepaired:\n  - {from: Annx, to: Ann y, rule: emoji-f0}\n---\nHi\n"
    )
    plan = plan_redaction("Ann", read_held(content)[0], text=False)
    assert not isinstance(plan, str)
    assert write_steps(content, plan.steps) == (2, "")
    assert not [path for path, data in everything(content.parent).items() if b"Ann" in data]


def test_with_the_text_a_tombstone_is_left_on_the_site_and_nothing_in_the_inbox(content: Path) -> None:
    for name in ("Robin", "Ann"):
        plan = plan_redaction(name, read_held(content)[0], text=True)
        assert not isinstance(plan, str)
        assert write_steps(content, plan.steps)[1] == ""
    files = everything(content.parent)
    assert files["content/comments/knee/20240101T000000Z-parent.md"] == b"---\nstatus: deleted\n---\n"
    assert "inbox/knee/20240311T000000Z-aaaaaa.md" not in files


def test_texts_that_name_the_person_are_shown_and_left(content: Path) -> None:
    plan = plan_redaction("parent", read_held(content)[0], text=False)
    assert not isinstance(plan, str)
    assert (plan.name, plan.named_in) == ("Robin", ("content/comments/knee/20240102T000000Z-answer.md",))


def test_an_unknown_name_leads_to_the_nearest(content: Path) -> None:
    assert plan_redaction("Robn", read_held(content)[0], text=False) == (
        "no comment is by 'Robn': did you mean 'Robin'?"
    )


# Nothing outside

HOSTILE = st.one_of(
    st.sampled_from(
        ["..", "../..", "../../secret.md", "/etc/passwd", ".undo", "a\0b", "con:", "~", ".", "\\..\\x", "-"]
    ),
    st.text(max_size=20),
)


@given(post=HOSTILE, slug=HOSTILE, word=HOSTILE)
@settings(max_examples=60)
def test_whatever_names_say_nothing_outside_is_touched(post: str, slug: str, word: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        content = home / "blog/content"
        for file in (home / "secret.md", home / "blog/secret.md", content / "secret.md", content / "posts/secret.md"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(WAITING)
        (home / "blog/inbox").mkdir()
        (content / "comments").mkdir()
        before = everything(home)
        for root in ("content/comments", "inbox", "inbox/.undo", ""):
            for path in (f"{root}/{post}/{slug}.md", f"{root}/{post}/{slug}", f"{root}/{word}"):
                write_steps(content, [Step(None, None, path, b"x")])
                write_steps(content, [Step(path, WAITING.encode(), None, None)])
        for action in ACTIONS:
            decide(content, action, word, slug, f"{post}/{slug}")
        after = everything(home)
        new = after.keys() - before.keys()
        assert all(path.startswith(("blog/inbox/", "blog/content/comments/")) for path in new)
        assert {path: after.get(path) for path in before} == before


@pytest.mark.parametrize("linked", ["file", "post", "room"])
def test_nothing_is_read_or_changed_through_a_link(content: Path, tmp_path: Path, linked: str) -> None:
    outside = tmp_path / "outside"
    (outside / "hip").mkdir(parents=True)
    (outside / "hip/x.md").write_text(WAITING)
    inbox = content.parent / "inbox"
    if linked == "room":
        inbox.rename(content.parent / "away")
        inbox.symlink_to(outside)
    elif linked == "post":
        (inbox / "hip").symlink_to(outside / "hip")
    else:
        (inbox / "hip").mkdir()
        (inbox / "hip/x.md").symlink_to(outside / "hip/x.md")
    assert not [each for each in read_held(content)[0] if each.comment.slug == "x"]
    steps = [Step("inbox/hip/x.md", WAITING.encode(), "inbox/hip/x.md", b"changed")]
    assert "behind a link" in write_steps(content, steps)[1]
    assert (outside / "hip/x.md").read_text() == WAITING


def test_large_files_are_named_and_not_read(write_tree: WriteTree) -> None:
    content = write_tree({"../inbox/knee/a.md": b"x" * 1_000_001})
    assert read_held(content) == ((), ("inbox/knee/a.md",))


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"---\n", b"---\nstatus: [\n---\n", b"\0" * 9, b"status: approved\n"]
)
def test_a_broken_file_is_a_sentence(write_tree: WriteTree, data: bytes) -> None:
    content = write_tree({"../inbox/knee/a.md": data})
    refused = decide(content, "approve", "a")
    assert all("mend it by hand" in sentence for sentence in refused)
    assert refused or (content / "comments/knee/a.md").exists()


# The review


def keys(pressed: str) -> Iterator[str]:
    yield from (*pressed,)
    raise EOFError


def review(content: Path, pressed: str) -> Review:
    state = Review(content, in_state("pending", read_held(content)[0]))
    source = keys(pressed)

    def read_key() -> str:
        try:
            return next(source)
        except RuntimeError:
            raise EOFError from None

    run(state, read_key)
    return state


def test_a_review_goes_through_the_queue_and_loses_no_file(content: Path) -> None:
    before = everything(content.parent)
    assert len(review(content, "ar").done) == 2
    assert in_state("pending", read_held(content)[0]) == ()
    assert len(everything(content.parent)) == len(before)


def test_arrows_go_on_and_back_and_decide_nothing(content: Path) -> None:
    state = Review(content, in_state("pending", read_held(content)[0]))
    assert state.press("\x1b[C") == ""
    assert state.at == 1
    state.press("\x1b[A")
    assert (state.at, state.done) == (0, {})


@pytest.mark.parametrize("pressed", ["auq", "sduuq", "kkuq", "aruu", "xyz?q", "dud", "q"])
def test_undo_takes_everything_back_byte_for_byte(content: Path, pressed: str) -> None:
    before = everything(content.parent)
    state = review(content, pressed)
    while state.order:
        state.press("u")
    assert everything(content.parent) == before


# On the command line


@pytest.fixture
def blog(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(content.parent)
    return content


def call(*words: str) -> Result:
    return CliRunner().invoke(rehab, ["comments", *words])


def test_the_queue_lists_what_waits_oldest_first(blog: Path) -> None:
    assert blog.is_dir()
    shown = call("queue").output.splitlines()
    assert shown[0] == "1  knee/20240311T000000Z-aaaaaa  Ann, 2024-03-11: Hi *there*"
    assert shown[-1] == "2 comments waiting"


def test_commands_answer_with_a_sentence_and_a_code(blog: Path) -> None:
    assert call("approve", "aaaaaa").exit_code == 0
    assert (blog / "comments/knee/20240311T000000Z-aaaaaa.md").is_file()
    assert call("approve", "nobody").exit_code == 2
    assert "approved" in call("stats").output
    assert "needs a terminal" in call("review").output
    assert call("show", "parent").output.startswith("content/comments/knee/20240101T000000Z-parent.md (is on the site)")


def test_a_redaction_is_shown_and_not_written_without_consent(blog: Path) -> None:
    before = everything(blog)
    shown = call("redact", "Robin")
    assert "name and address are removed" in shown.output
    assert shown.exit_code == 1
    assert everything(blog) == before
    assert call("redact", "Robin", "--yes").exit_code == 0
    assert everything(blog) != before


@pytest.mark.parametrize("name", [name for name in NAMES if name != "import"])
def test_every_command_says_what_it_does_in_whole_sentences(name: str) -> None:
    shown = call(name, "--help")
    assert shown.exit_code == 0
    listed = next(line for line in call("--help").output.splitlines() if line.startswith(f"  {name} "))
    assert listed.endswith(".")
    assert not listed.endswith("...")


def test_outside_of_a_blog_there_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "there is no folder 'content' here" in call("queue").output
    assert not list(tmp_path.iterdir())
