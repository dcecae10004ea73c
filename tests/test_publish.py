"""Publishing: built and looked at beside what is published, then in its place at once; or nothing changes at all."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT
from rehab.adapter.settings import today_of
from rehab.authoring.explain import examples
from rehab.publish import swap
from rehab.publish.address import address_fault, is_example

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://knees.test.org"
SETTINGS = """\
import sys
from pathlib import Path
exec(compile(Path({conf!r}).read_text("utf-8"), {conf!r}, "exec"))
PATH, OUTPUT_PATH = "content", "output"
THEME, PLUGIN_PATHS = {theme!r}, [{plugins!r}]
SITEURL = FEED_DOMAIN = {url!r}
REHAB_STRICT = True
REHAB_TODAY = "2026-11-21"
"""
POST = "---\ntitle: My knee\ndate: 2014-04-06\n---\n{}\n"
DRAFT = """---
title: Quokka and zanzibar
date: 2014-04-07
status: draft
---
Nobody may read this sentence of mine yet.
"""
KILLS = 50


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """Make a blog of one post, with the project's settings and theme, ready to be published."""
    words = {"conf": str(ROOT / "pelicanconf.py"), "theme": str(ROOT / "theme"), "plugins": str(ROOT / "plugins")}
    (tmp_path / "publishconf.py").write_text(SETTINGS.format(**words, url=URL), "utf-8")
    (tmp_path / "pelicanconf.py").write_text('PATH = "content"\nWITH_FUTURE_DATES = False\n', "utf-8")
    write(tmp_path, "posts/knee.md", POST.format("Text"))
    return tmp_path


def write(blog: Path, name: str, text: str) -> None:
    file = blog / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def publish(blog: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, because Pelican's signals outlive a build."""
    return subprocess.run(
        [sys.executable, "-m", "rehab.cli", "publish", *words],
        check=False, cwd=blog, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), **environment},
    )  # fmt: skip


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def beside(blog: Path) -> list[str]:
    """Return the names beside the content that a command may leave behind."""
    return sorted(each.name for each in blog.iterdir() if each.name.startswith("output"))


# The address


@pytest.mark.parametrize("url", ["https://knees.net", "https://knees.test.org/blog", "https://www.example.org", URL])
def test_an_address_on_the_web_will_do(url: str) -> None:
    assert address_fault(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "", "http://knees.net", "http://localhost:8000", "https://localhost", "https://127.0.0.1", "https://[::1]",
        "knees.net", "https://knees", "https://knees.local", "https://knees.net:8443", "https://ann:word@knees.net", "https://knees.net/",
        "https://knees.net?x", "https://[", "//knees.net", "https://10.0.0.1", "https://knees.test",
    ],
)  # fmt: skip
def test_any_other_address_is_refused_in_one_sentence(url: str) -> None:
    reason = address_fault(url)
    assert reason
    assert "publishconf.py" in reason


def test_names_that_are_kept_for_examples_are_known() -> None:
    assert [is_example(url) for url in ("https://comeback.example", "https://example.org", URL)] == [True, True, False]


def test_without_a_real_address_nothing_is_built(blog: Path) -> None:
    with (blog / "publishconf.py").open("a") as settings:
        settings.write('SITEURL = "http://localhost:8000"\n')
    done = publish(blog)
    assert (done.returncode, done.stdout, beside(blog)) == (2, "", [])
    assert "must begin with https://" in done.stderr


# What keeps a site from being published


def broken(blog: Path) -> subprocess.CompletedProcess[str]:
    """Publish what is all right, then what is not, and look that nothing changed."""
    (blog / "content").rename(blog / "bad")
    write(blog, "posts/knee.md", POST.format("Text"))
    first = publish(blog)
    assert first.returncode == 0, first.stderr
    before = bytes_of(blog / "output")
    (blog / "content").rename(blog / "good")
    (blog / "bad").rename(blog / "content")
    done = publish(blog)
    assert bytes_of(blog / "output") == before
    assert beside(blog) == ["output"]
    return done


