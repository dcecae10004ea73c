"""The intake, as readers and the owner use it: everything but sockets and crashes, which `test_intake_server` has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

pytest.importorskip("flask", reason="the intake is optional")

from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from intake_desk import (
    FEW,
    FILES,
    FIRST,
    FORM,
    PASSWORD,
    SITE,
    URL,
    Clock,
    Server,
    form_token,
    git,
    mail_server,
    make_desk,
    make_repository,
    path_in,
    published,
)
from rehab.cli import rehab
from rehab.comments.numbers import render_numbered
from rehab.comments.spam.evidence import ENOUGH
from rehab.compile import compile_site
from rehab.intake.database import Database, NewerFileError
from rehab.intake.decisions import decide
from rehab.intake.errands import run_once, tidy
from rehab.intake.keys import fits_password, read_password_hash, read_secret
from rehab.intake.notices import CONFIRM, LEAVE, decision_url
from rehab.intake.outbox import send_due
from rehab.intake.schema import MIGRATIONS
from rehab.intake.settings import VARIABLES, Settings, parse_settings
from rehab.intake.visits import network_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import WriteTree


@pytest.fixture
def content(write_tree: WriteTree) -> Path:
    return write_tree(FILES)


@pytest.fixture
def make_server(content: Path) -> Iterator[Callable[..., Server]]:
    made: list[Server] = []

    def make(**said: Any) -> Server:
        clock = Clock()
        made.append(Server(make_desk(content, clock, **said), clock))
        return made[-1]

    yield make
    for server in made:
        server.desk.database.close()


@pytest.fixture
def server(make_server: Callable[..., Server]) -> Server:
    return make_server()


def everything(content: Path) -> dict[str, bytes]:
    """Return every file of a blog's folder but those of the intake itself."""
    files = (file for file in sorted(content.parent.rglob("*")) if file.is_file())
    return {str(file): file.read_bytes() for file in files if ".intake" not in file.parts and ".git" not in file.parts}


# What readers send


def test_a_comment_waits_and_the_reader_is_told_so(server: Server, content: Path) -> None:
    answer = server.post()
    assert (answer.status_code, answer.location) == (303, "/thanks?thread=knee")
    assert "waits" in server.browser.get(answer.location).text
    assert server.states() == ["pending"]
    assert published(content) == []


def test_the_same_message_within_the_hour_is_one(server: Server) -> None:
    assert [server.post().status_code, server.post(name=" Ann ").status_code] == [303, 303]
    server.clock.turn(minutes=59)
    server.post()
    assert server.states() == ["pending"]
    server.clock.turn(minutes=2)
    server.post()
    assert server.states() == ["pending", "pending"]


def test_what_fills_the_trap_is_thanked_and_kept_as_spam(server: Server) -> None:
    assert server.post(website2="https://spam.example").location == "/thanks?thread=knee"
    assert server.states() == ["spam"]


THREADS = """
nowhere draft later ../knee /etc/passwd knee/../../x knee%2e%2e ..\\knee knee/ exercises/../knee exercises injuries/knee
comments/knee . .. %2e%2e/knee C:\\knee //knee KNEE
""".split()


@pytest.mark.parametrize("thread", [*THREADS, ""])
def test_a_thread_that_is_no_page_of_the_site_is_refused(server: Server, content: Path, thread: str) -> None:
    before = everything(content)
    answer = server.post(thread=thread)
    assert answer.status_code == 404
    assert "There is no such thread" in answer.text
    assert server.states() == []
    assert everything(content) == before


@pytest.mark.parametrize("thread", ["knee", "exercises/bridge", "injuries/glute-pain"])
def test_posts_exercises_and_injuries_take_comments(server: Server, content: Path, thread: str) -> None:
    assert server.post(thread=thread).status_code == 303
    server.log_in()
    server.act(1, "approve")
    assert [path.rpartition("/")[0] for path in published(content)] == [f"comments/{thread}"]


@pytest.mark.parametrize(("thread", "words"), [("quiet", "closed"), ("silent", "takes no comments")])
def test_a_page_without_an_open_thread_takes_nothing(server: Server, thread: str, words: str) -> None:
    answer = server.post(thread=thread)
    assert answer.status_code == 422
    assert words in answer.text
    assert server.states() == []


@pytest.mark.parametrize("field", ["thread", "numbered", "number", "name", "url", "email", "website2"])
@pytest.mark.parametrize("letter", ["\r\nBcc: everybody@evil.example", "\n", "\r", "\0", "\x7f"])
def test_a_line_break_in_a_field_of_one_line_is_refused(server: Server, field: str, letter: str) -> None:
    answer = server.post(**{field: f"knee{letter}"})
    assert answer.status_code == 400
    assert server.states() == []


