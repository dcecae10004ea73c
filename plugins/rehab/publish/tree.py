"""A built folder as a visitor meets it: each file by its path, each address as the file it leads to.

In: a folder. Out: `Tree`, which knows its files and what its pages say. Folders like `.git` are no part of a site.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.publish.facts import Facts

NEVER_SENT: Final = frozenset((".git", ".svn", ".hg"))
PREVIEWS: Final = "preview"
"""The folder of preview links: unlisted, for those who were given one."""
PAGES: Final = (".html", ".htm")
TEXTS: Final = frozenset((".html", ".htm", ".xml", ".json", ".txt", ".css", ".js", ".svg", ".webmanifest", ".ics", ""))


def list_files(folder: Path) -> dict[str, Path]:
    """Return every file below a folder by its path there, sorted. Links count as what they lead to. Raises OSError."""
    found: dict[str, Path] = {}
    for top, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if name not in NEVER_SENT]
        for name in names:
            if name not in NEVER_SENT:
                file = Path(top, name)
                found[file.relative_to(folder).as_posix()] = file
    return dict(sorted(found.items()))


def is_text(path: str) -> bool:
    """Tell whether a file holds words that readers and machines see as they stand."""
    return PurePosixPath(path).suffix.lower() in TEXTS


def is_public(path: str) -> bool:
    """Tell whether everybody may find a file, or only those who were given a link to a preview."""
    return not path.startswith(f"{PREVIEWS}/")


def _raise(error: OSError) -> None:
    raise error


@dataclass(slots=True)
class Tree:
    """A built folder and the address it will have, without a slash at its end.

    `pages` are the facts of HTML files, `led` what is wrong with addresses that mean the same on every page.
    """

    folder: Path
    site_url: str
    files: dict[str, Path]
    pages: dict[str, Facts] = field(default_factory=dict)
    led: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """Return the path of the site's address: empty, or `/blog`."""
        return urlsplit(self.site_url).path.rstrip("/")

    def public(self) -> Iterator[str]:
        """Yield the paths of all files that everybody may find."""
        return (path for path in self.files if is_public(path))

    def url_of(self, path: str) -> str:
        """Return the absolute address of a file."""
        shown = path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
        return f"{self.site_url}/{shown}"

    def is_own(self, url: str) -> bool:
        """Tell whether an absolute address is one of this site."""
        return url == self.site_url or url.startswith((f"{self.site_url}/", f"{self.site_url}#", f"{self.site_url}?"))

    def failure(self, address: str, path: str) -> str:
        """Return what is wrong with an address in the file at `path`, or "". Other sites' addresses are never wrong."""
        if not address.startswith(("/", "http:", "https:")):
            return "" if self._is_plain(address, path) else self._fails(address, path)
        if address not in self.led:
            self.led[address] = self._fails(address, path)
        return self.led[address]

    def _is_plain(self, address: str, path: str) -> bool:
        """Tell at a glance that nothing is wrong: most name a place on their own page, or somebody to write to."""
        if address.startswith("#"):
            return path in self.pages and address[1:] in self.pages[path].ids
        return address.startswith("mailto:")

    def _fails(self, address: str, path: str) -> str:
        try:
            url = urljoin(self.url_of(path), address)
            parts = urlsplit(url)
            if not self.is_own(url) and not self._left(url):
                return ""
        except ValueError:
            return "is no address"
        return self._look(parts.path, unquote(parts.fragment))

    def _left(self, url: str) -> bool:
        """Tell whether an address is on the site's own host, outside the folder it is published in."""
        ours, its = urlsplit(self.site_url), urlsplit(url)
        return its.netloc == ours.netloc and its.scheme in {"https", "http"} and not self.root

    def _look(self, url_path: str, fragment: str) -> str:
        file = self.file_at(url_path)
        if file is None:
            return "leads to no page or file"
        known = not fragment or file not in self.pages or fragment in self.pages[file].ids or fragment == "top"
        return "" if known else f"leads to a page that has no '{fragment}'"

    def file_at(self, url_path: str) -> str | None:
        """Return the file that a server of files would send for a path, or None."""
        path = unquote(url_path).removeprefix(self.root).lstrip("/")
        for file in (path, f"{path}index.html") if path.endswith("/") or not path else (path, f"{path}/index.html"):
            if file in self.files:
                return file
        return None