MISTAKES = {
    "[x](/posts/nothing/)": "content/posts/knee.md:5:5: error[broken-link]: '/posts/nothing/' leads to no page",
    "[x](#nowhere)": "content/posts/knee.md:6:5: error[broken-link]: '#nowhere' leads to a page that has no 'nowhere'",
    f"[x]({URL}/gone/)": f"error[broken-link]: '{URL}/gone/' leads to no page",
    "[x](http://localhost:8000/)": "content/posts/knee.md:8:5: error[leak]: 'http://localhost:8000/'",
    "[x](file:///home/ann/x.pdf)": "error[leak]: 'file:///home/ann/x.pdf' leads to a machine of your own",
    '<img src="/a.png" alt="x" srcset="/b.png 2x">': "error[broken-link]: '/a.png' leads to no page or file",
    "<video poster='/c.png'></video>": "error[broken-link]: '/c.png' leads to no page or file",
}


def test_mistakes_in_what_was_built_change_nothing_and_are_all_named(blog: Path) -> None:
    write(blog, "posts/knee.md", POST.format("\n".join(MISTAKES)))
    done = broken(blog)
    assert done.returncode == 1
    assert [said for said in MISTAKES.values() if said not in done.stdout] == []
    assert "'/b.png'" in done.stdout
    assert done.stderr.startswith("rehab: nothing was published: ")


def test_files_that_machines_cannot_read_and_words_that_nobody_may_read_change_nothing(blog: Path) -> None:
    spam = "Buy these wonderful shoes of mine today"
    write(blog, "comments/knee/1.md", f"---\nauthor: Al\ndate: 2020-01-02\nstatus: spam\n---\n{spam}\n")
    said = "Write to me at al.gone@knees.net"
    write(blog, "comments/knee/2.md", f"---\nauthor: Al\ndate: 2020-01-03\nstatus: approved\n---\n{said}\n")
    write(blog, "posts/quokka.md", DRAFT)
    write(blog, "extra/route.xml", "<route><point></route>")
    write(blog, "extra/data.json", "{")
    write(blog, "extra/bomb.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    write(blog, "extra/notes.txt", f"see {blog}/content/posts/knee.md, or write to ann.secret@knees.net")
    write(blog, "extra/backup.txt", DRAFT + spam)
    done = broken(blog)
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stdout.splitlines() if "broken-file" in line] == [
        "output/extra/bomb.xml", "output/extra/data.json", "output/extra/route.xml",
    ]  # fmt: skip
    for words in (
        f"error[leak]: '{blog}/content/' is a folder of the machine",
        "error[leak]: the e-mail address 'ann.secret@knees.net' stands in no text of yours",
        "content/comments/knee/2.md:6:16: error[leak]: the e-mail address 'al.gone@knees.net' stands in no text",
        "'Quokka and zanzibar' is said in 'content/posts/quokka.md', which nobody may read yet",
        "'Nobody may read this sentence of mine yet.' is said in",
        f"'{spam}' is said in 'content/comments/knee/1.md'",
    ):
        assert words in done.stdout


@pytest.mark.parametrize("code", ["broken-link", "broken-file", "leak"])
@pytest.mark.parametrize("title", ["Wrong", "Right"])
def test_the_examples_of_a_code_are_found_by_publishing(blog: Path, code: str, title: str) -> None:
    for example in examples(code, title):
        write(blog, example.path.removeprefix("content/"), example.text)
    done = publish(blog)
    assert (done.returncode, f"error[{code}]" in done.stdout) == ((1, True) if title == "Wrong" else (0, False)), done


def test_one_mistake_on_every_page_is_one_problem(blog: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "theme", tmp_path / "own theme")
    base = tmp_path / "own theme/templates/base.html"
    base.write_text(base.read_text("utf-8").replace("</body>", '<a href="/impressum/">x</a></body>'), "utf-8")
    with (blog / "publishconf.py").open("a") as settings:
        settings.write('THEME = "own theme"\n')
    done = publish(blog)
    found = [line for line in done.stdout.splitlines() if "error[" in line]
    assert len(found) == 1
    assert "'/impressum/' leads to no page or file (here, and in " in found[0]


