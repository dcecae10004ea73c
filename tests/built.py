"""A built site as a browser or a feed reader meets it: each page parsed once, each address as the file it leads to.

In: an output folder and the address it is published at. Out: frozen pages. For tests of what is written only;
nothing here knows how a page came about.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

with warnings.catch_warnings():
    # Deprecations inside the library, met on import only, are no faults of the site.
    warnings.simplefilter("ignore")
    import html5lib

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

XLINK = "{http://www.w3.org/1999/xlink}href"
ADDRESSES = ("href", "src", "srcset", "poster", "data", "action", "formaction", "background", "cite", XLINK)
"""Attributes that hold addresses; `srcset` holds several."""


@dataclass(frozen=True)
class Page:
    """One HTML file. `url` is absolute, `file` is its path in the output folder."""

    url: str
    file: str
    text: str

    @cached_property
    def _parsed(self) -> tuple[Element, tuple[str, ...]]:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree: Element = parser.parse(self.text)
        return tree, tuple(f"{place}: {code}" for place, code, _ in parser.errors)

    @property
    def tree(self) -> Element:
        """Return the root element as a browser would build it."""
        return self._parsed[0]

    @property
    def faults(self) -> tuple[str, ...]:
        """Return the place and the name of each fault that a browser would repair."""
        return self._parsed[1]

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Return all elements in the order of the text."""
        return tuple(elements_of(self.tree))

    def all(self, *names: str) -> list[Element]:
        """Return the elements of some names, in order."""
        return [each for each in self.elements if each.tag in names]

    def by_id(self, name: str) -> Element:
        """Return the element of an id; KeyError where there is none."""
        return {each.get("id", ""): each for each in self.elements}[name]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Return every id in order, also where one is there twice."""
        return tuple(each.attrib["id"] for each in self.elements if "id" in each.attrib)

    @cached_property
    def words(self) -> str:
        """Return the text that a reader sees in the body, with single spaces."""
        return words_of(self.all("body")[0])

    @cached_property
    def links(self) -> frozenset[str]:
        """Return where links of the main part lead, as absolute addresses without a fragment."""
        found = (each for main in self.all("main") for each in elements_of(main) if tag_of(each) == "a")
        return frozenset(urljoin(self.url, each.get("href", "")).partition("#")[0] for each in found)

    @cached_property
    def data(self) -> tuple[dict[str, Any], ...]:
        """Return the things that the page's JSON-LD tells of, all graphs in one."""
        scripts = [each for each in self.all("script") if each.get("type") == "application/ld+json"]
        return tuple(thing for script in scripts for thing in json.loads(script.text or "")["@graph"])

    def meta(self, name: str) -> str:
        """Return what a `<meta name>` says, or the empty string."""
        return next((each.get("content", "") for each in self.all("meta") if each.get("name") == name), "")


@dataclass(frozen=True)
class Built:
    """An output folder and the address that it is published at, without a slash at its end."""

    folder: Path
    origin: str

    @cached_property
    def files(self) -> frozenset[str]:
        """Return the path of every file below the folder."""
        return frozenset(each.relative_to(self.folder).as_posix() for each in self.folder.rglob("*") if each.is_file())

    @cached_property
    def lasting(self) -> frozenset[str]:
        """Return those whose names do not depend on what is said in them, as those of the search index do."""
        return frozenset(name for name in self.files if not name.startswith("search/"))

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Return every HTML file by its path from the site's address: `posts/a/`, `` for the home page."""
        names = sorted(name for name in self.files if name.endswith(".html"))
        return {page_path(name): self._read(name) for name in names}

    def _read(self, name: str) -> Page:
        return Page(f"{self.origin}/{page_path(name)}", name, self.text(name))

    def text(self, name: str) -> str:
        """Return the text of one file."""
        return (self.folder / name).read_text("utf-8")

    def file_of(self, url: str) -> str | None:
        """Return the file that an absolute address of this site leads to, or None."""
        path = unquote(urlsplit(url).path).removeprefix(urlsplit(self.origin).path).lstrip("/")
        name = f"{path}index.html" if path.endswith("/") or not path else path
        return name if name in self.files else None

    def failure(self, url: str) -> str:
        """Return what is wrong with an absolute address of this site, or the empty string."""
        name = self.file_of(url)
        if name is None:
            return f"{url} leads to no file"
        fragment = unquote(urlsplit(url).fragment)
        known = not fragment or not name.endswith(".html") or fragment in self.pages[page_path(name)].ids
        return "" if known else f"{url} leads to no id"

    def is_own(self, url: str) -> bool:
        """Tell whether an absolute address is one of this site."""
        return url == self.origin or url.startswith(f"{self.origin}/")


def page_path(name: str) -> str:
    """Return the path at which a file answers: `posts/a/index.html` → `posts/a/`."""
    return name.removesuffix("index.html") if name == "index.html" or name.endswith("/index.html") else name


def parse_html(text: str) -> Element:
    """Return the root element of a document or of a fragment of one, as browsers recover it."""
    tree: Element = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    return tree


def elements_of(tree: Element) -> Iterator[Element]:
    """Walk an element and all elements in it, without comments."""
    return (each for each in tree.iter() if isinstance(each.tag, str))


def tag_of(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def words_of(element: Element) -> str:
    """Return the text in an element that is for people, with single spaces."""
    return " ".join(" ".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    if isinstance(element.tag, str) and tag_of(element) not in {"script", "style"}:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def addresses_of(elements: Iterable[Element], base: str) -> Iterator[tuple[str, str, str]]:
    """Yield the element's name, the attribute and the absolute address of each address that elements hold."""
    for element in elements:
        for name in ADDRESSES:
            if name in element.attrib:
                for address in split_address(name, element.attrib[name]):
                    yield tag_of(element), name, urljoin(base, address)


def split_address(name: str, value: str) -> list[str]:
    """Return the addresses of an attribute: one, or those of a `srcset` without their widths."""
    return [part.split()[0] for part in value.split(",") if part.strip()] if name == "srcset" else [value]
