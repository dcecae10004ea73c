"""Whether a build would change anything: where nothing has been touched since the last one, its answer still holds.

In: where the build's record is kept. Out: what the last build said and which content was touched since, or None where
more may differ. Nothing but names, sizes, times and numbers of files is looked at, and neither Pelican nor the content
is loaded.

The record holds how every file looked that the build read (content, theme, program, libraries, settings and whatever a
settings file opens) and that it wrote, the environment, and the day. On another day a site may be another one, but what
was kept of its pages still tells which. It is kept only where every other input had been
left alone for a moment before the build began, because a file can change twice within one tick of its disk's clock; of
a text that was touched later no look is kept, so that it counts as touched again. Content and output are rows of bytes
(`rehab.adapter.keep.seen`) behind a line of JSON with all else, which is little however many posts there are.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from rehab.adapter.keep.kept import open_whole
from rehab.adapter.keep.seen import (
    NOTHING,
    Seen,
    Unsettled,
    folders_in,
    names_of,
    rows_of,
    see,
    see_files,
    settled,
    spell_names,
)  # fmt: skip
from rehab.source.looks import is_settled, look_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rehab.adapter.keep.surroundings import Surroundings
    from rehab.adapter.keep.witness import Witness
    from rehab.source.looks import Look

_COMMENTS: Final = "comments"
"""The folder in the content folder in which files may come and go without the whole site being another one."""
_FORM: Final = 4
"""The form of a record: one of another form is none."""


class Inputs(Struct, frozen=True, kw_only=True):
    """What one build reads and writes. `trees` are the other folders of which everything counts. Paths are absolute."""

    content: str
    trees: tuple[str, ...]
    output: str
    cache: str
    written: tuple[str, ...]


def record_file(cache: Path, *words: str) -> Path:
    """Return where the record of a command is kept."""
    return cache / f"unchanged-{hashlib.sha256(repr(words).encode()).hexdigest()[:16]}.looks"


class Record(Struct, frozen=True, kw_only=True):
    """What the last build wanted to be remembered, as far as it still holds.

    `content` is how the content looks now. `changed` are the texts and pictures that were touched since the last build,
    by path; None where files came or went, where the output differs, or on another day. `since` are all that were
    touched since the last whole build. `files` and `folders` are what else was read, `written` how the output looks.
    """

    said: Any
    inputs: Inputs
    files: frozenset[str]
    folders: frozenset[str]
    content: Seen
    written: bytes
    changed: tuple[str, ...] | None
    since: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Return whether nothing differs."""
        return self.changed == ()


def recall(record: Path, around: Surroundings) -> Record | None:
    """Return what is known of the last build, or None where more than the content and the output may differ."""
    try:
        head, _, data = record.read_bytes().partition(b"\n")
        if head.decode("ascii") != f"{_FORM} {around.digest} {_digest(data)}":
            return None
        text, _, rows = data.partition(b"\n")
        body = json.loads(text)
        names, looks, written_names, written_looks = _cut(rows, body["rows"])
        inputs = Inputs(
            **{name: _texts(value) for name, value in body["inputs"].items()}, written=names_of(written_names)
        )
        if _rest(inputs, body["files"], body["folders"]) != body["rest"]:
            return None
        content = see(inputs.content)
        written = see_files(inputs.output, inputs.written)
        touched = Seen(names, looks).touched(content, f"{inputs.content}/{_COMMENTS}/")
        return Record(
            said=body["said"],
            inputs=inputs,
            files=frozenset(body["files"]),
            folders=frozenset(body["folders"]),
            content=content,
            written=written,
            changed=touched if written == written_looks and body["day"] == around.day else None,
            since=tuple(body["since"]),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, Unsettled):
        return None


def _cut(rows: bytes, lengths: Iterable[int]) -> list[bytes]:
    """Return the rows behind the first line."""
    return [rows[start:end] for start, end in pairwise(accumulate(lengths, initial=0))]


