"""Who is the owner: logins that the database knows, and forms that come back from the browser they went to.

A cookie alone is not enough: it is signed, but a copy of it would work for ever. The database holds a hash of each
login, so that logging out, a new password and twelve hours end it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Final

from flask import request, session, url_for

from rehab.intake.desk import stamp
from rehab.intake.pages import desk, is_own, notice

if TYPE_CHECKING:
    from flask import Response

HOURS: Final = dt.timedelta(hours=12)
"""For how long a login holds."""
_BAD_REQUEST: Final = 400


def open_session() -> None:
    """Begin a session that the database knows, so that logging out ends it everywhere."""
    session.clear()
    session["login"] = secrets.token_urlsafe(32)
    with desk().database.writing() as connection:
        connection.execute(
            "INSERT INTO login (mark, password, until) VALUES (?, ?, ?)",
            (_hash(session["login"]), _hash(desk().password_hash), stamp(desk().clock() + HOURS)),
        )


def is_owner() -> bool:
    """Return whether this browser is logged in, with the password of today."""
    values = (_hash(str(session.get("login", ""))), _hash(desk().password_hash), desk().now)
    query = "SELECT 1 FROM login WHERE mark = ? AND password = ? AND until > ?"
    return bool(desk().password_hash) and desk().database.row(query, values) is not None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def form_token() -> str:
    """Return what a form of this browser must bring back."""
    if "form" not in session:
        session["form"] = secrets.token_urlsafe(32)
    return str(session["form"])


def check_form() -> Response | None:
    """Return the answer to a form that is not ours or not of this browser, or None."""
    origin = request.headers.get("Origin")
    ours = origin is None or is_own(origin)
    token = str(session.get("form", ""))
    if ours and token and hmac.compare_digest(token.encode(), request.form.get("token", "").encode()):
        return None
    return notice(
        "This form is too old",
        "Nothing was changed. Open the page again.",
        _BAD_REQUEST,
        link=url_for("owner.queue"),
        words="The queue",
    )


def close_session() -> None:
    """End the session of this browser, and every copy of it."""
    with desk().database.writing() as connection:
        connection.execute("DELETE FROM login WHERE mark = ?", (_hash(str(session.get("login", ""))),))
    session.clear()
