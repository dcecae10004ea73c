"""Files below the folders of comments that nobody should have made: none stops a build, leaves its folder or is obeyed.

Each command runs as a program of its own with a limit of time, for what is tried here could make it wait for ever.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT, write_settings
from rehab.compile import compile_site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECRET = "SECRET-OF-THE-HOST"  # noqa: S105 - words that may be found nowhere
GOOD = b"---\nauthor: Ann\ndate: 2024-01-02\n---\nGood words.\n"
PATIENCE = 60
"""Seconds that a command may take; it takes one or two."""
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def write(data: bytes) -> Callable[[Path, Path], None]:
    def make(file: Path, _: Path) -> None:
        file.write_bytes(data)

    return make


def large(file: Path, _: Path) -> None:
    """Write 100 MB, of which the disk keeps none."""
    with file.open("wb") as opened:
        opened.write(GOOD)
        opened.truncate(100_000_000)


def folder_of_files(file: Path, _: Path) -> None:
    file.mkdir()
    (file / "inner.md").write_bytes(GOOD)


STRANGE: Mapping[str, Callable[[Path, Path], object]] = {
    "pipe.md": lambda file, _: os.mkfifo(file),
    "directory.md": folder_of_files,
    "link-to-file.md": lambda file, outside: file.symlink_to(outside / "secret.md"),
    "link-to-folder": lambda file, outside: file.symlink_to(outside),
    "link-to-device.md": lambda file, _: file.symlink_to("/dev/zero"),
    "link-to-nothing.md": lambda file, _: file.symlink_to("nowhere.md"),
    "link-to-itself.md": lambda file, _: file.symlink_to(file.name),
    "large.md": large,
    "empty.md": write(b""),
    "latin.md": write(b"---\nauthor: Andr\xe9\n---\nCaf\xe9 \xff\xfe\n"),
    "utf16.md": write("---\nauthor: Ann\n---\nWords\n".encode("utf-16")),
    "zeros.md": write(b"\x00" * 5000),
    "no-end.md": write(b"---\nauthor: Ann\n"),
    "bomb.md": write(f"---\n{BOMB}---\nWords\n".encode()),
    "python.md": write(b"---\nauthor: !!python/object/apply:os.system ['touch /tmp/rehab-was-here']\n---\nWords\n"),
    "python-name.md": write(
        b"---\n? !!python/name:os.system\n: x\nauthor: !<tag:yaml.org,2002:python/tuple> [a]\n---\nx\n"
    ),
    "merged.md": write(b"---\nbase: &x {author: Ann, status: approved}\n<<: *x\n---\nWords\n"),
    "itself.md": write(b"---\nauthor: &a [*a]\n---\nWords\n"),
    "deep.md": write(b"---\nauthor: " + b"[" * 20_000 + b"\n---\nWords\n"),
    "deep-lines.md": write(b"---\n" + b"".join(b" " * depth + b"a:\n" for depth in range(900)) + b"---\nWords\n"),
    "long-number.md": write(b"---\ndate: " + b"9" * 9000 + b"\nauthor: 1e999\n---\nWords\n"),
    "many-keys.md": write(b"---\n" + b"".join(b"k%d: x\n" % number for number in range(200)) + b"---\nWords\n"),
    "wrong-types.md": write(
        b"---\nauthor: {a: b}\nurl: [x]\naliases: {x: y}\nmentions: 3\nreply_to: [a]\n---\nWords\n"
    ),
    "climbs.md": write(b"---\nreply_to: ../../../../etc/passwd\naliases: [../../x, '\"><script>']\n---\nWords\n"),
    "<script>alert(1)<script>.md": write(GOOD),
    "-rf.md": write(GOOD),
    "..md": write(GOOD),
    "a\nb\x1b[2J.md": write(GOOD),
    "\u202ednammoc.md": write(GOOD),
    "n" * 240 + ".md": write(GOOD),
    "Upper.MD": write(GOOD),
    " space .md": write(GOOD),
}
"""What somebody puts below a folder of comments, and how: from the file and a folder outside the blog."""


def spread(folder: Path, outside: Path, **more: str) -> None:
    """Put every strange thing into a folder; a thing that the file system refuses is left out."""
    folder.mkdir(parents=True)
    for name, make in STRANGE.items():
        try:
            make(folder / name, outside)
        except OSError:
            continue
    (folder / "20240102T000000Z-aaaaaa.md").write_bytes(GOOD)
    for name, text in more.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    try:
        (folder / os.fsdecode(b"\xff\xfe.md")).write_bytes(GOOD)
    except OSError:
        return


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a blog whose comments and inbox hold everything strange, and more folders than it has posts."""
    folder, outside = tmp_path_factory.mktemp("blog"), tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_text(f"{SECRET}\n---\nauthor: {SECRET}\ndate: 2024-01-01\n---\n{SECRET}\n", "utf-8")
    content = folder / "content"
    (content / "posts").mkdir(parents=True)
    (content / "posts" / "knee.md").write_text("---\ntitle: Knee\ndate: 2024-01-01\n---\nText\n", "utf-8")
    spread(content / "comments" / "knee", outside)
    spread(content / "comments" / "exercises" / "squat", outside)
    approved = "---\nauthor: Stranger\ndate: 2024-01-02\nstatus: approved\n---\nNOT-READ-BY-ANYBODY\n"
    spread(folder / "inbox" / "knee", outside, forged=approved)
    (content / "comments" / "linked").symlink_to(outside)
    (content / "comments" / "stray.md").write_bytes(GOOD)
    (folder / "inbox" / "linked").symlink_to(outside)
    write_settings(folder, content, folder / ".cache")
    (folder / "publishconf.py").write_text(
        f"exec(open({str(folder / 'pelicanconf.py')!r}).read())\nREHAB_STRICT = True\n"
    )
    return folder


