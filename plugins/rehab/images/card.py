"""What a drawn card says: the picture that other sites show for a page that has no photo.

Pure, so that pages can name the card before it is drawn (`rehab.images.draw`). A card is drawn only where our font has
every letter of it; other pages share the theme's own picture.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

SIZE: Final = (1200, 630)
"""Width and height in pixels: the size that Open Graph's readers ask for."""

# The letters of fonts/bib.ttf: Latin with the accents of Europe and Vietnam, Greek, Cyrillic, punctuation.
LETTERS: Final = re.compile(
    r"[ -~\u00a0-\u017f\u0192\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    r"\u0400-\u045f\u0490\u0491\u1e80-\u1e85\u1ea0-\u1ef9\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032"
    r"\u2033\u2039\u203a\u2044\u20ac\u2116\u2122\u2150-\u215e\u2190-\u2193\u2212\u2248\u2260\u2264\u2265]*"
)


class Card(Struct, frozen=True):
    """A race bib: the name on it, its large number ("" where there is none), and what stands along its edge.

    With a `kind` ("Injury") and no number, the kind stands where the name of an exercise does, and the name is large.
    """

    title: str
    number: str = ""
    facts: tuple[str, ...] = ()
    kind: str = ""

    @property
    def words(self) -> str:
        """Return what the card says, for those who cannot see it."""
        said = [each for each in (self.kind, self.title, self.number, *self.facts) if each]
        return f"A race bib: {', '.join(said)}"

    @property
    def drawable(self) -> bool:
        """Tell whether our font has every letter of it."""
        written = "".join((self.kind, self.title, self.number, *self.facts))
        return bool(self.title.strip() and LETTERS.fullmatch(written))
