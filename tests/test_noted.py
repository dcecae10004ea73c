"""A site notes by itself what is asked of it, and a stamp says whether that is what it was."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from rehab.compile import compile_site
from rehab.model.refs import TextRef
from rehab.site import pages
from rehab.site.memo import answer, once
from rehab.site.noted import MAPPINGS, OF_COMMENTS, SEQUENCES, noted
from rehab.site.notes import ELSEWHERE, Notes
from rehab.site.site import Site
from rehab.site.stamps import Stamps

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import WriteTree

TWO = "---\ntitle: {}\ndate: 2020-01-03\ninjuries: [knee]\n---\nTwo\n"
BLOG: dict[str, str | bytes] = {
    "injuries/knee.md": "---\ntitle: Sore knee\nregion: knee\nred_flags: []\n---\nText\n",
    "exercises/squat.md": "---\ntitle: Squat\nlaterality: bilateral\n---\nText\n",
    "posts/one.md": "---\ntitle: One\ndate: 2020-01-02\ninjuries: [knee]\nexercises:\n  - squat: 3 x 10\n---\nOne\n",
    "posts/two.md": TWO.format("Two"),
    "posts/three.md": "---\ntitle: Three\ndate: 2020-01-04\n---\nThree\n",
    "comments/one/c1.md": "---\nauthor: Ana\ndate: 2021-01-01\n---\nGood.\n",
}
STEADY = {"options", "notes", "memo"}
"""What of a site does not change while a program runs, or is nothing to read."""


def site_of(write_tree: WriteTree, **changes: str) -> Site:
    return compile_site(
        write_tree({**BLOG, **{f"{name.replace('__', '/')}.md": text for name, text in changes.items()}})
    )[0]


def reads_of(site: Site, ask: Callable[[Site], object]) -> set[str]:
    notes = Notes()
    ask(noted(site, notes))
    return names_of(notes, notes.take())


def names_of(notes: Notes, read: set[int]) -> set[str]:
    return {f"{field} {key}" for field, keys in notes.fields.items() for key, number in keys.items() if number in read}


def stamp_of(site: Site, read: str) -> bytes:
    field, _, key = read.partition(" ")
    return Stamps(site, {}).of(field, key)


def test_every_part_of_a_site_notes_what_is_read_of_it() -> None:
    parts = {*MAPPINGS, *OF_COMMENTS, *SEQUENCES, "assets", "names", "talk"}
    assert parts == {each.name for each in dataclasses.fields(Site)} - STEADY


ASKED: dict[str, tuple[Callable[[Site], object], set[str]]] = {
    "a key": (lambda site: site.targets["post:one"], {"targets post:one"}),
    "a key that is not there": (lambda site: site.targets.get("post:none"), {"targets post:none"}),
    "whether a key is there": (lambda site: "post:one" in site.positions, {"positions post:one"}),
    "all keys": (lambda site: list(site.nouns), {"nouns *"}),
    "how many": (lambda site: len(site.exercises), {"exercises *"}),
    "whether there is any": (lambda site: bool(site.posts), {"posts ?"}),
    "one of a list": (lambda site: site.posts[0], {"posts *"}),
    "links": (lambda site: site.edges_to("exercise:squat", "uses"), {"incoming exercise:squat"}),
    "a name": (lambda site: site.names.find("injury", "Sore knee"), {"find injury:Sore knee"}),
    "a reference": (lambda site: site.names.resolve(TextRef("squat")), {"resolve :squat"}),
    "all names": (lambda site: site.names.nearest("injury", "kne"), {"names *"}),
    "a comment": (lambda site: site.targets["comment:one/c1"], {"threads one", "targets post:one"}),
    "a comment's words": (lambda site: site.replies.get("comment:one/c9"), {"threads one", "targets post:one"}),
    "what answers a post": (lambda site: site.edges_to("post:one", "on"), {"incoming post:one", "threads one"}),
    "all talk": (lambda site: len(site.talk.answers), {"threads *"}),
    "a file": (lambda site: "a.txt" in site.assets, {"assets a.txt"}),
}


@pytest.mark.parametrize("case", ASKED)
def test_what_is_asked_of_a_site_is_noted(case: str, write_tree: WriteTree) -> None:
    ask, reads = ASKED[case]
    assert reads_of(site_of(write_tree), ask) == reads


def title_of(site: Site, post: str) -> str:
    return site.targets[f"post:{post}"].title


def test_who_is_given_what_was_made_for_somebody_else_has_read_as_much(write_tree: WriteTree) -> None:
    notes = Notes()
    site = noted(site_of(write_tree), notes)
    read = []
    for _ in range(2):
        notes.take()
        once(site, title_of, "one")
        read.append(names_of(notes, notes.take()))
    assert read == [{"targets post:one"}] * 2


def test_of_a_question_the_answer_is_noted_and_not_the_way_to_it(write_tree: WriteTree) -> None:
    read = reads_of(site_of(write_tree), lambda site: answer(site, title_of, "one"))
    assert read == {"answer test_noted:title_of one"}


def test_a_page_is_the_same_whether_its_site_notes_or_not(write_tree: WriteTree) -> None:
    site = site_of(write_tree)
    assert pages.post_view(noted(site, Notes()), "one") == pages.post_view(site, "one")


BRIDGE = "---\ntitle: Bridge\nlaterality: bilateral\n---\n"
BESIDE = "answer rehab.site.show.post:ids_beside post:one"


def new_post(date: str, more: str = "") -> dict[str, str]:
    return {"posts__new": f"---\ntitle: New\ndate: {date}\n{more}---\n"}


CHANGED: dict[str, tuple[str, dict[str, str], bool]] = {
    "another title of what is linked to": ("targets post:two", {"posts__two": TWO.format("2")}, True),
    "another text of what is linked to": ("targets post:two", {"posts__two": TWO.format("Two") + "More.\n"}, False),
    "another text of what is shown": ("nouns post:two", {"posts__two": TWO.format("Two") + "More.\n"}, True),
    "a text of another": ("nouns post:one", {"posts__two": TWO.format("Two") + "More.\n"}, False),
    "a new post before one": ("positions post:one", new_post("2022-01-01"), False),
    "a post of the same moment": ("positions post:one", new_post("2020-01-02"), True),
    "one more that leads there": ("incoming injury:knee", new_post("2020-01-09", "injuries: [knee]\n"), True),
    "a comment in a thread": ("threads one", {"comments__one__c2": "---\nauthor: Bo\n---\nYes.\n"}, True),
    "a comment in another": ("threads two", {"comments__one__c2": "---\nauthor: Bo\n---\nYes.\n"}, False),
    "another neighbour": (BESIDE, new_post("2020-01-02T09:00Z"), True),
    "a post that is nobody's neighbour": (BESIDE, new_post("2022-01-01"), False),
    "a word that leads somewhere now": ("resolve :bridge", {"exercises__bridge": BRIDGE}, True),
    "what a list is made of": ("exercises *", {"exercises__bridge": BRIDGE}, True),
    "whether there is any, when there was": ("posts ?", new_post("2022-01-01"), False),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
def test_a_stamp_is_another_one_where_what_was_read_is(case: str, write_tree: WriteTree) -> None:
    read, changes, differs = CHANGED[case]
    before = stamp_of(site_of(write_tree), read)
    assert (stamp_of(site_of(write_tree, **changes), read) != before) == differs


@pytest.mark.parametrize(
    "read", [f"{ELSEWHERE} *", "edges *", "names *", "answer rehab.site.show.post:ids_beside post:gone"]
)
def test_what_nobody_can_tell_has_no_stamp(read: str, write_tree: WriteTree) -> None:
    assert stamp_of(site_of(write_tree), read) == b""
