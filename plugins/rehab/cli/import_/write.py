"""Writing what an import plans: each file whole or not at all, never over another, never through a link."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rehab.authoring.import_posts.outcomes import INBOX
from rehab.authoring.import_posts.report import render_json, render_report
from rehab.model.slug import slugify
from rehab.source.fault import reason_of
from rehab.source.report import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.authoring.import_posts.outcomes import Outcome, Plan
    from rehab.comments.imports.plan import Plan as Comments

_UNSAFE = frozenset('/\\:\0\r\n"<>|?*')
_LONGEST = 250
_HEAD = 20_000


def read_held_posts(content: Path) -> dict[str, str]:
    """Return the beginnings of the posts that wait in the inbox, by path."""
    folder = content.parent / INBOX
    if folder.is_symlink() or folder.parent.is_symlink() or not folder.is_dir():
        return {}
    texts: dict[str, str] = {}
    for file in sorted(folder.glob("*/index.md")):
        if not (file.is_symlink() or file.parent.is_symlink()):
            with file.open("rb") as opened:
                texts[f"{INBOX}/{file.parent.name}/{file.name}"] = opened.read(_HEAD).decode("utf-8", "replace")
    return texts


def save_plan(plan: Plan, content: Path, files: Mapping[str, Path]) -> str:
    """Write all new files, the pictures of a text before it; return what went wrong, or nothing.

    Where writing fails, every file so far is whole, and the import can be run again.
    """
    for outcome in plan.outcomes:
        if outcome.path:
            fault = _save(outcome, content, files)
            if fault:
                return f"{fault}; what was written so far is whole: run this again once that is mended"
    return ""


def _save(outcome: Outcome, content: Path, files: Mapping[str, Path]) -> str:
    for name, target in outcome.files:
        try:
            data = files[name].read_bytes()
        except OSError as wrong:
            return f"'{visible(name)}' cannot be read: {reason_of(wrong)}"
        fault = save_new(_root(target, content), target, data)
        if fault:
            return fault
    return save_new(_root(outcome.path, content), outcome.path, outcome.text.encode("utf-8"))


def _root(path: str, content: Path) -> Path:
    return content.parent if path.startswith(f"{INBOX}/") else content


def save_new(root: Path, path: str, data: bytes) -> str:
    """Write a file below a folder unless there is one; return what went wrong. The same bytes are no fault."""
    parts = path.split("/")
    if not all(_is_plain(part) for part in parts):
        return f"'{visible(path)}' is no name for a file here"
    file = root.joinpath(*parts)
    try:
        at = root
        for part in parts:
            at /= part
            if at.is_symlink():
                return f"'{visible(path)}' lies behind a link: remove the link"
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            return "" if file.read_bytes() == data else f"'{visible(path)}' is there already and is kept as it is"
        return _place(file, data)
    except OSError as wrong:
        return f"'{visible(path)}' cannot be written: {reason_of(wrong)}"


def _place(file: Path, data: bytes) -> str:
    handle, name = tempfile.mkstemp(prefix=".import.", dir=file.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        mask = os.umask(0o077)
        os.umask(mask)
        fresh.chmod(0o666 & ~mask)
        try:
            os.link(fresh, file)
        except FileExistsError:
            return f"'{visible(file.name)}' is there already and is kept as it is"
        except OSError:
            with file.open("xb") as stream:
                stream.write(data)
    finally:
        fresh.unlink(missing_ok=True)
    return ""


def _is_plain(part: str) -> bool:
    return bool(part) and not part.startswith(".") and len(part.encode()) <= _LONGEST and not _UNSAFE.intersection(part)


def save_reports(plan: Plan, comments: Comments | None, content: Path, file: Path) -> str:
    """Write the report of an import into the inbox, over an older one; return the sentence that says where it is."""
    folder = content.parent / "inbox"
    stem = f"import-{slugify(file.resolve().stem)[:80] or 'export'}"
    if folder.is_symlink():
        return "the report was not written: 'inbox' is a link"
    try:
        folder.mkdir(exist_ok=True)
        for ending, text in ((".md", render_report(plan, comments)), (".json", render_json(plan, comments))):
            target = folder / f"{stem}{ending}"
            handle, name = tempfile.mkstemp(prefix=".import.", dir=folder)
            with os.fdopen(handle, "wb") as stream:
                stream.write(text.encode("utf-8"))
            Path(name).replace(target)
    except OSError as wrong:
        return f"the report was not written: {reason_of(wrong)}"
    return f"the whole report: inbox/{stem}.md, and the same for machines in inbox/{stem}.json"
