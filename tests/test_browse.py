"""Choosing exercises: every list is whole, says what it leaves out and why, and grows with nothing but itself."""

from __future__ import annotations

import copy
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from pelican.settings import DEFAULT_CONFIG

from built import Built
from rehab.adapter.settings import complete_settings
from rehab.compile import compile_site
from rehab.model.words import DIFFICULTY, EXERCISE_KINDS, LATERALITY
from rehab.site import pages, structured
from rehab.site.axes import AXES, KINDS, LEVELS, SIDES
from rehab.site.browse import choice_at, choices_of, choices_with
from rehab.site.options import URLS, Options
from rehab.site.show.choices_json import render_choices

if TYPE_CHECKING:
    from conftest import BuildSite, WriteTree
    from rehab.site.site import Site
    from rehab.site.views.browse import ExerciseListView

HEAD = "region: knee\nred_flags: []\n"
ODD = 'Squat <b>"&'
BLOG: dict[str, str | bytes] = {
    "injuries/sore-knee.md": f"---\ntitle: Sore knee\n{HEAD}---\n",
    "injuries/itb.md": f"---\ntitle: IT band syndrome\n{HEAD}---\n",
    "injuries/lonely.md": f"---\ntitle: Lonely\n{HEAD}---\n",
    "injuries/only-harm.md": f"---\ntitle: Only harm\n{HEAD}---\n",
    "exercises/squat.md": f"""\
        ---
        title: '{ODD}'
        kind: strength
        laterality: bilateral
        difficulty: beginner
        equipment: {{load: dumbbell, setup: [Chair, "E-Z <i>bar</i>"]}}
        muscles: {{primary: [gluteus-maximus], secondary: [hamstrings]}}
        steps: [Bend., Stand.]
        injuries: [{{injury: sore-knee, relation: helps, evidence: practitioner-told, source: old}}]
        ---
        """,
    "exercises/wall-sit.md": """\
        ---
        title: Wall sit
        kind: strength
        equipment: {setup: [wall]}
        muscles: {primary: [glutes]}
        injuries: [{injury: only-harm, relation: avoid-early, evidence: practitioner-told, note: "*Later.*"}]
        ---
        """,
    "exercises/step.md": "---\ntitle: Step\nequipment: {load: bodyweight}\nladder: up\n---\n",
    "exercises/jump.md": "---\ntitle: Jump\nmuscles: {primary: [gluteus-maximus]}\n---\n",
    "exercises/unsaid.md": "---\ntitle: Unsaid\n---\n",
    "exercises/ladders.yml": """\
        - id: up
          title: Up
          steps: [{exercise: step, variation: low, setup_any: [bottom stair, book]}, jump]
        """,
    "programs/two.md": "---\ntitle: Two\ninjuries: [sore-knee]\nphases: [{id: one, items: [step]}]\n---\n",
    "posts/old.md": """\
        ---
        title: Old
        date: 2014-04-06
        author: Dana
        injuries: [sore-knee]
        exercises: [squat: 3 x 10 @ 10 lb, unsaid]
        avoid: [{exercise: jump, note: Hurt for days.}]
        ---
        """,
    "posts/new.md": "---\ntitle: New\ndate: 2020-01-02\ninjuries: [itb]\nexercises: [squat: 2 x 8 @ 5 lb]\n---\n",
    "posts/good.md": """\
        ---
        title: Good
        date: 2021-01-02
        injuries: [sore-knee]
        exercises: [jump: 3 x 5]
        ---
        """,
}


@pytest.fixture
def site(write_tree: WriteTree) -> Site:
    return compile_site(write_tree(BLOG))[0]


def lists(site: Site) -> dict[str, ExerciseListView]:
    return {view.url: view for view in (pages.exercise_list(site), *pages.exercise_lists(site))}


def slugs(view: ExerciseListView) -> list[str]:
    return [bib.slug for part in view.parts for bib in part.bibs]


