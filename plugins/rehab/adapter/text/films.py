"""Films and pictures of other sites in a body → links, so that nothing is asked of another site before a click.

In: the tree and the text of a body while Python-Markdown makes them. Out: the same with links where a page of another
site, or its picture, would have been embedded. A picture of ours inside a link to a film stays, as its poster.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from markdown import Markdown

_FRAME: Final = re.compile(r"<iframe\b([^>]{0,4000})>[^<]*</iframe\s*>", re.IGNORECASE)
_SRC: Final = re.compile(r"""\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_FILMS: Final = re.compile(
    r"(?:.+\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|peertube\..+)"
)
# Where an embedded player is shown alone, and where the film has its page (the two hosts' own patterns).
_PAGES: Final = (
    (
        re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+).*"),
        r"https://www.youtube.com/watch?v=\1",
    ),
    (re.compile(r"https?://player\.vimeo\.com/video/(\d+).*"), r"https://vimeo.com/\1"),
)


def register_films(md: Markdown) -> None:
    """Add what this module does to a Markdown, before the pictures are taken out of the tree."""
    md.treeprocessors.register(Elsewhere(md), "rehab-elsewhere", 6)
    md.postprocessors.register(Frames(md), "rehab-frames", 1)


class Elsewhere(Treeprocessor):
    """A picture of another site becomes a link to it; a link to a film around one of ours says what it is."""

    def run(self, root: Element) -> None:
        """Replace the `<img>` elements whose source is on another site."""
        for element in list(root.iter()):
            if element.tag == "img" and _host(element.get("src", "")):
                _to_link(element)
            elif element.tag == "a" and _is_poster(element):
                SubElement(element, "span", {"class": "film-at"}).text = f"Film on {_host(element.get('href', ''))}"


class Frames(Postprocessor):
    """A page that is embedded becomes a link to it."""

    def run(self, text: str) -> str:
        """Replace the `<iframe>` elements that name an address."""
        return _FRAME.sub(_linked, text) if "<iframe" in text.lower() else text


def _host(address: str) -> str:
    """Return the host of an address on another site without `www.`, or ""."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (parts.hostname or "").removeprefix("www.") if parts.scheme in {"http", "https", ""} else ""


def _is_film(address: str) -> bool:
    return bool(_FILMS.fullmatch(_host(address)))


def _is_poster(link: Element) -> bool:
    words = [link.text, *(child.tail for child in link)]
    shown = [child.tag for child in link] == ["img"] and not _host(link[0].get("src", ""))
    return shown and not any(each and each.strip() for each in words) and _is_film(link.get("href", ""))


def _to_link(image: Element) -> None:
    address, words = image.get("src", ""), image.get("alt", "").strip()
    kind = "film" if _is_film(address) else "picture"
    image.tag, image.attrib = "a", {"href": _page(address)}
    image.text = f"{words} ({kind} on {_host(address)})" if words else f"A {kind} on {_host(address)}"


def _linked(frame: re.Match[str]) -> str:
    found = _SRC.search(frame[1])
    address = unescape((found[1] or found[2] or "") if found else "").strip()
    address = f"https:{address}" if address.startswith("//") else address
    if not _host(address):
        return frame[0]
    kind = "Film" if _is_film(address) else "A page"
    return f'<p><a href="{escape(_page(address))}">{kind} on {escape(_host(address))}</a></p>'


def _page(address: str) -> str:
    for pattern, page in _PAGES:
        if pattern.fullmatch(address):
            return pattern.sub(page, address)
    return address
