"""A second build opens no picture; a picture that changed, even without changing its size, is read again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rehab.images.read import read_photos
from rehab.images.seen import Seen, read_seen, save_seen
from rehab.source.document import Asset
from test_image_make import encoded, four_corners

if TYPE_CHECKING:
    from rehab.images.plan import Photo
    from rehab.source.problem import Problems

LATER = time.time_ns() + 10**15
"""A day on which every file of a test has been lying still for long."""


class Folder:
    """A content folder, and a memory of its pictures."""

    def __init__(self, root: Path) -> None:
        self.root, self.cache = root, root / "cache"

    def put(self, name: str, data: bytes) -> Path:
        """Write a picture."""
        file = self.root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file

    def read(self, now_ns: int = LATER) -> tuple[dict[str, Photo], Problems]:
        """Read all pictures as a build does."""
        files = sorted((self.root / "content").iterdir())
        seen = read_seen(self.cache, now_ns=now_ns)
        result = read_photos([Asset(f"content/{each.name}", each) for each in files], {}, seen)
        save_seen(self.cache, seen)
        return result


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with a photo, a drawing, a film and a file that is none of these."""
    folder = Folder(tmp_path)
    folder.put("leg.jpg", encoded(four_corners()))
    folder.put("see-through.png", encoded(four_corners().convert("RGBA"), "PNG"))
    folder.put("map.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    folder.put("film.gif", encoded(four_corners(), "GIF", save_all=True, append_images=[four_corners().rotate(90)]))
    folder.put("bad.jpg", b"\xff\xd8\xff")
    return folder


SECOND = """
import json, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from pathlib import Path
from test_image_seen import Folder, LATER
folder = Folder(Path(sys.argv[1]))
del opened[:]
photos, problems = folder.read()
print(json.dumps([[each for each in opened if "content" in each], len(photos), [each.message for each in problems]]))
"""


def test_a_second_build_opens_no_picture_and_says_the_same(folder: Folder) -> None:
    photos, problems = folder.read()
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", SECOND, str(folder.root)],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == [[], len(photos), [each.message for each in problems]]
    assert folder.read() == (photos, problems)


def test_what_is_remembered_is_all_that_is_known_of_a_photo(folder: Folder) -> None:
    first, _ = folder.read()
    assert {each.frames for each in first.values()} == {1, 2}
    assert len(first["content/leg.jpg"].tones) == 12
    assert first["content/see-through.png"].tones == ()
    assert folder.read()[0] == first


def test_a_picture_that_changed_is_read_again(folder: Folder) -> None:
    before, _ = folder.read()
    folder.put("leg.jpg", encoded(four_corners((60, 30))))
    assert folder.read()[0]["content/leg.jpg"].width == 60
    folder.put("leg.jpg", encoded(four_corners()))
    assert folder.read()[0] == before


def test_other_bytes_of_the_same_size_and_time_are_seen(folder: Folder) -> None:
    file = folder.root / "content/leg.jpg"
    before, stat = folder.read()[0]["content/leg.jpg"], file.stat()
    data = bytearray(file.read_bytes())
    data[-20] ^= 1
    file.write_bytes(data)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert file.stat().st_size == stat.st_size
    assert folder.read()[0]["content/leg.jpg"].digest != before.digest


def test_what_changed_just_now_is_not_remembered(folder: Folder) -> None:
    folder.read(now_ns=min(each.stat().st_ctime_ns for each in (folder.root / "content").iterdir()))
    assert read_seen(folder.cache, now_ns=LATER).before == {}


@pytest.mark.parametrize("harm", [b"", b"[]", b'{"version": 1}', b'{"files": 3}', b"\xff"])
def test_a_damaged_memory_is_as_good_as_none(folder: Folder, harm: bytes) -> None:
    expected = folder.read()
    (folder.cache / "seen.json").write_bytes(harm)
    assert folder.read() == expected


def test_a_damaged_row_costs_itself(folder: Folder) -> None:
    expected = folder.read()
    file = folder.cache / "seen.json"
    said = json.loads(file.read_bytes())
    said["files"] = {path: row[:1] if path.endswith("jpg") else "?" for path, row in said["files"].items()}
    file.write_text(json.dumps(said), "utf-8")
    assert folder.read() == expected


def test_what_is_gone_is_forgotten(folder: Folder) -> None:
    folder.read()
    (folder.root / "content/leg.jpg").unlink()
    folder.read()
    assert "content/leg.jpg" not in read_seen(folder.cache, now_ns=LATER).before


def test_a_file_that_may_not_be_read_is_asked_again(tmp_path: Path) -> None:
    asset = Asset("content/leg.jpg", tmp_path / "leg.jpg")
    seen = Seen(LATER)
    assert read_photos([asset], {}, seen)[1][0].message == "'leg.jpg' is a link that leads nowhere"
    assert seen.now == {}