# What is published


def test_drafts_and_posts_to_come_are_in_no_byte_and_are_listed(blog: Path) -> None:
    write(blog, "posts/quokka.md", DRAFT)
    write(
        blog,
        "posts/wombat.md",
        DRAFT.replace("status: draft\n", "").replace("2014-04-07", "2026-11-22").replace("Q", "W"),
    )
    done = publish(blog)
    assert done.returncode == 0, done.stdout
    for name, data in bytes_of(blog / "output").items():
        assert not [
            word for word in (b"uokka", b"ombat", b"zanzibar", b"Nobody may") if word in name.encode() + data
        ], name
    assert "scheduled: content/posts/wombat.md on 2026-11-22" in done.stdout
    assert "draft: content/posts/quokka.md" in done.stdout


def test_a_thread_of_several_pages_has_a_feed_whose_names_are_no_links(blog: Path) -> None:
    for number in range(210):
        write(blog, f"comments/knee/c{number:03}.md", f"---\nauthor: A\ndate: 2015-01-01\n---\nNumber {number}.\n")
    done = publish(blog)
    assert done.returncode == 0, done.stdout + done.stderr
    feed = (blog / "output/feeds/comments.atom.xml").read_text("utf-8")
    assert f"<id>{URL}/posts/knee/#comment-" in feed
    assert f'href="{URL}/posts/knee/comments/2/#comment-' in feed


def test_a_second_publication_rewrites_nothing_and_keeps_every_time(blog: Path) -> None:
    write(blog, "posts/knee.md", POST.format("Text").replace("---\nText", "redirect_from: [/old.html]\n---\nText"))
    publish(blog)
    before = {file: file.stat().st_mtime_ns for file in (blog / "output").rglob("*.html")}
    done = publish(blog)
    assert "(0 rewritten, " in done.stdout
    assert {file: file.stat().st_mtime_ns for file in before} == before


