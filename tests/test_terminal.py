"""What strangers wrote, on a terminal: escape sequences, direction and title tricks are shown and never obeyed."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from rehab.cli import rehab
from rehab.cli.comments.import_ import FORMATS
from rehab.cli.comments.review import Review, run
from rehab.comments.inbox import read_held
from rehab.comments.moderation import in_state

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import WriteTree

TRICKS = {
    "colour": "\x1b[31mred\x1b[0m",
    "clears the screen": "\x1b[2J\x1b[H",
    "title": "\x1b]0;not yours\x07",
    "clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "link": "\x1b]8;;https://evil.example/\x1b\\here\x1b]8;;\x1b\\",
    "eight bits": "\x9b31mred\x9d0;x\x9c",
    "device": "\x1bP+q544e\x1b\\ \x1b[c \x1b[6n",
    "overwrites": "approved\rspam \x08\x08\x08\x7f",
    "direction": "\u202egnp.exe\u202c \u2066x\u2069 \u200f",
    "lines": "a\x0bb\x0cc\x85d\u2028e\u2029f",
    "nothing": "\x00\x01\x0e\x0f\u200b\ufeff",
}
TRICK = " ".join(TRICKS.values())
YAML = "".join(letter if letter.isascii() and letter.isprintable() else f"\\U{ord(letter):08x}" for letter in TRICK)


def assert_shown(output: str) -> None:
    """Find no character that a terminal would obey but the end of a line."""
    obeyed = {letter for letter in output if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} - {"\n"}
    assert obeyed == set()


def comment(status: str, **fields: str) -> str:
    lines = "".join(f'{name}: "{value}"\n' for name, value in {"author": YAML, "url": YAML, **fields}.items())
    return f"---\n{lines}status: {status}\n---\n{TRICK}\n"


@pytest.fixture
def blog(write_tree: WriteTree, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a blog whose readers play tricks in names, addresses, texts, and with the names of files and folders."""
    names = ("20240101T000000Z-aaaaaa", "\x1b]0;x\x07", "\u202egnp", "\x1b[31m--", "a\nb")
    files: dict[str, str | bytes] = {"posts/knee.md": "---\ntitle: Knee\ndate: 2024-01-01\n---\nText\n"}
    for at, name in enumerate(names):
        files[f"comments/knee/{name}.md"] = comment("approved", source=YAML, date="2024-01-02")
        files[f"comments/knee\x1b[2J{at}/{name}.md"] = comment("approved", reply_to=YAML)
        files[f"../inbox/knee/{name}-w.md"] = comment("pending", reply_to=YAML, date=YAML)
        files[f"../inbox/knee/{name}-s.md"] = comment("spam", nosuchfield=YAML)
        files[f"../inbox/\x1b[2J/{name}.md"] = comment(YAML.replace('"', ""))
    files["../inbox/knee/broken\x1b[2J.md"] = f"---\n{TRICK}: [\n---\n".encode("utf-8", "replace")
    files["../inbox/knee/large\x1b[2J.md"] = b"x" * 3_000_000
    content = write_tree(files)
    monkeypatch.chdir(content.parent)
    return content


@pytest.mark.parametrize(
    "words",
    [
        "queue", "queue --spam", "stats", "show aaaaaa", "show aaaaaa-w", "show nosuch", "show knee",
        "approve aaaaaa-w",
        "approve nosuch", "spam aaaaaa-w", "reject aaaaaa-w", "delete aaaaaa", "restore aaaaaa-s", "redact gnp",
        "redact aaaaaa", "export json", "export wxr", "export staticman",
    ],
)  # fmt: skip
def test_no_command_of_moderation_passes_a_trick_on(words: str, blog: Path) -> None:
    result = CliRunner().invoke(rehab, ["comments", *words.split()])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.output + result.stderr
    if not words.startswith("export"):
        assert_shown(result.output + result.stderr)
    assert blog.is_dir()


