"""A built site → what its pictures say that nobody should read: a last look before it goes out.

In: an output folder. Out: one problem for each picture that says where it was taken, with which device, or holds a
second picture; that is not as wide as its name says; or that cannot be opened. Every picture of the folder is looked
at, whoever put it there: a theme, another plugin, or a link to a file.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from PIL import ExifTags

from rehab.images.opened import opened
from rehab.images.published import FOLDER
from rehab.images.read import is_picture_name
from rehab.images.refused import Refused, attempt
from rehab.images.svg import clean_svg, is_drawing
from rehab.source.place import Place
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL.ImageFile import ImageFile

    from rehab.source.problem import Problems

_HINT: Final = "take the metadata out of it, or put it under content/ and name it in a page, so that it is made anew"
_ANEW: Final = "remove it and build again"
_WIDTH: Final = re.compile(r"-(\d+)\.\w+")
# Tags of Exif 2.32 and DNG 1.6 that name one device or person, or keep what a maker likes to keep.
_DEVICE: Final = {
    0x927C: "a maker's note",
    0xA430: "its owner's name",
    0xA431: "a serial number",
    0xA435: "a serial number",
    0xC62F: "a serial number",
    0xC68B: "the name of its first file",
}
_SAID: Final = (
    (re.compile(rb"exif:GPS|GPSLatitude|GPSLongitude|Iptc4xmpExt:Location"), "where it was taken"),
    (re.compile(rb"SerialNumber"), "a serial number"),
    (re.compile(rb"xmp:Thumbnails|xmpGImg|photoshop:History|xmpMM:History"), "an older state of itself"),
)
_PACKETS: Final = ("xmp", "XML:com.adobe.xmp")


def audit_images(output: Path, shown: str = "") -> Problems:
    """Return a problem for each fault of each picture under a folder, sorted by path. Raise OSError.

    `shown` is what the folder is called in their places: its own name, where nothing is given.
    """
    return tuple(problem for file in list_images(output) for problem in _audit(file, output, shown or output.name))


def list_images(output: Path) -> list[Path]:
    """Return every file under a folder that is called like a picture, sorted."""
    return sorted(file for file in output.rglob("*") if is_picture_name(file.name) and file.is_file())


def _audit(file: Path, output: Path, shown: str) -> Iterator[Problem]:
    path = file.relative_to(output).as_posix()
    faults = attempt(find_faults, file.read_bytes(), path)
    place, name = Place(f"{shown}/{path}"), PurePosixPath(path).name
    if isinstance(faults, Refused):
        yield Problem("bad-image", place, f"{name!r} {faults.reason}", _ANEW)
    else:
        for fault, hint in faults.items():
            yield Problem("bad-image", place, f"{name!r} {fault}", hint)


def find_faults(data: bytes, path: str) -> dict[str, str]:
    """Return what is wrong with a published picture, each with what to do; raise Refused or what Pillow raises."""
    ours = path.startswith(f"{FOLDER}/")
    if is_drawing(data):
        clean = not ours or clean_svg(data).text.encode() == data
        return {} if clean else {"is a drawing that was not cleaned": _ANEW}
    with opened(data) as image:
        faults = dict.fromkeys((f"says {said}" for said in _told(image, data)), _HINT)
        named = _WIDTH.search(PurePosixPath(path).name) if ours else None
        if named and int(named[1]) != image.width:
            faults[f"is {image.width} pixels wide, and its name says {named[1]}"] = _ANEW
    return faults


def _told(image: ImageFile, data: bytes) -> Iterator[str]:
    exif = image.getexif()
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        yield "where it was taken"
    tags = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    yield from (words for tag, words in _DEVICE.items() if tags.get(tag))
    if exif.get_ifd(ExifTags.IFD.IFD1) or _has_jfif_thumbnail(data) or image.format == "MPO":
        yield "how it looks, in a second picture"
    packets = [image.info.get(name) or b"" for name in _PACKETS]
    packet = b"".join(each.encode() if isinstance(each, str) else each for each in packets)
    yield from (words for pattern, words in _SAID if pattern.search(packet))


def _has_jfif_thumbnail(data: bytes) -> bool:
    """Tell whether a JPEG's first segment holds a thumbnail (JFIF 1.02, page 6: its width and height, in pixels)."""
    if data[2:4] != b"\xff\xe0" or data[6:11] != b"JFIF\0":
        return data[2:4] == b"\xff\xe0" and data[6:11] == b"JFXX\0"
    return data[18] * data[19] > 0
