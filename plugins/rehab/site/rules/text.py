"""What must hold for the pictures in the texts of all files."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from rehab.site.alt_words import looks_like_file_name
from rehab.site.rules.picture import hint_for
from rehab.site.text.images import FoundImage, find_remote_images, images_of
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rehab.model.entry import Entry
    from rehab.site.site import Site


def check_images(site: Site) -> Iterator[Problem]:
    """Each picture in a text is there, and has words for those who cannot see it."""
    for entry in _with_bodies(site):
        for image in images_of(entry):
            yield from _check(image, site)


def check_remote_images(site: Site) -> Iterator[Problem]:
    """A picture of another site is not shown, for showing it would tell that site who reads here."""
    for entry in _with_bodies(site):
        for src, place in find_remote_images(entry.body, entry.path, entry.body_line):
            message = f"the picture '{src}' is on another site: readers get a link to it"
            hint = "put the file beside this one and name that, if you may use it"
            yield Problem("remote-picture", place, message, hint, len(src))


def _check(image: FoundImage, site: Site) -> Iterator[Problem]:
    span = len(image.src)
    if image.path is None:
        hint = "put the picture beside the file that shows it, and name it from there"
        yield Problem(
            "path-outside-content", image.place, f"'{image.src}' is not inside the content folder", hint, span
        )
    elif image.path not in site.pictures and image.path not in site.assets:
        message = f"the picture '{image.src}' is not there"
        yield Problem("missing-image", image.place, message, hint_for(image.path, site), span)
    if not image.alt:
        hint = "write what it shows between the brackets: ![…](…)"
        yield Problem("missing-alt", image.alt_place, f"the picture '{image.src}' has no words for it", hint)
    elif looks_like_file_name(image.alt, unquote(image.src)):
        message = f"the alt text '{image.alt}' looks like a file's name"
        yield Problem("alt-like-file-name", image.alt_place, message, "write what the picture shows", len(image.alt))


def _with_bodies(site: Site) -> Iterable[Entry]:
    return (
        *site.posts, *site.unlisted, *site.pages, *site.drafts,
        *site.exercises, *site.injuries, *site.treatments, *site.programs, *site.galleries,
    )  # fmt: skip
