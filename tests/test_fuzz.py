"""Whatever happens to a file, an author gets a report: never a traceback.

Each tree is the demo's content with a few bytes, lines or files of it changed at random. A tree follows from its
number alone, so a failure can be made again. `FUZZ_TREES=10000 pytest tests/test_fuzz.py` tries more of them.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
import yaml
from click.testing import CliRunner

from conftest import ROOT
from rehab.adapter.pages import LISTS, VIEWS
from rehab.authoring.import_exercises.catalogue import parse_catalogue
from rehab.authoring.import_exercises.plan import Present, plan_import, render_import
from rehab.authoring.todo import plan_todo, render_todo
from rehab.cli import rehab
from rehab.compile import compile_site
from rehab.site import pages, structured
from rehab.site.graph import render_graph
from rehab.site.options import Options
from rehab.source.report import FORMATS, render_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import BuildSite, WriteTree
    from rehab.site.site import Site

Files: TypeAlias = dict[str, bytes]
Random: TypeAlias = random.Random

DEMO = ROOT / "content"
TREES = int(os.environ.get("FUZZ_TREES", "200"))
BLOCK = 10
BUILDS = int(os.environ.get("FUZZ_BUILDS", "4"))
DAY = Options(today=dt.date(2026, 7, 1), future=False)

ODD = [
    *(chr(number) for number in (0, 7, 9, 10, 13, 27, 127, 0x85, 0xA0, 0xAD, 0x200B, 0x202E, 0x2028, 0xFEFF, 0xFFFE)),
    *"\"'`:;,.|>!&*@%#?-_=~^$<>(){}[]\\/+0123456789aZé膝🏃ßİ",
    *("---\n", "...\n", ": ", " #", "- ", "? ", "&a ", "*a", "!!x ", "<<: ", "|\n", ">-\n", "\t", "    ", "\r\n"),
    *("[[", "]]", "![[", "[[|]]", "[[a:b|c]]", "{static}", "{attach}../", "](", "![", "```\n", "~~~~\n", "<script>"),
    *("&#0;", "null", "yes", "no", "on", "~", "1e999", "0x1f", "1:30", "-1", "9" * 400, "9" * 5000),
    *("2014-02-30", "0000-00-00", "9999-12-31T23:59-23:59", "http://[", "https://a@b:x/", "mailto:", "../../x"),
    *("3 x 10", "x", "@ 10 lb", "each side", "RPE 11", "3-1-1-0", "12-8"),
    *("title: ", "date: ", "slug: ", "exercises:\n  - ", "injuries: [", "silence: {", "status: draft\n", "lang: de\n"),
    *("a" * 3000, "[" * 300, "{a: " * 200, "> " * 300, "- " * 300, "*" * 500, "\u0301" * 300),
]  # fmt: skip
"""What is put in somewhere."""

NAMES = (
    "index.md", "gallery.md", "ladders.yml", "muscles.yml", "a b.md", "膝.md", "🏃.md", "-.md", "_.md", "..md",
    "con.md", "A.MD", "x.markdown", "x.yml", "x.json", "x.txt", "x.jpg", "x.svg", "%2e%2e.md", "x.md~", ".x.md",
    "é.md", "e\u0301.md", "{slug}.md",
)  # fmt: skip
FOLDERS = (
    "", "posts/", "posts/x/", "exercises/", "injuries/", "treatments/", "programs/", "comments/", "comments/x/",
    "pages/", "comments/two-exercises-for-a-hamstring/", "galleries/", "galleries/x/", "vocabulary/", "extra/",
    "a/b/c/d/",
)  # fmt: skip


def span(data: bytes, chance: Random) -> tuple[int, int]:
    """Return the ends of a piece of data, mostly a short one."""
    start = chance.randint(0, len(data))
    return start, min(len(data), start + int(chance.expovariate(1 / 12)))


def delete(data: bytes, chance: Random) -> bytes:
    start, end = span(data, chance)
    return data[:start] + data[end:]


def repeat(data: bytes, chance: Random) -> bytes:
    start, end = span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def swap(data: bytes, chance: Random) -> bytes:
    (a, b), (c, d) = sorted((span(data, chance), span(data, chance)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def insert(data: bytes, chance: Random) -> bytes:
    start, end = span(data, chance)
    odd = chance.choice(ODD).encode() if chance.random() < 0.9 else bytes(chance.choices(range(256), k=3))
    return data[:start] + odd + data[chance.choice((start, end)) :]


def cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def of_lines(change: Callable[[list[bytes], Random], None]) -> Callable[[bytes, Random], bytes]:
    """Return a change of bytes made of a change of lines."""

    def changed(data: bytes, chance: Random) -> bytes:
        lines = data.split(b"\n")
        change(lines, chance)
        return b"\n".join(lines)

    return changed


def delete_line(lines: list[bytes], chance: Random) -> None:
    del lines[chance.randrange(len(lines))]


def repeat_line(lines: list[bytes], chance: Random) -> None:
    at = chance.randrange(len(lines))
    lines.insert(chance.randint(0, len(lines)), lines[at])


def swap_lines(lines: list[bytes], chance: Random) -> None:
    a, b = (chance.randrange(len(lines)) for _ in range(2))
    lines[a], lines[b] = lines[b], lines[a]


def indent_line(lines: list[bytes], chance: Random) -> None:
    at = chance.randrange(len(lines))
    lines[at] = chance.choice((b"  ", b" ", b"\t", b"- ", b"# ")) + lines[at].lstrip()


def swap_value(lines: list[bytes], chance: Random) -> None:
    """Give one field the value of another."""
    a, b = (chance.randrange(len(lines)) for _ in range(2))
    key, _, _ = lines[a].partition(b":")
    lines[a] = key + b":" + lines[b].partition(b":")[2]


IN_BYTES = (delete, repeat, swap, insert, insert, cut)
IN_LINES = (delete_line, repeat_line, swap_lines, indent_line, swap_value, swap_value)
CHANGES = (*IN_BYTES, *(of_lines(change) for change in IN_LINES))


def mutate(files: Files, chance: Random) -> Files:
    """Return files with one to four changes: mostly inside a text, at times of a picture or of a name."""
    files = dict(files)
    for _ in range(chance.randint(1, 4)):
        names = sorted(files)
        texts = [name for name in names if name.endswith((".md", ".yml"))] or names
        name = chance.choice(texts if chance.random() < 0.95 else names)
        kind = chance.random()
        if kind < 0.85:
            files[name] = chance.choice(CHANGES)(files[name], chance)
        elif kind < 0.93:
            other = files[chance.choice(texts)]
            files[name] = cut(files[name], chance) + other[chance.randint(0, len(other)) :]
        else:
            data = files[name] if chance.random() < 0.3 else files.pop(name)
            files[chance.choice(FOLDERS) + chance.choice(NAMES)] = data
    return files


MORE: dict[str, str] = yaml.safe_load((ROOT / "tests" / "cases" / "fuzz.yml").read_text("utf-8"))
"""What the demo has none of, by path: old headers, a draft, a translation, a post to come, vocabulary."""


def demo_files() -> Files:
    """Return the demo's content and `MORE`, by path."""
    demo = {file.relative_to(DEMO).as_posix(): file.read_bytes() for file in sorted(DEMO.rglob("*")) if file.is_file()}
    return demo | {name: text.encode() for name, text in MORE.items()}


