"""Our own small pages: one template each, one style sheet inside them, no script, and strict headers."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, cast

from flask import Response, current_app, make_response, redirect, render_template, request, url_for

from rehab.intake.settings import origin_of
from rehab.intake.visits import SPAN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.intake.desk import Desk

CAPTIONS: Final[Mapping[str, str]] = {
    "message": "Your comment",
    "name": "Your name",
    "url": "Your web address",
    "number": "Reply to comment number",
    "email": "Your e-mail address",
}
"""What the fields are called, on the form and in what is wrong with them."""
_TOO_MANY: Final = 429
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def desk() -> Desk:
    """Return what the server of this request has at hand."""
    return cast("Desk", current_app.extensions["rehab"])


def page(template: str, status: int = 200, **values: Any) -> Response:  # noqa: ANN401 - what a template shows
    """Return a page of a template."""
    return make_response(render_template(f"{template}.html", style=style(), captions=CAPTIONS, **values), status)


def notice(title: str, sentence: str, status: int = 200, *, link: str = "", words: str = "") -> Response:
    """Return a page that says one thing, with a link to go on."""
    return page("notice", status, title=title, sentence=sentence, link=link, words=words)


def is_own(origin: str) -> bool:
    """Return whether an origin is this server: its address on the web, or what the request calls it.

    A request calls it by a name that the settings know (`TRUSTED_HOSTS`), or it was refused.
    """
    own = origin_of(desk().settings.url)
    return origin.lower() in {own, f"{request.scheme}://{request.host}".lower()}


def see(endpoint: str, **values: Any) -> Response:  # noqa: ANN401 - as `url_for` has it
    """Return an answer that sends the browser on to a page, with GET."""
    return cast("Response", redirect(url_for(endpoint, **values), 303))


@cache
def style() -> str:
    """Return the style sheet as it stands inside each page."""
    return files("rehab.intake").joinpath("style.css").read_text("utf-8")


@cache
def policy() -> str:
    """Return the Content-Security-Policy: nothing but our style sheet, by its hash, and our own forms."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def add_headers(response: Response) -> Response:
    """Add to an answer what every answer of ours carries."""
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = policy()
    if response.status_code == _TOO_MANY:
        response.headers["Retry-After"] = str(SPAN)
    return response
