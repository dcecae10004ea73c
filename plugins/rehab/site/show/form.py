"""The ways to say something in a thread → the view of its form.

In: a thread, the comments on one page of it, and what the site's maker chose. Out: the form, or None where nobody may
say anything or no way is set. Nothing here needs a script: a form posts, a `mailto:` opens a mail.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from rehab.comments.numbers import render_numbered
from rehab.comments.tokens import render_mailto, render_token
from rehab.site.views.form import FormView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehab.comments.thread import Reply, Thread
    from rehab.site.options import Options

THANKS = "comments/thanks/"
"""Where a reader is led whose comment a service has taken."""
INTAKE = "intake:"
"""How the setting says that our own intake answers at an address."""
HERE = "#reply"
"""Where the form stands on its page."""


def form_view(thread: Thread, shown: Sequence[Reply], title: str, options: Options) -> FormView | None:
    """Return the form below the comments of one page of a thread. `title` is what the thread is about."""
    service = service_of(options.comments_form)
    if thread.state != "open" or not (service or options.comments_mail):
        return None
    said = tuple(reply for reply in shown if not reply.deleted)
    return FormView(
        service=service,
        action=_action(service, options),
        thanks=options.absolute(THANKS) if service == "post" and options.site_url else "",
        thread=thread.name,
        numbered=render_numbered(shown[0].number if shown else 1, [reply.id for reply in shown]),
        mail=_mail(thread, "", title, options),
        replies=MappingProxyType({reply.id: _reply(service, thread, reply, title, options) for reply in said}),
        replies_by_mail=not service,
    )


def service_of(form: str) -> str:
    """Return netlify, intake, post or "": who takes what the form sends."""
    if form.startswith(INTAKE):
        return "intake"
    return form if form in {"", "netlify"} else "post"


def has_thanks(options: Options) -> bool:
    """Tell whether a service leads readers to our page of thanks; our own intake answers by itself."""
    return service_of(options.comments_form) in {"netlify", "post"}


def _base(options: Options) -> str:
    return options.comments_form.removeprefix(INTAKE).rstrip("/")


def _action(service: str, options: Options) -> str:
    if service == "intake":
        return f"{_base(options)}/comment"
    return f"/{THANKS}" if service == "netlify" else options.comments_form


def _mail(thread: Thread, reply_to: str, title: str, options: Options) -> str:
    if not options.comments_mail:
        return ""
    return render_mailto(options.comments_mail, render_token(thread.name, reply_to, options.comments_key), title)


def _reply(service: str, thread: Thread, reply: Reply, title: str, options: Options) -> str:
    """Return where somebody goes who wants to answer a comment: a page of our intake's, the form, or a mail."""
    if service == "intake":
        asked = urlencode({"thread": thread.name, "to": reply.id}, quote_via=quote)
        return f"{_base(options)}/reply?{asked}"
    return HERE if service else _mail(thread, reply.id, title, options)
