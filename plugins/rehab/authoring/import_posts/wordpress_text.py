"""A text as WordPress stores it → HTML, with what it marks in its own way made visible.

Source of the rules: `wpautop` in `wp-includes/formatting.php`, `wp-includes/shortcodes.php`, and the grammar of blocks
(`<!-- wp:name {…} -->`). What only WordPress can carry out (a shortcode of a plugin, a block made on the server, a
script) is kept as code, so that the author sees what stood there.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from rehab.authoring.import_posts.items import Picture

_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_BLOCK_MARK = re.compile(r"\s*(/?)wp:([a-z0-9/_-]{1,80})")
_SHAPES = {"spacer", "separator", "more", "nextpage"}
_CAPTION = re.compile(r"\[(?:wp_)?caption([^\]]{0,2000})\]([^\[]*)\[/(?:wp_)?caption\]")
_CAPTION_WORDS = re.compile(r"""\bcaption=(?:"([^"]*)"|'([^']*)')""")
_EMBED = re.compile(r"\[embed[^\]]{0,300}\]\s{0,20}(\S{1,2000}?)\s{0,20}\[/embed\]")
_MEDIA = re.compile(r"\[(?:video|audio|youtube|vimeo|playlist)\b([^\]]{0,2000})\](?:\s{0,20}\[/(?:video|audio)\])?")
_ADDRESS = re.compile(r"https?://[^\s\"'\]<>]{1,2000}")
_GALLERY = re.compile(r"\[gallery\b([^\]]{0,4000})\]")
_IDS = re.compile(r"""\b(?:ids|include)=["']?([\d,\s]{1,4000})""")
_SHORTCODE = re.compile(
    r"""(?<!\[)\[(/?[a-z][a-z0-9_-]{1,60})((?:\s+[a-z0-9_-]{1,60}=(?:"[^"\[\]]*"|'[^'\[\]]*'|[^\s\[\]"']+))+\s*/?|)\](?!\])"""
)
_CLOSING = re.compile(r"\[/([a-z][a-z0-9_-]{1,60})\]")
_PRE = re.compile(r"<(pre|textarea)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_HELD = re.compile("\ue000(\\d+)\ue001")
_BLOCK_TAG = (
    r"</?(?:address|article|aside|blockquote|dd|details|div|dl|dt|fieldset|figcaption|figure|form|h[1-6]|header|hr|iframe"
    r"|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b[^<>]{0,2000}>"
)
_AROUND_BLOCK = re.compile(rf"\s{{0,20}}({_BLOCK_TAG})\s{{0,20}}", re.IGNORECASE)
_STARTS_BLOCK = re.compile(rf"(?:{_BLOCK_TAG}|\ue000)", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_ALONE = re.compile(r"^[ \t]{0,20}(https?://[^\s<>\"]{1,2000})[ \t]{0,20}$", re.MULTILINE)


@dataclass(slots=True)
class _Text:
    """A text on its way: what is taken out of it as finished HTML, and what was done."""

    pieces: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def hold(self, finished: str) -> str:
        """Put finished HTML aside, and return what stands for it."""
        self.pieces.append(finished)
        return f"\ue000{len(self.pieces) - 1}\ue001"

    def as_code(self, source: str, words: str) -> str:
        """Keep what cannot be carried out where it is seen."""
        self.counted[words] += 1
        return self.hold(f"<pre><code>{html.escape(source.strip())}</code></pre>")


def read_wordpress_text(text: str, pictures: Mapping[str, Picture]) -> tuple[str, tuple[str, ...]]:
    """Return the HTML of a text as WordPress stores it, and what was kept as code or left out."""
    state = _Text()
    plain = text.replace("\ue000", "").replace("\ue001", "").replace("\r\n", "\n").replace("\r", "\n")
    plain = hold_code(plain, state)
    plain, blocks = _read_blocks(plain, state)
    plain = _CAPTION.sub(_figure, plain)
    plain = _EMBED.sub(lambda found: f"\n\n{found[1]}\n\n", plain)
    plain = _MEDIA.sub(lambda found: _media(found, state), plain)
    plain = _GALLERY.sub(lambda found: _gallery(found, pictures, state), plain)
    closing = frozenset(_CLOSING.findall(plain))
    plain = _SHORTCODE.sub(lambda found: _shortcode(found, closing, state), plain)
    plain = _ALONE.sub(lambda found: f'<a href="{found[1]}">{found[1]}</a>', plain)
    plain = plain if blocks else _paragraphs(plain)
    return _HELD.sub(lambda found: state.pieces[int(found[1])], plain), _said(state.counted)


def show_code(text: str) -> tuple[str, tuple[str, ...]]:
    """Return HTML with its scripts kept as code to be seen, and its comments left out; and what was done."""
    state = _Text()
    plain = _COMMENT.sub("", hold_code(text.replace("\ue000", "").replace("\ue001", ""), state))
    return _HELD.sub(lambda found: state.pieces[int(found[1])], plain), _said(state.counted)


def hold_code(text: str, state: _Text) -> str:
    """Put code aside that no rule may touch: what is preformatted, and scripts, as code to be seen."""
    text = _PRE.sub(lambda found: state.hold(found[0]), text)
    return _SCRIPT.sub(lambda found: _script(found, state), text)


def _script(found: re.Match[str], state: _Text) -> str:
    if found[1].lower() == "style":
        state.counted["a style sheet, left out"] += 1
        return ""
    return state.as_code(found[0], "a script: kept as code, to be seen and not run")


def _read_blocks(text: str, state: _Text) -> tuple[str, bool]:
    """Take out the marks of blocks; one without any HTML of its own is kept as code."""
    marked = False

    def read(found: re.Match[str]) -> str:
        nonlocal marked
        mark = _BLOCK_MARK.match(found[1])
        marked = marked or mark is not None
        if mark and not mark[1] and found[1].endswith("/") and mark[2] not in _SHAPES:
            return state.as_code(found[0], "a block that WordPress makes on its server: kept as code")
        return "\n\n"

    return _COMMENT.sub(read, text), marked


def _figure(found: re.Match[str]) -> str:
    inside = found[2].strip()
    picture, _, after = inside.rpartition(">")
    told = _CAPTION_WORDS.search(found[1])
    words = after.strip() or ((told[1] or told[2] or "") if told else "")
    return f"\n\n<figure>{picture}><figcaption>{words}</figcaption></figure>\n\n" if picture else inside


def _media(found: re.Match[str], state: _Text) -> str:
    address = _ADDRESS.search(found[1])
    return f"\n\n{address[0]}\n\n" if address else state.as_code(found[0], _PLUGIN)


def _gallery(found: re.Match[str], pictures: Mapping[str, Picture], state: _Text) -> str:
    named = _IDS.search(found[1])
    ids = [each.strip() for each in named[1].split(",") if each.strip()] if named else []
    known = [pictures[each] for each in ids if each in pictures]
    if not ids or len(known) < len(ids):
        state.counted["a gallery of pictures that the export does not name"] += 1
    if not known:
        return state.as_code(found[0], "a gallery: kept as code")
    shown = (
        f'<figure><img src="{html.escape(each.url)}" alt="{html.escape(each.alt)}">'
        f"<figcaption>{html.escape(each.caption)}</figcaption></figure>"
        for each in known
    )
    return state.hold("\n".join(shown))


_PLUGIN = "a shortcode, which a plugin of WordPress carries out: kept as code"


def _shortcode(found: re.Match[str], closing: AbstractSet[str], state: _Text) -> str:
    """Keep a shortcode as code: it has attributes or a partner, as words in brackets have not."""
    name = found[1].removeprefix("/")
    if not found[2].strip() and name not in closing:
        return found[0]
    state.counted[_PLUGIN] += 1
    return state.hold(f"<code>{html.escape(found[0])}</code>")


def _paragraphs(text: str) -> str:
    """Make paragraphs of what empty lines part, and keep single line ends, outside blocks."""
    text = _AROUND_BLOCK.sub(r"\n\n\1\n\n", text)
    return "\n".join(_paragraph(part.strip()) for part in _PARAGRAPHS.split(text) if part.strip())


def _paragraph(part: str) -> str:
    if _STARTS_BLOCK.match(part) and (part.startswith("<") or _HELD.fullmatch(part)):
        return part
    return f"<p>{part.replace(chr(10), '<br>')}</p>"


def _said(counted: Counter[str]) -> tuple[str, ...]:
    return tuple(words if times == 1 else f"{words} ({times} times)" for words, times in sorted(counted.items()))