def test_in_each_part_of_a_list_stubs_stand_after_what_is_described(write_tree: WriteTree) -> None:
    def exercise(title: str, more: str) -> str:
        return f"---\ntitle: {title}\nkind: strength\nmuscles: {{primary: [hamstrings]}}\n{more}---\n"

    steps = "steps: [Bend., Stand.]\n"
    done = {"done-once.md": ("Done once", steps), "alluded.md": ("Alluded", ""), "done-twice.md": ("Twice", steps)}
    others = {"not-done.md": ("Not done", steps), "a-stub.md": ("A stub", "")}
    tree = {f"exercises/{name}": exercise(*said) for name, said in {**done, **others}.items()}
    uses = ["done-once, done-twice, alluded", "done-twice, alluded", "alluded"]
    posts = {
        f"posts/p{at}.md": f"---\ntitle: P{at}\ndate: 2020-01-0{at + 1}\nexercises: [{names}]\n---\n"
        for at, names in enumerate(uses)
    }
    found = lists(compile_site(write_tree({**tree, **posts}))[0])
    by_parts = ["done-twice", "done-once", "alluded", "not-done", "a-stub"]
    assert slugs(found["exercises/"]) == slugs(found["exercises/kind/strength/"]) == by_parts
    assert slugs(found["exercises/muscle/hamstrings/"]) == ["done-twice", "done-once", "not-done", "alluded", "a-stub"]
    assert "stands after the others" in found["exercises/"].lead


# The axes


def test_every_word_of_the_field_has_a_page_of_its_own_words() -> None:
    assert (set(KINDS), set(LEVELS), set(SIDES)) == (set(EXERCISE_KINDS), set(DIFFICULTY), set(LATERALITY))
    settings: dict[str, Any] = copy.deepcopy(DEFAULT_CONFIG)
    complete_settings(settings)
    assert {settings[f"EXERCISES_{axis.upper()}_URL"] for axis in AXES} == {URLS[f"exercises_{axis}"] for axis in AXES}


def test_each_axis_has_every_exercise_once_or_says_how_many_say_nothing(site: Site) -> None:
    index = {axis.name: axis for axis in pages.exercise_list(site).index}
    for name, choices in choices_of(site).items():
        told = {slug for choice in choices for slug in (*choice.exercises, *choice.left_out)}
        silent = len(site.exercises) - len(told)
        assert (f"{silent} exercise" in index[name].unsaid) if silent else (index[name].unsaid == "")
        for choice in choices:
            assert len(set(choice.exercises)) == len(choice.exercises)
            assert not {*choice.exercises} & {*choice.left_out}
            assert all(choice in choices_with(site, slug)[name] for slug in choice.exercises)


def test_an_axis_of_one_word_sorts_each_exercise_into_one_answer(site: Site) -> None:
    for axis, field in (("kind", "kind"), ("level", "difficulty"), ("sides", "laterality")):
        counted = Counter(slug for choice in choices_of(site)[axis] for slug in choice.exercises)
        assert counted == Counter(each.slug for each in site.exercises if getattr(each, field))


def test_no_answer_is_without_exercises_and_none_is_offered_twice(site: Site) -> None:
    assert choice_at(site, "exercises/for/lonely/") is None
    assert choice_at(site, "exercises/kind/cardio/") is None
    for choices in choices_of(site).values():
        assert all(choice.exercises or choice.left_out for choice in choices)
        assert len({choice.slug for choice in choices}) == len(choices)
    assert len(lists(site)) == 1 + sum(map(len, choices_of(site).values()))


def test_counts_are_those_of_the_pages(site: Site) -> None:
    found = lists(site)
    for axis in pages.exercise_list(site).index:
        for value in axis.values:
            view = found[value.url]
            assert value.count == view.total == len(slugs(view))
            assert f"{value.count} exercise" in view.lead or value.count == 0
            out = f", {len(view.left_out)} left out" if view.left_out else ""
            assert value.count_words == f"{value.count}{out}"


# What is at hand


def test_what_a_hotel_room_has_is_enough_or_it_is_not(site: Site) -> None:
    room, nothing = choice_at(site, "exercises/with/any-room/"), choice_at(site, "exercises/with/nothing/")
    assert room
    assert nothing
    assert set(room.exercises) == {"wall-sit", "step"}
    assert set(nothing.exercises) == {"step"}


