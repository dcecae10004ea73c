"""The WSGI application: readers' and the owner's addresses, health, and a small page for everything that goes wrong."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Flask, Response
from werkzeug.exceptions import HTTPException

from rehab.intake.owner import owner
from rehab.intake.pages import add_headers, desk, notice
from rehab.intake.readers import MOST_FIELDS, readers

if TYPE_CHECKING:
    from rehab.intake.desk import Desk

_SENTENCES: Final = {
    400: ("Not our form", "The request cannot be read. Nothing was kept."),
    404: ("No such page", "There is nothing at this address."),
    405: ("Not this way", "This address takes a form. Nothing was kept."),
    413: ("Too long", "This is more than a comment can be. Nothing was kept: go back, shorten it and send it again."),
    415: ("Not a form", "Comments are taken from a form only. Nothing was kept."),
}
health = Blueprint("health", __name__)


def create_app(at_hand: Desk) -> Flask:
    """Return the application of one server."""
    app = Flask("rehab.intake", static_folder=None)
    settings = at_hand.settings
    app.extensions["rehab"] = at_hand
    app.config.update(
        SECRET_KEY=at_hand.secret,
        MAX_CONTENT_LENGTH=settings.limits.body,
        MAX_FORM_MEMORY_SIZE=settings.limits.body,
        MAX_FORM_PARTS=MOST_FIELDS,
        TRUSTED_HOSTS=list(settings.hosts),
        SESSION_COOKIE_NAME="__Host-rehab" if settings.secure else "rehab",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/",
    )
    for blueprint in (readers, owner, health):
        app.register_blueprint(blueprint)
    app.after_request(add_headers)
    app.register_error_handler(HTTPException, _explain)
    app.register_error_handler(sqlite3.Error, _unavailable)
    return app


def _explain(wrong: HTTPException) -> Response:
    """Say what is wrong with a request, on a page of ours."""
    status = wrong.code or 500
    title, sentence = _SENTENCES.get(status, ("That went wrong", "Nothing was kept. Try again in a while."))
    return notice(title, sentence, status)


def _unavailable(wrong: sqlite3.Error) -> Response:
    """Say that nothing can be kept now; what exactly is wrong is the owner's to see."""
    del wrong
    return notice("Not now", "Nothing can be kept at the moment. Keep your text, and try again in a while.", 503)


@health.get("/health")
def show_health() -> Response:
    """Say whether the database answers, and nothing else."""
    try:
        desk().database.rows("SELECT 1 FROM submission LIMIT 1")
    except sqlite3.Error:
        return Response("no database\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


@health.get("/robots.txt")
def show_robots() -> Response:
    """Ask search engines to stay away."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")
