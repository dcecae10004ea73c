"""Templates are compiled once for all runs; what is kept is never another template's, program's or site's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader, Environment
from jinja2.compiler import CodeGenerator

from rehab.adapter.theme.compiled import Compiled
from rehab.adapter.theme.quick import QuickCode, make_quick
from rehab.site.notes import Notes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jinja2 import nodes

PAGE = "<p>{{ 'a word'|said }} {{ each }}</p>"


@pytest.fixture(autouse=True)
def _writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Python write compiled code, whatever the surroundings of the tests say."""
    monkeypatch.setattr("sys.dont_write_bytecode", False)


def environment(
    folder: Path, source: str = PAGE, said: Callable[[str], str] = str.upper, **options: bool
) -> Environment:
    made = Environment(loader=DictLoader({"page.html": source}), autoescape=True, **options)  # type: ignore[arg-type] # booleans
    made.filters["said"] = said
    made.bytecode_cache = Compiled(folder)
    make_quick(made, Notes())
    return made


def draw(made: Environment) -> str:
    return made.get_template("page.html").render(each="<b>")


def refuse(_: QuickCode, node: nodes.Template, frame: object = None) -> None:
    raise AssertionError(f"{node} is compiled again: {frame}")


def test_another_run_compiles_nothing_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = draw(environment(tmp_path))
    monkeypatch.setattr(QuickCode, "visit_Template", refuse)
    assert draw(environment(tmp_path)) == first == "<p>A WORD &lt;b&gt;</p>"


def test_a_changed_template_is_compiled(tmp_path: Path) -> None:
    draw(environment(tmp_path))
    assert draw(environment(tmp_path, "{{ each }}")) == "&lt;b&gt;"


def test_what_a_filter_makes_of_fixed_words_is_not_kept(tmp_path: Path) -> None:
    draw(environment(tmp_path))
    assert draw(environment(tmp_path, said=str.title)) == "<p>A Word &lt;b&gt;</p>"


def test_other_options_take_other_code(tmp_path: Path) -> None:
    source = "{% if each %}\n  {{ each }}\n{% endif %}\n"
    draw(environment(tmp_path, source))
    assert draw(environment(tmp_path, source, trim_blocks=True, lstrip_blocks=True)) == "  &lt;b&gt;\n"


def test_another_writer_of_code_takes_its_own(tmp_path: Path) -> None:
    draw(environment(tmp_path))
    other = environment(tmp_path)
    other.code_generator_class = CodeGenerator
    assert draw(other) == "<p>A WORD &lt;b&gt;</p>"


@pytest.mark.parametrize("damage", [b"", b"j2", b"\x80\x02\xff"])
def test_damaged_code_is_compiled_anew(tmp_path: Path, damage: bytes) -> None:
    draw(environment(tmp_path))
    for file in tmp_path.iterdir():
        file.write_bytes(file.read_bytes()[:40] + damage)
    assert draw(environment(tmp_path)) == "<p>A WORD &lt;b&gt;</p>"


def test_where_python_writes_no_code_none_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    draw(environment(tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_bytes(b"")
    assert draw(environment(blocked)) == "<p>A WORD &lt;b&gt;</p>"