@pytest.mark.parametrize("trick", TRICKS)
def test_a_comment_named_by_a_trick_is_asked_for_without_one(trick: str, blog: Path) -> None:
    for command in ("show", "approve", "delete"):
        result = CliRunner().invoke(rehab, ["comments", command, f"{blog.name}{TRICKS[trick]}"])
        assert result.exit_code
        assert_shown(result.output + result.stderr)


def test_a_review_shows_every_trick_and_obeys_none(blog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review = Review(blog, in_state("pending", read_held(blog)[0]))
    keys = iter("kkkausrdukq")
    run(review, lambda: next(keys))
    said = capsys.readouterr()
    assert "\\u001b" in said.out
    assert_shown(said.out + said.err)


@pytest.mark.parametrize("words", ["check", "check --format concise", "check --format github", "todo"])
def test_the_report_on_a_hostile_blog_passes_no_trick_on(words: str, blog: Path) -> None:
    result = CliRunner().invoke(rehab, words.split())
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.output
    assert_shown(result.output + result.stderr)
    assert blog.is_dir()


@pytest.mark.parametrize("format_", FORMATS)
def test_the_report_of_an_import_passes_no_trick_on(format_: str, blog: Path, tmp_path: Path) -> None:
    said = {"id": TRICK, "name": TRICK, "message": TRICK, "text": TRICK, "thread": TRICK, "url": TRICK, "date": TRICK}
    inner = TRICK.replace("\x00", "")
    texts = (
        json.dumps([said]), json.dumps({"comments": [{**said, "commentHex": TRICK, "url": TRICK}], "version": 1}),
        json.dumps({"version": 1, TRICK: said}), f"<rss><channel><item><title>{inner}</title></item></channel></rss>",
        f"name: {inner}\nmessage: [", f"1. {inner}\n 4.6.14\n", "",
    )  # fmt: skip
    for at, text in enumerate(texts):
        file = tmp_path / f"x\x1b[2J\u202e{at}.json"
        file.write_text(text, "utf-8")
        more = ["--dates", "mdy", "--post", TRICK.replace("\x00", ""), "--map", f"{inner}={inner}", "--all"]
        for words in ([], more):
            result = CliRunner().invoke(rehab, ["comments", "import", format_, str(file), *words, "--dry-run"])
            assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
            assert_shown(result.output + result.stderr)
    assert blog.is_dir()


@pytest.mark.parametrize("every", [[], ["--all"]])
def test_the_report_on_mails_and_forms_passes_no_trick_on(every: list[str], blog: Path, tmp_path: Path) -> None:
    line = TRICK.replace("\x00", "").replace("\r", "").replace("\x0b", "").replace("\x0c", "").replace("\x85", "")
    record = {"thread": "knee", "message": TRICK, "name": TRICK, "url": TRICK, "number": TRICK, "numbered": TRICK}
    given = {
        "mail": [
            f"Subject: [c: knee] {line}\nFrom: {line} <a@b.example>\n\n{TRICK}",
            f"Subject: [c: {line}]\n\n{TRICK}",
        ],
        "pull form": [json.dumps([record]), json.dumps([{**record, "thread": TRICK}]), f"thread,{TRICK}\nknee,x\n"],
        "pull netlify": [json.dumps([{"id": TRICK, "number": TRICK, "form_name": TRICK, "data": record}])],
        "pull formspree": [json.dumps({"submissions": [{**record, "_id": TRICK, "_date": TRICK}], "fields": [TRICK]})],
    }
    for command, texts in given.items():
        for at, text in enumerate(texts):
            file = tmp_path / f"x\x1b[2J\u202e{at}.json"
            file.write_text(text, "utf-8", newline="")
            words = [*command.split(), str(file), "--into", str(blog), *every]
            result = CliRunner().invoke(rehab, ["comments", *words])
            assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
            assert result.output + result.stderr
            assert_shown(result.output + result.stderr)
