"""What all tests share: a folder of content written as an author would, and the samples beside the checkout."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

import pytest
from hypothesis import HealthCheck, settings

from browsing import chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from rehab.adapter.run import BuildResult

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

WriteTree: TypeAlias = "Callable[[dict[str, str | bytes]], Path]"

# How long an example takes says something of the machine and of what else it does, and nothing of the rule.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

SETTINGS = """\
from pathlib import Path as _Path
exec(compile(_Path({conf!r}).read_text("utf-8"), {conf!r}, "exec"))
PATH = {content!r}
THEME = {theme!r}
PLUGIN_PATHS = [{plugins!r}]
REHAB_CACHE = {cache!r}
"""


class BuildSite(Protocol):
    """Builds a content folder and returns what came of it, and the output folder."""

    def __call__(self, content: Path, output: str = "output", **settings: object) -> tuple[BuildResult, Path]:
        """Build with some settings of its own."""
        ...


@pytest.fixture
def write_tree(tmp_path: Path) -> WriteTree:
    """Write files under a new `content` folder and return that folder. Texts are dedented."""

    def write(files: dict[str, str | bytes]) -> Path:
        content = tmp_path / "content"
        content.mkdir(exist_ok=True)
        for name, text in files.items():
            file = content / name
            file.parent.mkdir(parents=True, exist_ok=True)
            data = text if isinstance(text, bytes) else textwrap.dedent(text).lstrip("\n").encode()
            file.write_bytes(data)
        return content

    return write


@pytest.fixture
def shared() -> Path:
    """Return the folder of samples that may stand beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the samples are not beside this checkout")
    return SHARED


def write_settings(folder: Path, content: Path, cache: Path, **settings: object) -> Path:
    """Write a settings file that is the demo's own, but for the folders and what a test changes."""
    places = {"conf": ROOT / "pelicanconf.py", "content": content, "theme": ROOT / "theme"}
    places |= {"plugins": ROOT / "plugins", "cache": cache}
    text = SETTINGS.format(**{name: str(place) for name, place in places.items()})
    file = folder / "pelicanconf.py"
    file.write_text(text + "".join(f"{name} = {value!r}\n" for name, value in settings.items()), "utf-8")
    return file


@pytest.fixture
def build_site(tmp_path: Path, release_signals: None) -> BuildSite:  # noqa: ARG001 - must stay for the whole test
    """Build a content folder with real Pelican, in this process."""
    from rehab.adapter.run import build  # noqa: PLC0415 - tests of the core run without Pelican

    def build_folder(content: Path, output: str = "output", **settings: object) -> tuple[BuildResult, Path]:
        file = write_settings(tmp_path, content, tmp_path / ".cache", **settings)
        return build(file, output=tmp_path / output), tmp_path / output

    return build_folder


@pytest.fixture
def release_signals() -> Iterator[None]:
    """Give Pelican's signals back the receivers that they had before."""
    from pelican.plugins import signals  # noqa: PLC0415 - as above

    named = [each for each in vars(signals).values() if hasattr(each, "receivers")]
    before = [dict(signal.receivers) for signal in named]
    yield
    for signal, receivers in zip(named, before, strict=True):
        signal.receivers.clear()
        signal.receivers.update(receivers)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one Chromium that can reach this machine only."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demo blog once and return its output folder. Its pictures are kept in the project's cache."""
    from rehab.adapter.run import build  # noqa: PLC0415 - as above

    folder = tmp_path_factory.mktemp("demo")
    file = write_settings(folder, ROOT / "content", ROOT / ".cache" / "tests")
    result = build(file, output=folder / "output")
    assert result.problems == ()
    assert result.messages == ()
    return folder / "output"