def test_an_exercise_is_listed_with_what_it_needs_and_with_what_can_help(site: Site) -> None:
    found = {choice.slug: set(choice.exercises) for choice in choices_of(site)["with"]}
    assert found["chair"] == found["dumbbell"] == {"squat"}
    assert found["book"] == found["bottom-stair"] == {"step"}
    assert not any("unsaid" in some for some in found.values())
    assert [choice.slug for choice in choices_of(site)["with"]][:2] == ["any-room", "nothing"]


def test_a_site_says_what_stands_in_its_rooms(write_tree: WriteTree) -> None:
    site = compile_site(write_tree(BLOG), Options(at_home=("Dumbbell", "chair", "e-z <i>bar</i>")))[0]
    room = choice_at(site, "exercises/with/any-room/")
    assert room
    assert set(room.exercises) == {"squat", "step"}


# Muscles and parts of the body


def test_a_group_of_muscles_has_what_works_one_of_them(site: Site) -> None:
    glutes, whole = choice_at(site, "exercises/muscle/gluteus-maximus/"), choice_at(site, "exercises/muscle/glutes/")
    assert glutes
    assert whole
    assert set(glutes.exercises) == {"squat", "jump"}
    assert set(whole.exercises) == {"squat", "jump", "wall-sit"}
    parts = lists(site)["exercises/muscle/hamstrings/"].parts
    assert [(part.heading, [bib.slug for bib in part.bibs]) for part in parts] == [("", ["squat"])]


def test_a_part_of_the_body_has_its_muscles_and_what_its_injuries_were_treated_with(site: Site) -> None:
    knee = choice_at(site, "exercises/region/knee/")
    assert knee
    assert {"squat", "unsaid", "step"} <= {*knee.exercises}


# For an injury


def test_exercises_for_an_injury_stand_by_what_is_said_of_them(site: Site) -> None:
    view = lists(site)["exercises/for/sore-knee/"]
    assert view.title == "Exercises for sore knee"
    assert [(part.heading, [bib.slug for bib in part.bibs]) for part in view.parts] == [
        ("What helps", ["squat"]),
        ("In a program for it", ["step"]),
        ("Done for this, relation not stated", ["unsaid"]),
    ]
    assert view.parts[0].bibs[0].count_words == "told by a practitioner, in 2 posts"
    assert lists(site)["exercises/for/itb/"].title == "Exercises for IT band syndrome"


def test_what_an_injury_excludes_is_left_out_with_who_says_so_where_and_why(site: Site) -> None:
    (out,) = lists(site)["exercises/for/sore-knee/"].left_out
    (said,) = out.says
    assert (out.exercise.title, said.relation_words, said.evidence_words) == (
        "Jump",
        "makes it worse",
        "the author's own experience",
    )
    assert said.source
    assert (said.source.title, said.note) == ("Old", "Hurt for days.")


def test_a_list_of_nothing_but_warnings_is_a_page(site: Site) -> None:
    view = lists(site)["exercises/for/only-harm/"]
    assert (view.total, view.lead, view.left_words) == (0, "No exercise.", "1 is left out: why")
    assert [one.exercise.slug for one in view.left_out] == ["wall-sit"]


def test_every_list_says_of_each_exercise_what_it_is_wrong_for(site: Site) -> None:
    bibs = {bib.slug: bib for view in lists(site).values() for part in view.parts for bib in part.bibs}
    assert [link.target.title for link in bibs["jump"].warnings] == ["Sore knee"]
    assert [link.target.title for link in bibs["wall-sit"].warnings] == ["Only harm"]


def test_a_card_names_two_injuries_that_it_is_wrong_for_and_counts_the_others(write_tree: WriteTree) -> None:
    blog = BLOG | {f"injuries/i{n}.md": f"---\ntitle: Ache {n}\n{HEAD}---\n" for n in range(4)}
    wrong = "".join(f"  - {{injury: i{n}, relation: avoid-early, evidence: uncited}}\n" for n in range(4))
    site = compile_site(write_tree(blog | {"exercises/e.md": f"---\ntitle: E\ninjuries:\n{wrong}---\n"}))[0]
    bibs = {bib.slug: bib for part in pages.exercise_list(site).parts for bib in part.bibs}
    assert [link.target.title for link in bibs["e"].warnings] == ["Ache 0", "Ache 1"]
    assert bibs["e"].count_words == "and for 2 more injuries"


