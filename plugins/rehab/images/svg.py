"""A drawing's bytes → a clean drawing, or the reason why it is refused.

Expat reads the file; only elements and attributes of an allow-list come through and are written anew, so the
result depends on nothing but the drawing. What merely describes it (editor's notes, metadata, comments) is left
out. What would change how it looks or acts when left out (scripts, style sheets, pictures) refuses the whole file:
a drawing that silently lost a part would lie about a movement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Final
from xml.parsers import expat

from msgspec import Struct

from rehab.images import svg_words as words
from rehab.images.opened import MAX_SIDE
from rehab.images.refused import Refused

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 100
_HEAD: Final = 65_536
_FAR: Final = 1e6
_PLAIN: Final = "export it as plain SVG with its text as paths, or save it as PNG"
_START: Final = re.compile(rb"\s*<(?:\?xml|!DOCTYPE|!--|svg|[A-Za-z]\w*:svg)")
_LENGTH: Final = re.compile(r"(\d+(?:\.\d*)?|\.\d+)([a-z]*)", re.ASCII)
_LOCAL_URL: Final = re.compile(r"""url\(\s*(["']?)#[\w.:-]+\1\s*\)""")
_LOCAL_HREF: Final = re.compile(r"#[\w.:-]+")
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_DARING: Final = re.compile(r"url|[\\@]|expression|javascript|import", re.IGNORECASE)


class Drawing(Struct, frozen=True):
    """A clean SVG document, and its own size in CSS pixels."""

    text: str
    width: int
    height: int


def is_drawing(data: bytes) -> bool:
    """Tell whether bytes look like an SVG document, whatever their file is called."""
    head = data[:_HEAD]
    for mark, codec in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if head.startswith(mark):
            head = head.decode(codec, "ignore").encode("utf-8")
    return bool(_START.match(head)) and re.search(rb"<(\w+:)?svg[\s>/]", head) is not None


def clean_svg(data: bytes) -> Drawing:
    """Return the drawing with nothing but what the allow-list names; raise Refused with the reason."""
    if len(data) > MAX_BYTES:
        raise Refused(f"is a drawing of more than {MAX_BYTES // 1_000_000} MB", _PLAIN)
    washer = _Washer()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = washer.doctype
    parser.EntityDeclHandler = parser.SkippedEntityHandler = washer.entity
    parser.StartElementHandler = washer.start
    parser.EndElementHandler = washer.end
    parser.CharacterDataHandler = washer.text
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by place only
    except expat.ExpatError as error:
        raise Refused(f"is not well-formed at line {error.lineno}", _PLAIN) from None
    return Drawing("".join(washer.out) + "\n", *washer.size)


@dataclass(slots=True)
class _Washer:
    """Expat's handlers: what comes through is in `out`. `open` holds the elements that are being written."""

    out: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    size: tuple[int, int] = (0, 0)
    dropped: int = 0

    def doctype(self, _name: str, _system: str | None, _public: str | None, subset: int) -> None:
        if subset:
            raise Refused("declares entities of its own", _PLAIN)

    def entity(self, *_args: object) -> None:
        raise Refused("uses entities", _PLAIN)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if self.dropped or (self.open and (space != words.SVG or local in words.DROPPED)):
            self.dropped += 1
            return
        self._check_element(space, local)
        kept = self._root(attributes) if not self.open else {}
        kept |= clean_attributes(attributes)
        if words.COSTLY.intersection([*self.open, local]) and words.COSTLY.intersection(map(_camel, kept)):
            raise Refused("clips or masks within a clip or mask", _PLAIN)
        self.open.append(local)
        said = "".join(f' {key}="{escape(kept[key])}"' for key in sorted(kept))
        self.out.append(f"<{local}{said}>")

    def end(self, _name: str) -> None:
        if self.dropped:
            self.dropped -= 1
        else:
            self.out.append(f"</{self.open.pop()}>")

    def text(self, data: str) -> None:
        if not self.dropped and {"text", "title", "desc"}.intersection(self.open):
            self.out.append(escape(data, quote=False))

    def _check_element(self, space: str, local: str) -> None:
        if not self.open and (space, local) != (words.SVG, "svg"):
            raise Refused(f"has <{local[:40]}> as its outermost element, not <svg> of SVG", _PLAIN)
        if local not in words.ELEMENTS or (self.open and local == "svg"):
            raise Refused(words.REFUSED.get(local, f"holds <{local[:40]}>, which is not read here"), _PLAIN)
        if len(self.open) >= MAX_DEPTH:
            raise Refused(f"is nested more than {MAX_DEPTH} deep", _PLAIN)

    def _root(self, attributes: dict[str, str]) -> dict[str, str]:
        """Take the drawing's size from its outermost element; return the attributes that say it."""
        width, height = _measure(attributes)
        self.size = (max(1, round(width)), max(1, round(height)))
        x, y, across, down = _view_box(attributes) or (0, 0, width, height)
        attributes["viewBox"] = f"{x:.12g} {y:.12g} {across:.12g} {down:.12g}"
        attributes |= {"width": str(self.size[0]), "height": str(self.size[1])}
        return {"xmlns": words.SVG}


def clean_attributes(attributes: dict[str, str]) -> dict[str, str]:
    """Return the attributes that are allowed, those of `style` among them; raise Refused for what acts or loads.

    A `style` wins over the attribute of the same name, as in CSS.
    """
    kept = {key: value for key, value in attributes.items() if _allowed(key, value)}
    kept |= _declared(attributes.get("style", ""))
    cleaned = {key.removeprefix(f"{words.XLINK} "): value for key, value in kept.items()}
    for key, value in cleaned.items():
        _check_value(key, value)
    return cleaned


def _declared(style: str) -> dict[str, str]:
    """Return the presentation attributes that a `style` stands for; raise Refused for one that has no attribute."""
    said: dict[str, str] = {}
    for declaration in _COMMENT.sub("", style).split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key.lower() in words.STYLE_ONLY:
            raise Refused(f"uses '{key.lower()}' in a style", _PLAIN)
        said[key.lower()] = value.partition("!")[0].strip()
    return {key: value for key, value in said.items() if key in words.PRESENTATION}


def _allowed(key: str, value: str) -> bool:
    """Tell whether to keep an attribute; other vocabularies' are left out. Raise Refused for one that acts."""
    if key.lower().startswith("on"):
        raise Refused("holds a script", _PLAIN)
    if key in {"href", f"{words.XLINK} href"}:
        if not _LOCAL_HREF.fullmatch(value):
            raise Refused("points to something outside itself", _PLAIN)
        return True
    return key in words.PRESENTATION or key in words.GEOMETRY


def _check_value(key: str, value: str) -> None:
    """Raise Refused where a value could load or act; what is left of a paint besides `url(#…)` is a colour."""
    rest = _LOCAL_URL.sub("", value) if key in words.PAINTS else value
    if _DARING.search(rest) and key not in {"id", "href", "aria-label"}:
        raise Refused("points to something outside itself", _PLAIN)


def _measure(attributes: dict[str, str]) -> tuple[float, float]:
    """Return width and height in CSS pixels, from the attributes of these names or from the view box."""
    width, height = _pixels(attributes.get("width", "")), _pixels(attributes.get("height", ""))
    if box := _view_box(attributes):
        _, _, across, down = box
        width, height = _completed(width, height, across / down) or (across, down)
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise Refused("does not say how large it is", "give its <svg> a viewBox, or width and height")
    return width, height


def _view_box(attributes: dict[str, str]) -> tuple[float, float, float, float] | None:
    """Return the view box (left, top, width, height), or None where there is none that shows anything."""
    try:
        x, y, across, down = map(float, attributes.get("viewBox", "").replace(",", " ").split())
    except ValueError:
        return None
    # Beyond this range renderers lose digits, and a ratio of two such numbers says nothing.
    sound = max(abs(x), abs(y), across, down) < _FAR and min(across, down) > 1 / _FAR
    return (x, y, across, down) if sound else None


def _completed(width: float, height: float, ratio: float) -> tuple[float, float] | None:
    """Return both sides where one is known or both are, by the view box's ratio; None where neither is."""
    if not width and not height:
        return None
    return (width or height * ratio, height or width / ratio)


def _pixels(length: str) -> float:
    found = _LENGTH.fullmatch(length.strip())
    return float(found[1]) * words.PIXELS.get(found[2], 0.0) if found else 0.0


def _camel(attribute: str) -> str:
    return "clipPath" if attribute == "clip-path" else attribute
