"""The server for writing, as an author meets it: a process, real requests, real events, files saved as editors do."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT, write_settings
from rehab.adapter.serve.watch import Watched, changes, words_of_changed
from serving import Event, Live, Stream, ask, running, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import WriteTree

POST = "---\ntitle: A\ndate: 2020-01-01\n---\n{}\n"
PLUGIN = "from pathlib import Path\n\ndef register():\n    Path({file!r}).write_text({word!r})\n"


HAS_PROC = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="this system does not list processes in /proc"
)


class Blog:
    """A blog of two posts that is being served."""

    def __init__(self, live: Live, folder: Path, settings: Path) -> None:
        """Wait for its first build."""
        self.live, self.folder, self.settings = live, folder, settings
        self.live.line("built ")

    def save(self, name: str, text: str) -> None:
        """Write a file of the blog."""
        (self.folder / name).write_text(text, "utf-8")

    def open(self, page: str) -> Stream:
        """Open a page as a browser does."""
        text = ask(self.live.port, page).text
        stream = Stream(self.live.port, page, text.split('data-seen="')[1].split('"')[0])
        stream.wait(lambda event: event.name == "state")
        return stream

    def shows(self, page: str, word: str) -> bool:
        """Return whether a page holds a word now."""
        return word in ask(self.live.port, page).text


def blog_settings(folder: Path, **settings: object) -> Path:
    return write_settings(folder, folder / "content", folder / ".cache", OUTPUT_PATH=str(folder / "out"), **settings)


@pytest.fixture
def blog(write_tree: WriteTree, tmp_path: Path) -> Iterator[Blog]:
    write_tree({"posts/a.md": POST.format("Before"), "posts/b.md": POST.format("Other").replace("A", "B")})
    settings = blog_settings(tmp_path)
    with running(settings) as live:
        yield Blog(live, tmp_path, settings)


def is_reload(event: Event) -> bool:
    return event.name == "reload"


def has_problem(event: Event) -> bool:
    return event.name == "state" and bool(event.data["problems"] or event.data["failed"])


def is_well(event: Event) -> bool:
    return event.name == "state" and not has_problem(event)


def comes_first(blog: Blog, page: Stream, words: bytes) -> None:
    """See that an open page is shown with new words, and that the whole build which follows makes the same of it."""
    blog.live.line("shown: /posts/a/")
    first = (blog.folder / "out/posts/a/index.html").read_bytes()
    page.wait(is_reload)
    assert words in first
    blog.live.line("built ")
    assert (blog.folder / "out/posts/a/index.html").read_bytes() == first


def test_the_saved_page_comes_first_and_is_the_one_that_the_whole_build_makes(blog: Blog) -> None:
    page = blog.open("/posts/a/")
    blog.save("content/posts/a.md", POST.format("After, with [[b]] and **bold** words"))
    comes_first(blog, page, b"After, with")


def test_a_file_that_is_renamed_over_the_old_one_is_seen(blog: Blog) -> None:
    page = blog.open("/posts/a/")
    blog.save("content/posts/.a.md.swp", POST.format("Renamed"))
    (blog.folder / "content/posts/.a.md.swp").rename(blog.folder / "content/posts/a.md")
    page.wait(is_reload)
    assert blog.live.line("changed: ") == "changed: content/posts/a.md\n"
    assert blog.shows("/posts/a/", "Renamed")


def test_what_comes_with_its_folder_is_seen_but_for_what_editors_write_for_themselves(tmp_path: Path) -> None:
    content, fresh = tmp_path / "content", tmp_path / "fresh"
    content.mkdir()
    (fresh / "deep").mkdir(parents=True)
    for name in ("first.md", "deep/second.md", ".first.md.swp"):
        (fresh / name).write_text("Hello", "utf-8")

    def move() -> None:
        fresh.rename(content / "knee")

    watched = Watched(folders=(content,), beside=tmp_path, left=(), code=(), theme=tmp_path)
    batch = next(changes(watched, threading.Event(), move))
    came = {file.relative_to(content / "knee").as_posix() for file in batch}
    assert came == {".", "first.md", "deep/second.md"}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (["content/posts/new", "content/posts/new/index.md"], "content/posts/new/index.md"),
        (["content/posts/new/index.md", "content/posts/sedQx7"], "content/posts/new/index.md"),
        (["content/posts/gone.md"], "content/posts/gone.md"),
        (["content/posts/moved-away"], "content/posts/moved-away"),
        (["content/posts/new"], "content/posts/new"),
        (["conf.py", "content/posts/new/index.md"], "conf.py, content/posts/new/index.md"),
        (["a.md", "b.md", "c.md", "d.md", "e.md", "f.md", "g.md"], "a.md, b.md, c.md, d.md, e.md and 2 more"),
    ],
)
def test_the_terminal_names_the_files_that_an_author_knows(tmp_path: Path, changed: list[str], words: str) -> None:
    (tmp_path / "content/posts/new").mkdir(parents=True)
    for name in ("conf.py", "content/posts/new/index.md"):
        (tmp_path / name).write_text("Hello", "utf-8")
    assert words_of_changed([tmp_path / name for name in changed], tmp_path) == words


def test_of_two_quick_saves_the_second_wins(blog: Blog) -> None:
    for number in range(12):
        blog.save("content/posts/a.md", POST.format(f"Save number {number}."))
        blog.save("content/posts/b.md", POST.format(f"Other number {number}.").replace("A", f"B{number}"))
    until(lambda: blog.shows("/posts/a/", "number 11.") and blog.shows("/posts/b/", "number 11."))
    until(lambda: blog.shows("/posts/", "B11"))


def test_after_many_quick_edits_the_folder_is_that_of_a_first_build(blog: Blog, tmp_path: Path) -> None:
    posts = blog.folder / "content/posts"
    (blog.folder / "content/exercises").mkdir()
    for number in range(3):
        blog.save("content/posts/a.md", POST.format(f"Text {number} with [[wall-sit]]."))
        blog.save("content/exercises/wall-sit.md", f"---\ntitle: Wall sit {number}\nlaterality: bilateral\n---\nText\n")
        blog.save("content/posts/b.md", POST.format("Other").replace("A", f"B{number}"))
        blog.save(f"content/posts/new-{number}.md", POST.format("New").replace("date", f"tags: [t{number}]\ndate"))
        (posts / f"new-{number - 1}.md").unlink(missing_ok=True)
        blog.live.line("shown: ")
    (posts / "b.md").rename(posts / "c.md")
    blog.save("content/posts/a.md", POST.format("Before"))
    (tmp_path / "cold-settings").mkdir()
    cold = write_settings(
        tmp_path / "cold-settings", blog.folder / "content", tmp_path / "cold-cache", REHAB_OFFLINE=False
    )
    command = [sys.executable, "-m", "rehab.cli", "html", "-s", str(cold), "-o", str(tmp_path / "cold")]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")}, check=True, capture_output=True)
    until(lambda: tree_of(tmp_path / "out") == tree_of(tmp_path / "cold"))


def tree_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder; one that goes while it is read is as good as none."""
    found = {}
    for file in folder.rglob("*"):
        with contextlib.suppress(OSError):
            found[file.relative_to(folder).as_posix()] = file.read_bytes()
    return found


