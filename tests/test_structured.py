"""Structured data: words that schema.org has, nothing that the page does not say, and no way out of its element."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rehab.compile import compile_site
from rehab.site import structured
from rehab.site.link import Options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import WriteTree
    from rehab.site.site import Site

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>'

FILES: dict[str, str | bytes] = {
    "injuries/sore-knee.md": """\
        ---
        title: Sore knee
        aliases: [runner's knee]
        region: knee
        red_flags: []
        symptoms: [ache]
        risk_factors: [hills]
        differential: [{other-knee: alike}]
        sources: [{title: A study, url: "https://example.org/study"}]
        ---
        """,
    "injuries/other-knee.md": """\
        ---
        title: Other knee
        region: knee
        red_flags: []
        differential: [{sore-knee: alike}]
        reviewed_by: {name: Jane Roe, credential: MD, date: 2020-05-01}
        ---
        """,
    "exercises/squat.md": """\
        ---
        title: Squat
        kind: strength
        aliases: [knee bend]
        muscles: {primary: [gluteus-maximus]}
        steps: ["Bend your *knees*.", Stand up.]
        injuries:
          - {injury: sore-knee, relation: helps, evidence: author-experience, source: one}
          - {injury: other-knee, relation: helps, evidence: cited}
          - {injury: sore-knee, relation: avoid-early, evidence: practitioner-told}
        ---
        """,
    "exercises/lunge.md": "---\ntitle: Lunge\n---\n",
    "treatments/ice.md": "---\ntitle: Ice\naliases: [icing]\nsummary: Cold.\n---\n",
    "programs/two.md": """\
        ---
        title: Two
        injuries: [sore-knee]
        frequency: twice a week
        phases: [{id: one, items: [squat: 3 x 10]}]
        ---
        """,
    "galleries/hills/gallery.md": "---\ntitle: Hills\nimages: [{src: a.svg, alt: A hill}]\n---\n",
    "galleries/hills/a.svg": SVG,
    "pages/about.md": "---\ntitle: About\nauthor: Dana\n---\nWho we are.\n",
    "posts/one.md": """\
        ---
        title: "One </script> & more"
        date: 2020-01-02
        modified: 2020-02-01
        author: Dana
        tags: [knees]
        summary: See [[squat]].
        injuries: [sore-knee]
        exercises: [squat: 3 x 10 @ 10 lb, 'lunge']
        treatments: [ice: helped]
        sources: [A book]
        ---
        """.replace("[squat: 3 x 10 @ 10 lb, 'lunge']", "[{squat: 3 x 10 @ 10 lb}, lunge]"),
    "posts/two.md": "---\ntitle: Two\ndate_basis: unknown\n---\n",
    "posts/three.md": "---\ntitle: Three\ndate: 2014-04-06\ndate_basis: inferred\n---\n",
    "comments/one/20200103T100000Z-aaaa.md": "---\nauthor: Ann\ndate: 2020-01-03\n---\nHi **you**\n\nand *all*\n",
    "comments/one/20200104T100000Z-bbbb.md": "---\nreply_to: 20200103T100000Z-aaaa\n---\nYes\n",
}

WORDS: dict[str, set[str]] = {
    "AnatomicalStructure": {"name", "url"},
    "BlogPosting": {
        "about", "articleSection", "author", "citation", "comment", "commentCount", "dateModified", "datePublished",
        "description", "headline", "image", "inLanguage", "keywords", "mainEntityOfPage", "mentions", "url",
    },
    "BreadcrumbList": {"itemListElement"},
    "CollectionPage": {"about", "mainEntity", "name", "url"},
    "Comment": {"author", "datePublished", "parentItem", "text"},
    "CreativeWork": {"name", "url"},
    "DDxElement": {"diagnosis"},
    "ExercisePlan": {
        "about", "activityFrequency", "additionalVariable", "alternateName", "associatedAnatomy", "description",
        "exerciseType", "hasPart", "image", "name", "repetitions", "restPeriods", "url", "workload",
    },
    "ImageGallery": {"description", "image", "name", "url"},
    "ImageObject": {
        "acquireLicensePage", "caption", "contentUrl", "creator", "creditText", "height", "isPartOf", "license",
        "mainEntityOfPage", "name", "position", "url", "width",
    },
    "ItemList": {"itemListElement", "numberOfItems"},
    "ListItem": {"item", "name", "position"},
    "MedicalCondition": {
        "alternateName", "associatedAnatomy", "description", "differentialDiagnosis", "name", "possibleTreatment",
        "riskFactor", "signOrSymptom", "url",
    },
    "MedicalRiskFactor": {"name"},
    "MedicalSignOrSymptom": {"name"},
    "MedicalTherapy": {"alternateName", "description", "name", "url"},
    "MedicalWebPage": {"about", "citation", "lastReviewed", "name", "reviewedBy", "url"},
    "Person": {"honorificSuffix", "name"},
    "PhysicalTherapy": {"contraindication", "howPerformed", "name", "url"},
    "SearchResultsPage": {"name", "url"},
    "WebPage": {"author", "dateModified", "description", "inLanguage", "name", "url"},
    "WebSite": {"inLanguage", "name", "url"},
}  # fmt: skip
"""Every type we use, with the properties we give it."""


@pytest.fixture
def site(write_tree: WriteTree) -> Site:
    linked, problems = compile_site(write_tree(FILES), Options(site_url="https://example.org/blog", site_name="B"))
    assert not [problem for problem in problems if problem.severity == "error"]
    return linked


def documents(site: Site) -> Iterator[dict[str, Any]]:
    yield from (structured.for_post(site, slug) for slug in ("one", "two", "three"))
    yield from (structured.for_exercise(site, slug) for slug in ("squat", "lunge"))
    yield from (structured.for_injury(site, slug) for slug in ("sore-knee", "other-knee"))
    yield structured.for_treatment(site, "ice")
    yield structured.for_program(site, "two")
    yield structured.for_region(site, "knee")
    yield structured.for_gallery(site, "hills")
    yield structured.for_page(site, "about")
    yield structured.for_home(site)
    yield structured.for_list(site, "search")
    yield structured.for_own_page(site, "Nothing but itself.", "saved/")
    names = ("exercises", "injuries", "treatments", "programs", "galleries", "posts")
    yield from (structured.for_list(site, name) for name in names)


def things(data: object) -> Iterator[dict[str, Any]]:
    """Yield every object in the data that has a type."""
    if isinstance(data, dict):
        if "@type" in data:
            yield data
        for value in data.values():
            yield from things(value)
    elif isinstance(data, list):
        for value in data:
            yield from things(value)


def one(document: dict[str, Any], type_: str) -> dict[str, Any]:
    (found,) = [thing for thing in document["@graph"] if thing["@type"] == type_]
    return dict(found)


def test_only_the_words_we_have_looked_up_are_used(site: Site) -> None:
    for document in documents(site):
        for thing in things(document):
            assert {key for key in thing if not key.startswith("@")} <= WORDS[thing["@type"]], thing["@type"]


def test_every_type_and_property_is_in_the_vocabulary(shared: Path) -> None:
    (file,) = sorted((shared / "data" / "schemaorg").glob("*.jsonld"))
    nodes = {node["@id"]: node for node in json.loads(file.read_text("utf-8"))["@graph"]}
    for type_, properties in WORDS.items():
        line = set(ancestors(f"schema:{type_}", nodes))
        for name in properties:
            domain = {each["@id"] for each in listed(nodes[f"schema:{name}"].get("schema:domainIncludes"))}
            assert domain & line, f"{type_}.{name}"


def ancestors(id_: str, nodes: dict[str, Any]) -> Iterator[str]:
    yield id_
    for parent in listed(nodes[id_].get("rdfs:subClassOf")):
        yield from ancestors(parent["@id"], nodes) if parent["@id"] in nodes else ()


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def test_nothing_is_empty(site: Site) -> None:
    for document in documents(site):
        for thing in things(document):
            assert not [key for key, value in thing.items() if value in ("", None, [])]


def test_every_address_is_absolute(site: Site) -> None:
    for document in documents(site):
        for thing in things(document):
            for key in ("@id", "url", "item", "contentUrl", "mainEntityOfPage"):
                assert str(thing.get(key, "https://")).startswith("https://")


def test_a_stated_date_is_given_and_another_is_not(site: Site) -> None:
    assert one(structured.for_post(site, "one"), "BlogPosting")["datePublished"] == "2020-01-02"
    for slug in ("two", "three"):
        assert "datePublished" not in one(structured.for_post(site, slug), "BlogPosting")


def test_a_comment_without_a_name_is_anonymous_as_on_its_page_and_one_without_a_date_has_none(site: Site) -> None:
    ann, reply = one(structured.for_post(site, "one"), "BlogPosting")["comment"]
    assert ann["author"] == {"@type": "Person", "name": "Ann"}
    assert ann["text"] == "Hi you\nand all"
    assert reply["author"]["name"] == "Anonymous"
    assert "datePublished" not in reply
    assert reply["parentItem"] == {"@id": ann["@id"]}


def test_a_reviewer_is_named_only_where_one_has_read_the_page(site: Site) -> None:
    assert "reviewedBy" not in one(structured.for_injury(site, "sore-knee"), "MedicalWebPage")
    page = one(structured.for_injury(site, "other-knee"), "MedicalWebPage")
    assert page["reviewedBy"] == {"@type": "Person", "name": "Jane Roe", "honorificSuffix": "MD"}
    assert page["lastReviewed"] == "2020-05-01"


def test_what_one_author_found_is_not_offered_as_a_treatment(site: Site) -> None:
    assert "possibleTreatment" not in one(structured.for_injury(site, "sore-knee"), "MedicalCondition")
    cited = one(structured.for_injury(site, "other-knee"), "MedicalCondition")["possibleTreatment"]
    assert [each["name"] for each in cited] == ["Squat"]


def test_a_stub_is_no_therapy(site: Site) -> None:
    types = [thing["@type"] for thing in structured.for_exercise(site, "lunge")["@graph"]]
    assert types == ["ExercisePlan", "BreadcrumbList"]
    therapy = one(structured.for_exercise(site, "squat"), "PhysicalTherapy")
    assert therapy["howPerformed"] == "Bend your knees.\nStand up."
    assert [each["name"] for each in therapy["contraindication"]] == ["Sore knee"]


def test_the_description_is_plain_words(site: Site) -> None:
    assert one(structured.for_post(site, "one"), "BlogPosting")["description"] == "See squat."


def test_no_text_can_leave_its_script_element(site: Site) -> None:
    text = structured.render_structured(structured.for_post(site, "one"))
    assert not set(text) & set("<>&")
    assert one(json.loads(text), "BlogPosting")["headline"] == "One </script> & more"


def test_letters_that_end_a_line_of_script_are_written_as_numbers() -> None:
    assert structured.render_structured({"name": "a\u2028b\u2029c"}) == '{"name": "a\\u2028b\\u2029c"}'