def test_a_preview_in_the_same_folder_leaves_nothing_behind(blog: Path) -> None:
    write(blog, "posts/quokka.md", DRAFT)
    command = [sys.executable, "-m", "rehab.cli", "html", "-s", "publishconf.py"]
    with (blog / "publishconf.py").open("a") as settings:
        settings.write("import os\nREHAB_STRICT = not os.environ.get('LOOSE')\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "LOOSE": "1"}
    subprocess.run(command, check=True, cwd=blog, capture_output=True, env=environment)
    assert (blog / "output/drafts/quokka/index.html").is_file()
    assert publish(blog).returncode == 0
    assert not (blog / "output/drafts").exists()


def test_files_of_others_stay_and_strange_folders_are_refused(blog: Path) -> None:
    publish(blog)
    (blog / "output/.git").mkdir()
    (blog / "output/.git/HEAD").write_text("ref: refs/heads/gh-pages\n")
    (blog / "output/google1234.html").write_text("verified")
    done = publish(blog)
    assert "kept, though no build made it: '.git/HEAD', 'google1234.html'" in done.stdout
    assert (blog / "output/.git/HEAD").is_file()
    for record in (blog / ".cache").glob("written-*.json"):
        record.unlink()
    before = bytes_of(blog / "output")
    done = publish(blog)
    assert (done.returncode, bytes_of(blog / "output") == before) == (2, True)
    assert "and no record says who made it" in done.stderr


def test_old_addresses_are_published_in_every_form(blog: Path) -> None:
    write(blog, "posts/knee.md", POST.format("Text").replace("---\nText", "redirect_from: [/2014/old.html]\n---\nText"))
    assert "redirects and headers: 4 files" in publish(blog).stdout
    assert 'url=/posts/knee/"' in (blog / "output/2014/old.html").read_text("utf-8")
    assert (blog / "output/_redirects").read_text("utf-8") == "/2014/old.html /posts/knee/ 301\n"
    write(blog, "posts/knee.md", POST.format("Text"))
    assert "gone since the last publication: '/2014/old.html'" in publish(blog).stdout
    assert not (blog / "output/2014").exists()
    assert not (blog / "output/_redirects").exists()


# Faults


def test_what_a_killed_command_left_is_mended(tmp_path: Path) -> None:
    place, new, old = (tmp_path / name for name in ("output", "output.rehab-new", "output.rehab-old"))
    for folder, text in ((new, "half"), (old, "old")):
        folder.mkdir()
        (folder / "index.html").write_text(text)
    swap.repair(place)
    assert bytes_of(tmp_path) == {"output/index.html": b"old"}


def test_a_fresh_folder_begins_with_what_lies_in_the_old_one_but_not_with_what_links_lead_to(tmp_path: Path) -> None:
    place, fresh, other = (tmp_path / name for name in ("output", "fresh", "other"))
    for folder in (place / "posts/a", place / "images", fresh, other):
        folder.mkdir(parents=True)
    for name in ("output/index.html", "output/posts/a/index.html", "output/images/a.png", "other/index.html"):
        (tmp_path / name).write_text(name)
    (place / "posts/b").symlink_to(other)
    (place / "c.html").symlink_to(other / "index.html")
    names = ["index.html", "posts/a/index.html", "images/a.png", "posts/a"]
    names += ["posts/b/index.html", "c.html", "gone/d.html", "../other/index.html"]
    there = swap.seed(place, fresh, names)
    assert there == ["images/a.png", "index.html", "posts/a/index.html"]
    assert bytes_of(fresh) == {name: f"output/{name}".encode() for name in there}
    shared = [name for name in there if (place / name).samefile(fresh / name)]
    assert shared == ["images/a.png"], "a build writes to none of what is being served"
    assert {(place / name).stat().st_mtime_ns == (fresh / name).stat().st_mtime_ns for name in there} == {True}


def test_without_an_exchange_two_moves_do_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    place = tmp_path / "output"
    for text in ("one", "two"):
        with swap.fresh_folder(place, tmp_path / ".cache") as fresh:
            (fresh / "index.html").write_text(text)
            swap.swap(fresh, place)
    assert bytes_of(place) == {"index.html": b"two"}
    assert sorted(each.name for each in tmp_path.iterdir()) == [".cache", "output"]


def test_only_one_command_publishes_at_a_time(tmp_path: Path) -> None:
    pytest.importorskip("fcntl", reason="this system has no such locks")
    with (
        swap.fresh_folder(tmp_path / "output", tmp_path / ".cache"),
        pytest.raises(swap.BusyError),
        swap.fresh_folder(tmp_path / "output", tmp_path / ".cache"),
    ):
        pass


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))
from rehab.cli import main
main()
"""


def test_a_disk_that_takes_no_more_is_one_sentence_and_changes_nothing(blog: Path) -> None:
    pytest.importorskip("resource", reason="this system has no such limits")
    assert publish(blog).returncode == 0
    before = bytes_of(blog / "output")
    write(blog, "posts/other.md", POST.format("Long. " * 3000))
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "publish"],
        check=False, cwd=blog, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (3, 1), done.stderr
    assert "nothing was published" in done.stderr
    assert bytes_of(blog / "output") == before
    assert beside(blog) == ["output"]


@pytest.mark.parametrize("kind", ["full", "read-only"])
def test_a_full_or_read_only_disk_is_one_sentence_and_changes_nothing(blog: Path, kind: str) -> None:
    disk = blog / "disk"
    disk.mkdir()
    mount = shutil.which("mount") if os.name == "posix" and os.geteuid() == 0 else None
    small = ("-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk))
    if mount is None or subprocess.run([mount, *small], check=False, capture_output=True).returncode:
        pytest.skip("only root can put a small disk there")
    try:
        assert publish(blog, "-o", "disk/output").returncode == 0
        before = bytes_of(disk / "output")
        if kind == "full":
            room = os.statvfs(disk)
            (disk / "ballast").write_bytes(b"x" * (room.f_bavail * room.f_frsize - 150_000))
        else:
            subprocess.run([mount, "-o", "remount,ro", str(disk)], check=True)
        done = publish(blog, "-o", "disk/output")
        assert (done.returncode, done.stderr.count("\n")) == (3, 1), done.stderr
        assert ("the disk is full" if kind == "full" else "can only be read") in done.stderr
        assert bytes_of(disk / "output") == before
        assert not (disk / "output.rehab-new").exists()
    finally:
        subprocess.run([str(shutil.which("umount")), str(disk)], check=True)


KILLING = """
import contextlib, os, random, signal, sys, time
from pathlib import Path
from click.testing import CliRunner
import rehab.adapter.run, rehab.publish.finish  # loaded once: each child begins at once
from rehab.cli import rehab

