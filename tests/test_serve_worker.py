"""The process that builds for a running server: what it does first, what it says, and when it gives way."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from pelican.plugins import signals

from conftest import ROOT, write_settings
from rehab.adapter.serve.inbox import Batch, Inbox
from rehab.adapter.serve.worker import Session, find_places
from serving import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import WriteTree

POST = "---\ntitle: {0}\ndate: 2020-01-01\n---\n{0}\n"
TEMPLATE = "{{% extends '!theme/article.html' %}}{{% block title %}}{}{{% endblock %}}"


class Process:
    """A session in this process: what it was sent, what it has said, and its pages in the order of their writing."""

    def __init__(self, folder: Path, settings: Path) -> None:
        """Send it where to begin."""
        reader, writer = os.pipe()
        self.stream, self.told, self.written, self.ended = os.fdopen(reader), [], [], False
        self.pen = os.fdopen(writer, "w")
        self.folder, self.output = folder, folder / "out"
        self.inbox = Inbox(self.stream, self.end, quiet=0)
        places = find_places(settings, self.tell)
        assert places is not None
        self.session = Session(settings, places, self.tell, self.inbox)
        signals.content_written.connect(self.note)

    told: list[tuple[str, dict[str, Any]]]
    written: list[str]

    def end(self) -> None:
        """Hear that the server is gone."""
        self.ended = True

    def tell(self, kind: str, **said: Any) -> None:
        """Keep what it says."""
        self.told.append((kind, said))

    def note(self, path: str, context: object) -> None:  # noqa: ARG002 - Pelican's signature
        """Keep which page was written."""
        self.written.append(os.path.relpath(path, self.output))

    def send(self, *changed: str, looked_at: tuple[str, ...] = ()) -> None:
        """Send a batch, as the server does, and wait until it is there."""
        said = {
            "changed": [str(self.folder / name) for name in changed],
            "open": [str(self.output / name) for name in looked_at],
        }
        self.pen.write(json.dumps(said) + "\n")
        self.pen.flush()
        until(lambda: self.inbox.waiting)

    def ask(self, page: str) -> None:
        """Ask for a page, as somebody does who clicks on a link, and wait until that is known."""
        self.pen.write(json.dumps({"asked": str(self.output / page)}) + "\n")
        self.pen.flush()
        until(lambda: not self.inbox._asked.empty())  # noqa: SLF001 - it has come

    def turn(self) -> None:
        """Do what was sent."""
        self.told.clear()
        self.written.clear()
        self.session.turn(self.inbox.take())

    def save(self, name: str, text: str, *, looked_at: tuple[str, ...] = ()) -> None:
        """Save a file, and do what comes of it."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        self.send(name, looked_at=looked_at)
        self.turn()

    def said(self, kind: str) -> list[dict[str, Any]]:
        """Return what it has said of one kind."""
        return [said for each, said in self.told if each == kind]


@pytest.fixture
def process(write_tree: WriteTree, tmp_path: Path, release_signals: None) -> Iterator[Process]:  # noqa: ARG001 - for the whole test
    content = write_tree({f"posts/{name}.md": POST.format(name.upper()) for name in "abc"})
    (tmp_path / "own").mkdir()
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    own: dict[str, object] = {
        "THEME_TEMPLATES_OVERRIDES": [str(tmp_path / "own")],
        "OUTPUT_PATH": str(tmp_path / "out"),
    }
    own["THEME"] = str(tmp_path / "theme")
    process = Process(tmp_path, write_settings(tmp_path, content, tmp_path / ".cache", **own))
    process.send()
    yield process
    process.pen.close()
    until(lambda: process.ended)
    process.stream.close()


B = "posts/b/index.html"


def test_in_the_first_build_of_a_process_the_open_page_comes_first(process: Process) -> None:
    process.inbox.take()
    process.send(looked_at=(B,))
    process.turn()
    assert process.written[0] == B
    assert process.written.count(B) == 2  # the second time, it is found as it is
    assert process.said("pages")
    assert not process.said("built")[0]["state"]["failed"]


