"""Where things are in a blog's folder, as far as the commands must know without Pelican."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

SETTINGS = Path("pelicanconf.py")
PUBLISH_SETTINGS = Path("publishconf.py")
CONTENT = "content"
KIND_FOLDERS = (
    "posts", "exercises", "injuries", "treatments", "programs", "comments", "galleries", "pages", "vocabulary",
)  # fmt: skip
"""The folders by which a content folder is known; a test keeps them in step with the core's."""


def content_folder(settings_file: Path) -> Path:
    """Return the content folder that a settings file names as `PATH`, or `content` beside it.

    The file is read and never run: `rehab check` must work where Pelican cannot be imported.
    """
    return settings_file.parent / read_assigned(settings_file, "PATH", default=CONTENT)


def locate(path: Path, home: Path) -> tuple[Path, str]:
    """Return the content folder that a path lies in, and the path below it (empty for the folder itself).

    `home` is the blog's own. Elsewhere a folder that holds one of a kind (`posts`, `injuries`, ...) is a content
    folder, and so is what holds the nearest of these above the path; else the path itself, or a file's folder.
    """
    full, own = path.resolve(), home.resolve()
    if full.is_relative_to(own):
        return home, _below(full, own)
    if full.is_dir() and any((full / kind).is_dir() for kind in KIND_FOLDERS):
        return path, ""
    content = next((each.parent for each in (full, *full.parents) if each.name in KIND_FOLDERS), None)
    if content is None:
        return (path, "") if full.is_dir() else (path.parent, path.name)
    above = len(full.relative_to(content).parts)
    shown = path.parents[above - 1] if len(path.parts) > above else content
    return shown, _below(full, content)


def _below(path: Path, folder: Path) -> str:
    inside = path.relative_to(folder).as_posix()
    return "" if inside == "." else inside


def publishes_early(settings_file: Path) -> bool:
    """Return whether the settings let posts be public before their day, as Pelican does when nobody says otherwise."""
    return bool(read_assigned(settings_file, "WITH_FUTURE_DATES", default=True))


def read_assigned(settings_file: Path, name: str, *, default: T) -> T:
    """Return the value of the last plain `NAME = value` in a settings file, or the default where none has its type."""
    try:
        tree = ast.parse(settings_file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return default
    for statement in reversed(tree.body):
        match statement:
            case ast.Assign(targets=[ast.Name(id=found)], value=ast.Constant(value=value)) if found == name:
                return value if isinstance(value, type(default)) else default
    return default


def settings_fault(settings_file: Path) -> str | None:
    """Return why a build cannot start here, as a sentence, or None where the settings can be read."""
    if not settings_file.is_file():
        return f"there is no '{settings_file}' here: run this in the blog's folder, or name it with --settings"
    try:
        ast.parse(settings_file.read_bytes())
    except SyntaxError as wrong:
        return f"{settings_file}:{wrong.lineno}:{wrong.offset}: {wrong.msg}: mend this line of the settings"
    except (OSError, ValueError) as wrong:
        return f"'{settings_file}' cannot be read: {wrong}"
    return None


def read_targets(settings_file: Path) -> dict[str, object]:
    """Return the targets that a settings file names in plain words; empty where there are none."""
    found = read_literal(settings_file, "REHAB_TARGETS")
    return {str(name): value for name, value in found.items()} if isinstance(found, dict) else {}


def read_literal(settings_file: Path, name: str) -> object:
    """Return the value of a `NAME = {...}` that is written out, without running the file; None where there is none.

    Raises ValueError where the value has to be computed.
    """
    try:
        tree = ast.parse(settings_file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None
    for statement in reversed(tree.body):
        match statement:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                try:
                    return ast.literal_eval(value)
                except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                    raise ValueError(f"{settings_file}:{value.lineno}: write {name} out in plain words") from None
    return None