WRONG = {
    "no words": ({"message": " \n "}, 422, "message"),
    "too long": ({"message": "a" * 10_001}, 422, "message"),
    "nul": ({"message": "a\0b"}, 400, "message"),
    "name too long": ({"name": "a" * 81}, 422, "name"),
    "address that is none": ({"url": "javascript:alert(1)"}, 422, "url"),
    "e-mail that is none": ({"email": "me"}, 422, "email"),
    "e-mail to two": ({"email": "me@blog.example,you@blog.example"}, 422, "email"),
}


@pytest.mark.parametrize(("fields", "status", "wrong"), WRONG.values(), ids=WRONG)
def test_what_is_refused_comes_back_with_its_words_and_a_link_to_the_field(
    make_server: Callable[..., Server], fields: dict[str, str], status: int, wrong: str
) -> None:
    with mail_server() as (mail, _):
        server = make_server(mail=mail)
        answer = server.post(**{"message": "My words <b>&", "number": "3", "numbered": "1:abcd", **fields})
        assert answer.status_code == status
        assert f'href="#{wrong}"' in answer.text
        assert re.search(rf'id="{wrong}"[^>]*aria-invalid="true"', answer.text)
        assert 'value="1:abcd"' in answer.text
        if "message" not in fields:
            assert "My words &lt;b&gt;&amp;</textarea>" in answer.text
        assert server.states() == []


def test_what_is_no_form_of_ours_is_refused(server: Server) -> None:
    post = server.browser.post
    refused = {
        "json": post("/comment", json={"thread": "knee", "message": "x"}).status_code,
        "text": post("/comment", data="thread=knee&message=x", content_type="text/plain").status_code,
        "twice": post(
            "/comment", data="thread=knee&message=x&message=y", content_type=FORM["Content-Type"]
        ).status_code,
        "many": post("/comment", data={f"f{at}": "x" for at in range(21)}).status_code,
        "file": post("/comment", data={"thread": "knee", "message": (ROOT / "LICENSE").open("rb")}).status_code,
        "large": post("/comment", data={"message": "x" * 70_000}).status_code,
        "large parts": post("/comment", data={"message": "x" * 70_000}, content_type="multipart/form-data").status_code,
        "get": server.browser.get("/comment").status_code,
    }
    assert refused == {
        "json": 415, "text": 415, "twice": 400, "many": 400, "file": 400, "large": 413, "large parts": 413, "get": 405,
    }  # fmt: skip
    assert server.states() == []


def test_a_small_multipart_form_is_taken(server: Server) -> None:
    fields = {"thread": "knee", "message": "x"}
    assert server.browser.post("/comment", data=fields, content_type="multipart/form-data").status_code == 303


ORIGINS = [("https://blog.example", 303), (URL, 303), ("null", 303), (None, 303), ("https://evil.example", 403)]


@pytest.mark.parametrize(("origin", "status"), ORIGINS)
def test_forms_of_other_sites_are_refused(server: Server, origin: str | None, status: int) -> None:
    headers = {"Origin": origin} if origin else {}
    answer = server.browser.post("/comment", data={"thread": "knee", "message": "x"}, headers=headers)
    assert answer.status_code == status


def test_a_request_for_another_host_is_refused(server: Server) -> None:
    assert server.browser.get("/queue", headers={"Host": "evil.example"}).status_code == 400


def test_who_sends_too_many_is_told_to_wait_and_others_are_not(make_server: Callable[..., Server]) -> None:
    server = make_server(limits=FEW)
    answers = [server.post(message=f"words {at}").status_code for at in range(4)]
    assert answers == [303, 303, 303, 429]
    refused = server.post(message="words 9")
    assert "words 9</textarea>" in refused.text
    assert refused.headers["Retry-After"] == "600"
    assert server.post("192.0.2.2", message="mine").status_code == 303
    server.clock.turn(minutes=10)
    assert server.post(message="later").status_code == 303


def test_neighbours_in_one_ipv6_network_are_counted_as_one() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::2") != network_of("2001:db8:0:1::1")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1")


