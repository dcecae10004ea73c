"""The formats of a single file, each with its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehab.authoring.import_posts.blogger import read_blogger
from rehab.authoring.import_posts.page import read_page
from rehab.authoring.import_posts.wordpress import read_wordpress

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rehab.authoring.import_posts.items import Export

READERS: Final[Mapping[str, Callable[[bytes], Export]]] = {
    "wordpress": read_wordpress,
    "blogger": read_blogger,
    "page": read_page,
}
