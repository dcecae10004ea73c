"""What a browser may do on our pages, and what a server says beside them: one table for every form of it.

In: a site's options, and the digests of the styles that pages hold. Out: a Content-Security-Policy, and header fields.
A page says its policy itself, in a `<meta>`, so that it holds on hosts that send no header of ours. A server that does
says what only a header can, and what is true of every file, also of a drawing that is opened by itself. A browser obeys
both, so nothing is said twice that differs from page to page, and each answer stays small.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from rehab.site.show.form import INTAKE, service_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rehab.site.options import Options

POLICY: Final = "comeback"
"""The one Trusted Types policy that may be made, and once only: `offline.js` makes it, and lets nothing through but the
address of the service worker."""

ALLOWED: Mapping[str, str] = MappingProxyType(
    {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "{styles}",
        "img-src": "'self'",
        "media-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "{forms}",
        "base-uri": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": POLICY,
    }
)
"""The directives of a page's policy, W3C CSP Level 3. What is not named falls back to nothing at all.

Data blocks (JSON-LD) are no scripts that run and need no hash."""

OF_SERVERS: Mapping[str, str] = MappingProxyType(
    {"frame-ancestors": "'none'", "base-uri": "'none'", "object-src": "'none'", "script-src": "'self'"}
)
"""Directives of the policy in a header. Browsers ignore the first in a `<meta>`."""

REFERRER: Final = "strict-origin-when-cross-origin"
"""The strictest that still names a page's origin to the service or the intake that its form is sent to."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in OF_SERVERS.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": REFERRER,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=31536000",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    }
)
"""What a server says with every file."""

OF_PAGES: Mapping[str, str] = MappingProxyType({"Cross-Origin-Resource-Policy": "same-origin"})
"""What it says with pages alone: pictures and feeds are for other sites' readers too."""

LASTING: Mapping[str, str] = MappingProxyType({"Cache-Control": "public, max-age=31536000, immutable"})
"""What it says with files whose names change with their bytes: pictures."""

OF_WORKER: Mapping[str, str] = MappingProxyType({"Cache-Control": "no-cache"})
"""What it says with the service worker, so that no cache on the way hides that there has been a publish."""

OF_MANIFEST: Mapping[str, str] = MappingProxyType({"Content-Type": "application/manifest+json"})
"""What it says with the manifest: not every server knows the ending of its name. W3C Web Application Manifest, 4."""


def page_policy(options: Options, styles: Iterable[str]) -> str:
    """Return the policy that a page says of itself. `styles` are digests (`sha256-…`) of the styles in it."""
    words = {"styles": _styles(styles), "forms": " ".join(_forms(options))}
    return "; ".join(f"{name} {value.format(**words)}" for name, value in ALLOWED.items())


def _styles(digests: Iterable[str]) -> str:
    return " ".join(f"'{each}'" for each in digests) or "'none'"


def _forms(options: Options) -> tuple[str, ...]:
    """Return where forms may be sent, and where an answer to one may lead: our own pages, and one service."""
    if service_of(options.comments_form) in {"", "netlify"}:
        return ("'self'",) if options.comments_form else ("'none'",)
    parts = urlsplit(options.comments_form.removeprefix(INTAKE))
    return "'self'", f"{parts.scheme}://{parts.netloc}"
