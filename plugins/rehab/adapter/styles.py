"""The theme's layered style sources → parts that go into pages, and the theme's other files.

In: a theme's folder. Out: `Styles`. A page holds the styles that it needs and asks for none: a reader on a slow network
sees it one round trip earlier (docs/decisions/0050-styles-inlined-or-linked.md). Sources that style what not every page
has go only into pages that have it; which those are is read off their selectors, so that no list must be kept.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FOLDER = "theme"
OWN: Final = "50"
"""Sources whose names come before this are for every page; each of the others is for pages that have what it styles."""

_QUOTED = rb"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_STRING = re.compile(_QUOTED, re.DOTALL)
_COMMENT_OR_STRING = re.compile(rb"/\*.*?\*/|" + _QUOTED, re.DOTALL)
_SPACE = re.compile(rb"\s*([{};,>])\s*|(?<=[\w-])(:)\s+|(\n)\s*")

_PRELUDE: Final = re.compile(r"([^{};]+)\{")
_CHOICE: Final = re.compile(r":(?:is|where|has|not)\(([^()]*)\)")
_HOOK: Final = re.compile(r"\.([A-Za-z][\w-]*)|\[((?:data|aria)-[\w-]+)")
_IN_PAGE: Final = re.compile(r'\bclass="([^"]*)"|\s((?:data|aria)-[\w-]+)')

Hooks = frozenset[str]
"""Names of classes and of `data-` attributes: what a selector asks for, or what a page has."""


@dataclass(frozen=True, slots=True)
class Part:
    """Styles that go into a page together. `asked` has the hooks of each selector; empty where every page needs it.

    `digest` is what a Content-Security-Policy allows it by, without the quotes around it.
    """

    css: str
    digest: str
    asked: frozenset[Hooks] = frozenset()

    def fits(self, hooks: Hooks) -> bool:
        """Tell whether a page with these hooks has anything that this part styles."""
        return not self.asked or any(asked <= hooks for asked in self.asked)


@dataclass(frozen=True, slots=True)
class Script:
    """A script of the theme: where it is, and what a browser compares it with before it runs it."""

    url: str
    integrity: str


@dataclass(frozen=True, slots=True)
class Styles:
    """`parts` are in the order of the cascade; `scripts` by the name of their source; `files` by their place."""

    parts: tuple[Part, ...]
    scripts: Mapping[str, Script]
    files: Mapping[str, bytes]

    def needed(self, html: str) -> tuple[Part, ...]:
        """Return the parts for a page whose main part is `html`."""
        hooks = hooks_of(html)
        return tuple(part for part in self.parts if part.fits(hooks))


def read_styles(theme: Path) -> Styles:
    """Read `styles/*.css` in order of name, and `static/`.

    A script's name holds a part of its hash, so that a browser may keep it for ever and never runs an old one.
    """
    sources = {file.name: _pack(file.read_bytes()).decode() for file in sorted((theme / "styles").glob("*.css"))}
    static = theme / "static"
    found = {file.relative_to(static).as_posix(): file for file in sorted(static.rglob("*")) if file.is_file()}
    data = {name: file.read_bytes() for name, file in found.items()}
    scripts = {name: _script(name, body) for name, body in data.items() if name.endswith(".js")}
    urls = {name: scripts[name].url if name in scripts else f"{FOLDER}/{name}" for name in data}
    return Styles(tuple(_parts(sources)), scripts, {urls[name]: body for name, body in data.items()})


def _parts(sources: Mapping[str, str]) -> Iterator[Part]:
    """Yield what every page needs as one part, then the others: each part costs a page a digest.

    Layers keep their order wherever they stand; within a layer, what every page needs comes first.
    """
    asked = {name: frozenset(asked_by(css)) for name, css in sources.items()}
    shared = [name for name in sources if name < OWN or frozenset() in asked[name]]
    yield _part("".join(sources[name] for name in shared))
    for name, css in sources.items():
        if name not in shared:
            yield _part(css, asked[name])


def _part(css: str, asked: frozenset[Hooks] = frozenset()) -> Part:
    digest = hashlib.sha256(css.encode()).digest()
    return Part(css, f"sha256-{b64encode(digest).decode()}", asked)


def asked_by(css: str) -> Iterator[Hooks]:
    """Yield the hooks that each selector asks for, of styles without comments."""
    for prelude in _PRELUDE.findall(css):
        if prelude.lstrip().startswith("@"):
            continue
        choices = ",".join(_CHOICE.findall(prelude))
        for selector in _CHOICE.sub("", prelude).split(","):
            hooks = _hooks(selector)
            yield from [hooks] if hooks or not choices else [_hooks(each) for each in choices.split(",")]


def hooks_of(html: str) -> Hooks:
    """Return the classes and the `data-` attributes in HTML."""
    found = _IN_PAGE.findall(html)
    return frozenset(name for classes, data in found for name in (*classes.split(), data) if name)


def _hooks(selector: str) -> Hooks:
    return frozenset(name or data for name, data in _HOOK.findall(selector))


def _script(name: str, data: bytes) -> Script:
    stem = name.removesuffix(".js")
    digest = hashlib.sha384(data).digest()
    short = hashlib.sha256(data).hexdigest()[:10]
    return Script(f"{FOLDER}/{stem}-{short}.js", f"sha384-{b64encode(digest).decode()}")


def _pack(css: bytes) -> bytes:
    """Return a style source without comments and the white space that no browser needs. Strings stay whole."""
    parts = _STRING.split(_COMMENT_OR_STRING.sub(_no_comment, css))
    packed = b"".join(part if at % 2 else _SPACE.sub(_kept, part) for at, part in enumerate(parts))
    return packed.replace(b";}", b"}").strip() + b"\n"


def _no_comment(match: re.Match[bytes]) -> bytes:
    return b"" if match[0].startswith(b"/*") else match[0]


def _kept(match: re.Match[bytes]) -> bytes:
    return match[1] or match[2] or b" "
