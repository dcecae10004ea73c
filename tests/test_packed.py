"""Rules of texts that are packed: the same texts, whoever asks for them in which order."""

from __future__ import annotations

import pytest

from rehab.source.document import Text, Texts
from rehab.source.packed import Packed

HEAD = "---\ndate: 2020-01-01\n---\n"
TEXTS = Texts(
    {
        "content/comments/knee/a.md": Text(HEAD, "One.\n"),
        "content/comments/knee/b\nc.md": Text(HEAD, "Zwei Wörter\0 and \ud800 half a letter.\n"),
        "content/comments/stray.md": Text("", ""),
        "content/posts/comments/knee.md": Text(HEAD, "Three.\n"),
        "content/posts/knee.md": Text(HEAD, "Four.\n"),
    }
)


def test_packed_texts_are_the_same_texts() -> None:
    packed = Packed(TEXTS, "comments")
    assert dict(packed) == dict(TEXTS)
    assert len(packed) == len(TEXTS)
    backwards = [packed[path] for path in sorted(packed, reverse=True)]
    assert backwards == [TEXTS[path] for path in sorted(TEXTS, reverse=True)]


@pytest.mark.parametrize(
    "path", ["content/comments/knee/z.md", "content/comments/none/a.md", "content/posts/z.md", "z"]
)
def test_a_text_that_is_not_there_is_not_there(path: str) -> None:
    packed = Packed(TEXTS, "comments")
    assert path not in packed
    assert packed.get(path) is None
    assert "content/comments/knee/a.md" in packed


def test_nothing_packed_is_nothing() -> None:
    assert dict(Packed(Texts({}), "comments")) == {}
