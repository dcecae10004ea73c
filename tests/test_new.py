"""A new file passes the check as it stands, keeps its title, and overwrites nothing."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rehab.authoring.new.plan import NewFile, Wanted, plan_new
from rehab.authoring.new.text import STARTS
from rehab.authoring.new.title import DEVICES, LONGEST_SLUG, Refusal, check_slug, clean_title, slug_for
from rehab.cli import new as command
from rehab.cli import rehab
from rehab.compile import compile_site
from rehab.model.slug import slugify
from rehab.model.spec import specs
from rehab.source.yaml_text import quote, render_block

if TYPE_CHECKING:
    from conftest import WriteTree
    from rehab.site.site import Site
    from rehab.source.problem import Problems

ROOT = Path(__file__).parent.parent
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "new.yml").read_text("utf-8"))
MADE = [case for case in CASES if "slug" in case]
REFUSED = [case for case in CASES if "refused" in case]
DAY = dt.date(2026, 1, 2)

# What a file may be told of that nobody has filled in: nothing leads to it yet.
HONEST = {"unlinked-exercise", "unlinked-injury"}

SITE: dict[str, str | bytes] = {
    "injuries/sore-knee.md": "---\ntitle: Sore knee\naliases: [bad knee]\nregion: knee\nred_flags: []\n---\n",
    "exercises/squat.md": "---\ntitle: Squat\naliases: [knee bend]\n---\n",
    "posts/2020/spring.md": """\
        ---
        title: Spring
        date: 2020-03-01
        author: Ann
        injuries: [sore-knee]
        redirect_from: [/old-news/]
        exercises:
          - squat
          - name: Wall sit
        ---
        """,
    "posts/unfinished.md": "---\ntitle: Unfinished\ndate: 2020-03-02\nstatus: draft\n---\n",
    "pages/about.md": "---\ntitle: About\n---\n",
    "galleries/hill-day/one.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0v3z"/></svg>',
}


def plan(site: Site, title: str, kind: str = "post", **other: Any) -> NewFile | Refusal:
    return plan_new(Wanted(kind, title, DAY, **other), site)


def made(site: Site, title: str, kind: str = "post", **other: Any) -> NewFile:
    planned = plan(site, title, kind, **other)
    assert isinstance(planned, NewFile), planned
    return planned


def refused(site: Site, title: str, kind: str = "post", **other: Any) -> str:
    planned = plan(site, title, kind, **other)
    assert isinstance(planned, Refusal), planned
    return planned.sentence


def checked(write_tree: WriteTree, planned: NewFile) -> tuple[Site, Problems]:
    """Return the site with the new file in it, and what is wrong with that file."""
    site, problems = compile_site(write_tree({planned.path: planned.text.encode()}))
    return site, tuple(problem for problem in problems if problem.place.path == f"content/{planned.path}")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return compile_site(tmp_path_factory.mktemp("empty"))[0]


@pytest.fixture
def small(write_tree: WriteTree) -> Site:
    return compile_site(write_tree(SITE))[0]


# Titles and slugs


@pytest.mark.parametrize("case", MADE, ids=lambda case: ascii(case["title"]))
def test_a_file_for_an_odd_title_passes_the_check_and_keeps_it(
    write_tree: WriteTree, empty: Site, case: dict[str, str]
) -> None:
    kind = case.get("kind", "post")
    planned = made(empty, case["title"], kind)
    site, problems = checked(write_tree, planned)
    assert {problem.code for problem in problems} <= HONEST
    noun = site.nouns[f"{kind}:{case['slug']}"]
    assert noun.title == case.get("back", case["title"])


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: ascii(case["title"]))
def test_a_title_that_no_file_can_hold_is_refused_with_a_sentence(empty: Site, case: dict[str, str]) -> None:
    assert refused(empty, case["title"]).startswith(case["refused"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), min_size=1, max_size=40), st.sampled_from(sorted(STARTS)))
@example("x" * 300, "post")
@example("word " * 60, "exercise")
@example("🏃" * 300, "gallery")
def test_whatever_the_title_the_file_passes_or_a_sentence_says_why(
    write_tree: WriteTree, empty: Site, title: str, kind: str
) -> None:
    planned = plan(empty, title, kind)
    if isinstance(planned, Refusal):
        return
    site, problems = checked(write_tree, planned)
    assert {problem.code for problem in problems if problem.severity == "error"} == set()
    (noun,) = (noun for noun in site.nouns.values() if getattr(noun, "path", "") == f"content/{planned.path}")
    assert noun.title == unicodedata.normalize("NFC", title).replace("\u00a0", " ").replace("\u202f", " ").strip()
    (write_tree({}) / planned.path).unlink()


@given(st.text(st.characters(), min_size=1, max_size=200))
def test_a_slug_is_short_is_no_device_and_is_read_back_from_its_file(title: str) -> None:
    cleaned = clean_title(title)
    if isinstance(cleaned, Refusal):
        return
    slug = slug_for(cleaned, "post")
    assert check_slug(slug) is None
    assert slugify(slug) == slug
    assert len(slug) <= LONGEST_SLUG
    assert len(f"{slug}.md".encode()) < 255


def test_a_long_slug_ends_with_a_whole_word() -> None:
    assert (
        slug_for("the long way round the lake " * 12, "post")
        == "the-long-way-round-the-lake-the-long-way-round-the-lake-the"
    )


def test_two_titles_of_300_characters_that_differ_at_the_end_share_a_slug_so_the_second_is_refused(
    write_tree: WriteTree, empty: Site
) -> None:
    site, _ = checked(write_tree, made(empty, "run " * 75 + "a"))
    assert "give the new one a --slug" in refused(site, "run " * 75 + "b")


@pytest.mark.parametrize("slug", ["Two Words", "../x", "a/b", "con", "x" * 61, "a_b", "-", " ", "a\x07"])
def test_a_slug_that_cannot_name_a_file_is_refused(empty: Site, slug: str) -> None:
    sentence = refused(empty, "A", slug=slug)
    assert ": " in sentence
    assert sentence.isprintable()


def test_no_device_of_windows_is_a_file_name(empty: Site) -> None:
    paths = [made(empty, device, kind).path for device in DEVICES for kind in STARTS]
    assert not [path for path in paths if {part.partition(".")[0] for part in path.split("/")} & DEVICES]


# What is there already


@pytest.mark.parametrize(
    ("kind", "title", "file"),
    [
        ("post", "Spring", "content/posts/2020/spring.md"),
        ("post", "Unfinished", "content/posts/unfinished.md"),
        ("exercise", "SQUAT", "content/exercises/squat.md"),
        ("exercise", "Knee bend", "content/exercises/squat.md"),
        ("injury", "Bad knee", "content/injuries/sore-knee.md"),
        ("page", "About", "content/pages/about.md"),
    ],
)
def test_a_taken_name_is_refused_with_the_file_that_has_it(small: Site, kind: str, title: str, file: str) -> None:
    assert file in refused(small, title, kind)


@pytest.mark.parametrize(("title", "owner"), [("Exercises", "'Exercises'"), ("Old news", "redirect_from")])
def test_a_page_does_not_take_an_address_that_is_in_use(small: Site, title: str, owner: str) -> None:
    assert owner in refused(small, title, "page")


def test_a_name_of_another_kind_is_noted_with_the_words_that_settle_it(small: Site) -> None:
    (note,) = made(small, "Squat", "post").notes
    assert "an exercise" in note
    assert "[[post:squat]]" in note


def test_texts_in_which_a_name_would_no_longer_say_enough_are_named(write_tree: WriteTree) -> None:
    post = "---\ntitle: A\ndate: 2020-01-01\n---\nSee [[squat]] and [[exercise:squat]].\n"
    site, _ = compile_site(write_tree({**SITE, "posts/a.md": post}))
    assert "content/posts/a.md:5:7 has [[squat]]: write [[exercise:squat]] there" in made(site, "Squat").notes


def test_a_file_may_add_to_an_exercise_that_a_post_defines(write_tree: WriteTree, small: Site) -> None:
    planned = made(small, "Wall sit", "exercise")
    assert planned.path == "exercises/wall-sit.md"
    assert "the post 'spring' defines this exercise: the new file adds to it" in planned.notes
    assert checked(write_tree, planned)[1] == ()


def test_pictures_that_lie_in_a_gallery_already_are_listed(write_tree: WriteTree, small: Site) -> None:
    planned = made(small, "Hill day", "gallery")
    assert planned.path == "galleries/hill-day/gallery.md"
    site, problems = checked(write_tree, planned)
    assert {problem.code for problem in problems} == {"missing-alt"}
    assert [image.src.path for image in site.nouns["gallery:hill-day"].images] == ["one.svg"]


# What the file says


def test_a_post_has_a_folder_of_its_own_and_the_day() -> None:
    site, _ = compile_site(ROOT / "content")
    planned = made(site, "Knee")
    assert planned.path == "posts/knee/index.md"
    assert planned.text.startswith("---\ntitle: Knee\ndate: 2026-01-02\n")
    assert re.search(r"^# injuries: \[glute-pain, it-band-syndrome, .*\]  # ", planned.text, re.MULTILINE)


def test_a_long_list_of_names_is_cut_with_a_count() -> None:
    site, _ = compile_site(ROOT / "content")
    line = next(line for line in made(site, "Knee", "injury").text.splitlines() if line.startswith("# structures:"))
    assert line.count(",") < 20
    assert re.search(r" … and \d+ more$", line)


@pytest.mark.parametrize(("folder", "path"), [(False, "exercises/knee.md"), (True, "exercises/knee/index.md")])
def test_a_folder_of_its_own_is_given_when_asked_for(empty: Site, folder: bool, path: str) -> None:  # noqa: FBT001 - pytest passes a parameter by its name
    assert made(empty, "Knee", "exercise", folder=folder).path == path


@pytest.mark.parametrize("kind", STARTS)
def test_every_field_of_the_table_stands_once_in_a_new_file(empty: Site, kind: str) -> None:
    keys = re.findall(r"^(?:# )?([a-z_]+):", made(empty, "A", kind).text, re.MULTILINE)
    assert sorted(keys) == sorted(spec.key for spec in specs(STARTS[kind].noun))


@pytest.mark.parametrize("kind", STARTS)
def test_what_is_required_is_filled_in(kind: str) -> None:
    start = STARTS[kind]
    required = {spec.key for spec in specs(start.noun) if spec.required}
    assert required <= {"title", *(key for key, _ in start.filled)}


@pytest.mark.parametrize("kind", STARTS)
def test_comments_become_fields_when_their_mark_is_taken_away(write_tree: WriteTree, kind: str) -> None:
    """Groups then say which of their fields are missing; nothing is unknown and nothing is unreadable."""
    site, _ = compile_site(ROOT / "content")
    planned = made(site, "A", kind)
    text = re.sub(r"^# (?!More fields)", "", planned.text, flags=re.MULTILINE)
    _, problems = checked(write_tree, NewFile(planned.path, text))
    own_words = {
        "missing-field",
        "bad-slug",
        "bad-choice",
        "unknown-slug",
        "pain-rule-without-source",
        "wrong-type",
        "missing-alt",
    }
    assert {problem.code for problem in problems} <= own_words | HONEST


def test_a_name_that_would_not_stay_in_its_comment_is_not_offered(write_tree: WriteTree) -> None:
    post = '---\ntitle: A\ndate: 2020-01-01\nauthor: "Ann\\ntitle: B"\ntags: ["x # y", "fine"]\n---\n'
    site, _ = compile_site(write_tree({"posts/a.md": post}))
    text = made(site, "C").text
    assert "Ann" not in text
    assert "(fine)" in text


# YAML


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")))
def test_a_quoted_text_is_the_same_text_to_any_reader_of_yaml(text: str) -> None:
    assert yaml.safe_load(f"a: {quote(text)}") == {"a": text}


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")
)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(TEXTS, below, min_size=1, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
def test_a_rendered_table_is_read_back_as_it_was(value: dict[str, Any]) -> None:
    assert yaml.safe_load(render_block(value)) == value


# The command


def test_the_command_offers_every_kind_that_has_a_start() -> None:
    assert tuple(STARTS) == command.KINDS


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own folder with settings and no content yet, which is the current folder."""
    (tmp_path / "content").mkdir()
    (tmp_path / "pelicanconf.py").write_text('PATH = "content"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(rehab, list(words), catch_exceptions=False)


def test_the_path_is_printed_and_the_site_has_no_problem(blog: Path) -> None:
    result = run("new", "post", "Two", "words")
    assert (result.exit_code, result.stdout) == (0, "content/posts/two-words/index.md\n")
    assert (blog / "content/posts/two-words/index.md").is_file()
    assert "no problems in 1 file" in run("check").stdout


def test_a_file_is_never_overwritten(blog: Path) -> None:
    file = blog / "content/pages/notes.md"
    file.parent.mkdir()
    file.symlink_to(blog / "nowhere")
    result = run("new", "page", "Notes")
    assert result.exit_code == 2
    assert (
        result.stderr == "rehab: 'content/pages/notes.md' is there already: write there, or give the new one a --slug\n"
    )
    assert not (blog / "nowhere").exists()


def test_nothing_is_written_through_a_link_that_leads_out(blog: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (blog / "content/posts").symlink_to(outside)
    result = run("new", "post", "Away")
    assert result.exit_code == 2
    assert "by a link" in result.stderr
    assert not list(outside.iterdir())


def test_without_a_content_folder_a_sentence_says_where_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("new", "post", "A")
    assert (result.exit_code, result.stderr) == (
        2,
        "rehab: there is no folder 'content' here: run this in the blog's folder\n",
    )


def test_an_editor_is_called_with_its_arguments_and_without_a_shell(blog: Path) -> None:
    script = blog / "my editor.py"
    script.write_text("import sys, pathlib; pathlib.Path('seen').write_text('|'.join(sys.argv[1:]))", encoding="utf-8")
    words = f"'{sys.executable}' '{script}' --wait '; touch shell'"
    assert command.open_editor(words, Path("content/a b.md")) == 0
    assert (blog / "seen").read_text("utf-8") == f"--wait|; touch shell|{Path('content/a b.md')}"
    assert not (blog / "shell").exists()


@pytest.mark.parametrize(
    "words", ["no-such-editor-here", "'never closed", f"'{sys.executable}' -c 'raise SystemExit(4)'"]
)
def test_an_editor_that_fails_is_one_sentence(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.open_editor(words, Path("x.md")) == 3
    assert capsys.readouterr().err.startswith("rehab: the editor ")


@pytest.mark.parametrize("title", ['it\'s "quoted"', "$100 `id` $(shell x) \\ #", "-5 km", "$(", "a; b && c | d > e"])
def test_make_hands_a_title_over_as_it_is(tmp_path: Path, title: str) -> None:
    stand_in = f"REHAB = @'{sys.executable}' -c 'import sys; print(ascii(sys.argv[-1]))'"
    makefile = re.sub(r"(?m)^REHAB = .*$", lambda _: stand_in, (ROOT / "Makefile").read_text("utf-8"))
    makefile = re.sub(r"(?m)^SETUP = .*$", "SETUP = @true", makefile)
    (tmp_path / "Makefile").write_text(makefile, encoding="utf-8")
    words = ["make", "-s", "new", "KIND=post", f"TITLE={title}"]
    try:
        shown = subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, encoding="utf-8").stdout
    except FileNotFoundError:
        pytest.skip("make is not installed here")
    assert shown.strip() == ascii(title)
