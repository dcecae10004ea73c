"""A list that a site does not want, as Pelican's settings say it, is not made, and nothing leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import write_settings
from rehab.adapter.run import build
from rehab.publish.check import check_built

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import BuildSite, WriteTree

ADDRESS = "https://example.org"
POST = (
    "---\ntitle: Post {0}\ndate: 2020-01-0{0}\nauthor: Ana\ncategory: Hip\ntags: [hip]\ninjuries: [knee]\n---\nText.\n"
)
BLOG: dict[str, str | bytes] = {
    "injuries/knee.md": "---\ntitle: Sore knee\nregion: knee\nred_flags: []\n---\nText.\n",
    **{f"posts/post-{number}.md": POST.format(number) for number in range(1, 8)},
    "posts/plain.md": "---\ntitle: Plain\ndate: 2020-02-01\n---\nText.\n",
}
LEFT_OUT: dict[str, dict[str, object]] = {
    "pages of authors": {"AUTHOR_SAVE_AS": ""},
    "pages of tags": {"TAG_SAVE_AS": ""},
    "pages of categories": {"CATEGORY_SAVE_AS": "", "DEFAULT_CATEGORY": ""},
    "the list of tags": {"TAGS_SAVE_AS": ""},
    "the list of posts": {"ARCHIVES_SAVE_AS": False},
    "all lists of posts": {
        "DIRECT_TEMPLATES": ["index"],
        "TAG_SAVE_AS": "",
        "CATEGORY_SAVE_AS": "",
        "AUTHOR_SAVE_AS": "",
    },
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_nothing_leads_to_a_list_that_is_left_out(name: str, build_site: BuildSite, write_tree: WriteTree) -> None:
    built, output = build_site(write_tree(BLOG), "output", SITEURL=ADDRESS, FEED_DOMAIN=ADDRESS, **LEFT_OUT[name])
    assert built.site is not None
    assert (built.messages, check_built(output, built.site, output.parent / "memory")[1]) == ((), ())


@pytest.mark.parametrize("settings", [{"CATEGORY_SAVE_AS": ""}, {"DEFAULT_CATEGORY": ""}])
def test_a_draft_needs_no_category(settings: dict[str, str], build_site: BuildSite, write_tree: WriteTree) -> None:
    draft = {"posts/draft.md": "---\ntitle: Draft\ndate: 2020-02-01\nstatus: draft\n---\nText.\n"}
    built, output = build_site(write_tree({**BLOG, **draft}), "output", **settings)
    assert built.messages == ()
    assert ">Draft<" in (output / "drafts/draft/index.html").read_text("utf-8")


@pytest.mark.usefixtures("release_signals")
def test_a_list_whose_address_nobody_says_is_where_its_file_is(tmp_path: Path, write_tree: WriteTree) -> None:
    files = {"ARCHIVES_SAVE_AS": "all/index.html", "TAGS_SAVE_AS": "tags.html"}
    told = {**files, "SITEURL": ADDRESS, "FEED_DOMAIN": ADDRESS}
    settings = write_settings(tmp_path, write_tree(BLOG), tmp_path / ".cache", **told)
    settings.write_text(f"{settings.read_text('utf-8')}\ndel ARCHIVES_URL, TAGS_URL\n", "utf-8")
    built = build(settings, output=tmp_path / "output")
    assert built.site is not None
    assert (built.messages, check_built(tmp_path / "output", built.site, tmp_path / "memory")[1]) == ((), ())
    assert 'href="/all/"' in (tmp_path / "output/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("settings", "link"),
    [
        ({"FEED_ALL_ATOM": "all.xml"}, 'type="application/atom+xml" title="Comeback" href="/all.xml"'),
        (
            {"FEED_ALL_ATOM": None, "FEED_ALL_RSS": "all.rss"},
            'type="application/rss+xml" title="Comeback" href="/all.rss"',
        ),
        ({"FEED_ALL_ATOM": None}, ""),
    ],
)
def test_pages_lead_to_the_feed_that_there_is(
    settings: dict[str, str | None], link: str, build_site: BuildSite, write_tree: WriteTree
) -> None:
    told: dict[str, object] = {**settings, "SITENAME": "Comeback", "SITEURL": ADDRESS, "FEED_DOMAIN": ADDRESS}
    built, output = build_site(write_tree(BLOG), "output", **told)
    assert built.site is not None
    assert (built.messages, check_built(output, built.site, output.parent / "memory")[1]) == ((), ())
    page = (output / "index.html").read_text("utf-8")
    assert link in page
    assert ("Feed (" in page) == bool(link)
