"""Preview links: one draft at an address that nobody can guess, for some days.

In: a built page of a draft. Out: a folder `preview/<token>/` in the published site, whose page says by itself until
when it may stay and of which draft it is, so that nothing else has to be kept. Nothing links to it, and no search
lists it.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from rehab.publish.facts import read_facts
from rehab.publish.tree import PREVIEWS, Tree, list_files

if TYPE_CHECKING:
    from pathlib import Path

_MARK: Final = re.compile(r'<meta name="comeback-preview" content="([0-9a-f]{16}) until (\d{4}-\d\d-\d\d)">')
_HEAD: Final = re.compile(r"<head[^>]*>", re.IGNORECASE)
_ROBOTS: Final = re.compile(
    r'<meta name="robots"[^>]*>\n?|<link rel="canonical"[^>]*>\n?|<meta property="og:url"[^>]*>\n?'
)
_STRUCTURED: Final = re.compile(r'<script type="application/ld\+json">.*?</script>\n?', re.DOTALL)
_HREF: Final = re.compile(r'\b(href|src|srcset|poster)="([^"]*)"')


class Preview(Struct, frozen=True):
    """One preview link: `draft` is a mark of the source's path, `until` the last day on which it may be there."""

    token: str
    draft: str
    until: dt.date


def mark_of(path: str) -> str:
    """Return the mark by which a preview is known as that of a source, without naming it."""
    return sha256(path.encode()).hexdigest()[:16]


def list_previews(output: Path) -> list[Preview]:
    """Return the preview links in a published folder; one that does not say until when counts as long over."""
    found = []
    for folder in sorted(each for each in (output / PREVIEWS).glob("*") if each.is_dir()):
        page = folder / "index.html"
        text = page.read_text("utf-8", errors="replace") if page.is_file() else ""
        match = _MARK.search(text)
        until = dt.date.fromisoformat(match[2]) if match else dt.date.min
        found.append(Preview(folder.name, match[1] if match else "", until))
    return found


def prune_previews(output: Path, today: dt.date) -> list[Preview]:
    """Remove the preview links whose last day is over, and return them."""
    over = [each for each in list_previews(output) if each.until < today]
    for each in over:
        remove_preview(output, each.token)
    return over


def remove_preview(output: Path, token: str) -> None:
    """Remove one preview link. Raises OSError."""
    shutil.rmtree(output / PREVIEWS / token)
    if not any((output / PREVIEWS).iterdir()):
        (output / PREVIEWS).rmdir()


class Link(Struct, frozen=True):
    """How a draft's page changes at its link: `moved` are files of its own, `gone` addresses that are not published."""

    root: str
    moved: frozenset[str]
    gone: frozenset[str]


def plan_link(html: str, page: Path, work: Path, output: Path, site_url: str) -> Link:
    """Return what of a draft's page must lie beside it, and which of its links would lead nowhere.

    `work` holds the site as it would be with all drafts, `output` what is published.
    """
    here, there = (Tree(folder, site_url, list_files(folder)) for folder in (work, output))
    moved, gone = set(), set()
    file = page.relative_to(work).as_posix()
    for address in read_facts(html).addresses:
        path = urlsplit(urljoin(here.url_of(file), address)).path
        name = here.file_at(path)
        if not address.startswith("/") or not name or name == file:
            continue
        if name.endswith((".html", ".xml", ".json")):
            gone |= {address} if name not in there.files else set()
        elif name not in there.files or here.files[name].read_bytes() != there.files[name].read_bytes():
            moved.add(name)
    return Link(here.root, frozenset(moved), frozenset(gone))


def render_preview(html: str, preview: Preview, link: Link) -> str:
    """Return a draft's page as it stands at its preview link."""
    base = f"{link.root}/{PREVIEWS}/{preview.token}/"

    def change(match: re.Match[str]) -> str:
        name, value = match[1], match[2]
        if name == "href" and value in link.gone:
            return "data-unpublished"
        parts = [_moved(part, link, base) for part in (value.split(", ") if name == "srcset" else [value])]
        return f'{name}="{", ".join(parts)}"'

    text = _HREF.sub(change, _STRUCTURED.sub("", _ROBOTS.sub("", html)))
    head = (
        '<meta name="robots" content="noindex, nofollow, noarchive">\n<meta name="referrer" content="no-referrer">\n'
        f'<meta name="comeback-preview" content="{escape(preview.draft)} until {preview.until.isoformat()}">'
    )
    return _HEAD.sub(lambda match: f"{match[0]}\n{head}", text, count=1)


def _moved(value: str, link: Link, base: str) -> str:
    address, space, rest = value.partition(" ")
    path = address.removeprefix(f"{link.root}/")
    return f"{base}{path}{space}{rest}" if path != address and path in link.moved else value
