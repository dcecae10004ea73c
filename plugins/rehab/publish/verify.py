"""After a deployment: some pages are asked for as a reader would, and must be those that were sent.

In: the address of the site, its manifest, what was sent. Out: a sentence on each page that is not as it should be.
"""

from __future__ import annotations

import hashlib
import http.client
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.publish.manifest import Manifest

_SECONDS: Final = 20
_PAUSE: Final = 2.0
_HEADERS: Final = {"User-Agent": "comeback-verify", "Cache-Control": "no-cache", "Accept-Encoding": "identity"}


def choose(manifest: Manifest, sends: Iterable[str], number: int) -> list[str]:
    """Return which pages to look at: the first page, then some of those that were sent, then any."""
    pages = [path for path in sends if path.endswith(".html") and path != "404.html"]
    rest = [path for path in sorted(manifest) if path.endswith(".html") and path != "404.html"]
    step = max(1, len(pages) // max(1, number - 1))
    wanted = dict.fromkeys([*(["index.html"] if "index.html" in manifest else []), *pages[::step], *pages, *rest])
    return list(wanted)[:number]


def verify(site_url: str, manifest: Manifest, paths: Iterable[str], patience: float = 0.0) -> list[str]:
    """Ask for pages and return what is wrong, trying again for some seconds where a host needs time."""
    end = time.monotonic() + patience
    wrong: list[str] = []
    for path in paths:
        while reason := _look(site_url, path, manifest[path]):
            if time.monotonic() >= end:
                wrong.append(reason)
                break
            time.sleep(_PAUSE)
    return wrong


def url_of(site_url: str, path: str) -> str:
    """Return the address of a file."""
    shown = path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
    return f"{site_url}/{quote(shown)}"


def _look(site_url: str, path: str, digest: str) -> str:
    url = url_of(site_url, path)
    if not url.startswith(("https://", "http://")):
        return f"{url} is no address on the web"
    request = urllib.request.Request(url, headers=_HEADERS)  # noqa: S310 - http and https only, looked at above
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - as above
            data = answer.read()
    except urllib.error.HTTPError as wrong:
        return f"{url} answers {wrong.code}"
    except (OSError, http.client.HTTPException) as wrong:
        return f"{url} does not answer: {getattr(wrong, 'reason', '') or wrong}"
    return (
        ""
        if hashlib.sha256(data).hexdigest() == digest
        else f"{url} is not the page that was sent: is it an older one?"
    )
