#!/usr/bin/env python3
"""Make or repair `.venv`, the folder with everything that `rehab` needs.

In: `requirements.lock`, `pyproject.toml` and the Python that runs this file. Out: `.venv/` with every
package checked against its hash, and a stamp in it that is written last, so that a half-made or outdated
folder is known and made again. `--dev` adds what the tests and linters need.

It runs before anything is installed, so it uses the standard library alone; and it must be readable to
Pythons that are too old to run the rest, so that their users get a sentence and no syntax error
(`tests/test_bootstrap.py` holds it to the syntax of Python 3.6).

Exit codes: 0 ready, 3 this machine lacks something (one sentence says what), 130 stopped by Ctrl-C.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Sequence, TextIO, Tuple

OLDEST = (3, 11)
ENVIRONMENT_LACKS = 3
INTERRUPTED = 130
DEV_MARK = "# ---- what the tests and linters need ----"
PIP_LINES_SHOWN = 6
CHILD_SETTINGS = {
    "PYTHONUTF8": "1",
    "PYTHONIOENCODING": "utf-8",
    "PIP_USER": "0",
    "PIP_NO_INPUT": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    # Only what is imported gets compiled, when it is: an eighth of the installation's time.
    "PIP_NO_COMPILE": "1",
}

ROOT = Path(os.path.abspath(__file__)).parent.parent
WINDOWS = sys.platform == "win32"


class CannotSetUp(Exception):
    """Why `.venv` cannot be made: one plain sentence that says what to do about it.

    `details` are the last lines of the program that failed; they are shown above the sentence.
    """

    def __init__(self, sentence: str, details: str = "") -> None:
        super().__init__(sentence)
        self.details = details


class StepFailed(Exception):
    """One step ended badly; carries the last lines of what it printed."""


class Home:
    """The places of one checkout: its lock, its project file and its `.venv`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock = root / "requirements.lock"
        self.project = root / "pyproject.toml"
        self.venv = root / ".venv"
        self.guard = root / ".venv.lock"
        self.python = self.venv / ("Scripts/python.exe" if WINDOWS else "bin/python")

    def stamp(self, dev: bool) -> Path:
        """Return the file that proves a finished installation."""
        return self.venv / ("comeback-dev.stamp" if dev else "comeback-site.stamp")


def say(sentence: str) -> None:
    """Print one line to the error stream, which leaves the output stream to the command that follows."""
    sys.stderr.write("comeback: %s\n" % sentence)
    sys.stderr.flush()


# Checks of this machine


def check_python(version: Sequence[int]) -> None:
    """Raise CannotSetUp for a Python older than 3.11."""
    if tuple(version[:2]) < OLDEST:
        raise CannotSetUp(
            "this is Python %d.%d, and Python 3.11 or newer is needed: install python3.11 (or newer) and say "
            "which one to use, as in 'make html PYTHON=python3.11'" % tuple(version[:2])
        )


def check_venv_module() -> None:
    """Raise CannotSetUp where the system packages Python without its `venv` module (Debian, Ubuntu)."""
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise CannotSetUp(
                "this Python has no '%s' module: install the package python3-venv "
                "(Debian, Ubuntu: 'apt install python3-venv') and run the same command again" % module
            )


# Stamps


def lock_text(lock: Path, dev: bool) -> str:
    """Return the part of the lock that is wanted: the upper part, or all of it."""
    text = lock.read_text(encoding="utf-8")
    return text if dev else text.partition(DEV_MARK)[0]


def project_tables(project: Path) -> str:
    """Return what an installation depends on in `pyproject.toml`: settings of linters do not matter."""
    import tomllib  # noqa: PLC0415 - not there in the old Pythons that only get a sentence

    tables = tomllib.loads(project.read_text(encoding="utf-8"))
    kept = {key: tables.get(key) for key in ("build-system", "project")}
    return json.dumps([kept, tables.get("tool", {}).get("setuptools")], sort_keys=True)


