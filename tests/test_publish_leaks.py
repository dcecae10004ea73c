"""What is looked for in every byte: words of what waits, found in every form, and nothing that is public anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rehab.compile import compile_site
from rehab.publish.check import check_built
from rehab.publish.contacts import find_mails
from rehab.site.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from conftest import WriteTree
    from rehab.site.site import Site

URL = "https://knees.test.org"
DRAFT = """
---
title: {title}
date: 2020-01-02
status: draft
---
{text}
"""


def said_of(folder: Path, site: Site, machine: Iterable[str] = ()) -> list[str]:
    """Return what is said of the leaks of a site's output folder."""
    _, problems = check_built(folder / "output", site, folder / "memory.bin", machine)
    return [problem.message for problem in problems if problem.code == "leak"]


def leaks(write_tree: WriteTree, tmp_path: Path, draft: str, published: str, public: str = "Text") -> list[str]:
    """Return what is found of a draft in a published file."""
    content = write_tree(
        {"posts/a.md": f"---\ntitle: A\ndate: 2020-01-01\n---\n{public}\n", "posts/secret-knee.md": draft.lstrip()}
    )
    site, _ = compile_site(content, Options(site_url=URL, comments_mail="Post@knees.test.org"))
    (tmp_path / "output").mkdir()
    (tmp_path / "output/page.html").write_text(published, "utf-8")
    return said_of(tmp_path, site, ["/srv/blog/content/"])


@pytest.mark.parametrize(
    "published",
    [
        "<p>My knee isn't great and never was right since</p>",
        "<p>My knee isn&#x27;t great and never was right since</p>",
        '{"text": "My knee isn\'t great and never was right since"}',
        "xMy knee isn't great and never was right sincex",
        '<a href="/posts/secret-knee/">',
        '{"url": "drafts/secret-knee/"}',
        "Über Knie &amp; Zähne",
        '"\\u00dcber Knie & Z\\u00e4hne"',
    ],
)
def test_words_of_a_draft_are_found_in_every_form(write_tree: WriteTree, tmp_path: Path, published: str) -> None:
    draft = DRAFT.format(title="Über Knie & Zähne", text="My knee isn't great and never was right since")
    assert leaks(write_tree, tmp_path, draft, published)


def test_what_a_public_text_says_as_well_gives_nothing_away(write_tree: WriteTree, tmp_path: Path) -> None:
    words = "One sentence that stands in both of the files"
    draft = DRAFT.format(title="A common title", text=words)
    assert leaks(write_tree, tmp_path, draft, f"{words}, A common title", f"{words}. A common title.") == []


def test_of_many_drafts_each_is_found(write_tree: WriteTree, tmp_path: Path) -> None:
    text = "Nobody shall ever read line {} of mine"
    drafts = {number: DRAFT.format(title=f"Draft {number} of mine", text=text.format(number)) for number in range(200)}
    content = write_tree({f"posts/d{number}.md": draft.lstrip() for number, draft in drafts.items()})
    site, _ = compile_site(content, Options(site_url=URL))
    (tmp_path / "output").mkdir()
    (tmp_path / "output/page.html").write_text("<p>Nobody shall ever read line 77 of mine</p>", "utf-8")
    assert said_of(tmp_path, site) == [
        "'Nobody shall ever read line 77 of mine' is said in 'content/posts/d77.md', which nobody may read yet"
    ]


@pytest.mark.parametrize(
    ("data", "mails"),
    [
        (b"write to ann@knees.net!", ["ann@knees.net"]),
        (b"<mailto:Ann.B+c@mail.knees.co.uk>", ["Ann.B+c@mail.knees.co.uk"]),
        (b'{"@context": "https://schema.org", "@type": "X"}', []),
        (b"img@2x.png @media foo@ @bar", ["img@2x.png"]),
        (b"a@b.de a@b.de", ["a@b.de"]),
    ],
)
def test_addresses_are_seen_as_people_write_them(data: bytes, mails: list[str]) -> None:
    assert list(find_mails(data)) == mails


@pytest.mark.parametrize(
    ("published", "found"),
    [
        ("icon@2x.png and leaflet@1.9.4", 0),
        ("mailto:post@KNEES.test.org", 0),
        ("gone@knees.test.org", 1),
        ("//localhost/x and http://127.0.0.1:8000/ and https://192.168.0.1/", 3),
        ("https://localhost.knees.test.org/", 0),
        ("see /srv/blog/content/posts/a.md", 1),
    ],
)
def test_addresses_of_people_and_machines_are_found_and_others_are_not(
    write_tree: WriteTree, tmp_path: Path, published: str, found: int
) -> None:
    assert len(leaks(write_tree, tmp_path, DRAFT.format(title="Secret knee", text="x"), published)) == found
