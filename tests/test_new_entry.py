"""An entry that is linked by itself: its own page has all that it has where the whole site is linked."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from conftest import ROOT
from rehab.comments.read import hosts_of, parse_threads
from rehab.compile import compile_site
from rehab.images.plan import Recipe
from rehab.model.entries import parse_entries
from rehab.site.edges import id_of
from rehab.site.new_entry import problems_of, with_entry, with_thread
from rehab.source.document import Tree
from rehab.source.read import read_document

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conftest import WriteTree
    from rehab.model.entry import Entry
    from rehab.site.site import Edge, Site
    from rehab.source.problem import Problem

POST = """\
---
title: A knee
date: 2020-01-01
tags: [knee]
injuries: [runners-knee]
exercises:
  - wall-sit: 3 x 30 s
---
It *hurt*, see [[b]].
"""
BLOG: dict[str, str | bytes] = {
    "posts/a.md": POST,
    "posts/b.md": "---\ntitle: B\ndate: 2021-01-01\nexercises:\n  - wall-sit: 2 x 10 s\n---\nAs in [[a]].\n",
    "posts/c.md": POST.replace("A knee", "C").replace("2020", "2019"),
    "posts/draft.md": "---\ntitle: To come\ndate: 2021-01-02\nstatus: draft\n---\nNot yet, [[a]].\n",
    "posts/defines.md": (
        "---\ntitle: D\ndate: 2021-01-05\nexercises:\n  - {name: Hop, cues: [Hop], dose: 2 x 30 s}\n---\nText\n"
    ),
    "pages/about.md": "---\ntitle: About\n---\nMe and [[a]].\n",
    "exercises/wall-sit.md": (
        "---\ntitle: Wall sit\nlaterality: bilateral\nsteps: [Sit.]\n"
        "injuries: [{injury: runners-knee, relation: helps, evidence: author-experience}]\n---\nOld text.\n"
    ),
    "exercises/squat.md": "---\ntitle: Squat\nlaterality: bilateral\neasier: [wall-sit]\n---\n",
    "injuries/runners-knee.md": "---\ntitle: Runner's knee\nregion: knee\nred_flags: []\n---\nIt hurts.\n",
    "treatments/ice.md": "---\ntitle: Ice\nkind: home\n---\nCold.\n",
    "programs/start.md": "---\ntitle: Start\nphases:\n  - title: One\n    items:\n      - wall-sit: 2 x 5\n---\nGo.\n",
    "comments/a/one.md": "---\nauthor: R\ndate: 2022-01-01\n---\nGood.\n",
}
A, B, WALL = "posts/a.md", "posts/b.md", "exercises/wall-sit.md"
EDITS = {
    "words": (A, "hurt", "ached"),
    "a link more": (A, "[[b]]", "[[b]] and [[c]] and [[wall-sit]]"),
    "a link that leads nowhere": (A, "[[b]]", "[[gone]]"),
    "a title": (A, "A knee", "Another knee"),
    "a title that no font of ours has": (A, "A knee", "膝の痛み"),
    "a date that changes places": (A, "2020-01-01", "2022-05-05"),
    "a date of the same place": (A, "2020-01-01", "2020-01-02"),
    "no date": (A, "date: 2020-01-01\n", "date_basis: unknown\n"),
    "a date that is none": (A, "2020-01-01", "2020-13-01"),
    "tags": (A, "[knee]", "[knee, hip]"),
    "a dose": (A, "3 x 30 s", "5 x 45 s"),
    "a dose that is none": (A, "3 x 30 s", "many"),
    "an exercise more": (A, "exercises:\n", "exercises:\n  - squat: 2 x 5\n"),
    "an exercise that nobody knows": (A, "wall-sit", "wall-sits"),
    "an injury less": (A, "injuries: [runners-knee]\n", ""),
    "another injury": (B, "exercises", "injuries: [runners-knee]\nexercises"),
    "a field that nobody knows": (A, "tags", "tagz"),
    "a picture that is not there": (A, "hurt", "![](gone.jpg)"),
    "damaged letters": (A, "hurt", "hurt Ã¤"),
    "a silenced warning": (A, "tags", "silence: {missing-alt: so it is}\ntags"),
    "no header": (A, POST.rpartition("---\n")[0] + "---\n", ""),
    "a draft": ("posts/draft.md", "To come", "Still to come"),
    "a page": ("pages/about.md", "About", "About me"),
    "an exercise": (WALL, "Old text.", "New text with [[b]]."),
    "steps of an exercise": (WALL, "[Sit.]", "[Stand., Sit.]"),
    "how an exercise bears on an injury": (WALL, "helps", "aggravates"),
    "an injury": ("injuries/runners-knee.md", "It hurts.", "It hurts below."),
    "where an injury is": ("injuries/runners-knee.md", "region: knee", "region: hip"),
    "a treatment": ("treatments/ice.md", "Cold.", "Very cold."),
    "a program": ("programs/start.md", "wall-sit: 2 x 5", "squat: 3 x 5"),
}
WHOLE = {
    "another address": (A, "title:", "slug: elsewhere\ntitle:"),
    "a post that becomes a draft": (A, "title:", "status: draft\ntitle:"),
    "a thread that is closed": (A, "title:", "comments: closed\ntitle:"),
    "another language": (A, "title:", "lang: de\ntitle:"),
    "an exercise that a post defines": ("posts/defines.md", "Text", "Words"),
    "what made an injury worse": (A, "tags", "avoid: [wall-sit]\ntags"),
    "another name": (WALL, "steps", "aliases: [sitting]\nsteps"),
    "what is easier than an exercise": ("exercises/squat.md", "easier: [wall-sit]\n", ""),
}


class Linked(NamedTuple):
    """A site, one entry of it, and what is wrong with that."""

    site: Site
    entry: Entry
    problems: tuple[Problem, ...]


def alone(site: Site, content: Path, name: str) -> Linked | None:
    """Link one file by itself."""
    path = f"{content.name}/{name}"
    document, text, problems = read_document(str(content / name), path)
    entries, found = parse_entries(Tree((document,), (), {path: text}))
    (entry,) = (each for field in entries.__struct_fields__ for each in getattr(entries, field))
    new = with_entry(site, entry, text, Recipe(), parse_threads((), hosts_of(entries))[0])
    return Linked(*new, problems_of(*new, (*problems, *found))) if new else None


def shown(site: Site, path: str, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """Return all that the page of a file may show of it, without the order of links that end at one thing."""
    things = {each.path: each for each in (*site.nouns.values(), *site.unlisted, *site.drafts) if hasattr(each, "path")}
    noun = things[path]
    here = id_of(noun)
    listed = site.nouns.get(here) is noun
    return {
        "noun": noun,
        "text": site.texts[path],
        "target": site.targets.get(here) if listed else None,
        "refs": site.text_refs.get(here) if listed else None,
        "from": site.edges_from(here) if listed else None,
        "to": links(site.incoming),
        "orders": [[each.slug for each in kind] for kind in (site.posts, site.exercises, site.injuries, site.pages)],
        "others": sorted(each.path for each in (*site.unlisted, *site.drafts)),
        "positions": site.positions,
        "card": site.cards.get(here),
        "problems": [each for each in problems if each.place.path == path],
        "threads": {name: (thread.state, len(thread.entries)) for name, thread in site.threads.items()},
    }


def compare(content: Path, before: Site, name: str) -> None:
    new = alone(before, content, name)
    assert new is not None
    path = f"{content.name}/{name}"
    assert shown(new.site, path, new.problems) == shown(*compile_whole(content, path))


def compile_whole(content: Path, path: str) -> tuple[Site, str, tuple[Problem, ...]]:
    site, problems = compile_site(content)
    return site, path, problems


@pytest.mark.parametrize(("name", "old", "new"), EDITS.values(), ids=EDITS)
def test_what_is_linked_by_itself_is_as_in_the_whole_site(write_tree: WriteTree, name: str, old: str, new: str) -> None:
    content = write_tree(BLOG)
    before, _ = compile_site(content)
    text = (content / name).read_text("utf-8")
    assert old in text
    (content / name).write_text(text.replace(old, new, 1), "utf-8")
    compare(content, before, name)


@pytest.mark.parametrize(("name", "old", "new"), WHOLE.values(), ids=WHOLE)
def test_what_reaches_further_is_not_linked_by_itself(write_tree: WriteTree, name: str, old: str, new: str) -> None:
    content = write_tree(BLOG)
    before, _ = compile_site(content)
    text = (content / name).read_text("utf-8")
    (content / name).write_text(text.replace(old, new, 1), "utf-8")
    assert alone(before, content, name) is None


@pytest.mark.parametrize("name", ["posts/new.md", "exercises/new.md", "pages/new.md", "injuries/new.md"])
def test_a_new_file_is_linked_by_itself_too(write_tree: WriteTree, name: str) -> None:
    content = write_tree(BLOG)
    before, _ = compile_site(content)
    like = {"posts": A, "exercises": WALL, "pages": "pages/about.md", "injuries": "injuries/runners-knee.md"}
    (content / name).write_bytes((content / like[name.partition("/")[0]]).read_bytes())
    compare(content, before, name)


def test_a_new_file_whose_name_is_taken_is_not(write_tree: WriteTree) -> None:
    content = write_tree(BLOG)
    before, _ = compile_site(content)
    (content / "posts/again").mkdir()
    (content / "posts/again/a.md").write_text(POST, "utf-8")
    assert alone(before, content, "posts/again/a.md") is None


def test_edits_add_up(write_tree: WriteTree) -> None:
    content = write_tree(BLOG)
    site, _ = compile_site(content)
    for edit in ("a title", "an exercise more", "a link more", "a date that changes places", "an injury less"):
        name, old, new = EDITS[edit]
        (content / name).write_text((content / name).read_text("utf-8").replace(old, new, 1), "utf-8")
        linked = alone(site, content, name)
        assert linked is not None
        site = linked.site
    assert shown(site, "content/posts/a.md", ()) == {
        **shown(*compile_whole(content, "content/posts/a.md")), "problems": []
    }  # fmt: skip


REPLIES = {
    "comments/a/one.md": "Bad, see [[b]].",
    "comments/a/two.md": "New.",
    "comments/b/first.md": "First.",
    "comments/exercises/wall-sit/first.md": "How long?",
}


@pytest.mark.parametrize(("name", "body"), REPLIES.items(), ids=REPLIES)
def test_the_comments_on_a_page_are_linked_by_themselves(write_tree: WriteTree, name: str, body: str) -> None:
    content = write_tree(BLOG)
    site, _ = compile_site(content)
    (content / name).parent.mkdir(parents=True, exist_ok=True)
    mentions = "mentions: {injuries: [runners-knee]}"
    (content / name).write_text(f"---\nauthor: S\ndate: 2023-01-01\n{mentions}\n---\n{body}\n", "utf-8")
    whole, _ = compile_site(content)
    thread = name.removeprefix("comments/").rpartition("/")[0]
    comments = tuple(each for each in whole.comments if each.thread == thread)
    new = with_thread(site, whole.threads[thread], comments)
    for fact in ("threads", "replies", "targets", "outgoing"):
        assert getattr(new, fact) == getattr(whole, fact)
    assert new.talk.answers == whole.talk.answers
    assert links(new.incoming) == links(whole.incoming)


def test_a_comment_that_is_gone_leaves_nothing(write_tree: WriteTree) -> None:
    content = write_tree(BLOG)
    site, _ = compile_site(content)
    (content / "comments/a/one.md").unlink()
    whole, _ = compile_site(content)
    new = with_thread(site, whole.threads["a"], ())
    assert (new.replies, new.targets, new.outgoing) == (whole.replies, whole.targets, whole.outgoing)
    assert links(new.incoming) == links(whole.incoming)


def links(ends: Mapping[str, tuple[Edge, ...]]) -> dict[str, list[str]]:
    """Return links by where they end, in no order."""
    return {end: sorted(map(repr, edges)) for end, edges in ends.items() if edges}


def test_nearly_every_file_of_the_demo_is_linked_by_itself(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    before, _ = compile_site(content)
    defining = {before.nouns[f"post:{slug}"].path for slug in before.defined_in.values()}
    defined = {before.nouns[f"exercise:{slug}"].path for slug in before.defined_in}
    kinds = ("posts", "exercises", "injuries", "treatments", "programs", "galleries", "pages")
    files = [file for kind in kinds for file in sorted((content / kind).rglob("*.md"))]
    after = []
    for file in files:
        path = f"content/{file.relative_to(content).as_posix()}"
        if path not in defining | defined:
            file.write_text(file.read_text("utf-8").replace("title: ", "title: Another ", 1) + "\nMore.\n", "utf-8")
            after.append(path.removeprefix("content/"))
    whole = compile_site(content)
    linked = {name: new for name in after if (new := alone(before, content, name))}
    assert len(linked) > len(after) - 3  # those of which a post says the same in other words
    for name, new in linked.items():
        mine, theirs = (shown(each[0], f"content/{name}", each[1]) for each in ((new.site, new.problems), whole))
        for fact in ("noun", "text", "target", "refs", "from", "card", "problems"):
            assert mine[fact] == theirs[fact]
