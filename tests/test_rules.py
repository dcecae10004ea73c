"""Rules: where each one draws its line. That each one finds its fault is in `cases/problems/`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from rehab.compile import compile_site
from rehab.site.alt_words import looks_like_file_name
from rehab.site.link import Options
from rehab.site.rules.check import RULES

if TYPE_CHECKING:
    from conftest import WriteTree
    from rehab.source.problem import Problem

INJURY = "---\ntitle: I\nregion: knee\nred_flags: []\n{}---\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>'


def post(front: str, body: str = "") -> str:
    return f"---\ntitle: P\ndate: 2020-01-01\n{front}---\n{body}"


def found(problems: tuple[Problem, ...], code: str) -> list[str]:
    return [problem.message for problem in problems if problem.code == code]


def compiled(write_tree: WriteTree, files: dict[str, str | bytes]) -> tuple[Problem, ...]:
    return compile_site(write_tree(files))[1]


def test_every_rule_says_in_one_sentence_what_it_wants() -> None:
    for name, rule in RULES.items():
        assert (rule.__doc__ or "").strip().endswith("."), name


@pytest.mark.parametrize(
    ("laterality", "dose", "code"),
    [
        ("unilateral", "3 x 10 each side", None),
        ("unilateral", "3 x 10 left side", None),
        ("unilateral", "3 x 10", "side-missing"),
        ("bilateral", "3 x 10", None),
        ("bilateral", "3 x 10 each side", "side-not-wanted"),
        ("alternating", "3 x 10", None),
        ("alternating", "3 x 10 alternating", None),
    ],
)
def test_sides_follow_from_how_the_exercise_is_done(
    write_tree: WriteTree, laterality: str, dose: str, code: str | None
) -> None:
    exercise = f"---\ntitle: A\nlaterality: {laterality}\n---\n"
    problems = compiled(write_tree, {"exercises/a.md": exercise, "posts/p.md": post(f"exercises: [a: {dose}]\n")})
    assert [p.code for p in problems if p.severity == "error"] == ([code] if code else [])


def test_sides_are_checked_in_programs_and_in_posts_that_define_the_exercise(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {
        "posts/p.md": post("exercises: [{name: A, laterality: unilateral, dose: 3 x 10}]\n"),
        "programs/q.md": "---\ntitle: Q\nphases: [{id: one, items: [a: 3 x 10]}]\n---\n",
    }
    assert len(found(compiled(write_tree, files), "side-missing")) == 2


def test_a_post_may_record_a_dose_for_a_stub(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {
        "exercises/a.md": "---\ntitle: A\nstatus: stub\n---\n",
        "posts/p.md": post("exercises: [a: 3 x 10]\n"),
    }
    assert not [p for p in compiled(write_tree, files) if p.severity == "error"]


def test_a_muscle_is_the_same_by_its_alias(write_tree: WriteTree) -> None:
    exercise = "---\ntitle: A\nmuscles: {primary: [gluteus-maximus], secondary: [glute max]}\n---\n"
    assert len(found(compiled(write_tree, {"exercises/a.md": exercise}), "muscle-twice")) == 1


def test_one_exercise_may_stand_on_a_ladder_in_several_variations(write_tree: WriteTree) -> None:
    ladder = "- id: up\n  steps:\n    - {exercise: a, variation: low}\n    - b\n    - {exercise: a, variation: high}\n"
    files: dict[str, str | bytes] = {
        "exercises/ladders.yml": ladder,
        "exercises/a.md": "---\ntitle: A\n---\n",
        "exercises/b.md": "---\ntitle: B\n---\n",
    }
    assert not found(compiled(write_tree, files), "ladder-loop")


def test_two_ladders_that_contradict_each_other_are_a_loop(write_tree: WriteTree) -> None:
    ladders = "- {id: up, steps: [a, b, c]}\n- {id: down, steps: [c, a, d]}\n"
    files: dict[str, str | bytes] = {f"exercises/{slug}.md": f"---\ntitle: {slug}\n---\n" for slug in "abcd"}
    messages = found(compiled(write_tree, {**files, "exercises/ladders.yml": ladders}), "ladder-loop")
    assert len(messages) == 3
    assert not [message for message in messages if "'d'" in message]


def test_a_long_ladder_without_a_loop_is_fine(write_tree: WriteTree) -> None:
    slugs = [f"e{number}" for number in range(300)]
    files: dict[str, str | bytes] = {f"exercises/{slug}.md": f"---\ntitle: {slug}\n---\n" for slug in slugs}
    ladder = f"- {{id: up, steps: [{', '.join(slugs)}]}}\n"
    assert not found(compiled(write_tree, {**files, "exercises/ladders.yml": ladder}), "ladder-loop")


def test_a_variation_below_it_is_an_easier_step(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {
        "exercises/a.md": "---\ntitle: A\ndifficulty: advanced\n---\n",
        "exercises/ladders.yml": "- id: up\n  steps:\n    - {exercise: a, variation: on a chair}\n    - a\n",
    }
    assert not found(compiled(write_tree, files), "advanced-without-easier")


def test_a_differential_on_both_pages_is_fine(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {
        "injuries/i.md": INJURY.format("differential: [{j: alike}]\n"),
        "injuries/j.md": INJURY.format("differential: [{i: alike}]\n"),
    }
    assert not found(compiled(write_tree, files), "one-sided-differential")


def test_a_red_flag_of_ones_own_needs_no_shared_id(write_tree: WriteTree) -> None:
    flags = "---\ntitle: I\nregion: knee\nred_flags: [saddle-numbness, {sign: A locked knee, urgency: urgent}]\n---\n"
    assert not [p for p in compiled(write_tree, {"injuries/i.md": flags}) if p.severity == "error"]


@pytest.mark.parametrize(("day", "count"), [(None, 0), (dt.date(2020, 1, 1), 0), (dt.date(2020, 1, 2), 1)])
def test_a_review_is_overdue_only_on_a_day_that_somebody_names(
    write_tree: WriteTree, day: dt.date | None, count: int
) -> None:
    content = write_tree({"injuries/i.md": INJURY.format("next_review: 2020-01-01\n")})
    assert len(found(compile_site(content, Options(today=day))[1], "review-overdue")) == count


def test_a_promise_is_kept_once_every_exercise_in_it_is_full(write_tree: WriteTree) -> None:
    promise = post("promises: [{text: Soon., exercises: [a, b]}, {text: Something., exercises: []}]\n")
    full, stub = "---\ntitle: {0}\nsteps: [Stand.]\n---\n", "---\ntitle: {0}\n---\n"
    files: dict[str, str | bytes] = {"posts/p.md": promise, "exercises/a.md": full.format("A")}
    content = write_tree({**files, "exercises/b.md": stub.format("B")})
    hints = [p.hint for p in compile_site(content)[1] if p.code == "open-promise"]
    assert hints == ["fill in b", "name its `exercises`, or take it out once it is kept"]
    problems = compiled(write_tree, {**files, "exercises/b.md": full.format("B")})
    assert len(found(problems, "open-promise")) == 1


def test_five_exercises_in_a_phase_are_not_too_many(write_tree: WriteTree) -> None:
    program = "---\ntitle: P\nphases: [{id: one, items: [a, a, a, a, a]}]\n---\n"
    files: dict[str, str | bytes] = {"programs/p.md": program, "exercises/a.md": "---\ntitle: A\n---\n"}
    assert not found(compiled(write_tree, files), "crowded-phase")


def test_a_post_about_an_injury_ties_its_exercises_to_it(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {
        "injuries/i.md": INJURY.format(""),
        "exercises/a.md": "---\ntitle: A\n---\n",
        "posts/p.md": post("injuries: [i]\nexercises: [a]\n"),
    }
    assert compiled(write_tree, files) == ()


def test_no_post_with_the_exercise_ties_it_when_the_post_is_a_draft(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {
        "injuries/i.md": INJURY.format(""),
        "exercises/a.md": "---\ntitle: A\n---\n",
        "posts/p.md": post("status: draft\ninjuries: [i]\nexercises: [a]\n"),
    }
    assert {p.code for p in compiled(write_tree, files)} == {"unlinked-exercise", "unlinked-injury"}


def test_a_full_exercise_with_all_details_is_complete(write_tree: WriteTree) -> None:
    exercise = """\
        ---
        title: A
        steps: [Stand up.]
        steps_by: the editor
        equipment: bodyweight
        cues: [Slowly]
        stop_if: [It hurts]
        difficulty: beginner
        harder: [b]
        images: [{src: p.svg, alt: A runner standing up}]
        injuries: [{injury: i, relation: helps, evidence: practitioner-told, source: p}]
        ---
        """
    files: dict[str, str | bytes] = {
        "exercises/a.md": exercise,
        "exercises/p.svg": SVG,
        "exercises/b.md": "---\ntitle: B\n---\n",
        "injuries/i.md": INJURY.format(""),
        "posts/p.md": post("injuries: [i]\nexercises: [a: 3 x 10, b]\n"),
    }
    assert compiled(write_tree, files) == ()


def test_what_is_missing_of_an_exercise_is_listed_in_the_hint(write_tree: WriteTree) -> None:
    content = write_tree({"exercises/a.md": "---\ntitle: A\nsteps: [Stand up.]\n---\n"})
    (problem,) = [p for p in compile_site(content)[1] if p.code == "incomplete-exercise"]
    assert "when to stop (`stop_if`)" in problem.hint
    assert "how it is done" not in problem.hint


@pytest.mark.parametrize("alt", ["DSC_0019", "IMG 2041", "screen shot 2014-04-06 at 8.49.51 pm", "plank.jpg", "12"])
def test_what_a_camera_calls_its_file_is_no_alt_text(alt: str) -> None:
    assert looks_like_file_name(alt)


@pytest.mark.parametrize(
    "alt", ["A runner", "Scanning the hill", "Image of a plank", "Photo finish of the 5 km", "Pick 2"]
)
def test_words_are_alt_text(alt: str) -> None:
    assert not looks_like_file_name(alt)


def test_a_picture_may_be_decorative_and_another_may_not_be_left_without_words(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {
        "posts/p/index.md": post("gallery: [{src: a.svg, decorative: yes}, b.svg]\n"),
        "posts/p/a.svg": SVG,
        "posts/p/b.svg": SVG,
    }
    assert found(compiled(write_tree, files), "missing-alt") == ["the picture 'b.svg' has no alt text"]


def test_a_picture_in_a_gallery_folder_that_no_list_names_has_no_alt_text(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {"galleries/hills/a.svg": SVG, "galleries/hills/b.svg": SVG}
    listed = "---\ntitle: Hills\nimages: [{src: a.svg, alt: A hill}]\n---\n"
    problems = compiled(write_tree, {**files, "galleries/hills/gallery.md": listed})
    assert [p.place.path for p in problems if p.code == "missing-alt"] == ["content/galleries/hills/b.svg"]


@pytest.mark.parametrize("src", ["../../../secret.jpg", "/etc/passwd", "..\\secret.jpg", "a/../../../x.jpg"])
def test_no_picture_is_taken_from_outside_the_content(write_tree: WriteTree, src: str) -> None:
    problems = compiled(write_tree, {"posts/p.md": post(f"gallery: [{{src: '{src}', alt: A hill}}]\n")})
    assert [p.code for p in problems] == ["path-outside-content"]


def test_the_hint_for_a_missing_picture_knows_another_spelling(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {
        "posts/p/index.md": post("gallery: [{src: Hill.svg, alt: A hill}]\n"),
        "posts/p/hill.svg": SVG,
    }
    (problem,) = [p for p in compiled(write_tree, files) if p.code == "missing-image"]
    assert problem.hint == "write 'hill.svg', as the file is called"


@pytest.mark.parametrize(
    ("credit", "count"),
    [
        ("{text: Ann}", 1),
        ("{text: Ann, license: unknown}", 1),
        ("{text: Ann, license: CC-BY-4.0}", 0),
        ("{text: Source, status: link-lost}", 1),
        ("{text: Dana}", 0),
        ("{text: Ann, license: own}", 0),
    ],
)
def test_a_picture_of_somebody_else_needs_a_licence(write_tree: WriteTree, credit: str, count: int) -> None:
    gallery = f"author: Dana\ngallery: [{{src: a.svg, alt: A hill, credit: {credit}}}]\n"
    problems = compiled(write_tree, {"posts/p/index.md": post(gallery), "posts/p/a.svg": SVG})
    assert len(found(problems, "unknown-licence")) == count


def test_an_old_address_that_is_in_use_is_a_duplicate(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {"posts/p.md": post("redirect_from: [/posts/q/]\n"), "posts/q.md": post("")}
    messages = found(compiled(write_tree, files), "duplicate-url")
    assert messages == ["the old address '/posts/q/' is a page of the site now"]


@pytest.mark.parametrize("text", ["It’s fine — 5–10 × “quoted” à la carte Ää ñ 😉", "Âge, Ãtre, â€ and ðŸ alone"])
def test_letters_of_other_languages_are_not_damaged(write_tree: WriteTree, text: str) -> None:
    assert not found(compiled(write_tree, {"posts/p.md": post("", text)}), "mojibake")


@pytest.mark.parametrize("text", ["Itâ€™s", "CafÃ©", "šŸ\u02dc‰", "ðŸ\u02dc‰", "5Â°", "\ufffd"])
def test_damaged_letters_are_found(write_tree: WriteTree, text: str) -> None:
    assert len(found(compiled(write_tree, {"posts/p.md": post("", text)}), "mojibake")) == 1


def test_invisible_spaces_are_counted_once_for_each_file(write_tree: WriteTree) -> None:
    problems = compiled(write_tree, {"posts/p.md": post("", "a\u00a0b\n\u00a0c\n")})
    assert found(problems, "mojibake") == ["2 invisible no-break spaces are left in the text"]
    assert str(problems[0].place) == "content/posts/p.md:5:2"


def test_a_dose_written_beside_a_card_in_the_text_must_be_a_dose(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {"exercises/a.md": "---\ntitle: A\n---\n"}
    good, bad = "![[a | 3 x 10]]\n", "![[a | 4 days a week]]\n"
    assert not found(compiled(write_tree, {**files, "posts/p.md": post("", good)}), "bad-dose")
    assert len(found(compiled(write_tree, {**files, "posts/p.md": post("", bad)}), "bad-dose")) == 1


@pytest.mark.parametrize("text", ["gallery: [{src: A-Hill.SVG, alt: Grass}]", "---\n![Grass](A-Hill.SVG)"])
def test_a_picture_with_other_capitals_is_named_as_its_file_is(write_tree: WriteTree, text: str) -> None:
    head = "---\ntitle: P\ndate: 2020-01-01\n"
    problems = compiled(write_tree, {"posts/p/index.md": f"{head}{text}\n---\n", "posts/p/a-hill.svg": SVG})
    assert [each.hint for each in problems if each.code == "missing-image"] == [
        "write 'a-hill.svg', as the file is called"
    ]


@pytest.mark.parametrize(
    "src", ["C:\\Users\\me\\knee.jpg", "c:/me/knee.jpg", "file:///home/me/knee.jpg", "../../knee.jpg"]
)
def test_a_picture_on_a_machine_is_not_inside_the_content(write_tree: WriteTree, src: str) -> None:
    problems = compiled(write_tree, {"posts/p.md": post("", f"![A knee]({src})\n")})
    assert found(problems, "path-outside-content") == [f"'{src}' is not inside the content folder"]


def test_a_silencer_works_in_its_own_file_only(write_tree: WriteTree) -> None:
    silent = "---\ntitle: A\nsilence: {unlinked-exercise: A warm-up.}\n---\n"
    files: dict[str, str | bytes] = {"exercises/a.md": silent, "exercises/b.md": "---\ntitle: B\n---\n"}
    assert [(p.code, p.place.path) for p in compiled(write_tree, files)] == [
        ("unlinked-exercise", "content/exercises/b.md")
    ]


def test_an_error_cannot_be_silenced(write_tree: WriteTree) -> None:
    front = "injuries: [nowhere]\nsilence: {unknown-slug: I like it so.}\n"
    assert {p.code for p in compiled(write_tree, {"posts/p.md": post(front)})} == {"unknown-slug", "unused-silence"}


def test_a_silencer_for_a_rule_that_does_not_exist_says_so(write_tree: WriteTree) -> None:
    problems = compiled(write_tree, {"posts/p.md": post("silence: {noise: Quiet.}\n")})
    assert found(problems, "unused-silence") == ["'noise' is no rule of ours"]