def test_a_deleted_post_is_not_found_at_once_by_any_method_and_comes_back(blog: Blog) -> None:
    page = blog.open("/posts/a/")
    (blog.folder / "content/posts/a.md").unlink()
    page.wait(is_reload)
    answers = [ask(blog.live.port, "/posts/a/", method) for method in ("GET", "HEAD")]
    assert [answer.status for answer in answers] == [404, 404]
    assert 'data-page="404"' in answers[0].text
    again = blog.open("/posts/a/")
    blog.save("content/posts/a.md", POST.format("Back"))
    again.wait(is_reload)
    assert blog.shows("/posts/a/", "Back")


def test_a_problem_is_shown_with_a_link_for_the_editor_and_gone_when_mended(blog: Blog) -> None:
    page = blog.open("/posts/b/")
    blog.save("content/posts/a.md", "---\ntitle: A\ndate: 2020-13-01\n---\nText\n")
    state = page.wait(has_problem).data
    file = blog.folder / "content/posts/a.md"
    assert state["problems"][0]["where"].startswith("content/posts/a.md:3:")
    assert state["problems"][0]["link"].startswith(f"vscode://file{file}:3:")
    blog.save("content/posts/a.md", POST.format("Mended"))
    page.wait(is_well)


def test_a_template_that_cannot_be_read_is_shown_and_serving_goes_on(write_tree: WriteTree, tmp_path: Path) -> None:
    write_tree({"posts/a.md": POST.format("Before")})
    (tmp_path / "own").mkdir()
    with running(blog_settings(tmp_path, THEME_TEMPLATES_OVERRIDES=[str(tmp_path / "own")])) as live:
        blog = Blog(live, tmp_path, tmp_path)
        page = blog.open("/posts/a/")
        blog.save("own/article.html", "Fine\n{% if %}\n")
        state = page.wait(has_problem).data
        assert f"{tmp_path}/own/article.html:2" in state["failed"]
        assert state["problems"][0]["link"] == f"vscode://file{tmp_path}/own/article.html:2:1"
        assert blog.shows("/posts/a/", "Before")
        blog.save("own/article.html", "My own template")
        page.wait(is_well)
        until(lambda: blog.shows("/posts/a/", "My own template"))


