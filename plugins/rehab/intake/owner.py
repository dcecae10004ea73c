"""The addresses that the owner uses: signed links from mails, and the queue behind a password."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from flask import Blueprint, Response, flash, request, url_for

from rehab.comments.clean import clean_body
from rehab.comments.letters import clean_name
from rehab.intake.decisions import ALLOWED, WORDS, Action, decide, find, finish
from rehab.intake.keys import fits_password
from rehab.intake.notices import DECIDE, LINK_DAYS, parse_text
from rehab.intake.pages import desk, notice, page, see
from rehab.intake.sessions import check_form, close_session, form_token, is_owner, open_session
from rehab.intake.visits import count_visit

if TYPE_CHECKING:
    from rehab.intake.database import Row

owner = Blueprint("owner", __name__)

ON_PAGE: Final = 50
"""Comments on one page of the queue."""
RANKED: Final = 200
"""Comments, the oldest, of which those least like spam come first."""
_LISTS: Final = {
    "waiting": ("pending",),
    "spam": ("spam",),
    "stopped": ("approving", "written"),
    "rejected": ("rejected",),
}
_VERBS: Final = {"approve": "Approve", "reject": "Reject", "spam": "Spam", "restore": "Put back"}
_BAD, _FORBIDDEN, _NOT_FOUND, _CONFLICT, _GONE, _TOO_MANY = 400, 403, 404, 409, 410, 429
_one_guess = threading.Lock()
"""A hash takes 32 MB, so one password is looked at after the other."""


@owner.route("/decide/<token>", methods=["GET", "POST"])
def decision(token: str) -> Response:
    """Show a comment and one button (GET), or carry the decision out (POST): mail scanners follow links."""
    said = desk().tokens.parse(DECIDE, token, LINK_DAYS)
    if isinstance(said, str):
        return _bad_link(said)
    row = find(desk(), int(said["number"]))
    action = cast("Action", said["action"])
    if row is None or row["id"] != said["id"] or action not in get_args(Action):
        return notice("Not here any more", "This comment is not here any more. Nothing was changed.", _GONE)
    if row["state"] not in ALLOWED[action]:
        return notice("Decided already", f"Nothing was changed: this comment {WORDS[row['state']]}.", _CONFLICT)
    if request.method == "GET":
        return page("decide", comment=_view(row), action=action, verb=_VERBS[action], token=token)
    outcome = decide(desk(), row["number"], action)
    title = "Done" if outcome.done else "Nothing was changed"
    return notice(
        title, outcome.sentence, 200 if outcome.done else _CONFLICT, link=url_for("owner.queue"), words="The queue"
    )


def _bad_link(reason: str) -> Response:
    if reason == "expired":
        return notice(
            "This link is too old",
            "Nothing was changed. Decide in the queue.",
            _GONE,
            link=url_for("owner.queue"),
            words="The queue",
        )
    return notice("This link is damaged", "Nothing was changed. Copy the whole link from the mail.", _NOT_FOUND)


@owner.get("/login")
def login() -> Response:
    """Ask for the password."""
    return page("login", token=form_token(), fault="", ready=bool(desk().password_hash))


@owner.post("/login")
def log_in() -> Response:
    """Let in who knows the password."""
    fault = check_form()
    if fault:
        return fault
    with desk().database.writing() as connection:
        tries = count_visit(connection, desk().secret, "login", request.remote_addr or "", desk().clock())
    if tries > desk().settings.limits.logins:
        return _again("Too many passwords were tried. Wait ten minutes.", _TOO_MANY)
    with _one_guess:
        fits = fits_password(desk().password_hash, request.form.get("password", ""))
    if not fits:
        return _again("This is not the password.", _FORBIDDEN)
    open_session()
    return see("owner.queue")


def _again(fault: str, status: int) -> Response:
    return page("login", status, token=form_token(), fault=fault, ready=bool(desk().password_hash))


@owner.post("/logout")
def logout() -> Response:
    """End the session."""
    fault = check_form()
    if fault:
        return fault
    close_session()
    return see("owner.login")


@owner.get("/queue")
def queue() -> Response:
    """List what waits, what is spam, what is stopped, and what was rejected."""
    if not is_owner():
        return see("owner.login")
    shown = request.args.get("show", "waiting")
    desk().work.set()  # what was decided since can be learnt
    states = _LISTS.get(shown, _LISTS["waiting"])
    return page(
        "queue",
        shown=shown if shown in _LISTS else "waiting",
        counts={name: _count(each) for name, each in _LISTS.items()},
        comments=_views(states),
        verbs=[(action, _VERBS[action]) for action in get_args(Action) if set(states) <= set(ALLOWED[action])],
        mails=desk().database.rows("SELECT fault, count(*) AS number FROM outbox WHERE fault <> '' GROUP BY fault"),
        token=form_token(),
    )


def _views(states: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the oldest comments in some states as the page shows them, those least like spam first."""
    marks = ", ".join("?" for _ in states)
    rows = desk().database.rows(
        f"SELECT * FROM submission WHERE state IN ({marks}) AND text <> '' ORDER BY number LIMIT ?",  # noqa: S608 - marks
        (*states, RANKED),
    )
    return [_view(row, chance) for row, chance in desk().chances.rank(rows)[:ON_PAGE]]


def _count(states: tuple[str, ...]) -> int:
    marks = ", ".join("?" for _ in states)
    query = f"SELECT count(*) AS number FROM submission WHERE state IN ({marks}) AND text <> ''"  # noqa: S608 - marks
    found = desk().database.row(query, states)
    return int(found["number"]) if found else 0


@owner.post("/queue")
def act() -> Response:
    """Carry out a decision from the queue."""
    if not is_owner():
        return see("owner.login")
    fault = check_form()
    if fault:
        return fault
    number, action = request.form.get("number", ""), request.form.get("action", "")
    if not number.isdecimal() or action not in {*get_args(Action), "retry"}:
        return notice("Not our form", "Nothing was changed.", _BAD, link=url_for("owner.queue"), words="The queue")
    at = int(number)
    outcome = finish(desk(), at) if action == "retry" else decide(desk(), at, cast("Action", action))
    flash(outcome.sentence)
    return see("owner.queue", show=request.form.get("show", "waiting"))


def _view(row: Row, chance: str = "") -> dict[str, Any]:
    """Return what the page shows of a comment: plain name, safe HTML, where, when, and what stops it."""
    comment = parse_text(row["thread"], row["id"], row["text"])
    place = desk().threads.find(row["thread"])
    return {
        "number": row["number"],
        "name": clean_name(comment.author) or "Anonymous",
        "url": comment.url,
        "html": clean_body(comment.body, comment.format),  # type: ignore[arg-type]
        "title": place.title if place else row["thread"],
        "page": desk().settings.page_url(row["thread"]),
        "parent": row["parent"],
        "received": row["received"],
        "fault": row["fault"],
        "chance": chance,
    }