def fingerprint(home: Home, dev: bool) -> str:
    """Return the hash that a stamp must hold: lock, project, Python, and the place of the checkout.

    The place counts because scripts in `.venv/bin` name it: a folder that was moved must be made again.
    """
    digest = hashlib.sha256()
    parts = (
        lock_text(home.lock, dev).encode("utf-8"),
        project_tables(home.project).encode("utf-8"),
        ("%d.%d" % sys.version_info[:2]).encode("ascii"),
        os.fsencode(str(home.root)),
    )
    for part in parts:
        digest.update(b"%d:" % len(part) + part)
    return digest.hexdigest()


def read_stamp(file: Path) -> Optional[str]:
    """Return what a stamp holds, or None where there is no stamp that can be read."""
    try:
        return file.read_bytes().decode("ascii", "replace").strip()
    except OSError:
        return None


def write_stamp(file: Path, content: str) -> None:
    """Write a stamp in one step: it is there whole or not at all."""
    fresh = file.with_name(file.name + ".new")
    fresh.write_bytes(content.encode("ascii") + b"\n")
    os.replace(str(fresh), str(file))


def stands(home: Home, dev: bool) -> bool:
    """Return whether this part of `.venv` is finished and current."""
    wanted = fingerprint(home, dev)  # also where there is no Python yet: a lock that is missing is said first
    return home.python.exists() and read_stamp(home.stamp(dev)) == wanted


def is_ready(home: Home, dev: bool) -> bool:
    """Return whether there is nothing to do; an outdated test part counts as outdated in each case."""
    outdated = home.stamp(dev=True).exists() and not stands(home, dev=True)
    return stands(home, dev) and not outdated


def can_extend(home: Home) -> bool:
    """Return whether the test part can be added to a finished site part."""
    return stands(home, dev=False) and not home.stamp(dev=True).exists()


# Steps


def base_python() -> str:
    """Return the Python outside of any `.venv`, because ours may be deleted while it runs this file."""
    return getattr(sys, "_base_executable", None) or sys.executable


def child_environment() -> Dict[str, str]:
    """Return the environment of each step: UTF-8 whatever the locale says, and no personal Python paths.

    An empty HOME would make pip write to the root of the disk; without one it asks the system.
    """
    dropped = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    kept = {key: value for key, value in os.environ.items() if key not in dropped}
    if not kept.get("HOME"):
        kept.pop("HOME", None)
    kept.setdefault("PIP_RETRIES", "2")
    kept.update(CHILD_SETTINGS)
    return kept


def run_quietly(command: Sequence[str], root: Path) -> None:
    """Run one command; raise StepFailed with its last lines where it ends badly."""
    done = subprocess.run(
        list(command),
        cwd=str(root),
        env=child_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()]
        raise StepFailed("\n".join(lines[-PIP_LINES_SHOWN:]))


def has_pip(home: Home) -> bool:
    """Return whether `.venv` holds pip: it does not where uv made it."""
    patterns = ("lib/python*/site-packages/pip", "Lib/site-packages/pip")
    return any(True for pattern in patterns for _ in home.venv.glob(pattern))


def remove_venv(home: Home) -> None:
    """Remove what stands at `.venv`; of a link, only the link."""
    if home.venv.is_symlink() or home.venv.is_file():
        home.venv.unlink()
    elif home.venv.exists():
        shutil.rmtree(str(home.venv))


def wanted_list(home: Home, dev: bool) -> Tuple[Path, int]:
    """Write the wanted part of the lock into `.venv`; return that file and how many packages it names."""
    text = lock_text(home.lock, dev)
    file = home.venv / "comeback-packages.txt"
    file.write_bytes(text.encode("utf-8"))
    return file, sum(1 for line in text.splitlines() if line[:1].isalnum())


def make_with_uv(uv: str, home: Home, dev: bool) -> None:
    """Fill `.venv` with uv, several times faster than pip."""
    into = ["--python", str(home.python), "--quiet"]
    if not can_extend(home):
        remove_venv(home)
        say("making .venv with Python %d.%d and uv" % sys.version_info[:2])
        run_quietly([uv, "venv", "--quiet", "--no-project", "-p", base_python(), str(home.venv)], home.root)
    file, count = wanted_list(home, dev)
    say("installing %d packages, each checked by its hash" % count)
    run_quietly([uv, "pip", "install", *into, "--require-hashes", "-r", str(file)], home.root)
    own = ["--no-deps", "--no-build-isolation", "-e", "."]
    run_quietly([uv, "pip", "install", *into, *own], home.root)


