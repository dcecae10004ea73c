"""What a template sees of a picture: its files, its words, and what it looks like until it has come.

See `rehab.site.views.small` for the conventions.
"""

from __future__ import annotations

from msgspec import Struct

_SHAPES = (("2", 1.75), ("1.5", 1.41), ("1.33", 1.15), ("1", 0.87), ("0.75", 0.65), ("0.56", 0.0))
"""Ratios of width to height, each with the least that is called so."""


class PictureSource(Struct, frozen=True, kw_only=True):
    """One `<source>` of a `<picture>`: its MIME type and its `srcset` (URLs site-relative, widths in px)."""

    type: str
    variants: tuple[tuple[str, int], ...]

    def srcset(self, root: str) -> str:
        """Return the attribute's value with `root` (such as "../../" or "/") before each URL."""
        return ", ".join(f"{root}{url} {width}w" for url, width in self.variants)


class PictureView(Struct, frozen=True, kw_only=True):
    """A picture: its files and what is said of it. `lost` is true where the file is not here: show the words only.

    `width` and `height` are those of `src` in px (0 when lost). `full` is the URL of the largest file every browser
    shows. `sources` are in order of preference, the format of `src` last. `caption` is Markdown. `credit_words`
    is "" without a credit; `credit_lost` says that the credit once had a link. `decorative` pictures have `alt` "".
    Whether it loads eagerly is for the template to say. `page` is the URL of its own page, "" where it has none; `role`
    says what it is beside the next one (start, end, before, after), or "". `license_url` is where the licence can be
    read, where that is known. `tones` are the rows of a placeholder, each its colours from left to right. `film` are
    the files that move, in order of preference, where it does: it is shown still until somebody asks.
    """

    src: str
    full: str
    sources: tuple[PictureSource, ...]
    width: int
    height: int
    alt: str
    decorative: bool
    caption: str
    credit_words: str
    credit_url: str
    credit_license: str
    credit_lost: bool
    original_name: str
    lost: bool
    page: str = ""
    role: str = ""
    license_url: str = ""
    tones: tuple[tuple[str, ...], ...] = ()
    film: tuple[PictureSource, ...] = ()

    @property
    def shape(self) -> str:
        """Return the nearest of the few ratios of width to height that the stylesheet knows."""
        ratio = self.width / self.height if self.height else 1.5
        return next((name for name, least in _SHAPES if ratio > least), _SHAPES[-1][0])

    @property
    def shareable(self) -> bool:
        """Return whether other sites can show it beside a link: they show no drawings in SVG."""
        return not self.full.endswith(".svg")

    @property
    def name(self) -> str:
        """Return what its files have in common: a name of it that stays while the picture does."""
        return self.full.rpartition("/")[2].rpartition("-")[0] or self.full.rpartition("/")[2].partition(".")[0]
