"""Problem codes → explanations: what a code means, why it matters, a wrong example and the right one, how to mend it.

In: a code of `rehab.source.codes`. Out: text, the same for `rehab explain` and for the pages under
`docs/reference/problems/`. Each code has a small file in `codes/`, written by hand; its examples are built by a test,
which is why they can be taken out again here.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.model.nearest import near, use
from rehab.source.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXAMPLE = re.compile(
    r"^`(?P<path>content/[^`\n]+)`(?P<note>[^\n]*):\n\n```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_NEVER = ("unused-silence",)
"""Warnings on the silencing itself."""


class Example(Struct, frozen=True):
    """A file of an example: its path, what is said of it beside the path, and its text."""

    path: str
    note: str
    text: str


def render_explanation(code: str) -> str:
    """Return the page of a code, in Markdown that reads well as it is. Raises KeyError for what is no code."""
    about = CODES[code]
    meaning, _, rest = read_text(code).partition("\n## ")
    parts = [
        f"# {code}",
        f"{'An error' if about.severity == 'error' else 'A warning'}.",
        meaning.strip(),
        f"## Why it matters\n\n{about.why}",
        f"## {rest.strip()}",
        f"## Can it be silenced?\n\n{_silencing(code)}",
    ]
    return "\n\n".join(parts) + "\n"


def render_pages() -> Mapping[str, str]:
    """Return the pages of all codes by the name of their file."""
    return {f"{code}.md": _FROM_THE_PROGRAM + render_explanation(code) for code in sorted(CODES)}


def list_codes() -> str:
    """Return all codes with a sentence each, errors first."""
    width = max(map(len, CODES))
    lines = []
    for severity in ("error", "warning"):
        lines.append(f"{severity.capitalize()}s\n")
        lines += [f"  {code:{width}}  {CODES[code].why}" for code in sorted(CODES) if CODES[code].severity == severity]
        lines.append("")
    return "\n".join([*lines, "More on one of them: rehab explain CODE"])


def unknown_code(word: str) -> str:
    """Return what to say of a word that is no code."""
    close = near(word, tuple(sorted(CODES))).words
    return f"there is no code '{word}': {use(close) or 'run `rehab explain` for a list of all'}"


def examples(code: str, title: str) -> tuple[Example, ...]:
    """Return the files under one heading (`Wrong` or `Right`) of a code's page."""
    _, _, after = read_text(code).partition(f"\n## {title}\n")
    section = after.partition("\n## ")[0]
    return tuple(Example(match["path"], match["note"], match["text"]) for match in _EXAMPLE.finditer(section))


def read_text(code: str) -> str:
    """Return what is written by hand on a code. Raises KeyError for what is no code."""
    if code not in CODES:
        raise KeyError(code)
    return files("rehab.authoring").joinpath("codes", f"{code}.md").read_text("utf-8")


def _silencing(code: str) -> str:
    if CODES[code].severity == "error":
        return "No. It is an error: `make publish` writes nothing while it is there."
    if code in _NEVER:
        return "No. It is a warning about the silencing itself, and keeps nothing from being published."
    return _SILENCER.format(code=code)


_SILENCER = """\
Yes, with a reason, in the front matter of the file it is about:

```yaml
silence:
  {code}: why you mean to live with it
```

The warning does not keep `make publish` from writing. It comes back by itself as `unused-silence` once there is
nothing left to silence."""

_FROM_THE_PROGRAM = (
    "<!-- Made by `rehab docs` from plugins/rehab/authoring/codes/; a test keeps the two together. -->\n\n"
)
