"""Every one of the 112 elements of the two old posts is in the demo site, or has a reason for not being there."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

from conftest import ROOT
from rehab.compile import compile_site
from rehab.model.dose import Dose
from rehab.model.dose.words import format_dose
from rehab.model.refs import FileRef, Ref

CONTENT = ROOT / "content"
CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("cases").joinpath("seed_elements.yml").read_text("utf-8")
)
ELEMENTS: list[dict[str, Any]] = CASES["elements"]
KINDS = ("posts", "exercises", "injuries", "treatments", "programs", "ladders", "pages", "galleries", "comments")


@cache
def nouns() -> dict[str, Any]:
    """Return every noun of the demo site by its path below the content folder; a ladder's ends in `#slug`."""
    site, _ = compile_site(CONTENT)
    found: dict[str, Any] = {"thread": site.threads["two-exercises-for-a-hamstring"]}
    for noun in (noun for kind in KINDS for noun in getattr(site, kind)):
        path = PurePosixPath(noun.path).relative_to("content").as_posix()
        found[f"{path}#{noun.slug}" if path.endswith(".yml") else path] = noun
    return found


@cache
def texts() -> str:
    """Return everything an author wrote in the demo site, as one text."""
    files = sorted(file for file in CONTENT.rglob("*") if file.suffix in {".md", ".yml"})
    return "\n".join(file.read_text("utf-8") for file in files)


def lookup(value: Any, path: list[str]) -> Any:
    """Return what a path of names, numbers and `*` leads to."""
    if not path:
        return plain(value)
    name, rest = path[0], path[1:]
    if name == "*":
        return [lookup(item, rest) for item in value]
    return lookup(value[int(name)] if name.isdigit() else getattr(value, name), rest)


def plain(value: Any) -> Any:
    """Return a field's value as a case file would write it."""
    match value:
        case Ref(_, slug, _):
            return slug
        case FileRef(path, _):
            return path
        case Dose():
            return format_dose(value)
        case dt.datetime():
            return value.date().isoformat()
        case tuple():
            return [plain(item) for item in value]
        case _:
            return value


def failure(check: dict[str, Any]) -> str:
    """Return what is wrong with the demo site where it breaks a check, or nothing."""
    path = CASES["files"].get(check["in"], check["in"])
    noun = nouns().get(path)
    if noun is None:
        return f"{path} is not in the site"
    if "text" in check:
        body = " ".join(noun.body.split())
        return "" if check["text"] in body else f"{path} does not say: {check['text']}"
    value = lookup(noun, check["field"].split("."))
    met = check["has"] in value if "has" in check else value == check["value"]
    return "" if met else f"{path}: {check['field']} is {value!r}"


def test_every_element_from_1_to_112_stands_once() -> None:
    assert [element["number"] for element in ELEMENTS] == list(range(1, 113))


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: f"{element['number']:03}-{element['what'][:40]}")
def test_element_is_where_its_line_says(element: dict[str, Any]) -> None:
    failures = [found for check in element.get("checks", ()) if (found := failure(check))]
    failures += [f"somewhere it says: {words}" for words in element.get("nowhere", ()) if words in texts()]
    assert not failures


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: f"{element['number']:03}")
def test_what_is_dropped_has_a_reason_and_what_is_not_a_check(element: dict[str, Any]) -> None:
    dropped = element["fate"] == "dropped"
    assert element["fate"] in {"kept", "structured", "dropped"}
    assert dropped == ("reason" in element)
    assert dropped or element["checks"]


@pytest.mark.parametrize(
    "check",
    [
        {"in": "one", "field": "episode.recurrences", "value": 2},
        {"in": "one", "field": "mentions.races", "has": "a race that nobody ran"},
        {"in": "one", "text": "a sentence that is not there"},
        {"in": "posts/no-such-post.md", "field": "title", "value": "x"},
    ],
)
def test_a_line_that_is_not_true_fails(check: dict[str, Any]) -> None:
    assert failure(check)


def test_the_demo_site_has_no_problem() -> None:
    _, problems = compile_site(CONTENT)
    assert [problem.message for problem in problems] == []
