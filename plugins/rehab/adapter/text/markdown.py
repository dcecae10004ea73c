"""Body text → HTML with inert placeholders, as an extension of Python-Markdown.

`[[slug]]` becomes `<rehab-ref>`, `![[slug]]` alone on a line `<rehab-place>`, a picture beside the text
`<rehab-picture>`. They say what was written and nothing more, so the HTML of a body depends on its text
alone; `rehab.adapter.fill` puts in what the site knows. Code stays code, because code spans and blocks
are taken out by Markdown before these patterns are tried.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from rehab.adapter.text.films import register_films
from rehab.model.refs import TextRef, parse_text_ref
from rehab.site.text.images import is_own_file

if TYPE_CHECKING:
    from markdown import Markdown

REF, PLACE, PICTURE, PICTURES = "rehab-ref", "rehab-place", "rehab-picture", "rehab-pictures"
_COMPARED = ("before", "after")
_INLINE = r"!?\[\[([^\[\]\n]+)\]\]"
_ALONE = re.compile(r"^ {0,3}!\[\[([^\[\]\n]+)\]\][ \t]*$", re.MULTILINE)
_INLINE_CODE = re.compile(r"style|on\w+", re.IGNORECASE)
_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']|"[^"<]*"|'[^'<]*')*+>""")
_ATTRIBUTE = re.compile(r"""(?<!\s)\s++([^\s"'<>/=]++)(?:\s*+=\s*+(?:"[^"]*"|'[^']*'|[^\s"'<>=`]+))?""")
_DIVIDER = re.compile(r" {0,3}~{4,}[ \t]*")


class RehabExtension(Extension):
    """Everything that we add to Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register our patterns: after code spans and escapes, before links."""
        md.preprocessors.register(Dividers(md), "rehab-dividers", 27)
        md.parser.blockprocessors.register(Places(md.parser), "rehab-places", 75)
        md.inlinePatterns.register(Refs(_INLINE, md), "rehab-refs", 175)
        md.treeprocessors.register(Pictures(md), "rehab-pictures", 5)
        md.treeprocessors.register(Alignments(md), "rehab-alignments", 4)
        md.postprocessors.register(Allowed(md), "rehab-allowed", 0)
        register_films(md)


def _element(tag: str, ref: TextRef) -> Element:
    return Element(tag, {"data-slug": ref.slug, "data-kind": ref.kind, "data-words": ref.words})


class Dividers(Preprocessor):
    """A line of tildes between two empty lines is a divider, as old posts have it; it never opens code."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with such dividers written as Markdown's own."""
        around = ["", *lines, ""]
        return [
            "* * *" if _DIVIDER.fullmatch(line) and not around[at].strip() and not around[at + 2].strip() else line
            for at, line in enumerate(lines)
        ]


class Places(BlockProcessor):
    """`![[slug]]` alone on a line: the place of a card, a gallery, a program."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - the library's signature
        """Return whether a line of the block places something."""
        return _ALONE.search(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Take the first such line out of the block; what is before and after it is read as usual."""
        block = blocks.pop(0)
        match = _ALONE.search(block)
        ref = parse_text_ref(match[1]) if match else None
        if match is None or ref is None:
            blocks.insert(0, block)
            return False
        before, after = block[: match.start()], block[match.end() :].lstrip("\n")
        if before.strip():
            self.parser.parseBlocks(parent, [before.rstrip("\n")])
        parent.append(_element(PLACE, ref))
        if after.strip():
            blocks.insert(0, after)
        return True


class Refs(InlineProcessor):
    """`[[slug]]` or `[[slug|words]]` inside a line."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802, ARG002 - the library's name and signature
        """Return the placeholder of a reference, or nothing where there is no slug."""
        ref = parse_text_ref(m[1])
        if ref is None:
            return None, None, None
        element = _element(REF, ref)
        element.text = AtomicString(ref.words or ref.slug)
        return element, m.start(0), m.end(0)


class Pictures(Treeprocessor):
    """`![alt](file.jpg "caption")` with a file of ours; one that stands alone is a figure, not a paragraph.

    Several in a paragraph without words are a gallery; two with `{: .compare }` below them are before and after.
    """

    def run(self, root: Element) -> None:
        """Replace the `<img>` elements whose source is a relative path."""
        for parent in root.iter():
            images = [child for child in parent if child.tag == "img" and is_own_file(child.get("src", ""))]
            for image in images:
                _turn(image)
            if parent.tag == "p" and images and not _has_words(parent):
                _gather(parent, images)


def _turn(image: Element) -> None:
    image.tag = PICTURE
    image.attrib = {
        # Pelican copies what stands in an attribute whose name ends in "src"; this picture is ours to make.
        "data-file": image.get("src", ""),
        "data-alt": image.get("alt", ""),
        "data-caption": image.get("title", ""),
    }


def _gather(paragraph: Element, images: list[Element]) -> None:
    """Turn a paragraph of nothing but pictures into one placeholder."""
    compared = len(images) == len(_COMPARED) and "compare" in paragraph.get("class", "").split()
    if len(images) == 1:
        paragraph.tag, paragraph.attrib = PICTURE, {**images[0].attrib, "data-alone": "yes"}
    else:
        items = [{name.removeprefix("data-"): value for name, value in image.attrib.items()} for image in images]
        together = "compare" if compared else "gallery"
        paragraph.tag, paragraph.attrib = PICTURES, {"data-together": together, "data-items": json.dumps(items)}
    paragraph.text = None
    for child in list(paragraph):
        paragraph.remove(child)


def _has_words(paragraph: Element) -> bool:
    """Return whether anything but pictures and ends of lines stands in a paragraph."""
    tails = (child.tail or "" for child in paragraph)
    return any(text.strip() for text in (paragraph.text or "", *tails)) or any(
        child.tag not in {PICTURE, "br"} for child in paragraph
    )


class Alignments(Treeprocessor):
    """Tables say how they are aligned with a class, and no element has a style or a script of its own.

    The policy of our pages forbids both, so what somebody writes as `{: style="…" }` would do nothing there.
    """

    def run(self, root: Element) -> None:
        """Replace `style="text-align: …"` of table cells, and take away every other such attribute."""
        for element in root.iter():
            style = element.attrib.pop("style", "") if element.tag in {"td", "th"} else ""
            if style.startswith("text-align:"):
                element.set("class", f"align-{style.partition(':')[2].strip(' ;')}")
            for name in [each for each in element.attrib if _INLINE_CODE.fullmatch(each)]:
                del element.attrib[name]


class Allowed(Postprocessor):
    """The same for HTML that an author writes into a text."""

    def run(self, text: str) -> str:
        """Return the HTML without `style` and `on…` attributes."""
        return _TAG.sub(lambda tag: _ATTRIBUTE.sub(_kept, tag[0]), text)


def _kept(attribute: re.Match[str]) -> str:
    return "" if _INLINE_CODE.fullmatch(attribute[1]) else attribute[0]


def makeExtension(**kwargs: Any) -> RehabExtension:  # noqa: N802, ANN401 - the library's name and signature
    """Return the extension, for `MARKDOWN` settings that name it."""
    return RehabExtension(**kwargs)
