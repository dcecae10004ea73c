"""`rehab html --timings` says where the time of a build went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.adapter.run import build
from rehab.adapter.timings import Timings
from rehab.cli.timings import render_timings

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

from conftest import ROOT, write_settings


def test_a_timed_build_has_stages_that_add_up_and_every_page(
    tmp_path: Path,
    release_signals: None,  # noqa: ARG001 - must stay for the whole test
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    timings = Timings()
    file = write_settings(tmp_path, ROOT / "content", ROOT / ".cache" / "tests")
    result = build(file, output=tmp_path / "output", timings=timings)
    assert sum(timings.stages.values()) == timings.last
    assert len(timings.stages) == 6
    assert len(timings.pages) == result.pages
    assert sum(count for _, count, _ in timings.kinds()) == result.pages


def test_the_slowest_come_first_and_shares_are_of_the_whole() -> None:
    pages = [(0.5, "post", "a.html"), (1.5, "post", "b.html"), (1.0, "tag", "c.html")]
    timings = Timings({"start": 1.0, "pages": 3.0}, pages)
    lines = list(render_timings(timings))
    assert lines[0] == "CPU seconds: 4.00"
    assert lines[1].split() == ["1.00", "25%", "start"]
    assert lines[4].split() == ["2.00", "50%", "post:", "2", "pages,", "1000.0", "ms", "each"]
    assert [line.split()[-1] for line in lines[-3:]] == ["b.html", "c.html", "a.html"]
