"""Tokens that say both schemes at once → the same in words that every browser knows.

In: packed styles, where `:root` says `--ink:light-dark(#17222b,#eceee9)`. Out: styles that say the light colour
plainly, and after them the dark ones for screens whose readers ask for them. So a browser from before `light-dark()`
(May 2024) shows our colours, in both schemes; paper is always light. Packed, the pages weigh the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_ROOT: Final = re.compile(r":root\{([^{}]*light-dark\([^{}]*)\}")
_BOTH: Final = re.compile(r"light-dark\(([^(),]*),([^(),]*)\)")
_DARK: Final = "@media screen and (prefers-color-scheme:dark)"


def apart(css: str) -> str:
    """Return styles whose `:root` says each scheme by itself. A `light-dark()` with brackets in it stays as it is."""
    return _ROOT.sub(lambda root: _light(root[1]) + _dark(root[1]), css)


def _light(said: str) -> str:
    return f":root{{{_BOTH.sub(_scheme(1), said)}}}"


def _dark(said: str) -> str:
    others = ";".join(_BOTH.sub(_scheme(2), each) for each in said.split(";") if _BOTH.search(each))
    return f"{_DARK}{{:root{{{others}}}}}" if others else ""


def _scheme(group: int) -> Callable[[re.Match[str]], str]:
    return lambda match: match[group].strip()