def test_no_address_is_in_the_file_and_the_salt_of_yesterday_is_gone(server: Server) -> None:
    addresses = ["192.0.2.77", "2001:db8::77"]
    for address in addresses:
        server.post(address, message=f"from {len(address)}")
    salt = bytes(server.desk.database.rows("SELECT salt FROM salt")[0]["salt"])
    files = sorted(server.desk.settings.database.parent.iterdir())
    assert [file.name for file in files if file.name.endswith("-wal")]
    found = b"".join(file.read_bytes() for file in files)
    assert not any(address.encode() in found for address in addresses)
    assert salt in found
    server.clock.turn(days=1)
    tidy(server.desk)
    server.desk.database.forget()
    assert server.desk.database.rows("SELECT * FROM visit UNION ALL SELECT day, '', salt, 0, 0 FROM salt") == []
    assert salt not in b"".join(file.read_bytes() for file in files if file.exists())


def test_a_full_queue_says_so(make_server: Callable[..., Server]) -> None:
    server = make_server(limits=replace(FEW, waiting=1))
    assert [server.post(message="a").status_code, server.post(message="b").status_code] == [303, 503]


def test_a_database_that_fails_loses_no_word(server: Server) -> None:
    with server.desk.database.writing() as connection:
        connection.execute("ALTER TABLE submission RENAME TO gone")
    answer = server.post(message="Words I would miss")
    assert answer.status_code == 503
    assert "Words I would miss</textarea>" in answer.text
    assert server.browser.get("/login").status_code == 200


def test_readers_get_no_cookie(server: Server) -> None:
    pages = [f"/reply?thread=knee&to={FIRST}", "/thanks?thread=knee", "/health", "/nothing"]
    answers = [server.post(), server.post(message=""), *map(server.browser.get, pages)]
    assert [answer.headers.get("Set-Cookie") for answer in answers] == [None] * len(answers)


LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(["", "1", "../knee", "\r\n"])
NAMES = ["thread", "numbered", "number", "name", "url", "message", "email", "website2", "other"]


@settings(max_examples=80, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.dictionaries(st.sampled_from(NAMES), LETTERS), known=st.booleans())
def test_whatever_is_sent_is_kept_whole_or_refused_and_writes_no_file(
    content: Path, make_server: Callable[..., Server], fields: dict[str, str], *, known: bool
) -> None:
    server = make_server(limits=replace(FEW, comments=10_000))
    before, count = everything(content), len(server.states())
    sent = {**fields, **({"thread": "knee"} if known else {})}
    answer = server.browser.post("/comment", data=sent, headers=FORM)
    assert answer.status_code in {303, 400, 404, 422}
    assert len(server.states()) - count <= (answer.status_code == 303)
    assert everything(content) == before
    server.desk.database.close()


# Answers


def test_the_number_of_a_comment_on_the_page_leads_to_its_id(server: Server, content: Path) -> None:
    server.post(number="#4", numbered=render_numbered(3, ["20230101T000000Z-other", FIRST]))
    server.log_in()
    server.act(1, "approve")
    assert f'reply_to: "{FIRST}"\n' in content.joinpath(published(content)[0]).read_text("utf-8")


def test_the_page_to_answer_on_shows_the_comment_and_leads_to_its_id(server: Server, content: Path) -> None:
    html = server.browser.get("/reply", query_string={"thread": "knee", "to": FIRST}).text
    assert "Reply to <bdi>Robin</bdi>" in html
    assert "<em>words</em>" in html
    assert "<b>" not in html
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
    assert server.post(**hidden).status_code == 303
    server.log_in()
    server.act(1, "approve")
    assert f'reply_to: "{FIRST}"\n' in content.joinpath(published(content)[0]).read_text("utf-8")


def test_a_refused_answer_still_says_whom_it_answers(server: Server) -> None:
    html = server.post(number="1", numbered=render_numbered(1, [FIRST]), message=" ").text
    assert "In reply to <bdi>Robin</bdi>" in html
    assert 'type="hidden" name="number" value="1"' in html


def test_an_answer_to_what_was_removed_meanwhile_stands_alone(server: Server, content: Path) -> None:
    server.post(number="1", numbered=render_numbered(1, [FIRST]))
    content.joinpath(f"comments/knee/{FIRST}.md").unlink()
    server.log_in()
    server.act(1, "approve")
    assert "reply_to" not in content.joinpath(published(content)[0]).read_text("utf-8")
    assert [each.code for each in compile_site(content)[1] if "comments" in each.place.path] == []


UNKNOWN = [
    ("knee", "nobody"), ("knee", "20240102T000000Z-hidden"), ("nowhere", FIRST), ("silent", FIRST), ("knee", ""),
    ("knee", f"../knee/{FIRST}"), ("../comments/knee", FIRST), ("knee", f"{FIRST}\0"), ("knee", f"..%2fknee%2f{FIRST}"),
    ("knee", f"{FIRST}.md"), ("knee", f"..\\knee\\{FIRST}"), ("", ""), ("knee", "a" * 5000),
]  # fmt: skip


