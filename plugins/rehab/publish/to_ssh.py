"""A server that is reached by ssh: releases beside each other, and a link `current` to the one that is served.

In: a shipment. Out: only changed files cross the wire, as one tar stream; unchanged ones are linked from the last
release over there. The link moves at one moment, when every file's SHA-256 has been looked at. The server needs a
POSIX shell, GNU or BusyBox `cp`, `mv` and `tar`, and a user who may write to the folder. ssh asks nothing: keys come
from its agent or its own configuration.
"""

from __future__ import annotations

import hashlib
import io
import secrets
import shlex
import shutil
import subprocess
import tarfile
from typing import IO, TYPE_CHECKING, Final

from msgspec import Struct

from rehab.publish.manifest import parse_manifest, render_manifest
from rehab.publish.places import MARK, MARK_TEXT, DeployError, Shipment, State
from rehab.publish.plan import outdated, release_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehab.publish.targets import Target

CONNECT, QUIET = 15, 600
"""Seconds to wait for a connection, and for one errand on the server."""
_BLOCK: Final = 1 << 20

_STATE: Final = """
cd {path} 2>/dev/null || {{ echo missing; exit 0; }}
if [ ! -f {mark} ]; then first=$(ls -A | head -n 1); echo "foreign $first"; exit 0; fi
current=$(readlink current); current=${{current##*/}}
echo "ours $current"
ls -A releases 2>/dev/null | tr '\\n' ' '; echo
[ -n "$current" ] && cat "releases/$current.json"
exit 0
"""
_PREPARE: Final = """
set -e
mkdir -p {path}/releases; cd {path}
printf %s {text} > {mark}
find releases -mindepth 1 -maxdepth 1 -name '.*.part' -mmin +1440 -exec rm -rf {{}} +
if [ -n {base} ]; then cp -al releases/{base} releases/{part}; else mkdir releases/{part}; fi
cd releases/{part}; xargs -0 rm -f --
"""
_UNPACK: Final = "cd {path}/releases/{part} && tar -xf -"
_CHECK: Final = "cd {path}/releases/{part} && sha256sum -c - >/dev/null"
_FINISH: Final = """
set -e
cd {path}/releases
find {part} -mindepth 1 -type d -empty -delete
cat > {name}.json
mv -T {part} {name}
"""
_SWITCH: Final = """
set -e
cd {path}; [ -d releases/{name} ]
ln -s releases/{name} .current.{nonce}
mv -T .current.{nonce} current
"""
_PRUNE: Final = "cd {path}/releases && rm -rf -- {old}"


class SshPlace(Struct, frozen=True):
    """A folder on a server; its web root is `current` in it."""

    target: Target

    def read_state(self) -> State:
        """Return what is there. Raises DeployError."""
        first, _, rest = self._run(_STATE, mark=MARK).partition("\n")
        word, _, about = first.partition(" ")
        if word != "ours":
            return State(foreign=about.strip()) if word == "foreign" else State()
        names, _, text = rest.partition("\n")
        parsed = parse_manifest(text)
        current = about.strip() if parsed else ""
        return State(manifest=parsed[1] if parsed else {}, current=current, releases=tuple(names.split()))

    def send(self, shipment: Shipment) -> str:
        """Make a release of a shipment and serve it. Raises DeployError; then the old one is served as before."""
        part = f".{secrets.token_hex(6)}.part"
        plan, base = shipment.plan, shipment.state.current
        gone = b"".join(path.encode() + b"\0" for path in (*plan.sends, *plan.deletes))
        self._run(_PREPARE, gone, text=MARK_TEXT, mark=MARK, base=base, part=part)
        self._pour(_UNPACK.format(path=self._path, part=shlex.quote(part)), lambda pipe: _pack(shipment, pipe))
        sums = "".join(f"{shipment.wanted[path]}  ./{path}\n" for path in plan.sends if "\\" not in path)
        if sums:
            self._run(_CHECK, sums.encode(), part=part)
        text = render_manifest(shipment.wanted, shipment.site_url)
        name = release_name(shipment.state.releases, hashlib.sha256(text.encode()).hexdigest())
        self._run(_FINISH, text.encode(), part=part, name=name)
        self.switch(name)
        self._prune([*shipment.state.releases, name], name)
        return name

    def switch(self, release: str) -> None:
        """Serve a release that is there. Raises DeployError."""
        self._run(_SWITCH, name=release, nonce=secrets.token_hex(4))

    def _prune(self, releases: list[str], current: str) -> None:
        old = outdated(releases, current, self.target.keep)
        if old:
            words = " ".join(shlex.quote(word) for name in old for word in (name, f"{name}.json"))
            self._call(_PRUNE.format(path=self._path, old=words), b"")

    @property
    def _path(self) -> str:
        return shlex.quote(self.target.word("path"))

    def _run(self, script: str, data: bytes = b"", **words: str) -> str:
        quoted = {name: shlex.quote(word) for name, word in words.items()}
        return self._call(script.format(path=self._path, **quoted), data)

    def _command(self, script: str) -> list[str]:
        program = shutil.which("ssh")
        if program is None:
            raise DeployError("ssh is not installed here: install it (Debian: apt install openssh-client)")
        port = ("-p", str(self.target.port)) if self.target.port else ()
        quiet = ("-o", "BatchMode=yes", "-o", f"ConnectTimeout={CONNECT}", "-o", "ServerAliveInterval=15")
        return [
            program,
            *self.target.options,
            *quiet,
            *port,
            "--",
            self.target.word("host"),
            f"sh -c {shlex.quote(script)}",
        ]

    def _call(self, script: str, data: bytes) -> str:
        """Run a script over there with some input, and return what it prints. Raises DeployError."""
        try:
            done = subprocess.run(self._command(script), input=data, capture_output=True, timeout=QUIET, check=False)
        except subprocess.TimeoutExpired:
            raise DeployError(f"'{self.target.word('host')}' did not answer within {QUIET} seconds") from None
        if done.returncode:
            raise DeployError(self._reason(done.returncode, done.stderr))
        return done.stdout.decode("utf-8", "replace")

    def _pour(self, script: str, fill: Callable[[IO[bytes]], None]) -> None:
        """Run a script over there whose input is made while it runs. Raises DeployError."""
        with subprocess.Popen(
            self._command(script), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as running:
            try:
                if running.stdin:
                    fill(running.stdin)
                    running.stdin.close()
            except OSError:
                running.kill()
            said = running.stderr.read() if running.stderr else b""
        if running.returncode:
            raise DeployError(self._reason(running.returncode, said))

    def _reason(self, code: int, said: bytes) -> str:
        lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
        last = lines[-1] if lines else f"it ended with {code}"
        where = self.target.word("host")
        if code == 255:  # noqa: PLR2004 - ssh(1): an error of ssh itself
            return f"'{where}' cannot be reached: {last}"
        return f"'{where}' could not do it: {last}"


def _pack(shipment: Shipment, pipe: IO[bytes]) -> None:
    """Write the files of a shipment as a tar stream: in order, with the same rights for all, and nobody's name."""
    with tarfile.open(fileobj=pipe, mode="w|", format=tarfile.PAX_FORMAT, bufsize=_BLOCK) as archive:
        for path in shipment.plan.sends:
            data = (shipment.folder / path).read_bytes()
            entry = tarfile.TarInfo(f"./{path}")
            entry.size, entry.mode = len(data), 0o644
            entry.mtime = int((shipment.folder / path).stat().st_mtime)
            archive.addfile(entry, io.BytesIO(data))
