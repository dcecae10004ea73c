"""Our generator beside others, on one logical site: what a build costs cold, with nothing changed, and after one edit.

    .venv/bin/python tests/bench/peers.py [--n 100,1000] [--only ours,hugo] [--bench DIR] [--tools DIR] [--work DIR]

The harness (`bench.py`, `corpus.py`, the sites and the versions of the others) lies beside the checkout, or where
`--bench` or the variable `REHAB_BENCH` says; the others are installed with its `setup_tools.sh` into the folder of
`--tools`, or `REHAB_BENCH_TOOLS`. Without the harness nothing is measured, and a sentence says so; who is not installed
is left out of the table.

Figures are CPU seconds of whole processes with their children, the best of `--repeat` runs, the wall clock, and the
most memory of the largest process; each beside Hugo's in the same run. Our row has everything on: all checks,
structured data, feeds, comments, the links between things. Before it is measured, the pictures and cards of our site
are made once and stay in the cache, because nobody else in the table makes any; everything else that we remember is
removed before each cold build, and what the output folder held. Every output is compared with what the site should
hold.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.logical import ROOT, edit_post, missing, write_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

OURS = "ours"
SCENARIOS = ("cold", "warm", "edit")
MEMORY = {100: 120, 1_000: 180, 10_000: 500}
"""Megabytes that we allow ourselves, by the number of posts."""


def say(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def load(file: Path) -> ModuleType:
    """Return a program of the harness as a module."""
    spec = importlib.util.spec_from_file_location(f"shared_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ImportError(str(file))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Bench:
    """The harness with our site among the others'."""

    def __init__(self, harness: Path, tools: Path, work: Path, repeat: int) -> None:
        """Load the programs of the harness."""
        self.bench, self.corpus = load(harness / "bench.py"), load(harness / "corpus.py")
        self.work, self.repeat = work, repeat
        self.peers: dict[str, Any] = {**self.bench.peers(str(tools)), OURS: (OURS, "output", [], _command(), None)}
        self.tools = tools
        self._check, self._edit, self._wipe = self.bench.check, self.bench.edit, self.bench.wipe
        vars(self.bench).update(check=self.check, edit=self.edit, wipe=self.wipe)

    def is_there(self, name: str) -> bool:
        """Return whether a generator is installed."""
        command = self.peers[name][3]
        return all(Path(word).exists() for word in command[:2] if word.startswith("/"))

    def measure(self, name: str, posts: int) -> dict[str, Any]:
        """Write the site of one generator and return what it took in each scenario."""
        site = self.peers[name][0]
        folder = self.work / str(posts)
        model = self.corpus.build_model(posts)
        if site == OURS:
            write_project(folder / OURS, model)
            self.bench.run(_command(), str(folder / OURS), 3600)
        else:
            self.corpus.write_site(site, str(folder), model)
        if site == "eleventy":
            (folder / site / "node_modules").symlink_to((self.tools / "npm/node_modules").resolve())
        found: dict[str, Any] = self.bench.measure(
            name, self.peers[name], posts, str(self.work), self.repeat, 3600, list(SCENARIOS)
        )
        return found

    def check(self, cwd: str, out: str) -> tuple[int, list[str]]:
        """Return how many files a site has, and what is missing in it."""
        if Path(cwd).name == OURS:
            return missing(Path(cwd), Path(cwd) / out)
        found: tuple[int, list[str]] = self._check(cwd, out)
        return found

    def edit(self, cwd: str, site: str, turn: int) -> tuple[str, str, str]:
        """Change the text of one post."""
        if site == OURS:
            word = f"edited{turn}x{time.time_ns()}"
            return "", word, edit_post(Path(cwd), word)
        found: tuple[str, str, str] = self._edit(cwd, site, turn)
        return found

    def wipe(self, cwd: str, name: str) -> None:
        """Remove what a cold build must not find."""
        if Path(cwd).name == OURS and name == "output":
            _forget(Path(cwd) / ".cache")
        self._wipe(cwd, name)


def _command() -> list[str]:
    return [sys.executable, "-m", "rehab.cli", "html"]


def _forget(cache: Path) -> None:
    """Remove all that builds remember but the pictures, which lie in a folder of their own."""
    for file in cache.glob("*"):
        if file.is_file():
            file.unlink()


def rows(results: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of a table of one size, the cheapest cold build first."""
    base = results.get("hugo", {})
    yield f"{'':14} {'cold':>7} {'no change':>9} {'one edit':>8}   {'× Hugo':>19}   {'wall s, cold':>12} {'MB':>6}"
    for name, result in sorted(results.items(), key=lambda each: _cpu(each[1], "cold")):
        cpu = [_cpu(result, scenario) for scenario in SCENARIOS]
        ratios = " ".join(f"{_ratio(each, _cpu(base, at)):>6}" for each, at in zip(cpu, SCENARIOS, strict=True))
        cold = result.get("cold", {})
        wrong = "; ".join(word for scenario in result.values() for word in scenario.get("bad", []))
        figures = f"{cpu[0]:7.2f} {cpu[1]:9.2f} {cpu[2]:8.2f}   {ratios}   {cold.get('wall', math.nan):12.2f}"
        yield f"{name:14} {figures} {max(_memory(result)):6.0f}{'   ' + wrong if wrong else ''}"


def _cpu(result: dict[str, Any], scenario: str) -> float:
    return float(result.get(scenario, {}).get("cpu", math.nan))


def _memory(result: dict[str, Any]) -> list[float]:
    return [float(each.get("rss_mb", math.nan)) for each in result.values()]


def _ratio(cpu: float, base: float) -> str:
    return f"{cpu / base:.2f}" if base and not math.isnan(cpu / base) else "-"


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print a table for each size."""
    given = _arguments().parse_args(words)
    harness = Path(given.bench)
    if not (harness / "bench.py").is_file():
        say(f"Nothing is measured: the harness is not in {harness}. Name its folder with --bench or REHAB_BENCH.")
        return 0
    bench = Bench(harness, Path(given.tools).resolve(), Path(given.work).resolve(), given.repeat)
    os.environ["PYTHONPATH"] = str(ROOT / "plugins")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's Python compiles all anew in each run
    names = [name for name in given.only.split(",") if name in bench.peers]
    absent = [name for name in names if not bench.is_there(name)]
    if absent:
        say(f"Not installed, and left out: {', '.join(absent)}.")
    for posts in (int(each) for each in given.n.split(",")):
        results = {name: bench.measure(name, posts) for name in names if name not in absent}
        say(f"\n{posts} posts, CPU seconds (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors)")
        for line in rows(results):
            say(line)
        if posts in MEMORY:
            say(f"at most {MEMORY[posts]} MB is what we allow ourselves")
        bench.work.joinpath(f"{posts}.json").write_text(json.dumps(results), "utf-8")
    return 0


def _arguments() -> argparse.ArgumentParser:
    beside = ROOT.parent / "shared" / "bench"
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--n", default="100,1000")
    words.add_argument("--only", default="ours,hugo,zola,eleventy,pelican,pelican-cache")
    words.add_argument("--repeat", type=int, default=3)
    words.add_argument("--bench", default=os.environ.get("REHAB_BENCH", str(beside)))
    words.add_argument("--tools", default=os.environ.get("REHAB_BENCH_TOOLS", "bench-tools"))
    words.add_argument("--work", default="bench-work")
    return words


if __name__ == "__main__":
    sys.exit(main())
