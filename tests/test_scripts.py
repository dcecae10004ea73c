"""The theme's scripts: named by their bytes and those of all that they load, and loaded by their sources' names."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from jinja2 import TemplateError

from rehab.adapter.theme.scripts import pack, plan_scripts
from rehab.adapter.theme.styles import read_styles

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "card.js": b'const { a } = await import("./parts/timer.js");',
    "parts/timer.js": b"import {b} from '../sound.js'; export const a = b;",
    "sound.js": b"export const b = 1;",
    "icon.svg": b"<svg/>",
}


def names(files: dict[str, bytes]) -> dict[str, str]:
    return {name: script.url for name, script in plan_scripts(files, "theme").items()}


def test_a_script_loads_another_by_the_name_that_is_published() -> None:
    planned = plan_scripts(FILES, "theme")
    timer, sound = planned["parts/timer.js"], planned["sound.js"]
    assert planned["card.js"].data.decode() == f'const {{ a }} = await import("./{timer.url.removeprefix("theme/")}");'
    assert f"'../{sound.url.removeprefix('theme/')}'" in timer.data.decode()
    assert set(planned) == {"card.js", "parts/timer.js", "sound.js"}
    assert all(re.fullmatch(r"theme/[a-z/]+-[0-9a-f]{10}\.js", script.url) for script in planned.values())


def test_a_change_changes_the_names_of_all_that_lead_to_it_and_of_no_other() -> None:
    before, after = names(FILES), names({**FILES, "parts/timer.js": FILES["parts/timer.js"] + b"\n"})
    assert [name for name in before if before[name] != after[name]] == ["card.js", "parts/timer.js"]


def test_a_browser_can_compare_what_is_published() -> None:
    for script in plan_scripts(FILES, "theme").values():
        digest = base64.b64encode(hashlib.sha256(script.data).digest()).decode()
        assert script.integrity == f"sha256-{digest}"


@pytest.mark.parametrize(
    ("text", "said"),
    [('import("./lost.js")', "loads 'lost.js', which is not there"), ('import("./a.js")', "which loads itself")],
)
def test_a_script_that_cannot_load_what_it_names_stops_the_build(text: str, said: str) -> None:
    with pytest.raises(TemplateError, match=said):
        plan_scripts({"a.js": text.encode()}, "theme")


def test_addresses_that_are_not_relative_names_of_scripts_stay() -> None:
    text = 'fetch("./data.json"); open("https://a.example/x.js"); import("/x.js"); "x.js"'
    assert plan_scripts({"a.js": text.encode()}, "theme")["a.js"].data.decode() == text


def test_a_script_goes_out_without_comments_but_with_its_licence() -> None:
    assert pack("/* About. */\n{\n  // why\n  a(); // here\n}\n") == "{\na(); // here\n}\n"
    assert pack("/*! MIT */\na()\n") == "/*! MIT */\na()\n"
    assert pack('a("/* b */")\n') == 'a("/* b */")\n'


def test_every_script_of_our_theme_can_be_published(pytestconfig: pytest.Config) -> None:
    theme: Path = pytestconfig.rootpath / "theme"
    styles = read_styles(theme)
    assert {each.url for each in styles.scripts.values()} <= set(styles.files)
