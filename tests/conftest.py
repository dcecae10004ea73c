"""What all tests share: a folder of content written as an author would, and the samples beside the checkout."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

WriteTree: TypeAlias = "Callable[[dict[str, str | bytes]], Path]"


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