def test_what_is_wrong_with_a_saved_text_is_said_before_the_site_is_built(process: Process) -> None:
    process.turn()
    process.save("content/posts/a.md", POST.format("A").replace("2020-01-01", "soon"))
    assert [kind for kind, _ in process.told].index("pages") == 0
    first, last = process.said("pages")[0]["state"], process.said("built")[0]["state"]
    assert first == last
    assert [each["where"] for each in first["problems"]] == ["content/posts/a.md:3:7"]
    process.save("content/posts/a.md", POST.format("A"))
    assert process.said("pages")[0]["state"]["problems"] == []


def test_what_is_wrong_elsewhere_is_said_before_the_pages_are_written(process: Process) -> None:
    process.turn()
    process.save("content/vocabulary/regions.yml", "- slug: [\n")
    first, last = next(each for each in process.said("pages") if "state" in each), process.said("built")[0]
    assert first["state"] == last["state"]
    assert first["state"]["problems"]


def test_a_template_that_is_broken_is_not_well_before_a_build_says_so(process: Process) -> None:
    process.turn()
    process.save("own/article.html", "{% if %}")
    assert process.said("built")[0]["state"]["failed"]
    process.save("content/posts/a.md", POST.format("Another"))
    assert all("state" not in said for said in process.said("pages"))
    process.save("own/article.html", TEMPLATE.format("Mine"))
    assert not process.said("built")[0]["state"]["failed"]


def test_by_a_template_that_was_saved_the_open_page_comes_first(process: Process) -> None:
    process.turn()
    process.save("own/article.html", TEMPLATE.format("Mine"), looked_at=(B,))
    assert process.said("pages")[0]["text"].startswith("shown: /posts/b/ (")
    assert "Mine" in (process.output / B).read_text("utf-8")
    first = process.output / B
    before = first.read_bytes()
    process.save("own/article.html", TEMPLATE.format("Mine again"), looked_at=(B,))
    assert process.written[0] == B
    assert first.read_bytes() == before.replace(b"Mine", b"Mine again")


def test_by_a_template_that_was_saved_an_open_list_comes_first_too(process: Process) -> None:
    process.turn()
    process.save("own/archives.html", "Mine {{ SITENAME }}", looked_at=("posts/index.html", B))
    assert process.written[:2] == [B, "posts/index.html"]
    assert process.said("pages")[0]["text"].splitlines()[1].startswith("shown: /posts/ (")
    assert (process.output / "posts/index.html").read_text("utf-8").startswith("Mine ")


def test_a_list_that_nobody_has_open_and_that_cannot_be_made_holds_no_open_page_back(process: Process) -> None:
    process.turn()
    process.save("own/tag.html", "{% if %}")
    process.save("own/article.html", TEMPLATE.format("Mine"), looked_at=(B,))
    assert process.said("pages")[0]["text"].startswith("shown: /posts/b/ (")
    assert "Mine" in (process.output / B).read_text("utf-8")


def test_by_settings_that_were_saved_the_open_page_is_shown_and_the_whole_left_to_another_process(
    process: Process,
) -> None:
    process.turn()
    text = (process.folder / "pelicanconf.py").read_text("utf-8")
    process.save("pelicanconf.py", f'{text}SITENAME = "Another name"\n', looked_at=(B,))
    assert [kind for kind, _ in process.told] == ["pages"]
    assert process.told[0][1]["text"].startswith("shown: /posts/b/ (")
    assert process.written == [B]
    assert "Another name" in (process.output / B).read_text("utf-8")


def test_by_settings_that_are_broken_or_saved_before_the_first_build_nothing_is_shown(process: Process) -> None:
    process.inbox.take()
    text = (process.folder / "pelicanconf.py").read_text("utf-8")
    process.save("pelicanconf.py", f'{text}SITENAME = "Another name"\n', looked_at=(B,))
    assert process.told == []
    process.send()
    process.turn()
    process.save("pelicanconf.py", f"{text}SITENAME = \n", looked_at=(B,))
    assert process.told == []
    assert process.written == []


