"""What the owner of a server says about it: options of the command line and variables of the environment.

In: a mapping of variables. Out: `Settings`, or the sentence that says what is wrong. Secrets are no part of it: they
are in `rehab.intake.keys`.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping

HOST: Final = "127.0.0.1"
PORT: Final = 8765
MAIL_PORTS: Final[Mapping[str, int]] = MappingProxyType({"starttls": 587, "tls": 465, "none": 25})
"""The ports on which mail servers take mail, by how the connection is kept private (RFC 6409, RFC 8314)."""
ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}")
"""An e-mail address as browsers take it in a form (the HTML standard's own rule)."""
LONGEST_ADDRESS: Final = 254
"""Characters of an e-mail address that a mail server must take (RFC 5321, 4.5.3.1.3)."""
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})

VARIABLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "REHAB_INTAKE_URL": "The address of this server on the web, for links in mails and for cookies.",
        "REHAB_INTAKE_SITE": "The address of the blog. Only its forms may post here.",
        "REHAB_INTAKE_SECRET": "The key that signs links and cookies: 32 characters at least.",
        "REHAB_INTAKE_PASSWORD_HASH": "What `rehab intake password --show` prints.",
        "REHAB_INTAKE_TRUSTED_PROXY": "The address of the proxy whose X-Forwarded-For counts.",
        "REHAB_INTAKE_OWNER": "Who gets a mail for each comment.",
        "REHAB_INTAKE_MAIL_FROM": "Who the mails are from.",
        "REHAB_INTAKE_MAIL_HOST": "The mail server. Without it no mail is sent.",
        "REHAB_INTAKE_MAIL_PORT": "Its port; without it 587, 465 or 25, as the next row says.",
        "REHAB_INTAKE_MAIL_SECURITY": "`starttls`, `tls` or `none`.",
        "REHAB_INTAKE_MAIL_USER": "The name to log in with, where it asks for one.",
        "REHAB_INTAKE_MAIL_PASSWORD_FILE": "A file that holds nothing but the password.",
        "REHAB_INTAKE_GIT_NAME": "The author of the commits.",
        "REHAB_INTAKE_GIT_EMAIL": "The author's address in the commits.",
    }
)
"""Every variable that is read, and what it says; the docs list them, by test."""


class Mail(Struct, frozen=True):
    """How mails go out; `password_file` is None where the server asks for none."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password_file: Path | None = None


class Limits(Struct, frozen=True):
    """How much is taken. Counts are for one address, or one network of IPv6 (/64)."""

    body: int = 64 * 1024
    """Bytes of a request: the longest comment in UTF-8, percent-encoded, is 40 kB in any script but emoji."""
    comments: int = 8
    """Comments in ten minutes."""
    logins: int = 5
    """Passwords in ten minutes."""
    waiting: int = 5_000
    """Comments that wait in all: at 40 kB each they fill 200 MB of disk and no more."""


class Settings(Struct, frozen=True, kw_only=True):
    """Where a server reads and writes, who it is on the web, and how much it takes.

    `url` and `site` have no slash at their end. `patterns` are the addresses of the pages with a thread below
    `site`, by kind: `posts`, `exercises`, `injuries`.
    """

    content: Path
    database: Path
    url: str = f"http://{HOST}:{PORT}"
    site: str = ""
    patterns: Mapping[str, str] = field(default_factory=dict)
    owner: str = ""
    mail: Mail | None = None
    trusted_proxy: str = ""
    git_name: str = "Comeback intake"
    git_email: str = "intake@localhost"
    limits: Limits = Limits()

    @property
    def secure(self) -> bool:
        """Return whether browsers reach this server through TLS, so that a cookie may insist on it."""
        return self.url.startswith("https:")

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return the names that a request may call this server by."""
        return tuple(sorted({urlsplit(self.url).hostname or "", *_LOCAL} - {""}))

    @property
    def site_origin(self) -> str:
        """Return the origin of the blog, whose forms may post comments; empty where it is not known."""
        return origin_of(self.site) if self.site else ""

    def page_url(self, thread: str) -> str:
        """Return the address of the page of a thread."""
        kind, _, slug = thread.rpartition("/")
        pattern = self.patterns.get(kind or "posts", f"{kind or 'posts'}/{{slug}}/")
        return f"{self.site}/{pattern.replace('{slug}', slug)}"


def origin_of(url: str) -> str:
    """Return the origin of an address as browsers send it: scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def parse_settings(
    variables: Mapping[str, str], content: Path, database: Path, patterns: Mapping[str, str]
) -> Settings | str:
    """Return the settings, or what is wrong with them, as a sentence."""
    said = {name.removeprefix("REHAB_INTAKE_").lower(): variables.get(name, "").strip() for name in VARIABLES}
    mail = _parse_mail(said)
    fault = _url_fault(said) or _owner_fault(said)
    if fault or isinstance(mail, str):
        return fault or str(mail)
    given = {name: said[name] for name in ("owner", "trusted_proxy", "git_name", "git_email") if said[name]}
    given |= {name: said[name].rstrip("/") for name in ("url", "site") if said[name]}
    return Settings(content=content, database=database, patterns=patterns, mail=mail, **given)  # type: ignore[arg-type]


def _url_fault(said: Mapping[str, str]) -> str:
    for name in ("url", "site"):
        parts = urlsplit(said[name])
        if said[name] and not (parts.scheme in {"http", "https"} and parts.hostname):
            return f"REHAB_INTAKE_{name.upper()} is no web address: write it like https://comments.example"
    parts = urlsplit(said["url"])
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        return "REHAB_INTAKE_URL must begin with https: a password would travel in the clear"
    return ""


def _owner_fault(said: Mapping[str, str]) -> str:
    for name in ("owner", "mail_from"):
        if said[name] and not is_address(said[name]):
            return f"REHAB_INTAKE_{name.upper()} is no e-mail address: write it like me@example.org"
    return ""


def is_address(text: str) -> bool:
    """Return whether a text is an e-mail address that a header can hold."""
    return len(text) <= LONGEST_ADDRESS and bool(ADDRESS.fullmatch(text))


def _parse_mail(said: Mapping[str, str]) -> Mail | str | None:
    if not said["mail_host"]:
        return None
    security = said["mail_security"] or "starttls"
    if security not in MAIL_PORTS:
        return f"REHAB_INTAKE_MAIL_SECURITY is '{security}': write starttls, tls or none"
    if not said["mail_from"]:
        return "REHAB_INTAKE_MAIL_FROM is missing: a mail must be from somebody"
    port = said["mail_port"] or str(MAIL_PORTS[security])
    if not port.isdecimal():
        return f"REHAB_INTAKE_MAIL_PORT is '{port}': write a number"
    password = Path(said["mail_password_file"]) if said["mail_password_file"] else None
    return Mail(said["mail_host"], int(port), security, said["mail_from"], said["mail_user"], password)