def test_a_change_of_settings_is_seen_and_one_that_is_broken_is_shown(blog: Blog) -> None:
    page = blog.open("/posts/a/")
    text = blog.settings.read_text("utf-8")
    blog.settings.write_text(f"{text}SITENAME = \n", "utf-8")
    assert "no site" in page.wait(has_problem).data["failed"]
    blog.settings.write_text(f'{text}SITENAME = "Another name"\n', "utf-8")
    page.wait(is_well)
    until(lambda: blog.shows("/posts/a/", "Another name"))


def test_by_saved_settings_the_open_page_comes_first_and_is_the_one_that_the_whole_build_makes(blog: Blog) -> None:
    page, text = blog.open("/posts/a/"), blog.settings.read_text("utf-8")
    blog.settings.write_text(f'{text}SITENAME = "Another name"\n', "utf-8")
    comes_first(blog, page, b"Another name")
    until(lambda: blog.shows("/posts/b/", "Another name"))


@HAS_PROC
def test_of_settings_that_are_saved_again_and_again_the_last_win_and_one_process_builds(blog: Blog) -> None:
    before, text = children_of(blog.live.process.pid), blog.settings.read_text("utf-8")
    blog.open("/posts/a/")
    for number in range(5):
        blog.settings.write_text(f'{text}SITENAME = "Name {number}"\n', "utf-8")
        blog.live.line("changed: ")
    until(lambda: blog.shows("/posts/a/", "Name 4") and blog.shows("/posts/", "Name 4"))
    until(lambda: len(children_of(blog.live.process.pid)) == len(before) == 1)
    assert children_of(blog.live.process.pid) != before


def test_a_change_of_the_vocabulary_is_seen(blog: Blog) -> None:
    (blog.folder / "content/vocabulary").mkdir()
    page = blog.open("/posts/b/")
    blog.save("content/vocabulary/regions.yml", "- slug: [\n")
    page.wait(has_problem)


def test_new_plugin_code_runs_in_a_new_process_and_broken_code_is_shown(write_tree: WriteTree, tmp_path: Path) -> None:
    write_tree({"posts/a.md": POST.format("Before")})
    (tmp_path / "own").mkdir()
    plugin, file = tmp_path / "own/mine.py", tmp_path / "said.txt"
    plugin.write_text(PLUGIN.format(file=str(file), word="one"))
    paths = [str(ROOT / "plugins"), str(tmp_path / "own")]
    with running(blog_settings(tmp_path, PLUGIN_PATHS=paths, PLUGINS=["rehab", "mine"])) as live:
        blog = Blog(live, tmp_path, tmp_path)
        assert file.read_text() == "one"
        page = blog.open("/posts/a/")
        plugin.write_text("import sys\nsys.exit('the plugin is broken')\n")
        assert "the plugin is broken" in page.wait(has_problem).data["failed"]
        plugin.write_text(PLUGIN.format(file=str(file), word="two"))
        page.wait(is_well)
        assert file.read_text() == "two"


def children_of(parent: int) -> set[int]:
    """Return every process below one, however deep."""
    pairs = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            pairs.append((int(status.parent.name), int(status.read_text().rpartition(")")[2].split()[1])))
        except OSError:
            continue
    found, waiting = set(), [parent]
    while waiting:
        here = waiting.pop()
        below = {child for child, above in pairs if above == here}
        found |= below
        waiting += below
    return found


@HAS_PROC
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_no_process_is_left_whatever_ends_the_server(blog: Blog, number: signal.Signals) -> None:
    started = children_of(blog.live.process.pid)
    stream = blog.open("/posts/a/")
    assert started
    code = blog.live.end(number)
    assert code == (-signal.SIGKILL if number == signal.SIGKILL else 0)
    assert stream.ends()
    until(lambda: not any(Path(f"/proc/{each}").exists() and _lives(each) for each in started))


@HAS_PROC
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_where_one_follows_another(blog: Blog, number: signal.Signals) -> None:
    blog.open("/posts/a/")
    blog.settings.write_text(f'{blog.settings.read_text("utf-8")}SITENAME = "Another name"\n', "utf-8")
    blog.live.line("changed: ")
    started = children_of(blog.live.process.pid)
    assert started
    blog.live.end(number)
    until(lambda: not any(_lives(each) for each in started))


def _lives(process: int) -> bool:
    """Return whether a process is more than an entry that nobody has fetched yet."""
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False


def test_a_busy_port_is_said(write_tree: WriteTree, tmp_path: Path) -> None:
    write_tree({"posts/a.md": POST.format("Before")})
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running(blog_settings(tmp_path), port) as live:
            assert f"port {port} is taken\n" in live.printed
            assert live.port != port
