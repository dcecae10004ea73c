"""A catalogue of exercises becomes files: nothing invented, nothing lost, nothing overwritten, nothing else touched."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from conftest import ROOT
from rehab.adapter.text.bodies import Bodies
from rehab.authoring.import_exercises import catalogue as catalogue_module
from rehab.authoring.import_exercises import words as catalogue_words
from rehab.authoring.import_exercises.catalogue import Held, Record, parse_catalogue
from rehab.authoring.import_exercises.file import as_letters, render_exercise
from rehab.authoring.import_exercises.plan import VERDICTS, find_present, plan_import, render_import
from rehab.cli import rehab
from rehab.compile import compile_site
from rehab.model.exercise import Exercise
from rehab.model.vocabulary import read_built_in
from rehab.model.words import DIFFICULTY, EXERCISE_KINDS
from rehab.site.graph import render_graph
from rehab.site.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import BuildSite, WriteTree
    from rehab.authoring.import_exercises.plan import Outcome, Plan

FILE: dict[str, Any] = json.loads((ROOT / "tests" / "cases" / "exercises-import.json").read_text("utf-8"))
PLAIN: dict[str, Any] = FILE["record"]
NAMES: list[str] = FILE["names"]
CASES: list[dict[str, Any]] = [
    {
        **case,
        "record": {key: value for key, value in {**PLAIN, **case.get("change", {})}.items() if key != case.get("drop")},
    }
    for case in FILE["cases"]
]
NOTE = "---\ntitle: Note\ndate: 2020-01-01\n---\nText\n"


def changed(case: dict[str, Any]) -> dict[str, Any]:
    """Return the plain record as a case changes it."""
    return {key: value for key, value in {**PLAIN, **case.get("change", {})}.items() if key != case.get("drop")}


def record(name: str, id_: str = "", **change: Any) -> dict[str, Any]:
    """Return a plain record with another name, and an id made from it."""
    return {**PLAIN, "name": name, "id": id_ or name.replace(" ", "_"), **change}


def plan_of(*records: Any, content: Path) -> Plan:
    site, _ = compile_site(content)
    return plan_import(parse_catalogue(json.dumps(records).encode()), find_present(site))


def one(value: dict[str, Any], content: Path) -> Outcome:
    (outcome,) = plan_of(value, content=content).outcomes
    return outcome


@pytest.fixture
def empty(write_tree: WriteTree) -> Path:
    """Return a content folder without exercises."""
    return write_tree({"posts/note.md": NOTE})


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """Run the command on some records."""

    def call(records: Any, *options: str, into: Path) -> Result:
        file = tmp_path / "exercises.json"
        file.write_bytes(records if isinstance(records, bytes) else json.dumps(records).encode())
        words = ["import", "exercises", str(file), "--into", str(into), *options]
        return CliRunner().invoke(rehab, words, catch_exceptions=False)

    return call


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_each_record_is_imported_or_held_with_its_reason(case: dict[str, Any], empty: Path) -> None:
    outcome = one(changed(case), empty)
    said = [outcome.reason] if outcome.reason else [title for title, _ in outcome.remarks]
    assert (outcome.verdict, said) == (case["verdict"], [case["says"]] if case["says"] else [])


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["verdict"] == "imported"], ids=lambda case: str(case["case"])
)
def test_what_is_imported_has_no_error(case: dict[str, Any], run: Callable[..., Result], empty: Path) -> None:
    assert run([changed(case)], into=empty).exit_code == 0
    _, problems = compile_site(empty)
    assert {problem.code for problem in problems} <= {"incomplete-exercise", "advanced-without-easier"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": "a" * 201}, "'name' is longer than 200 letters"),
        ({"instructions": ["a" * 4001]}, "'instructions' is longer than 4000 letters"),
        ({"instructions": ["a"] * 101}, "'instructions' has more than 100 items"),
        ({"primaryMuscles": ["chest"] * 51}, "'primaryMuscles' has more than 50 items"),
        ({"id": "a" * 201}, "'id' holds more than letters, digits, hyphens and underscores"),
    ],
)
def test_what_never_ends_is_held(change: dict[str, Any], reason: str, empty: Path) -> None:
    assert one({**PLAIN, **change}, empty).reason == reason


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "no JSON at line 1"),
        (b"[{]", "no JSON"),
        (b"\xff\xfe", "byte 0 of the file is not UTF-8"),
        (b'{"id": "x"}', "no list of records"),
        (b'"text"', "no list of records"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 200_000, "nested too deeply"),
        (b"[" + b"9" * 5000 + b"]", "number in the file is too long"),
        (b"[" + b"[]," * 50_000 + b"[]]", "more than 50000 records"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused_in_a_sentence(data: bytes, fault: str) -> None:
    found = parse_catalogue(data)
    assert found.records == ()
    assert fault in found.fault


def test_a_file_above_the_limit_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_module, "LARGEST", 1_000_000)
    assert parse_catalogue(b" " * 1_000_001).fault == "the file is larger than 1 MB: give a smaller one"


@pytest.mark.parametrize(
    "value", ["NaN", "Infinity", "-Infinity", "1e999", "12", "null", "[]", '"text"', "true", "[[[]]]"]
)
def test_what_is_no_record_and_what_is_no_name_is_held(value: str) -> None:
    named = json.dumps(PLAIN).replace('"Plain squat"', value)
    bare, inside = parse_catalogue(f"[{value}, {named}]".encode()).records
    assert isinstance(bare, Held)
    assert isinstance(inside, Held if value != '"text"' else Record)


def test_a_field_that_stands_twice_in_a_record_is_no_guess() -> None:
    (held,) = parse_catalogue(b'[{"id": "a", "name": "One", "name": "Two"}]').records
    assert isinstance(held, Held)
    assert held.reason == "the field 'name' stands twice"


def test_records_that_share_an_id_and_differ_are_all_held(empty: Path) -> None:
    plan = plan_of(record("One", "x"), record("Two", "x"), record("Three", "y"), content=empty)
    assert [outcome.verdict for outcome in plan.outcomes] == ["held", "held", "imported"]


def test_a_record_that_stands_twice_is_imported_once(empty: Path) -> None:
    plan = plan_of(record("One", "x"), record("One", "x"), content=empty)
    assert [outcome.verdict for outcome in plan.outcomes] == ["imported", "held"]
    assert plan.outcomes[1].reason == "it is record 1 once more"


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_the_counts_add_up(case: dict[str, Any], empty: Path) -> None:
    plan = plan_of(PLAIN | {"id": "other", "name": "Other"}, changed(case), None, content=empty)
    assert sum(plan.count(verdict) for verdict in VERDICTS) == 3
    assert render_import(plan, written=False).startswith("3 records: ")


def test_a_muscle_on_both_sides_is_in_neither_list_and_its_words_are_kept(
    empty: Path, run: Callable[..., Result]
) -> None:
    squat = record("Squat", primaryMuscles=["chest", "lats"], secondaryMuscles=["lats", "biceps"])
    run([squat], into=empty)
    site, _ = compile_site(empty)
    noun = site.noun(Exercise, "squat")
    assert noun is not None
    assert noun.muscles is not None
    assert [ref.slug for ref in noun.muscles.primary] == ["pectorals"]
    assert [ref.slug for ref in noun.muscles.secondary] == ["biceps-brachii"]
    assert dict(noun.xref) == {
        "free-exercise-db": "Squat",
        "free-exercise-db-primary": "chest, lats",
        "free-exercise-db-secondary": "lats, biceps",
    }


def test_nothing_is_invented(empty: Path, run: Callable[..., Result]) -> None:
    run([record("One-arm squat", instructions=["Do 3 sets of 10 with each arm, for a sore knee."])], into=empty)
    site, _ = compile_site(empty)
    noun = site.noun(Exercise, "one-arm-squat")
    assert noun is not None
    given = {
        "title",
        "status",
        "kind",
        "muscles",
        "equipment",
        "difficulty",
        "steps",
        "steps_by",
        "sources",
        "xref",
        "silence",
    }
    assert set(noun.at) == given
    assert (noun.dose, noun.injuries, noun.laterality, noun.images) == (None, (), "", ())


def test_source_and_licence_are_kept(empty: Path, run: Callable[..., Result]) -> None:
    run([PLAIN], into=empty)
    site, _ = compile_site(empty)
    noun = site.noun(Exercise, "plain-squat")
    assert noun is not None
    (source,) = noun.sources
    assert (source.title, source.container, source.license) == ("Plain squat", "free-exercise-db", "Unlicense")


def test_no_picture_is_named(empty: Path, run: Callable[..., Result]) -> None:
    said = run([PLAIN], into=empty).output
    assert "1 picture is named in the file; whose it is is not known" in said
    assert not any(b".jpg" in data for data in bytes_of(empty).values())


def test_every_name_has_an_address_of_its_own_that_no_order_changes(empty: Path) -> None:
    records = [record(name, f"id{number}") for number, name in enumerate(NAMES)]
    slugs = {outcome.shown: outcome.slug for outcome in plan_of(*records, content=empty).outcomes}
    backwards = {outcome.shown: outcome.slug for outcome in plan_of(*reversed(records), content=empty).outcomes}
    assert len({slug.casefold() for slug in slugs.values()}) == len(NAMES)
    assert all(slugs.values())
    assert slugs == backwards


def test_every_name_becomes_a_file_in_the_folder_and_a_page_with_that_name(
    empty: Path, run: Callable[..., Result]
) -> None:
    records = [record(name, f"id{number}") for number, name in enumerate(NAMES)]
    before = bytes_of(empty.parent)
    assert run(records, into=empty).exit_code == 0
    new = set(bytes_of(empty.parent)) - set(before) - {"exercises.json"}
    assert len(new) == len(NAMES)
    assert all(name.startswith("content/exercises/") and name.count("/") == 2 for name in new)
    site, problems = compile_site(empty)
    assert {problem.code for problem in problems} <= {"incomplete-exercise"}
    assert {" ".join(name.split()) for name in NAMES} - {noun.title for noun in site.exercises} <= {"e\u0301"}
    assert len({target.url for target in site.targets.values() if target.kind == "exercise"}) == len(NAMES)


def test_every_odd_name_has_a_page_that_its_list_leads_to(
    empty: Path, run: Callable[..., Result], build_site: BuildSite
) -> None:
    run([record(name, f"id{number}") for number, name in enumerate(NAMES)], into=empty)
    result, output = build_site(empty)
    assert (result.exit_code, result.messages) == (0, ())
    site, _ = compile_site(empty)
    pages = [output / "exercises" / "index.html", *(output / "exercises" / "page").glob("*/index.html")]
    listed = "".join(page.read_text("utf-8") for page in pages)
    for exercise in site.exercises:
        assert f'href="/exercises/{exercise.slug}/"' in listed
        assert (output / "exercises" / exercise.slug / "index.html").is_file()
    files = {name: data for name, data in bytes_of(output).items() if not name.endswith((".json", ".txt"))}
    assert [name for name, data in files.items() if b"<script>alert" in data] == []


def test_importing_twice_changes_nothing(empty: Path, run: Callable[..., Result]) -> None:
    records = [record(name, f"id{number}") for number, name in enumerate(NAMES)]
    run(records, into=empty)
    before = bytes_of(empty)
    said = run(records, into=empty).output
    assert bytes_of(empty) == before
    assert said.startswith(f"{len(NAMES)} records: 0 imported, 0 held, {len(NAMES)} skipped\n")


def test_an_authors_later_words_are_kept(empty: Path, run: Callable[..., Result]) -> None:
    run([PLAIN], into=empty)
    file = empty / "exercises" / "plain-squat.md"
    file.write_text(file.read_text("utf-8").replace("title: Plain squat", "title: My squat"), "utf-8")
    before = bytes_of(empty)
    said = run([PLAIN], into=empty).output
    assert bytes_of(empty) == before
    assert "record 1, Plain_squat: content/exercises/plain-squat.md" in said


def test_a_file_that_its_author_has_renamed_is_not_made_again(empty: Path, run: Callable[..., Result]) -> None:
    run([PLAIN], into=empty)
    (empty / "exercises" / "plain-squat.md").rename(empty / "exercises" / "squat.md")
    run([PLAIN], into=empty)
    assert [file.name for file in (empty / "exercises").iterdir()] == ["squat.md"]


def test_an_address_stays_when_a_twin_comes_later(empty: Path, run: Callable[..., Result]) -> None:
    run([record("Café squat", "b")], into=empty)
    before = bytes_of(empty)
    run([record("Cafe squat", "a"), record("Café squat", "b")], into=empty)
    now = bytes_of(empty)
    assert before.items() <= now.items()
    assert len(now) == len(before) + 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("exercises/plain-squat.md", "---\ntitle: Mine\nstatus: stub\n---\n"),
        ("exercises/mine.md", "---\ntitle: Mine\naliases: [Plain squat]\nstatus: stub\n---\n"),
        ("posts/p.md", "---\ntitle: P\ndate: 2020-01-01\nexercises: [{name: Plain squat}]\n---\n"),
    ],
)
def test_an_exercise_of_the_authors_own_is_never_joined_with_an_imported_one(
    write_tree: WriteTree, run: Callable[..., Result], path: str, text: str
) -> None:
    content = write_tree({path: text})
    before = bytes_of(content)
    said = run([PLAIN], into=content).output
    assert {name: data for name, data in bytes_of(content).items() if data} == before
    assert (
        f"skipped: the site has an exercise of that name already (1)\n  record 1, Plain_squat: content/{path}" in said
    )


def test_a_dry_run_says_the_same_and_writes_nothing(empty: Path, run: Callable[..., Result]) -> None:
    before = bytes_of(empty)
    dry = run([PLAIN], "--dry-run", into=empty).output
    assert bytes_of(empty) == before
    assert dry == run([PLAIN], into=empty).output + "nothing was written: this was a dry run\n"


def test_a_linked_folder_is_not_written_through(empty: Path, tmp_path: Path, run: Callable[..., Result]) -> None:
    (tmp_path / "elsewhere").mkdir()
    (empty / "exercises").symlink_to(tmp_path / "elsewhere")
    result = run([PLAIN], into=empty)
    assert result.exit_code == 3
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_held_record_makes_the_command_end_with_1(empty: Path, run: Callable[..., Result]) -> None:
    assert run([PLAIN, None], into=empty).exit_code == 1
    assert run(b"[", into=empty).exit_code == 1
    assert run([PLAIN], into=empty / "nowhere").exit_code == 2


def test_a_report_never_writes_to_the_terminal(empty: Path, run: Callable[..., Result]) -> None:
    said = run([record("x\x1b[2J", "y"), record("x", "\x1b]0;"), {"id": "a\x07", "\x1b[31m": 1}], into=empty).output
    assert "\x1b" not in said
    assert "\x07" not in said


@pytest.mark.parametrize("text", FILE["texts"])
def test_a_strangers_text_is_shown_letter_by_letter(text: str) -> None:
    from built import elements_of, parse_html, words_of  # noqa: PLC0415 - html5lib is slow to load

    extensions = ["markdown.extensions.extra", "markdown.extensions.toc", "markdown.extensions.sane_lists"]
    html = Bodies({"MARKDOWN": {"extensions": extensions, "output_format": "html"}}).render_inline(as_letters(text))
    tree = parse_html(html)
    assert {element.tag for element in elements_of(tree)} == {"html", "head", "body"}
    assert words_of(tree) == " ".join(text.split())


def test_every_word_of_the_catalogue_has_a_real_one_here() -> None:
    assert set(catalogue_words.MUSCLES.values()) <= set(read_built_in("muscles"))
    assert len(set(catalogue_words.MUSCLES.values())) == len(catalogue_words.MUSCLES)
    assert set(catalogue_words.KINDS.values()) <= set(EXERCISE_KINDS)
    assert set(catalogue_words.LEVELS.values()) <= set(DIFFICULTY)


def test_the_docs_show_the_tables_of_words() -> None:
    page = (ROOT / "docs" / "how-to" / "import-exercises.md").read_text("utf-8")
    rows = {**catalogue_words.MUSCLES, **catalogue_words.KINDS, **catalogue_words.LEVELS}
    missing = [word for word, ours in rows.items() if f"| {word} | `{ours}` |" not in page]
    assert missing == []


def test_nothing_needs_the_names_in_other_catalogues(empty: Path, run: Callable[..., Result]) -> None:
    run([PLAIN, record("Bench", equipment="other")], into=empty)
    with_names, found = compile_site(empty)
    for file in (empty / "exercises").iterdir():
        lines = file.read_text("utf-8").splitlines(keepends=True)
        file.write_text(
            "".join(line for line in lines if "xref:" not in line and not line.startswith("  free-ex")), "utf-8"
        )
    without, remaining = compile_site(empty)
    assert not any(noun.xref for noun in without.exercises)
    assert render_graph(with_names) == render_graph(without)
    assert [problem.code for problem in found] == [problem.code for problem in remaining]


@pytest.mark.skipif(
    not (ROOT.parent / "shared" / "data" / "free-exercise-db").is_dir(),
    reason="the catalogue is not beside this checkout",
)
def test_the_whole_catalogue_becomes_exercises_and_says_what_it_lacks(empty: Path, shared: Path) -> None:
    file = shared / "data" / "free-exercise-db" / "exercises.json"
    if not file.is_file():
        pytest.skip("the catalogue is not among the samples")
    result = CliRunner().invoke(rehab, ["import", "exercises", str(file), "--into", str(empty)])
    assert result.exit_code == 0
    assert result.output.startswith("873 records: 873 imported, 0 held, 0 skipped\n")
    assert "it has no instructions, so it is a stub (5)" in result.output
    assert "both mainly and also: it is in neither list, and kept in `xref` (9)" in result.output
    site, problems = compile_site(empty, Options())
    assert len(site.exercises) == 873
    codes = Counter(problem.code for problem in problems)
    assert codes == {"incomplete-exercise": 868, "advanced-without-easier": 57}


def test_the_text_of_a_file_depends_on_its_record_alone() -> None:
    (squat,) = parse_catalogue(json.dumps([PLAIN]).encode()).records
    (third,) = parse_catalogue(json.dumps([None, None, PLAIN]).encode()).records[2:]
    assert isinstance(squat, Record)
    assert isinstance(third, Record)
    assert render_exercise(squat) == render_exercise(third)


def test_the_page_says_who_wrote_the_steps_and_under_which_licence(
    empty: Path, run: Callable[..., Result], build_site: BuildSite
) -> None:
    run([PLAIN], into=empty)
    _, output = build_site(empty)
    page = (output / "exercises" / "plain-squat" / "index.html").read_text("utf-8")
    assert "Steps written by free-exercise-db.</p>" in page
    assert "Plain squat, free-exercise-db, licence: Unlicense" in page
