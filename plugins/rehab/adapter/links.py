"""Pelican's `{static}` and `{attach}` links, kept inside the content folder.

Pelican copies whatever file such a link names, also one far outside the content. Here a link that climbs
out, or names no file, is a problem, and the file is not copied.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from rehab.site.text.images import resolve
from rehab.source.place import Place
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rehab.adapter.build import Build

_PLACEHOLDER = re.compile(r"[{|](?:static|attach|filename)[|}]([^\s\"'<>)\]]*)")


def keep_links_inside(build: Build, context: dict[str, Any]) -> None:
    """Take links out of Pelican's list that leave the content folder or lead to no file."""
    kept = set()
    for link in sorted(context["static_links"]):
        code = _refusal(build.content, link)
        if code:
            build.found += _report(build, link, code)
        else:
            kept.add(link)
    context["static_links"].clear()
    context["static_links"] |= kept


def check_withheld_links(build: Build) -> None:
    """Report each `{filename}` link from a file that is published to one that is withheld: it would lead nowhere."""
    for path in sorted(set(build.sources) - build.withheld) if build.withheld else ():
        for number, line in enumerate(build.linked.texts.get(path, "").split("\n"), start=1):
            for match in _PLACEHOLDER.finditer(line):
                if _target_of(match[0], path) in build.withheld:
                    message = f"'{match[1]}' is not published yet"
                    hint = "take the link out until it is"
                    place = Place(path, number, match.start(1) + 1)
                    build.found.append(Problem("missing-file", place, message, hint, len(match[1]) or 1))


def linked_files(text: str, path: str) -> Iterator[str]:
    """Yield the paths of the files that the text of a file leads to by their names, there or not."""
    return (found for match in _PLACEHOLDER.finditer(text) if (found := _target_of(match[0], path)))


def _target_of(link: str, path: str) -> str | None:
    """Return the path of the file that a placeholder link in the file at `path` names."""
    return resolve(link.partition("#")[0], path)


def _refusal(content: Path, link: str) -> str:
    """Return the code of what is wrong with a link, or the empty string."""
    clean = posixpath.normpath(unquote(link))
    file = content / clean
    if clean.startswith(("..", "/")) or not file.resolve().is_relative_to(content.resolve()):
        return "path-outside-content"
    return "" if file.is_file() else "missing-file"


def _report(build: Build, link: str, code: str) -> list[Problem]:
    """Return one problem for each place in the sources that names the file."""
    name = posixpath.basename(unquote(link))
    message, hint = _WORDS[code]
    places = [
        (Place(path, number, match.start(1) + 1), len(match[1]) or 1)
        for path in build.sources
        for number, line in enumerate(build.linked.texts.get(path, "").split("\n"), start=1)
        for match in _PLACEHOLDER.finditer(line)
        if name and name in unquote(match[1])
    ]
    places = places or [(Place(build.content.name), 1)]
    return [Problem(code, place, message.format(link), hint, span) for place, span in places]


_WORDS = {
    "path-outside-content": ("'{}' lies outside the content folder", "move the file into the content folder"),
    "missing-file": ("there is no file '{}'", "check the name, or put the file there"),
}
