"""A server reached by ssh as the target: a real sshd on this machine, with a key and a user of its own."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deploying import FIRST, bring, publish, target_of, texts_of
from rehab.publish.deploy import rollback
from rehab.publish.places import DeployError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.publish.targets import Target

SECOND = {**FIRST, "index.html": "<h1>Two</h1>", "posts/it's $(x) `y`/index.html": "<h1>Odd</h1>"}
CONFIG = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile {folder}/pid
AuthorizedKeysFile {folder}/user.pub
StrictModes no
UsePAM no
PasswordAuthentication no
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    """Start sshd for this module, and give the words of a target that lead to it."""
    sshd = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin")
    if sshd is None or shutil.which("ssh") is None:
        pytest.skip("sshd is not installed here (Debian: openssh-server)")
    folder = tmp_path_factory.mktemp("sshd")
    for name in ("host", "user"):
        keygen = str(shutil.which("ssh-keygen"))
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    port = free_port()
    (folder / "config").write_text(CONFIG.format(port=port, folder=folder))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    with subprocess.Popen([sshd, "-D", "-e", "-f", str(folder / "config")], stderr=subprocess.PIPE) as running:
        try:
            assert running.stderr
            if b"listening" not in running.stderr.readline():
                pytest.skip("sshd does not start here")
            options = ["-i", str(folder / "user"), "-F", "/dev/null", "-o", f"UserKnownHostsFile={folder}/known"]
            options += ["-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR"]
            yield {"host": f"{getpass.getuser()}@127.0.0.1", "port": port, "options": options}
        finally:
            running.terminate()


@pytest.fixture
def live(server: dict[str, object], tmp_path: Path) -> Target:
    """Return a target in a folder whose name a shell would stumble over."""
    return target_of(kind="ssh", path=str(tmp_path / "it's a $HOME/www"), **server)


def served(tmp_path: Path) -> dict[str, str]:
    return texts_of(tmp_path / "it's a $HOME/www/current")


def test_every_file_arrives_and_a_second_deployment_sends_none(tmp_path: Path, live: Target) -> None:
    assert len(bring(live, publish(tmp_path, FIRST)).plan.sends) == len(FIRST)
    assert served(tmp_path) == FIRST
    assert bring(live, publish(tmp_path, FIRST)).plan.is_empty


def test_only_what_changed_is_sent_and_what_is_gone_is_gone(tmp_path: Path, live: Target) -> None:
    bring(live, publish(tmp_path, FIRST))
    assert len(bring(live, publish(tmp_path, SECOND)).plan.sends) == 2
    assert served(tmp_path) == SECOND
    bring(live, publish(tmp_path, FIRST))
    assert served(tmp_path) == FIRST
    assert not (tmp_path / "it's a $HOME/www/current/posts/it's $(x) `y`").exists()


def test_a_rollback_serves_what_was_there_before(tmp_path: Path, live: Target) -> None:
    bring(live, publish(tmp_path, FIRST))
    source = publish(tmp_path, SECOND)
    bring(live, source)
    rollback(live, source)
    assert served(tmp_path) == FIRST


def test_as_many_releases_are_kept_over_there_as_is_said(tmp_path: Path, server: dict[str, object]) -> None:
    live = target_of(kind="ssh", path=str(tmp_path / "it's a $HOME/www"), keep=2, **server)
    for number in range(4):
        bring(live, publish(tmp_path, {"index.html": str(number)}))
    names = sorted(each.name for each in (tmp_path / "it's a $HOME/www/releases").iterdir())
    assert [name[:6] for name in names] == ["000003", "000003", "000004", "000004"]


def test_a_dry_run_leaves_the_server_alone(tmp_path: Path, live: Target) -> None:
    assert len(bring(live, publish(tmp_path, FIRST), dry=True).plan.sends) == len(FIRST)
    assert not (tmp_path / "it's a $HOME").exists()


def test_somebody_elses_folder_is_refused(tmp_path: Path, live: Target) -> None:
    folder = tmp_path / "it's a $HOME/www"
    folder.mkdir(parents=True)
    (folder / "index.php").write_text("not ours")
    with pytest.raises(DeployError, match=r"holds 'index.php'"):
        bring(live, publish(tmp_path, FIRST))
    assert texts_of(folder) == {"index.php": "not ours"}


def test_a_file_that_is_damaged_on_its_way_is_never_served(tmp_path: Path, live: Target) -> None:
    bring(live, publish(tmp_path, FIRST))
    source = publish(tmp_path, SECOND)
    planned = bring(live, source, dry=True)
    from rehab.publish.places import Shipment  # noqa: PLC0415 - only here
    from rehab.publish.to_ssh import SshPlace  # noqa: PLC0415 - as above

    place = SshPlace(live)
    wrong = {**planned.manifest, "index.html": "0" * 64}
    shipment = Shipment(
        folder=source.output, wanted=wrong, plan=planned.plan, state=place.read_state(), site_url="https://x.test.org"
    )
    with pytest.raises(DeployError, match="could not do it"):
        place.send(shipment)
    assert served(tmp_path) == FIRST


def test_a_server_that_cannot_be_reached_is_one_sentence(tmp_path: Path, server: dict[str, object]) -> None:
    lost = target_of(kind="ssh", path="/srv/www/x", **{**server, "port": free_port()})
    with pytest.raises(DeployError, match=r"cannot be reached: .*[Rr]efused") as wrong:
        bring(lost, publish(tmp_path, FIRST))
    assert "\n" not in str(wrong.value)
