"""The theme's scripts → files whose names change with their bytes, and with the bytes of all that they load.

In: the files of `theme/static/`, by name. Out: what a template must say to load each script, and the packed bytes.

A page loads a script by `{{ script("card.js") }}` in `base.html`, with the hash that a browser compares it with first.
Such a script is small and looks for the hook that it serves. What it needs only after a reader acts lies in files of
its own, and is loaded by the name of its source: `await import("./timer.js")`, or `import {x} from "./y.js"`.
Every string in a script that is such a relative name (`"./…js"`, `"../…js"`) gets the published name here, so the
bytes of a script, which a page checks, decide on the bytes of all that it can load. No name that a script makes up at
run time is there. A script that names what is not in the folder, or itself by a roundabout way, stops the build.

Data that a script fetches is no business of this module: its address stands in a `data-` attribute of the page's hook.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateError

if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIX: Final = ".js"
_LOADED: Final = re.compile(r"""(["'])(\.{1,2}/[\w./-]+\.js)\1""")
_HEAD: Final = re.compile(r"\A\s*/\*(?!!).*?\*/\s*", re.DOTALL)
_LINE: Final = re.compile(r"^\s*//.*\n|^[ \t]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Script:
    """A script of the theme: where it is, what a browser compares it with before it runs it, and its bytes."""

    url: str
    integrity: str
    data: bytes = field(default=b"", repr=False)


def plan_scripts(files: Mapping[str, bytes], folder: str) -> Mapping[str, Script]:
    """Return every script by the name of its source. Raises TemplateError where one loads what cannot be."""
    done: dict[str, Script] = {}
    for name in files:
        if name.endswith(SUFFIX):
            _plan(name, files, folder, done, ())
    return {name: done[name] for name in files if name in done}


def _plan(
    name: str, files: Mapping[str, bytes], folder: str, done: dict[str, Script], above: tuple[str, ...]
) -> Script:
    """Return one script after those that it loads. `above` are the scripts that lead to it."""
    if name in done:
        return done[name]
    if name not in files or name in above:
        fault = "loads itself" if name in above else "is not there"
        raise TemplateError(f"theme/static/{above[-1]} loads '{name}', which {fault}")

    def published(match: re.Match[str]) -> str:
        loaded = _plan(_beside(name, match[2]), files, folder, done, (*above, name))
        return f"{match[1]}{_relative(name, loaded.url.removeprefix(f'{folder}/'))}{match[1]}"

    text = files[name].decode("utf-8")
    done[name] = _script(name, folder, _LOADED.sub(published, pack(text)).encode())
    return done[name]


def _beside(name: str, loaded: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), loaded))


def _relative(name: str, loaded: str) -> str:
    path = posixpath.relpath(loaded, posixpath.dirname(name) or ".")
    return path if path.startswith("../") else f"./{path}"


def pack(text: str) -> str:
    """Return a script without the comment at its head, lines that are comments, and the white space before lines.

    A comment that begins with `/*!` is a licence and stays. Nothing inside a line is touched, so a script may not
    count on the beginnings of lines in a string of several.
    """
    return _LINE.sub("", _HEAD.sub("", text))


def _script(name: str, folder: str, data: bytes) -> Script:
    digest = hashlib.sha256(data)
    short = digest.hexdigest()[:10]
    integrity = f"sha256-{b64encode(digest.digest()).decode()}"
    return Script(f"{folder}/{name.removesuffix(SUFFIX)}-{short}{SUFFIX}", integrity, data)
