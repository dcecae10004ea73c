"""The page of an injury: its parts in the order that a worried reader needs, each said once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from built import Built, elements_of, words_of
from rehab.compile import compile_site
from rehab.site import pages

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import BuildSite, WriteTree
    from rehab.site.site import Site
    from rehab.site.views.injury import VersusView

ORIGIN = "https://comeback.example"
HEAD = "region: hip-groin\nred_flags: []\n"

ORDER = (
    "title", "red-flags", "toc", "known", "is-it-this", "exercises", "changes", "programs", "treatments", "course",
    "posts", "voices", "sources", "comments-head",
)  # fmt: skip
"""The headings of the parts, as far as a page has them."""

INJURIES = ("piriformis-syndrome", "proximal-hamstring-pain", "glute-pain", "lumbar-sciatica", "it-band-syndrome")

BLOG: dict[str, str | bytes] = {
    "injuries/hip.md": """\
        ---
        title: Hip
        summary: It hurts.
        region: hip-groin
        red_flags: [saddle-numbness, {sign: Odd, urgency: soon, act: See somebody.}]
        differential: [{knee: Felt lower down.}, {back: Felt higher up.}]
        symptoms: [{what: ache, where: deep, not: sharp pain, source: one}]
        aggravated_by: ["*Sitting*."]
        eased_by: [Walking.]
        ---
        """,
    "injuries/knee.md": """\
        ---
        title: Knee
        summary: It hurts.
        region: knee
        red_flags: []
        differential: [{hip: Felt higher up.}]
        symptoms: [{what: sting, where: outside, pattern: at every step}]
        ---
        """,
    "injuries/back.md": """\
        ---
        title: Back
        status: stub
        region: lumbosacral
        red_flags: []
        differential: [{hip: Felt lower down.}]
        ---
        """,
    "treatments/ice.md": "---\ntitle: Ice\n---\n",
    "exercises/squat.md": """\
        ---
        title: Squat
        injuries:
          - {injury: hip, relation: helps, evidence: author-experience, source: one}
          - {injury: hip, relation: aggravates, evidence: author-experience, source: two}
        ---
        """,
    "exercises/lunge.md": """\
        ---
        title: Lunge
        injuries: [{injury: hip, relation: prevents-recurrence, evidence: practitioner-told, source: one}]
        ---
        """,
    "posts/one.md": """\
        ---
        title: One
        date: 2020-01-01
        injuries: [hip]
        treatments: [ice: helped]
        training_changes: [{change: stop, activity: hills}]
        episode:
          onset: May 2019
          course:
            - {when: May 2019, what: It began., mark: began}
            - {when: 3 months later, what: Gone., mark: settled}
        exercises: [lunge]
        ---
        """,
    "posts/two.md": """\
        ---
        title: Two
        date: 2020-02-01
        injuries: [hip]
        treatments: [ice: no-change]
        exercises: [lunge]
        ---
        """,
}


@pytest.fixture(scope="module")
def site(demo: Path) -> Built:
    return Built(demo, "http://localhost:8000")


@pytest.mark.parametrize("slug", INJURIES)
def test_the_parts_stand_in_the_order_of_need(site: Built, slug: str) -> None:
    page = site.pages[f"injuries/{slug}/"]
    found = [id_ for each in page.elements if (id_ := each.get("id")) in ORDER]
    assert found == sorted(found, key=ORDER.index)
    assert {"title", "red-flags", "sources"} <= set(found)


@pytest.mark.parametrize("slug", INJURIES)
def test_no_paragraph_and_no_item_stands_twice(site: Built, slug: str) -> None:
    (main,) = site.pages[f"injuries/{slug}/"].all("main")
    said = Counter(words_of(each) for each in elements_of(main) if each.tag in {"p", "li", "dd"})
    # Who says so stands beside each thing that is said.
    said = Counter({words: count for words, count in said.items() if not words.startswith(("in ", "All in "))})
    assert not {words for words, count in said.items() if count > 1 and len(words) > 40}


@pytest.mark.parametrize("slug", INJURIES)
def test_a_long_page_says_what_is_on_it(site: Built, slug: str) -> None:
    page = site.pages[f"injuries/{slug}/"]
    here = {each.get("href", "").removeprefix("#") for each in page.all("a") if each.get("href", "").startswith("#")}
    parts = [id_ for id_ in ORDER[4:-1] if id_ in page.ids]
    assert len(parts) <= 3 or set(parts) <= here


def test_every_level_of_a_red_flag_is_said_in_words(built: Built) -> None:
    flags = built.pages["injuries/hip/"].by_id("red-flags")
    box = next(
        each for each in built.pages["injuries/hip/"].all("section") if each.get("aria-labelledby") == "red-flags"
    )
    heads = [words_of(each) for each in elements_of(box) if each.tag == "h3"]
    assert words_of(flags)
    assert [head.partition(":")[0] for head in heads] == ["Emergency", "Soon"]


@pytest.fixture
def built(write_tree: WriteTree, build_site: BuildSite) -> Built:
    _, output = build_site(write_tree(BLOG), SITEURL=ORIGIN)
    return Built(output, ORIGIN)


def test_a_comparison_has_the_same_rows_for_all(built: Built) -> None:
    page = built.pages["injuries/hip/"]
    (table,) = page.all("table")
    rows = [each for each in elements_of(table) if each.tag == "tr"]
    cells = [[words_of(cell) for cell in row if cell.tag in {"td", "th"}] for row in rows]
    assert {len(row) for row in cells} == {4}
    assert cells[0][1:] == ["Hip", "Knee", "Back"]
    feels = next(row for row in cells if row[0] == "What it feels like")
    assert feels[1:] == ["Hip Ache", "Knee Sting (at every step)", "Back not recorded"]


def test_exercises_of_which_posts_disagree_stand_side_by_side_and_nowhere_else(built: Built) -> None:
    page = built.pages["injuries/hip/"]
    (part,) = [each for each in page.all("section") if each.get("aria-labelledby") == "exercises"]
    heads = [words_of(each) for each in elements_of(part) if each.tag in {"h3", "h4"}]
    assert heads == ["Where the posts disagree", "Squat", "◇ What keeps it away", "Lunge"]


def test_treatments_of_which_posts_disagree_stand_side_by_side(built: Built) -> None:
    page = built.pages["injuries/hip/"]
    (part,) = [each for each in page.all("section") if each.get("aria-labelledby") == "treatments"]
    sides = [words_of(each) for each in elements_of(part) if each.get("data-tone") and each.tag == "li"]
    assert len(sides) == 2
    assert "the posts disagree" in words_of(part)


def test_both_pages_of_a_differential_compare_the_same_facts(write_tree: WriteTree) -> None:
    site = compile_site(write_tree(BLOG))[0]
    hip, knee = pages.injury_view(site, "hip").versus, pages.injury_view(site, "knee").versus

    def told(view: VersusView, title: str) -> dict[str, tuple[str, ...]]:
        at = [column.title for column in view.columns].index(title)
        return {row.label: row.cells[at] for row in view.rows if row.cells[at]}

    assert told(hip, "Hip") == told(knee, "Hip")
    assert told(hip, "Knee") == told(knee, "Knee")
    assert [column.title for column in hip.columns] == ["Hip", "Knee", "Back"]
    assert [column.title for column in knee.columns] == ["Knee", "Hip"]


def test_a_course_is_a_chart_and_the_same_points_as_a_list(built: Built) -> None:
    page = built.pages["injuries/hip/"]
    (chart,) = [each for each in page.elements if each.get("aria-labelledby", "").startswith("course-1-chart")]
    words = words_of(page.by_id("course-1-chart-d"))
    assert chart.get("role") == "img"
    assert words.startswith("1, May 2019: it began; 2, 3 months later: it settled.")
    (course,) = [each for each in page.all("ol") if each.get("class") == "course"]
    assert [words_of(each) for each in course] == ["May 2019 ▼ it began It began.", "3 months later ▲ it settled Gone."]


def test_a_stub_says_what_is_not_known(site: Built) -> None:
    words = site.pages["injuries/it-band-syndrome/"].words
    assert "Details to come" in words
    assert "No red flags are recorded here" in words


# An injury with many posts

MANY = 40


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    content = tmp_path_factory.mktemp("crowded") / "content"
    tree = {"injuries/hip.md": f"---\ntitle: Hip\n{HEAD}---\n", "treatments/ice.md": "---\ntitle: Ice\n---\n"}
    for at in range(MANY):
        tree[f"exercises/e{at}.md"] = f"---\ntitle: Exercise {at}\n---\n"
        tree[f"posts/p{at}.md"] = (
            f"---\ntitle: Post {at}\ndate: 2020-01-{at % 28 + 1:02}\ninjuries: [hip]\nexercises: [e{at}]\n"
            f"treatments: [ice: {'helped' if at % 2 else 'worse'}]\n---\n"
        )
    for name, text in tree.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, "utf-8")
    return compile_site(content)[0]


def test_the_page_of_an_injury_shows_the_newest_posts_and_leads_to_all(crowded: Site) -> None:
    view, listed = pages.injury_view(crowded, "hip"), list(pages.posts_about_pages(crowded))
    assert view.posts == listed[0].posts
    assert view.all_posts is not None
    assert (view.all_posts.title, view.all_posts.url) == (f"All {MANY} posts", listed[0].url)
    assert [each.url for each in listed[:2]] == ["injuries/hip/posts/", "injuries/hip/posts/page/2/"]
    assert Counter(card.slug for each in listed for card in each.posts) == Counter(f"p{at}" for at in range(MANY))
    assert [(each.newer, each.older) for each in listed] == list(
        zip(["", *(each.url for each in listed[:-1])], [*(each.url for each in listed[1:]), ""], strict=True)
    )


def test_what_is_cut_on_the_page_of_an_injury_is_counted(crowded: Site) -> None:
    view = pages.injury_view(crowded, "hip")
    assert [len(group.links) + group.more for group in view.groups] == [MANY]
    (row,) = view.treatments
    assert row.disagree
    assert set(Counter(link.relation for link in row.links).values()) == {3}
    assert len(row.links) + row.more == MANY


def test_an_injury_with_few_posts_has_no_page_of_all(write_tree: WriteTree) -> None:
    site, _ = compile_site(write_tree(BLOG))
    assert pages.injury_view(site, "hip").all_posts is None
    assert list(pages.posts_about_pages(site)) == []


def test_the_first_page_shows_the_problems_of_all_files_and_no_list_does(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    tree: dict[str, str | bytes] = {"injuries/hip.md": f"---\ntitle: Hip\n{HEAD}---\n"}
    posts = {f"posts/p{at}.md": f"---\ntitle: Post {at}\ndate: 2020-01-01\ninjuries: [hip]\n---\n" for at in range(13)}
    _, output = build_site(write_tree({**tree, **posts}))
    assert 'class="problems"' in (output / "index.html").read_text("utf-8")
    for name in ("injuries/index.html", "injuries/hip/posts/index.html"):
        assert 'class="problems"' not in (output / name).read_text("utf-8")
