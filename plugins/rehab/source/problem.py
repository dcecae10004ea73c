"""A problem: what is wrong, where, and what to do about it.

Stages return problems; only the command line and the Pelican adapter show them. The kinds of problems
are a closed table (`rehab.source.codes`): a problem with a code that is not in it cannot be made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from rehab.source.codes import CODES

if TYPE_CHECKING:
    from rehab.source.place import Place

Severity: TypeAlias = Literal["error", "warning"]


class Problem(Struct, frozen=True):
    """One thing that is wrong with the sources.

    `message` is one lower-case sentence in the author's words; `hint` is an instruction, or empty;
    `span` is how many characters the caret underlines; `related` are other places that belong to it
    (the first of two equal slugs, say), each with a word on why.
    """

    code: str
    place: Place
    message: str
    hint: str = ""
    span: int = 1
    related: tuple[tuple[Place, str], ...] = ()

    def __post_init__(self) -> None:
        if self.code not in CODES:
            msg = f"{self.code!r} is not in the table of problem codes"
            raise KeyError(msg)

    @property
    def severity(self) -> Severity:
        """Return whether publishing stops here (`error`) or not (`warning`)."""
        return CODES[self.code].severity

    @property
    def order(self) -> tuple[Place, str, str]:
        """Return the key by which reports are sorted."""
        return (self.place, self.code, self.message)


Problems: TypeAlias = tuple[Problem, ...]
