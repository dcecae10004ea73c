"""Everything that is wrong is found in one run, each at its exact place, and no mistake ever raises."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehab.compile import compile_site
from rehab.source.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conftest import WriteTree
    from rehab.source.problem import Problem

FOLDER = Path(__file__).parent / "cases" / "problems"
CASES: list[dict[str, Any]] = [
    case for file in sorted(FOLDER.glob("*.yml")) for case in yaml.safe_load(file.read_text("utf-8"))
]
"""Each case: files under `content/`, and every problem that they give, as `path:line:column: code`.

With `only`, problems of other codes are not looked at. `long` is a file that has 10,000 characters more. `NNN` stands
for three digits, the case's own where all cases stand in one tree, so that their names keep apart and columns stay the
same.
"""
FEWEST = 80
LONG = b"More words.\n" * 1000

TEN: dict[str, str | bytes] = {
    "injuries/sore-knee.md": "---\ntitle: Sore knee\nregion: knee\nred_flags: []\n---\n",
    "exercises/squat.md": "---\ntitle: Squat\nlaterality: bilateral\n---\n",
    # unknown slug, bad dose, unknown key
    "posts/one.md": """\
        ---
        title: One
        date: 2020-01-01
        injuries: [sore-nee]
        exercises:
          - squat: 3 x 10 @ 10
        mood: fine
        ---
        Text
        """,
    # bad date
    "posts/two.md": "---\ntitle: Two\ndate: 2020-02-31\ninjuries: [sore-knee]\nexercises: [squat]\n---\n",
    # duplicate slug: the same name in two folders
    "posts/2020/three.md": "---\ntitle: Three\ndate: 2020-03-01\n---\n",
    "posts/2021/three.md": "---\ntitle: Three again\ndate: 2021-03-01\n---\n",
    # Latin-1
    "posts/four.md": "---\ntitle: Caf\xe9\ndate: 2020-04-01\n---\n".encode("latin-1"),
    # tab
    "posts/five.md": "---\ntitle: Five\ndate: 2020-05-01\nepisode:\n\tonset: May\n---\n",
    # missing image, missing alt
    "posts/six/index.md": """\
        ---
        title: Six
        date: 2020-06-01
        gallery:
          - {src: gone.jpg, alt: A runner}
          - src: here.svg
        ---
        """,
    "posts/six/here.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>',
    # reply to nobody
    "comments/one/20200102T100000Z-aaaa.md": "---\nauthor: Ann\ndate: 2020-01-02\nreply_to: nobody\n---\nHi\n",
}

EXPECTED = {
    ("unknown-slug", "content/posts/one.md", 4, 12),
    ("bad-dose", "content/posts/one.md", 6, 21),
    ("unknown-key", "content/posts/one.md", 7, 1),
    ("bad-date", "content/posts/two.md", 3, 7),
    ("duplicate-slug", "content/posts/2021/three.md", 1, 1),
    ("not-utf8", "content/posts/four.md", 2, 11),
    ("yaml-tab", "content/posts/five.md", 5, 1),
    ("missing-image", "content/posts/six/index.md", 5, 11),
    ("missing-alt", "content/posts/six/index.md", 6, 10),
    ("reply-to-missing", "content/comments/one/20200102T100000Z-aaaa.md", 4, 11),
}


def test_ten_kinds_of_mistakes_in_one_tree_are_all_found_at_their_places(write_tree: WriteTree) -> None:
    _, problems = compile_site(write_tree(TEN))
    errors = {(p.code, p.place.path, p.place.line, p.place.column) for p in problems if p.severity == "error"}
    assert errors == EXPECTED


def test_a_tree_with_mistakes_still_becomes_a_site(write_tree: WriteTree) -> None:
    site, _ = compile_site(write_tree(TEN))
    assert {post.slug for post in site.posts} == {"one", "two", "three", "four", "five", "six"}


def numbered(words: str, number: int) -> str:
    return words.replace("NNN", f"{number:03}")


def files_of(case: dict[str, Any], number: int) -> dict[str, str | bytes]:
    files = {numbered(name, number): numbered(text, number).encode() for name, text in case["files"].items()}
    long = numbered(case.get("long", ""), number)
    return {name: text + LONG if name == long else text for name, text in files.items()}


def expected_of(case: dict[str, Any], number: int) -> list[str]:
    return [f"content/{numbered(line, number)}" for line in case["problems"]]


def found_of(case: dict[str, Any], problems: Iterable[Problem]) -> list[str]:
    """Return the problems that a case looks at, as it writes them."""
    only = case.get("only", ())
    codes = {only} if isinstance(only, str) else set(only)
    return [f"{problem.place}: {problem.code}" for problem in problems if not codes or problem.code in codes]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_case_gives_exactly_its_problems(write_tree: WriteTree, case: dict[str, Any]) -> None:
    _, problems = compile_site(write_tree(files_of(case, 0)))
    assert found_of(case, problems) == expected_of(case, 0), [problem.message for problem in problems]


def test_all_faults_in_one_tree_are_found_in_one_run_at_their_places(write_tree: WriteTree) -> None:
    faults = [case for case in CASES if case["problems"]]
    assert len(faults) >= FEWEST
    _, problems = compile_site(
        write_tree({name: text for at, case in enumerate(faults) for name, text in files_of(case, at).items()})
    )
    missed = {}
    for at, case in enumerate(faults):
        paths = {f"content/{name}" for name in files_of(case, at)}
        found = found_of(case, (problem for problem in problems if problem.place.path in paths))
        if found != expected_of(case, at):
            missed[case["name"]] = (found, expected_of(case, at))
    assert missed == {}


def test_no_two_cases_share_a_name_or_a_file() -> None:
    names = [case["name"] for case in CASES]
    assert len(set(names)) == len(names)
    files = [name for at, case in enumerate(CASES) for name in files_of(case, at)]
    assert len(set(files)) == len(files)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_messages_are_lower_case_sentences_and_hints_are_instructions(
    write_tree: WriteTree, case: dict[str, Any]
) -> None:
    _, problems = compile_site(write_tree(files_of(case, 0)))
    for problem in problems:
        assert problem.message[0] == problem.message[0].lower(), problem.message
        assert not problem.message.endswith((".", "?")), problem.message
        assert problem.hint, problem.message
        assert problem.hint.split()[0].rstrip(",:").lower() in VERBS, problem.hint
        assert not JARGON.search(f"{problem.message} {problem.hint}"), problem


VERBS = set(
    "add begin check close correct delete fill find give have indent join keep line link list make move name open put "
    "remove say save see set take use write".split()
)
JARGON = re.compile(
    r"\b(None|NoneType|dict|str|int|bool|tuple|scalar|mapping|node|token|parse[dr]?|schema|null|regex)\b"
)


def test_every_code_of_the_core_has_a_case() -> None:
    """Those of the adapter are shown by builds, those of what was built by publishing."""
    elsewhere = {"missing-file", "unreadable-file", "not-utf8", "bad-image", "missing-image", "review-overdue"}
    elsewhere |= {"broken-link", "broken-file", "leak"}
    shown = json.dumps(CASES)
    assert not {code for code in CODES if f": {code}" not in shown} - elsewhere


LINES = (Path(__file__).parent.parent / "content").rglob("*.md")
TEXTS = sorted((str(file.relative_to(file.parents[2])), file.read_text("utf-8")) for file in LINES)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_change_to_a_good_file_makes_the_core_raise(write_tree: WriteTree, data: st.DataObject) -> None:
    name, text = data.draw(st.sampled_from(TEXTS))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    junk = data.draw(
        st.text(st.characters(codec="utf-8"), max_size=12)
        | st.sampled_from(["\t", "---\n", "[[", ": ", "&a ", "{", "'"])
    )
    compile_site(write_tree({f"posts/{Path(name).name}": text[:start] + junk + text[end:]}))
