"""The `source` room: files, front matter, places, and the report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.source.header import split_text
from rehab.source.nodes import Items, Scalar, Table
from rehab.source.place import Place
from rehab.source.problem import Problem
from rehab.source.read import read_tree
from rehab.source.report import count_problems, render_report
from rehab.source.yaml import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import WriteTree


def values(node: object) -> object:
    """Return nodes as plain values, to compare with."""
    match node:
        case Scalar(value, _):
            return value
        case Items(items, _):
            return [values(item) for item in items]
        case Table(rows, _):
            return {row.key.value: values(row.value) for row in rows}
    return node


def where(problems: tuple[Problem, ...]) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems]


@pytest.mark.parametrize("text", ["yes", "null", "010", "0xff", "1:30", "3.10", "2014-04-06", "~", "1_000"])
def test_every_scalar_stays_the_text_that_was_written(text: str) -> None:
    root, problems = parse_yaml(f"author: {text}\n", "x.md")
    assert values(root) == {"author": text}
    assert problems == ()


def test_every_value_keeps_its_line_and_column() -> None:
    split, _ = split_text('---\ntitle: "Quoted"\nlist:\n  - one\n  - {a: b}\n---\nbody', "content/x.md")
    assert isinstance(split.root, Table)
    title, items = (row.value for row in split.root)
    assert title.place == Place("content/x.md", 2, 9)
    assert isinstance(items, Items)
    assert [item.place for item in items] == [Place("content/x.md", 4, 5), Place("content/x.md", 5, 5)]


def test_the_body_begins_on_the_line_after_the_fence() -> None:
    split, _ = split_text("---\ntitle: A\n---\n\nText", "x.md")
    assert (split.body, split.body_line) == ("\nText", 4)


def test_a_rule_of_dashes_in_the_text_does_not_end_anything() -> None:
    split, problems = split_text("---\ntitle: A\n---\none\n\n---\n\ntwo", "x.md")
    assert split.body == "one\n\n---\n\ntwo"
    assert problems == ()


def test_an_old_pelican_header_is_read_with_its_lists() -> None:
    split, problems = split_text("Title: A: b\nTags: one, two\nSummary: long\n  and more\n\nText", "x.md")
    assert values(split.root) == {"title": "A: b", "tags": ["one", "two"], "summary": "long and more"}
    assert split.legacy
    assert split.body.strip() == "Text"
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: a: b\n", [("yaml-syntax", 2, 9)]),
        ("title: 'open\n", [("yaml-syntax", 2, 8)]),
        ("list: [a, b\n", [("yaml-syntax", 2, 7)]),
        ("a:\n\t- x\n", [("yaml-tab", 3, 1)]),
        ("a: *b\n", [("yaml-alias", 2, 4)]),
        ("a: &b c\nd: *b\n", [("yaml-alias", 2, 4), ("yaml-alias", 3, 4)]),
        ("a: !x b\n", [("yaml-syntax", 2, 4)]),
        ("a: @b\n", [("yaml-syntax", 2, 4)]),
        ("a: b\x07\n", [("yaml-syntax", 2, 5)]),
        ("a: x: y\nb: fine\nc: 'open\n", [("yaml-syntax", 2, 5), ("yaml-syntax", 4, 4)]),
    ],
)
def test_each_yaml_mistake_is_one_problem_at_its_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    _, problems = split_text(f"---\n{text}---\n", "x.md")
    assert where(problems) == expected


def test_fields_beside_a_yaml_mistake_are_still_read() -> None:
    split, _ = split_text("---\ntitle: a: b\ndate: 2014-04-06\n---\nText", "x.md")
    assert values(split.root) == {"date": "2014-04-06"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("list:\n  - a\n  - b: c: d\n  - e\nlast: x\n", {"list": ["a", "e"], "last": "x"}),
        ("list:\n- a\n- 'open\n- e\n", {"list": ["a", "e"]}),
        ("list:\n  - {a: 1}\n  - {a: 1\n  - {a: 2}\n", {"list": [{"a": "1"}, {"a": "2"}]}),
        ("list:\n  - a: 1\n    b: 'open\n    c: 3\n  - a: 2\n", {"list": [{"a": "1", "c": "3"}, {"a": "2"}]}),
        ("one:\n  two:\n    three: x: y\n    four: z\n", {"one": {"two": {"four": "z"}}}),
        ("one: # a note\n  - 'open\n  - b\n", {"one": ["b"]}),
        ("a: [1\nb: 2\n", {"b": "2"}),
    ],
)
def test_a_mistake_deep_inside_costs_only_what_it_stands_in(text: str, kept: object) -> None:
    root, problems = parse_yaml(text, "x.md")
    assert values(root) == kept
    assert len(problems) == 1


def test_a_list_in_another_place_than_the_mistake_keeps_its_lines_and_columns() -> None:
    root, _ = parse_yaml("one:\n  - 'open\n\n  - {a: b}\n", "x.md", 5)
    assert isinstance(root, Table)
    items = root.rows[0].value
    assert isinstance(items, Items)
    assert [item.place for item in items] == [Place("x.md", 8, 5)]


def test_a_field_that_cannot_be_read_is_known_to_be_there() -> None:
    root, _ = parse_yaml("title: a: b\ndate: 2014-04-06\nauthor Ann\n", "x.md")
    assert isinstance(root, Table)
    assert root.lost == {"title", "author"}


def test_strange_ends_of_lines_do_not_shift_the_places_below() -> None:
    root, problems = parse_yaml("a: x\u2028y\nb: \x85z\nc: d\n", "x.md")
    assert problems == ()
    assert isinstance(root, Table)
    assert root.rows[2].value.place == Place("x.md", 3, 4)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Title: A\nDate: 2014-04-06\n---\nText", "Text"),
        ("title: A\ntags: [a]\n---\nText", "Text"),
        ("---\ntitle: A\nText goes on\n", "Text goes on\n"),
        ("---\ntitle: A\n---\n---\n\nText after a rule\n", "---\n\nText after a rule\n"),
    ],
)
def test_the_text_is_what_is_no_field(text: str, body: str) -> None:
    split, _ = split_text(text, "x.md")
    assert split.body == body
    assert text.split("\n")[split.body_line - 1] == body.partition("\n")[0]


@pytest.mark.parametrize("deep", ["- " * 300 + "'x", "a:\n" + "".join(f"{' ' * n}b:\n" for n in range(1, 300)) + "'x"])
def test_what_is_nested_too_deeply_and_broken_ends_soon(deep: str) -> None:
    _, problems = parse_yaml(deep, "x.md")
    assert problems


def test_front_matter_without_an_end_is_a_problem_and_the_text_is_kept() -> None:
    split, problems = split_text("---\ntitle: A\n\nText", "x.md")
    assert where(problems) == [("unclosed-front-matter", 1, 1)]
    assert split.body == "Text"


def test_a_deeply_nested_value_is_refused_and_not_followed() -> None:
    _, problems = parse_yaml("a: " + "[" * 500 + "]" * 500, "x.md")
    assert [problem.code for problem in problems] == ["yaml-syntax"]


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000, "a: " + "[" * 100_000 + "]" * 100_000]
)
def test_no_depth_takes_the_program_with_it(text: str) -> None:
    _, problems = parse_yaml(text, "x.md")
    assert {problem.code for problem in problems} == {"yaml-syntax"}


def test_aliases_cannot_blow_up_a_small_file() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    _, problems = parse_yaml("\n".join(lines), "x.md")
    assert {problem.code for problem in problems} <= {"yaml-alias", "yaml-syntax"}
    assert problems


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    split_text(text, "x.md")
    split_text(f"---\n{text}\n---\n", "x.md")
    parse_yaml(text, "x.yml")


def test_a_file_that_is_not_utf8_is_a_problem_at_the_letter_and_is_still_read(write_tree: WriteTree) -> None:
    tree, problems = read_tree(write_tree({"posts/x.md": "---\ntitle: Été\n---\n".encode("latin-1")}))
    assert [(p.code, str(p.place)) for p in problems] == [("not-utf8", "content/posts/x.md:2:8")]
    assert len(tree.documents) == 1


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(write_tree: WriteTree) -> None:
    data = "\ufeff---\r\ntitle: A\r\n---\r\nText\r\n".encode()
    tree, problems = read_tree(write_tree({"posts/x.md": data}))
    assert problems == ()
    assert tree.documents[0].body == "Text\n"


def test_documents_are_sorted_and_hidden_files_are_not_read(write_tree: WriteTree) -> None:
    tree, _ = read_tree(write_tree({"posts/b.md": "Title: b\n", "posts/a.md": "Title: a\n", ".git/x.md": "", "a~": ""}))
    assert [document.path for document in tree.documents] == ["content/posts/a.md", "content/posts/b.md"]


def test_a_link_out_of_the_content_folder_is_refused(write_tree: WriteTree, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("Title: secret\n")
    content = write_tree({"posts/a.md": "Title: a\n"})
    (content / "posts" / "b.md").symlink_to(tmp_path / "secret.md")
    tree, problems = read_tree(content)
    assert [problem.code for problem in problems] == ["path-outside-content"]
    assert len(tree.documents) == 1


PROBLEM = Problem(
    "unknown-slug", Place("content/posts/x.md", 3, 5), "no exercise called 'clam shell'", "use 'clamshell'", 10
)
TEXTS = {"content/posts/x.md": "---\nexercises:\n  - clam shell\n---\n"}


def test_the_text_report_shows_the_line_with_a_caret_under_the_words() -> None:
    assert render_report([PROBLEM], TEXTS) == (
        "content/posts/x.md:3:5: error[unknown-slug]: no exercise called 'clam shell'\n"
        "    3 |   - clam shell\n"
        "      |     ^^^^^^^^^^\n"
        "  help: use 'clamshell'\n"
        "\n"
    )


def test_the_caret_stands_right_below_wide_and_combining_letters() -> None:
    texts = {"x.md": "膝: e\u0301 bad"}
    report = render_report([Problem("bad-dose", Place("x.md", 1, 7), "m", "", 3)], texts)
    shown, caret = report.split("\n")[1:3]
    assert shown.endswith("膝: e\u0301 bad")
    assert caret == "      | " + " " * 6 + "^^^"


def test_the_concise_report_is_one_line_a_problem() -> None:
    assert render_report([PROBLEM, PROBLEM], TEXTS, "concise").count("\n") == 2


def test_the_json_report_holds_every_part() -> None:
    (data,) = json.loads(render_report([PROBLEM], TEXTS, "json", "../"))
    assert data["path"] == "../content/posts/x.md"
    assert (data["line"], data["column"], data["severity"], data["help"]) == (3, 5, "error", "use 'clamshell'")


def test_the_github_report_escapes_what_would_end_its_line() -> None:
    bad = Problem("unknown-key", Place("content/a,b:c.md"), "100 %\nnew")
    assert render_report([bad], {}, "github") == (
        "::error file=content/a%2Cb%3Ac.md,line=1,col=1,title=unknown-key::100 %25\\u000anew\n"
    )


def test_what_an_author_wrote_cannot_write_to_the_terminal() -> None:
    bad = Problem("unknown-key", Place("x.md", 1, 1), "no field called '\x1b[2J\u202e'")
    assert "\x1b" not in render_report([bad], {"x.md": "\x1b[2J: 1"})
    assert "\u202e" not in render_report([bad], {})


def test_a_problem_with_an_unknown_code_cannot_be_made() -> None:
    with pytest.raises(KeyError):
        Problem("no-such-code", Place("x.md"), "m")


def test_counts_are_said_in_words() -> None:
    assert count_problems([PROBLEM]) == "1 error"
    assert count_problems([]) == "no problems"