def test_sources_that_disagree_both_stand_among_what_is_left_out(write_tree: WriteTree) -> None:
    said = "injuries: [{injury: sore-knee, relation: helps, evidence: uncited}]\n"
    blog = BLOG | {"exercises/jump.md": f"---\ntitle: Jump\n{said}---\n"}
    site = compile_site(write_tree(blog))[0]
    (out,) = lists(site)["exercises/for/sore-knee/"].left_out
    assert [link.relation for link in out.says] == ["aggravates"]
    assert [link.relation for link in out.others] == ["helps"]


# Pages of a list


def many(count: int) -> dict[str, str | bytes]:
    return {f"exercises/e{n:03}.md": f"---\ntitle: E {n:03}\nkind: strength\n---\n" for n in range(count)}


def test_a_long_list_is_cut_into_pages_that_lead_on(write_tree: WriteTree) -> None:
    site = compile_site(write_tree(many(25)), Options(per_page=10))[0]
    found = lists(site)
    urls = ["exercises/kind/strength/", "exercises/kind/strength/page/2/", "exercises/kind/strength/page/3/"]
    views = [found[url] for url in urls]
    assert [slug for view in views for slug in slugs(view)] == [f"e{n:03}" for n in range(25)]
    assert [view.position_words for view in views] == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]
    assert [view.next and view.next.url for view in views] == [*urls[1:], None]
    assert [view.previous and view.previous.url for view in views] == [None, *urls[:2]]
    graph = structured.for_exercises(site, views[2])["@graph"]
    listed = graph[0]["mainEntity"]
    assert (listed["numberOfItems"], listed["itemListElement"][0]["position"]) == (25, 21)
    assert len({view.description for view in found.values()}) == len(found)


def test_what_all_pages_show_together_grows_as_the_exercises_do(write_tree: WriteTree) -> None:
    def shown(count: int) -> int:
        site = compile_site(write_tree(many(count)))[0]
        related = sum(len(pages.exercise_view(site, each.slug).related) for each in site.exercises)
        return sum(len(slugs(view)) for view in lists(site).values()) + related

    assert shown(200) <= 2.1 * shown(100)


def test_a_name_that_an_address_cannot_hold_is_a_word_on_a_page_all_the_same(site: Site) -> None:
    thing = choice_at(site, "exercises/with/e-z-ibari/")
    assert thing
    assert thing.title == "E-Z <i>bar</i>"
    assert all("<" not in view.url and " " not in view.url for view in lists(site).values())


def test_addresses_are_a_sites_own_to_choose(write_tree: WriteTree) -> None:
    urls = {"exercises": "moves.html", "exercises_for": "moves/{slug}.html"}
    site = compile_site(write_tree(BLOG | many(3)), Options(urls=urls, per_page=2))[0]
    found = lists(site)
    assert {"moves.html", "moves/page/2/", "moves/sore-knee.html", "moves/sore-knee/page/2/"} <= found.keys()


# The page of an exercise


def test_related_exercises_share_something_and_no_warning(site: Site) -> None:
    related = {bib.slug: bib.count_words for bib in pages.exercise_view(site, "squat").related}
    assert related == {"unsaid": "also for sore knee", "step": "also for sore knee", "wall-sit": "works the glutes too"}
    assert "jump" not in related


def test_an_exercise_says_once_what_a_post_did_and_what_came_of_it(site: Site) -> None:
    view = pages.exercise_view(site, "squat")
    assert [(use.post.title, [link.target.title for link in use.said]) for use in view.uses] == [
        ("New", []),
        ("Old", ["Sore knee"]),
    ]
    assert [link.relation for link in view.others] == []
    assert [post.title for post in view.posts_else] == []
    jump = pages.exercise_view(site, "jump")
    assert [post.title for post in jump.posts_else] == ["Old"]
    assert [one.url for one in jump.left_out] == ["exercises/for/sore-knee/"]


