"""What readers wrote → the same without damaged letters.

Two narrow rules for letters, each mending only what decodes into one certain character: UTF-8 that was read as
Windows-1252 (or, for its first byte, as the Baltic Windows-1257, where F0 is `š`). Every repair is told.
"""

from __future__ import annotations

import re

from rehab.model.nouns import Repair

_UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
"""Bytes that Windows-1252 leaves undefined; browsers show them as the control character of that number."""
_BYTES = {(chr(each) if each in _UNDEFINED else bytes((each,)).decode("cp1252")): each for each in range(0x80, 0xC0)}
_TAIL = f"[{re.escape(''.join(_BYTES))}]"
_EMOJI = re.compile(f"[šð]Ÿ{_TAIL}{{2}}")
_PUNCTUATION = re.compile(f"â€{_TAIL}")
_UNCERTAIN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def mend_letters(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return a text with its certain damage mended, and each kind of repair once."""
    repairs: dict[str, Repair] = {}

    def mend(found: re.Match[str], first: bytes, rule: str, kept: int) -> str:
        try:
            meant = (first + bytes(_BYTES[letter] for letter in found[0][kept:])).decode("utf-8")
        except UnicodeDecodeError:
            return found[0]
        if not meant.isprintable():
            return found[0]
        repairs[found[0]] = Repair(from_=_visible(found[0]), to=meant, rule=rule)
        return meant

    text = _EMOJI.sub(lambda found: mend(found, b"\xf0\x9f", "emoji-f0", 2), text)
    text = _PUNCTUATION.sub(lambda found: mend(found, b"\xe2\x80", "punctuation-e2", 2), text)
    return text, tuple(repairs.values())


def _visible(text: str) -> str:
    return "".join(f"<U+{ord(letter):04X}>" if "\x7f" <= letter <= "\x9f" else letter for letter in text)


def drop_controls(text: str) -> str:
    """Return a text without the characters that no file of text may hold."""
    return _UNCERTAIN.sub("", text)
