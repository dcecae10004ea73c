"""Which format an export has, told from its first bytes, or from the names of a folder's files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

FILES: Final = ("wordpress", "blogger", "page")
FOLDERS: Final = ("jekyll", "hugo", "pelican")
FORMATS: Final = (*FILES, *FOLDERS)
LOOKED_AT: Final = 4096
"""Bytes of a file that tell its format."""

_WORDPRESS = re.compile(rb"https?://wordpress\.org/export/|<!-- ?generator=.WordPress", re.IGNORECASE)
_BLOGGER = re.compile(rb"schemas\.google\.com/|blogger\.com,1999|<feed\b", re.IGNORECASE)
_XML = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<(?:\?|\0|!|rss|feed)", re.IGNORECASE)
_HTML = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_DISQUS = re.compile(rb"<disqus\b|xmlns=.https?://disqus\.com\b", re.IGNORECASE)
_JSON = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_SQL = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:-- (?:MySQL|MariaDB|PostgreSQL|phpMyAdmin|Adminer)|/\*!|(?:INSERT INTO|CREATE TABLE) )"
)
_ZIP = (b"PK\x03\x04", b"\x1f\x8b")

_NO_POSTS: Final = (
    (_HTML, "it is a page's HTML: open it in a browser, copy its text into a file, and name that"),
    (_DISQUS, "it holds Disqus's comments: `rehab comments import disqus` brings them"),
    (_XML, "it is XML of a kind that is not known: say which with --format"),
    (_JSON, "it is JSON: `rehab comments import` brings comments, `rehab import exercises` brings exercises"),
    (_SQL, "it is the dump of a database: export the posts on the old blog (WordPress: Tools, Export), and name that"),
)
"""What is no export of posts, each with what to do instead; the first one counts."""


def detect_file(head: bytes) -> tuple[str, str]:
    """Return the format of a file, and, where it has none, what to do."""
    if head.startswith(_ZIP):
        return "", "it is packed: unpack it, and name what was in it"
    plain = head.replace(b"\0", b"")
    if _WORDPRESS.search(plain):
        return "wordpress", ""
    if _BLOGGER.search(plain):
        return "blogger", ""
    advice = next((said for is_it, said in _NO_POSTS if is_it.search(plain)), "")
    if not advice and b"\0" in head:
        advice = "it is no text: say which with --format if it is an export all the same"
    return ("", advice) if advice else ("page", "")


def detect_folder(names: Iterable[str]) -> tuple[str, str]:
    """Return the format of a folder of files, told from their paths in it, and, where it has none, what to do."""
    known = set(names)
    tops = {name.partition("/")[0] for name in known}
    if {"_config.yml", "_config.yaml", "_posts", "_drafts"} & tops:
        return "jekyll", ""
    if {"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "archetypes"} & tops or {"config.toml", "content"} <= tops:
        return "hugo", ""
    if "pelicanconf.py" in tops or any(name.endswith((".md", ".markdown", ".rst")) for name in known):
        return "pelican", ""
    return "", "no text of a blog is in this folder"
