"""The `model` room: shapes, field tables, the three ways to name an exercise, entries and the vocabulary."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.model.entries import Entries, parse_entries
from rehab.model.moments import parse_moment
from rehab.model.post import Post
from rehab.model.refs import TextRef, parse_text_ref
from rehab.model.slug import slugify
from rehab.model.spec import specs
from rehab.model.vocabulary import read_vocabulary
from rehab.source.read import read_tree

if TYPE_CHECKING:
    from conftest import WriteTree
    from rehab.source.problem import Problem, Problems

POST = "---\ntitle: T\ndate: 2014-04-06\n{}\n---\nText\n"


def parse(write_tree: WriteTree, files: dict[str, str | bytes]) -> tuple[Entries, Problems]:
    tree, problems = read_tree(write_tree(files))
    entries, found = parse_entries(tree)
    return entries, problems + found


def parse_post(write_tree: WriteTree, fields: str) -> tuple[Post, Problems]:
    entries, problems = parse(write_tree, {"posts/p.md": POST.format(fields)})
    return entries.posts[0], problems


def at(problem: Problem) -> tuple[str, int, int]:
    return problem.code, problem.place.line, problem.place.column


def test_one_file_is_enough_for_a_post_with_doses(write_tree: WriteTree) -> None:
    post, problems = parse_post(
        write_tree, "exercises:\n  - single-leg-deadlift: 3 x 10 each side @ 10 lb\n  - clamshell\ninjuries: glute-pain"
    )
    assert problems == ()
    first, second = post.exercises
    assert (first.exercise.slug, first.dose.reps if first.dose else None) == ("single-leg-deadlift", 10)
    assert (second.exercise.slug, second.dose) == ("clamshell", None)
    assert [ref.slug for ref in post.injuries] == ["glute-pain"]


def test_an_exercise_with_a_name_is_defined_by_its_post(write_tree: WriteTree) -> None:
    post, problems = parse_post(
        write_tree,
        "exercises:\n  - name: Copenhagen Plank\n    sets: 2\n    time: 20 s\n    side: each\n    kind: strength",
    )
    (use,) = post.exercises
    assert problems == ()
    assert use.exercise.slug == "copenhagen-plank"
    assert use.defines is not None
    assert (use.defines.title, use.defines.kind) == ("Copenhagen Plank", "strength")
    assert use.dose is not None
    assert use.dose.duration_s == 20


def test_a_slug_may_have_its_fields_below_it(write_tree: WriteTree) -> None:
    post, problems = parse_post(write_tree, "exercises:\n  - clamshell:\n      dose: 2 x 15\n      note: slow")
    assert problems == ()
    assert (post.exercises[0].exercise.slug, post.exercises[0].note) == ("clamshell", "slow")


def test_a_bad_dose_is_marked_at_the_words_that_are_wrong(write_tree: WriteTree) -> None:
    _, problems = parse_post(write_tree, "exercises:\n  - clamshell: 3 x 10 banana")
    assert [at(problem) for problem in problems] == [("bad-dose", 5, 23)]
    assert problems[0].span == len("banana")


def test_a_bad_dose_field_is_marked_at_its_value(write_tree: WriteTree) -> None:
    _, problems = parse_post(write_tree, "exercises:\n  - exercise: clamshell\n    hold: 5")
    assert [at(problem) for problem in problems] == [("bad-dose", 6, 11)]


def test_an_unknown_key_says_the_nearest_one(write_tree: WriteTree) -> None:
    _, problems = parse_post(write_tree, "injurys: [glute-pain]")
    assert [(at(p), p.hint) for p in problems] == [(("unknown-key", 4, 1), "use 'injuries'")]


def test_a_key_that_stands_twice_names_both_places(write_tree: WriteTree) -> None:
    _, problems = parse_post(write_tree, "title: Again")
    assert [at(problem) for problem in problems] == [("duplicate-key", 4, 1)]
    assert problems[0].related[0][0].line == 2


@pytest.mark.parametrize(
    ("field", "code", "column"),
    [
        ("date_basis: guessed", "bad-choice", 13),
        ("comments_declared: many", "wrong-type", 20),
        ("modified: 2014-13-01", "bad-date", 11),
        ("injuries: {a: b}", "wrong-type", 11),
        ("title_: x", "unknown-key", 1),
        ("episode: long", "wrong-type", 10),
        ("slug: Not A Slug", "bad-slug", 7),
        ("sources: [{title: A, url: javascript:alert(1)}]", "bad-url", 27),
        ("treatments: [{acupuncture: cured}]", "bad-choice", 28),
    ],
)
def test_a_value_of_the_wrong_shape_is_one_problem_at_the_value(
    write_tree: WriteTree, field: str, code: str, column: int
) -> None:
    _, problems = parse_post(write_tree, field)
    assert [at(problem) for problem in problems] == [(code, 4, column)]


def test_a_date_without_a_zone_is_utc_and_one_with_a_zone_keeps_its_moment(write_tree: WriteTree) -> None:
    entries, _ = parse(write_tree, {"posts/a.md": "---\ntitle: A\ndate: 2014-04-06T01:00:00+02:00\n---\n"})
    assert entries.posts[0].date == dt.datetime(2014, 4, 5, 23, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-04-06", "2014-04-06 00:00"),
        ("2014/4/6", "2014-04-06 00:00"),
        ("2014-04-06 18:30", "2014-04-06 18:30"),
        ("2014-04-06T18:30:00Z", "2014-04-06 18:30"),
        ("2014-04-06 00:30 +0200", "2014-04-05 22:30"),
        ("6 April 2014", "2014-04-06 00:00"),
        ("Sun, 06 Apr 2014 18:30:00 GMT", "2014-04-06 18:30"),
        ("April 6th, 2014", "2014-04-06 00:00"),
        ("4/6/2014", ""),
        ("6 Ju 2014", ""),
        ("2014-04", ""),
        ("soon", ""),
        ("9999-12-31 23:00 -0200", ""),
    ],
)
def test_a_date_is_understood_beyond_doubt_or_refused(text: str, day: str) -> None:
    try:
        found = parse_moment(text).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        found = ""
    assert found == day


def test_a_post_without_a_date_must_say_so(write_tree: WriteTree) -> None:
    entries, problems = parse(write_tree, {"posts/a.md": "---\ntitle: A\n---\n"})
    assert [problem.code for problem in problems] == ["missing-date"]
    entries, problems = parse(write_tree, {"posts/a.md": "---\ntitle: A\ndate_basis: unknown\n---\n"})
    assert (entries.posts[0].date, problems) == (None, ())


def test_an_empty_field_is_as_if_it_were_not_there(write_tree: WriteTree) -> None:
    post, problems = parse_post(write_tree, "category:\ninjuries:\nquestion: ''")
    assert (post.category, post.injuries, post.question, problems) == ("", (), "", ())


def test_a_post_with_mistakes_is_still_a_post(write_tree: WriteTree) -> None:
    entries, problems = parse(write_tree, {"posts/my-knee.md": "---\ntitel: x\ndate: soon\n---\nText\n"})
    assert (entries.posts[0].title, entries.posts[0].body) == ("My knee", "Text\n")
    assert sorted(problem.code for problem in problems) == ["bad-date", "unknown-key"]


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("posts/knee.md", "knee"),
        ("posts/2014/knee/index.md", "knee"),
        ("posts/My Knee.md", "my-knee"),
        ("posts/Été.md", "ete"),
        ("posts/膝.md", "膝"),
    ],
)
def test_a_slug_is_the_name_of_the_file_or_of_its_folder(write_tree: WriteTree, path: str, slug: str) -> None:
    entries, _ = parse(write_tree, {path: POST.format("")})
    assert entries.posts[0].slug == slug


def test_a_file_outside_our_folders_is_a_post_as_pelican_has_it(write_tree: WriteTree) -> None:
    entries, problems = parse(write_tree, {"old.md": "Title: Old\nDate: 2010-12-03 10:20\nMood: fine\n\nText"})
    assert problems == ()
    assert entries.posts[0].extra == (("mood", "fine"),)


def test_a_folder_of_pictures_is_a_gallery(write_tree: WriteTree) -> None:
    entries, _ = parse(write_tree, {"galleries/spring-races/a.jpg": b"x", "galleries/one/gallery.md": "---\n---\n"})
    assert [(each.slug, each.title) for each in entries.galleries] == [("one", ""), ("spring-races", "Spring races")]


def test_a_yaml_file_that_nothing_reads_is_reported(write_tree: WriteTree) -> None:
    _, problems = parse(write_tree, {"posts/data.yml": "a: b\n"})
    assert [problem.code for problem in problems] == ["lost-file"]


def test_a_comment_belongs_to_the_post_its_folder_names(write_tree: WriteTree) -> None:
    text = "---\nauthor: yes\ndate: 2014-04-07\nreply_to: 20140406T120000Z-k3f9\n---\nHello\n"
    entries, problems = parse(write_tree, {"comments/knee/20140407T120000Z-a1b2.md": text})
    (comment,) = entries.comments
    assert problems == ()
    assert (comment.slug, comment.thread, comment.author) == ("20140407T120000Z-a1b2", "knee", "yes")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Side Plank", "side-plank"),
        ("Été à vélo", "ete-a-velo"),
        ("膝の痛み", "膝の痛み"),
        ("🏃", "u1f3c3"),
        ("  ", ""),
    ],
)
def test_a_title_becomes_a_slug_that_keeps_what_it_can(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(st.text(max_size=60))
def test_a_slug_of_a_slug_is_itself(title: str) -> None:
    assert slugify(slugify(title)) == slugify(title)


@pytest.mark.parametrize(
    ("inside", "ref"),
    [
        ("clamshell", TextRef("clamshell")),
        ("clamshell|the clam", TextRef("clamshell", "", "the clam")),
        ("exercise:bridge", TextRef("bridge", "exercise")),
        (" clamshell | 3 x 10 ", TextRef("clamshell", "", "3 x 10")),
        ("|words", None),
        ("", None),
    ],
)
def test_the_inside_of_brackets_is_a_reference(inside: str, ref: TextRef | None) -> None:
    assert parse_text_ref(inside) == ref


def test_the_vocabulary_has_the_seventeen_areas_of_the_consensus(write_tree: WriteTree) -> None:
    tree, _ = read_tree(write_tree({}))
    vocabulary, problems = read_vocabulary(tree)
    assert problems == ()
    assert len(set(vocabulary.regions) - {"unspecified"}) == 17
    assert {"piriformis", "sciatic-nerve", "it-band", "achilles-tendon", "plantar-fascia"} <= set(vocabulary.muscles)


def test_every_muscle_of_the_vocabulary_has_its_parent_and_region(write_tree: WriteTree) -> None:
    tree, _ = read_tree(write_tree({}))
    vocabulary, _ = read_vocabulary(tree)
    for muscle in vocabulary.muscles.values():
        assert muscle.parent is None or muscle.parent.slug in vocabulary.muscles
        assert muscle.region is not None
        assert muscle.region.slug in vocabulary.regions


def test_a_site_adds_to_the_vocabulary_and_renames_what_is_there(write_tree: WriteTree) -> None:
    text = "- {slug: knee, aliases: [kneecap]}\n- {slug: jaw, title: Jaw}\n"
    tree, _ = read_tree(write_tree({"vocabulary/regions.yml": text}))
    vocabulary, problems = read_vocabulary(tree)
    assert problems == ()
    assert vocabulary.regions["knee"].title == "Knee"
    assert "kneecap" in vocabulary.regions["knee"].aliases
    assert vocabulary.regions["jaw"].title == "Jaw"


def test_every_field_says_what_it_is_for() -> None:
    for spec in specs(Post):
        assert spec.doc.endswith("."), spec.key
        assert spec.shape.name, spec.key
