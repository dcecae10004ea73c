"""Style sources → the styles of each page: nothing that it has no use for, and everything that it may come to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rehab.adapter.theme.schemes import apart
from rehab.adapter.theme.style_rules import cut, hooks_of, read_rules
from rehab.adapter.theme.styles import Styles, read_styles

if TYPE_CHECKING:
    from pathlib import Path


def write_styles(theme: Path, script: str = "", **sources: str) -> Styles:
    for folder, name, text in (("styles", f"{name.replace('_', '-')[1:]}.css", css) for name, css in sources.items()):
        (theme / folder).mkdir(exist_ok=True)
        (theme / folder / name).write_text(text, "utf-8")
    if script:
        (theme / "static").mkdir(exist_ok=True)
        (theme / "static" / "a.js").write_text(script)
    return read_styles(theme)


def test_what_is_for_every_page_comes_first_in_the_order_of_names(tmp_path: Path) -> None:
    styles = write_styles(tmp_path, _20_b="body {}\n", _10_a="* {}\r\n\r\n", _70_c=":root {}\n", _60_d=".d {}\n")
    assert styles.needed('<p class="d">').css == "*{}body{}:root{}.d{}"
    assert styles.needed("<p>").css == "*{}body{}:root{}"


ASKED = [
    (".a .b {}", '<p class="a"><b class="x b">', True),
    (".a .b {}", '<p class="a">', False),
    (".a, .b {}", '<p class="b">', True),
    ("@media print { .a { x: y } }", '<p class="a">', True),
    ("@media print { .a { x: y } }", "<p>", False),
    (".a:not(.b) {}", '<p class="a">', True),
    (".a:has(.b) {}", '<p class="a">', True),
    (":is(.a, .b) i {}", '<p class="b"><i>', True),
    (":is(.a, .b) i {}", '<p class="c"><i>', False),
    (":is(.a, .b) i, u {}", "<u>", True),
    ("[data-x='1'] {}", '<p data-x="1">', True),
    ("[data-x='1'] {}", '<p data-x="2">', False),
    ("[data-x] {}", '<p data-x="2">', True),
    ("[aria-current=page] {}", '<p aria-current="true">', True),
    (".a { b: url(x.b) }", '<p class="b">', False),
    ("th, td {}", "<table><td>", True),
    ("th, td {}", "<thead>", False),
    ("i:is(:hover, :focus)::before {}", "<i>", True),
    ("a[href^='http'] > b {}", "<a><b>", True),
    ("h2 + h3 {}", "<h2>", False),
    (":target {}", "<p>", True),
    (".a:not([b], :has(.c, .d)), .e {}", '<p class="a">', True),
    (".a:not([b], :has(.c, .d)), .e {}", '<p class="e">', True),
    (".a:not([b], :has(.c, .d)), .e {}", '<p class="c d">', False),
    (":is(.a:not(.b, i), .c:is(.d, .e)) u {}", '<p class="a"><u>', True),
    (":is(.a:not(.b, i), .c:is(.d, .e)) u {}", '<p class="c e"><u>', True),
    (":is(.a:not(.b, i), .c:is(.d, .e)) u {}", '<p class="b c"><u>', False),
    (":where(:is(:where(.a, .b), .c)) {}", '<p class="b">', True),
    (":where(:is(:where(.a, .b), .c)) {}", '<p class="d">', False),
    ("p:not(:has(> :not(.a))) {}", "<p>", True),
    ("[title='a, b) .c'] i, u[href$='.pdf'] {}", "<i>", True),
    ("[title='a, b) .c'] i, u[href$='.pdf'] {}", "<u>", True),
    ("[title='a, b) .c'] i, u[href$='.pdf'] {}", '<p class="c pdf">', False),
    ("""i[title="'"], u[title='\\'],('] {}""", "<u>", True),
    ("[data-x='a]b'] {}", '<p data-x="a]b">', True),
    ("[data-x='a&b'] {}", '<p data-x="a&amp;b">', True),
    ("[data-x='A' i] {}", '<p data-x="a">', True),
    (r".a\:b, .\66 oo, .c\,d {}", '<p class="a:b">', True),
    (r"i:is(.a\), .b\() {}", '<i class="a)">', True),
    (r"i:is(.a\), .b\() {}", '<p class="a)">', False),
    ("i:nth-child(odd), i:nth-child(n + 2 of .a) {}", "<i>", True),
    ("p:lang(en) {}", "<p>", True),
    ("p:lang(en) {}", "<i>", False),
]


@pytest.mark.parametrize("source", ["_10_b", "_60_b"])
@pytest.mark.parametrize(("css", "html", "there"), ASKED)
def test_a_rule_is_in_pages_that_have_what_one_of_its_selectors_asks_for(
    css: str,
    html: str,
    there: bool,  # noqa: FBT001 - a row
    source: str,
    tmp_path: Path,
) -> None:
    styles = write_styles(tmp_path, **{"_00_a": "* {}", source: css})
    assert (styles.needed(html).css != "*{}") is there


