"""Galleries and plain pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rehab.model.entry import Entry, Pairs
from rehab.model.nouns import IMAGES
from rehab.model.records import ListOf
from rehab.model.shapes import FILE, FILE_OF_SITE, MOMENT, PROSE, SLUG, WORDS, YES_NO, Choice
from rehab.model.spec import spec

if TYPE_CHECKING:
    import datetime as dt

    from rehab.model.nouns import Image
    from rehab.model.refs import FileRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery(Entry):
    """A folder of pictures under `content/galleries/`, or those of a post. `folder` is where they lie."""

    folder: str
    title: str = field(default="", metadata=spec(WORDS, "Its title. Without it, the folder's name."))
    summary: str = field(default="", metadata=spec(PROSE, "What it shows."))
    unmarked: tuple[str, ...] = field(
        default=(), metadata=spec(ListOf(WORDS), "Words of the glossary that its text leaves alone.")
    )
    images: tuple[Image, ...] = field(default=(), metadata=spec(IMAGES, "Its pictures, in this order."))
    cover: FileRef | None = field(
        default=None, metadata=spec(FILE, "The picture that stands for it elsewhere. Without it, the first.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Entry):
    """A plain page: about, privacy."""

    title: str = field(metadata=spec(WORDS, "Its title.", required=True))
    slug: str = field(default="", metadata=spec(SLUG, "Its part of the address. Without it, the file's name."))
    summary: str = field(default="", metadata=spec(PROSE, "What it says, in a sentence."))
    unmarked: tuple[str, ...] = field(
        default=(), metadata=spec(ListOf(WORDS), "Words of the glossary that its text leaves alone.")
    )
    date: dt.datetime | None = field(default=None, metadata=spec(MOMENT, "When it was written."))
    modified: dt.datetime | None = field(default=None, metadata=spec(MOMENT, "When it was last changed."))
    author: str = field(default="", metadata=spec(WORDS, "Who wrote it."))
    authors: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Who wrote it."))
    category: str = field(default="", metadata=spec(WORDS, "Kept for old pages; pages stand in no category."))
    tags: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Kept for old pages."))
    status: str = field(
        default="published", metadata=spec(Choice(("published", "draft", "hidden")), "Whether it is on the site.")
    )
    lang: str = field(default="", metadata=spec(WORDS, "Its language, such as en."))
    translation: bool = field(default=False, metadata=spec(YES_NO, "Whether it is a translation of another."))
    template: str = field(default="", metadata=spec(WORDS, "Another template for it."))
    save_as: str = field(default="", metadata=spec(FILE_OF_SITE, "Another file for it."))
    url: str = field(default="", metadata=spec(WORDS, "Another address for it."))
    images: tuple[Image, ...] = field(default=(), metadata=spec(IMAGES, "Pictures."))
    redirect_from: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Old addresses of it."))
    extra: Pairs = ()
