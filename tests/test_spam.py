"""The chance of spam: learnt from the owner's decisions alone, the same every time, and never a decision itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from rehab.cli import rehab
from rehab.cli.comments.chances import read_chances
from rehab.cli.comments.review import Review
from rehab.comments.inbox import read_held
from rehab.comments.moderation import in_state
from rehab.comments.spam.bench import area, recall, replay
from rehab.comments.spam.decision import MOST_READ, Decision, Remark, in_order
from rehab.comments.spam.evidence import ENOUGH, MOST_KEYS, Memory, Totals, log_odds
from rehab.comments.spam.history import decisions_of, parse_history, parse_seconds
from rehab.comments.spam.model import Model, learn, score
from rehab.comments.spam.pack import pack, unpack
from rehab.comments.spam.ranking import rank
from rehab.comments.spam.reading import read_remark
from rehab.comments.spam.reasons import explain
from rehab.comments.spam.store import LATEST, MOST, SETTLED, newest, read_model
from rehab.comments.spam.text import domain, host

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.testing import Result

    from conftest import WriteTree

CASE = Path(__file__).parent / "cases" / "spam" / "history.jsonl"
PLUGINS = Path(__file__).parent.parent / "plugins"


def history() -> tuple[Decision, ...]:
    decisions, faults = parse_history(CASE.read_bytes().splitlines())
    assert not faults
    return decisions


def many(count: int) -> list[Decision]:
    """Return made-up decisions, every other one spam, a minute apart."""
    return [
        Decision(
            Remark(f"post-{at % 7}", "cheap bags" if at % 2 else f"Robin {at % 5}", "", f"words {at} of it", at * 60.0),
            bool(at % 2),
            f"{at:06}",
        )
        for at in range(count)
    ]


def call(*words: str) -> Result:
    return CliRunner().invoke(rehab, ["comments", *words])


# What is measured


@pytest.mark.parametrize(
    ("scores", "spam", "expected"),
    [
        ([0.1, 0.9], "hs", 1.0),
        ([0.9, 0.1], "hs", 0.0),
        ([0.5, 0.5], "hs", 0.5),
        # pairs: 0.8 above both, 0.4 above one and equal to the other: (1 + 1 + 1 + 0.5) / 4
        ([0.2, 0.4, 0.4, 0.8], "hhss", 0.875),
        ([3.0, 1.0, 2.0], "shh", 1.0),
        ([1.0, 1.0], "hh", None),
    ],
)
def test_the_area_is_the_share_of_pairs_in_the_right_order_and_a_tie_is_half(
    scores: list[float], spam: str, expected: float | None
) -> None:
    assert area(scores, [kind == "s" for kind in spam]) == expected


def test_recall_is_the_spam_above_all_but_one_in_a_hundred_accepted() -> None:
    ham = [float(at) for at in range(200)]
    caught = [197.5, 198.0, 300.0, 1.0]
    # Two of 200 may be held: 199 and 198. The threshold is 197, and what is above it is caught.
    assert recall([*ham, *caught], [False] * 200 + [True] * 4) == 0.75


def test_of_fewer_than_a_hundred_accepted_none_may_be_held() -> None:
    assert recall([1.0, 2.0, 2.0, 3.0], [False, False, True, True]) == 0.5
    assert recall([1.0, 2.0], [True, True]) is None


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=40))
def test_the_area_is_what_counting_all_pairs_gives(rows: list[tuple[int, bool]]) -> None:
    bad = [value for value, spam in rows if spam]
    good = [value for value, spam in rows if not spam]
    found = area([value for value, _ in rows], [spam for _, spam in rows])
    if not bad or not good:
        assert found is None
        return
    counted = sum((one > other) + (one == other) / 2 for one in bad for other in good)
    assert found == pytest.approx(counted / len(bad) / len(good))


# What is learnt


def test_learning_tells_a_history_apart_better_than_the_signs_alone() -> None:
    decisions = history()
    fresh = [score(Model(), decision.remark) for decision in decisions]
    signs = area(fresh, [decision.spam for decision in decisions])
    learnt = replay(decisions).area
    assert signs is not None
    assert learnt is not None
    assert 0.7 < signs < 0.8
    assert learnt > 0.9


def test_what_is_decided_again_and_again_becomes_certain() -> None:
    spam, ham = (Remark("knee", name, "", words) for name, words in (("Bags", "buy bags"), ("Ann", "my knee hurts")))
    model = learn([Decision(spam if at % 2 else ham, bool(at % 2), str(at)) for at in range(40)])
    assert score(model, spam) > 0.95
    assert score(model, ham) < 0.05


def test_the_order_in_which_decisions_come_in_changes_nothing() -> None:
    decisions = history()
    assert pack(learn(decisions), b"") == pack(learn(reversed(decisions)), b"")


def test_every_run_learns_the_same_whatever_the_seed_of_hashes() -> None:
    program = (
        "import sys, hashlib; from pathlib import Path\n"
        "from rehab.comments.spam.history import parse_history\n"
        "from rehab.comments.spam.model import learn\n"
        "from rehab.comments.spam.pack import pack\n"
        "lines = Path(sys.argv[1]).read_bytes().splitlines()\n"
        "print(hashlib.sha256(pack(learn(parse_history(lines)[0]), b'')).hexdigest())\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program, str(CASE)],
            env={**os.environ, "PYTHONPATH": str(PLUGINS), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "7")
    }
    assert len(runs) == 1


def test_a_score_leaves_the_model_as_it_is() -> None:
    model = learn(history())
    before = pack(model, b"")
    score(model, Remark("new", "Somebody", "http://new.example/", "never seen", 1e9))
    assert pack(model, b"") == before


def test_what_was_seen_once_says_less_than_what_was_seen_often() -> None:
    totals = Totals(100, 100)
    assert 0 < log_odds(0, 1, totals) < log_odds(0, 10, totals)
    assert 0 > log_odds(1, 0, totals) > log_odds(10, 0, totals)


def test_a_blog_with_little_spam_does_not_suspect_what_it_accepted_once() -> None:
    assert log_odds(1, 0, Totals(500, 3)) < 0


def test_memory_forgets_what_was_not_seen_for_longest() -> None:
    memory = Memory()
    memory.add([1], spam=True)
    memory.add(range(2, MOST_KEYS + 1), spam=False)
    memory.add([1], spam=True)
    memory.add([MOST_KEYS + 1], spam=False)
    assert memory.counts[1] == (0, 2)
    assert 2 not in memory.counts
    assert len(memory.counts) == MOST_KEYS


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.Shop.example.co.uk:80/x?y", "shop.example.co.uk"),
        ("//a.example/path", "a.example"),
        ("https://user:secret@b.example#c", "b.example"),
        ("blog.example", "blog.example"),
        ("http://", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_a_host_is_found_in_any_address(url: str, expected: str) -> None:
    assert host(url) == expected


def test_a_domain_is_what_somebody_registered() -> None:
    assert domain("a.b.example.co.uk") == "example.co.uk"
    assert domain("a.example.com") == "example.com"


# What strangers send


HOSTILE: Mapping[str, str] = {
    "a megabyte": "word " * 200_000,
    "ten thousand links": "http://a.example/x " * 10_000,
    "opening brackets": "<" * 10_000,
    "an open tag": "<a " + "b" * 10_000,
    "one word": "a" * 10_000,
    "capitals in turn": "aA" * 5_000,
    "half characters": "\ud800\udfff" * 50,
    "controls": "\x00\x1b[2J\x07" * 100,
    "entities": "&amp;" * 2_000 + "&#xfdfa;" * 1_000,
    "letters that grow": "\ufdfa" * 10_000,
    "nothing": "",
    "points": "." * 10_000,
}


@pytest.mark.parametrize("message", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_that_is_sent_stops_the_score(message: str) -> None:
    remark = Remark(message, message, message, message, -1e18)
    model = learn([Decision(remark, spam=True, id="1"), Decision(remark, spam=False, id="2")])
    assert 0 < score(model, remark) < 1
    assert len(read_remark(remark).remark.message) <= MOST_READ


@settings(max_examples=50)
@given(st.text(max_size=300), st.text(max_size=80), st.text(max_size=80), st.none() | st.floats(-1e15, 1e15))
def test_any_text_has_a_chance_between_0_and_1(message: str, name: str, url: str, seconds: float | None) -> None:
    assert 0 < score(Model(), Remark("knee", name, url, message, seconds)) < 1


def test_what_lies_behind_the_longest_comment_is_not_read() -> None:
    long = "word " * 3_000
    one, other = (read_remark(Remark("knee", "Ann", "", long + end)) for end in ("alpha", "omega"))
    assert one == other


# Histories from elsewhere


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1970-01-01T01:00:00", 3600.0),
        ("1970-01-01 01:00:00+01:00", 0.0),
        ("1970-01-02", 86400.0),
        ("1970-01-01T00:00:10Z", 10.0),
        ("Thu, 01 Jan 1970 00:00:05 +0000", 5.0),
        (1_400_000_000, 1_400_000_000.0),
        ("1400000000", 1_400_000_000.0),
        (1_400_000_000_000, 1_400_000_000.0),
        (None, None),
        (True, None),
        ("yesterday", None),
        ("", None),
        (float("nan"), None),
        ([2014], None),
        ("9999-12-31T23:59:59-23:59", 253402387139.0),
    ],
)
def test_a_date_is_read_in_whatever_form_it_comes(value: object, expected: float | None) -> None:
    assert parse_seconds(value) == expected


@pytest.mark.parametrize("accepted", ["true", "1", '"true"', "1.0"])
def test_accepted_may_be_written_as_a_truth_a_number_or_a_word(accepted: str) -> None:
    decisions, faults = parse_history([f'{{"accepted": {accepted}}}', '{"accepted": 0, "name": null, "url": 7}'])
    assert not faults
    assert [decision.spam for decision in decisions] == [False, True]
    assert decisions[1].remark == Remark("", "", "7", "")


@pytest.mark.parametrize(
    "line", ["{", "[1]", "null", "{}", '{"accepted": null}', '{"accepted": "perhaps"}', "[" * 100_000, b"\xff\xfe{"]
)
def test_a_line_that_holds_no_decision_is_named_and_left_out(line: str | bytes) -> None:
    decisions, faults = parse_history(['{"accepted": true}', line, "", '{"accepted": false}'])
    assert len(decisions) == 2
    assert len(faults) == 1
    assert faults[0].startswith("line 2: ")


def test_decisions_are_learnt_by_date_and_those_of_one_moment_as_they_stand() -> None:
    lines = [json.dumps({"date": date, "name": name, "accepted": True}) for date, name in
             (("2020-01-02", "third"), ("2020-01-01", "first"), ("2020-01-01", "second"))]  # fmt: skip
    assert [each.remark.name for each in in_order(parse_history(lines)[0])] == ["first", "second", "third"]


def test_the_bench_counts_measures_and_names_bad_lines(tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    file.write_bytes(CASE.read_bytes() + b"not json\n")
    found = call("bench-spam", str(file), "--json")
    assert found.exit_code == 0
    marks = json.loads(found.stdout)
    assert (marks["ham"], marks["spam"], marks["lines_left_out"]) == (16, 16, 1)
    assert 0.8 < marks["auc"] <= 1
    assert 0 <= marks["recall_at_1_percent_held"] <= 1
    assert "line 33: this is not JSON" in found.stderr
    assert "32 comments: 16 accepted, 16 spam\nAUC 0." in call("bench-spam", str(file)).stdout


def test_the_bench_says_so_where_there_is_nothing_to_measure(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    for name in ("empty.jsonl", "missing.jsonl"):
        found = call("bench-spam", str(tmp_path / name))
        assert found.exit_code == 2
        assert name in found.stderr


def test_a_history_of_one_kind_has_no_area(tmp_path: Path) -> None:
    file = tmp_path / "ham.jsonl"
    file.write_text('{"accepted": true}\n')
    assert "not known" in call("bench-spam", str(file)).stdout


# The file of the model


def test_a_model_comes_back_from_its_file_to_the_last_bit() -> None:
    model = learn(history())
    data = pack(model, b"seal")
    found = unpack(data)
    assert found is not None
    assert found[1] == b"seal"
    assert pack(*found) == data


@pytest.mark.parametrize("spoil", ["cut", "flip", "version", "empty", "tail"])
def test_a_damaged_file_is_as_good_as_none_and_is_written_again(tmp_path: Path, spoil: str) -> None:
    decisions = many(60)
    read_model(decisions, tmp_path)
    good = (tmp_path / LATEST).read_bytes()
    spoilt = {
        "cut": good[:-9],
        "flip": good[:200] + bytes([good[200] ^ 1]) + good[201:],
        "version": good.replace(b"model ", b"model 9", 1),
        "empty": b"",
        "tail": good + b"x",
    }
    (tmp_path / LATEST).write_bytes(spoilt[spoil])
    model = read_model(decisions, tmp_path)
    assert pack(model, b"") == pack(learn(decisions), b"")
    assert (tmp_path / LATEST).read_bytes() == good


def test_a_file_that_cannot_be_kept_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    model = read_model(many(10), tmp_path / "cache")
    assert pack(model, b"") == pack(learn(many(10)), b"")


@pytest.mark.parametrize("missing", [None, 0, 300, 590, 599])
def test_what_is_learnt_on_is_what_would_be_learnt_anew(tmp_path: Path, missing: int | None) -> None:
    decisions = many(600)
    first = [each for at, each in enumerate(decisions) if at != missing]
    read_model(first, tmp_path)
    assert (tmp_path / SETTLED).exists()
    assert pack(read_model(decisions, tmp_path), b"") == pack(learn(decisions), b"")
    assert pack(read_model(decisions[:400], tmp_path), b"") == pack(learn(decisions[:400]), b"")


def test_the_newest_decisions_are_learnt_and_one_more_does_not_move_the_first() -> None:
    decisions = many(MOST + 1500)
    chosen = newest(decisions)
    assert chosen[-1] == decisions[-1]
    assert chosen[0] == newest(decisions[:-1])[0] == decisions[1000]


def test_no_word_name_or_address_of_a_reader_is_in_the_file(tmp_path: Path) -> None:
    words = ("Wojciechowska", "ann@private.example", "unmistakable", "secret-thread")
    remark = Remark(
        "secret-thread", "Wojciechowska", "https://ann@private.example/", "unmistakable ann@private.example"
    )
    decisions = [Decision(remark, spam=False, id="unmistakable-id")]
    read_model(decisions, tmp_path)
    for file in tmp_path.iterdir():
        data = file.read_bytes()
        raw = data + _inflated(data)
        assert not [word for word in (*words, "unmistakable-id") if word.encode() in raw]


def _inflated(data: bytes) -> bytes:
    import zlib  # noqa: PLC0415 - only to look where nothing should be

    return zlib.decompress(data[data.index(b"\n") + 17 :])


# In a blog


def blog(write_tree: WriteTree, each: int = ENOUGH) -> Path:
    """Return the content folder of a blog with as many accepted comments as spam, and three that wait."""
    files: dict[str, str | bytes] = {"posts/knee.md": "---\ntitle: Knee\ndate: 2014-01-01\n---\nText\n"}
    for at in range(each):
        stamp = f"2014-02-{at % 28 + 1:02}"
        files[f"comments/knee/ham{at:03}.md"] = f"---\nauthor: Ann\ndate: {stamp}\n---\nMy knee hurts on stairs {at}.\n"
        files[f"../inbox/knee/bad{at:03}.md"] = (
            f"---\nauthor: cheap bags\ndate: {stamp}\nurl: http://bags.example/\nstatus: spam\n---\nbuy bags {at}\n"
        )
    files["../inbox/knee/w1.md"] = "---\nauthor: cheap bags\ndate: 2014-03-01\nstatus: pending\n---\nbuy bags now\n"
    files["../inbox/knee/w2.md"] = "---\nauthor: Ann\ndate: 2014-03-02\nstatus: pending\n---\nStairs hurt my knee\n"
    return write_tree(files)


def test_what_is_most_likely_honest_comes_first(write_tree: WriteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(blog(write_tree).parent)
    lines = call("queue").stdout.splitlines()
    assert "knee/w2" in lines[0]
    assert "knee/w1" in lines[1]
    assert "99 %" in lines[1]
    assert lines[2:] == ["2 comments waiting", f"the chance of spam goes by {ENOUGH} accepted and {ENOUGH} spam"]


def test_the_oldest_come_first_where_that_is_asked(write_tree: WriteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(blog(write_tree).parent)
    lines = call("queue", "--oldest").stdout.splitlines()
    assert "knee/w1" in lines[0]
    assert not [line for line in lines if "%" in line]


def test_with_too_few_decisions_nothing_is_said_of_spam(write_tree: WriteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    content = blog(write_tree, ENOUGH - 1)
    monkeypatch.chdir(content.parent)
    lines = call("queue").stdout.splitlines()
    assert "knee/w1" in lines[0]
    assert not [line for line in lines if "%" in line]
    assert "%" not in call("show", "knee/w1").stdout
    assert f"before there are {ENOUGH} of each" in call("stats").stdout
    assert not (content.parent / ".cache").exists()


def test_show_names_the_signs_of_what_waits_and_of_nothing_else(
    write_tree: WriteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(blog(write_tree).parent)
    shown = call("show", "knee/w1").stdout
    assert f"chance of spam: 99 %, going by {ENOUGH} accepted and {ENOUGH} spam" in shown
    assert "\n  + " in shown
    assert "%" not in call("show", "knee/ham000").stdout


def test_a_review_shows_the_chance_above_the_comment(write_tree: WriteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    content = blog(write_tree)
    monkeypatch.chdir(content.parent)
    held, _ = read_held(content)
    ranked = rank(in_state("pending", held), read_chances(content, held))
    assert [each.held.comment.slug for each in ranked] == ["w2", "w1"]
    heads = {each.held.path: f"{each.head}\n" for each in ranked}
    shown = Review(content, tuple(each.held for each in ranked), at=1, heads=heads).shown
    assert shown.startswith("chance of spam: 99 %\ninbox/knee/w1.md (is waiting)\n")


def test_a_score_publishes_deletes_and_changes_nothing(write_tree: WriteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    content = blog(write_tree)
    monkeypatch.chdir(content.parent)
    before = read_held(content)
    for words in (("queue",), ("show", "knee/w1"), ("stats",), ("queue", "--spam")):
        assert call(*words).exit_code == 0
    assert read_held(content) == before
    written = {file.name for file in content.parent.rglob("*") if file.is_file()} - {
        each.name for each in content.rglob("*")
    }
    assert {LATEST} <= {name for name in written if not name.endswith(".md")} <= {LATEST, SETTLED}


def test_only_decisions_teach(write_tree: WriteTree) -> None:
    content = write_tree(
        {
            "comments/knee/accepted.md": "---\nauthor: Ann\n---\nYes\n",
            "comments/knee/own.md": "---\nby_post_author: true\n---\nMine\n",
            "comments/knee/deleted.md": "---\nstatus: deleted\n---\nGone\n",
            "comments/knee/hidden.md": "---\nstatus: spam\n---\nBuy\n",
            "../inbox/knee/waiting.md": "---\nstatus: pending\n---\nHm\n",
            "../inbox/knee/spam.md": "---\nstatus: spam\n---\nBuy\n",
            "../inbox/.undo/knee/rejected.md": "---\nstatus: pending\n---\nNo\n",
            "../inbox/.undo/knee/refused.md": "---\nstatus: spam\n---\nBuy\n",
        }
    )
    taught = {decision.id.rpartition("/")[2]: decision.spam for decision in decisions_of(read_held(content)[0])}
    assert taught == {"accepted": False, "hidden": True, "spam": True, "refused": True}


def test_a_reason_says_which_way_it_weighs() -> None:
    model = learn(history())
    reasons = explain(model, history()[3].remark)
    assert reasons
    assert all(reason[:2] in {"+ ", "- "} for reason in reasons)
    assert reasons[0].startswith("+ ")
