"""Old addresses: one table, every form that hosts read, and nothing that leads in a circle or over a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browsing import Quiet, serving
from rehab.compile import compile_site
from rehab.publish.redirects import FORMS, check_stubs, redirect_files, render_stubs, stub_file
from rehab.publish.to_hosted import limit_fault
from rehab.site.options import Options
from rehab.site.redirects import Redirect, parse_redirect, redirects_of
from rehab.source.place import Place
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from conftest import WriteTree

URL = "https://knees.test.org"
POST = "---\ntitle: {0}\ndate: 2014-04-06\nredirect_from: {1}\n---\nText\n"


def table(content: Path, **options: Any) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the good redirects, and the messages of what is wrong with the others."""
    site, problems = compile_site(content, Options(site_url=URL, **options))
    redirects, _ = redirects_of(site)
    told = [each.message for each in problems if each.code in {"bad-redirect", "duplicate-url"}]
    return [(each.whole, each.new) for each in redirects], told


def redirect(written: str, new: str = "posts/a/") -> Redirect:
    found = parse_redirect(written, new, Place("content/posts/a.md"), URL)
    assert isinstance(found, Redirect), found
    return found


@pytest.mark.parametrize(
    ("written", "old"),
    [
        ("/2014/04/knee.html", "/2014/04/knee.html"),
        ("2014/04/knee/", "/2014/04/knee/"),
        ("http://old.blog.net/2014/04/knee.html", "/2014/04/knee.html"),
        (f"{URL}/knee", "/knee"),
        ("/?p=12", "/?p=12"),
        ("/Knie-Übung/", "/Knie-%C3%9Cbung/"),
        ("/Knie-%C3%9Cbung/", "/Knie-%C3%9Cbung/"),
        ("/a.html#top", "/a.html"),
    ],
)
def test_an_old_address_is_taken_as_it_is_found(written: str, old: str) -> None:
    assert redirect(written).whole == old


@pytest.mark.parametrize(
    "written",
    [
        "/",
        "",
        "/../x",
        "/a b",
        "/a\\b",
        "/*",
        "/:id",
        '/"x',
        "/a\nb",
        "/<x>",
        "/{a}",
        f"/{'x' * 901}",
        "/%2e%2e/x",
        "/a%0ab",
    ],
)
def test_what_is_no_address_of_a_page_is_refused(written: str) -> None:
    found = parse_redirect(written, "posts/a/", Place("content/posts/a.md"), URL)
    assert isinstance(found, Problem)
    assert found.code == "bad-redirect"


@pytest.mark.parametrize("new", ['posts/a/" x', "posts/a/\n/b /c 301", "posts/$1/", "<script>"])
def test_a_new_address_that_would_break_a_servers_file_is_refused(new: str) -> None:
    found = parse_redirect("/old/", new, Place("pelicanconf.py"), URL)
    assert isinstance(found, Problem)
    assert found.code == "bad-redirect"


def test_an_address_that_leads_to_two_pages_is_an_error(write_tree: WriteTree) -> None:
    content = write_tree({f"posts/{name}.md": POST.format(name, "[/old/]") for name in ("a", "b")})
    assert table(content)[1] == ["the old address '/old/' leads to two pages"]


def test_a_page_of_today_is_no_old_address_however_it_is_written(write_tree: WriteTree) -> None:
    content = write_tree(
        {"posts/a.md": POST.format("A", "[/posts/b/index.html]"), "posts/b.md": POST.format("B", "[]")}
    )
    assert table(content)[1] == ["the old address '/posts/b/index.html' is the page 'B' now"]


def test_the_sites_own_table_may_not_lead_in_circles_or_chains_or_over_pages(write_tree: WriteTree) -> None:
    content = write_tree({"posts/a.md": POST.format("A", "[/old/]")})
    redirects = {"/one/": "/two/", "/two/": "/one/", "/three/": "/old/", "/posts/": "/"}
    assert sorted(table(content, redirects=redirects)[1]) == [
        "'/one/' leads in a circle: /one/ → /two/ → /one/",
        "'/three/' leads to '/old/', which is an old address itself",
        "'/two/' leads in a circle: /two/ → /one/ → /two/",
        "the old address '/posts/' is the page 'Posts' now",
    ]


def test_a_draft_redirects_nobody(write_tree: WriteTree) -> None:
    draft = POST.format("A", "[/old/]").replace("date:", "status: draft\ndate:")
    assert table(write_tree({"posts/a.md": draft})) == ([], [])


def test_an_old_address_where_the_site_has_a_file_is_an_error() -> None:
    found = [redirect(each) for each in ("/feeds/atom.xml", "/images/", "/sitemap.xml/x/", "/old.html")]
    problems = check_stubs(["feeds/atom.xml/index.html", "images/index.html", "sitemap.xml"], found)
    assert [each.message.split("'")[1] for each in problems] == ["/feeds/atom.xml", "/images/", "/sitemap.xml/x/"]


# Every form


