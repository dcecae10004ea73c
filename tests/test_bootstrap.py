"""`plugins/bootstrap.py`: its sentences, and that no half-made `.venv` is taken for a whole one."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from bootstrap import CannotSetUp, Home, fingerprint, is_ready, main, write_stamp

ROOT = Path(__file__).parent.parent

# One package that no index has: pip fails on it without a network, as it fails on every one of ours.
UNREACHABLE_LOCK = f"nobody-has-this==1.0 --hash=sha256:{'0' * 64}\n{bootstrap.DEV_MARK}\nother==1 --hash=sha256:1\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with a space and an ñ, with a lock that names one package no index has."""
    root = tmp_path / "my blog ñ"
    (root / "plugins").mkdir(parents=True)
    shutil.copy(ROOT / "plugins/bootstrap.py", root / "plugins")
    shutil.copy(ROOT / "pyproject.toml", root)
    (root / "requirements.lock").write_text(UNREACHABLE_LOCK, encoding="utf-8")
    return root


@pytest.fixture
def finished(checkout: Path) -> Home:
    """The same checkout with a finished `.venv`."""
    home = Home(checkout)
    home.python.parent.mkdir(parents=True)
    home.python.touch()
    write_stamp(home.stamp(dev=False), fingerprint(home, dev=False))
    return home


def run(checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the file as `make` does, without a network, without uv and with nothing of this machine's pip."""
    return subprocess.run(
        [sys.executable, "plugins/bootstrap.py"],
        cwd=checkout,
        env={"PATH": os.defpath, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, **environment},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_pythons_from_3_6_on_can_read_the_file() -> None:
    ast.parse((ROOT / "plugins/bootstrap.py").read_bytes(), feature_version=(3, 6))


def test_the_file_imports_only_what_python_3_6_has() -> None:
    tree = ast.parse((ROOT / "plugins/bootstrap.py").read_bytes())
    top = [statement for statement in tree.body if isinstance(statement, ast.Import | ast.ImportFrom)]
    names = {alias.name for line in top if isinstance(line, ast.Import) for alias in line.names}
    names |= {line.module or "" for line in top if isinstance(line, ast.ImportFrom)}
    assert names == {
        *("contextlib", "hashlib", "importlib.util", "json", "os", "pathlib"),
        *("shutil", "subprocess", "sys", "typing"),
    }


def test_no_annotation_is_evaluated_that_an_old_python_cannot_evaluate() -> None:
    text = (ROOT / "plugins/bootstrap.py").read_text(encoding="utf-8")
    assert "list[" not in text
    assert "dict[" not in text
    assert " | None" not in text
    assert "__future__" not in text


@pytest.mark.parametrize("version", [(3, 6), (3, 9), (3, 10)])
def test_an_old_python_gets_one_sentence_and_exit_3(
    version: tuple[int, int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([], version=version) == 3
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"Python {version[0]}.{version[1]}," in said
    assert "install python3.11" in said


def test_python_3_11_is_new_enough() -> None:
    bootstrap.check_python((3, 11, 0))
    bootstrap.check_python((4, 0, 0))


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_venv_module_names_the_package_to_install(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(CannotSetUp, match="install the package python3-venv"):
        bootstrap.check_venv_module()


def test_a_finished_venv_is_left_alone(finished: Home) -> None:
    assert is_ready(finished, dev=False)
    assert not is_ready(finished, dev=True)
    assert run(finished.root).stderr == ""


def test_the_test_part_is_added_to_a_finished_site_part(finished: Home) -> None:
    assert bootstrap.can_extend(finished)
    write_stamp(finished.stamp(dev=True), fingerprint(finished, dev=True))
    assert is_ready(finished, dev=True)


def test_a_venv_without_its_stamp_is_half_made(finished: Home) -> None:
    finished.stamp(dev=False).unlink()
    assert not is_ready(finished, dev=False)
    assert not bootstrap.can_extend(finished)


def test_a_venv_whose_python_is_gone_is_half_made(finished: Home) -> None:
    finished.python.unlink()
    assert not is_ready(finished, dev=False)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"something else\n"])
def test_a_stamp_that_does_not_match_means_again(finished: Home, content: bytes) -> None:
    finished.stamp(dev=False).write_bytes(content)
    assert not is_ready(finished, dev=False)


def test_a_changed_lock_means_again(finished: Home) -> None:
    finished.lock.write_text("click==9.9\n" + UNREACHABLE_LOCK, encoding="utf-8")
    assert not is_ready(finished, dev=False)


def test_the_tests_part_of_the_lock_does_not_concern_an_author(finished: Home) -> None:
    finished.lock.write_text(UNREACHABLE_LOCK + "more==1 --hash=sha256:2\n", encoding="utf-8")
    assert is_ready(finished, dev=False)


def test_an_outdated_test_part_means_again_for_the_site_too(finished: Home) -> None:
    write_stamp(finished.stamp(dev=True), "made from another lock")
    assert not is_ready(finished, dev=False)
    assert not bootstrap.can_extend(finished)


def test_a_changed_dependency_means_again_and_a_changed_linter_setting_does_not(finished: Home) -> None:
    project = finished.project.read_text(encoding="utf-8")
    finished.project.write_text(project + "\n[tool.other]\nx = 1\n", encoding="utf-8")
    assert is_ready(finished, dev=False)
    finished.project.write_text(project.replace("click>=8.1", "click>=8.2"), encoding="utf-8")
    assert not is_ready(finished, dev=False)


def test_a_moved_checkout_means_again(finished: Home, tmp_path: Path) -> None:
    moved = finished.root.rename(tmp_path / "elsewhere")
    assert not is_ready(Home(moved), dev=False)


def test_a_stamp_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    stamp = tmp_path / "x.stamp"
    write_stamp(stamp, "abc")
    assert stamp.read_bytes() == b"abc\n"
    assert list(tmp_path.iterdir()) == [stamp]


def test_of_a_link_only_the_link_is_removed(checkout: Path, tmp_path: Path) -> None:
    kept = tmp_path / "somebody else's"
    kept.mkdir()
    (kept / "work.txt").touch()
    home = Home(checkout)
    home.venv.symlink_to(kept, target_is_directory=True)
    bootstrap.remove_venv(home)
    assert not home.venv.is_symlink()
    assert (kept / "work.txt").exists()


def test_an_author_installs_the_upper_part_of_the_lock_only(finished: Home) -> None:
    file, count = bootstrap.wanted_list(finished, dev=False)
    assert count == 1
    assert "other==1" not in file.read_text(encoding="utf-8")
    file, count = bootstrap.wanted_list(finished, dev=True)
    assert count == 2


def test_children_never_see_an_empty_home_or_personal_python_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    environment = bootstrap.child_environment()
    assert not {"HOME", "PYTHONPATH", "PYTHONHOME"} & environment.keys()
    assert environment["PYTHONUTF8"] == "1"


@pytest.mark.skipif(shutil.which("uv", path=os.defpath) is not None, reason="uv stands in a system folder")
def test_without_a_network_the_end_of_what_pip_said_stands_above_one_sentence(checkout: Path) -> None:
    done = run(checkout, LANG="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    *pip, sentence = done.stderr.splitlines()
    assert any("nobody-has-this" in line for line in pip)
    assert sentence.startswith("comeback: the packages could not be installed")
    assert not Home(checkout).stamp(dev=False).exists()


def test_a_missing_lock_is_one_sentence(checkout: Path) -> None:
    (checkout / "requirements.lock").unlink()
    done = run(checkout)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "requirements.lock' could not be read" in done.stderr