@pytest.mark.parametrize(
    "css", [".hot {}", "[data-go-on] {}", "[data-go-on=there] p {}", "[aria-pressed] {}", ".a.hot {}", ".a very {}"]
)
@pytest.mark.parametrize(
    ("script", "there"),
    [
        ("e.className = 'very hot'; e.dataset.goOn = x ? 'here' : 'there'; e.setAttribute('aria-pressed', 1)", True),
        ("hotter(); e.querySelector('.hot'); hot('go.on', 'there')", False),
    ],
)
def test_what_a_script_may_add_keeps_its_rules(
    css: str,
    script: str,
    there: bool,  # noqa: FBT001 - a row
    tmp_path: Path,
) -> None:
    styles = write_styles(tmp_path, script, _60_b=f".a {{}} {css}")
    loads = f'<script type="module" src="../{styles.scripts["a.js"].url}">'
    assert styles.needed(f'<p class="a">{loads}').css.startswith(".a{}")
    assert (styles.needed(f'<p class="a">{loads}').css != ".a{}") is there
    assert styles.needed('<p class="a">').css.strip() == ".a{}", "a page without the script"
    assert not styles.needed(f"<p>{loads}").css, "a source of which the page has nothing"


def test_what_a_script_loads_may_add_counts_too(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "b.js").write_text("x.className = 'late'")
    (tmp_path / "static" / "c.js").write_text("import './b.js'")
    styles = write_styles(tmp_path, "import('./c.js')", _60_b=".a {} .late {}")
    assert styles.needed(f'<p class="a"><script src="/{styles.scripts["a.js"].url}">').css == ".a{}.late{}"


def test_rules_of_one_layer_are_said_in_one_block(tmp_path: Path) -> None:
    css = "@layer a, b; @layer b { i {} @page { margin: 0 } } @layer b { .k {} u {} } @layer a { b {} }"
    styles = write_styles(tmp_path, _10_a=css)
    assert styles.needed("<i><u><b>").css == "@layer a,b;@layer b{i{}@page{margin:0}u{}}@layer a{b{}}"


def test_a_brace_in_a_string_is_no_brace() -> None:
    css = """:root{content:"}{"}*{content:'\\'}'}.c{content:";"}"""
    assert cut(read_rules(css), hooks_of("")) == css.partition(".c")[0]


def test_the_same_page_has_the_same_digest(tmp_path: Path) -> None:
    styles = write_styles(tmp_path, _10_a=".a {} .b {}")
    assert styles.needed('<p class="a x">') is styles.needed('<i class="y a">')
    assert styles.needed('<p class="b">').digest != styles.needed('<p class="a">').digest


def test_styles_go_out_without_comments_and_white_space_but_with_their_strings_whole(tmp_path: Path) -> None:
    css = (
        """/* why */ a:not(b :hover) {\n  --x: 1px;\n  content: "{ /* ; */ }" / '';\n}\n"""
        "@media (min-width: 4em) { c > d, e + f { margin: calc(1px + 2px) } }\n"
    )
    assert write_styles(tmp_path, _10_a=css).needed("<a><c><d><e><f>").css == (
        """a:not(b :hover){--x:1px;content:"{ /* ; */ }" / ''}"""
        "@media (min-width:4em){c>d,e + f{margin:calc(1px + 2px)}}"
    )


def test_only_the_selectors_that_fit_are_said(tmp_path: Path) -> None:
    styles = write_styles(tmp_path, _10_a=".a, .b > i, :is(.c, .d) u, * { x: y }")
    assert styles.needed('<p class="a">').css == ".a,*{x:y}"
    assert styles.needed('<p class="d"><u>').css == ":is(.c,.d) u,*{x:y}"


def test_a_property_of_the_root_is_said_where_something_names_it(tmp_path: Path) -> None:
    css = ":root { --a: 1px; color-scheme: light; --b: var(--a); --c: 1; --d: 2 } .k { margin: var(--b) }"
    styles = write_styles(tmp_path, "x.textContent = 'a { top: var(--d) }'", _10_a=css)
    assert styles.needed('<p class="k">').css == ":root{--a:1px;color-scheme:light;--b:var(--a)}.k{margin:var(--b)}"
    assert styles.needed('<path stroke="var(--c)">').css == ":root{color-scheme:light;--c:1}"
    assert styles.needed(f'<script src="/{styles.scripts["a.js"].url}">').css == ":root{color-scheme:light;--d:2}"


# Two schemes

BOTH = ":root { color-scheme: light dark; --ink: light-dark(#123, #eee); --wide: 66rem; --no: light-dark(#fff, #000) }"
DARK = "@media screen and (prefers-color-scheme:dark)"


def test_both_schemes_are_said_in_words_that_browsers_from_before_light_dark_know(tmp_path: Path) -> None:
    styles = write_styles(tmp_path, _20_a=BOTH, _30_b="p { color: var(--ink); width: var(--wide) }")
    light = ":root{color-scheme:light dark;--ink:#123;--wide:66rem}"
    assert styles.needed("<p>").css == f"{light}{DARK}{{:root{{--ink:#eee}}}}p{{color:var(--ink);width:var(--wide)}}"


def test_a_colour_with_brackets_is_left_as_it_is_said() -> None:
    assert apart(":root{--a:light-dark(rgb(0 0 0),#fff)}") == ":root{--a:light-dark(rgb(0 0 0),#fff)}"


def test_no_page_needs_light_dark(demo: Path) -> None:
    for page in demo.rglob("*.html"):
        assert "light-dark(" not in page.read_text("utf-8"), page