OLD = ("/2014/04/knee.html", "/old/", "/?p=12", "/Übung")
EXPECTED = {
    "netlify": """\
/blog/2014/04/knee.html /blog/posts/a/ 301
/blog/old/ /blog/posts/a/ 301
/blog/ p=12 /blog/posts/a/ 301
/blog/%C3%9Cbung /blog/posts/a/ 301
""",
    "cloudflare": """\
/blog/2014/04/knee.html /blog/posts/a/ 301
/blog/old/ /blog/posts/a/ 301
/blog/%C3%9Cbung /blog/posts/a/ 301
""",
    "apache": """\
RedirectMatch 301 "^/blog/2014/04/knee\\.html/?$" "/blog/posts/a/"
RedirectMatch 301 "^/blog/old/?$" "/blog/posts/a/"
RedirectMatch 301 "^/blog/Übung/?$" "/blog/posts/a/"
<IfModule mod_rewrite.c>
RewriteEngine On
RewriteCond %{QUERY_STRING} "^p=12$"
RewriteRule "^$" "/blog/posts/a/?" [R=301,L]
</IfModule>
""",
    "nginx": """\
# In http { }. In server { }: if ($comeback_moved) { return 301 $comeback_moved; }
map_hash_bucket_size 1024;
map $request_uri $comeback_moved {
  default "";
  "/blog/2014/04/knee.html" "/blog/posts/a/";
  "/blog/old/" "/blog/posts/a/";
  "/blog/?p=12" "/blog/posts/a/";
  "/blog/%C3%9Cbung" "/blog/posts/a/";
}
""",
    "caddy": """\
redir /blog/2014/04/knee.html /blog/posts/a/ permanent
redir /blog/old/ /blog/posts/a/ permanent
@moved3 {
  path /blog/
  query p=12
}
redir @moved3 /blog/posts/a/ permanent
redir /blog/Übung /blog/posts/a/ permanent
""",
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_says_the_same_in_its_own_words(form: str) -> None:
    assert FORMS[form]([redirect(each) for each in OLD], f"{URL}/blog") == EXPECTED[form]


def test_a_stub_tells_people_browsers_and_search_engines() -> None:
    stub = render_stubs([redirect("/old/")], f"{URL}/blog", "de")["old/index.html"]
    assert '<html lang="de">' in stub
    assert '<meta http-equiv="refresh" content="0; url=/blog/posts/a/">' in stub
    assert f'<link rel="canonical" href="{URL}/blog/posts/a/">' in stub
    assert '<meta name="robots" content="noindex">' in stub
    assert '<a href="/blog/posts/a/">' in stub


@pytest.mark.parametrize(
    ("old", "file"),
    [
        ("/a.html", "a.html"),
        ("/a", "a/index.html"),
        ("/a/", "a/index.html"),
        ("/a.php", "a.php/index.html"),
        ("/?p=1", ""),
    ],
)
def test_a_stub_lies_where_a_server_of_files_looks(old: str, file: str) -> None:
    assert stub_file(redirect(old)) == file


def test_netlify_is_told_that_redirects_stand_before_the_stubs() -> None:
    assert redirect_files((redirect("/old/"),), URL, "en", {"netlify"})["_redirects"].endswith(" 301!\n")
    assert redirect_files((redirect("/old/"),), URL, "en", {"netlify", "cloudflare"})["_redirects"].endswith(" 301\n")


def test_without_old_addresses_there_is_no_file() -> None:
    assert redirect_files((), URL, "en", set()) == {}


@pytest.mark.parametrize(("rules", "stops"), [(2000, False), (2001, True)])
def test_more_redirects_than_cloudflare_follows_are_refused(tmp_path: Path, rules: int, stops: bool) -> None:  # noqa: FBT001 - a row
    (tmp_path / "_redirects").write_text("".join(f"/{number} /a/ 301\n" for number in range(rules)))
    assert bool(limit_fault("cloudflare", tmp_path, ["_redirects"])) == stops


def test_a_redirects_file_that_cloudflare_would_cut_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_redirects").write_text(f"/{'x' * 500} /a/ 301\n" * 250)
    assert "100 kB" in limit_fault("cloudflare", tmp_path, ["_redirects"])


# As a reader meets them


class Host(Quiet):
    """Serves files and the 404 page, as static hosts do."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page where nothing is found."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())
        return None


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Serve stubs, their target and a 404 page."""
    pages = render_stubs([redirect("/2014/04/knee.html"), redirect("/alte übung/".replace(" ", "-"))], URL, "en")
    pages |= {"posts/a/index.html": "<title>The knee</title>", "404.html": "<title>Off the course</title>"}
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    with serving(tmp_path, Host) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "title"),
    [("/2014/04/knee.html", "The knee"), ("/alte-%C3%BCbung/", "The knee"), ("/nowhere/", "Off the course")],
)
def test_a_browser_comes_where_an_old_link_leads(served: str, path: str, title: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{served}{path}")
    page.wait_for_function("title => document.title === title", arg=title)
    page.close()