def test_a_much_used_exercise_names_its_newest_posts_and_counts_the_rest(write_tree: WriteTree) -> None:
    post = "---\ntitle: P {0}\ndate: 2020-01-{0:02}\nexercises: [squat: 2 x 8 @ 5 lb]\n---\n"
    site = compile_site(write_tree(BLOG | {f"posts/p{n}.md": post.format(n) for n in range(1, 29)}))[0]
    view = pages.exercise_view(site, "squat")
    assert (len(view.uses), view.uses_more) == (20, "and in 10 older posts")


def test_each_fact_of_an_exercise_leads_to_the_others_that_share_it(site: Site) -> None:
    view = pages.exercise_view(site, "squat")
    assert [one.url for one in view.choices["kind"]] == ["exercises/kind/strength/"]
    assert [one.url for one in view.needs] == [
        "exercises/with/chair/",
        "exercises/with/dumbbell/",
        "exercises/with/e-z-ibari/",
    ]


# What is built


def test_the_data_for_several_choices_says_what_the_pages_say(site: Site) -> None:
    data = json.loads(render_choices(site))
    axes = list(data["axes"])
    names = [(axes[value["of"]], value["slug"]) for value in data["values"]]
    found: dict[tuple[str, str], set[str]] = {name: set() for name in names}
    out: dict[tuple[str, str], set[str]] = {name: set() for name in names}
    for exercise in data["exercises"]:
        for place in exercise["fits"]:
            found[names[place]].add(exercise["slug"])
        for place, why in exercise.get("out", {}).items():
            out[names[int(place)]].add(exercise["slug"])
            assert "makes it worse" in why or "not yet" in why
    for axis, choices in choices_of(site).items():
        for choice in choices:
            assert found[axis, choice.slug] == {*choice.exercises}
            assert out[axis, choice.slug] == {*choice.left_out}


def test_every_list_is_built_linked_and_in_the_sitemap(write_tree: WriteTree, build_site: BuildSite) -> None:
    result, output = build_site(write_tree(BLOG | many(9)), SITEURL="https://a.example", REHAB_PER_PAGE=5)
    assert [each for each in result.problems if each.severity == "error"] == []
    blog = Built(output, "https://a.example")
    listed = [url for url in blog.pages if (url.startswith("exercises/") and url.count("/") > 2) or url == "exercises/"]
    assert {"exercises/page/3/", "exercises/with/e-z-ibari/", "exercises/for/only-harm/"} <= {*listed}
    sitemap = blog.text("sitemap.xml")
    reached = {link for page in blog.pages.values() for link in page.links}
    for url in listed:
        page = blog.pages[url]
        assert f"<loc>{page.url}</loc>" in sitemap
        assert page.url in reached
        assert page.faults == ()
        assert page.meta("description")
        assert page.data[0]["@type"] == "CollectionPage"
        assert "<b>" not in page.text.split("<main")[1].replace("&lt;b&gt;", "")
    knee = blog.pages["exercises/for/sore-knee/"]
    assert "Left out for this injury Jump ▼ makes it worse the author's own experience in Old" in knee.words


def test_lists_of_treatments_and_programs_say_who_and_what_came_of_it(write_tree: WriteTree) -> None:
    blog = BLOG | {
        "treatments/ice.md": "---\ntitle: Ice\nkind: self-care\nwho: self\n---\n",
        "treatments/needles.md": "---\ntitle: Needles\nwho: practitioner\n---\n",
        "posts/ice.md": "---\ntitle: Cold\ndate: 2020-01-05\ninjuries: [itb]\ntreatments: [ice: helped]\n---\n",
        "posts/ice-2.md": "---\ntitle: Colder\ndate: 2020-01-06\ninjuries: [itb]\ntreatments: [ice: no-change]\n---\n",
    }
    site = compile_site(write_tree(blog))[0]
    treatments = pages.treatment_list(site)
    assert [words for words, _ in treatments.groups] == ["done by a practitioner", "done by yourself"]
    (ice,) = [card for card in treatments.items if card.slug == "ice"]
    assert ([sign.words for sign in ice.came], ice.by) == (
        ["helped, says 1 post", "changed nothing, says 1 post"],
        "self-care",
    )
    (two,) = pages.program_list(site).items
    assert ([one.title for one in two.about], two.count_words) == (
        ["Sore knee"],
        "1 exercise, 1 phase; no post says that it followed it",
    )