def remember(  # noqa: PLR0913 - one argument for each kind of thing that a build depends on
    record: Path, around: Surroundings, inputs: Inputs, witness: Witness, said: Any, *, began: int,  # noqa: ANN401 - plain values
    before: Record | None = None, made: frozenset[str] = frozenset(),
) -> None:  # fmt: skip
    """Keep a record of a build that began at a time in nanoseconds, unless something was touched too late.

    `before` is what was recalled before a build that changed words alone: it read the other files as they looked then,
    and wrote none but those that were `made`.
    """
    record.unlink(missing_ok=True)
    if witness.elsewhere:
        return
    files, folders = {*witness.files, *_modules()}, witness.folders
    if before is not None:
        files, folders = files | before.files, folders | before.folders
    try:
        _write(record, around, inputs, (files, folders), said, began, before, made)
    except (OSError, Unsettled):
        return


def _write(  # noqa: PLR0913 - as above
    record: Path, around: Surroundings, inputs: Inputs, read: tuple[set[str], set[str]], said: Any, began: int,  # noqa: ANN401 - as above
    before: Record | None, made: frozenset[str],
) -> None:  # fmt: skip
    files = sorted(path for path in read[0] if _counts(path, inputs))
    folders = sorted(path for path in read[1] if _counts(f"{path}/", inputs))
    content = before.content if before else _seen_after(inputs.content, began)
    written = see_files(inputs.output, inputs.written, _standing(before, made) if before else {})
    if NOTHING in rows_of(written):
        raise Unsettled
    rows = (content.names, settled(content.looks, began), spell_names(inputs.written), written)
    body = {
        "inputs": {name: getattr(inputs, name) for name in Inputs.__struct_fields__ if name != "written"},
        "files": files,
        "folders": folders,
        "rest": _rest(inputs, files, folders, began=began),
        "rows": [len(row) for row in rows],
        "day": around.day,
        "since": sorted({*before.since, *(before.changed or ())}) if before is not None else (),
        "said": said,
    }
    data = (json.dumps(body).encode(), b"\n", *rows)  # not joined: that would be a large part of what a build holds
    with open_whole(record) as out:
        out.writelines((f"{_FORM} {around.digest} {_digest(*data)}\n".encode(), *data))


def _standing(before: Record, made: frozenset[str]) -> Mapping[str, bytes]:
    """Return how the files of the output looked that have not been written since."""
    rows = zip(before.inputs.written, rows_of(before.written), strict=True)
    return {name: row for name, row in rows if name not in made}


def _seen_after(content: str, began: int) -> Seen:
    """Return how the content looks after a build. Raise Unsettled where a file may be gone that it has read."""
    seen = see(content)
    for folder in folders_in(seen):
        _check(look_of(folder), began)
    return seen


def _digest(*pieces: bytes) -> str:
    """Return the hash of bytes that come one after the other."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


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


def _rest(inputs: Inputs, files: Iterable[str], folders: Iterable[str], *, began: int | None = None) -> list[str]:
    """Return one hash for each kind of thing that is neither content nor written.

    With `began`, raise Unsettled where one was touched too late.
    """
    trees, others, names = (hashlib.sha256() for _ in range(3))
    for tree in inputs.trees:
        seen = see(tree) if began is None else _seen_after(tree, began)
        if began is not None and settled(seen.looks, began) != seen.looks:
            raise Unsettled
        trees.update(seen.names + seen.looks)
    for path in files:
        look = look_of(path)
        _check(look, began)
        others.update(f"{look}\n".encode())
    for path in folders:
        names.update(repr(_names(path)).encode("utf-8", "surrogatepass"))
    return [each.hexdigest() for each in (trees, others, names)]


def _check(look: Look, began: int | None) -> None:
    if began is not None and look and not is_settled(look, began):
        raise Unsettled


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - only names
    except OSError:
        return []