def rehab(blog: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command and find that it comes to an end, without a traceback and without the secret."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "PYTHONWARNINGS": "error::EncodingWarning"}
    done = subprocess.run(
        [sys.executable, "-m", "rehab.cli", *words],
        cwd=blog,
        env=env,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    said = done.stdout + done.stderr
    assert b"Traceback" not in said, said.decode("utf-8", "replace")[-2000:]
    assert SECRET.encode() not in said
    assert done.returncode in range(5)
    assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", said)
    return done


@pytest.mark.parametrize(
    "words",
    [
        "check --format json", "todo", "comments queue", "comments stats", "comments show forged",
        "comments export json",
        "comments approve large",
    ],
)  # fmt: skip
def test_every_command_comes_to_an_end_and_tells_of_files_it_cannot_read(words: str, blog: Path) -> None:
    assert rehab(blog, *words.split()).stdout is not None


def test_a_blog_with_strange_files_is_built_without_them(blog: Path) -> None:
    done = rehab(blog, "html", "-o", "output")
    output = blog / "output"
    page = (output / "posts" / "knee" / "index.html").read_text("utf-8")
    assert page.count("Good words.") >= 1, done.stderr.decode("utf-8", "replace")[-2000:]
    written = {each: each.read_bytes() for each in output.rglob("*") if each.is_file()}
    for file, data in written.items():
        assert SECRET.encode() not in data, file
        assert b"NOT-READ-BY-ANYBODY" not in data, file
        assert not file.is_symlink()
        assert b"<script>alert" not in data, file
    assert max(map(len, written.values())) < 2_000_000
    assert not Path("/tmp/rehab-was-here").exists()  # noqa: S108 - where the attack would write


def test_what_says_of_itself_that_it_is_approved_waits_like_the_rest(blog: Path) -> None:
    assert b"forged" in rehab(blog, "comments", "queue").stdout


def test_nothing_is_published_while_files_are_strange(blog: Path) -> None:
    done = rehab(blog, "publish", "-o", "public")
    assert done.returncode != 0
    assert not (blog / "public" / "index.html").exists()


def test_an_export_that_somebody_wrote_to_harm_stays_in_its_folder_and_reads_back(tmp_path: Path) -> None:
    names = [
        "../../x", "..", "/etc/x", "a/../../b", "exercises/../../../x", "\x00", "a\nb\x1b[2J", "", ".hidden", "x" * 500,
        "exercises/", "exercises/x/y/z", "\\..\\..\\x", "injuries/..", "%2e%2e/x", "inbox", "\u202e\u2028x",
    ]  # fmt: skip
    (tmp_path / "content").mkdir()
    records: list[dict[str, object]] = [{"thread": name, "id": "one", "body": "Words"} for name in names]
    fields = ("author", "url", "source", "reply_to")
    records += [
        {
            "thread": "knee",
            "id": name,
            "aliases": [name],
            "body": f"---\nstatus: spam\n---\n{name}",
            **dict.fromkeys(fields, name),
        }
        for name in names
    ]
    file = tmp_path / "export.json"
    file.write_text(json.dumps({"format": "comeback", "version": 1, "comments": records}), "utf-8")
    rehab(tmp_path, "comments", "import", "comeback", str(file), "--into", "content")
    written = {each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*") if each.is_file()} - {
        "export.json"
    }
    assert len(written) > len(names)
    assert all(
        re.fullmatch(r"content/comments/(?:(?:exercises|injuries)/)?[\w-]+/[\w-]+\.md", name) for name in written
    )
    said = {problem.code for problem in compile_site(tmp_path / "content")[1]}
    assert said <= {"comment-without-post", "reply-to-missing", "reply-loop", "duplicate-slug"}