@pytest.mark.parametrize(("thread", "to"), UNKNOWN)
def test_there_is_no_page_to_answer_what_is_not_shown(server: Server, thread: str, to: str) -> None:
    answer = server.browser.get("/reply", query_string={"thread": thread, "to": to})
    assert answer.status_code == 404
    assert "Hidden" not in answer.text


def test_a_changed_folder_is_seen_at_once(server: Server, content: Path) -> None:
    assert server.post(thread="new").status_code == 404
    content.joinpath("posts/new.md").write_text("---\ntitle: New\ndate: 2024-01-01\n---\n", "utf-8")
    assert server.post(thread="new").status_code == 303
    content.joinpath("posts/knee.md").unlink()
    assert server.post(thread="knee").status_code == 404


# What the owner decides


def test_an_approved_comment_is_a_file_that_the_build_takes(server: Server, content: Path) -> None:
    server.post(message="Line one\r\n---\r\nstatus: approved\r\n")
    server.log_in()
    server.act(1, "approve")
    site, problems = compile_site(content)
    assert [each.code for each in problems if each.severity == "error" and "comments" in each.place.path] == []
    assert site.threads["knee"].shown == 2
    assert server.states() == ["approved"]


def test_an_approval_is_one_commit_of_one_file_with_a_fixed_message(
    make_server: Callable[..., Server], content: Path
) -> None:
    make_repository(content)
    content.joinpath("posts/knee.md").write_text("---\ntitle: Changed\ndate: 2024-01-01\n---\n", "utf-8")
    content.joinpath("posts/staged.md").write_text("---\ntitle: Staged\ndate: 2024-01-01\n---\n", "utf-8")
    git(content, "add", "content/posts/staged.md")
    hook = content.parent / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    server = make_server()
    server.post(name="$(touch x) --amend", message="-m evil")
    server.log_in()
    server.act(1, "approve")
    assert server.states() == ["approved"]
    assert (
        git(content, "log", "--format=%an|%ae|%s|%b", "-1")
        == "Comeback intake|intake@localhost|Publish a reader's comment|"
    )
    assert git(content, "show", "--name-only", "--format=").splitlines() == [f"content/{published(content)[0]}"]
    assert git(content, "diff", "--cached", "--name-only") == "content/posts/staged.md"
    assert git(content, "diff", "--name-only") == "content/posts/knee.md"


