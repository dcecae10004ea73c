"""`rehab html --why PAGE` says in a sentence what decided."""

from __future__ import annotations

import pytest

from rehab.cli.why import Done, file_name, render_why

PAGE = "posts/a/index.html"
SINCE = "since the last whole build"
MORE = "more than words, or words that stand on other pages too, may be new in"
TEXT = ("content/posts/a.md",)

SAID = {
    "nothing": (Done(), False, f"{PAGE} was left: nothing was touched since the last build"),
    "words, here": (
        Done(touched=TEXT, words=True, made=frozenset({PAGE})), True,
        f"{PAGE} was made anew: it has words that are new since the last whole build, of content/posts/a.md",
    ),
    "words, elsewhere": (
        Done(touched=TEXT, words=True), False,
        f"{PAGE} was left: only words are new {SINCE}, those of {TEXT[0]}, and none of them stand here",
    ),
    "left in a whole build": (
        Done(touched=TEXT, left=frozenset({PAGE})), False,
        f"{PAGE} was left: its own text, its readers' and all that it shows of others are as they were",
    ),
    "more than words": (
        Done(touched=TEXT), True,
        f"{PAGE} was made anew: {MORE} {TEXT[0]}",
    ),
    "of another thing": (
        Done(touched=TEXT, because={PAGE: ("incoming exercise:bridge", "positions post:a", "targets post:a")}), True,
        f"{PAGE} was made anew: something is new of exercise:bridge, post:a, which it shows or counts",
    ),
    "of a list": (
        Done(touched=TEXT, because={PAGE: ("posts *",)}), True,
        f"{PAGE} was made anew: {MORE} {TEXT[0]}",
    ),
    "made in vain": (
        Done(touched=("a", "b", "c", "d")), False,
        f"{PAGE} was made anew, and came out as it was: {MORE} 4 files",
    ),
    "files came": (
        Done(gone=True), True,
        f"{PAGE} was made anew: it is another day, files of the content came or went, or somebody touched the output",
    ),
    "a first build": (
        Done(touched=None), True,
        f"{PAGE} was made anew: no build is known with this program, theme, settings and environment",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_the_sentence_says_what_decided(case: str) -> None:
    done, differs, said = SAID[case]
    assert render_why(PAGE, done, differs=differs) == said


@pytest.mark.parametrize("asked", ["posts/a/", "/posts/a/", "posts/a", "posts/a/index.html"])
def test_a_page_is_found_by_its_address_or_its_file(asked: str) -> None:
    assert file_name(asked, [PAGE, "index.html"]) == PAGE
    assert file_name("/", [PAGE, "index.html"]) == "index.html"
    assert file_name("nowhere", [PAGE]) == ""
