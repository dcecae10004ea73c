"""One file → one commit, in whichever git repository it lies; in none, nothing.

Only that file is committed, whatever else is staged or changed. The message is fixed: no word of a reader reaches a
command line or a log. Hooks do not run: a hook that asks, pushes or hangs has no place behind a web request. The
environment's own `GIT_…` and our `REHAB_…` variables do not reach git.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.intake.settings import Settings

MESSAGE: Final = "Publish a reader's comment"
SECONDS: Final = 60
"""For one call of git: a commit of one file takes a tenth of a second."""
_OPTIONS: Final = (
    "--literal-pathspecs",
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "commit.gpgSign=false"),  # a key with a passphrase would ask, and nobody is there
    *("-c", "core.quotePath=false"),
    *("-c", "gc.auto=0"),
)


class GitError(Exception):
    """Why a file is not committed, as a sentence for the owner."""


def commit_file(settings: Settings, file: Path) -> bool:
    """Commit one file, and tell whether there is a repository at all. Doing it again changes nothing.

    Raises GitError where git cannot do it now.
    """
    folder = settings.content
    if not _in_repository(folder):
        return False
    path = file.relative_to(folder).as_posix()
    _git(settings, "add", "--", path)
    if _git(settings, "status", "--porcelain", "--untracked-files=all", "--", path):
        _git(settings, "commit", "--quiet", "--only", "--message", MESSAGE, "--", path)
    return True


def _in_repository(folder: Path) -> bool:
    return any((each / ".git").exists() for each in (folder.resolve(), *folder.resolve().parents))


def _git(settings: Settings, *words: str) -> str:
    program = shutil.which("git")
    if program is None:
        raise GitError("git is not installed on this server: install it")
    command = [program, *_OPTIONS, "-C", str(settings.content), *words]
    try:
        done = subprocess.run(
            command,
            env=_environment(settings),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        raise GitError(f"'git {words[0]}' did not end within {SECONDS} seconds") from None
    if done.returncode:
        raise GitError(_reason(words[0], done.stderr.decode("utf-8", "replace")))
    return done.stdout.decode("utf-8", "replace")


def _reason(word: str, said: str) -> str:
    if "index.lock" in said:
        return "another git is at work in this repository: where none is, remove .git/index.lock"
    first = next((line for line in said.splitlines() if line.strip()), "it gave no reason")
    return f"'git {word}' failed: {first.strip()[:200]}"


def _environment(settings: Settings) -> dict[str, str]:
    """Return the variables that git sees: who commits, and nothing that points it to another repository."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "REHAB_"))}
    who = {"NAME": settings.git_name, "EMAIL": settings.git_email}
    names = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in who.items()}
    return kept | names | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
