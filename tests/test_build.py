"""Whole builds with real Pelican: what is written, what is left alone, what is stopped."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from built import Page
from conftest import ROOT, write_settings
from rehab.adapter.build import Build
from rehab.compile import compile_site
from rehab.publish.check import check_built

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import BuildSite, WriteTree

POST = "---\ntitle: Post\ndate: 2020-01-01\n---\nText\n"
BROKEN = "---\ntitle: Post\ndate: 2020-01-01\ninjuries: [nowhere]\n---\nText\n"
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>'


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def times_of(folder: Path) -> dict[str, int]:
    return {str(file): file.stat().st_mtime_ns for file in sorted(folder.rglob("*")) if file.is_file()}


def test_a_second_build_with_nothing_changed_rewrites_no_file(write_tree: WriteTree, build_site: BuildSite) -> None:
    content = write_tree(
        {"posts/a/index.md": POST + "\n![A square](s.svg)\n", "posts/a/s.svg": SQUARE, "extra/x.txt": "x"}
    )
    first, output = build_site(content)
    before = times_of(output)
    second, _ = build_site(content)
    assert times_of(output) == before
    assert (first.unchanged, second.written) == (0, 0)


def test_an_edit_rewrites_only_the_pages_that_show_it(write_tree: WriteTree, build_site: BuildSite) -> None:
    content = write_tree({"posts/a.md": POST, "posts/b.md": POST.replace("Post", "Other").replace("2020", "2021")})
    _, output = build_site(content)
    before = times_of(output)
    write_tree({"posts/a.md": POST.replace("Text", "More text")})
    build_site(content)
    changed = {name.removeprefix(f"{output}/") for name, time in times_of(output).items() if before.get(name) != time}
    assert "posts/a/index.html" in changed
    assert "posts/b/index.html" not in changed
    assert "exercises/index.html" not in changed


def test_the_page_of_a_deleted_post_goes_and_a_file_of_others_stays(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    content = write_tree({"posts/a.md": POST, "posts/b.md": POST})
    _, output = build_site(content)
    (output / "CNAME").write_text("example.org")
    before = set(times_of(output))
    (content / "posts" / "b.md").unlink()
    result, _ = build_site(content)
    gone = {name.removeprefix(f"{output}/") for name in before - set(times_of(output))}
    gone = {name for name in gone if not name.startswith("search/")}
    assert len(gone) == 3, "its page, the feed of its comments and its drawn card"
    assert result.removed == 2, "the card is named by its bytes, and nobody looks for it"


def test_files_that_only_got_another_name_for_their_bytes_are_not_counted_as_removed(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    content = write_tree({"posts/a.md": POST})
    _, output = build_site(content)
    before = files_of(output)
    write_tree({"posts/a.md": POST.replace("title: Post", "title: Another name with other words")})
    result, _ = build_site(content)
    assert {name.partition("/")[0] for name in before.keys() - files_of(output).keys()} == {"search", "images"}
    assert result.removed == 0


def test_what_goes_with_the_service_worker_while_a_site_is_served_is_not_counted_as_removed(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    content = write_tree({"posts/a.md": POST})
    _, output = build_site(content)
    before = files_of(output)
    result, _ = build_site(content, REHAB_OFFLINE=False)
    assert before.keys() - files_of(output).keys() == {"offline/index.html", "manifest.webmanifest"}
    assert result.removed == 0


@pytest.mark.parametrize(
    ("setting", "title"),
    [("YEAR_ARCHIVE", "2014"), ("MONTH_ARCHIVE", "April 2014"), ("DAY_ARCHIVE", "6 April 2014")],
)
def test_posts_of_a_time_are_listed_under_its_name(
    write_tree: WriteTree, build_site: BuildSite, setting: str, title: str
) -> None:
    content = write_tree({"posts/a.md": POST.replace("date: 2020-01-01", "date: 2014-04-06")})
    _, output = build_site(content, **{f"{setting}_SAVE_AS": "then/index.html", f"{setting}_URL": "then/"})
    page = Page("", "then/index.html", (output / "then/index.html").read_text("utf-8"))
    crumbs = next(each for each in page.all("nav") if each.get("aria-label") == "You are here")
    assert ["".join(each.itertext()).strip() for each in crumbs.iter("li")][1:] == ["Posts", title]
    assert [each.text for each in page.all("h1")] == [f"Posts of {title}"]
    assert f"1 post of {title} on " in page.text


@pytest.mark.parametrize("command", ["rehab", "pelican"])
def test_builds_in_other_places_zones_and_hash_orders_are_the_same_to_the_byte(
    write_tree: WriteTree, tmp_path: Path, command: str
) -> None:
    content = write_tree(
        {
            "posts/a/index.md": POST.replace("Text", "[[squat]]\n\n![A square](s.svg)"),
            "posts/a/s.svg": SQUARE,
            "posts/b.md": POST.replace("---\nText", "tags: [x, y, z]\nexercises: [{name: Squat, dose: 3 x 10}]\n---\n"),
            "comments/a/1.md": "---\ndate: 2020-01-02\n---\nHi\n",
        }
    )
    outputs = []
    for number, (zone, seed, locale) in enumerate((("UTC", "0", "C"), ("Asia/Tokyo", "42", "tr_TR.UTF-8"))):
        folder = tmp_path / ("first" if number == 0 else "zweiter Ordner ñ")
        folder.mkdir()
        (folder / "content").symlink_to(content)
        moved = folder / "moved"
        subprocess.run(["cp", "-r", str(content), str(moved)], check=True)  # noqa: S607
        (moved).rename(folder / "real")
        (folder / "content").unlink()
        (folder / "real").rename(folder / "content")
        file = write_settings(folder, folder / "content", folder / ".cache")
        words = ["-m", "rehab.cli", "html", "-s", str(file), "-o", str(folder / "out")]
        if command == "pelican":
            words = ["-m", "pelican", str(folder / "content"), "-s", str(file), "-o", str(folder / "out")]
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LANG": locale, "LC_ALL": "", "HOME": str(folder)}
        env["PYTHONPATH"] = str(ROOT / "plugins")
        done = subprocess.run([sys.executable, *words], env=env, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        outputs.append(files_of(folder / "out"))
    assert outputs[0] == outputs[1]
    assert "exercises/squat/index.html" in outputs[0]


def test_pelicans_own_command_builds_the_same_pages_as_ours(
    write_tree: WriteTree, build_site: BuildSite, tmp_path: Path
) -> None:
    content = write_tree({"posts/a.md": POST.replace("Text", "[[b]]"), "posts/b.md": POST, "galleries/g/s.svg": SQUARE})
    _, ours = build_site(content)
    env = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    words = [sys.executable, "-m", "pelican", str(content), "-s", str(tmp_path / "pelicanconf.py")]
    done = subprocess.run(
        [*words, "-o", str(tmp_path / "theirs")], env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert files_of(tmp_path / "theirs") == files_of(ours)


def test_an_error_stops_publishing_before_anything_is_written(write_tree: WriteTree, build_site: BuildSite) -> None:
    content = write_tree({"posts/a.md": BROKEN})
    result, output = build_site(content, REHAB_STRICT=True)
    assert result.exit_code == 1
    assert [problem.code for problem in result.problems if problem.severity == "error"] == ["unknown-slug"]
    assert not output.exists()


def test_an_error_leaves_the_site_that_was_published_before_as_it_was(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    content = write_tree({"posts/a.md": POST})
    _, output = build_site(content, REHAB_STRICT=True, DELETE_OUTPUT_DIRECTORY=True)
    before = times_of(output)
    write_tree({"posts/a.md": BROKEN})
    build_site(content, REHAB_STRICT=True, DELETE_OUTPUT_DIRECTORY=True)
    assert before
    assert times_of(output) == before


def test_a_damaged_photo_stops_publishing_before_anything_is_written(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    photo = io.BytesIO()
    Image.effect_noise((200, 150), 80).convert("RGB").save(photo, "JPEG")
    damaged = photo.getvalue()[: len(photo.getvalue()) // 2]
    content = write_tree({"posts/a/index.md": POST + "\n![A hill](hill.jpg)\n", "posts/a/hill.jpg": damaged})
    result, output = build_site(content, REHAB_STRICT=True)
    assert {problem.code for problem in result.problems} == {"bad-image"}
    assert result.exit_code == 1
    assert not output.exists()


def test_pelicans_own_command_is_stopped_with_our_exit_code_and_without_a_traceback(
    write_tree: WriteTree, tmp_path: Path
) -> None:
    content = write_tree({"posts/a.md": BROKEN})
    file = write_settings(tmp_path, content, tmp_path / ".cache", REHAB_STRICT=True)
    env = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    words = [sys.executable, "-m", "pelican", str(content), "-s", str(file), "-o", str(tmp_path / "out")]
    done = subprocess.run(words, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "content/posts/a.md:4:12: error[unknown-slug]" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "out").exists()


def test_a_preview_is_built_with_its_problems_shown_on_the_page_they_belong_to(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    result, output = build_site(write_tree({"posts/a.md": BROKEN, "posts/b.md": POST}))
    assert result.exit_code == 0
    assert "no injury called" in (output / "posts" / "a" / "index.html").read_text("utf-8")
    assert "no injury called" in (output / "index.html").read_text("utf-8")
    others = (output / "posts" / "b" / "index.html", output / "posts" / "index.html", output / "404.html")
    assert [file for file in others if "no injury called" in file.read_text("utf-8")] == []


@pytest.mark.parametrize(
    "link",
    [
        "[x]({attach}../publishconf.py)",
        "[x]({static}../../publishconf.py)",
        "[x]({attach}/../publishconf.py)",
        "[x]({attach}%2e%2e/%2e%2e/publishconf.py)",
        "[x](|attach|../../publishconf.py)",
        '<a href="{attach}../../publishconf.py">x</a>',
        "<img src='{static}../../publishconf.py' alt='x'>",
        "[x]({static}posts/../../../publishconf.py)",
    ],
)
@pytest.mark.parametrize("where", ["posts/a.md", "comments/a/1.md"])
def test_no_link_publishes_a_file_from_outside_the_content(
    write_tree: WriteTree, build_site: BuildSite, tmp_path: Path, link: str, where: str
) -> None:
    private = "SECRET = 'do not publish'"
    for folder in (tmp_path, tmp_path.parent):
        (folder / "publishconf.py").write_text(private)
    files: dict[str, str | bytes] = {"posts/a.md": POST}
    files[where] = POST.replace("Text", link) if where == "posts/a.md" else f"---\ndate: 2020-01-02\n---\n{link}\n"
    result, output = build_site(write_tree(files))
    assert not any(private.encode() in data for data in files_of(output).values())
    assert not [name for name in files_of(output) if "publishconf" in name]
    if where == "posts/a.md":
        assert {problem.code for problem in result.problems} & {"path-outside-content", "missing-file"}


def test_a_link_to_a_file_inside_the_content_is_kept(write_tree: WriteTree, build_site: BuildSite) -> None:
    content = write_tree(
        {"posts/a.md": POST.replace("Text", "[plan]({static}/extra/plan.txt)"), "extra/plan.txt": "run"}
    )
    result, output = build_site(content)
    assert result.problems == ()
    assert (output / "extra" / "plan.txt").read_text() == "run"
    assert 'extra/plan.txt">plan' in (output / "posts" / "a" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "src", ["s.jpg", "{static}s.jpg", "{attach}s.jpg", "{static}/posts/a/s.jpg", "|static|/posts/a/s.jpg"]
)
def test_a_picture_in_the_text_is_never_copied_as_it_is(write_tree: WriteTree, build_site: BuildSite, src: str) -> None:
    photo = io.BytesIO()
    picture = Image.new("RGB", (40, 30), "red")
    picture.save(photo, "JPEG", comment=b"taken at home")
    content = write_tree(
        {"posts/a/index.md": POST.replace("Text", f"![A red square]({src})"), "posts/a/s.jpg": photo.getvalue()}
    )
    result, output = build_site(content)
    assert result.problems == ()
    assert "images/s-" in (output / "posts" / "a" / "index.html").read_text("utf-8")
    assert not [name for name, data in files_of(output).items() if b"taken at home" in data]
    assert not [name for name in files_of(output) if name.endswith("s.jpg")]


def test_a_link_to_a_file_that_is_not_there_is_reported_at_its_place(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    result, _ = build_site(write_tree({"posts/a.md": POST.replace("Text", "[plan]({static}/extra/plan.txt)")}))
    assert [(p.code, str(p.place)) for p in result.problems] == [("missing-file", "content/posts/a.md:5:16")]


def test_a_blog_with_pelicans_own_headers_builds_unchanged(write_tree: WriteTree, build_site: BuildSite) -> None:
    content = write_tree(
        {
            "first.md": """\
                Title: First: post
                Date: 3 Dec 2010 10:20
                Category: Python
                Tags: a, b
                Authors: A, B
                Mood: ok

                Hi
                """,
            "running/second.md": """\
                Title: Second
                Date: 2011-01-01
                Slug: My_Second
                Status: draft

                [one]({filename}/first.md)
                """,
            "pages/about.md": "Title: About\n\nMe",
        }
    )
    result, output = build_site(content)
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    assert {"posts/first/index.html", "drafts/My_Second/index.html", "about/index.html"} <= set(files_of(output))
    assert 'href="/posts/first/"' in (output / "drafts" / "My_Second" / "index.html").read_text("utf-8")


def test_a_draft_is_listed_nowhere_and_named_in_the_result(write_tree: WriteTree, build_site: BuildSite) -> None:
    draft = POST.replace("title: Post", "title: Unfinished business\nstatus: draft")
    result, output = build_site(write_tree({"posts/a.md": draft, "posts/b.md": POST}))
    holders = [name for name, data in files_of(output).items() if b"Unfinished business" in data]
    assert holders == ["drafts/a/index.html"]
    assert [each.words for each in result.waiting] == ["draft: content/posts/a.md dated 2020-01-01"]


def test_a_post_alone_makes_the_pages_of_the_exercises_it_names(write_tree: WriteTree, build_site: BuildSite) -> None:
    content = write_tree(
        {
            "posts/a.md": """\
            ---
            title: One file
            date: 2020-01-01
            exercises:
              - name: Copenhagen plank
                dose: 3 x 20 s each side
            ---
            ![[copenhagen-plank]]

            See [[copenhagen-plank|the plank]] and `[[copenhagen-plank]]`.
            """
        }
    )
    _, output = build_site(content)
    post = (output / "posts" / "a" / "index.html").read_text("utf-8")
    page = (output / "exercises" / "copenhagen-plank" / "index.html").read_text("utf-8")
    assert "3 × 20 s" in post.replace("\u00a0", " ")
    assert '<a href="/exercises/copenhagen-plank/">the plank</a>' in post
    assert "<code>[[copenhagen-plank]]</code>" in post
    assert 'href="/posts/a/"' in page
    assert "3 × 20 s" in page.replace("\u00a0", " ")


def test_a_site_under_a_path_has_it_before_every_link(write_tree: WriteTree, build_site: BuildSite) -> None:
    content = write_tree({"posts/a.md": POST.replace("Text", "[[b]]"), "posts/b.md": POST})
    _, output = build_site(content, SITEURL="https://example.org/blog", FEED_DOMAIN="https://example.org/blog")
    post = (output / "posts" / "a" / "index.html").read_text("utf-8")
    assert '"/blog/posts/b/"' in post
    assert 'href="/posts' not in post
    assert "https://example.org/blog/posts/b/" in (output / "feeds" / "atom.xml").read_text("utf-8")


def test_a_post_whose_date_nobody_knows_shows_none_and_is_last_and_in_no_feed(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    undated = "---\ntitle: Undated\ndate_basis: unknown\n---\nText\n"
    _, output = build_site(write_tree({"posts/a.md": undated, "posts/b.md": POST}))
    listing = (output / "posts" / "index.html").read_text("utf-8")
    assert listing.index(">Post<") < listing.index(">Undated<")
    assert "Undated" not in (output / "feeds" / "atom.xml").read_text("utf-8")
    for name in ("posts/a/index.html", "posts/index.html", "index.html", "rehab.json"):
        assert "1900" not in (output / name).read_text("utf-8")


def test_an_empty_content_folder_is_a_site_too(write_tree: WriteTree, build_site: BuildSite) -> None:
    result, output = build_site(write_tree({}))
    assert (result.exit_code, result.problems) == (0, ())
    assert (output / "index.html").is_file()


def test_two_pages_that_ask_for_one_address_are_reported_and_one_is_built(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    pages: dict[str, str | bytes] = {
        f"posts/{name}.md": POST.replace("---\nText", "url: same/\nsave_as: same/index.html\n---\n") for name in "ab"
    }
    result, _ = build_site(write_tree(pages))
    assert "duplicate-url" in {problem.code for problem in result.problems}


def test_a_fault_in_a_template_is_one_sentence_with_its_place(
    write_tree: WriteTree, build_site: BuildSite, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "article.html").write_text("{{ article.title }}\n{{ nobody_gives_this }}\n")
    result, _ = build_site(write_tree({"posts/a.md": POST}), THEME_TEMPLATES_OVERRIDES=[str(tmp_path / "mine")])
    assert result.exit_code == 2
    assert result.messages[-1].endswith("mine/article.html:2: 'nobody_gives_this' is undefined")


def test_settings_without_the_plugin_lead_to_no_site_and_say_so(write_tree: WriteTree, build_site: BuildSite) -> None:
    result, output = build_site(write_tree({"posts/a.md": POST}), PLUGINS=[])
    assert result.exit_code == 2
    assert "the plugin 'rehab' could not be loaded" in result.messages[-1]
    assert not output.exists()


def test_a_hidden_file_is_no_post_and_no_word_is_said_of_it(write_tree: WriteTree, build_site: BuildSite) -> None:
    hidden: dict[str, str | bytes] = {".#a.md": POST, "posts/.b.md": POST, "posts/.trash/c.md": POST}
    result, output = build_site(write_tree({"posts/a.md": POST, **hidden}))
    assert (result.problems, result.messages) == ((), ())
    assert [
        name
        for name in files_of(output)
        if name.startswith("posts/") and name.endswith("/index.html") and name.count("/") > 1
    ] == ["posts/a/index.html"]


@pytest.mark.parametrize(
    "file", ["robots.txt", "rehab.json", "404.html", "tags/index.html", "feeds/atom.xml", "sitemap.xml/x"]
)
def test_a_page_that_asks_for_a_file_of_the_site_is_reported_and_never_published(
    write_tree: WriteTree, build_site: BuildSite, file: str
) -> None:
    post = POST.replace("---\nText", f"url: {file}\nsave_as: {file}\n---\nText")
    content = write_tree({"posts/a.md": post})
    preview, _ = build_site(content)
    assert ("duplicate-url", 5) in {(problem.code, problem.place.line) for problem in preview.problems}
    strict, output = build_site(content, output="public", REHAB_STRICT=True)
    assert strict.exit_code == 1
    assert not output.exists()


@pytest.mark.parametrize("file", ["../x.html", "../outputs/x.html", "/x.html", "a/../../x.html", "..", ".", "x/"])
def test_a_page_that_asks_for_a_file_outside_the_site_is_reported_and_stands_where_others_do(
    write_tree: WriteTree, build_site: BuildSite, tmp_path: Path, file: str
) -> None:
    content = write_tree({"posts/a.md": POST.replace("---\nText", f"save_as: {file}\n---\nText")})
    preview, output = build_site(content)
    assert [(problem.code, problem.place.line) for problem in preview.problems] == [("wrong-type", 4)]
    assert (output / "posts/a/index.html").is_file()
    assert {each.name for each in tmp_path.iterdir()} == {".cache", "content", "output", "pelicanconf.py"}
    strict, public = build_site(content, output="public", REHAB_STRICT=True)
    assert (strict.exit_code, public.exists()) == (1, False)


@pytest.mark.parametrize("file", ["./about/x.html", "about//x.html", ".//about///x.html", "about/./x.html"])
def test_a_file_has_one_name_however_a_page_asks_for_it(
    write_tree: WriteTree, build_site: BuildSite, file: str
) -> None:
    asks = {name: POST.replace("---\nText", f"save_as: {file}\nurl: {name}/\n---\nText") for name in "ab"}
    result, output = build_site(write_tree({"posts/a.md": asks["a"]}))
    assert "about/x.html" in result.files
    assert result.problems == ()
    write_tree({"posts/b.md": asks["b"].replace(file, "about/x.html")})
    result, _ = build_site(output.parent / "content")
    assert [problem.message for problem in result.problems] == ["two pages are written to 'about/x.html'"]


def test_a_file_is_named_below_the_output_folder_in_one_way_and_none_outside_it_is(write_tree: WriteTree) -> None:
    content = write_tree({})
    site, _ = compile_site(content)
    build = Build(site=site, content=content, output="/x/out", strict=False, found=[], sources={})
    ways = ("a/b.html", "./a//b.html", "a/c/../b.html", "/x/out/a/b.html", "/x/out//a/./b.html")
    assert {build.name_of(way) for way in ways} == {"a/b.html"}
    for way in ("../b.html", "a/../../b.html", "/x/outside/b.html", "/x/out/../b.html", "/b.html", "..", "", "/x/out/"):
        with pytest.raises(ValueError, match="no file inside the output folder"):
            build.name_of(way)


def test_a_page_does_not_get_a_file_of_the_site_by_writing_its_name_otherwise(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    result, _ = build_site(write_tree({"posts/a.md": POST.replace("---\nText", "save_as: ./robots.txt\n---\nText")}))
    assert [problem.message for problem in result.problems] == ["'robots.txt' is a file of the site's own"]


@pytest.mark.parametrize("name", ["posts", "images", "theme", "search", "exercises", "posts/b", "x" * 300, "ö" * 120])
def test_a_page_that_asks_for_a_name_that_no_file_can_have_gets_its_usual_one(
    write_tree: WriteTree, build_site: BuildSite, name: str
) -> None:
    asking = POST.replace("---\nText", f"save_as: {name}\n---\nText")
    content = write_tree({"posts/a.md": asking, "posts/b.md": POST.replace("2020", "2019")})
    for text in (asking, f"{asking}\nMore words.\n"):
        write_tree({"posts/a.md": text})
        result, output = build_site(content)
        places = [(problem.place.path, problem.place.line, problem.place.column) for problem in result.problems]
        assert places == [("content/posts/a.md", 4, 10)]
        assert result.problems[0].message.endswith(("is a folder of the site", "is longer than 200 bytes"))
        assert {"posts/a/index.html", "posts/b/index.html", "index.html"} <= files_of(output).keys()


@pytest.mark.parametrize(
    "head", ["---\ntitle: A\ndate: 2020-01-01\ntemplate: nope\n---\n", "Title: A\nTemplate: ../nope\n\n"]
)
def test_a_template_that_the_theme_has_not_is_reported_and_the_usual_one_taken(
    write_tree: WriteTree, build_site: BuildSite, head: str
) -> None:
    result, output = build_site(write_tree({"posts/a.md": f"{head}Words.\n"}))
    assert "bad-choice" in {problem.code for problem in result.problems}
    assert "Words." in (output / "posts/a/index.html").read_text("utf-8")


def test_sources_stand_beside_the_pages_of_texts_where_a_site_wants_them(
    build_site: BuildSite, write_tree: WriteTree
) -> None:
    content = write_tree({"posts/one.md": POST})
    built, output = build_site(content, OUTPUT_SOURCES=True)
    assert built.messages == ()
    assert (output / "posts/one/index.text").read_text("utf-8") == POST


def test_what_is_written_in_another_language_than_the_sites_is_found_where_everything_leads_to_it(
    build_site: BuildSite, write_tree: WriteTree, tmp_path: Path
) -> None:
    content = write_tree(
        {
            "posts/knie.md": "---\ntitle: Knie\ndate: 2020-01-01\nlang: de\ninjuries: [knee]\n---\n[[ueber]]\n",
            "posts/genou.md": "---\ntitle: Genou\ndate: 2020-01-02\nlang: fr\n---\n[[knie]]\n",
            "comments/knie/c1.md": "---\nauthor: Ana\ndate: 2020-02-01\n---\nGut.\n",
            "pages/ueber.md": "---\ntitle: Über\nlang: de\n---\nText.\n",
            "injuries/knee.md": "---\ntitle: Sore knee\nregion: knee\nred_flags: []\n---\nText.\n",
        }
    )
    address = "https://example.org"
    built, output = build_site(content, SITEURL=address, FEED_DOMAIN=address)
    assert built.site is not None
    assert (built.messages, check_built(output, built.site, tmp_path / "memory")[1]) == ((), ())
    assert (output / "posts/knie-de/index.html").is_file()


def test_a_template_that_a_theme_lacks_is_named(build_site: BuildSite, write_tree: WriteTree, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    (tmp_path / "theme" / "templates" / "parts" / "picture.html").unlink()
    built, _ = build_site(write_tree({"posts/one.md": POST}), THEME=str(tmp_path / "theme"))
    assert (built.exit_code, built.messages[-1]) == (2, "the theme has no template 'parts/picture.html'")


def test_posts_whose_date_nobody_knows_are_in_the_list_of_no_year(build_site: BuildSite, write_tree: WriteTree) -> None:
    undated = "---\ntitle: Undated\ndate_basis: unknown\n---\nText\n"
    content = write_tree({"posts/one.md": POST, "posts/two.md": undated})
    _, output = build_site(content, YEAR_ARCHIVE_SAVE_AS="y/{date:%Y}/index.html", YEAR_ARCHIVE_URL="y/{date:%Y}/")
    assert [each.name for each in (output / "y").iterdir()] == ["2020"]
