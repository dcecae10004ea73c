"""Values come back from the cache as they were, and nothing but values does."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT
from rehab.adapter.keep.parts import digest_of, read_parts, save_parts
from rehab.adapter.keep.reading import known_before, save_known
from rehab.compile import compile_site
from rehab.source.known import Known

if TYPE_CHECKING:
    from conftest import WriteTree

POST = "---\ntitle: A\ndate: 2020-01-01\nexercises: [squat: 3 x 10 each side @ 10 lb, 30 s hold]\nmood: [\n---\nText\n"


class Command:
    """What a stranger may put into the cache: a value that is a command."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        import os  # noqa: PLC0415 - for the attack alone

        return os.system, ("touch attacked",)


def test_everything_that_is_read_of_the_demo_comes_back_as_it_was(tmp_path: Path) -> None:
    known = Known()
    site, problems = compile_site(ROOT / "content", known=known)
    save_known(tmp_path, known, site.texts, began=2**63)
    again = known_before(tmp_path)
    other, same = compile_site(ROOT / "content", known=again)
    assert (again.fresh, same) == (sum(path not in known.settled(2**63) for path in site.texts), problems)
    assert dict(other.texts) == dict(site.texts)
    for name in ("posts", "exercises", "injuries", "comments", "threads", "pictures", "edges", "names"):
        assert repr(getattr(other, name)) == repr(getattr(site, name)), name


def test_problems_and_places_come_back(write_tree: WriteTree, tmp_path: Path) -> None:
    content, known = write_tree({"posts/a.md": POST}), Known()
    site, problems = compile_site(content, known=known)
    save_known(tmp_path, known, site.texts, began=2**63)
    other, same = compile_site(content, known=known_before(tmp_path))
    assert problems
    assert same == problems
    assert [post.at for post in other.posts] == [post.at for post in site.posts]
    assert repr(other.posts) == repr(site.posts)


def test_a_text_touched_late_is_read_again_and_one_with_other_bytes_is_parsed_again(
    write_tree: WriteTree, tmp_path: Path
) -> None:
    content, known = write_tree({"posts/a.md": POST.replace("mood: [\n", "")}), Known()
    site, _ = compile_site(content, known=known)
    save_known(tmp_path, known, site.texts, began=0)
    (content / "posts" / "a.md").write_text(POST.replace("title: A", "title: B").replace("mood: [\n", ""), "utf-8")
    other, _ = compile_site(content, known=known_before(tmp_path))
    assert [post.title for post in other.posts] == ["B"]


def _foreign(table: bytes, part: bytes = b"") -> bytes:
    """Return a file whose table, or whose one value, is what a stranger wrote, under hashes that are right."""
    table = table or pickle.dumps({"0": (0, len(part), digest_of(part))})
    return part + table + len(table).to_bytes(8, "big") + digest_of(table).encode()


ATTACKS = {
    "a command": pickle.dumps(Command()),
    "a class that is no value": pickle.dumps(Path),
    "a module of ours that does things": b"crehab.cli.__main__\nmain\n.",
    "half of a value": pickle.dumps([1, 2, 3])[:-4],
}
DAMAGES = {
    "nothing": b"",
    "no hash": pickle.dumps({}),
    "another hash": pickle.dumps({}) + b"0" * 72,
    "another program": _foreign(pickle.dumps({}))[:-1] + b"x",
    **{f"{name} as the table": _foreign(attack) for name, attack in ATTACKS.items()},
    **{f"{name} as a value": _foreign(b"", attack) for name, attack in ATTACKS.items()},
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_or_foreign_is_nothing(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "read.bin").write_bytes(DAMAGES[damage])
    parts = read_parts(tmp_path / "read.bin")
    assert parts is None or parts.read("0") is None
    assert known_before(tmp_path).settled(0) == {}
    assert not (tmp_path / "attacked").exists()


@pytest.mark.parametrize(
    "value", [1, "text", [1], {"path": 1}, ({"path": 1}, [], {}), ({"path": 1}, [], {"path": 1}), ({}, [], [1])]
)
def test_another_value_in_its_place_is_nothing(value: object, tmp_path: Path) -> None:
    save_parts(tmp_path / "read.bin", [("0", value)])
    assert known_before(tmp_path).settled(0) == {}


def test_a_value_is_read_by_itself_and_one_that_is_damaged_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "read.bin"
    digest = save_parts(file, ((str(number), [number]) for number in range(3)))
    parts = read_parts(file, digest)
    assert parts is not None
    assert [parts.read(name) for name in (*parts.names(), "3")] == [[0], [1], [2], None]
    data = file.read_bytes()
    file.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    assert [parts.read(name) for name in parts.names()] == [None, [1], [2]]
    assert read_parts(file, "0" * 64) is None
