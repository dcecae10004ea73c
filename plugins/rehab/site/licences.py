"""The words of a licence → the address where it can be read.

In: what an author wrote in `license`, an SPDX name or words. Out: an address, or "" where the words name no licence
that is known here. Exists so that pages and machines are led to the text itself; nothing is guessed.
"""

from __future__ import annotations

import re

_CREATIVE = re.compile(r"cc[ -](by(?:-nc)?(?:-sa|-nd)?)[ -](1\.0|2\.0|2\.5|3\.0|4\.0)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_OTHERS = {
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "cc-pddc": "https://creativecommons.org/licenses/publicdomain/",
    "public domain mark 1.0": "https://creativecommons.org/publicdomain/mark/1.0/",
}


def licence_url(words: str) -> str:
    """Return the address of a licence: `CC-BY-SA-4.0` → `https://creativecommons.org/licenses/by-sa/4.0/`."""
    said = " ".join(words.split())
    if _ADDRESS.fullmatch(said):
        return said
    match = _CREATIVE.fullmatch(_hyphens(said))
    if match:
        return f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"
    return _OTHERS.get(said.casefold(), _OTHERS.get(_hyphens(said).casefold(), ""))


def _hyphens(said: str) -> str:
    return said.replace(" ", "-")
