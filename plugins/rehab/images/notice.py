"""Who made a picture and under which licence → the XMP packet that its files carry, the only words in them.

In: a `Notice`, from the credit in front matter. Out: bytes that are the same for the same notice. The fields are
those of the IPTC Photo Metadata Standard that search engines show beside a picture: creator, credit line, rights,
web statement of rights, licensor's address. Nothing is taken over from the source file: what its camera or program
wrote may say where somebody lives.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rehab.images.plan import Notice

# `own` says that the picture is the author's; it names no terms.
_OWN: Final = "own"
# SPDX names of the Creative Commons licences, also with spaces. Their addresses: https://creativecommons.org/licenses/
_COMMONS: Final = re.compile(r"cc[ -](by(?:-(?:nc|nd|sa|nc-sa|nc-nd))?)[ -](\d\.\d)", re.IGNORECASE)
_ZERO: Final = re.compile(r"cc-?0(?:[ -]1\.0)?", re.IGNORECASE)
_URL: Final = re.compile(r"https?://[^\s<>\"]+")
# What XML 1.0 cannot hold, however it is escaped.
_NO_LETTERS: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PACKET: Final = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
    ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">{}</rdf:Description></rdf:RDF></x:xmpmeta>'
    '<?xpacket end="r"?>'
)


def render_notice(notice: Notice | None) -> bytes:
    """Return the XMP packet of a notice in UTF-8, empty where there is none."""
    if notice is None:
        return b""
    terms = "" if notice.license.strip().casefold() == _OWN else notice.license.strip()
    parts = {
        "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator><photoshop:Credit>{}</photoshop:Credit>": (
            notice.creator.strip()
        ),
        '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:rights>': terms,
        "<xmpRights:WebStatement>{}</xmpRights:WebStatement>": licence_url(terms),
        '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorURL>{}</plus:LicensorURL></rdf:li>'
        "</rdf:Seq></plus:Licensor>": notice.url.strip(),
    }
    said = "".join(form.replace("{}", _escaped(words)) for form, words in parts.items() if words)
    return _PACKET.format(said).encode() if said else b""


def licence_url(terms: str) -> str:
    """Return the address of a licence's text: that of a Creative Commons licence, or one that the terms name."""
    if commons := _COMMONS.fullmatch(terms):
        return f"https://creativecommons.org/licenses/{commons[1].lower()}/{commons[2]}/"
    if _ZERO.fullmatch(terms):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    found = _URL.search(terms)
    return found[0] if found else ""


def _escaped(words: str) -> str:
    return escape(_NO_LETTERS.sub("", words), quote=False)