def test_variables_of_the_environment_lead_git_nowhere_else(
    make_server: Callable[..., Server], content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_repository(content)
    server = make_server()
    server.post()
    server.log_in()
    with monkeypatch.context() as changed:
        changed.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
        changed.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
        changed.setenv("GIT_AUTHOR_NAME", "Somebody")
        server.act(1, "approve")
    assert git(content, "log", "--format=%an", "-1") == "Comeback intake"


def test_a_busy_repository_is_said_and_tried_again(make_server: Callable[..., Server], content: Path) -> None:
    make_repository(content)
    lock = content.parent / ".git/index.lock"
    lock.touch()
    server = make_server()
    server.post()
    server.log_in()
    server.act(1, "approve")
    assert server.states() == ["written"]
    assert "another git is at work" in server.browser.get("/queue?show=stopped").text
    lock.unlink()
    run_once(server.desk)
    assert server.states() == ["approved"]
    assert git(content, "status", "--porcelain") == ""


def test_a_commit_that_was_made_before_a_crash_is_not_made_again(
    make_server: Callable[..., Server], content: Path
) -> None:
    make_repository(content)
    server = make_server()
    server.post()
    server.log_in()
    server.act(1, "approve")
    with server.desk.database.writing() as connection:
        connection.execute("UPDATE submission SET state = 'written'")
    run_once(server.desk)
    assert server.states() == ["approved"]
    assert len(git(content, "log", "--format=%s").splitlines()) == 2


def test_a_file_that_cannot_be_placed_is_said_and_placed_later(server: Server, content: Path) -> None:
    server.post(thread="exercises/bridge")
    content.joinpath("comments/exercises").write_text("in the way", "utf-8")
    server.log_in()
    server.act(1, "approve")
    assert server.states() == ["approving"]
    content.joinpath("comments/exercises").unlink()
    run_once(server.desk)
    assert server.states() == ["approved"]
    assert len(published(content)) == 1


def test_nothing_is_written_over_a_file_that_is_there(server: Server, content: Path) -> None:
    server.post()
    id_ = server.desk.database.rows("SELECT id FROM submission")[0]["id"]
    there = content / "comments/knee" / f"{id_}.md"
    there.write_text("mine", "utf-8")
    server.log_in()
    server.act(1, "approve")
    assert there.read_text("utf-8") == "mine"
    assert "is there already" in server.browser.get("/queue?show=stopped").text


def test_trying_again_decides_nothing_new(server: Server) -> None:
    server.post()
    server.log_in()
    server.act(1, "reject")
    server.act(1, "retry")
    assert server.states() == ["rejected"]
    assert "Nothing was changed" in server.browser.get("/queue").text


def test_the_words_leave_the_database_when_they_are_published(server: Server) -> None:
    server.post(message="Words that moved on")
    server.log_in()
    server.act(1, "approve")
    server.desk.database.forget()
    assert b"Words that moved on" not in server.desk.settings.database.read_bytes()


def test_what_is_rejected_can_be_put_back_for_thirty_days(server: Server) -> None:
    server.post()
    server.log_in()
    server.act(1, "reject")
    assert server.states() == ["rejected"]
    server.act(1, "restore")
    assert server.states() == ["pending"]
    server.act(1, "spam")
    server.act(1, "reject")
    server.clock.turn(days=31)
    tidy(server.desk)
    assert server.desk.database.rows("SELECT text FROM submission")[0]["text"] == ""


def test_what_waits_can_be_moved_to_the_inbox_of_the_blog(server: Server, content: Path) -> None:
    server.post(message="Keep me")
    server.post(message="Buy me", website2="x")
    server.desk.database.close()
    words = ["intake", "--content", str(content), "--db", str(server.desk.settings.database), "pull"]
    result = CliRunner().invoke(rehab, words)
    assert (result.exit_code, result.output.splitlines()[0][:30]) == (0, "2 comments moved to inbox/: 'r")
    files = sorted(content.parent.joinpath("inbox/knee").glob("*.md"))
    texts = "".join(file.read_text("utf-8") for file in files)
    assert sorted(re.findall(r"status: (\w+)", texts)) == ["pending", "spam"]
    assert CliRunner().invoke(rehab, words).output.startswith("0 comments")


# Signed links


def link(server: Server, action: str, number: int = 1) -> str:
    row = server.desk.database.rows("SELECT id FROM submission WHERE number = ?", (number,))[0]
    return decision_url(server.desk, number, row["id"], action).removeprefix(URL)


def test_opening_a_link_changes_nothing_and_its_button_decides_once(server: Server, content: Path) -> None:
    server.post()
    approve, reject = link(server, "approve"), link(server, "reject")
    shown = server.browser.get(approve)
    assert (shown.status_code, server.states()) == (200, ["pending"])
    assert "<em>there</em>" in shown.text
    assert server.browser.post(approve).status_code == 200
    assert server.states() == ["approved"]
    for replayed in (approve, reject):
        for ask in (server.browser.get, server.browser.post):
            answer = ask(replayed)
            assert answer.status_code == 409
            assert "Nothing was changed: this comment is approved" in answer.text
    assert len(published(content)) == 1


def test_a_link_that_is_old_forged_or_of_another_purpose_changes_nothing(server: Server) -> None:
    server.post()
    approve = link(server, "approve")
    token = approve.removeprefix("/decide/")
    said = {"number": 1, "id": "other", "action": "approve"}
    answers = {
        "forged": server.browser.post(f"{approve}x").status_code,
        "cut": server.browser.post(approve[:-4]).status_code,
        "of another purpose": server.browser.post(f"/unsubscribe/{token}").status_code,
        "of another comment": server.browser.post(f"/decide/{server.desk.tokens.render('decide', said)}").status_code,
        "unknown": server.browser.post(
            f"/decide/{server.desk.tokens.render('decide', {**said, 'number': 9})}"
        ).status_code,
    }
    server.clock.turn(days=31)
    answers["old"] = server.browser.post(approve).status_code
    assert answers == {
        "forged": 404, "cut": 404, "of another purpose": 404, "of another comment": 410, "unknown": 410, "old": 410,
    }  # fmt: skip
    assert server.states() == ["pending"]


# The queue


def test_the_queue_is_for_who_knows_the_password(server: Server) -> None:
    server.post(message="secret words")
    assert server.browser.get("/queue").location == "/login"
    assert server.browser.post("/queue", data={"number": "1", "action": "approve"}).location == "/login"
    token = form_token(server.browser.get("/login").text)
    assert server.browser.post("/login", data={"token": token, "password": "wrong"}).status_code == 403
    server.log_in()
    assert "secret words" in server.browser.get("/queue").text
    assert server.states() == ["pending"]


def test_what_is_least_like_spam_comes_first(server: Server, content: Path) -> None:
    spam = "Buy cheap replica watches online with free shipping"
    for at in range(ENOUGH):
        file = content / f"comments/knee/2025010{at % 9 + 1}T0000{at:02}Z-good{at:02}.md"
        file.write_text(f"---\nauthor: Robin\ndate: 2025-01-01\n---\nMy hamstring hurts on hills, day {at}\n", "utf-8")
        server.post(f"198.51.100.{at}", message=f"{spam} {at}", name="Watches")
        decide(server.desk, at + 1, "spam")
    server.log_in()
    server.post(message=f"{spam} again", name="Watches")
    server.post(message="Does your hamstring hurt on hills too?", name="Robin")
    server.browser.get("/queue")
    run_once(server.desk)
    html = server.browser.get("/queue").text
    assert html.index("on hills too") < html.index("again")
    assert re.findall(r"chance of spam \d+ %", html)


def test_logging_out_ends_a_session_that_somebody_kept(server: Server) -> None:
    server.log_in()
    kept = server.browser.get_cookie("rehab")
    token = form_token(server.browser.get("/queue").text)
    assert server.browser.post("/logout", data={"token": token}).location == "/login"
    assert kept
    server.browser.set_cookie("rehab", kept.value)
    assert server.browser.get("/queue").location == "/login"


def test_a_session_ends_after_twelve_hours(server: Server) -> None:
    server.log_in()
    server.clock.turn(hours=13)
    assert server.browser.get("/queue").location == "/login"


def test_a_form_of_another_site_or_browser_decides_nothing(server: Server) -> None:
    server.post()
    server.log_in()
    token = form_token(server.browser.get("/queue").text)
    fields = {"number": "1", "action": "approve"}
    refused = [
        server.browser.post("/queue", data=fields),
        server.browser.post("/queue", data={**fields, "token": "x"}),
        server.browser.post("/queue", data={**fields, "token": token}, headers={"Origin": "https://evil.example"}),
        server.browser.post("/queue", data={**fields, "token": token}, headers={"Origin": "null"}),
    ]
    assert [answer.status_code for answer in refused] == [400, 400, 400, 400]
    assert server.states() == ["pending"]


def test_passwords_cannot_be_tried_for_long(server: Server) -> None:
    token = form_token(server.browser.get("/login").text)
    tried = [server.browser.post("/login", data={"token": token, "password": "x"}).status_code for _ in range(6)]
    assert tried == [403] * 5 + [429]
    assert server.browser.post("/login", data={"token": token, "password": PASSWORD}).status_code == 429
    server.clock.turn(minutes=10)
    server.log_in()


@pytest.mark.parametrize(
    ("url", "name", "secure"), [(URL, "rehab", False), ("https://c.example", "__Host-rehab", True)]
)
def test_the_cookie_is_for_this_server_alone(
    make_server: Callable[..., Server], url: str, name: str, *, secure: bool
) -> None:
    cookie = make_server(url=url).browser.get("/login").headers["Set-Cookie"]
    assert cookie.startswith(f"{name}=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert ("Secure" in cookie.split("; ")) == secure


def test_every_answer_carries_strict_headers(server: Server) -> None:
    server.post()
    for path in ("/login", "/thanks", "/nothing", "/health", link(server, "approve"), "/queue"):
        headers = server.browser.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "form-action 'self'; frame-ancestors 'none'" in policy


def test_what_readers_write_is_text_on_every_page_of_ours(server: Server) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}"
    server.post(name=attack[:80], message=attack)
    server.log_in()
    shown = server.browser.get("/queue").text, server.browser.get(link(server, "approve")).text
    refused = server.post(name=attack[:80], message=attack, url=attack, number=attack, numbered=attack).text
    for html in (*shown, refused):
        assert "<script" not in html
        assert "<img" not in html
        assert "49" not in html


# Mails


def test_the_owner_gets_a_mail_with_links_that_decide(make_server: Callable[..., Server], content: Path) -> None:
    with mail_server() as (mail, mails):
        server = make_server(mail=mail, owner="owner@blog.example")
        server.post(message="Hi\n\n.\nBcc: everybody@evil.example")
        assert (send_due(server.desk), send_due(server.desk)) == (1, 0)
    ((to, found),) = mails
    assert "owner@blog.example" in to
    assert found["Subject"] == "A comment waits: knee"
    assert found["Bcc"] is None
    text = found.get_content()
    assert "> .\n> Bcc" in text.replace("\r\n", "\n")
    assert server.browser.post(path_in(text, "/decide/")).status_code == 200
    assert server.states() == ["approved"]
    assert len(published(content)) == 1


def test_a_mail_server_that_is_down_loses_no_mail(make_server: Callable[..., Server]) -> None:
    with mail_server() as (mail, mails):
        server = make_server(mail=replace(mail, port=1), owner="owner@blog.example")
        server.post()
        assert send_due(server.desk) == 0
        server.log_in()
        assert "1 mail not sent yet" in server.browser.get("/queue").text
        server.clock.turn(minutes=2)
        up = replace(server.desk, settings=replace(server.desk.settings, mail=mail))
        assert (send_due(up), len(mails)) == (1, 1)


def test_no_mail_goes_out_in_the_clear_where_it_must_not(make_server: Callable[..., Server]) -> None:
    with mail_server() as (mail, mails):
        server = make_server(mail=replace(mail, security="starttls"), owner="owner@blog.example")
        server.post()
        assert (send_due(server.desk), mails) == (0, [])
        assert server.desk.database.rows("SELECT tries FROM outbox")[0]["tries"] == 1


def subscribed(server: Server) -> str:
    """Let Ann ask for answers, approve her comment, and return her comment's id."""
    server.post(email="ann@home.example")
    server.log_in()
    server.act(1, "approve")
    return str(server.desk.database.rows("SELECT id FROM submission WHERE number = 1")[0]["id"])


def answer_to(server: Server, id_: str, message: str) -> int:
    server.clock.turn(minutes=1)
    server.post(message=message, number="1", numbered=render_numbered(1, [id_]))
    number = int(server.desk.database.rows("SELECT max(number) AS last FROM submission")[0]["last"])
    server.act(number, "approve")
    return number


def test_a_reader_hears_of_answers_after_confirming_and_until_leaving(make_server: Callable[..., Server]) -> None:
    with mail_server() as (mail, mails):
        server = make_server(mail=mail)
        server.post(email="ann@home.example")
        run_once(server.desk)
        assert mails == []  # nobody can have mails sent to a stranger without the owner's doing
        server.log_in()
        server.act(1, "approve")
        id_ = str(server.desk.database.rows("SELECT id FROM submission")[0]["id"])
        run_once(server.desk)
        ((to, asked),) = mails
        assert "ann@home.example" in to
        answer_to(server, id_, "too early")
        run_once(server.desk)
        assert len(mails) == 1
        confirm = path_in(asked.get_content(), "/confirm/")
        server.browser.get(confirm)
        assert server.desk.database.rows("SELECT state FROM reader")[0]["state"] == "sent"
        server.browser.post(confirm)
        answer_to(server, id_, "an answer")
        run_once(server.desk)
        told = mails[1][1]
        assert f"{SITE}/posts/knee/#comment-" in told.get_content()
        assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        leave = path_in(told["List-Unsubscribe"].strip("<>"), "/unsubscribe/")
        server.browser.get(leave)
        assert len(server.desk.database.rows("SELECT * FROM reader")) == 1
        assert server.browser.post(leave, data={"List-Unsubscribe": "One-Click"}).status_code == 200
        assert b"ann@home" not in b"".join(
            file.read_bytes() for file in server.desk.settings.database.parent.iterdir() if file.is_file()
        )
        answer_to(server, id_, "another answer")
        run_once(server.desk)
        assert len(mails) == 2
        assert "deleted" in server.browser.get(leave).text


def test_an_address_is_in_no_file_of_the_blog(make_server: Callable[..., Server], content: Path) -> None:
    with mail_server() as (mail, _):
        server = make_server(mail=mail)
        subscribed(server)
        assert not any(b"home.example" in data for data in everything(content).values())


@pytest.mark.parametrize("action", ["reject", "spam"])
def test_the_address_goes_with_a_comment_that_is_turned_down(make_server: Callable[..., Server], action: str) -> None:
    with mail_server() as (mail, _):
        server = make_server(mail=mail)
        server.post(email="ann@home.example")
        server.log_in()
        server.act(1, action)
        assert server.desk.database.rows("SELECT * FROM reader") == []


def test_an_address_that_nobody_confirms_is_deleted_with_its_mails(make_server: Callable[..., Server]) -> None:
    with mail_server() as (mail, _):
        server = make_server(mail=replace(mail, port=1))
        subscribed(server)
        server.clock.turn(days=15)
        tidy(server.desk)
        assert server.desk.database.rows("SELECT number FROM reader UNION ALL SELECT number FROM outbox") == []


def test_without_a_mail_server_no_address_is_kept(server: Server) -> None:
    server.post(email="ann@home.example")
    assert server.desk.database.rows("SELECT * FROM reader") == []
    assert 'name="email"' not in server.browser.get(f"/reply?thread=knee&to={FIRST}").text


def test_a_link_of_a_reader_who_is_gone_says_so(server: Server) -> None:
    confirm, leave = (server.desk.tokens.render(purpose, {"reader": 7}) for purpose in (CONFIRM, LEAVE))
    assert server.browser.post(f"/confirm/{confirm}").status_code == 410
    assert "deleted" in server.browser.post(f"/unsubscribe/{leave}").text
    server.clock.turn(days=15)
    assert server.browser.get(f"/confirm/{confirm}").status_code == 410


# Health, settings, secrets


def test_health_says_whether_the_database_answers_and_nothing_else(server: Server) -> None:
    assert (server.browser.get("/health").status_code, server.browser.get("/health").text) == (200, "ok\n")
    with server.desk.database.writing() as connection:
        connection.execute("ALTER TABLE submission RENAME TO gone")
    answer = server.browser.get("/health")
    assert (answer.status_code, answer.text) == (503, "no database\n")


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "queue.sqlite"
    first = Database(file)
    with first.writing() as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    first.close()
    with pytest.raises(NewerFileError):
        Database(file)


def test_the_secret_is_made_once_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    secret = read_secret({}, tmp_path)
    assert read_secret({}, tmp_path) == secret
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert read_secret({"REHAB_INTAKE_SECRET": "x" * 40}, tmp_path) == "x" * 40
    with pytest.raises(ValueError, match="shorter"):
        read_secret({"REHAB_INTAKE_SECRET": "short"}, tmp_path)


def test_the_password_is_kept_as_a_hash(content: Path) -> None:
    words = ["intake", "--content", str(content), "password"]
    short = CliRunner().invoke(rehab, words, input="short\nshort\n")
    assert short.exit_code == 2
    result = CliRunner().invoke(rehab, words, input=f"{PASSWORD}\n{PASSWORD}\n")
    folder = content.parent / "inbox/.intake"
    assert result.exit_code == 0, result.output
    assert (folder / "password").stat().st_mode & 0o777 == 0o600
    hashed = read_password_hash({}, folder)
    assert hashed.startswith("scrypt:")
    assert fits_password(hashed, PASSWORD)
    assert not fits_password(hashed, "other")
    assert not fits_password("", "")
    assert PASSWORD not in result.output + hashed


def test_git_ignores_the_folder_of_the_intake_whatever_the_blog_says(content: Path) -> None:
    git(content, "init", "--quiet")
    CliRunner().invoke(rehab, ["intake", "--content", str(content), "password"], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert "inbox" not in git(content, "status", "--porcelain", "--untracked-files=all")


FAULTS = {
    "REHAB_INTAKE_URL": ["comments.example", "http://comments.example", "ftp://x.example"],
    "REHAB_INTAKE_SITE": ["blog.example"],
    "REHAB_INTAKE_OWNER": ["me", "a@b.example\r\nBcc: c@d.example"],
    "REHAB_INTAKE_MAIL_FROM": ["me"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in FAULTS.items() for value in values])
def test_a_setting_that_is_wrong_is_named(tmp_path: Path, name: str, value: str) -> None:
    fault = parse_settings({name: value}, tmp_path, tmp_path / "x", {})
    assert isinstance(fault, str)
    assert fault.startswith(name)


def test_settings_of_mail_that_are_wrong_are_named(tmp_path: Path) -> None:
    mail = {"REHAB_INTAKE_MAIL_HOST": "mail.example", "REHAB_INTAKE_MAIL_FROM": "a@b.example"}
    for name, value in {"MAIL_PORT": "x", "MAIL_SECURITY": "yes", "MAIL_FROM": ""}.items():
        fault = parse_settings({**mail, f"REHAB_INTAKE_{name}": value}, tmp_path, tmp_path / "x", {})
        assert isinstance(fault, str)
        assert name in fault
    found = parse_settings(mail, tmp_path, tmp_path / "x", {})
    assert isinstance(found, Settings)
    assert found.mail
    assert (found.mail.port, found.mail.security) == (587, "starttls")


def test_every_variable_is_in_the_docs() -> None:
    page = (ROOT / "docs/how-to/run-the-intake.md").read_text("utf-8")
    assert set(re.findall(r"REHAB_INTAKE_[A-Z_]+", page)) == set(VARIABLES)
    assert all(f"`{name}`" in page for name in VARIABLES)