def make_tree(number: int, content: Path, files: Files) -> None:
    """Bring a content folder, which may hold another tree, to the tree of a number."""
    wanted = mutate(files, random.Random(number))  # noqa: S311 - no secret
    for file in [file for file in content.rglob("*") if file.is_file()]:
        if file.relative_to(content).as_posix() not in wanted:
            file.unlink()
    for name, data in wanted.items():
        file = content / name
        if not file.is_file() or file.read_bytes() != data:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def show_everything(site: Site) -> None:
    """Make what every page of a site shows."""
    for id_, target in site.targets.items():
        if target.kind in VIEWS:
            VIEWS[target.kind](site, site.nouns[id_].slug)
            getattr(structured, f"for_{target.kind}")(site, site.nouns[id_].slug)
    for post in (*site.posts, *site.unlisted):
        structured.for_post(site, pages.post_view(site, post))
    for page in (*site.pages, *site.drafts):
        structured.for_page(site, pages.page_view(site, page))
    for name in LISTS:
        LISTS[name](site)
        structured.for_list(site, name)
    pages.home_view(site)
    render_graph(site)


def try_tree(content: Path) -> None:
    """Read a tree, report on it in every way, and make what its pages show."""
    site, problems = compile_site(content, DAY)
    for shape in FORMATS:
        render_report(problems, site.texts, shape)
    render_todo(plan_todo(site, problems), every=True)
    show_everything(site)


