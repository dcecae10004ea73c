"""Preview links: one draft at an address nobody can guess, which ends by itself."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT
from rehab.publish.preview import Link, Preview, list_previews, mark_of, prune_previews, render_preview

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """\
from pathlib import Path
exec(compile(Path({conf!r}).read_text("utf-8"), {conf!r}, "exec"))
PATH, OUTPUT_PATH = "content", "output"
THEME, PLUGIN_PATHS = {theme!r}, [{plugins!r}]
SITEURL = FEED_DOMAIN = "https://knees.test.org"
REHAB_STRICT = True
"""
FILES = {
    "posts/open.md": "---\ntitle: Open\ndate: 2014-04-06\n---\nText\n",
    "posts/quokka/index.md": "---\ntitle: Quokka\ndate: 2014-04-07\nstatus: draft\n---\n"
    "See [[open]] and [[numbat]].\n\n![A square](square.svg)\n",
    "posts/quokka/square.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>',
    "exercises/numbat.md": "---\ntitle: Numbat\n---\n",
    "posts/later.md": "---\ntitle: Later\ndate: 2999-01-01\n---\nWombats\n",
}
DAY = dt.date(2026, 11, 21)


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """Publish a blog with a draft and a post to come."""
    words = {"conf": str(ROOT / "pelicanconf.py"), "theme": str(ROOT / "theme"), "plugins": str(ROOT / "plugins")}
    (tmp_path / "publishconf.py").write_text(SETTINGS.format(**words), "utf-8")
    for name, text in FILES.items():
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text(text, "utf-8")
    assert run(tmp_path, "publish").returncode == 0
    return tmp_path


def run(blog: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rehab.cli", *words],
        check=False, cwd=blog, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )  # fmt: skip


def test_a_draft_gets_a_link_that_nothing_names_and_no_search_lists(blog: Path) -> None:
    before = {file: file.read_bytes() for file in (blog / "output").rglob("*") if file.is_file()}
    done = run(blog, "preview", "quokka")
    assert done.returncode == 0, done.stderr
    found = re.fullmatch(r"https://knees\.test\.org/preview/([\w-]{24})/", done.stdout.splitlines()[0])
    assert found
    folder = blog / "output/preview" / found[1]
    page = (folder / "index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in page
    assert 'rel="canonical"' not in page
    assert "application/ld+json" not in page
    assert f'src="/preview/{found[1]}/images/square-' in page
    assert [each.suffix for each in (folder / "images").iterdir()] == [".svg"]
    assert 'href="/posts/open/"' in page
    assert {file: file.read_bytes() for file in before} == before
    assert not [file for file, data in before.items() if found[1].encode() in data]


def test_a_link_stays_the_same_outlives_publishing_and_can_be_taken_away(blog: Path) -> None:
    first = run(blog, "preview", "quokka").stdout.splitlines()[0]
    assert run(blog, "publish").returncode == 0
    assert run(blog, "preview", "content/posts/quokka/index.md", "--days", "3").stdout.splitlines()[0] == first
    assert run(blog, "preview", "later").stdout.splitlines()[0] != first
    assert len(list_previews(blog / "output")) == 2
    assert run(blog, "preview", "quokka", "--remove").stdout.startswith("1 removed")
    assert run(blog, "preview", "--remove").stdout.startswith("1 removed")
    assert not (blog / "output/preview").exists()


def test_what_is_no_draft_gets_no_link(blog: Path) -> None:
    assert "there is no draft 'open'" in run(blog, "preview", "open").stderr
    assert not (blog / "output/preview").exists()


def test_a_draft_with_errors_gets_no_link(blog: Path) -> None:
    (blog / "content/posts/quokka/index.md").write_text(
        "---\ntitle: Quokka\nstatus: draft\ndate: 31\n---\n[[nobody]]\n"
    )
    done = run(blog, "preview", "quokka")
    assert (done.returncode, "while the draft has errors" in done.stderr) == (1, True)


def put(output: Path, token: str, until: str) -> None:
    page = output / "preview" / token / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'<meta name="comeback-preview" content="{mark_of("content/x.md")} until {until}">')


def test_links_end_after_their_last_day_and_strange_folders_at_once(tmp_path: Path) -> None:
    for token, until in (("over", "2026-11-20"), ("last-day", "2026-11-21"), ("strange", "soon")):
        put(tmp_path, token, until)
    assert [each.token for each in prune_previews(tmp_path, DAY)] == ["over", "strange"]
    assert [each.token for each in list_previews(tmp_path)] == ["last-day"]


def test_a_link_that_is_over_does_not_outlive_publishing(blog: Path) -> None:
    put(blog / "output", "over", "2020-01-01")
    assert run(blog, "publish").returncode == 0
    assert not (blog / "output/preview").exists()


def test_addresses_that_are_not_published_lose_their_links_and_the_drafts_files_lie_beside_it() -> None:
    html = '<head></head><a href="/posts/b/">b</a><img src="/images/a.svg" srcset="/images/a.svg 1x, /images/b.png 2x">'
    link = Link("", frozenset(("images/a.svg",)), frozenset(("/posts/b/",)))
    page = render_preview(html, Preview("T", "0" * 16, DAY), link)
    assert "<a data-unpublished>b</a>" in page
    assert 'src="/preview/T/images/a.svg" srcset="/preview/T/images/a.svg 1x, /images/b.png 2x"' in page
