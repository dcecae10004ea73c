"""No e-mail address and no internet address of anybody who wrote is in the tree or the output, however it came in.

Every sample in `cases/privacy/` has people with `canary` in their addresses: in each field that its system has for
them, in names, in links and in texts. What is imported or sent in is then approved and built, and every byte is
searched.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from conftest import write_settings
from rehab.cli import rehab
from rehab.comments.private import REMOVED, drop_addresses, private_name
from rehab.comments.submission import take_submission
from rehab.comments.submitted import Submission, Taken, ThreadKnown

CASES = Path(__file__).parent / "cases" / "privacy"
SAMPLES = {
    "wordpress": ("wordpress.xml", 4), "disqus": ("disqus.xml", 2), "blogger": ("blogger.xml", 1),
    "commento": ("commento.json", 2), "remark42": ("remark42.json", 2), "isso": ("isso.json", 2),
    "isso database": ("isso.sql", 2), "page": ("page.txt", 2), "staticman": ("staticman", 2),
}  # fmt: skip
"""Each format's sample, and how many comments it has."""
PERSON = "canary.person@private.example"
HASHES = [hashlib.new(name, PERSON.encode(), usedforsecurity=False).hexdigest() for name in ("md5", "sha1", "sha256")]
TRACES = re.compile(
    rf"canary[\w.]*(?:@|%40|&#|&commat|\\@|</b>@)|private\.example|203\.0\.113\.|2001:0?db8|{'|'.join(HASHES)}|CanaryBrowser",
    re.IGNORECASE,
)


def traces_in(folder: Path) -> dict[str, list[str]]:
    """Return what of anybody's addresses stands in the files below a folder, in their names too."""
    found = {}
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = file.relative_to(folder).as_posix()
        text = f"{name}\n{file.read_bytes().decode('utf-8', 'replace')}"
        if traces := TRACES.findall(text):
            found[name] = traces
    return found


