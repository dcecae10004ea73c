"""Values that stay until a build is over, made without Python's collector looking through them again and again.

The collector searches for circles among all living things each time their number has grown by a quarter. What the core
makes has none and lives to the end, and there may be a million of it: of ten thousand comments, a tenth of the time.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def lasting() -> Iterator[None]:
    """Leave the collector out of what is made inside, and of all that is there at the end, until the next time."""
    enabled = gc.isenabled()
    gc.unfreeze()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Leave the collector out of what is made inside for a moment, and has no circles either."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