def make_with_pip(home: Home, dev: bool) -> None:
    """Fill `.venv` with the pip that comes with Python."""
    check_venv_module()
    if not (can_extend(home) and has_pip(home)):
        remove_venv(home)
        say("making .venv with Python %d.%d" % sys.version_info[:2])
        run_quietly([base_python(), "-m", "venv", str(home.venv)], home.root)
    file, count = wanted_list(home, dev)
    say("installing %d packages, each checked by its hash" % count)
    pip = [str(home.python), "-m", "pip", "install", "--quiet"]
    run_quietly([*pip, "--require-hashes", "-r", str(file)], home.root)
    own = ["--no-index", "--no-deps", "--no-build-isolation", "-e", "."]
    run_quietly([*pip, *own], home.root)


def fill_venv(home: Home, dev: bool) -> None:
    """Use uv where there is one, and pip where there is none or it fails."""
    uv = shutil.which("uv")
    if uv:
        try:
            make_with_uv(uv, home, dev)
        except StepFailed:
            say("uv could not do it, so pip tries")
        else:
            return
    make_with_pip(home, dev)


def make_venv(home: Home, dev: bool) -> None:
    """Make `.venv` and stamp it; raise CannotSetUp with what this machine lacks."""
    try:
        fill_venv(home, dev)
        for part in sorted({False, dev}):
            write_stamp(home.stamp(part), fingerprint(home, part))
    except StepFailed as failed:
        raise CannotSetUp(
            "the packages could not be installed (the lines above say why): connect to the network if they "
            "speak of it, then run the same command again",
            details=str(failed),
        ) from None
    except OSError as wrong:
        raise CannotSetUp(
            "'.venv' could not be written (%s): make room or close what uses it, then run the same command "
            "again" % (wrong.strerror or wrong)
        ) from None


# One at a time


def wait_for(guard: TextIO) -> None:
    """Hold `guard` for this process alone, waiting for another one that holds it."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there on Windows only

        while True:
            try:
                return msvcrt.locking(guard.fileno(), msvcrt.LK_LOCK, 1)
            except OSError:  # ten seconds are over, and the other one is still at work
                say("another set-up is running; waiting")
    import fcntl  # noqa: PLC0415 - not there on Windows

    try:
        fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("another set-up is running; waiting")
        fcntl.flock(guard, fcntl.LOCK_EX)


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Let one process at a time work on `.venv`; the system frees the lock whatever ends the process."""
    try:
        guard = open(str(home.guard), "w", encoding="utf-8")  # noqa: SIM115 - closed below
    except OSError as wrong:
        raise CannotSetUp(
            "this folder cannot be written (%s): copy it to a place that is yours" % wrong.strerror
        ) from None
    with guard:
        wait_for(guard)
        yield


def set_up(home: Home, dev: bool) -> None:
    """Make `.venv` stand, doing nothing where it does."""
    if is_ready(home, dev):
        return
    with alone(home):
        if not is_ready(home, dev):
            make_venv(home, dev)
            say("ready")


def main(arguments: List[str], version: Sequence[int] = sys.version_info[:2]) -> int:
    """Set up for the site, or with `--dev` for its tests too; return the exit code."""
    try:
        check_python(version)
        # An author's folder may have letters that this terminal cannot show.
        sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        set_up(Home(ROOT), dev="--dev" in arguments)
    except CannotSetUp as reason:
        if reason.details:
            sys.stderr.write(reason.details + "\n")
        say(str(reason))
        return ENVIRONMENT_LACKS
    except OSError as wrong:
        say("'%s' could not be read (%s): fetch the project again" % (wrong.filename, wrong.strerror))
        return ENVIRONMENT_LACKS
    except KeyboardInterrupt:
        say("stopped; the next run starts again from here")
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
