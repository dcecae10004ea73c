"""The report's own line → templates for VS Code: a task that runs the check, and squiggles where it found something.

In: how a concise report is written, and which schemas there are. Out: the texts of `tasks.json` and `settings.json`.
They are templates to copy, because which editor somebody uses is nobody else's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehab.authoring.editors.schema import LISTS, render_json

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE = r"^(.+?):(\d+):(\d+): (error|warning)\[([a-z0-9-]+)\]: (.+)$"
"""One line of `rehab check --format concise`, for JavaScript and Python alike."""

GROUPS: Mapping[str, int] = {"file": 1, "line": 2, "column": 3, "severity": 4, "code": 5, "message": 6}
"""What the groups of `LINE` hold, in VS Code's words."""

FILES: Mapping[str, str] = {
    "ladders": "content/exercises/ladders.yml",
    "regions": "content/vocabulary/regions.yml",
    "muscles": "content/vocabulary/muscles.yml",
    "red-flags": "content/vocabulary/red_flags.yml",
    "glossary": "content/vocabulary/glossary.yml",
}
"""Where each list is written."""


def render_vscode() -> dict[str, str]:
    """Return the files for a folder `.vscode`, by name."""
    return {"settings.json": render_json(_settings()), "tasks.json": render_json(_tasks())}


def _tasks() -> dict[str, Any]:
    return {"version": "2.0.0", "tasks": [_check()]}


def _check() -> dict[str, Any]:
    return {
        "label": "Check the content",
        "detail": "Reports everything that is wrong, with squiggles in the files.",
        "type": "process",
        "command": "${workspaceFolder}/.venv/bin/rehab",
        "windows": {"command": "${workspaceFolder}\\.venv\\Scripts\\rehab.exe"},
        "args": ["check", "--format", "concise", "--all"],
        "options": {"cwd": "${workspaceFolder}", "env": {"PYTHONUTF8": "1"}},
        "group": {"kind": "build", "isDefault": True},
        "presentation": {"reveal": "never", "clear": True, "showReuseMessage": False},
        "problemMatcher": _matcher(),
    }


def _matcher() -> dict[str, Any]:
    return {
        "owner": "rehab",
        "source": "rehab",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {"regexp": LINE, **GROUPS},
    }


def _settings() -> dict[str, Any]:
    return {"yaml.schemas": {f"./docs/schema/{name}.schema.json": FILES[name] for name in LISTS}}
