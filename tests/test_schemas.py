"""What is made from the field tables says what they say: schemas, templates for an editor, a form for a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from conftest import ROOT
from rehab.authoring.editors.cms import render_cms
from rehab.authoring.editors.schema import KINDS, LISTS, kind_schema, list_schema
from rehab.authoring.editors.vscode import FILES, GROUPS, LINE
from rehab.cli.docs import made_files
from rehab.compile import compile_site
from rehab.model.folders import FOLDERS
from rehab.model.injury import Injury
from rehab.model.records import ListOf, RecordOf
from rehab.model.shapes import Choice
from rehab.model.spec import specs
from rehab.source.place import Place
from rehab.source.problem import Problem
from rehab.source.report import render_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import WriteTree

DOCS = ROOT / "docs"
MADE = made_files()
VALIDATORS = {name: Draft202012Validator(kind_schema(name)) for name in KINDS} | {
    name: Draft202012Validator(list_schema(name)) for name in LISTS
}
CASES = [
    case
    for file in sorted((ROOT / "tests" / "cases").glob("problems*/**/*.yml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
    if "files" in case
] or yaml.safe_load((ROOT / "tests" / "cases" / "problems.yml").read_text("utf-8"))

SHAPE_CODES = {"unknown-key", "wrong-type", "bad-choice", "missing-field", "missing-date"}
"""What a schema can see and must."""

FIELD_CODES = SHAPE_CODES | {"duplicate-key", "bad-date", "bad-dose", "bad-url", "bad-slug"}
"""What a schema sees, or may see."""

UNREADABLE = {
    "yaml-syntax",
    "yaml-tab",
    "yaml-alias",
    "no-front-matter",
    "unclosed-front-matter",
    "not-utf8",
    "lost-file",
}


class Core(yaml.SafeLoader):
    """Reads YAML as version 1.2 does by default, which is what editors follow: `yes` is text, `0x1f` a number."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the library's own way of a class's table


for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[1-9][0-9]*|0|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
    ),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})$"), list(first))


def front_matter(text: str) -> Any:
    """Return what an editor makes of the front matter of a text."""
    return yaml.load(re.split(r"(?m)^---[ \t]*$", text)[1], Loader=Core) or {}  # noqa: S506 - a safe loader, above


def schema_of(path: str) -> str | None:
    """Return the name of the schema that a path below the content folder has."""
    listed = {file.removeprefix("content/"): name for name, file in FILES.items()}
    if not path.endswith(".md"):
        return listed.get(path)
    noun = FOLDERS.get(path.partition("/")[0])
    return next((name for name, each in KINDS.items() if each is noun), None)


def faults(name: str, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATORS[name].iter_errors(value)]


# Drift


