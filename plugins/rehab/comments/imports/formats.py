"""The formats that can be imported, each with its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.comments.imports.blogger import read_blogger
from rehab.comments.imports.commento import read_commento
from rehab.comments.imports.disqus import read_disqus
from rehab.comments.imports.isso import read_isso
from rehab.comments.imports.page import read_page
from rehab.comments.imports.remark42 import read_remark42
from rehab.comments.imports.staticman import read_staticman
from rehab.comments.imports.wordpress import read_wordpress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.comments.imports.batch import Read

FORMATS: Mapping[str, Read] = {
    "wordpress": read_wordpress,
    "disqus": read_disqus,
    "blogger": read_blogger,
    "staticman": read_staticman,
    "commento": read_commento,
    "isso": read_isso,
    "remark42": read_remark42,
    "page": read_page,
}
FOLDERS = {"staticman": (".yml", ".yaml", ".json")}
"""Formats of which a folder may be named, and the endings of the files in it that are read."""
