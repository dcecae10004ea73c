"""Where something stands in a source file.

Every value that an author wrote keeps its place, so that each message can point at it.
"""

from __future__ import annotations

from msgspec import Struct


class Place(Struct, frozen=True, order=True):
    """A position in a source file.

    `path` is relative to the folder that holds the content folder, with `/` between parts
    (`content/posts/x.md`). `line` and `column` count from 1, in characters.
    """

    path: str
    line: int = 1
    column: int = 1

    def right(self, characters: int) -> Place:
        """Return the place some characters further on the same line."""
        return Place(self.path, self.line, self.column + characters)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


def find_below(text: str, words: str, start: Place) -> Place:
    """Return where words first stand in a file's text at or below a place, or that place where they do not."""
    for number, line in enumerate(text.split("\n")[start.line - 1 :], start=start.line):
        column = line.find(words, start.column - 1 if number == start.line else 0)
        if column >= 0:
            return Place(start.path, number, column + 1)
    return start