@pytest.mark.parametrize("name", MADE)
def test_a_file_that_is_made_from_a_table_is_as_the_table_makes_it(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == MADE[name], "run `rehab docs`"


@pytest.mark.parametrize("folder", ["schema", "editors/vscode", "editors/cms"])
def test_nothing_lies_beside_them_that_is_not_made(folder: str) -> None:
    there = {file.relative_to(DOCS).as_posix() for file in (DOCS / folder).iterdir()}
    assert there == {name for name in MADE if name.startswith(f"{folder}/")}


# Schemas


@pytest.mark.parametrize("name", VALIDATORS)
def test_each_schema_is_one_of_draft_2020_12(name: str) -> None:
    Draft202012Validator.check_schema(VALIDATORS[name].schema)


def test_every_kind_of_file_has_a_schema() -> None:
    assert set(FOLDERS.values()) == set(KINDS.values())
    assert set(LISTS) == set(FILES)


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            yield schema
        schema = list(schema.values())
    for each in schema if isinstance(schema, list) else ():
        yield from objects(each)


@pytest.mark.parametrize("name", VALIDATORS)
def test_no_group_takes_an_unknown_key_and_every_field_says_what_it_is(name: str) -> None:
    for each in objects(VALIDATORS[name].schema):
        assert each["additionalProperties"] is False
        documented = [key for key, field in each["properties"].items() if field.get("description")]
        assert len(documented) >= len(each["properties"]) - 12, "only the dose fields need no sentence"


DEMO = sorted(file.relative_to(ROOT / "content").as_posix() for file in (ROOT / "content").rglob("*.md"))


@pytest.mark.parametrize("path", [*DEMO, "exercises/ladders.yml"])
def test_the_demo_content_is_valid(path: str) -> None:
    name = schema_of(path)
    assert name
    text = (ROOT / "content" / path).read_text("utf-8")
    value = front_matter(text) if path.endswith(".md") else yaml.load(text, Loader=Core)  # noqa: S506 - as above
    assert faults(name, value) == []


@pytest.mark.parametrize("name", ["regions", "muscles", "red-flags"])
def test_the_built_in_vocabulary_is_valid(name: str) -> None:
    file = ROOT / "plugins/rehab/model/vocabulary" / f"{name.replace('-', '_')}.yml"
    assert faults(name, yaml.load(file.read_text("utf-8"), Loader=Core)) == []  # noqa: S506 - as above


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_schema_sees_what_the_check_finds_in_fields(write_tree: WriteTree, case: dict[str, Any]) -> None:
    """Files without problems in their fields are valid; files with a problem of shape are not."""
    if not all(isinstance(text, str) for text in case["files"].values()):
        pytest.skip("bytes that are no text reach no editor")
    _, problems = compile_site(write_tree(case["files"]))
    for path, text in case["files"].items():
        codes = {problem.code for problem in problems if problem.place.path == f"content/{path}"}
        name = schema_of(path)
        if name is None or codes & UNREADABLE or not str(text).startswith("---"):
            continue
        found = faults(name, front_matter(str(text)))
        assert not found or codes & FIELD_CODES, (path, found)
        assert found or not codes & SHAPE_CODES, (path, codes)


VALUES = [
    # kind, front matter, whether it is valid
    ("post", "title: 2014\ndate: 2014-01-01", True),
    ("post", "title: A", False),
    ("post", "title: A\ndate:", False),
    ("post", "title: A\ndate_basis: unknown", True),
    ("post", "title:\ndate: 2014-01-01", False),
    ("post", "title: A\ndate: 6 April 2014 18:30", True),
    ("post", "title: A\ndate: 4/6/2014", False),
    ("post", "title: A\ndate: 2014-01-01\nexercises: a", True),
    ("post", "title: A\ndate: 2014-01-01\nexercises: [a, {b: 3 x 10}, {c: }, {d: {dose: 3 x 10, note: N}}]", True),
    ("post", "title: A\ndate: 2014-01-01\nexercises: [{name: Squat, kind: strength, sets: 3, reps: 10}]", True),
    ("post", "title: A\ndate: 2014-01-01\nexercises: [{name: Squat, kind: strong}]", False),
    ("post", "title: A\ndate: 2014-01-01\nexercises: [{exercise: squat, kind: strength}]", False),
    ("post", "title: A\ndate: 2014-01-01\nexercises: [{exercise: squat, time: 1:30}]", True),
    ("post", "title: A\ndate: 2014-01-01\nexercises: [{dose: 3 x 10}]", False),
    ("post", "title: A\ndate: 2014-01-01\nexercises: [{a: 1 x 1, b: 2 x 2}]", False),
    ("post", "title: A\ndate: 2014-01-01\ntreatments: [{cupping: helped}]", True),
    ("post", "title: A\ndate: 2014-01-01\ntreatments: [{cupping: yes}]", False),
    ("post", "title: A\ndate: 2014-01-01\ntreatments: [cupping]", False),
    ("post", "title: A\ndate: 2014-01-01\nslug: Two Words", False),
    ("post", "title: A\ndate: 2014-01-01\nslug: 膝-1.5", True),
    ("post", "title: A\ndate: 2014-01-01\ntranslation: yes", True),
    ("post", "title: A\ndate: 2014-01-01\ncomments: off", True),
    ("post", "title: A\ndate: 2014-01-01\ngallery: [one.jpg, {src: two.jpg, alt: A hill, credit: Ann}]", True),
    ("post", "title: A\ndate: 2014-01-01\ngallery: [{alt: A hill}]", False),
    ("injury", "title: A\nregion: knee\nred_flags: []", True),
    ("injury", "title: A\nregion: knee\nred_flags:", True),
    ("injury", "title: A\nregion: knee", False),
    ("injury", "title: A\nregion: [knee]\nred_flags: []", False),
    ("exercise", "title: A\nequipment: dumbbell\nsteps: Stand up.\nxref: {a: {b: c}}", True),
    ("exercise", "title: A\nmuscles: quads", False),
    ("exercise", "title: A\nvideo: javascript:alert(1)", False),
    ("program", "title: A\nphases: [{id: one, items: [a, {b: 3 x 10}]}]", True),
    ("program", "title: A\nphases: [{id: one, items: [{exercise: a, start_at: -1}]}]", False),
]


@pytest.mark.parametrize(("kind", "text", "valid"), VALUES, ids=lambda value: str(value).replace("\n", "; "))
def test_a_short_form_is_valid_where_the_check_takes_it(
    write_tree: WriteTree,
    kind: str,
    text: str,
    valid: bool,  # noqa: FBT001 - pytest passes a parameter by its name
) -> None:
    found = faults(kind, front_matter(f"---\n{text}\n---\n"))
    assert (found == []) is valid, found
    folder = next(name for name, noun in FOLDERS.items() if noun is KINDS[kind])
    _, problems = compile_site(write_tree({f"{folder}/x.md": f"---\n{text}\n---\n"}))
    assert (not {problem.code for problem in problems} & FIELD_CODES) is valid, problems


# VS Code


ODD_PATHS = ["a b", "ñ", "膝", "a:1:2", "a(3)", "[x]", "a: error[b]: c", "tab\there", "\u202egnp"]


@pytest.mark.parametrize("name", ODD_PATHS)
@pytest.mark.parametrize("code", ["unknown-slug", "mojibake"])
def test_the_matcher_reads_every_line_of_a_concise_report(name: str, code: str) -> None:
    place = Place(f"content/posts/{name}.md", 12, 3)
    line = render_report([Problem(code, place, "no injury called 'a:1:2: error[x]: y'")], {}, "concise").rstrip("\n")
    match = re.match(LINE, line)
    assert match
    read = {what: match[group] for what, group in GROUPS.items()}
    severity = "error" if code == "unknown-slug" else "warning"
    assert (read["line"], read["column"], read["severity"], read["code"]) == ("12", "3", severity, code)
    assert read["message"] == "no injury called 'a:1:2: error[x]: y'"
    if name.isprintable():
        assert read["file"] == place.path


def test_the_matcher_reads_the_report_of_every_case(write_tree: WriteTree) -> None:
    for number, case in enumerate(CASES):
        if all(isinstance(text, str) for text in case["files"].values()):
            _, problems = compile_site(
                write_tree({f"posts/{number}/{path}": text for path, text in case["files"].items()})
            )
            report = render_report(problems, {}, "concise", folded=False).splitlines()
            assert len(report) == len(problems)
            assert all(re.match(LINE, line) for line in report)


def test_the_task_runs_the_check_and_names_every_group() -> None:
    (task,) = json.loads(MADE["editors/vscode/tasks.json"])["tasks"]
    assert task["args"][:3] == ["check", "--format", "concise"]
    pattern = task["problemMatcher"]["pattern"]
    assert pattern == {"regexp": LINE, **GROUPS}
    assert re.compile(LINE).groups == len(GROUPS)


def test_the_settings_name_schemas_that_are_there() -> None:
    for name in json.loads(MADE["editors/vscode/settings.json"])["yaml.schemas"]:
        assert (ROOT / name).is_file()


# A form in a browser


CMS: dict[str, Any] = yaml.safe_load(render_cms())
COLLECTIONS: dict[str, dict[str, Any]] = {each["name"]: each for each in CMS["collections"]}


def fields_of(collection: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in collection["fields"]}


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_form_has_every_field_of_its_kind_so_that_saving_loses_none(name: str) -> None:
    keys = [spec.key for spec in specs(FOLDERS[name])]
    assert list(fields_of(COLLECTIONS[name])) == [*keys, "body"]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_choice_in_a_form_has_the_words_of_the_table(name: str) -> None:
    fields = fields_of(COLLECTIONS[name])
    for spec in specs(FOLDERS[name]):
        if isinstance(spec.shape, Choice):
            assert fields[spec.key]["options"] == list(spec.shape.options)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_group_in_a_form_has_the_fields_of_its_noun(name: str) -> None:
    fields = fields_of(COLLECTIONS[name])
    for spec in specs(FOLDERS[name]):
        record = spec.shape.item if isinstance(spec.shape, ListOf) else spec.shape
        if isinstance(record, RecordOf):
            assert [each["name"] for each in fields[spec.key]["fields"]] == [each.key for each in specs(record.noun)]


def all_fields(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from all_fields(field.get("fields", []))
        yield from all_fields([field["field"]] if "field" in field else [])


def test_every_reference_in_a_form_leads_to_a_collection() -> None:
    found = [field for each in CMS["collections"] for field in all_fields(each["fields"])]
    relations = [field for field in found if field["widget"] == "relation"]
    assert relations
    assert {field["collection"] for field in relations} <= set(COLLECTIONS)
    known = {"string", "text", "number", "boolean", "datetime", "select", "relation", "image", "object", "list"}
    assert {field["widget"] for field in found} == known | {"keyvalue", "markdown"}


def test_what_is_required_is_required_in_a_form_but_for_lists_that_may_be_empty() -> None:
    fields = fields_of(COLLECTIONS["injuries"])
    assert {key for key, field in fields.items() if field["required"]} == {"title", "region"}
    assert {spec.key for spec in specs(Injury) if spec.required} == {"title", "region", "red_flags"}


def test_every_collection_lies_in_the_folder_of_its_kind() -> None:
    assert {each["folder"] for each in CMS["collections"]} == {f"content/{name}" for name in FOLDERS} - {
        "content/comments"
    }
    assert Path(COLLECTIONS["posts"]["path"]).name == "index"