@pytest.mark.parametrize("first", range(0, TREES, BLOCK))
def test_a_damaged_tree_gives_a_report_and_pages(first: int, tmp_path: Path) -> None:
    content, files = tmp_path / "content", demo_files()
    content.mkdir()
    for number in range(first, first + BLOCK):
        make_tree(number, content, files)
        try_tree(content)
        result = CliRunner().invoke(rehab, ["check", str(content)], catch_exceptions=False)
        assert result.exit_code in {0, 1}, number


@pytest.mark.parametrize("number", range(BUILDS))
def test_a_damaged_tree_is_built_or_stopped(number: int, tmp_path: Path, build_site: BuildSite) -> None:
    content = tmp_path / "content"
    content.mkdir()
    make_tree(number, content, demo_files())
    result, _ = build_site(content, REHAB_IMAGE_WIDTHS=(90,), REHAB_STRICT=number % 2 == 1)
    assert result.exit_code in {0, 1}


def test_a_damaged_catalogue_is_imported_or_refused() -> None:
    whole: dict[str, Any] = json.loads((ROOT / "tests" / "cases" / "exercises-import.json").read_text("utf-8"))
    records = [{**whole["record"], **case.get("change", {}), "id": f"id{n}"} for n, case in enumerate(whole["cases"])]
    data = json.dumps(records).encode()
    nothing = Present(by_id={}, by_name={}, texts={})
    for number in range(TREES):
        chance = random.Random(number)  # noqa: S311 - no secret
        damaged = data
        for _ in range(chance.randint(1, 4)):
            damaged = chance.choice(IN_BYTES)(damaged, chance)
        found = parse_catalogue(damaged)
        plan = plan_import(found, nothing)
        render_import(plan, written=False, every=True).encode()
        assert all("/" not in outcome.slug and outcome.text.encode() is not None for outcome in plan.outcomes)


@pytest.mark.parametrize("folder", ["exercises", "injuries", "treatments", "programs", "comments/a", "galleries/a"])
def test_an_old_header_outside_posts_and_pages_is_a_file_like_any_other(folder: str, write_tree: WriteTree) -> None:
    content = write_tree(
        {"posts/a.md": "Title: A\nDate: 2011-02-03\n\nText\n", f"{folder}/x.md": "Title: X\nSlug: y\n\nText\n"}
    )
    try_tree(content)
    _, problems = compile_site(content, DAY)
    assert ("unknown-key", 2) in {(problem.code, problem.place.line) for problem in problems}


def main(first: int, last: int, folder: Path) -> None:
    """Try many trees by hand, and print each way of failing once."""
    import traceback  # noqa: PLC0415 - for those who call this

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    content, files, seen = folder / "content", demo_files(), set[str]()
    content.mkdir()
    for number in range(first, last):
        make_tree(number, content, files)
        try:
            try_tree(content)
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{frame.filename}:{frame.lineno} {type(error).__name__}"
            if where not in seen:
                seen.add(where)
                print(f"tree {number}: {where}: {error}\n{traceback.format_exc()}", flush=True)  # noqa: T201
    print(f"{last - first} trees, {len(seen)} ways of failing", flush=True)  # noqa: T201
