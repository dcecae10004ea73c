"""The theme's layered style sources → the styles of each page, and the theme's other files.

In: a theme's folder. Out: `Styles`. A page holds the styles that it needs and asks for none: a reader on a slow network
sees it one round trip earlier (docs/decisions/0050-styles-inlined-or-linked.md). What a page needs is read off the
selectors and the page, so that no list must be kept: of a source that styles what not every page has, nothing where
the page has nothing of it; of every other, the rules that the page has anything for. What only a script adds later
counts as there where its name is a word in one of the theme's scripts.
Scripts are named by `rehab.adapter.theme.scripts`, which also says how one loads another by the name of its source.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.adapter.theme.schemes import apart
from rehab.adapter.theme.scripts import plan_scripts
from rehab.adapter.theme.style_rules import Hooks, Rule, all_asked, cut, hooks_of, read_rules, without_unused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from rehab.adapter.theme.scripts import Script

FOLDER = "theme"
OWN: Final = "50"
"""Sources whose names come before this are for every page; each of the others is for pages that have what it styles."""

_QUOTED = rb"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_STRING = re.compile(_QUOTED, re.DOTALL)
_COMMENT_OR_STRING = re.compile(rb"/\*.*?\*/|" + _QUOTED, re.DOTALL)
_SPACE = re.compile(rb"\s*([{};,>])\s*|(?<=[\w-])(:)\s+|(\n)\s*")
_WORD: Final = re.compile(r"[A-Za-z][\w-]*")
_PROPERTY: Final = re.compile(r"--[A-Za-z][\w-]*")
_SCRIPT: Final = re.compile(r'<script\b[^>]*? src="(?:[^"]*/)?([^"/]+)"')
_NAMES: Final = re.compile(r"""(["'`])([\w -]*)\1""")
_SET: Final = re.compile(r"""(?:dataset\.|setAttribute\(["'])([\w-]+)(?:["'],|\s*\??\??=(?!=))([^;\n]*)""")
_CAPITAL: Final = re.compile(r"[A-Z]")


class Part(Struct, frozen=True):
    """The rules of one source, or of all that are for every page. `asked` is empty for those."""

    rules: tuple[Rule, ...]
    asked: frozenset[Hooks] = frozenset()

    def fits(self, hooks: Hooks) -> bool:
        """Tell whether a page with these hooks has anything that this part styles."""
        return not self.asked or any(asked <= hooks for asked in self.asked)


class Sheet(Struct, frozen=True):
    """The styles of a page, and what a Content-Security-Policy allows them by, without the quotes around it."""

    css: str
    digest: str


@dataclass(frozen=True, slots=True)
class Styles:
    """`parts` are in the order of the cascade; `scripts` by the name of their source; `files` by their place.

    `known` are all hooks that a selector asks for; `scripted` has those of them that a script, or what it loads, may
    add to a page, by the name of its file.
    """

    parts: tuple[Part, ...]
    scripts: Mapping[str, Script]
    files: Mapping[str, bytes]
    known: Hooks
    scripted: Mapping[str, Hooks]
    _made: dict[tuple[Hooks, Hooks], Sheet] = field(default_factory=dict, compare=False, repr=False)

    def for_pages(self) -> Styles:
        """Return what pages are made from: without files."""
        scripts = {name: replace(script, data=b"") for name, script in self.scripts.items()}
        return replace(self, scripts=scripts, files={}, _made={})

    def needed(self, html: str) -> Sheet:
        """Return the styles for a page whose body is `html`."""
        hooks = hooks_of(html) & self.known
        added = Hooks().union(*(self.scripted.get(name, ()) for name in _SCRIPT.findall(html)))
        if (hooks, added) not in self._made:
            rules = [rule for part in self.parts if part.fits(hooks) for rule in part.rules]
            self._made[hooks, added] = _sheet(without_unused(cut(rules, hooks | added), hooks | added))
        return self._made[hooks, added]


def read_styles(theme: Path) -> Styles:
    """Read `styles/*.css` in order of name, and `static/`.

    A script's name holds a part of its hash, so that a browser may keep it for ever and never runs an old one.
    """
    files = sorted((theme / "styles").glob("*.css"))
    sources = {file.name: apart(_pack(file.read_bytes()).decode()) for file in files}
    static = theme / "static"
    found = {file.relative_to(static).as_posix(): file for file in sorted(static.rglob("*")) if file.is_file()}
    data = {name: file.read_bytes() for name, file in found.items()}
    scripts = plan_scripts(data, FOLDER)
    others = {f"{FOLDER}/{name}": body for name, body in data.items() if name not in scripts}
    parts = tuple(_parts(sources))
    known = Hooks(_PROPERTY.findall("".join(sources.values()))).union(
        *(each for part in parts for each in all_asked(part.rules))
    )
    texts = {each.url.rpartition("/")[2]: each.data.decode() for each in scripts.values()}
    scripted = {name: _scripted(known, _with_loaded(name, texts).values()) for name in texts}
    return Styles(parts, scripts, others | {each.url: each.data for each in scripts.values()}, known, scripted)


def _parts(sources: Mapping[str, str]) -> Iterator[Part]:
    """Yield what is for every page as one part, then the others.

    Layers keep their order wherever they stand; within a layer, what is for every page comes first.
    """
    rules = {name: read_rules(css) for name, css in sources.items()}
    asked = {name: all_asked(rules[name]) for name in sources}
    shared = [name for name in sources if name < OWN or frozenset() in asked[name]]
    yield Part(tuple(rule for name in shared for rule in rules[name]))
    for name in sources:
        if name not in shared:
            yield Part(rules[name], asked[name])


def _with_loaded(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return a script and all that it loads, and those load."""
    found: dict[str, str] = {}
    left = [name]
    while left:
        one = left.pop()
        if one not in found:
            found[one] = texts[one]
            left += [each for each in texts if f"/{each}" in texts[one]]
    return found


def _scripted(known: Hooks, scripts: Iterable[str]) -> Hooks:
    """Return the hooks that a script may add to a page, as far as its text says.

    Those are elements and classes that are words in a string of nothing but names (one with a dot is a selector, which
    finds what is there), attributes named anywhere, and values in the statement that sets the attribute:
    `bib.dataset.size = "row"`.
    """
    text = "\n".join(scripts)
    named = {_attribute(word) for word in _WORD.findall(text)}
    strings = {word for _, names in _NAMES.findall(text) for word in names.split()}
    values = {(_attribute(name), word) for name, said in _SET.findall(text) for word in _WORD.findall(said)}

    def may_be(hook: str) -> bool:
        if hook.startswith("--"):
            return hook in text
        name, _, value = hook.partition("=")
        if name.startswith(("data-", "aria-")):
            bare = name.removeprefix("data-")
            return (bare, value) in values if value else bare in named
        return name.removeprefix("<") in strings

    return frozenset(hook for hook in known if may_be(hook))


def _attribute(word: str) -> str:
    """Return an attribute as HTML writes it, without the `data-`, for how a script does: `goOn` or `data-go-on`."""
    return _CAPITAL.sub(lambda match: f"-{match[0].lower()}", word).removeprefix("data-")


def _sheet(css: str) -> Sheet:
    digest = hashlib.sha256(css.encode()).digest()
    return Sheet(css, f"sha256-{b64encode(digest).decode()}")


def _pack(css: bytes) -> bytes:
    """Return a style source without comments and the white space that no browser needs. Strings stay whole."""
    parts = _STRING.split(_COMMENT_OR_STRING.sub(_no_comment, css))
    packed = b"".join(part if at % 2 else _SPACE.sub(_kept, part) for at, part in enumerate(parts))
    return packed.replace(b";}", b"}").strip() + b"\n"


def _no_comment(match: re.Match[bytes]) -> bytes:
    return b"" if match[0].startswith(b"/*") else match[0]


def _kept(match: re.Match[bytes]) -> bytes:
    return match[1] or match[2] or b" "
