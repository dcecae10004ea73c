"""Imports of comments: totals that add up, hostile files that end in a sentence, and a clean site afterwards."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rehab.cli import rehab
from rehab.cli.comments.import_ import FORMATS as NAMES
from rehab.comments.imports.batch import LARGEST, Batch, Item, Options, Piece, Topic
from rehab.comments.imports.draft import VERDICTS
from rehab.comments.imports.formats import FORMATS
from rehab.comments.imports.hosts import Hosts, find_host
from rehab.comments.imports.mend import mend_letters
from rehab.comments.imports.plan import Plan, Present, plan_import
from rehab.comments.imports.report import render_import
from rehab.comments.private import drop_addresses
from rehab.comments.store import comment_file
from rehab.compile import compile_site

if TYPE_CHECKING:
    from click.testing import Result

CASES = Path(__file__).parent / "cases" / "imports"
OPTIONS = Options(dates="mdy", thread="sore-knee")
SAMPLES = {
    "wxr-1.0-small.xml": ("wordpress", 8),
    "wxr_adversarial.xml": ("wordpress", 27),
    "wxr_control_chars.xml": ("wordpress", 1),
    "wxr_https_ns.xml": ("wordpress", 2),
    "wxr_latin1_mislabelled.xml": ("wordpress", 1),
    "wxr_truncated.xml": ("wordpress", 2),
    "disqus-small.xml": ("disqus", 6),
    "blogger-classic-small.xml": ("blogger", 3),
    "blogger-takeout-small.atom": ("blogger", 2),
    "blogger_takeout_2018.atom": ("blogger", 4),
    "commento.json": ("commento", 3),
    "isso-generic.json": ("isso", 2),
    "staticman-small": ("staticman", 5),
}
OWN = {"wordpress.xml": ("wordpress", 7), "remark42.json": ("remark42", 3), "page.txt": ("page", 3)}
MAIL = re.compile(r"\w@[\w-]+\.\w")
IP = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")


def read(format_: str, data: bytes | str, options: Options = OPTIONS) -> Batch:
    return FORMATS[format_]((Piece("a/b.yml", data.encode() if isinstance(data, str) else data),), options)


def plan(batch: Batch, *slugs: str) -> Plan:
    hosts = Hosts(threads=frozenset(slugs or ("sore-knee",)), addresses={}, mapped={})
    return plan_import(batch, "test", hosts, Present())


def items(*found: Item) -> Batch:
    return Batch(items=found, topics={"t": Topic(slug="sore-knee")})


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    posts = tmp_path / "content" / "posts"
    posts.mkdir(parents=True)
    shutil.copy(CASES / "sore-knee.md", posts)
    for slug in ("glute", "test", "a-sore-calf", "sciatic", "my-first-race", "redacted", "0001", "2"):
        (posts / f"{slug}.md").write_text(f"---\ntitle: Post {slug}\ndate: 2001-01-01\nslug: '{slug}'\n---\nText.\n")
    return tmp_path / "content"


def run(blog: Path, *words: object) -> Result:
    return CliRunner().invoke(rehab, ["comments", "import", *map(str, words), "--into", str(blog)])


def written(blog: Path) -> dict[str, bytes]:
    files = [*blog.glob("comments/**/*"), *(blog.parent / "inbox").glob("**/*")]
    return {file.relative_to(blog.parent).as_posix(): file.read_bytes() for file in files if file.is_file()}


def test_the_command_names_every_reader() -> None:
    assert tuple(FORMATS) == NAMES


@pytest.mark.parametrize("name", SAMPLES)
def test_totals_equal_what_the_sample_holds_and_the_site_is_clean(name: str, blog: Path, shared: Path) -> None:
    format_, total = SAMPLES[name]
    result = run(blog, format_, shared / "data" / "comments" / name, "--partial")
    counts = re.match(r"(\d+) comments?: (\d+) imported, (\d+) held, (\d+) skipped\n", result.output)
    assert counts, result.output
    assert int(counts[1]) == total == sum(int(counts[at]) for at in (2, 3, 4))
    assert [each.message for each in compile_site(blog)[1] if each.severity == "error"] == []
    text = b"".join(written(blog).values()).decode()
    assert not MAIL.search(text)
    assert not IP.search(text)


@pytest.mark.parametrize("name", OWN)
def test_our_own_cases_add_up_and_a_second_import_changes_nothing(name: str, blog: Path) -> None:
    format_, total = OWN[name]
    words = ("--dates", "mdy", "--post", "sore-knee") if format_ == "page" else ()
    first = run(blog, format_, CASES / name, *words)
    files = written(blog)
    again = run(blog, format_, CASES / name, *words)
    assert first.output.startswith(f"{total} comments: ")
    assert " 0 imported" in again.output
    assert files
    assert written(blog) == files
    assert compile_site(blog)[1] == ()


def test_what_was_not_approved_goes_to_the_inbox_and_no_address_goes_anywhere(blog: Path) -> None:
    run(blog, "wordpress", CASES / "wordpress.xml")
    files = written(blog)
    waiting = [text for path, text in files.items() if path.startswith("inbox/sore-knee/")]
    assert len(waiting) == 2
    assert any(b"status: spam" in text for text in waiting)
    assert any(b"source: wordpress pingback" in text for text in waiting)
    whole = b"".join(files.values())
    assert b"mail.example" not in whole
    assert b"198.51" not in whole
    assert b"cheap@" not in whole
    assert b"nobody may read" not in whole
    assert b'author: "null"' in whole
    assert {Path(path).parts[0] for path in files} == {"content", "inbox"}


def test_a_dry_run_writes_nothing(blog: Path) -> None:
    result = run(blog, "wordpress", CASES / "wordpress.xml", "--dry-run")
    assert "nothing was written" in result.output
    assert written(blog) == {}


def test_a_page_that_is_no_post_is_held_until_it_is_mapped(blog: Path) -> None:
    held = run(blog, "wordpress", CASES / "wordpress.xml")
    assert held.exit_code == 1
    assert "add --map sore-knees=sore-knee" in held.output
    mapped = run(blog, "wordpress", CASES / "wordpress.xml", "--map", "sore-knees=glute")
    assert mapped.output.startswith("7 comments: 1 imported")
    assert any(path.startswith("content/comments/glute/") for path in written(blog))


@pytest.mark.parametrize("name", ["wxr_billion_laughs.xml", "wxr_xxe.xml"])
def test_xml_with_a_document_type_is_refused(name: str, blog: Path, shared: Path) -> None:
    result = run(blog, "wordpress", shared / "data" / "comments" / name)
    assert result.exit_code == 1
    assert "declares a document type" in result.stderr
    assert written(blog) == {}


def test_a_file_that_breaks_off_is_written_only_when_asked_for(blog: Path, tmp_path: Path) -> None:
    file = tmp_path / "half.xml"
    file.write_bytes((CASES / "wordpress.xml").read_bytes()[:1600])
    result = run(blog, "wordpress", file)
    assert result.exit_code == 1
    assert "not read to its end" in result.output
    assert written(blog) == {}
    assert run(blog, "wordpress", file, "--partial").output.startswith("3 comments: 2 imported, 0 held, 1 skipped")


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00\xff\xfe", b"<a>" * 5000, b"[" * 100_000, b'{"comments": 3}', b"9" * 9000, b"\xef\xbb\xbf",
        b"SQLite format 3\0" + b"x" * 90, b"<disqus><post/></disqus>", b"[1, [2], null]", b"name: [a",
        b'{"comments": [1, {}], "version": 1}',
    ],
)  # fmt: skip
def test_a_broken_file_of_any_format_ends_in_a_report(format_: str, data: bytes) -> None:
    made = plan(read(format_, data))
    assert sum(made.count(verdict) for verdict in VERDICTS) == len(made.outcomes)
    assert render_import(made, written=False)


def test_deep_xml_is_refused() -> None:
    assert "nested more deeply" in read("wordpress", "<a>" * 60).fault


def test_the_largest_file_is_bounded() -> None:
    assert LARGEST == 200 * 1024 * 1024


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-1, 10), st.sampled_from(["approved", "spam", "deleted"]))))
def test_any_forest_loses_nothing_and_has_no_circle(shapes: list[tuple[int, int, str]]) -> None:
    moment = dt.datetime(2014, 1, 1, tzinfo=dt.UTC)
    found = items(
        *(
            Item(
                id=str(id_), thread="t", parent=str(parent), date=moment, body=f"b{at}", status=status, alias=f"a{id_}"
            )
            for at, (id_, parent, status) in enumerate(shapes)
        )
    )
    made = plan(found)
    assert [each.number for each in made.outcomes] == list(range(1, len(shapes) + 1))
    kept = {each.comment.slug: each.comment for each in made.outcomes if each.comment and each.verdict == "imported"}
    for comment in kept.values():
        seen = set()
        at = comment
        while at.reply_to and at.reply_to.slug in kept:
            assert at.slug not in seen
            seen.add(at.slug)
            at = kept[at.reply_to.slug]
        held = {each.comment.slug for each in made.outcomes if each.comment and each.verdict == "held"}
        assert at.reply_to_hidden == bool(at.reply_to)
        assert at.reply_to is None or at.reply_to.slug in held
    aliases = [alias for each in made.outcomes if each.comment for alias in each.comment.aliases]
    assert len(aliases) == len(set(aliases))


@given(st.text(), st.text(), st.text())
def test_no_name_in_an_export_leads_out_of_the_two_folders(id_: str, slug: str, url: str) -> None:
    batch = Batch(items=(Item(id=id_, thread="t", body="x"),), topics={"t": Topic(slug=slug, url=url)})
    hosts = Hosts(threads=frozenset({"sore-knee"}), addresses={}, mapped={})
    assert find_host(batch.topics["t"], hosts) in {"", "sore-knee"}
    for outcome in plan(batch).outcomes:
        if outcome.comment:
            file = comment_file(Path("/c"), outcome.comment.thread, outcome.comment.slug)
            assert file.parent.parent == Path("/c/comments")


def test_an_answer_older_than_its_parent_is_dated_less_exactly_and_kept() -> None:
    early, late = dt.datetime(2014, 4, 6, 9, tzinfo=dt.UTC), dt.datetime(2014, 4, 6, 10, tzinfo=dt.UTC)
    one = Item(id="1", thread="t", date=late, precision="second", body="a")
    two = Item(id="2", thread="t", parent="1", date=early, precision="second", body="b")
    answer = plan(items(one, two)).outcomes[1].comment
    assert answer is not None
    assert answer.date_precision == "day"
    assert answer.reply_to is not None


def test_two_comments_whose_ids_happen_to_be_equal_are_both_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehab.comments.store._TAIL", 1)
    moment = dt.datetime(2014, 4, 6, tzinfo=dt.UTC)
    many = items(*(Item(id=str(at), thread="t", date=moment, body=f"b{at}") for at in range(20)))
    made = plan(many)
    assert made.count("imported") == 20
    assert len({each.comment.slug for each in made.outcomes if each.comment}) == 20


def test_an_old_address_and_a_map_lead_to_the_post() -> None:
    topic = Topic(url="https://old.example/2014/04/pain.html?x=1", title="Pain")
    assert find_host(topic, Hosts(threads=frozenset({"pain"}), addresses={}, mapped={})) == "pain"
    assert find_host(topic, Hosts(threads=frozenset({"k"}), addresses={"2014/04/pain.html": "k"}, mapped={})) == "k"
    assert find_host(topic, Hosts(threads=frozenset({"k"}), addresses={}, mapped={"pain": "k"})) == "k"


def test_blogger_nests_by_its_related_link(shared: Path) -> None:
    data = (shared / "data" / "comments" / "blogger-classic-small.xml").read_bytes()
    found = read("blogger", data).items
    assert [(each.id, each.parent, each.author) for each in found][:2] == [("101", "", ""), ("102", "101", "Owner")]


def test_staticman_counts_parents_among_the_first_level_and_keeps_names(shared: Path) -> None:
    files = sorted((shared / "data" / "comments" / "staticman-small").rglob("*.yml"))
    pieces = tuple(Piece(f"{file.parent.name}/{file.name}", file.read_bytes()) for file in files)
    found = FORMATS["staticman"](pieces, Options())
    assert [(each.author, each.parent) for each in found.items] == [
        ("Reader one", ""),
        ("yes", ""),
        ("null", "a1"),
        ("Reader four", "b2"),
        ("Reader five", "number 9"),
    ]


def test_the_first_seed_has_seven_comments_of_nine(shared: Path) -> None:
    data = next((shared / "seeds").glob("000_*.txt")).read_bytes()
    found = read("page", data)
    assert len(found.items) == 7
    assert found.notes == ("the page says 9 comments and the text has 7: write comments_declared: 9 into the post",)
    assert [each.author for each in found.items][2] == ""
    assert found.items[6].parent == "6"
    assert [each.comment.repaired for each in plan(found).outcomes if each.comment and each.comment.repaired]


@pytest.mark.parametrize(("order", "day"), [("mdy", (2014, 4, 6)), ("dmy", (2014, 6, 4)), ("ymd", (2004, 6, 14))])
def test_a_pages_dates_are_read_in_the_order_that_is_told(order: str, day: tuple[int, int, int]) -> None:
    found = read("page", " 1. 4.6.14\n Ann said:\n\n  Hi\n", Options(dates=order, thread="p"))
    assert [each.date for each in found.items] == [dt.datetime(*day, tzinfo=dt.UTC)]


def test_a_date_that_the_order_does_not_allow_stops_the_import() -> None:
    assert "'4.16.14' is no date" in read("page", "1. 4.16.14\nHi\n", Options(dates="dmy", thread="p")).fault


def test_an_isso_database_is_read_without_touching_it(tmp_path: Path) -> None:
    file = tmp_path / "isso.db"
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE threads (id INTEGER, uri TEXT, title TEXT)")
        names = "tid, id, parent, created, modified, mode, remote_addr, text, author, email, website"
        database.execute(f"CREATE TABLE comments ({names})")
        database.execute("INSERT INTO threads VALUES (1, '/posts/sore-knee/', 'Sore knee')")
        row = (1, 5, None, 1400000000.5, None, 1, "203.0.113.0", "Hi", None, "a@b.example", None)
        database.execute("INSERT INTO comments VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)
        database.execute(
            "INSERT INTO comments VALUES (?,?,?,?,?,?,?,?,?,?,?)", (1, 6, 5, *row[3:5], 2, *row[6:8], "yes", None, None)
        )
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    before = file.read_bytes()
    made = plan(read("isso", before))
    assert [each.verdict for each in made.outcomes] == ["imported", "held"]
    assert file.read_bytes() == before


def test_a_view_in_place_of_issos_table_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "isso.db"
    database = sqlite3.connect(file)
    database.execute("CREATE TABLE threads (id INTEGER, uri TEXT, title TEXT)")
    database.execute("CREATE VIEW comments AS SELECT 1")
    database.commit()
    database.close()
    assert "no tables" in read("isso", file.read_bytes()).fault


@pytest.mark.parametrize(
    ("damaged", "mended"), [("š\u0178\u02dc\u2030", "😉"), ("ð\u0178\u02dc\u2030", "😉"), ("itâ€™s", "it’s")]
)
def test_certain_damage_is_mended_and_told(damaged: str, mended: str) -> None:
    text, repairs = mend_letters(damaged)
    assert text == mended
    assert len(repairs) == 1


@pytest.mark.parametrize("fine", ["škoda", "Ÿ", "â€", "ðŸ", "Žižkov šŸ", "naïve café"])
def test_letters_that_are_no_certain_damage_stay(fine: str) -> None:
    assert mend_letters(fine) == (fine, ())


def test_addresses_of_people_go_and_versions_stay() -> None:
    hidden = frozenset({"203.0.113.9", "2001:db8::1"})
    text = "a@b.example &#64; x&#64;y.example 203.0.113.9 [2001:db8::1] 1.2.3.4 12:30"
    dropped = drop_addresses(text, hidden)
    assert dropped == ("[address removed] &#64; [address removed] [address removed] [[address removed]] 1.2.3.4 12:30")
