"""GitHub Pages, or any branch of a git remote, as a target: one commit for each deployment.

In: a shipment. Out: a commit on the branch, pushed only if the branch is still what was looked at. The objects are
made with git's plumbing in a repository of its own in the cache and a temporary index: neither the author's checkout
nor its index, hooks or history are touched. Files are taken byte for byte.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from msgspec import Struct

from rehab.publish.places import MARK, MARK_TEXT, DeployError, Shipment, State
from rehab.publish.tree import PREVIEWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.publish.targets import Target

SECONDS: Final = 1800
"""For one call of git: the first push of a site of 1 GB takes long."""
NOT_SENT: Final = frozenset((".htaccess", "_redirects", "_headers"))
"""What GitHub Pages would show to readers and use for nothing."""
_PLAIN: Final = (
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "commit.gpgSign=false"),
    *("-c", "core.quotePath=false"),
    *("-c", "protocol.ext.allow=never"),
)
_IDENTITY: Final = {"NAME": "Comeback", "EMAIL": "comeback@localhost"}


class GitPlace(Struct, frozen=True, kw_only=True):
    """A branch of a remote. `store` is the repository in the cache, `home` the folder where `origin` has a meaning."""

    target: Target
    store: Path
    home: Path
    site_url: str

    @property
    def branch(self) -> str:
        """Return the branch that is served."""
        return self.target.word("branch") or "gh-pages"

    def read_state(self) -> State:
        """Return what the branch holds. Raises DeployError."""
        tip = self._fetch()
        if not tip:
            return State()
        lines = self._git("ls-tree", "-r", "-z", "--full-tree", tip).split("\0")
        found = {path: about.split()[2] for about, _, path in (line.partition("\t") for line in lines if line)}
        if found and MARK not in found:
            return State(foreign=min(found))
        return State(manifest=found, current=tip)

    def wanted(self, folder: Path, paths: Mapping[str, str]) -> dict[str, str]:
        """Return what the branch is to hold: paths, each with git's name for its bytes. Raises DeployError."""
        self._prepare()
        sent = [path for path in paths if path not in NOT_SENT and not path.startswith(f"{PREVIEWS}/")]
        if odd := next((path for path in sent if "\n" in path), ""):
            raise DeployError(f"the file {odd!r} has a line break in its name: give it another one")
        names = "".join(f"{folder.absolute() / path}\n" for path in sent)
        made = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", data=names.encode()).split()
        ours = {path: self._blob(text) for path, text in self._own_files().items()}
        return {**dict(zip(sent, made, strict=True)), **ours}

    def _own_files(self) -> dict[str, str]:
        """Return the files that this host wants besides the site's."""
        host = self.target.word("cname") or (urlsplit(self.site_url).hostname or "")
        own = {MARK: MARK_TEXT, ".nojekyll": ""}
        return own if host.endswith(".github.io") or not host else {**own, "CNAME": f"{host}\n"}

    def _blob(self, text: str) -> str:
        return self._git("hash-object", "-w", "--stdin", data=text.encode()).strip()

    def send(self, shipment: Shipment) -> str:
        """Commit and push. Raises DeployError; then the branch is as it was."""
        with tempfile.TemporaryDirectory(prefix="index-", dir=self.store) as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            rows = "".join(f"100644 {name}\t{path}\0" for path, name in sorted(shipment.wanted.items()))
            self._git("update-index", "-z", "--index-info", data=rows.encode(), more=index)
            tree = self._git("write-tree", more=index).strip()
        tip = shipment.state.current
        parent = ("-p", tip) if tip else ()
        message = f"Publish {self.site_url}"
        commit = self._git("commit-tree", tree, *parent, "-m", message, more=_who()).strip()
        ref = f"refs/heads/{self.branch}"
        self._git("push", "--quiet", f"--force-with-lease={ref}:{tip}", "--", self._remote(), f"{commit}:{ref}")
        return commit[:12]

    def _fetch(self) -> str:
        """Bring the tip of the branch here, without its history; return it, or "" where there is none."""
        self._prepare()
        ref = f"refs/heads/{self.branch}"
        listed = self._git("ls-remote", "--", self._remote(), ref).split()
        if not listed:
            return ""
        self._git("fetch", "--quiet", "--no-tags", "--depth=1", "--", self._remote(), ref)
        return listed[0]

    def _prepare(self) -> None:
        if not (self.store / "HEAD").is_file():
            self.store.mkdir(parents=True, exist_ok=True)
            self._git("init", "--quiet", "--bare")

    def _remote(self) -> str:
        """Return the address of the remote; a bare name is one of the author's own checkout."""
        given = self.target.word("remote")
        if any(sign in given for sign in ":/\\"):
            return str(self.home / given) if given.startswith(".") else given
        done = subprocess.run(
            [_program(), "-C", str(self.home), "remote", "get-url", "--", given],
            capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if done.returncode:
            raise DeployError(f"this folder's git has no remote '{given}': write its address")
        return done.stdout.strip()

    def _git(self, *words: str, data: bytes = b"", more: Mapping[str, str] | None = None) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        kept |= {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_ALLOW_PROTOCOL": "https:ssh:git:file"}
        kept |= {"GIT_SSH_COMMAND": os.environ.get("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=15")}
        command = [_program(), *_PLAIN, f"--git-dir={self.store}", *words]
        try:
            done = subprocess.run(
                command, input=data, capture_output=True, env={**kept, **(more or {})}, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise DeployError(f"'git {words[0]}' did not end within {SECONDS} seconds") from None
        if done.returncode:
            raise DeployError(_reason(words[0], done.stderr.decode("utf-8", "replace")))
        return done.stdout.decode("utf-8", "replace")


def _program() -> str:
    program = shutil.which("git")
    if program is None:
        raise DeployError("git is not installed here: install it (Debian: apt install git)")
    return program


def _who() -> dict[str, str]:
    """Return who commits: what git is told elsewhere, else the program itself."""
    asked = subprocess.run(
        [_program(), "config", "--get", "user.email"], capture_output=True, check=False, stdin=subprocess.DEVNULL
    )
    known = asked.returncode == 0
    return (
        {}
        if known
        else {f"GIT_{role}_{part}": word for role in ("AUTHOR", "COMMITTER") for part, word in _IDENTITY.items()}
    )


def _reason(word: str, said: str) -> str:
    if "stale info" in said or "[rejected]" in said or "fetch first" in said:
        return "somebody else has pushed to that branch meanwhile: run this again"
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    first = next((line for line in lines if line.startswith(("fatal:", "error:", "remote:"))), "it gave no reason")
    return f"'git {word}' failed: {first[:200]}"
