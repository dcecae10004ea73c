"""Articles that hold their HTML no longer: who asks for it has it made again, and it is never silently gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pelican.contents import Article
from pelican.settings import read_settings

from rehab.adapter.build import KEY, Build
from rehab.adapter.filled import let_go
from rehab.compile import compile_site

if TYPE_CHECKING:
    from conftest import WriteTree

HTML = "<p>Words</p>"


@pytest.fixture
def article(write_tree: WriteTree) -> Any:
    """Return an article of a post, in a run that can make HTML again."""
    content = write_tree({"posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\nWords\n"})
    site, _ = compile_site(content)
    build = Build(site=site, content=content, output="/output", strict=False, found=[], sources={})
    build.remake = lambda asked: HTML if asked.slug == "a" else ""
    settings = {**read_settings(), KEY: build}
    return Article(HTML, {"title": "A", "slug": "a", "rehab": site.posts[0]}, settings, str(content / "posts/a.md"), {})


def test_html_that_was_let_go_is_made_again_for_who_asks(article: Any) -> None:
    let_go(article, article.settings[KEY])
    assert not article._content  # noqa: SLF001 - where Pelican holds it
    assert (article.get_content(""), article.content) == (HTML, HTML)


def test_html_that_nobody_can_make_again_is_not_let_go(article: Any) -> None:
    article.settings[KEY].remake = None
    let_go(article, article.settings[KEY])
    assert article.content == HTML


def test_html_that_is_gone_for_good_is_no_empty_text(article: Any) -> None:
    let_go(article, article.settings[KEY])
    article.settings[KEY].remake = None
    with pytest.raises(LookupError, match=r"posts/a\.md' was let go"):
        article.get_content("")
