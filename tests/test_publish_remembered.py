"""A look at a site that remembers the last one finds what a look without a memory finds, and reads less."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from rehab.compile import compile_site
from rehab.publish.check import check_built
from rehab.publish.facts import Facts
from rehab.publish.remembered import read_remembered, save_remembered
from rehab.publish.told import Told
from rehab.site.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from conftest import WriteTree
    from rehab.site.site import Site

URL = "https://knees.test.org"
POST = "---\ntitle: A knee\ndate: 2020-01-01\n---\nText.\n"
DRAFT = "---\ntitle: Quokka and zanzibar\ndate: 2020-01-02\nstatus: draft\n---\nText.\n"
LINKING = '<a href="/posts/knee/#pain">'
SITEMAP = f"<urlset><url><loc>{URL}/posts/knee/</loc></url></urlset>"


def site_of(write_tree: WriteTree, **texts: str) -> Site:
    """Return a linked site of some posts, by their names."""
    content = write_tree({"posts/knee.md": POST, **{f"posts/{name}.md": text for name, text in texts.items()}})
    return compile_site(content, Options(site_url=URL))[0]


def look(folder: Path, site: Site, files: dict[str, str], machine: Iterable[str] = ()) -> list[str]:
    """Look at a built folder of these files, once with the memory of the last time and once without."""
    built = folder / "output"
    for file in sorted(built.rglob("*.*")) if built.exists() else ():
        file.unlink()
    for name, text in files.items():
        (built / name).parent.mkdir(parents=True, exist_ok=True)
        (built / name).write_text(text, "utf-8")
    manifest, problems = check_built(built, site, folder / "memory.bin", machine)
    (folder / "none.bin").unlink(missing_ok=True)
    assert (manifest, problems) == check_built(built, site, folder / "none.bin", machine)
    assert manifest == {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    return [problem.message for problem in problems]


def test_a_file_is_read_again_only_where_its_bytes_differ(write_tree: WriteTree, tmp_path: Path) -> None:
    site, memory = site_of(write_tree), tmp_path / "memory.bin"
    (tmp_path / "output").mkdir()
    page = tmp_path / "output/index.html"
    page.write_text("<p>A page without links.")
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    told = Told(digest, Facts(frozenset(), ("/remembered/",), hidden=False))
    save_remembered(memory, [("index.html", told)], frozenset())
    _, problems = check_built(tmp_path / "output", site, memory)
    assert [problem.message for problem in problems] == ["'/remembered/' leads to no page or file"]
    page.write_text("<p>Another page without links.")
    assert check_built(tmp_path / "output", site, memory)[1] == ()


def test_a_link_breaks_and_heals_with_the_page_that_it_leads_to(write_tree: WriteTree, tmp_path: Path) -> None:
    site = site_of(write_tree)
    page = {"index.html": LINKING}
    whole = {**page, "posts/knee/index.html": '<h2 id="pain">'}
    other = {**page, "posts/knee/index.html": '<h2 id="rest">'}
    nowhere = "'/posts/knee/#pain' leads to no page or file"
    elsewhere = "'/posts/knee/#pain' leads to a page that has no 'pain'"
    found = [look(tmp_path, site, files) for files in (whole, page, whole, other, whole)]
    assert found == [[], [nowhere], [], [elsewhere], []]


def test_a_feed_and_a_sitemap_follow_the_pages_that_they_name(write_tree: WriteTree, tmp_path: Path) -> None:
    site = site_of(write_tree)
    feed = {"sitemap.xml": SITEMAP, "feed.xml": f"<feed><link>{URL}/posts/knee/</link></feed>"}
    shown = {**feed, "posts/knee/index.html": "<p>"}
    hidden = {**feed, "posts/knee/index.html": '<meta name="robots" content="noindex">'}
    nowhere = [f"'{URL}/posts/knee/' leads to no page or file (here, and in 1 more)"]
    unwanted = [f"'{URL}/posts/knee/' is a page that is not for search"]
    found = [look(tmp_path, site, files) for files in (shown, hidden, shown, feed, shown)]
    assert found == [[], unwanted, [], nowhere, []]


def test_what_became_a_secret_is_found_in_a_page_that_stands(write_tree: WriteTree, tmp_path: Path) -> None:
    page = {"index.html": "<p>Quokka and zanzibar, and the wombat of my house"}
    first = site_of(write_tree)
    draft = site_of(write_tree, quokka=DRAFT)
    more = site_of(write_tree, quokka=DRAFT, wombat=DRAFT.replace("Quokka and zanzibar", "the wombat of my house"))
    public = site_of(write_tree, quokka=DRAFT.replace("status: draft\n", ""), wombat=POST)
    one = "'Quokka and zanzibar' is said in 'content/posts/quokka.md', which nobody may read yet"
    two = "'the wombat of my house' is said in 'content/posts/wombat.md', which nobody may read yet"
    found = [look(tmp_path, site, page) for site in (first, draft, draft, more, public, draft)]
    assert found == [[], [one], [one], sorted([one, two]), [], [one]]


def test_a_secret_is_sought_in_what_is_new_though_it_is_old(write_tree: WriteTree, tmp_path: Path) -> None:
    site, page = site_of(write_tree, quokka=DRAFT), {"index.html": "<p>Nothing."}
    leak = "'Quokka and zanzibar' is said in 'content/posts/quokka.md', which nobody may read yet"
    wrong = {**page, "new.txt": "Quokka and zanzibar"}
    assert [look(tmp_path, site, files) for files in (page, wrong, wrong, page)] == [[], [leak], [leak], []]


def test_a_folder_of_another_machine_is_sought_in_every_file_that_stands(write_tree: WriteTree, tmp_path: Path) -> None:
    site, files = site_of(write_tree), {"photo.png": "\u00ff /srv/blog/content/photo.png"}
    words = "'/srv/blog/' is a folder of the machine that this was built on"
    assert [look(tmp_path, site, files, machine) for machine in ((), ["/srv/blog/"], ())] == [[], [words], []]


def test_an_e_mail_address_is_allowed_while_a_text_has_it(write_tree: WriteTree, tmp_path: Path) -> None:
    page, mail = {"index.html": "<p>ann@knees.net"}, POST.replace("Text.", "Write to Ann@knees.net.")
    with_mail, without = site_of(write_tree, mail=mail), site_of(write_tree, mail=POST)
    words = "the e-mail address 'ann@knees.net' stands in no text of yours"
    assert [look(tmp_path, site, page) for site in (with_mail, without, with_mail)] == [[], [words], []]


@pytest.mark.parametrize("kind", ["empty", "short", "text", "head", "body", "folder", "foreign"])
def test_a_damaged_memory_is_as_good_as_none(write_tree: WriteTree, tmp_path: Path, kind: str) -> None:
    site, page, memory = site_of(write_tree), {"index.html": LINKING}, tmp_path / "memory.bin"
    found = look(tmp_path, site, page)
    whole = memory.read_bytes()
    memory.unlink()
    if kind == "folder":
        memory.mkdir()
    else:
        damaged = {
            "empty": b"", "short": whole[:-1], "text": b"{}", "head": bytes([whole[0] ^ 1]) + whole[1:],
            "body": whole.replace(b"/posts/knee/", b"/posts/knew/"), "foreign": whole[:32] + b"\x92\xc0\xc0",
        }  # fmt: skip
        memory.write_bytes(damaged[kind])
    assert read_remembered(memory).told == {}
    assert look(tmp_path, site, page) == found == ["'/posts/knee/#pain' leads to no page or file"]


def test_what_another_version_of_the_program_remembered_is_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path / "memory.bin"
    save_remembered(memory, [("a.txt", Told("digest"))], frozenset())
    assert read_remembered(memory).told
    monkeypatch.setattr("rehab.publish.remembered._program", lambda: b"another")
    assert read_remembered(memory).told == {}
