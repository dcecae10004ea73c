"""Web addresses in what readers write: which are links, which stay words.

Text comes in, an address that is safe in an `href` comes out, or None. One rule for the reader's own
address and for the links in a comment, so that neither can do what the other may not.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from rehab.comments.letters import remove_unseen, settle

LONGEST = 2000
"""Characters of an address; browsers and servers begin to refuse longer ones at about this length."""

_WEB = re.compile(r"https?://", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+(?:\?[\w.+%&=,:;!/?-]*)?", re.IGNORECASE)
_HOST = re.compile(r"(?:[^\W_]|[-_.])+|\[[0-9a-f:.]+\]", re.IGNORECASE)
# Browsers read `\` as `/` and drop line ends inside an address; quotes and angles end an attribute.
_FORBIDDEN = re.compile(r"[\s\\<>\"^`\x00-\x20]")
# Pelican replaces `{static}…` and `|static|…`; Jinja reads `{{`.
_ESCAPED = str.maketrans({"{": "%7B", "|": "%7C", "}": "%7D"})


def clean_url(text: str) -> str | None:
    """Return an absolute http or https address with a host and without a password, or None.

    At most 2,000 characters after white space around it is taken off; braces and bars come out as
    `%7B`, `%7C`, `%7D`.
    """
    url = text.strip()
    if not _WEB.match(url) or _FORBIDDEN.search(url) or settle(remove_unseen(url)) != url:
        return None
    url = url.translate(_ESCAPED)
    return url if len(url) <= LONGEST and _has_plain_host(url) else None


def clean_link(text: str) -> str | None:
    """Return an address that a comment may link to: as `clean_url`, or a `mailto:` with one recipient."""
    text = text.strip()
    if _MAIL.fullmatch(text) and len(text) <= LONGEST:
        return text
    return clean_url(text)


def _has_plain_host(url: str) -> bool:
    """Tell whether there is a host and nothing before it. `urlsplit` raises on bad brackets and ports."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.removesuffix(f":{parts.port}") if parts.port is not None else parts.netloc
    except ValueError:
        return False
    return bool(_HOST.fullmatch(host)) and any(letter.isalnum() for letter in host)
