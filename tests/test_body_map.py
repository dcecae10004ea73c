"""The body map: every area and structure is a link with its words, on the drawing and by name; the rest is a list."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest

from rehab.compile import compile_site
from rehab.model.vocabulary import read_built_in
from rehab.site import pages
from rehab.site.drawing import AREAS, LINES, MARKS, PIECES
from rehab.site.show.body import body_view

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import BuildSite, WriteTree
    from rehab.site.site import Site
    from rehab.site.views.map import BodyView, PartView

IOC_AREAS = set("HNSUERPCDLOGTKQAF")
"""Letters of OSIICS: the 17 areas of table 4 of the IOC consensus of 2020."""

RUNNERS = {
    "piriformis", "sciatic-nerve", "it-band", "achilles-tendon", "plantar-fascia", "proximal-hamstring-tendon",
}  # fmt: skip

READERS_WORDS = {
    "buttock": "lumbosacral", "hip": "lumbosacral", "sit bone": "lumbosacral", "tailbone": "lumbosacral",
    "lower back": "lumbosacral", "SI joint": "lumbosacral", "groin": "hip-groin", "hamstring": "thigh",
    "quad": "thigh", "kneecap": "knee", "shin": "lower-leg", "calf": "lower-leg", "achilles": "lower-leg",
    "heel": "foot", "arch": "foot", "sole": "foot", "big toe": "foot", "ribs": "chest", "belly": "abdomen",
}  # fmt: skip

BLOG: dict[str, str | bytes] = {
    "injuries/deep-ache.md": """\
        ---
        title: Deep ache
        aliases: [runner's knee]
        region: lumbosacral
        structures: [piriformis]
        symptoms:
          - {what: ache, where: deep in the buttock, pattern: all day}
          - {what: stiffness, where: where the leg begins}
        red_flags: []
        ---
        """,
    "injuries/knee-ache.md": "---\ntitle: Knee ache\nregion: knee\nred_flags: []\n---\n",
    "exercises/bridge.md": """\
        ---
        title: Bridge
        muscles: {primary: [piriformis]}
        injuries:
          - {injury: deep-ache, relation: helps, evidence: author-experience, source: first}
          - {injury: deep-ache, relation: helps, evidence: practitioner-told, source: second}
          - {injury: knee-ache, relation: aggravates, evidence: author-experience, source: first}
        ---
        """,
    "exercises/clam.md": "---\ntitle: Clam\nmuscles: {primary: [gluteus-medius]}\n---\n",
    "posts/first.md": "---\ntitle: First\ndate: 2020-01-02\ninjuries: [deep-ache]\nexercises: [bridge]\n---\n",
    "posts/second.md": "---\ntitle: Second\ndate: 2021-01-02\ninjuries: [deep-ache]\n---\n",
    "vocabulary/muscles.yml": "- {slug: plica, title: Plica, level: structure, region: knee, lies: inside the knee}\n",
    "vocabulary/regions.yml": "- {slug: tail, title: Tail, group: trunk, aliases: [brush]}\n",
}


@pytest.fixture
def site(write_tree: WriteTree) -> Site:
    return compile_site(write_tree(BLOG))[0]


@pytest.fixture
def body(site: Site) -> BodyView:
    return body_view(site)


def parts_of(body: BodyView) -> dict[str, PartView]:
    return {part.slug: part for part in (*body.told, *body.quiet)}


def test_the_vocabulary_has_the_areas_of_the_consensus_and_one_for_what_is_not_said() -> None:
    letters = [region.osiics for region in read_built_in("regions").values()]
    assert sorted(letters) == sorted(IOC_AREAS | {"Z"})


def test_every_area_of_the_consensus_is_drawn() -> None:
    drawn = {slug: area for slug, area in AREAS.items() if area.front or area.back}
    assert drawn.keys() == read_built_in("regions").keys() - {"unspecified"}
    assert {name for area in drawn.values() for name in (area.front, area.back) if name} == PIECES.keys() - {"sole"}


def test_the_runners_structures_are_drawn_and_in_the_vocabulary() -> None:
    assert MARKS.keys() >= RUNNERS
    assert read_built_in("muscles").keys() >= MARKS.keys()
    assert all(muscle.lies for muscle in read_built_in("muscles").values() if muscle.slug in MARKS)


def test_areas_that_border_on_each_other_are_areas() -> None:
    assert {slug for area in AREAS.values() for slug in area.beside} <= AREAS.keys()
    assert all(slug not in area.beside for slug, area in AREAS.items())


def test_the_drawing_is_written_in_whole_numbers() -> None:
    paths = [*PIECES.values(), *(mark.path for mark in MARKS.values()), *(area.near for area in AREAS.values())]
    paths += [path for both in LINES.values() for path in both]
    assert all(re.fullmatch(r"[MmLlHhVvCcSsQqTtAaZz0-9 -]*", path) for path in paths)


@pytest.mark.parametrize(("word", "region"), READERS_WORDS.items())
def test_a_readers_word_leads_to_its_area(site: Site, word: str, region: str) -> None:
    found = site.target("region", word)
    assert (found.slug if found else None) == region


STRUCTURES_WORDS = {
    "ITB": "it-band", "iliotibial band": "it-band", "Achilles": "achilles-tendon", "TFL": "tensor-fasciae-latae",
    "glute": "glutes", "hamstring": "hamstrings", "hamstring origin": "proximal-hamstring-tendon",
}  # fmt: skip


@pytest.mark.parametrize(("word", "muscle"), STRUCTURES_WORDS.items())
def test_a_readers_word_leads_to_its_structure(site: Site, word: str, muscle: str) -> None:
    found = site.target("muscle", word)
    assert (found.slug if found else None) == muscle


def test_what_runners_call_trouble_is_no_name_of_a_place(site: Site) -> None:
    for region in site.regions:
        assert not any(site.target("region", word) for word in region.complaints), region.slug


def test_each_place_says_in_words_what_is_recorded_of_it(body: BodyView) -> None:
    areas, marks = ({spot.slug: spot.label for spot in spots} for spots in (body.areas, body.marks))
    assert areas["lumbosacral"] == "Low back and buttock: 1 injury, 2 exercises"
    assert areas["foot"] == "Foot: nothing recorded yet"
    assert marks["piriformis"] == "Piriformis, deep in the buttock: 1 injury, 1 exercise"
    assert marks["achilles-tendon"] == "Achilles tendon, above the heel: nothing recorded yet"


def test_a_structure_leads_to_its_place_on_its_regions_page(body: BodyView) -> None:
    urls = {spot.slug: spot.url for spot in body.marks}
    assert urls["piriformis"] == "body/lumbosacral/#piriformis"


def test_what_has_an_injury_comes_first_and_what_has_none_stays_in_the_list(body: BodyView) -> None:
    assert [part.slug for part in body.told] == ["lumbosacral", "knee"]
    assert len(parts_of(body)) == 18
    assert [body.quiet[0].slug, body.quiet[-1].slug] == ["head", "tail"]


def test_what_a_site_adds_is_in_the_list_and_not_on_the_drawing(body: BodyView) -> None:
    assert parts_of(body)["tail"].words == ("brush",)
    assert "tail" not in {spot.slug for spot in body.areas}
    assert ("Plica", "inside the knee") in {(one.title, one.words) for one in parts_of(body)["knee"].structures}
    assert "plica" not in {spot.slug for spot in body.marks}


def test_readers_words_stand_beside_a_region_each_once(body: BodyView) -> None:
    parts = parts_of(body)
    assert {"hip", "sit bone", "tailbone"} <= {*parts["lumbosacral"].words}
    assert {"shin", "calf", "shin splints"} <= {*parts["lower-leg"].words}
    assert "buttocks" not in parts["lumbosacral"].words
    assert parts["foot"].words[:3] == ("heel", "arch", "sole")


def test_a_complaint_that_has_an_injury_of_its_own_is_not_said_twice(write_tree: WriteTree) -> None:
    injury = "---\ntitle: Shin splints\nregion: lower-leg\nred_flags: []\n---\n"
    parts = parts_of(body_view(compile_site(write_tree({"injuries/shin-splints.md": injury}))[0]))
    assert "shin splints" not in parts["lower-leg"].words
    assert parts["lower-leg"].told


def test_a_structure_is_found_by_its_short_name(body: BodyView) -> None:
    (band,) = (one for one in parts_of(body)["thigh"].structures if one.title == "IT band")
    assert band.words == "ITB, down the outside of the thigh to the knee"


def test_symptoms_lead_to_their_injuries_the_first_of_each_before_any_second(body: BodyView) -> None:
    assert [(one.words, one.more, one.injury.slug) for one in body.felt] == [
        ("Ache deep in the buttock", "all day", "deep-ache"),
        ("Stiffness where the leg begins", "", "deep-ache"),
    ]


def test_a_region_says_once_what_an_exercise_did_for_each_of_its_injuries(site: Site) -> None:
    view = pages.region_view(site, "lumbosacral")
    said = [(one.bib.slug, [(link.relation, link.target.slug) for link in one.links]) for one in view.helped]
    assert said == [("bridge", [("helps", "deep-ache")])]
    assert [card.slug for card in view.exercises] == ["clam"]


def test_a_region_without_injuries_names_those_beside_it(site: Site) -> None:
    view = pages.region_view(site, "ankle")
    assert (view.injuries, view.helped) == ((), ())
    assert [card.slug for card in view.beside] == ["lower-leg", "foot"]
    assert [card.slug for card in pages.region_view(site, "tail").beside] == [
        "chest", "thoracic", "lumbosacral", "abdomen",
    ]  # fmt: skip


def test_a_region_shows_its_newest_posts_and_says_how_many_more_there_are(write_tree: WriteTree) -> None:
    posts = {
        f"posts/p{day:02}.md": f"---\ntitle: P{day}\ndate: 2020-01-{day:02}\ninjuries: [knee-ache]\n---\n"
        for day in range(1, 21)
    }
    site = compile_site(write_tree({"injuries/knee-ache.md": BLOG["injuries/knee-ache.md"], **posts}))[0]
    view = pages.region_view(site, "knee")
    assert [card.title for card in view.posts] == [f"P{day}" for day in range(20, 8, -1)]
    assert view.more_posts == 8


def test_the_pages_have_the_drawing_once_and_each_place_as_one_link(
    build_site: BuildSite, write_tree: WriteTree
) -> None:
    _, output = build_site(write_tree(BLOG))
    for name in ("index.html", "injuries/index.html"):
        text = (output / name).read_text("utf-8")
        drawing = text[text.index("<svg viewBox") : text.index("</svg>")]
        links = re.findall(r'<a [^>]*href="([^"]+)"', drawing)
        assert len(links) == len(set(links)) == len(AREAS) + len(MARKS)
        assert all(drawing.count(f'd="{path}"') == 1 for path in PIECES.values())
        assert text.count("<svg") == 1


def test_ids_used_in_a_drawing_are_in_it(demo: Path) -> None:
    for name in ("index.html", "injuries/index.html", "body/head/index.html", "body/foot/index.html"):
        text = (demo / name).read_text("utf-8")
        used, given = (set(re.findall(pattern, text)) for pattern in (r'<use href="#([^"]+)"', r'id="(b-[^"]+)"'))
        assert used <= given, name


def test_the_first_two_steps_are_light(demo: Path) -> None:
    for name in ("index.html", "injuries/index.html"):
        assert len(gzip.compress((demo / name).read_bytes(), 6)) <= 14_000, name


def test_a_blog_without_injuries_has_no_map_on_its_home_page(build_site: BuildSite, write_tree: WriteTree) -> None:
    _, output = build_site(write_tree({"posts/p.md": "---\ntitle: P\ndate: 2020-01-01\n---\nText\n"}))
    assert 'class="bodymap"' not in (output / "index.html").read_text("utf-8")


def test_a_hostile_name_in_the_vocabulary_is_only_words(build_site: BuildSite, write_tree: WriteTree) -> None:
    evil = '<script>alert(1)</script>"'
    blog = BLOG | {"vocabulary/regions.yml": f"- slug: knee\n  title: '{evil}'\n  aliases: ['{evil}']\n"}
    _, output = build_site(write_tree(blog))
    for name in ("index.html", "injuries/index.html", "body/knee/index.html"):
        assert "<script>alert" not in (output / name).read_text("utf-8")


def test_many_injuries_of_a_region_are_a_few_and_a_way_to_the_others(
    build_site: BuildSite, write_tree: WriteTree
) -> None:
    files: dict[str, str | bytes] = {
        f"injuries/ache-{number}.md": f"---\ntitle: Ache {number}\nregion: knee\nred_flags: []\n---\n"
        for number in range(9)
    }
    _, output = build_site(write_tree(files))
    text = (output / "index.html").read_text("utf-8")
    assert text.count('href="/injuries/ache-') == 6
    assert '<a href="/body/knee/#injuries">and 3 more</a>' in text
    assert all(f"Ache {number}" in (output / "body/knee/index.html").read_text("utf-8") for number in range(9))


def test_a_blog_without_injuries_still_has_all_regions_by_name(build_site: BuildSite, write_tree: WriteTree) -> None:
    _, output = build_site(write_tree({"posts/p.md": "---\ntitle: P\ndate: 2020-01-01\n---\nText\n"}))
    text = (output / "injuries/index.html").read_text("utf-8")
    by_name = text[text.index('id="by-name"') :]
    assert all(f'href="/body/{slug}/"' in by_name for slug in AREAS)