def run(*words: str | Path) -> str:
    result = CliRunner().invoke(rehab, ["comments", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


def sample_of(format_: str, folder: Path) -> Path:
    """Return the sample of a format; the database is made from its text."""
    file = CASES / SAMPLES[format_][0]
    if file.suffix != ".sql":
        return file
    made = folder / "comments.db"
    with sqlite3.connect(made) as database:
        database.executescript(file.read_text("utf-8"))
    database.close()
    return made


def write_blog(folder: Path) -> Path:
    """Write a blog of one post, with its settings, and return its folder."""
    (folder / "content" / "posts").mkdir(parents=True)
    (folder / "content" / "posts" / "knee.md").write_text("---\ntitle: Knee\ndate: 2014-01-01\n---\nText\n", "utf-8")
    shutil.copy(write_settings(folder, folder / "content", folder / ".cache"), folder / "publishconf.py")
    return folder


def bring_in(format_: str, blog: Path, scratch: Path) -> str:
    more = ("--post", "knee", "--dates", "mdy") if format_ == "page" else ()
    file = sample_of(format_, scratch)
    return run("import", format_.split(maxsplit=1)[0], file, "--into", blog / "content", "--all", *more)


# Imports


@pytest.mark.parametrize("format_", SAMPLES)
def test_nothing_of_an_address_is_imported_and_every_word_is(format_: str, tmp_path: Path) -> None:
    blog = write_blog(tmp_path / "blog")
    report = bring_in(format_, blog, tmp_path)
    total = SAMPLES[format_][1]
    assert report.startswith(f"{total} comment")
    assert traces_in(blog) == {}
    assert not TRACES.search(report)
    assert "held an address of a person" in report
    written = [
        each.read_text("utf-8") for room in ("content/comments", "inbox") for each in blog.glob(f"{room}/**/*.md")
    ]
    assert sorted(re.findall(r"WORDS-KEPT-\d", " ".join(written))) == [f"WORDS-KEPT-{at}" for at in range(1, total + 1)]
    assert any(REMOVED in each for each in written), "who reads it sees that something was there"
    assert all("author: Robin" in each or "author:" not in each for each in written)


def test_a_name_that_is_an_address_is_nobodys(tmp_path: Path) -> None:
    blog = write_blog(tmp_path / "blog")
    bring_in("wordpress", blog, tmp_path)
    assert not [each for each in blog.rglob("*.md") if "canary" in each.read_text("utf-8")]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import every sample, approve all that waits, and build for writing and for the web."""
    from rehab.adapter.run import build  # noqa: PLC0415 - as in the fixtures that all tests share

    blog = write_blog(tmp_path_factory.mktemp("blog"))
    scratch = tmp_path_factory.mktemp("scratch")
    for format_ in SAMPLES:
        bring_in(format_, blog, scratch)
    waiting = sorted(each.stem for each in (blog / "inbox").rglob("*.md"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(blog)
        run("approve", *waiting)
        for name, settings in (("output", "pelicanconf.py"), ("public", "publishconf.py")):
            assert build(blog / settings, output=blog / name).exit_code == 0
    return blog


def test_nothing_of_an_address_is_in_the_tree_the_caches_or_the_output(everything: Path) -> None:
    assert traces_in(everything) == {}
    for output in ("output", "public"):
        text = (everything / output / "posts" / "knee" / "index.html").read_text("utf-8")
        assert len(re.findall(r"WORDS-KEPT-\d", text)) >= sum(total for _, total in SAMPLES.values())
        assert REMOVED in text


def test_the_search_finds_what_it_is_for(tmp_path: Path) -> None:
    shutil.copytree(CASES, tmp_path / "cases")
    found = traces_in(tmp_path)
    assert len(found) == 12, "each of the samples"
    told = " ".join(word for words in found.values() for word in words)
    assert all(hash_ in told for hash_ in HASHES)
    assert "CanaryBrowser" in told


# What is sent in


def take(message: str, name: str = "", url: str = "", hidden: frozenset[str] = frozenset()) -> Taken:
    given = Submission(
        thread="knee", name=name, url=url, message=message, date=dt.datetime(2026, 1, 2, tzinfo=dt.UTC), hidden=hidden
    )
    taken = take_submission(given, {"knee": ThreadKnown()})
    assert isinstance(taken, Taken)
    return taken


def test_nothing_of_an_address_is_taken_from_a_form() -> None:
    taken = take(f"Write to {PERSON}. I am 203.0.113.77.", PERSON, f"https://site.example/?m={PERSON}")
    assert not TRACES.search(str(taken))
    assert taken.comment.author == ""
    assert taken.comment.url == ""
    assert any("address of a person" in remark for remark in taken.remarks)


@pytest.mark.parametrize(
    "words", [("mail", "reader.eml"), ("pull", "netlify", "form.json"), ("pull", "form", "form.json")]
)
def test_nothing_of_an_address_is_taken_from_a_mail_or_a_form_service(words: tuple[str, ...], tmp_path: Path) -> None:
    blog = write_blog(tmp_path / "blog")
    report = run(*words[:-1], CASES / words[-1], "--into", blog / "content", "--all")
    assert not TRACES.search(report)
    (waiting,) = (blog / "inbox").rglob("*.md")
    text = waiting.read_text("utf-8")
    assert text.count("WORDS-KEPT-1") == 1
    assert REMOVED in text
    assert "author:" not in text or "author: Robin\n" in text
    assert traces_in(blog) == {}


@pytest.mark.parametrize("email", ["", PERSON])
def test_nothing_of_an_address_leaves_the_intake(email: str, tmp_path: Path) -> None:
    """Whoever wants to hear of answers gives an address: it stands in the queue, which is no part of the tree."""
    pytest.importorskip("flask", reason="the intake is optional")
    from intake_desk import Clock, Server, make_desk  # noqa: PLC0415 - it needs the optional packages

    blog = write_blog(tmp_path / "blog")
    clock = Clock()
    server = Server(make_desk(blog / "content", clock), clock)
    sent = server.post(
        "203.0.113.77", name=PERSON, url=f"https://site.example/?m={PERSON}", email=email,
        message=f"WORDS-KEPT-1 {PERSON} 203.0.113.77 2001:db8:ca::7",
    )  # fmt: skip
    assert sent.status_code in {200, 201, 202, 303}
    assert not TRACES.search(sent.text)
    server.log_in()
    assert server.act(1, "approve").status_code == 303
    clock.turn(hours=2)
    (published,) = (blog / "content" / "comments").rglob("*.md")
    assert "WORDS-KEPT-1" in published.read_text("utf-8")
    found = traces_in(blog)
    assert {name for name in found if not name.startswith("inbox/.intake/queue.sqlite")} == set()
    told = {word for words in found.values() for word in words}
    assert told <= ({"canary.person@", "private.example"} if email else set())


def test_no_id_tells_who_guesses_an_address_that_it_was_right() -> None:
    """A hash of what was sent would: whoever has the rest of the comment could try addresses."""
    first, second = (take(f"Write to {name}@private.example", f"{name}@private.example") for name in ("ann", "bob"))
    assert first.comment.slug == second.comment.slug


# What an address is


@pytest.mark.parametrize(
    "text",
    [
        "robin@example.org", "robin.o'neil+knee@mail.example.co.uk", "12345@163.com", "mailto:robin@example.org",
        "<robin@example.org>", "robin%40example.org", "robin&#64;example.org", "robin&#x40;example.org",
        "&#114;&#111;bin&#64;example&#46;org", "robin&commat;example.org", "robin\\@example.org",
        "robin@exa\u00admple.org",
        "robin\u200b@example.org", "<b>robin</b>@example.org", "robin@<i>example.org</i>", '"robin"@example.org',
        "rób@exämple.org", "x@xn--exmple-cua.org", "https://x.example/?q=robin@example.org", "(robin@example.org)",
        "203.0.113.77", "IP:203.0.113.77.", "203.0.113.77:8080", "2001:db8::7:1", "[2001:db8::7:1]",
        "::ffff:203.0.113.77",
        "2001:db8:85a3:0:0:8a2e:370:7334", "https://www.gravatar.com/avatar/0bc83cb571cd1c50ba6f3e8a78ef1346",
    ],
)  # fmt: skip
def test_an_address_is_known_however_it_is_spelt(text: str) -> None:
    for whole in (text, f"I am {text} here"):
        dropped = drop_addresses(whole)
        assert REMOVED in dropped
        assert not re.search(r"example\.org|rob|203\.0|2001|0bc83", dropped.replace("https://x.example/?q=", ""))
        assert drop_addresses(dropped) == dropped


@pytest.mark.parametrize(
    "text",
    [
        "3@12 reps", "3x10@12.5kg", "3 x 10 @ 10 lb", "5@6.30pm", "@handle", "me@home", "hi@", "a@b", "x @ y.com",
        "1.2.3.4.5", "1.2.3.4", "v203.0.113.77", "10.0.0.1 miles", "12.10.8.6", "10.10.10.10 reps", "4.6.14 10.30",
        "256.300.1.2", "203.0.113.77.8", "1:02:33", "12:30", "7:01:7:05:6:58:7:02", "a::b", "std::vector", "::1", "::",
        "https://203.0.113.77/page", "https://m.example/@robin@social.example/1", "5k@race-day", "&amp;@&lt;x.y&gt;",
        "0bc83cb571cd1c50ba6f3e8a78ef1346", "C@3.30 then D@4.10", "3@10.Then rest", "user at example dot org",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_address_stays(text: str) -> None:
    assert drop_addresses(f"I am {text} here") == f"I am {text} here"
    assert drop_addresses(text) == text


def test_what_an_export_gives_of_its_readers_goes_wherever_it_stands() -> None:
    hidden = frozenset({"1.2.3.4", "::1", "robin@localhost", PERSON})
    text = f"1.2.3.4 ::1 robin@localhost https://cdn.example/{HASHES[0]}.png {HASHES[2].upper()} 1.2.3.5"
    assert drop_addresses(text, hidden) == (
        f"{REMOVED} {REMOVED} {REMOVED} https://cdn.example/{REMOVED}.png {REMOVED} 1.2.3.5"
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("robin@example.org", ""), ("Robin <robin@example.org>", "Robin"),
        ("Robin (mailto:robin@example.org)", "Robin"),
        ("Robin robin@example.org", ""), ("203.0.113.77", ""), ("@robin", "@robin"), ("yes", "yes"), ("a@b", "a@b"),
    ],
)  # fmt: skip
def test_a_name_is_never_an_address(typed: str, kept: str) -> None:
    assert private_name(typed) == kept


@given(st.text(st.sampled_from("ab1.@:<>/&#;64%\\\u200b \"'-f"), max_size=60))
def test_whatever_is_dropped_nothing_is_left_to_drop(text: str) -> None:
    dropped = drop_addresses(text)
    assert drop_addresses(dropped) == dropped
    assert REMOVED in dropped or dropped == text


@pytest.mark.parametrize(
    "piece", ["a@", "a.", "@a.", "1.", "a:", "<b>", "a<b>", "&#64;", "-", '"', "x@y.", "0bc83c", "%40"]
)
def test_no_text_takes_long(piece: str) -> None:
    """Each at fifty times the cap of a comment: what is tried again at every letter would not come to an end."""
    whole = piece * (500_000 // len(piece))
    assert drop_addresses(whole + "@") is not None


def test_the_program_that_only_masks_needs_no_library() -> None:
    code = "import sys, rehab.comments.private; sys.exit(bool({'nh3', 'markdown_it', 'pelican'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