def tree():
    return {{str(file): file.read_bytes() for file in Path("output").rglob("*") if file.is_file()}}

def write(number):
    for post in range(12):
        text = f"---\\ntitle: Post {{post}}\\ndate: 2014-04-06\\n---\\nText {{number}}\\n"
        Path(f"content/posts/p{{post}}.md").write_text(text)

def child():
    result = CliRunner().invoke(rehab, ["publish"])
    os._exit(result.exit_code)

trees = []
for number in (1, 2):
    write(number)
    if (pid := os.fork()) == 0:
        child()
    assert os.waitpid(pid, 0)[1] == 0
    trees.append(tree())
dice, seen, took = random.Random(3), [], 1.0
for kill in range({kills}):
    write(1 + kill % 2)
    begun = time.monotonic()
    if (pid := os.fork()) == 0:
        child()
    wait = dice.uniform(0, took * 1.1)
    while time.monotonic() - begun < wait and os.waitpid(pid, os.WNOHANG) == (0, 0):
        time.sleep(0.002)
    with contextlib.suppress(ProcessLookupError, ChildProcessError):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    lasted, now = time.monotonic() - begun, tree()
    assert now in trees, f"kill {{kill}}: mixed"
    if lasted < wait and seen[-1:] != [trees.index(now)]:
        took = lasted  # of a run that had something to do: one with nothing to do is over at once
    seen.append(trees.index(now))
if (pid := os.fork()) == 0:
    child()
assert os.waitpid(pid, 0)[1] == 0
print(len(seen), sorted(set(seen)), sorted(each.name for each in Path().glob("output*")))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed so on POSIX systems only")
def test_killed_at_any_moment_the_published_tree_is_the_old_one_or_the_new_one(blog: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KILLING.format(kills=KILLS)],
        check=False, cwd=blog, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, f"{KILLS} [0, 1] ['output']\n"), done.stderr


# The day


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati", "Europe/Berlin"])
def test_the_day_is_that_of_utc_in_every_zone_and_on_days_when_clocks_change(zone: str) -> None:
    script = (
        "import datetime as dt, rehab.adapter.settings as s\n"
        "class Clock(dt.datetime):\n"
        "    @classmethod\n"
        "    def now(cls, tz=None):\n"
        "        return dt.datetime.fromtimestamp(MOMENT, tz)\n"
        "for MOMENT in (1792890000, 1792893600, 1774749599, 1774749600):\n"
        "    s.dt = type('d', (), {'datetime': Clock, 'UTC': dt.UTC, 'date': dt.date})\n"
        "    print(s.today_of({'REHAB_TODAY': None}))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "TZ": zone}
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, encoding="utf-8", env=environment
    )
    moments = (1792890000, 1792893600, 1774749599, 1774749600)
    assert done.stdout.split() == [dt.datetime.fromtimestamp(each, dt.UTC).date().isoformat() for each in moments]


def test_a_day_that_is_given_is_that_day() -> None:
    assert today_of({"REHAB_TODAY": "2026-12-24"}) == dt.date(2026, 12, 24)
