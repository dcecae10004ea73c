"""Galleries as values: order, covers, addresses, what is said of each picture, and what belongs together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rehab.compile import compile_site
from rehab.site import pages, structured
from rehab.site.alt_words import looks_like_file_name
from rehab.site.licences import licence_url
from rehab.site.show.photos import photo_slugs

if TYPE_CHECKING:
    from conftest import BuildSite, WriteTree
    from rehab.site.site import Site

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} 3"><path d="M0 0h4v3z"/></svg>'

BLOG: dict[str, str | bytes] = {
    "galleries/hills/gallery.md": """\
        ---
        title: Hills
        cover: a.svg
        images:
          - {src: b.svg, alt: A hill, caption: 'The *first* [hill](https://example.org/).'}
          - {src: c.svg, decorative: yes, credit: {text: Ann, url: 'https://example.org/ann', license: CC BY-SA 4.0}}
          - {src: gone.svg, alt: A lost one}
          - {src: d.svg, alt: A drawing, credit: {text: Old book, status: link-lost, license: asked by letter}}
        ---
        """,
    **{f"galleries/hills/{name}.svg": SVG.format(width) for name, width in (("a", 6), ("b", 4), ("c", 3), ("d", 2))},
    "posts/p.md": "---\ntitle: P\ndate: 2020-01-01\nauthor: Ann\n---\nWords.\n",
}


@pytest.fixture
def site(write_tree: WriteTree) -> Site:
    return compile_site(write_tree(BLOG))[0]


def names(pictures: Any) -> list[str]:
    return [view.name.partition("-")[0] for view in pictures]


def test_a_gallery_has_the_pictures_of_its_list_in_order_then_the_others_of_its_folder(site: Site) -> None:
    view = pages.gallery_view(site, "hills")
    assert [picture.lost for picture in view.pictures] == [False, False, True, False, False]
    assert names(picture for picture in view.pictures if not picture.lost) == ["b", "c", "d", "a"]


def test_the_cover_is_the_one_that_is_named_else_the_first(write_tree: WriteTree, site: Site) -> None:
    assert names([pages.gallery_view(site, "hills").cover]) == ["a"]
    assert names(item.cover for item in pages.gallery_list(site).items) == ["a"]
    text = str(BLOG["galleries/hills/gallery.md"]).replace("cover: a.svg", "")
    unnamed = {**BLOG, "galleries/hills/gallery.md": text}
    assert names([pages.gallery_view(compile_site(write_tree(unnamed))[0], "hills").cover]) == ["b"]


def test_each_picture_that_is_there_has_a_page_with_its_place_and_its_neighbours(site: Site) -> None:
    photos = list(pages.photo_views(site))
    assert [photo.url for photo in photos] == [f"galleries/hills/{name}/" for name in "bcda"]
    assert [photo.position_words for photo in photos] == ["1 of 4", "2 of 4", "3 of 4", "4 of 4"]
    assert [photo.previous.url[-2:-1] if photo.previous else "" for photo in photos] == ["", "b", "c", "d"]
    assert [photo.next.url[-2:-1] if photo.next else "" for photo in photos] == ["c", "d", "a", ""]
    assert {photo.gallery.url for photo in photos} == {"galleries/hills/"}


def test_an_address_of_a_picture_does_not_change_with_the_order_and_is_never_taken_twice() -> None:
    paths = ["g/Lake Loop.jpg", "g/lake-loop.png", "g/lake_loop-2.jpg", "g/山.jpg", "g/川.jpg"]
    slugs = photo_slugs(paths)
    assert slugs == photo_slugs(reversed(paths))
    assert len(set(slugs.values())) == len(paths)
    assert all(slug.isascii() and slug == slug.lower() for slug in slugs.values())


def test_machines_are_told_who_made_a_picture_and_what_may_be_done_with_it(site: Site) -> None:
    things = [structured.for_photo(site, photo)["@graph"][0] for photo in pages.photo_views(site)]
    first, second, third, last = things
    assert first["caption"] == "The first hill."
    assert {"creator", "license", "creditText", "acquireLicensePage"}.isdisjoint(first)
    assert second["creator"] == {"@type": "Person", "name": "Ann"}, "she writes here"
    assert second["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert second["acquireLicensePage"] == "https://example.org/ann"
    assert third["creditText"] == "Old book"
    assert "creator" not in third, "a book may be nobody's name"
    assert third["license"] == {"@type": "CreativeWork", "name": "asked by letter"}
    assert last["isPartOf"]["name"] == "Hills"


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc by-nc-nd 3.0", "https://creativecommons.org/licenses/by-nc-nd/3.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.org/licence", "https://example.org/licence"),
        ("CC-BY-9.0", ""),
        ("own", ""),
        ("all rights reserved", ""),
        ("https://example.org/ two", ""),
    ],
)
def test_a_licence_leads_to_its_text_only_where_that_is_known(words: str, url: str) -> None:
    assert licence_url(words) == url


PAIR = "{{src: a.svg, alt: A, role: {}}}, {{src: b.svg, alt: B, role: {}}}"


@pytest.mark.parametrize(
    ("listed", "groups"),
    [
        (PAIR.format("before", "after"), [("compare", "ab")]),
        (PAIR.format("start", "end"), [("flip", "ab")]),
        (PAIR.format("after", "before"), [("gallery", "ab")]),
        (PAIR.format("before", "end"), [("gallery", "ab")]),
        ("{src: c.svg, alt: C}, " + PAIR.format("start", "end"), [("gallery", "c"), ("flip", "ab")]),
        (
            PAIR.format("start", "end") + ", {src: c.svg, alt: C}, {src: d.svg, alt: D}",
            [("flip", "ab"), ("gallery", "cd")],
        ),
        ("{src: a.svg, alt: A, role: start}", [("gallery", "a")]),
    ],
)
def test_two_pictures_that_follow_each_other_are_a_pair_where_they_say_so(
    write_tree: WriteTree, listed: str, groups: list[tuple[str, str]]
) -> None:
    files: dict[str, str | bytes] = {f"posts/p/{name}.svg": SVG.format(4 + at) for at, name in enumerate("abcd")}
    files["posts/p/index.md"] = f"---\ntitle: P\ndate: 2020-01-01\ngallery: [{listed}]\n---\n"
    site = compile_site(write_tree(files))[0]
    found = pages.groups_of(pages.post_view(site, site.posts[0]).gallery)
    assert [(group.together, "".join(names(group.pictures))) for group in found] == groups


MACHINES = """DSC_0019 | _DSC1234 | Screen shot 2014-04-06 at 8.49.51 PM | Screenshot_20200101-101010 | Screenshot (12)
| IMG_1234 | IMG-20200101-WA0003 | image1 | image1.png | image (3) | Untitled | Unbenannt-1 | sans titre | P1010203
| PXL_20210101_101010123 | 100_1234 | Bildschirmfoto 2020-05-05 um 10.11.12 | Capture d’écran 2020-05-05 à 10.11.12
| Captura de pantalla 2020-05-05 a las 10.11.12 | Schermata 2020-05-05 alle 10.11.12
| スクリーンショット 2020-05-05 10.11.12
| Снимок экрана 2020-05-05 в 10.11.12 | WhatsApp Image 2020-05-05 at 10.11.12 | d41d8cd98f00b204e9800998ecf8427e
| 550e8400-e29b-41d4-a716-446655440000 | 2014-04-06 08.49.51 | lake.jpg | lake-loop | DSC_0019 copy | Kopie von IMG_1
| 写真 2020年1月2日""".replace("\n", " ").split(" | ")
PEOPLE = """A lake at dusk | Photo 3 of the hill | Image of a knee, bent 90 degrees | Mile 20 | The 10 lb dumbbell
| Foto vom See | Step 2: the hip is up | Start | Before | 12 weeks after | Side plank | MRI 2014 | Samoa 2012
| Download of my run from 2014 | Sam 3 weeks after surgery | Deadbeef | Copy of a magazine page""".replace(
    "\n", " "
).split(" | ")


@pytest.mark.parametrize("alt", MACHINES)
def test_what_a_machine_calls_a_file_is_no_alt_text_in_any_language(alt: str) -> None:
    assert looks_like_file_name(alt, "images/lake-loop.jpg")


@pytest.mark.parametrize("alt", PEOPLE)
def test_what_a_person_says_is_an_alt_text(alt: str) -> None:
    assert not looks_like_file_name(alt, "images/side plank.jpg")


BODY = """\
---
title: P
date: 2020-01-01
---
![The *hill*](a.svg "One *caption*")
![Its twin](b.svg)

