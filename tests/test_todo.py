"""The list of what is still to be done: from the site, with places, and nothing where nothing is open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from click.testing import CliRunner

from rehab.authoring.todo import GROUPS, Group, plan_todo, render_todo
from rehab.cli import rehab
from rehab.compile import compile_site
from rehab.site.options import Options

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import WriteTree

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>'
OPEN: dict[str, str | bytes] = {
    "posts/a.md": """
    ---
    title: A
    date: 2020-01-01
    injuries: [ache]
    promises: [More on this.]
    lost_links: [here]
    gallery:
      - {src: s.svg, alt: A square}
      - {src: s.svg, alt: A square, credit: {text: Ida, status: link-lost, license: CC0}}
    ---
    """,
    "posts/s.svg": SQUARE,
    "posts/draft.md": "---\ntitle: Draft\ndate: 2020-01-02\nstatus: draft\n---\n",
    "posts/later.md": "---\ntitle: Later\ndate: 2026-12-24\n---\n",
    "posts/wrong.md": "---\ntitle: Wrong\ndate: 2020-01-01\ninjuries: [nowhere, nobody]\n---\n",
    "exercises/stub.md": "---\ntitle: Stub\nstatus: stub\n---\n",
    "exercises/thin.md": "---\ntitle: Thin\nsteps: [Stand.]\n---\n",
    "injuries/ache.md": """
    ---
    title: Ache
    region: knee
    red_flags: []
    next_review: 2026-06-01
    ---
    """,
}
LIST = """\
errors, which keep the site from being published (1)
  content/posts/wrong.md:4: no injury called 'nowhere', and 1 more
    run 'rehab check'

open promises (1)
  content/posts/a.md:5: promised and not here yet: 'More on this.'
    name its `exercises`, or take it out once it is kept

reviews due (1)
  content/injuries/ache.md:5: the next review of 'Ache' was due on 2026-06-01
    have the page read again, then set the next day

drafts and scheduled posts (2)
  content/posts/draft.md:1: a draft, dated 2020-01-02
  content/posts/later.md:1: scheduled for 2026-12-24

stubs (1)
  content/exercises/stub.md:1: the exercise 'Stub' has no details yet
    add `steps:`

injuries without exercises (1)
  content/injuries/ache.md:1: no exercise is tied to 'Ache'
    add it to `injuries` of an exercise, or of a post with exercises

exercises that leave out too much (1)
"""


def plan(content: Path, day: str = "2026-07-01") -> tuple[Group, ...]:
    site, problems = compile_site(content, Options(today=dt.date.fromisoformat(day), future=False))
    return plan_todo(site, problems)


def test_each_open_thing_is_listed_with_its_place_most_pressing_first(write_tree: WriteTree) -> None:
    text = render_todo(plan(write_tree(OPEN)))
    assert text.startswith(LIST)
    assert [line for line in text.splitlines() if not line.startswith(" ") and line][-3:] == [
        "lost links (1)",
        "pictures whose credit has lost its link (1)",
        "pictures without a licence (1)",
    ]


def test_every_kind_of_thing_can_be_found(write_tree: WriteTree) -> None:
    assert [group.title for group in plan(write_tree(OPEN))] == [title for title, _ in GROUPS]


def test_the_day_decides_what_is_due(write_tree: WriteTree) -> None:
    titles = [group.title for group in plan(write_tree(OPEN), "2026-05-31")]
    assert "reviews due" not in titles
    later = plan(write_tree(OPEN), "2026-12-24")
    waiting = next(group for group in later if group.title.startswith("drafts"))
    assert [item.what for item in waiting.items] == ["a draft, dated 2020-01-02"]


def test_where_nothing_is_open_it_says_so(write_tree: WriteTree) -> None:
    groups = plan(write_tree({"posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\n"}))
    assert (groups, render_todo(groups)) == ((), "nothing to do\n")


def test_what_is_silenced_is_counted_and_shown_on_request(write_tree: WriteTree) -> None:
    promise = "---\ntitle: A\ndate: 2020-01-01\npromises: [More.]\nsilence: {open-promise: Never mind.}\n---\n"
    groups = plan(write_tree({"posts/a.md": promise}))
    assert render_todo(groups) == "nothing to do\n\nsilenced with a reason: 1 (--all shows them)\n"
    assert "content/posts/a.md:4: promised and not here yet: 'More.' (silenced)" in render_todo(groups, every=True)


def test_a_long_group_is_cut_and_counted(write_tree: WriteTree) -> None:
    stubs: dict[str, str | bytes] = {
        f"exercises/e{number}.md": "---\ntitle: E\nstatus: stub\n---\n" for number in range(25)
    }
    groups = plan(write_tree(stubs))
    assert "stubs (25)\n" in render_todo(groups)
    assert render_todo(groups).endswith("  and 5 more (--all shows them)\n")
    assert "more" not in render_todo(groups, every=True)


def test_a_title_never_writes_to_the_terminal(write_tree: WriteTree) -> None:
    groups = plan(write_tree({"exercises/e.md": '---\ntitle: "E\\e[2J"\nstatus: stub\n---\n'}))
    assert "\x1b" not in render_todo(groups)


def test_the_command_asks_about_a_day_and_ends_well(write_tree: WriteTree) -> None:
    content = write_tree(OPEN)
    said = CliRunner().invoke(rehab, ["todo", str(content), "--on", "2026-07-01"], catch_exceptions=False)
    assert said.exit_code == 0
    assert f"{content}/posts/later.md:1: scheduled for 2026-12-24" in said.output
    assert CliRunner().invoke(rehab, ["todo", str(content / "nowhere")]).exit_code == 2
