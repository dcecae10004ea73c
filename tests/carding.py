"""A small blog of cards below a base path, built once for the tests of what readers do with cards."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from browsing import serving
from conftest import ROOT, write_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PREFIX = "/some/blog"


def exercise(title: str, dose: str = "", more: str = "") -> str:
    """Return the file of an exercise with steps."""
    said = f"dose: {dose}\n" if dose else ""
    return f"---\ntitle: {title}\nstatus: full\n{said}steps:\n  - Stand.\n  - Bend.\ncues: [Slowly.]\n{more}---\n"


FILES = {
    "exercises/heel-drop.md": exercise("Heel drop", "3 x 10 @ 10 lb", "ladder: heel-drops\n"),
    "exercises/low-heel-drop.md": exercise("Low heel drop", "2 x 8"),
    "exercises/plank.md": exercise(
        "Plank",
        "2 x 30 s each side, rest 20 s",
        "images:\n  - src: images/plank.png\n    alt: A runner in a plank\n    credit: {text: Us, license: CC0-1.0}\n",
    ),
    "exercises/walk.md": exercise("Walk", "2 x 1 mi"),
    "exercises/still.md": exercise("Still"),
    "exercises/stub.md": "---\ntitle: Stub\nstatus: stub\n---\n",
    "exercises/ladders.yml": "- id: heel-drops\n  title: Heel drops\n  steps: [low-heel-drop, heel-drop]\n",
    "programs/weekly.md": """\
        ---
        title: Three things, weekly; with a comma
        prescribed_by: {role: coach}
        phases:
          - id: one
            goal: To begin.
            items:
              - exercise: heel-drop
                dose: 3 x 10 @ 10 lb
                note: Hold on, please; it is high.
              - exercise: plank
                dose: 2 x 30 s each side, rest 20 s
          - id: two
            goal: To go on.
            items:
              - exercise: heel-drop
                dose: 3 x 15 @ 10 lb
              - exercise: plank
                dose: 2 x 30 s each side, rest 20 s
            advance_when: [It is easy.]
        frequency: three times a week
        ---
        """,
    "programs/silent.md": """\
        ---
        title: It does not say how often
        prescribed_by: {role: coach}
        phases:
          - id: one
            items:
              - exercise: walk
        ---
        """,
    "posts/a.md": """\
        ---
        title: A post
        date: 2020-01-02
        exercises:
          - heel-drop: 3 x 10 @ 10 lb
          - plank: 2 x 30 s each side, rest 20 s
          - stub
        ---
        Words.

        ![[plank]]

        More words.
        """,
    "posts/b.md": """\
        ---
        title: Another post
        date: 2020-01-01
        exercises:
          - heel-drop: 2 x 5 @ 5 kg
        ---
        Words.
        """,
}


@dataclass(frozen=True)
class Blog:
    """A built blog, served: where its files are, and its address with a slash at its end."""

    folder: Path
    url: str

    def script(self, name: str) -> str:
        """Return the address of a script by the name of its source."""
        (found,) = self.folder.glob(f"theme/{name.removesuffix('.js')}-??????????.js")
        return f"{self.url}theme/{found.name}"


def built(folder: Path) -> Path:
    """Build the blog and return its output folder."""
    from rehab.adapter.run import build  # noqa: PLC0415 - tests of the core run without Pelican

    for name, text in FILES.items():
        file = folder / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), "utf-8")
    picture = folder / "content" / "exercises" / "images" / "plank.png"
    picture.parent.mkdir()
    Image.linear_gradient("L").resize((900, 600)).save(picture)
    output = folder / "www" / PREFIX.strip("/")
    file = write_settings(folder, folder / "content", ROOT / ".cache" / "tests", SITEURL=f"http://127.0.0.1{PREFIX}")
    result = build(file, output=output)
    assert result.messages == ()
    return output


@pytest.fixture(scope="session")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of the blog."""
    return built(tmp_path_factory.mktemp("cards"))


@pytest.fixture(scope="module")
def blog(cards: Path) -> Iterator[Blog]:
    """Serve the blog below its base path."""
    with serving(cards.parent.parent) as address:
        yield Blog(cards, f"{address}{PREFIX}/")