Words beside ![a hill](a.svg) and ![another](b.svg).

![Dry](a.svg)
![Wet](b.svg)
{: .compare }

<rehab-pictures data-items="[1, {&quot;file&quot;: 2}, {}]" data-together="compare"></rehab-pictures>
<rehab-pictures data-items="{" data-together="x"></rehab-pictures>
"""


def test_pictures_alone_in_a_paragraph_are_a_gallery_and_two_that_compare_stand_side_by_side(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    content = write_tree({"posts/p/index.md": BODY, "posts/p/a.svg": SVG.format(4), "posts/p/b.svg": SVG.format(5)})
    result, output = build_site(content)
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    page = (output / "posts/p/index.html").read_text("utf-8")
    body = page[page.index("e-content") : page.index("<footer")]
    assert body.count('class="gallery"') == 1
    assert body.count('class="compare"') == 1
    assert "<p>One <em>caption</em></p>" in body
    assert body.index("<strong>Before</strong>") < body.index("<strong>After</strong>")
    assert "Words beside <picture>" in body.replace("\n", "")
    assert 'style="' not in page
    feed = (output / "feeds/atom.xml").read_text("utf-8")
    assert "tones" not in feed
    assert "button" not in feed


def test_the_theme_has_few_bytes_of_script_and_none_of_it_in_a_page_without_pictures(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    import gzip  # noqa: PLC0415 - this test alone weighs

    _, output = build_site(write_tree(BLOG))
    weights = {file.name: len(gzip.compress(file.read_bytes(), 9)) for file in (output / "theme").glob("gallery*.js")}
    assert 0 < sum(weights.values()) <= 3_000
    assert "theme/gallery" not in (output / "posts/p/index.html").read_text("utf-8")
    assert (output / "galleries/hills/index.html").read_text("utf-8").count("theme/gallery") == 1
