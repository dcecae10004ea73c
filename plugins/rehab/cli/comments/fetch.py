"""What a form service holds, asked of its API: for `rehab comments pull --form`.

In: a service, the id of a form, a token. Out: the records of all pages, each with whether the service took it for spam;
or the sentence that says why there are none. The token goes to the service and nowhere else: no redirect is followed.
"""

from __future__ import annotations

import base64
import re
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.comments.pulls.records import LARGEST, MOST, Record, read_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from http.client import HTTPMessage
    from typing import IO

PATIENCE: Final = 30
"""Seconds that one answer may take."""
PAGE: Final = 100
"""Submissions that are asked for at once; Netlify gives no more."""
FORM_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")


class Service(Struct, frozen=True):
    """A service: where its API is, the variable with its token, the head that carries it, and its lists.

    `lists` are addresses below `base`, with whether what they give is spam; `{form}`, `{page}` and `{offset}` are
    filled in.
    """

    base: str
    variable: str
    authorization: Callable[[str], str]
    lists: tuple[tuple[str, bool], ...]


def _basic(token: str) -> str:
    return f"Basic {base64.b64encode(f':{token}'.encode()).decode()}"


SERVICES: Final[Mapping[str, Service]] = {
    "netlify": Service(
        "https://api.netlify.com/api/v1",
        "NETLIFY_TOKEN",
        "Bearer {}".format,
        (
            (f"/forms/{{form}}/submissions?per_page={PAGE}&page={{page}}", False),
            (f"/forms/{{form}}/submissions?state=spam&per_page={PAGE}&page={{page}}", True),
        ),
    ),
    "formspree": Service(
        "https://formspree.io/api/0",
        "FORMSPREE_KEY",
        _basic,
        (
            (f"/forms/{{form}}/submissions?order=asc&limit={PAGE}&offset={{offset}}", False),
            (f"/forms/{{form}}/submissions?order=asc&spam=true&limit={PAGE}&offset={{offset}}", True),
        ),
    ),
}
"""Netlify: docs.netlify.com/api/get-started; Formspree: help.formspree.io, "Form Submissions API"."""


class _FetchError(Exception):
    """Something that ends the asking; its text is the sentence to show."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, so that a token goes nowhere else."""

    def redirect_request(  # noqa: PLR0913 - the library's signature
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Refuse; the answer then counts as an error."""
        del req, fp, code, msg, headers, newurl


def fetch_records(service: Service, form: str, token: str) -> tuple[tuple[tuple[Record, bool], ...], str]:
    """Return all submissions of a form with whether each is held as spam, and what went wrong, or nothing."""
    if not FORM_ID.fullmatch(form):
        return (), f"'{form}' is no id of a form: it has letters, digits and hyphens only"
    try:
        found = tuple(
            (record, spam) for address, spam in service.lists for record in _pages(service, address, form, token)
        )
    except _FetchError as wrong:
        return (), str(wrong)
    return found, ""


def _pages(service: Service, address: str, form: str, token: str) -> Iterator[Record]:
    """Yield the records of a list, page after page, until one is not full or holds nothing new."""
    last: tuple[Record, ...] = ()
    for page in range(1, MOST // PAGE + 1):
        url = service.base + address.format(form=form, page=page, offset=(page - 1) * PAGE)
        data = _get(url, service.authorization(token))
        found = read_records(data)
        if found.fault or data.lstrip()[:1] not in {b"[", b"{"}:
            raise _FetchError(f"the service's answer cannot be read: {found.fault or 'it is no JSON'}")
        if found.records == last:
            return
        yield from found.records
        last = found.records
        if len(last) < PAGE:
            return


def _get(url: str, authorization: str) -> bytes:
    request = urllib.request.Request(url, headers={"Authorization": authorization, "User-Agent": "rehab"})  # noqa: S310 - the addresses are ours
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            data: bytes = answer.read(LARGEST + 1)
    except urllib.error.HTTPError as wrong:
        wrong.close()
        raise _FetchError(_SAID.get(wrong.code, f"the service answers {wrong.code}")) from wrong
    except (OSError, ValueError) as wrong:
        raise _FetchError(f"the service cannot be reached: {getattr(wrong, 'reason', wrong)}") from wrong
    return data


_SAID: Final = {
    401: "the service does not know the token",
    403: "the service does not let this token read the form",
    404: "the service has no form of that id",
    429: "the service asks to wait before it is asked again",
}
