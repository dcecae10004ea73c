"""Whether a build would change anything: where nothing has been touched since the last one, its answer still holds.

In: where the build's record is kept. Out: what the last build said, or None where a build is needed. Nothing but names,
sizes, times and numbers of files is looked at, and neither Pelican nor the content is loaded.

The record holds how every file looked that the build read (content, theme, program, libraries, settings and whatever a
settings file opens) and that it wrote, the environment, and the day. It is kept only where every input had been left
alone for a moment before the build began, because a file can change twice within one tick of its disk's clock.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from rehab.adapter.kept import save_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rehab.adapter.witness import Witness

_FORM: Final = 1
_OWN_TO_A_TERMINAL: Final = {"_", "OLDPWD", "SHLVL", "COLUMNS", "LINES", "WINDOWID"}
_PATHS: Final = tuple(sys.path)
"""Where Python looks for modules, before plugins and settings add to it."""
_TICK_NS: Final = 50_000_000
_SECOND_NS: Final = 1_000_000_000

Look: TypeAlias = tuple[int, ...]
"""How a file looks: its size, its times in nanoseconds, its number on the disk; nothing where there is none."""


class Unsettled(Exception):  # noqa: N818 - no error: a build that cannot be remembered
    """Something was touched too late, or cannot be looked at, so that nothing can be said of the next build."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What one build reads and writes. `trees` are the other folders of which everything counts. Paths are absolute."""

    content: str
    trees: tuple[str, ...]
    output: str
    cache: str
    written: tuple[str, ...]


def surroundings(*words: str) -> str:
    """Return a hash of all that is no file: environment, day, Python, folder, and the words of the command."""
    environment = sorted((name, value) for name, value in os.environ.items() if name not in _OWN_TO_A_TERMINAL)
    days = [dt.datetime.now(dt.UTC).date().isoformat(), time.strftime("%Y-%m-%d")]
    said = [_FORM, sys.version, sys.executable, _PATHS, os.getcwd(), environment, days, words]  # noqa: PTH109 - as text
    return hashlib.sha256(json.dumps(said).encode("utf-8", "surrogatepass")).hexdigest()


def record_file(cache: Path, *words: str) -> Path:
    """Return where the record of a command is kept."""
    return cache / f"unchanged-{hashlib.sha256(repr(words).encode()).hexdigest()[:16]}.json"


@dataclass(frozen=True, slots=True)
class Known:
    """What the last build wanted to be remembered. `whole` says that nothing differs since, else the content may."""

    said: Any
    whole: bool


def recall(record: Path, around: str) -> Known | None:
    """Return what is known of the last build, or None where more than the content and the output may differ."""
    try:
        known = json.loads(record.read_bytes())
        if known["around"] != around or known["digest"] != _digest(known["body"]):
            return None
        body = known["body"]
        inputs = Inputs(**{name: _texts(value) for name, value in body["inputs"].items()})
        same = [a == b for a, b in zip(body["looks"], _looks(inputs, body["files"], body["folders"]), strict=True)]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, Unsettled):
        return None
    return Known(body["said"], all(same)) if all(same[_CONTENT_AND_OUTPUT:]) else None


def remember(  # noqa: PLR0913 - one argument for each kind of thing that a build depends on
    record: Path, around: str, inputs: Inputs, witness: Witness, said: Any, *, began: int  # noqa: ANN401 - plain values
) -> None:  # fmt: skip
    """Keep a record of a build that began at a time in nanoseconds, unless something was touched too late."""
    record.unlink(missing_ok=True)
    if witness.elsewhere:
        return
    files = sorted(path for path in {*witness.files, *_modules()} if _counts(path, inputs))
    folders = sorted(path for path in witness.folders if _counts(f"{path}/", inputs))
    try:
        looks = _looks(inputs, files, folders, began=began)
    except (OSError, Unsettled):
        return
    parts = {name: getattr(inputs, name) for name in Inputs.__slots__}
    body = {"inputs": parts, "files": files, "folders": folders, "looks": looks, "said": said}
    save_whole(record, json.dumps({"around": around, "digest": _digest(body), "body": body}))


def _digest(body: Any) -> str:  # noqa: ANN401 - as it came from a file
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _texts(value: Any) -> Any:  # noqa: ANN401 - as above
    return tuple(value) if isinstance(value, list) else value


def _modules() -> Iterable[str]:
    """Return the files of all that Python has loaded."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return {os.path.abspath(file) for file in files if isinstance(file, str)}  # noqa: PTH100 - a thousand of them


def _counts(path: str, inputs: Inputs) -> bool:
    """Return whether a path is an input that no tree holds: no compiled code, nothing that builds write."""
    inside = (inputs.content, *inputs.trees, inputs.output, inputs.cache)
    return not path.endswith(".pyc") and not any(path.startswith(f"{folder}/") for folder in inside)


_CONTENT_AND_OUTPUT: Final = 2
"""How many looks are of these; the others are of what makes the one into the other."""


def _looks(inputs: Inputs, files: Iterable[str], folders: Iterable[str], *, began: int | None = None) -> list[str]:
    """Return one hash for each kind of thing. With `began`, raise Unsettled where an input was touched too late."""
    content, written, trees, others, names = (hashlib.sha256() for _ in range(5))
    for tree in (inputs.content, *inputs.trees):
        for path, look in _tree(tree):
            _check(look, began)
            digest = content if tree == inputs.content else trees
            digest.update(f"{path}\0{look}\n".encode("utf-8", "surrogatepass"))
    for path in files:
        look = _look(path)
        _check(look, began)
        others.update(f"{look}\n".encode())
    for path in folders:
        names.update(repr(_names(path)).encode("utf-8", "surrogatepass"))
    for path in inputs.written:
        look = _look(f"{inputs.output}/{path}")
        if began is not None and not look:
            raise Unsettled
        written.update(f"{look}\n".encode())
    return [each.hexdigest() for each in (content, written, trees, others, names)]


def _check(look: Look, began: int | None) -> None:
    if began is not None and look:
        changed = max(look[1], look[2])
        margin = _TICK_NS if changed % _SECOND_NS else 2 * _SECOND_NS
        if changed + margin >= began:
            raise Unsettled


def _tree(folder: str) -> Iterable[tuple[str, Look]]:
    """Yield how everything in a folder looks, itself and hidden files too, in an order that stays."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        yield here, _look(here)
        with os.scandir(here) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            if entry.is_symlink():
                yield f"{entry.path}@", _seen(entry.stat(follow_symlinks=False))
                yield entry.path, _look(entry.path)
                if entry.is_dir():
                    raise Unsettled  # what lies in there, Pelican may read and we do not
            elif entry.is_dir():
                if entry.name != "__pycache__":
                    waiting.append(entry.path)
            else:
                yield entry.path, _look(entry.path)


def _look(path: str) -> Look:
    try:
        return _seen(os.stat(path))  # noqa: PTH116 - a quarter of the time of Path.stat, for each of thousands of files
    except (OSError, ValueError):
        return ()


def _seen(seen: os.stat_result) -> Look:
    return (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - only names
    except OSError:
        return []
