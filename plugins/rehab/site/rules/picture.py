"""Rules on pictures: the file is there, somebody who cannot see it has words for it, and it may be shown."""

from __future__ import annotations

import posixpath
import unicodedata
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from rehab.site.alt_words import looks_like_file_name
from rehab.site.pictures import PAIRS, path_of, resolve_file
from rehab.source.place import Place
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.model.nouns import Credit, Image
    from rehab.site.site import Site

_NOT_A_LICENCE = {"", "unknown", "?", "none", "n/a"}


def all_images(site: Site) -> Iterator[tuple[Image, tuple[str, ...]]]:
    """Yield every picture that front matter lists, with the names of those whose own it may be."""
    for post in (*site.posts, *site.unlisted):
        of_uses = (image for use in post.exercises for image in use.images)
        yield from ((image, post.bylines) for image in (*post.gallery, *of_uses))
    for exercise in site.exercises:
        of_steps = (image for step in exercise.steps for image in step.images)
        yield from ((image, ()) for image in (*exercise.images, *of_steps))
    in_galleries = (image for gallery in site.galleries for image in gallery.images)
    on_pages = (image for page in (*site.pages, *site.drafts) for image in page.images)
    yield from ((image, ()) for image in chain(in_galleries, on_pages))


def check_files(site: Site) -> Iterator[Problem]:
    """The file of each listed picture is there."""
    for image, _ in all_images(site):
        place, name = image.src.place, image.src.path
        path = path_of(image)
        if path is None:
            yield _outside(place, name)
        elif path not in site.pictures and path not in site.assets:
            yield Problem("missing-image", place, f"the picture '{name}' is not there", hint_for(path, site), len(name))


def _outside(place: Place, name: str) -> Problem:
    if "\\" in name and ":" not in name and ".." not in name:
        hint = f"write / in place of \\: {name.replace(chr(92), '/')}"
        return Problem("missing-image", place, f"the picture '{name}' is not there", hint, len(name))
    hint = "put the picture beside the file that lists it, and name it from there"
    return Problem("path-outside-content", place, f"'{name}' is not inside the content folder", hint, len(name))


def hint_for(path: str, site: Site) -> str:
    """Return what to do where a picture is not there: perhaps it is, under a name with other capitals."""
    same = [known for known in sorted(site.assets) if known.casefold() == path.casefold()]
    if same:
        return f"write '{posixpath.basename(same[0])}', as the file is called"
    return f"put it at {path}, or correct the name"


def check_covers(site: Site) -> Iterator[Problem]:
    """The cover of a gallery is one of its own pictures."""
    for gallery in site.galleries:
        path = resolve_file(gallery.cover) if gallery.cover else ""
        own = {path_of(image) for image in gallery.images} | set(site.folders.get(gallery.folder, ()))
        if gallery.cover and (path is None or path not in own):
            message = f"the cover '{gallery.cover.path}' is none of the gallery's pictures"
            hint = "name one of its pictures, or take `cover` out: then the first one stands for it"
            yield Problem("missing-image", gallery.cover.place, message, hint, len(gallery.cover.path))


def check_alt(site: Site) -> Iterator[Problem]:
    """Each picture has words, or says that it needs none."""
    for image, _ in all_images(site):
        if not image.alt and not image.decorative:
            hint = "add `alt:` with what it shows, or `decorative: yes` if it adds nothing to the text"
            message = f"the picture '{image.src.path}' has no alt text"
            yield Problem("missing-alt", image.src.place, message, hint, len(image.src.path))
    for gallery in site.galleries:
        listed = {path_of(image) for image in gallery.images}
        for path in site.folders.get(gallery.folder, ()):
            if path not in listed:
                hint = f"list it in {gallery.folder}/gallery.md with `src:` and `alt:`"
                yield Problem("missing-alt", Place(path), "this picture of a gallery has no alt text", hint)


def check_alt_words(site: Site) -> Iterator[Problem]:
    """An alt text is words, not the name of a file."""
    for image, _ in all_images(site):
        if looks_like_file_name(image.alt, image.src.path):
            message = f"the alt text '{image.alt}' looks like a file's name"
            yield Problem("alt-like-file-name", image.place, message, "write what the picture shows")


def check_pairs(site: Site) -> Iterator[Problem]:
    """A picture that is one of a pair has the other one behind it, or before it."""
    lists = [post.gallery for post in (*site.posts, *site.unlisted)]
    lists += [exercise.images for exercise in site.exercises]
    lists += [gallery.images for gallery in site.galleries]
    lists += [page.images for page in (*site.pages, *site.drafts)]
    for images in lists:
        for at, image in enumerate(images):
            around = [each.role for each in images[max(at - 1, 0) : at + 2]]
            if image.role and not any(pair in PAIRS for pair in pairwise(around)):
                first, second = next(pair for pair in PAIRS if image.role in pair)
                message = f"the picture '{image.src.path}' is the {image.role}, and nothing beside it is the other half"
                hint = f"put one with `role: {second}` right behind the one with `role: {first}`, or take `role` out"
                yield Problem("unpaired-picture", image.src.place, message, hint, len(image.src.path))


def check_licences(site: Site) -> Iterator[Problem]:
    """A picture by somebody else is shown only under a known licence."""
    for image, authors in all_images(site):
        credit = image.credit
        if credit is None or credit.license.strip().casefold() not in _NOT_A_LICENCE:
            continue
        own = credit.text.strip().casefold() in {name.casefold() for name in authors}
        if (credit.text or credit.url or credit.status == "link-lost") and not own:
            hint = "add `license:` (`own` for your own), or take the picture out"
            message = f"the picture '{image.src.path}' is somebody else's, and its licence is not known"
            yield Problem("unknown-licence", credit.place, message, hint)


def check_lost_credits(site: Site) -> Iterator[Problem]:
    """A credit that has lost its link is worth looking for."""
    for image, _ in all_images(site):
        if image.credit and image.credit.status == "link-lost":
            message = f"the credit '{image.credit.text or 'of this picture'}' has lost its link"
            hint = "find the source again, or use a picture of your own"
            yield Problem("lost-link", image.credit.place, message, hint)


def check_credits(site: Site) -> Iterator[Problem]:
    """A picture that is listed more than once is credited to the same person each time."""
    first: dict[str, Credit] = {}
    for image, _ in all_images(site):
        path = path_of(image)
        if path is None or image.credit is None:
            continue
        known = first.setdefault(path, image.credit)
        if _says(known) != _says(image.credit):
            message = f"the picture '{image.src.path}' has another credit at {known.place.path}:{known.place.line}"
            yield Problem("two-credits", image.credit.place, message, "write the same credit in both places")


def _says(credit: Credit) -> tuple[str, ...]:
    return credit.text, credit.url or "", credit.license


def check_twins(site: Site) -> Iterator[Problem]:
    """No two pictures are one file where capitals, or ways to write an accent, make no difference."""
    known: dict[str, str] = {}
    for path in sorted(site.pictures):
        twin = known.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if twin != path:
            message = f"on many disks this picture and '{posixpath.basename(twin)}' are one file"
            yield Problem("twin-names", Place(path), message, "give one of them another name")