def test_by_a_style_or_a_script_that_was_saved_the_open_page_comes_first(process: Process) -> None:
    process.turn()
    styles = (process.folder / "theme/styles/30-base.css").read_text("utf-8")
    process.save("theme/styles/30-base.css", styles + "@layer base { body { tab-size: 3; } }", looked_at=(B,))
    assert process.written[0] == B
    assert "tab-size:3" in (process.output / B).read_text("utf-8")
    script = (process.folder / "theme/static/kept.js").read_text("utf-8")
    process.save("theme/static/kept.js", f"{script}\nself.more = 1;\n", looked_at=(B,))
    assert next(kind for kind, _ in process.told) == "pages"
    fresh = [file for file in process.output.rglob("*.js") if "self.more" in file.read_text("utf-8")]
    assert len(fresh) == 1


def test_a_page_that_is_asked_for_while_the_site_is_built_comes_next_and_is_told_at_once(process: Process) -> None:
    process.turn()
    home, order = "index.html", process.written

    def click(path: str, context: object) -> None:  # noqa: ARG001 - Pelican's signature
        if order.count("posts/a/index.html") == 2 and home not in order:
            process.ask(home)
            process.told.clear()

    signals.content_written.connect(click)
    process.save("content/posts/a.md", POST.format("Another title"))
    assert order[order.index(home) - 1] == "posts/a/index.html"
    assert {"posts/b/index.html", "posts/c/index.html"} & {*order[order.index(home) :]}
    assert order.count(home) == 2
    assert "Another title" in (process.output / home).read_text("utf-8")
    assert process.told[0][0] == "pages"


def test_a_page_that_was_asked_for_before_a_save_and_is_closed_has_its_turn_with_the_others(process: Process) -> None:
    process.turn()
    process.ask("index.html")
    process.save("content/posts/a.md", POST.format("Another title"))
    assert process.written.count("index.html") == 1


def test_of_what_has_no_page_the_open_page_comes_first_in_the_whole_build(process: Process) -> None:
    process.turn()
    process.save("content/vocabulary/regions.yml", "", looked_at=(B,))
    assert process.written[0] == B


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 13, 21, 34])
def test_a_build_gives_way_wherever_it_is_and_the_next_one_makes_the_same(process: Process, number: int) -> None:
    process.turn()
    whole = {file: file.read_bytes() for file in process.output.rglob("*") if file.is_file()}
    text = (process.folder / "content/posts/c.md").read_text("utf-8")
    (process.folder / "content/posts/c.md").write_text(text.replace("title: C", "title: D"), "utf-8")
    process.send("content/posts/c.md")
    count, heed = 0, process.session.give_way

    def interrupt(sender: object = None) -> None:  # noqa: ARG001 - Pelican's signature
        nonlocal count
        count += 1
        if count == number:
            (process.folder / "content/posts/c.md").write_text(text, "utf-8")
            process.send("content/posts/c.md")
        heed()

    process.session.give_way = interrupt  # type: ignore[method-assign] # a save at a moment that a test chooses
    process.turn()
    assert count >= number
    assert not process.said("built")
    process.session.give_way = heed  # type: ignore[method-assign] # as above
    process.turn()
    assert process.said("built")
    assert {file: file.read_bytes() for file in process.output.rglob("*") if file.is_file()} == whole


def test_batches_that_wait_are_one(process: Process) -> None:
    process.inbox.take()
    process.send("a", looked_at=("x",))
    process.send("b", "a", looked_at=("y",))
    until(lambda: process.inbox._batches.qsize() == 2)  # noqa: SLF001 - both have come
    batch = process.inbox.take()
    assert batch == Batch((process.folder / "a", process.folder / "b"), (process.output / "y",))
