"""The targets of a site, as `publishconf.py` names them → what a deployment works with.

In: the data of `REHAB_TARGETS`. Out: `Target`s, or a sentence on what is wrong. No secret is taken from there: keys
and passwords are the business of ssh, git and the hosts' own tools, and a file in a repository is read by many.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHARED: Final = {"kind": str, "url": str, "verify": int}
KINDS: Final[Mapping[str, Mapping[str, type]]] = MappingProxyType(
    {
        "dir": {"path": str, "keep": int},
        "ssh": {"host": str, "path": str, "port": int, "keep": int, "options": list},
        "github-pages": {"remote": str, "branch": str, "cname": str},
        "s3": {"bucket": str, "prefix": str, "region": str, "endpoint": str, "profile": str, "distribution": str},
        "netlify": {"site": str},
        "cloudflare": {"project": str, "branch": str},
    }
)
"""What each kind may say, besides its kind, `url` (where it answers) and `verify` (how many pages to look at)."""
REQUIRED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "dir": ("path",),
        "ssh": ("host", "path"),
        "github-pages": ("remote",),
        "s3": ("bucket",),
        "netlify": ("site",),
        "cloudflare": ("project",),
    }
)
NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_SECRET: Final = re.compile(r"pass|token|secret|credential|private|access.?key|api.?key|^auth", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:[\w.+-]+@)?[\w][\w.:-]*|\[[0-9a-fA-F:]+\]")
_KEEP, _VERIFY = 5, 5


class Target(Struct, frozen=True, kw_only=True):
    """Somewhere to deploy to. `words` are what only its kind knows; `keep` is how many releases stay there."""

    name: str
    kind: str
    url: str = ""
    verify: int = _VERIFY
    keep: int = _KEEP
    port: int = 0
    words: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()

    def word(self, name: str) -> str:
        """Return what the target says under a name, or ""."""
        return self.words.get(name, "")


def parse_target(name: str, targets: Mapping[str, object]) -> Target | str:
    """Return a target by its name, or what is wrong, as a sentence."""
    if not targets:
        return "publishconf.py names no REHAB_TARGETS: see docs/how-to/deploy.md"
    if name not in targets:
        return f"there is no target '{name}': write one of {', '.join(sorted(targets))}"
    data = targets[name]
    if not NAME.fullmatch(name):
        return f"'{name}' is no name for a target: take small letters, digits and hyphens"
    if not isinstance(data, dict):
        return f"target '{name}' is no list of words: write {{\"kind\": ...}}"
    return _fault(name, data) or _target(name, data)


def _fault(name: str, data: Mapping[str, object]) -> str:
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        return f"target '{name}' has no kind that is known: write one of {', '.join(KINDS)}"
    for key, value in data.items():
        if _SECRET.search(str(key)) or _holds_secret(value):
            return (
                f"target '{name}' holds a secret under '{key}': take it out of the file, and see docs/how-to/deploy.md"
            )
    known: dict[str, type] = {**_SHARED, **KINDS[kind]}
    for key, value in data.items():
        if key not in known:
            return f"target '{name}' says '{key}', which a target of kind '{kind}' has no use for: take it out"
        if not isinstance(value, known[key]) or isinstance(value, bool):
            return f"target '{name}': '{key}' must be {_SHAPES[known[key]]}"
    missing = [key for key in REQUIRED[kind] if not data.get(key)]
    if missing:
        return f"target '{name}' does not say its '{missing[0]}': add it"
    return _unsafe(name, data)


_SHAPES: Final = {str: "words in quotes", int: "a whole number", list: "a list of words"}


def _holds_secret(value: object) -> bool:
    """Tell whether a value is an address with a password in it."""
    try:
        return isinstance(value, str) and "://" in value and bool(urlsplit(value).password)
    except ValueError:
        return False


def _unsafe(name: str, data: Mapping[str, object]) -> str:
    """Return why a target's words must not reach a command line, or ""."""
    words = [value for value in data.values() if isinstance(value, str)]
    if any(word.startswith("-") or not word.isprintable() for word in words):
        return f"target '{name}' has a word that begins with a hyphen or cannot be printed: correct it"
    if data["kind"] == "ssh" and not _HOST.fullmatch(str(data["host"])):
        return f"target '{name}': '{data['host']}' is no host: write you@example.org, or a name of your ~/.ssh/config"
    if data["kind"] == "ssh" and not str(data["path"]).startswith("/"):
        return f"target '{name}': the path on the server begins with a slash"
    if data["kind"] == "ssh" and len(str(data["path"]).strip("/").split("/")) < 2:  # noqa: PLR2004 - /srv is everybody's
        return f"target '{name}': '{data['path']}' is no folder of your own: name one below it"
    return ""


def _target(name: str, data: Mapping[str, object]) -> Target:
    numbers = {key: value for key, value in data.items() if isinstance(value, int)}
    words = {key: value for key, value in data.items() if isinstance(value, str) and key not in _SHARED}
    options = data.get("options", ())
    return Target(
        name=name,
        kind=str(data["kind"]),
        url=str(data.get("url", "")).rstrip("/"),
        verify=max(0, numbers.get("verify", _VERIFY)),
        keep=max(2, numbers.get("keep", _KEEP)),
        port=numbers.get("port", 0),
        words=words,
        options=tuple(map(str, options)) if isinstance(options, list) else (),
    )
