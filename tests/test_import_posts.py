"""Another blog's export becomes posts: all of it accounted for, nothing public that was not, nothing overwritten."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from conftest import ROOT, SHARED
from rehab.authoring.import_posts import detect
from rehab.authoring.import_posts.detect import detect_file, detect_folder
from rehab.authoring.import_posts.outcomes import VERDICTS
from rehab.authoring.import_posts.page import read_page
from rehab.cli import rehab
from rehab.cli.import_.posts import FORMATS
from rehab.compile import compile_site
from rehab.site.related import related_posts

if TYPE_CHECKING:
    from rehab.source.problem import Problem

CASES = Path(__file__).parent / "cases/import"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
SAMPLES = SHARED / "data/comments"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A blog that knows an exercise and an injury."""
    folder = tmp_path / "blog/content"
    for path, text in {
        "exercises/calf-raise.md": "---\ntitle: Calf raise\ninjuries:\n  - injury: heel-pain\n    relation: helps\n"
        "    evidence: uncited\n---\n",
        "injuries/heel-pain.md": "---\ntitle: Heel pain\naliases: [sore heel]\nregion: foot\nred_flags: []\n---\n",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def bring(content: Path, file: Path, *words: str, code: int | None = 0) -> Result:
    result = CliRunner().invoke(rehab, ["import", str(file), "--into", str(content), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert code is None or result.exit_code == code, result.output
    return result


def report(content: Path) -> dict[str, Any]:
    files = sorted((content.parent / "inbox").glob("import-*.json"))
    value: dict[str, Any] = json.loads(files[-1].read_text(encoding="utf-8"))
    return value


def problems(content: Path) -> list[Problem]:
    return list(compile_site(content)[1])


def errors(content: Path) -> list[str]:
    return [f"{each.place}: {each.message}" for each in problems(content) if each.severity == "error"]


def text_of(content: Path, path: str) -> str:
    return (content / path).read_text(encoding="utf-8")


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def wxr(*items: str, before: str = "") -> str:
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"'
    return f'<?xml version="1.0"?>{before}<rss {names}><channel>{"".join(items)}</channel></rss>'


def item(  # noqa: PLR0913 - what an item says
    title: str, text: str = "", *, number: int = 1, name: str = "", link: str = "", kind: str = "post"
) -> str:
    return (
        f"<item><title><![CDATA[{title}]]></title><link>{link}</link>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_name><![CDATA[{name}]]></wp:post_name><wp:status>publish</wp:status>"
        f"<wp:post_date_gmt>2014-04-0{number % 9 + 1} 10:00:00</wp:post_date_gmt>"
        f"<wp:post_type>{kind}</wp:post_type></item>"
    )


def test_the_command_line_has_the_formats_of_the_core() -> None:
    assert set(FORMATS) == set(detect.FORMATS)


def test_every_item_of_a_wordpress_file_is_accounted_for(content: Path) -> None:
    bring(content, CASES / "wordpress.xml", code=1)
    told = report(content)
    assert told["total"] == 13 == sum(told["counts"].values()) == len(told["items"])
    assert told["counts"] == {"imported": 4, "held": 4, "skipped": 4, "not understood": 1}
    assert told["comments"]["total"] == 3
    assert [each["line"] for each in told["items"]][:3] == [10, 45, 76]
    assert all(each["reason"] or each["path"] for each in told["items"])
    assert errors(content) == []


def test_a_wordpress_post_keeps_what_the_file_says_of_it(content: Path) -> None:
    bring(content, CASES / "wordpress.xml", code=1)
    text = text_of(content, "posts/a-knee/index.md")
    for line in (
        'title: "A knee & a hill"', "date: 2014-04-06 10:00:00Z", "author: Nora Hill", "category: Knees",
        "tags: [Hills, downhill]", "comments: closed", "summary: What the hill did.",
        'redirect_from: ["/2014/04/a-knee/"]', "[[post:second|the next one]] and [[page:about|me]]",
    ):  # fmt: skip
        assert line in text
    assert "date: 2014-05-06\n" in text_of(content, "posts/second/index.md")


def test_two_posts_that_linked_to_each_other_still_do(content: Path) -> None:
    bring(content, CASES / "wordpress.xml", code=1)
    assert "[[post:a-knee|the knee]]" in text_of(content, "posts/second/index.md")
    site, _ = compile_site(content)
    linked = {(edge.from_, edge.to) for edge in site.edges if edge.from_.startswith("post:")}
    assert {("post:a-knee", "post:second"), ("post:second", "post:a-knee")} <= linked


def test_a_draft_stays_one_and_what_was_locked_comes_near_no_site(content: Path) -> None:
    bring(content, CASES / "wordpress.xml", code=1)
    assert "status: draft" in text_of(content, "posts/half-a-thought/index.md")
    everything = b"".join(all_bytes(content).values())
    for canary in (b"locked-canary", b"private-canary", b"locked-comment-canary", b"sesame"):
        assert canary not in everything
    held = content.parent / "inbox/posts"
    assert "locked-canary" in (held / "for-friends/index.md").read_text(encoding="utf-8")
    assert "status: draft" in (held / "diary/index.md").read_text(encoding="utf-8")
    told = (content.parent / "inbox/import-wordpress.md").read_text(encoding="utf-8")
    assert "canary" not in told


def test_a_second_import_changes_nothing_and_keeps_what_the_author_changed(content: Path) -> None:
    bring(content, CASES / "wordpress.xml", code=1)
    (content / "posts/second").rename(content / "posts/renamed")
    post = content / "posts/a-knee/index.md"
    post.write_text(post.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    before = all_bytes(content)
    bring(content, CASES / "wordpress.xml", code=1)
    assert all_bytes(content) == before
    assert report(content)["counts"]["imported"] == 0


def test_a_dry_run_writes_nothing(content: Path) -> None:
    before = all_bytes(content.parent)
    assert "nothing was written" in bring(content, CASES / "wordpress.xml", "--dry-run", code=1).output
    assert all_bytes(content.parent) == before


def test_the_same_export_makes_the_same_bytes(content: Path, tmp_path: Path) -> None:
    other = tmp_path / "other/content"
    other.mkdir(parents=True)
    for path, data in all_bytes(content).items():
        (other / path).parent.mkdir(parents=True, exist_ok=True)
        (other / path).write_bytes(data)
    for folder in (content, other):
        bring(folder, CASES / "wordpress.xml", code=1)
    assert all_bytes(content.parent) == all_bytes(other.parent)


def test_pictures_come_from_the_folder_that_is_given(content: Path, tmp_path: Path) -> None:
    media = tmp_path / "uploads/2014"
    (media / "05").mkdir(parents=True)
    Image.new("RGB", (60, 40)).save(media / "knee.jpg")
    (media / "05/lake.jpg").write_bytes(b"no picture at all")
    said = bring(content, CASES / "wordpress.xml", "--media", str(media.parent), code=1).output
    assert '![A knee](knee.jpg "The knee itself")' in text_of(content, "posts/second/index.md")
    assert "![A bent knee on a slope](knee.jpg" in text_of(content, "posts/a-knee/index.md")
    assert (content / "posts/a-knee/knee.jpg").is_file()
    assert "'2014/05/lake.jpg' is not a picture" in said
    assert not list(content.rglob("lake*"))
    assert errors(content) == []


@pytest.mark.parametrize(
    ("name", "counts", "comments"),
    [("blogger.xml", (3, 0, 1, 0), 1), ("takeout.atom", (2, 0, 1, 0), 1)],
)
def test_bloggers_files_come_with_their_comments(
    content: Path, name: str, counts: tuple[int, ...], comments: int
) -> None:
    bring(content, CASES / name)
    told = report(content)
    assert tuple(told["counts"][verdict] for verdict in VERDICTS) == counts
    assert told["comments"]["counts"]["imported"] == comments
    assert errors(content) == []


@pytest.mark.parametrize(
    ("name", "counts", "files"),
    [
        ("jekyll", (4, 0, 1, 0), ["posts/first-trail/path.png", "posts/some-day/index.md", "pages/about-us.md"]),
        ("hugo", (3, 0, 1, 0), ["posts/lake-loop/lake.png", "posts/hill-loop/index.md", "pages/contact.md"]),
        ("pelican", (3, 0, 0, 1), ["posts/shore/sand.png", "posts/wind/index.md", "pages/me.md"]),
    ],
)
def test_a_folder_of_files_comes_with_its_pictures(
    content: Path, name: str, counts: tuple[int, ...], files: list[str]
) -> None:
    bring(content, CASES / name, code=1 if counts[3] else 0)
    assert tuple(report(content)["counts"][verdict] for verdict in VERDICTS) == counts
    assert [file for file in files if not (content / file).is_file()] == []
    assert errors(content) == []


def test_a_pages_text_comes_with_its_thread_and_its_losses(content: Path) -> None:
    bring(content, CASES / "page.txt", "--dates", "mdy")
    text = text_of(content, "posts/the-heel-that-would-not-stop/index.md")
    assert "comments_declared: 3\nlost_links:\n  - text: Source\n    about: heel on a stair\n" in text
    assert "## Calf Raise" in text
    assert "\n* * *\n" in text
    assert "Follow me" not in text
    remarks = report(content)["items"][0]["remarks"]
    assert any("line 39: the text ends without the end of a line" in each for each in remarks)
    assert report(content)["comments"]["counts"] == {"imported": 3, "held": 0, "skipped": 0}
    assert errors(content) == []


def test_what_a_text_names_is_a_comment_until_the_author_confirms_it(content: Path) -> None:
    bring(content, CASES / "page.txt", "--dates", "mdy")
    slug = "the-heel-that-would-not-stop"
    site, _ = compile_site(content)
    post = next(each for each in site.posts if each.slug == slug)
    assert (post.exercises, post.injuries, post.mentions) == ((), (), None)
    path = content / f"posts/{slug}/index.md"
    text = path.read_text(encoding="utf-8")
    assert "#   - calf-raise: 3 x 12 each side @ 10 lb  # line 3, 'Calf Raise'" in text
    path.write_text(re.sub(r"(?m)^# (?=exercises|mentions|  )", "", text), encoding="utf-8")
    site, _ = compile_site(content)
    assert [use.exercise.slug for each in site.posts for use in each.exercises] == ["calf-raise"]
    assert errors(content) == []


def test_comments_of_a_page_need_the_order_of_its_dates(content: Path) -> None:
    assert "say --dates mdy, dmy or ymd" in bring(content, CASES / "page.txt", code=2).output


@pytest.mark.parametrize(
    ("head", "format_"),
    [
        (b'<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.0/">', "wordpress"),
        (b'<rss xmlns:wp="https://wordpress.org/export/1.2/">', "wordpress"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "blogger"),
        (b"My knee\n\nIt hurts.", "page"),
        (b"PK\x03\x04", ""),
        (b"<?xml version='1.0'?><disqus>", ""),
        (b"\x89PNG\r\n\x1a\n\0\0", ""),
        (b"[Photo]\nMy knee\n\nComments by https://disqus.com/", "page"),
        (b"-- Marit, 6 April\nMy knee", "page"),
    ],
)
def test_a_file_tells_its_format(head: bytes, format_: str) -> None:
    assert detect_file(head)[0] == format_


@pytest.mark.parametrize(
    ("head", "advice"),
    [
        (b'<?xml version="1.0"?><disqus xmlns="http://disqus.com">', "rehab comments import disqus"),
        (b'\n{"commenters": [', "rehab comments import"),
        (b'[{"comments": [{"email": ""', "rehab import exercises"),
        (b"<!doctype html><html>", "copy its text"),
        (b"-- MySQL dump 10.13", "Tools, Export"),
    ],
)
def test_what_is_no_export_of_posts_says_what_to_do_with_it(head: bytes, advice: str) -> None:
    format_, said = detect_file(head)
    assert (format_, advice in said) == ("", True)


@given(
    st.lists(
        st.sampled_from(
            ["", " ", "My knee", "Question:", "Home", "Search", "* * *", "Source: x", "a.jpg", "3 comments"]
        ),
        max_size=8,
    )
)
def test_any_text_is_read_as_a_page(lines: list[str]) -> None:
    export = read_page("\n".join(lines).encode())
    assert export.items or export.fault or not "".join(lines).strip()


def test_a_folder_tells_its_format() -> None:
    assert detect_folder(["_posts/x.md"])[0] == "jekyll"
    assert detect_folder(["hugo.toml", "content/x.md"])[0] == "hugo"
    assert detect_folder(["content/x.md"])[0] == "pelican"
    assert detect_folder(["x.jpg"])[0] == ""


HOSTILE = [
    "$(touch PWNED)", "`touch PWNED`", "; touch PWNED #", "../../../../PWNED", "..\\..\\PWNED", "/var/PWNED",
    "C:\\PWNED", "CON", "nul.md", "x" * 300, "\u202ePWNED", ".git/hooks/pre-commit", "inbox", "exercises", "index.html",
    "{attach}../../pelicanconf.py", "[[calf-raise]]", "{{ config }}", "---\ntitle: x", "title: *x", "!!python/object",
    "🏃",
    "%2e%2e%2fPWNED",
    "posts/../../PWNED", "# imported from wordpress: 0123456789ab", "same", "same", "Same",
]  # fmt: skip


def test_hostile_names_make_files_of_harmless_names_and_nothing_else(content: Path, tmp_path: Path) -> None:
    items = [
        item(each, f"{each} {number}", number=number, name=each, link=f"http://h.example/{each}", kind=kind)
        for kind in ("post", "page")
        for number, each in enumerate(HOSTILE, 1 if kind == "post" else 101)
    ]
    file = tmp_path / "hostile.xml"
    file.write_text(wxr(*items), encoding="utf-8")
    outside = {each: data for each, data in all_bytes(tmp_path).items() if not each.startswith("blog/")}
    bring(content, file)
    told = report(content)
    assert told["counts"]["imported"] == told["total"] == 2 * len(HOSTILE)
    paths = [each["path"] for each in told["items"]]
    assert len({path.casefold() for path in paths}) == len(paths)
    assert all(re.fullmatch(r"posts/[^/.\\]{1,70}/index\.md|pages/[^/.\\]{1,70}\.md", path) for path in paths), paths
    assert {each: data for each, data in all_bytes(tmp_path).items() if not each.startswith("blog/")} == outside
    assert not list(tmp_path.rglob("*PWNED"))
    assert [each for each in errors(content) if "duplicate" not in each] == []
    assert errors(content) == []


def test_names_with_null_and_control_characters_are_read_without_them(content: Path, tmp_path: Path) -> None:
    file = tmp_path / "nul.xml"
    file.write_bytes(wxr(item("a\x00b\x07c", "x", name="a\x00b")).encode())
    bring(content, file)
    assert "title: abc" in text_of(content, "posts/ab/index.md")


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_a_document_type_is_refused_and_nothing_written(content: Path, tmp_path: Path, bomb: str) -> None:
    file = tmp_path / "bomb.xml"
    file.write_text(wxr(item("A", "&x;"), before=bomb), encoding="utf-8")
    before = all_bytes(content.parent)
    assert "refused" in bring(content, file, code=1).output
    assert all_bytes(content.parent) == before


def test_deep_xml_is_refused(content: Path, tmp_path: Path) -> None:
    file = tmp_path / "deep.xml"
    file.write_text(wxr("<a>" * 5000 + "</a>" * 5000), encoding="utf-8")
    assert "nested" in bring(content, file, code=1).output


def test_a_file_that_breaks_off_writes_nothing_until_it_is_told_to(content: Path, tmp_path: Path) -> None:
    file = tmp_path / "cut.xml"
    file.write_text(wxr(item("Whole", "x"), item("Cut", "y", number=2))[:-60], encoding="utf-8")
    before = all_bytes(content)
    bring(content, file, code=1)
    assert all_bytes(content) == before
    bring(content, file, "--partial", code=1)
    assert (content / "posts/whole/index.md").is_file()
    assert not (content / "posts/cut").exists()


def test_a_file_is_written_over_no_other_and_through_no_link(content: Path, tmp_path: Path) -> None:
    secret = tmp_path / "elsewhere"
    secret.mkdir()
    (content / "posts").symlink_to(secret)
    file = tmp_path / "one.xml"
    file.write_text(wxr(item("One", "x")), encoding="utf-8")
    assert "behind a link" in bring(content, file, code=3).output
    assert list(secret.iterdir()) == []


def test_a_text_that_is_longer_than_any_is_not_understood(content: Path, tmp_path: Path) -> None:
    file = tmp_path / "long.xml"
    file.write_text(wxr(item("Long", "x" * 1_000_001), item("Short", "x", number=2)), encoding="utf-8")
    bring(content, file, code=1)
    assert report(content)["counts"] == {"imported": 1, "held": 0, "skipped": 0, "not understood": 1}


def test_tags_that_share_an_address_are_spelt_alike(content: Path, tmp_path: Path) -> None:
    tagged = [
        item(name, "x", number=number).replace("</item>", f'<category domain="post_tag">{name}</category></item>')
        for number, name in enumerate(["Long Run", "long run", "long-run"], 1)
    ]
    file = tmp_path / "tags.xml"
    file.write_text(wxr(*tagged), encoding="utf-8")
    bring(content, file)
    site, _ = compile_site(content)
    assert {tag for post in site.posts for tag in post.tags} == {"Long Run"}


def test_importing_runs_no_program_and_asks_no_network(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(subprocess.Popen, "__init__", refuse)
    monkeypatch.setattr("socket.create_connection", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    bring(content, CASES / "wordpress.xml", code=1)


@pytest.mark.skipif(len(SEEDS) < 2, reason="the two old pages are not on this machine")
def test_two_old_pages_become_posts_that_belong_together(tmp_path: Path) -> None:
    content = tmp_path / "blog/content"
    for path, text in {
        "injuries/glute-pain.md": "---\ntitle: Glute pain\nregion: lumbosacral\nred_flags: []\n---\n",
        "injuries/piriformis-syndrome.md": "---\ntitle: Piriformis syndrome\nregion: lumbosacral\nred_flags: []\n---\n",
        "treatments/active-release.md": "---\ntitle: Active release therapy\naliases: [ART]\nkind: manual\n---\n",
    }.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    for seed in SEEDS:
        bring(content, seed, "--dates", "mdy")
    told = json.loads((content.parent / f"inbox/import-{SEEDS[0].stem.replace('_', '')}.json").read_text("utf-8"))
    assert told["counts"] == {"imported": 1, "held": 0, "skipped": 0, "not understood": 0}
    assert told["comments"]["counts"] == {"imported": 7, "held": 0, "skipped": 0}
    remarks = told["items"][0]["remarks"]
    assert sum("a source whose link is lost" in each for each in remarks) == 3
    assert any("a divider, kept" in each for each in remarks)
    assert any("it may have been cut off" in each for each in remarks)
    assert any("9 comments" in note for note in told["comments"]["notes"])
    site, _ = compile_site(content)
    assert errors(content) == []
    posts = [*content.glob("posts/*/index.md")]
    assert len(posts) == 2
    for post in posts:
        text = post.read_text(encoding="utf-8")
        post.write_text(re.sub(r"(?m)^# (?=injuries|treatments|  )", "", text), encoding="utf-8")
    site, _ = compile_site(content)
    assert errors(content) == []
    assert all([each.post for each in related_posts(site, post)] for post in site.posts)
    comments = [each.read_text(encoding="utf-8") for each in content.glob("comments/*/*.md")]
    assert sum("reply_to:" in each for each in comments) == 1
    assert sum("\nauthor:" not in each for each in comments) == 1
    assert sum("😉" in each for each in comments) == 1


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of exports are not on this machine")
@pytest.mark.parametrize(
    ("name", "items", "comments"),
    [
        ("wxr-1.0-small.xml", 3, 8),
        ("wxr_https_ns.xml", 1, 2),
        ("wxr_adversarial.xml", 1, 27),
        ("blogger-classic-small.xml", 3, 3),
        ("blogger-takeout-small.atom", 2, 2),
        ("blogger_takeout_2018.atom", 1, 4),
    ],
)
def test_samples_of_exports_come_with_their_posts(content: Path, name: str, items: int, comments: int) -> None:
    bring(content, SAMPLES / name)
    told = report(content)
    assert told["total"] == items == sum(told["counts"].values())
    assert told["comments"]["total"] == comments == sum(told["comments"]["counts"].values())
    assert errors(content) == []


@pytest.mark.parametrize(
    ("name", "slug", "line"),
    [
        ("jekyll", "first-trail", 'redirect_from: ["/trails/2015/03/04/first-trail/"]'),
        ("jekyll", "first-trail", "See [[post:second-trail|the second]]"),
        ("hugo", "lake-loop", 'redirect_from: ["/old/lake/"]'),
        ("pelican", "shore", 'redirect_from: ["/2017/shore.html"]'),
    ],
)
def test_files_keep_their_old_addresses_and_find_each_other(content: Path, name: str, slug: str, line: str) -> None:
    bring(content, CASES / name, code=None)
    assert line in text_of(content, f"posts/{slug}/index.md")


def test_a_file_that_a_text_names_outside_its_blog_is_not_taken(content: Path, tmp_path: Path) -> None:
    blog = tmp_path / "old"
    (blog / "content").mkdir(parents=True)
    Image.new("RGB", (9, 9)).save(tmp_path / "secret.png")
    (blog / "content/link.png").symlink_to(tmp_path / "secret.png")
    names = ("{static}../../secret.png", "{attach}../../secret.png", "../../secret.png", "/etc/passwd", "link.png")
    body = " ".join(f"![x]({name})" for name in names)
    (blog / "content/post.md").write_text(f"Title: Post\nDate: 2014-04-06\n\n{body}\n", encoding="utf-8")
    bring(content, blog)
    assert [each.name for each in content.glob("posts/post/*")] == ["index.md"]
    assert errors(content) == []


def test_what_stands_on_a_command_line_reaches_no_shell() -> None:
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed here")
    shown = subprocess.run(
        [make, "--no-print-directory", "-n", "import", "FROM=$(touch PWNED) 'a b'.xml"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert shown.stdout.splitlines()[-1].partition(" -- ")[2] == "'$(touch PWNED) '\\''a b'\\''.xml'"


def test_a_post_that_waits_in_the_inbox_is_known_there_and_once_it_is_moved(content: Path) -> None:
    bring(content, CASES / "wordpress.xml", code=1)
    waiting = content.parent / "inbox/posts/for-friends"
    bring(content, CASES / "wordpress.xml", code=1)
    assert report(content)["items"][4]["reason"] == "it is here already: inbox/posts/for-friends/index.md"
    waiting.rename(content / "posts/for-friends")
    bring(content, CASES / "wordpress.xml", code=1)
    assert report(content)["items"][4]["reason"] == "it is here already: content/posts/for-friends/index.md"
    assert report(content)["comments"]["counts"]["imported"] == 1
    assert errors(content) == []
