"""What the template of a thread sees of the ways to say something in it; conventions: `rehab.site.views.small`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping


class FormView(Struct, frozen=True, kw_only=True):
    """The form at the end of a thread's page. All addresses are whole, but for those that begin with `/` or `#`.

    `service` is netlify|post|intake, or "" where comments come by mail only and there are no fields. `action` is where
    the fields go, `thanks` where the reader is led afterwards, as far as the service lets us say so. `thread` and
    `numbered` go back with them. `mail` is a `mailto:` address or "". `replies` gives the address that answers a
    comment, by the comment's id; `replies_by_mail` says that those addresses open a mail.
    """

    service: str
    action: str
    thanks: str
    thread: str
    numbered: str
    mail: str
    replies: Mapping[str, str]
    replies_by_mail: bool
