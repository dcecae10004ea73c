"""The addresses that readers use: send a comment, answer one without a script, confirm and delete an address."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, request

from rehab.comments.clean import clean_body
from rehab.comments.letters import clean_name
from rehab.comments.numbers import find_coded, render_numbered
from rehab.intake.arrivals import Refused, take
from rehab.intake.notices import CONFIRM, CONFIRM_DAYS, LEAVE
from rehab.intake.pages import desk, is_own, notice, page, see
from rehab.intake.threads import Shown, read_comment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.intake.threads import Place
    from rehab.model.comment import Comment

readers = Blueprint("readers", __name__)

MOST_FIELDS: Final = 20
"""Fields of a form: ours has eight, a form service's few more."""
FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_FORBIDDEN, _NOT_FOUND, _GONE, _BAD, _UNSUPPORTED, _UNAVAILABLE = 403, 404, 410, 400, 415, 503
_SHOWN: Final = ("thread", "numbered", "number", "name", "url", "message", "email")
"""What a form that comes back still holds."""


@readers.post("/comment")
def comment() -> Response:
    """Keep a comment, and say so; or say what is wrong, with the form as it was filled in."""
    fault = _check_request()
    if fault:
        return fault
    fields = request.form.to_dict()
    try:
        taken = take(desk(), fields, request.remote_addr or "")
    except sqlite3.Error:
        taken = Refused(
            _UNAVAILABLE, "", "Nothing can be kept at the moment. Keep your text, and try again in a while."
        )
    if isinstance(taken, Refused):
        return _refused(taken, fields)
    return see("readers.thanks", thread=taken.thread)


def _check_request() -> Response | None:
    """Return the answer to what is no form of ours, or None. A body that is too large raises 413."""
    origin = request.headers.get("Origin", "null")
    if not (origin == "null" or origin.lower() == desk().settings.site_origin or is_own(origin)):
        return notice("Not from this site", "This form stands on another site, so nothing was kept.", _FORBIDDEN)
    if request.mimetype not in FORMS:
        return notice("Not a form", "Comments are taken from a form only. Nothing was kept.", _UNSUPPORTED)
    doubled = any(len(values) > 1 for _, values in request.form.lists())
    if request.files or doubled or len(request.form) > MOST_FIELDS:
        return notice("Not our form", "The form has a file, or a field twice, or too many. Nothing was kept.", _BAD)
    return None


def _refused(refused: Refused, fields: Mapping[str, str]) -> Response:
    """Return the form with what is wrong above it, and all that was written in it."""
    thread = fields.get("thread", "")
    place = desk().threads.find(thread)
    shown = {name: fields.get(name, "") for name in _SHOWN}
    answered = _answered(thread, shown) if place else None
    return page(
        "form",
        refused.status,
        refused=refused,
        fields=shown,
        place=place,
        back=_back(thread, place),
        writes=_writes(),
        answered=answered,
    )


def _answered(thread: str, fields: Mapping[str, str]) -> dict[str, str] | None:
    """Return the comment that a form of our page to answer on is for: such a form numbers that one alone."""
    content = desk().settings.content
    if fields["number"] != "1" or not fields["numbered"].startswith("1:"):
        return None
    id_ = find_coded(fields["numbered"].removeprefix("1:"), Shown(content, thread))
    found = read_comment(content, thread, id_) if id_ else None
    return _shown(found) if found else None


def _writes() -> bool:
    """Return whether readers can be told of answers."""
    return desk().settings.mail is not None


def _back(thread: str, place: Place | None) -> str:
    """Return the address of a page, or of the site where there is none; nothing where that is not known."""
    settings = desk().settings
    if not settings.site:
        return ""
    return settings.page_url(thread) if place else f"{settings.site}/"


@readers.get("/thanks")
def thanks() -> Response:
    """Say that a comment waits."""
    thread = request.args.get("thread", "")
    place = desk().threads.find(thread)
    sentence = "The author of this site reads it first. Then it appears below the page."
    title = "Thank you: your comment waits"
    words = f"Back to \u201c{place.title}\u201d" if place else "To the site"
    return notice(title, sentence, link=_back(thread, place), words=words)


@readers.get("/reply")
def reply() -> Response:
    """Show one comment and a form to answer it, for whoever has no script."""
    thread, id_ = request.args.get("thread", ""), request.args.get("to", "")
    place = desk().threads.find(thread)
    found = read_comment(desk().settings.content, thread, id_) if place and place.state != "off" else None
    if place is None or found is None:
        return notice(
            "No such comment", "It may have been taken down.", _NOT_FOUND, link=_back(thread, place), words="Back"
        )
    if place.state != "open":
        return notice(
            "Comments are closed", "This page takes no new comments.", link=_back(thread, place), words="Back"
        )
    fields = {"thread": thread, "numbered": render_numbered(1, [id_]), "number": "1"}
    return page(
        "form",
        refused=None,
        fields=fields,
        place=place,
        back=_back(thread, place),
        answered=_shown(found),
        writes=_writes(),
    )


def _shown(found: Comment) -> dict[str, str]:
    """Return a comment as its page shows it: plain name, safe HTML."""
    html = clean_body(found.body, found.format)  # type: ignore[arg-type]
    return {"name": clean_name(found.author) or "Anonymous", "html": html}


@readers.route("/confirm/<token>", methods=["GET", "POST"])
def confirm(token: str) -> Response:
    """Ask whether an address is right; the answer is a button, because mail scanners follow links."""
    said = desk().tokens.parse(CONFIRM, token, CONFIRM_DAYS)
    if isinstance(said, str):
        return _bad_link(said)
    if not _is_reader(said["reader"]):
        return notice("Not here any more", "This address was deleted. No mail goes to it.", _GONE)
    if request.method == "GET":
        words = "Tell me of answers"
        return page("ask", title="Shall we write to you?", sentence=_CONFIRM, words=words, token=token)
    with desk().database.writing() as connection:
        connection.execute("UPDATE reader SET state = 'confirmed' WHERE number = ?", (said["reader"],))
    return notice("Thank you", "You get a mail when somebody answers your comment. Each has a link to stop them.")


_CONFIRM: Final = "You get a mail when somebody answers your comment, and no other. You can stop them at any time."


@readers.route("/unsubscribe/<token>", methods=["GET", "POST"])
def unsubscribe(token: str) -> Response:
    """Ask whether to delete an address; a mail program may post here by itself (RFC 8058)."""
    said = desk().tokens.parse(LEAVE, token)
    if isinstance(said, str):
        return _bad_link(said)
    if not _is_reader(said["reader"]):
        return notice("Your address is deleted", "No mail goes to it.")
    if request.method == "GET":
        sentence = "Your address is deleted, and no mail goes to it any more. Your comment stays."
        return page("ask", title="No more mails?", sentence=sentence, words="Delete my address", token=token)
    with desk().database.writing() as connection:
        connection.execute("DELETE FROM reader WHERE number = ?", (said["reader"],))
    desk().database.forget()
    return notice("Your address is deleted", "No mail goes to it any more.")


def _is_reader(number: object) -> bool:
    return desk().database.row("SELECT 1 FROM reader WHERE number = ?", (number,)) is not None


def _bad_link(reason: str) -> Response:
    if reason == "expired":
        return notice("This link is too old", "Nothing was changed.", _GONE)
    return notice("This link is damaged", "Nothing was changed. Copy the whole link from the mail.", _NOT_FOUND)
