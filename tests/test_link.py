"""Linking: names lead to things, things to each other both ways, and what leads nowhere is said with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehab.compile import compile_site
from rehab.model.comment import Comment
from rehab.model.records import ListOf, RecordOf
from rehab.model.refs import TextRef
from rehab.model.shapes import Reference
from rehab.model.spec import specs
from rehab.site import pages
from rehab.site.edges import RELATIONS
from rehab.site.link import Options
from rehab.site.text.refs import find_text_refs

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import WriteTree
    from rehab.site.site import Site
    from rehab.source.problem import Problem

KNEE = "---\ntitle: Sore knee\naliases: [runner's knee]\nregion: knee\nred_flags: []\n---\n"
SQUAT = "---\ntitle: Squat\naliases: [knee bend]\nlaterality: bilateral\n---\n"
POST = "---\ntitle: One\ndate: 2020-01-02\ninjuries: [sore-knee]\nexercises:\n  - squat: 3 x 10\n---\nText\n"
SMALL: dict[str, str | bytes] = {"injuries/sore-knee.md": KNEE, "exercises/squat.md": SQUAT, "posts/one.md": POST}


def post(front: str, body: str = "Text\n", *, title: str = "A post", date: str = "2020-01-01") -> str:
    return f"---\ntitle: {title}\ndate: {date}\n{front}---\n{body}"


def problems_of(code: str, problems: tuple[Problem, ...]) -> list[tuple[str, int, int]]:
    return [(p.place.path, p.place.line, p.place.column) for p in problems if p.code == code]


def build(content: Path) -> Site:
    return compile_site(content)[0]


def relations(site: Site, from_: str, to: str) -> list[str]:
    return [edge.relation for edge in site.edges_from(from_) if edge.to == to]


def test_the_daily_path_states_no_relation_between_exercise_and_injury(write_tree: WriteTree) -> None:
    site, problems = compile_site(write_tree(SMALL))
    assert problems == ()
    assert relations(site, "post:one", "exercise:squat") == ["uses"]
    assert relations(site, "post:one", "injury:sore-knee") == ["about"]
    assert relations(site, "exercise:squat", "injury:sore-knee") == []


def test_every_edge_has_both_ends_and_is_listed_both_ways(write_tree: WriteTree) -> None:
    two = post("avoid: [squat]\ninjuries: [sore-knee]\n", "[[knee bend]]\n")
    site = build(write_tree({**SMALL, "posts/two.md": two}))
    assert site.edges
    for edge in site.edges:
        assert edge.from_ in site.targets
        assert edge.to in site.targets
        assert edge.relation in RELATIONS
        assert edge in site.edges_from(edge.from_)
        assert edge in site.edges_to(edge.to)


def test_an_alias_a_title_and_another_case_lead_to_the_same_thing(write_tree: WriteTree) -> None:
    site = build(write_tree(SMALL))
    for name in ("squat", "Squat", "knee bend", "Knee Bend", "knee-bend"):
        target = site.target("exercise", name)
        assert target is not None
        assert target.id == "exercise:squat"


def test_an_alias_in_front_matter_makes_the_same_link_as_the_slug(write_tree: WriteTree) -> None:
    site = build(write_tree({**SMALL, "posts/one.md": post("injuries: [runner's knee]\nexercises: [knee bend]\n")}))
    assert relations(site, "post:one", "injury:sore-knee") == ["about"]
    assert relations(site, "post:one", "exercise:squat") == ["uses"]


def test_an_unknown_slug_is_told_with_its_place_and_the_nearest_name(write_tree: WriteTree) -> None:
    _, problems = compile_site(write_tree({**SMALL, "posts/two.md": post("injuries: [sore-nee]\n")}))
    (problem,) = [p for p in problems if p.code == "unknown-slug"]
    assert str(problem.place) == "content/posts/two.md:4:12"
    assert problem.message == "no injury called 'sore-nee'"
    assert problem.hint == "use 'sore-knee'"
    assert problem.span == len("sore-nee")


def test_the_hint_for_a_misspelt_alias_is_the_slug_behind_it(write_tree: WriteTree) -> None:
    _, problems = compile_site(write_tree({**SMALL, "posts/two.md": post("exercises: [knee bennd]\n")}))
    assert [p.hint for p in problems if p.code == "unknown-slug"] == ["use 'squat'"]


def test_a_thing_of_another_kind_is_named_in_the_hint(write_tree: WriteTree) -> None:
    _, problems = compile_site(write_tree({**SMALL, "posts/two.md": post("injuries: [squat]\n")}))
    assert [p.hint for p in problems if p.code == "unknown-slug"] == ["name an injury here; 'squat' is an exercise"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("exercises/a.md", "---\ntitle: A\nmuscles: {primary: [gluteus-maxi]}\n---\n"),
        ("exercises/a.md", "---\ntitle: A\nharder: [nothing-here]\n---\n"),
        ("exercises/a.md", "---\ntitle: A\nladder: nothing-here\n---\n"),
        ("exercises/a.md", "---\ntitle: A\ninjuries: [{injury: nope, relation: helps, evidence: uncited}]\n---\n"),
        (
            "exercises/a.md",
            "---\ntitle: A\ninjuries: [{injury: sore-knee, relation: helps, evidence: cited, source: nope}]\n---\n",
        ),
        ("exercises/ladders.yml", "- id: up\n  steps: [nope]\n"),
        ("injuries/a.md", "---\ntitle: A\nregion: nope\nred_flags: []\n---\n"),
        ("injuries/a.md", "---\ntitle: A\nregion: knee\nred_flags: [nope]\n---\n"),
        ("posts/two.md", post("treatments: [nope: helped]\n")),
        ("posts/two.md", post("programs: [nope]\n")),
        ("posts/two.md", post("avoid: [nope]\n")),
        ("posts/two.md", post("promises: [{text: Later, exercises: [nope]}]\n")),
        ("posts/two.md", post("", "See [[nope]].\n")),
        ("programs/p.md", "---\ntitle: P\nphases: [{id: a, items: [nope: 3 x 10]}]\n---\n"),
        ("comments/one/20200103T100000Z-aaaa.md", "---\nmentions: {injuries: [nope]}\n---\nHi\n"),
    ],
)
def test_every_reference_that_leads_nowhere_is_found(write_tree: WriteTree, path: str, text: str) -> None:
    _, problems = compile_site(write_tree({**SMALL, path: text}))
    assert {p.place.path for p in problems if p.code == "unknown-slug"} == {f"content/{path}"}


def test_a_post_that_names_an_exercise_makes_it_and_its_file_adds_to_it(write_tree: WriteTree) -> None:
    defines = "exercises:\n  - {name: Wall Sit, aliases: [chair], cues: [Sit], dose: 2 x 30 s}\n"
    site, problems = compile_site(
        write_tree(
            {
                **SMALL,
                "posts/two.md": post(defines),
                "exercises/wall-sit.md": "---\ntitle: Wall sit\naliases: [wall chair]\nkind: strength\n---\nMore.\n",
            }
        )
    )
    (wall_sit,) = [exercise for exercise in site.exercises if exercise.slug == "wall-sit"]
    assert not [p for p in problems if p.severity == "error"]
    assert (wall_sit.title, wall_sit.kind, wall_sit.cues) == ("Wall sit", "strength", ("Sit",))
    assert wall_sit.aliases == ("wall chair", "chair")
    assert wall_sit.path == "content/exercises/wall-sit.md"


def test_two_posts_that_name_the_same_new_exercise_are_a_duplicate(write_tree: WriteTree) -> None:
    define = "exercises: [{name: Wall sit}]\n"
    _, problems = compile_site(write_tree({"posts/a.md": post(define), "posts/b.md": post(define, title="Another")}))
    (problem,) = [p for p in problems if p.code == "duplicate-slug"]
    assert problem.place.path == "content/posts/b.md"
    assert problem.related[0][0].path == "content/posts/a.md"


def test_an_alias_that_two_things_of_a_kind_claim_is_a_duplicate(write_tree: WriteTree) -> None:
    lunge = "---\ntitle: Lunge\naliases: [Knee Bend]\n---\n"
    _, problems = compile_site(write_tree({**SMALL, "exercises/lunge.md": lunge}))
    assert len(problems_of("duplicate-slug", problems)) == 1


def test_a_name_of_two_kinds_in_text_must_say_its_kind(write_tree: WriteTree) -> None:
    clash = {**SMALL, "treatments/squat.md": "---\ntitle: Squat\n---\n"}
    _, problems = compile_site(write_tree({**clash, "posts/two.md": post("", "A [[squat]].\n")}))
    assert problems_of("ambiguous-reference", problems) == [("content/posts/two.md", 5, 5)]
    site, problems = compile_site(write_tree({**clash, "posts/two.md": post("", "A [[exercise:squat]].\n")}))
    assert not problems_of("ambiguous-reference", problems)
    assert relations(site, "post:two", "exercise:squat") == ["mentions"]


def test_a_slug_beats_an_alias_of_another_kind(write_tree: WriteTree) -> None:
    bend = "---\ntitle: Bending\naliases: [squat]\n---\n"
    site, problems = compile_site(
        write_tree({**SMALL, "treatments/bend.md": bend, "posts/two.md": post("", "A [[squat]].\n")})
    )
    assert not problems_of("ambiguous-reference", problems)
    target = site.resolve(TextRef("squat"))
    assert target is not None
    assert target.id == "exercise:squat"


def test_a_muscle_leads_to_its_place_on_the_page_of_its_region(write_tree: WriteTree) -> None:
    target = build(write_tree(SMALL)).resolve(TextRef("piriformis"))
    assert target is not None
    assert target.url == "body/lumbosacral/#piriformis"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[squat]]", ["squat"]),
        ("a [[squat|words]] b", ["squat"]),
        ("`[[squat]]`", []),
        ("``a ` [[squat]]`` [[lunge]]", ["lunge"]),
        ("```\n[[squat]]\n```\n[[lunge]]", ["lunge"]),
        ("~~~\n[[squat]]\n~~~\n", []),
        ("~~~~~~~\n\n[[squat]]", ["squat"]),
        ("One\n\n~~~~~~~\n\n[[squat]]\n\n~~~~~~~\n\nTwo", ["squat"]),
        ("Text\n\n    [[squat]]\n", []),
        ("- item\n\n    [[squat]] of the item\n", ["squat"]),
        ("<!-- [[squat]] -->", []),
        ("<pre>[[squat]]</pre>", []),
        (r"\[[squat]]", []),
        ("[[]] [[ ]] [[|words]]", []),
        ("[[exercise:squat]]", ["squat"]),
    ],
)
def test_brackets_are_references_everywhere_but_in_code(text: str, expected: list[str]) -> None:
    assert [found.ref.slug for found in find_text_refs(text, "x.md")] == expected


def test_a_reference_in_text_has_the_place_of_its_slug() -> None:
    (found,) = find_text_refs("One\n\nTwo [[squat]]\n", "x.md", line=7)
    assert str(found.place) == "x.md:9:7"


def test_a_reference_in_a_front_matter_text_is_found_where_it_stands(write_tree: WriteTree) -> None:
    files = {**SMALL, "posts/two.md": post("takeaways:\n  - Do the squat\n  - Or a [[lungge]]\n")}
    _, problems = compile_site(write_tree(files))
    assert problems_of("unknown-slug", problems) == [("content/posts/two.md", 6, 12)]


def test_what_made_it_worse_warns_for_each_injury_of_the_post(write_tree: WriteTree) -> None:
    site = build(write_tree({**SMALL, "posts/two.md": post("injuries: [sore-knee]\navoid: [squat: It hurt.]\n")}))
    (edge,) = site.edges_from("exercise:squat", "aggravates")
    assert (edge.to, edge.evidence, edge.source, edge.note) == (
        "injury:sore-knee",
        "author-experience",
        "post:two",
        "It hurt.",
    )


def test_the_outcome_of_a_treatment_is_a_relation_of_that_post(write_tree: WriteTree) -> None:
    ice = {"treatments/ice.md": "---\ntitle: Ice\n---\n"}
    tried = post("injuries: [sore-knee]\ntreatments: [ice: no-change]\n")
    site = build(write_tree({**SMALL, **ice, "posts/two.md": tried}))
    (edge,) = site.edges_from("treatment:ice")
    assert (edge.to, edge.relation, edge.source) == ("injury:sore-knee", "no-change", "post:two")


def test_a_comment_is_linked_to_its_post_its_parent_and_what_it_mentions(write_tree: WriteTree) -> None:
    mentions = "mentions: {injuries: [sore-knee], exercises: [squat, handstand]}\n"
    first = f"---\nauthor: Ann\ndate: 2020-01-03\n{mentions}---\nHi\n"
    second = "---\ndate: 2020-01-04\nreply_to: 20200103T100000Z-aaaa\n---\nYes\n"
    files = {"comments/one/20200103T100000Z-aaaa.md": first, "comments/one/20200104T100000Z-bbbb.md": second}
    site, problems = compile_site(write_tree({**SMALL, **files}))
    assert not [p for p in problems if p.severity == "error"]
    ann, reply = "comment:one/20200103T100000Z-aaaa", "comment:one/20200104T100000Z-bbbb"
    assert {(edge.relation, edge.to) for edge in site.edges_from(ann)} == {
        ("on", "post:one"),
        ("mentions", "injury:sore-knee"),
        ("mentions", "exercise:squat"),
    }
    assert relations(site, reply, ann) == ["reply-to"]


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_a_draft_is_in_no_list_and_no_link(write_tree: WriteTree, status: str) -> None:
    draft = post(f"status: {status}\ninjuries: [sore-knee]\nexercises: [squat, {{name: Secret move}}]\n", "[[squat]]\n")
    site, problems = compile_site(write_tree({**SMALL, "posts/two.md": draft}))
    assert not [p for p in problems if p.severity == "error"]
    assert [each.slug for each in site.posts] == ["one"]
    assert [each.slug for each in site.unlisted] == ["two"]
    assert "exercise:secret-move" not in site.targets
    assert not [edge for edge in site.edges if "two" in f"{edge.from_} {edge.to} {edge.source}"]


def test_posts_are_newest_first_and_undated_ones_last_by_title(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {
        "posts/old.md": post("", date="2019-01-01"),
        "posts/new.md": post("", date="2021-01-01"),
        "posts/zero.md": "---\ntitle: Zebra\ndate_basis: unknown\n---\n",
        "posts/zwei.md": "---\ntitle: ape\ndate_basis: unknown\n---\n",
    }
    assert [each.slug for each in build(write_tree(files)).posts] == ["new", "old", "zwei", "zero"]


def test_a_ladder_leads_from_each_exercise_to_the_next_harder_one(write_tree: WriteTree) -> None:
    ladder = "- id: up\n  steps:\n    - {exercise: squat, variation: to a chair}\n    - squat\n    - lunge\n"
    files = {**SMALL, "exercises/ladders.yml": ladder, "exercises/lunge.md": "---\ntitle: Lunge\n---\n"}
    site = build(write_tree(files))
    assert [(edge.from_, edge.to) for edge in site.edges if edge.relation == "harder"] == [
        ("exercise:squat", "exercise:lunge")
    ]


def test_addresses_follow_the_options(write_tree: WriteTree) -> None:
    site, _ = compile_site(write_tree(SMALL), Options(urls={"exercise": "moves/{slug}.html"}))
    assert site.targets["exercise:squat"].url == "moves/squat.html"


words = st.sampled_from(["squat", "lunge", "sore-knee", "hip", "ice", "two", "nope", "Squat", "knee bend"])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    injuries=st.lists(words, max_size=3),
    exercises=st.lists(words, max_size=3),
    avoid=st.lists(words, max_size=2),
    harder=st.lists(words, max_size=2),
    text=st.lists(words, max_size=3),
)
def test_whatever_posts_name_no_edge_ends_in_nothing(  # noqa: PLR0913 - one list for each field
    write_tree: WriteTree,
    injuries: list[str],
    exercises: list[str],
    avoid: list[str],
    harder: list[str],
    text: list[str],
) -> None:
    front = f"injuries: [{', '.join(injuries)}]\nexercises: [{', '.join(exercises)}]\navoid: [{', '.join(avoid)}]\n"
    body = " ".join(f"[[{word}]]" for word in text)
    lunge = f"---\ntitle: Lunge\nharder: [{', '.join(harder)}]\n---\n"
    site = build(
        write_tree(
            {
                **SMALL,
                "exercises/lunge.md": lunge,
                "treatments/ice.md": "---\ntitle: Ice\n---\n",
                "posts/two.md": post(front, body),
            }
        )
    )
    assert len(set(site.edges)) == len(site.edges)
    for edge in site.edges:
        assert {edge.from_, edge.to, edge.source or edge.to} <= site.targets.keys()
        assert edge in site.edges_from(edge.from_, edge.relation)
        assert edge in site.edges_to(edge.to, edge.relation)


def test_a_translation_is_no_duplicate_and_the_sites_language_comes_first(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {
        "posts/a-de.md": "---\ntitle: Knie\nslug: knee\nlang: de\ndate: 2020-01-01\n---\n",
        "posts/knee.md": "---\ntitle: Knee\nlang: en\ndate: 2020-01-01\n---\n",
    }
    site, problems = compile_site(write_tree(files))
    assert problems == ()
    assert [each.title for each in site.posts] == ["Knee"]
    assert pages.post_view(site, site.unlisted[0]).url == "posts/knee-de/"


def refers(shape: object) -> bool:
    """Return whether a value of a shape may name another thing."""
    if isinstance(shape, ListOf):
        return refers(shape.item)
    if isinstance(shape, RecordOf):
        return any(refers(each.shape) for each in specs(shape.noun))
    return isinstance(shape, Reference)


def test_nothing_in_a_comment_refers_to_anything_but_its_mentions_and_what_it_answers() -> None:
    assert [each.name for each in specs(Comment) if refers(each.shape)] == ["reply_to", "mentions"]
