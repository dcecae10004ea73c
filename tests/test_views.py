"""Views: what a template is told, in words already chosen, and never more than the content says."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from rehab.compile import compile_site
from rehab.model.dose import Dose, DoseRefusal
from rehab.model.dose.grammar import parse_dose
from rehab.site import pages
from rehab.site.plain import description_of, plain_words
from rehab.site.related import related_posts
from rehab.site.show.dose import dose_facts, dose_headline, dose_line
from rehab.site.show.small import counted, date_view
from rehab.site.wording import EVIDENCE, HEADINGS, OUTCOMES, SIGNS

if TYPE_CHECKING:
    from conftest import WriteTree
    from rehab.site.site import Site

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>'

BLOG: dict[str, str | bytes] = {
    "injuries/sore-knee.md": "---\ntitle: Sore knee\nregion: knee\nred_flags: [saddle-numbness]\n---\n",
    "injuries/sore-hip.md": "---\ntitle: Sore hip\nregion: hip-groin\nred_flags: []\n---\n",
    "exercises/squat.md": """\
        ---
        title: Squat
        laterality: bilateral
        equipment: {load: dumbbell, setup: [chair]}
        steps: [Bend., Stand.]
        injuries: [{injury: sore-hip, relation: helps, evidence: practitioner-told, source: old}]
        ---
        """,
    "exercises/lunge.md": "---\ntitle: Lunge\n---\n",
    "exercises/ladders.yml": "- id: up\n  title: Up\n  steps: [squat, {exercise: lunge, variation: deep}]\n",
    "treatments/ice.md": "---\ntitle: Ice\n---\n",
    "programs/two.md": """\
        ---
        title: Two
        injuries: [sore-knee]
        prescribed_by: physical therapist
        pain_rule: {scale: 0 to 10, ok: [0, 3], stop_above: 3, settle_within_h: 24, source: A study}
        phases: [{id: one, items: [{squat: 3 x 10}, {exercise: lunge, start_at: 2}]}]
        ---
        """,
    "galleries/hills/gallery.md": "---\ntitle: Hills\nimages: [{src: b.svg, alt: B}]\n---\n",
    "galleries/hills/a.svg": SVG,
    "galleries/hills/b.svg": SVG,
    "posts/old.md": """\
        ---
        title: Old
        date: 2014-04-06
        date_basis: inferred
        author: Dana
        injuries: [sore-knee]
        side: left
        exercises:
          - squat: 3 x 10 @ 10 lb
          - lunge
        avoid: [lunge]
        treatments: [ice: no-change]
        comments_declared: 9
        ---
        ![[squat]]
        """,
    "posts/new.md": """\
        ---
        title: New
        date: 2020-01-02
        injuries: [sore-knee]
        exercises: [{exercise: squat, dose: 2 x 8, achieved: partial, note: "*Hard*"}]
        treatments: [ice: helped]
        training_changes: [{change: limit, activity: running, days_per_week: 4, for: a couple of weeks}]
        ---
        """,
    "posts/draft.md": "---\ntitle: Draft\ndate: 2021-01-01\nstatus: draft\nexercises: [squat, {name: Secret}]\n---\n",
    "comments/old/20140407T100000Z-aaaa.md": "---\ndate: 2014-04-07\nmentions: {injuries: [sore-hip]}\n---\nHip too\n",
    "comments/old/20140408T100000Z-bbbb.md": "---\nauthor: Ann\nreply_to: 20140407T100000Z-aaaa\n---\nYes\n",
}


@pytest.fixture
def site(write_tree: WriteTree) -> Site:
    return compile_site(write_tree(BLOG))[0]


def dose(text: str) -> Dose:
    parsed = parse_dose(text)
    assert not isinstance(parsed, DoseRefusal)
    return parsed


def titles(links: Any) -> list[str]:
    return [link.target.title for link in links]


def test_every_relation_has_a_shape_a_word_and_a_heading() -> None:
    assert SIGNS.keys() == HEADINGS.keys()
    assert all(sign.shape and sign.words and sign.tone for sign in (*SIGNS.values(), *OUTCOMES.values()))
    assert all(EVIDENCE.values())


@pytest.mark.parametrize(
    ("basis", "precision", "words", "iso"),
    [
        ("stated", "", "6 April 2014", "2014-04-06"),
        ("inferred", "", "about April 2014", "2014-04"),
        ("unknown", "", "", ""),
        ("stated", "month", "April 2014", "2014-04"),
        ("stated", "year", "2014", "2014"),
        ("inferred", "year", "about April 2014", "2014-04"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(basis: str, precision: str, words: str, iso: str) -> None:
    view = date_view(dt.datetime(2014, 4, 6, tzinfo=dt.UTC), basis, precision)
    assert (view.words, view.iso, bool(view)) == (words, iso, bool(words))


@pytest.mark.parametrize(
    ("text", "headline", "line"),
    [
        ("3 x 10 each side @ 10 lb, hold 5 s", "3 × 10", "3 × 10 each side @ 10 lb, hold 5 s"),
        ("3 x 8-12, tempo 3-1-1-0, rest 60 s, 3/week, RPE 7", "3 × 8–12", None),
        ("3 x 30 s", "3 × 30 s", "3 × 30 s"),
        ("10 reps", "10 reps", "10 reps"),
    ],
)
def test_the_line_of_a_dose_begins_with_its_headline(text: str, headline: str, line: str | None) -> None:
    assert dose_headline(dose(text)) == headline
    assert dose_line(dose(text)).startswith(headline)
    assert line is None or dose_line(dose(text)) == line


def test_a_load_is_shown_in_the_other_unit_too() -> None:
    assert ("load", "10 lb (≈ 4.5 kg)") in dose_facts(dose("3 x 10 @ 10 lb"))


def test_the_bib_of_a_post_shows_its_dose_and_the_facts_along_the_edge(site: Site) -> None:
    squat, lunge = pages.post_view(site, "old").bibs
    assert (squat.title, squat.url, squat.headline, squat.position) == ("Squat", "exercises/squat/", "3 × 10", 1)
    assert squat.facts == (("load", "10 lb (≈ 4.5 kg)"), ("equipment", "dumbbell, chair"))
    assert squat.data == {"sets": 3, "reps": 10, "load": {"value": 10, "unit": "lb"}}
    assert [step.text for step in squat.steps] == ["Bend.", "Stand."]
    assert (lunge.headline, lunge.stub, lunge.line) == ("details to come", True, "")
    assert titles(lunge.warnings) == ["Sore knee"]
    assert [link.title for link in squat.harder] == ["Lunge"]


def test_an_exercise_without_a_dose_and_with_steps_has_no_huge_number(site: Site) -> None:
    assert pages.exercise_view(site, "squat").bib.headline == ""


def test_a_dose_in_the_text_replaces_the_posts_own(site: Site) -> None:
    assert pages.bib_view(site, "squat", dose=dose("5 x 5")).headline == "5 × 5"


def test_only_what_the_text_does_not_place_comes_at_the_end(site: Site) -> None:
    assert [bib.slug for bib in pages.post_view(site, "old").unplaced] == ["lunge"]


def test_the_same_exercise_twice_in_a_post_has_two_anchors(write_tree: WriteTree) -> None:
    twice = "---\ntitle: P\ndate: 2020-01-01\nexercises: [a: 3 x 10, a: 2 x 5]\n---\n"
    linked, _ = compile_site(write_tree({"posts/p.md": twice, "exercises/a.md": "---\ntitle: A\n---\n"}))
    assert [bib.anchor for bib in pages.post_view(linked, "p").bibs] == ["bib-a", "bib-a-2"]


def test_what_a_post_only_did_is_never_said_to_help(site: Site) -> None:
    groups = {group.relation: titles(group.links) for group in pages.injury_view(site, "sore-knee").groups}
    assert groups == {"aggravates": ["Lunge"], "unstated": ["Squat", "Squat"]}
    unstated = pages.injury_view(site, "sore-knee").groups[-1]
    assert unstated.heading == "Done for this, relation not stated"
    assert {(link.evidence_words, link.source and link.source.title) for link in unstated.links} == {
        ("", "Old"),
        ("", "New"),
    }


def test_a_stated_relation_shows_its_evidence_its_post_and_that_posts_dose(site: Site) -> None:
    ((link,),) = [group.links for group in pages.injury_view(site, "sore-hip").groups]
    assert (link.shape, link.relation_words) == ("▲", "helps")
    assert link.evidence_words == "told by a practitioner"
    assert link.source is not None
    assert (link.source.title, link.source_date.words) == ("Old", "about April 2014")
    assert (link.headline, link.dose) == ("3 × 10", "3 × 10 @ 10 lb")


def test_what_aggravates_warns_on_both_pages(site: Site) -> None:
    assert titles(pages.exercise_view(site, "lunge").warnings) == ["Sore knee"]
    assert titles(pages.injury_view(site, "sore-knee").warnings) == ["Lunge"]


def test_posts_that_disagree_stand_side_by_side_on_both_pages(site: Site) -> None:
    (row,) = pages.injury_view(site, "sore-knee").treatments
    assert row.disagree
    assert {(link.source and link.source.title, link.relation) for link in row.links} == {
        ("Old", "no-change"),
        ("New", "helps"),
    }
    treatment = pages.treatment_view(site, "ice")
    assert treatment.disagree
    assert [(report.post.title, report.words) for report in treatment.reports] == [
        ("New", "helped"),
        ("Old", "changed nothing"),
    ]
    (one,) = treatment.disagreements
    assert (one.thing.title, one.injury.title, len(one.sides)) == ("Ice", "Sore knee", 2)


def test_not_yet_contradicts_nothing(write_tree: WriteTree) -> None:
    relations = "{injury: i, relation: helps, evidence: uncited}, {injury: i, relation: avoid-early, evidence: uncited}"
    files: dict[str, str | bytes] = {
        "injuries/i.md": "---\ntitle: I\nregion: knee\nred_flags: []\n---\n",
        "exercises/a.md": f"---\ntitle: A\ninjuries: [{relations}]\n---\n",
    }
    linked, _ = compile_site(write_tree(files))
    assert pages.exercise_view(linked, "a").disagreements == ()


def test_who_did_how_much_is_told_newest_first(site: Site) -> None:
    new, old = pages.exercise_view(site, "squat").uses
    assert (new.post.title, new.line, new.achieved_words) == (
        "New",
        "2 × 8",
        "the author does not reach all of it yet",
    )
    assert (old.post.title, old.other_unit, old.when.words) == ("Old", "≈ 4.5 kg", "about April 2014")


def test_a_red_flag_of_the_shared_list_brings_its_words_and_source(site: Site) -> None:
    (flag,) = pages.injury_view(site, "sore-knee").red_flags
    assert flag.urgency == "emergency"
    assert flag.sign
    assert flag.act
    assert flag.source is not None
    assert pages.injury_view(site, "sore-hip").no_red_flags_words


def test_a_page_without_a_reviewer_claims_none(site: Site) -> None:
    view = pages.injury_view(site, "sore-knee")
    assert (view.review, view.review_words) == (None, "No clinician has reviewed this page.")


def test_readers_are_heard_on_the_page_they_speak_of(site: Site) -> None:
    (voice,) = pages.injury_view(site, "sore-hip").voices
    assert (voice.author, voice.anonymous, voice.host.title) == ("Anonymous", True, "Old")
    assert "Hip too" in voice.html
    assert voice.url.startswith("posts/old/#")


def test_a_thread_says_how_many_comments_are_kept_and_who_answers_whom(site: Site) -> None:
    thread = pages.post_view(site, "old").thread
    assert thread is not None
    assert thread.heading == "9 comments (2 kept here)"
    first, reply = thread.flat
    assert (first.author, reply.author) == ("Anonymous", "Ann")
    assert reply.reply_to is not None
    assert (reply.reply_to.title, reply.reply_to.url) == ("Anonymous", f"#{first.anchor}")
    assert reply.depth == 1


def test_a_post_that_nobody_answered_says_nothing_of_comments(site: Site) -> None:
    thread = pages.post_view(site, "new").thread
    assert thread is not None
    assert (thread.heading, thread.flat) == ("", ())


def test_a_change_in_training_is_a_sentence(site: Site) -> None:
    (change,) = pages.injury_view(site, "sore-knee").training_changes
    assert (change.words, change.for_) == ("Limit running: at most 4 days a week", "a couple of weeks")
    assert change.post is not None
    assert change.post.title == "New"


def test_a_program_is_a_row_of_bibs_with_its_pain_rule_in_words(site: Site) -> None:
    view = pages.program_view(site, "two")
    assert view.prescribed_by == "put together by a physical therapist"
    assert view.pain_rule is not None
    assert view.pain_rule.words == (
        "Pain of 0–3 is all right.",
        "Stop above 3.",
        "Pain must be back to normal within 24 hours.",
    )
    squat, lunge = view.phases[0].bibs
    assert squat.headline == "3 × 10"
    assert lunge.start_at == "Start at step 2 of its ladder: deep"


def test_a_ladder_marks_the_exercise_whose_page_it_is_on(site: Site) -> None:
    (ladder,) = pages.exercise_view(site, "lunge").ladders
    assert [(rung.title, rung.variation, rung.current) for rung in ladder.rungs] == [
        ("Squat", "", False),
        ("Lunge", "deep", True),
    ]


def test_a_gallery_shows_what_it_lists_first_and_then_the_rest_of_its_folder(site: Site) -> None:
    first, second = pages.gallery_view(site, "hills").pictures
    assert (first.alt, second.alt) == ("B", "")
    assert first.src.startswith("images/b-")
    assert (first.width, first.height, first.lost) == (4, 3, False)


def test_a_picture_that_is_not_there_keeps_its_words(site: Site) -> None:
    view = pages.picture_view(site, "content/gone.jpg", alt="A hill")
    assert (view.lost, view.alt, view.src) == (True, "A hill", "")


def test_a_draft_can_be_shown_with_what_only_it_defines(site: Site) -> None:
    view = pages.post_view(site, "draft")
    assert [(bib.title, bib.url) for bib in view.bibs] == [("Squat", "exercises/squat/"), ("Secret", "")]
    assert (view.thread, view.related, view.newer, view.older) == (None, (), None, None)


def test_no_public_view_names_a_draft(site: Site) -> None:
    for kind, view in (
        ("exercises", pages.exercise_view),
        ("injuries", pages.injury_view),
        ("treatments", pages.treatment_view),
        ("programs", pages.program_view),
        ("regions", pages.region_view),
    ):
        for noun in getattr(site, kind):
            assert "draft" not in repr(view(site, noun.slug)).lower()
    for whole in (pages.home_view, pages.exercise_list, pages.injury_list):
        assert "Secret" not in repr(whole(site))


def test_posts_know_their_neighbours(site: Site) -> None:
    new, old = pages.post_view(site, "new"), pages.post_view(site, "old")
    assert (new.newer, new.older and new.older.title) == (None, "Old")
    assert (old.newer and old.newer.title, old.older) == ("New", None)


def test_related_posts_say_why(site: Site) -> None:
    (card,) = pages.post_view(site, "new").related
    assert (card.title, card.reason) == ("Old", "both about sore knee; both use squat")
    assert related_posts(site, site.posts[0]) == related_posts(site, site.posts[0])


def test_a_region_gathers_its_injuries_muscles_and_posts(site: Site) -> None:
    view = pages.region_view(site, "knee")
    assert [card.title for card in view.injuries] == ["Sore knee"]
    assert [card.title for card in view.posts] == ["New", "Old"]
    assert view.breadcrumbs[-1].title == "Knee"


def test_the_body_map_has_every_region_and_counts_its_injuries(site: Site) -> None:
    spots = {spot.slug: spot for spot in pages.home_view(site).body.areas}
    assert len(spots) == 17
    assert (spots["knee"].count, spots["knee"].label, spots["foot"].count) == (1, "Knee: 1 injury", 0)


def test_the_exercises_used_most_come_first(site: Site) -> None:
    assert [(bib.slug, bib.count_words) for bib in pages.home_view(site).most_used] == [
        ("squat", "in 2 posts"),
        ("lunge", "in 1 post"),
    ]


def test_views_cannot_be_changed(site: Site) -> None:
    view = pages.post_view(site, "old")
    with pytest.raises(AttributeError):
        view.title = "Other"  # type: ignore[misc]


def test_every_list_has_a_title_and_a_way_to_it(site: Site) -> None:
    for view in (pages.exercise_list, pages.injury_list, pages.treatment_list, pages.program_list, pages.gallery_list):
        made: Any = view(site)
        assert made.title
        assert [crumb.title for crumb in made.breadcrumbs] == ["Home", made.title]


@pytest.mark.parametrize(
    ("name", "subject", "titles"),
    [
        ("archives", "", ["Home", "Posts"]),
        ("tags", "", ["Home", "Posts", "Tags"]),
        ("categories", "", ["Home", "Posts", "Categories"]),
        ("authors", "", ["Home", "Posts", "Authors"]),
        ("tag", "knee", ["Home", "Posts", "knee"]),
        ("tag", "Posts", ["Home", "Posts", "Posts"]),
    ],
)
def test_lists_of_posts_hang_under_the_list_of_all_posts(
    site: Site, name: str, subject: str, titles: list[str]
) -> None:
    crumbs = pages.list_crumbs(site, name, subject or pages.list_title(name), "here/")
    assert [crumb.title for crumb in crumbs] == titles
    assert crumbs[-1].url == "here/"


@pytest.mark.parametrize(
    ("numbers", "title"), [((2014,), "2014"), ((2014, 4), "April 2014"), ((2014, 4, 6), "6 April 2014")]
)
def test_a_time_is_named_as_readers_name_it(numbers: tuple[int, ...], title: str) -> None:
    assert pages.period_title(numbers) == title


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("See [[squat]] and [[exercise:lunge|the *lunge*]].", "See squat and the lunge."),
        ("A [link](https://example.org) and `code`", "A link and code"),
        ("![A hill](hill.jpg)\n\n**Bold** <b>x</b>", "Bold x"),
        ("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"),
    ],
)
def test_descriptions_are_plain_words(text: str, words: str) -> None:
    assert plain_words(text) == words


def test_a_description_without_a_summary_is_the_first_paragraph_cut_at_a_word() -> None:
    body = "# Title\n\n![[squat]]\n\n" + "word " * 80
    cut = description_of("", body)
    assert cut == "word " * cut.count("word ") + "word…"
    assert 190 < len(cut) <= 200
    assert len(description_of("", "膝" * 500)) == 200
    assert description_of("Short.", body) == "Short."


@pytest.mark.parametrize(
    ("number", "noun", "words"), [(1, "injury", "1 injury"), (2, "injury", "2 injuries"), (2, "day", "2 days")]
)
def test_counts_are_words(number: int, noun: str, words: str) -> None:
    assert counted(number, noun) == words


# What describes a page


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("## A heading\n\n![A lake](lake.jpg)\n\nWords *here*.\n\nMore.", "Words here."),
        ("![[squat]]\n\n- a list\n\nAfter it.", "After it."),
        ("![A lake](lake.jpg)", ""),
    ],
)
def test_what_describes_a_text_is_its_first_paragraph_that_has_words(body: str, said: str) -> None:
    assert description_of("", body) == said


def test_a_page_without_a_text_is_described_by_what_it_has(write_tree: WriteTree) -> None:
    tree: dict[str, str | bytes] = {
        "exercises/stub.md": "---\ntitle: Stub\n---\n",
        "exercises/steps.md": "---\ntitle: Steps\nsteps: [Sit., Stand.]\n---\n",
        "programs/two.md": "---\ntitle: Two\nphases: [{id: one, items: [stub]}]\n---\n",
        "treatments/ice.md": "---\ntitle: Ice\n---\n",
        "injuries/hip.md": "---\ntitle: Hip\nregion: knee\nred_flags: []\n---\n",
    }
    site, _ = compile_site(write_tree(tree))
    assert pages.exercise_view(site, "stub").description == "Stub: details to come."
    assert pages.exercise_view(site, "steps").description == "Sit. Stand."
    assert pages.program_view(site, "two").description == "Two: 1 exercise, 1 phase."
    assert pages.treatment_view(site, "ice").description == "Ice: what posts say came of it."
    assert pages.injury_view(site, "hip").description == "Hip: warning signs, what helped, and what made it worse."
