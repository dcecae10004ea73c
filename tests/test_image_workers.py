"""Workers: one picture that kills its process costs itself alone, and a killed build leaves nothing bad behind."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from rehab.images.make import Way, make_renditions
from rehab.images.plan import Photo, Picture, Recipe, plan_picture
from rehab.images.refused import Refused
from rehab.images.workers import in_processes
from test_image_make import QUICK, Site, encoded, four_corners


def pictures(count: int) -> list[Picture]:
    return [
        plan_picture(Photo(f"content/{n}.jpg", Path(f"{n}.jpg"), f"{n:064}", 9, 9, alpha=False, kind="raster"), QUICK)
        for n in range(count)
    ]


def work(picture: Picture, deadly: str, way: str) -> Refused | None:
    """Work on a picture, and die of one."""
    if picture.photo.file.stem == deadly:
        match way:
            case "dies":
                os._exit(7)
            case "hangs":
                threading.Event().wait()
            case _:
                return Refused("is bad")
    return None


@pytest.mark.parametrize(("way", "patience"), [("dies", 60.0), ("hangs", 2.0), ("refuses", 60.0)])
def test_a_picture_that_kills_or_holds_its_worker_costs_itself_alone(way: str, patience: float) -> None:
    done: list[None] = []
    said = in_processes(pictures(5), partial(work, deadly="3", way=way), 2, lambda: done.append(None), patience)
    assert {key for key, refused in said.items() if refused} == {pictures(5)[3].key}
    assert len(said) == 5
    refused = said[pictures(5)[3].key]
    assert refused is not None
    assert refused.reason == ("is bad" if way == "refuses" else "takes more time or memory than a picture may")


def test_progress_is_told_from_none_to_all(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for number in range(4):
        site.put(f"{number}.jpg", encoded(four_corners((40 + number, 30))))
    told: list[tuple[int, int]] = []
    site.make(way=Way(2, lambda done, total: told.append((done, total))))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    site.make(way=Way(2, lambda done, total: told.append((done, total))))
    assert len(told) == 5


DYING = """
import os, signal, sys
from pathlib import Path
from rehab.images.make import Way
from test_image_make import Site
site, steps = Site(Path(sys.argv[1])), iter(range(int(sys.argv[2])))
pictures = site.plan()

def die(event, args):
    writes = event == "os.rename" or (event == "open" and args[2] & os.O_CREAT)
    if writes and next(steps, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(die)
from rehab.images.make import make_renditions
make_renditions(pictures, site.output, site.cache, way=Way(1))
"""


def run(script: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    return run_python("-c", script, *words)


def run_python(*words: str) -> subprocess.CompletedProcess[bytes]:
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    return subprocess.run(
        [sys.executable, *words],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill in that way")
@pytest.mark.parametrize("step", [0, 1, 2, 7, 8, 9, 10, 17, 19, 20, 28, 35, 36, 37])
def test_a_build_that_is_killed_leaves_no_file_that_a_later_one_trusts(tmp_path: Path, step: int) -> None:
    whole, cut = Site(tmp_path / "whole"), Site(tmp_path / "cut")
    for site in (whole, cut):
        site.put("leg.jpg", encoded(four_corners()))
        site.put("arm.png", encoded(four_corners((50, 40)).convert("RGBA"), "PNG"))
    whole.make()
    assert run(DYING, str(cut.root), str(step)).returncode == -signal.SIGKILL
    cut.make()
    made = {name: data for name, data in cut.made().items() if not name.endswith(".part")}
    assert made == whole.made()


ORPHANS = """
import os, signal, sys, threading
from functools import partial
from rehab.images.workers import in_processes
from test_image_workers import pictures, work
if __name__ == "__main__":
    die = lambda: os.kill(os.getpid(), signal.SIGKILL)
    in_processes(pictures(3), partial(work, deadly="2", way="hangs"), 2, die)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill in that way")
def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS, "utf-8")
    # The pipe to this test is closed once the last worker is gone: until then `run` waits, and its timeout fails.
    runner = f"import runpy; runpy.run_path({str(script)!r}, run_name='__main__')"
    assert run(runner).returncode == -signal.SIGKILL


UNGUARDED = """
from functools import partial
from rehab.images.workers import in_processes
from test_image_workers import pictures, work
print("begun", flush=True)
said = in_processes(pictures(3), partial(work, deadly="2", way="refuses"), 2, lambda: None)
print(sum(refused is None for refused in said.values()), "made")
"""


def test_workers_do_not_run_the_script_that_builds_once_more(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(UNGUARDED, "utf-8")
    done = run_python(str(script))
    assert (done.stdout.split(), done.stderr) == ([b"begun", b"2", b"made"], b"")


def listen(_: Picture) -> Refused | None:
    """Refuse a picture where Ctrl-C would be heard, had this worker begun or not."""
    return None if signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()) else Refused("hears Ctrl-C")


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system keeps no signals back")
def test_a_worker_never_hears_ctrl_c_and_its_parent_does() -> None:
    assert set(in_processes(pictures(3), listen, 2, lambda: None).values()) == {None}
    assert listen(pictures(1)[0])


def test_a_refusal_is_remembered_and_the_file_not_decoded_again(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.put("bad.png", b"")
    data = bytearray(encoded(Image.effect_noise((64, 64), 99).convert("RGB"), "PNG"))
    at = data.index(b"IDAT") + 300
    data[at : at + 40] = bytes(40)
    (tmp_path / "content/bad.png").write_bytes(data)
    photo = Photo("content/bad.png", tmp_path / "content/bad.png", sha(data), 64, 64, alpha=False, kind="raster")
    plans = [plan_picture(photo, Recipe(widths=(8,), speed=10))]
    _, (first,) = make_renditions(plans, site.output, site.cache)
    (tmp_path / "content/bad.png").unlink()
    _, (second,) = make_renditions(plans, site.output, site.cache)
    assert first == second
    assert first.message == "'bad.png' is damaged: its pixels cannot be read"


def sha(data: bytes | bytearray) -> str:
    return hashlib.sha256(data).hexdigest()
