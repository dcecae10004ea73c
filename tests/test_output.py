"""What is written, read as browsers, feed readers and search engines read it: the demo blog, built for the web."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import feedparser
import pytest
import yaml

from built import Built, Page, addresses_of, elements_of, parse_html, tag_of, words_of
from conftest import ROOT, write_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

    from conftest import BuildSite, WriteTree

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases" / "output.yml").read_text("utf-8"))
ORIGIN = "https://comeback.example"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
APART = {"404.html", "offline/index.html", "saved/index.html"}
"""Pages that stand for others, or for what a reader keeps: nobody should find them by searching."""
TEXTS = (".html", ".xml", ".json", ".txt", ".css", ".svg")
FETCHED = {"img", "source", "script", "iframe", "video", "audio", "track", "embed", "object", "input", "image", "use"}
FETCHED_RELS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest", "preconnect", "dns-prefetch"}

SITE_OF_ONE = {
    "posts/a/index.md": "---\ntitle: Post\ndate: 2020-01-01\nexercises: [{name: Squat, dose: 3 x 10}]\n---\n"
    "[[squat]]\n\n![s](s.svg)\n",
    "posts/a/s.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>',
    "comments/a/1.md": "---\nauthor: Al\ndate: 2020-01-02\n---\nHi\n",
}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the demo blog as `publishconf.py` would, once."""
    from rehab.adapter.run import build  # noqa: PLC0415 - tests of the core run without Pelican

    folder = tmp_path_factory.mktemp("published")
    settings = {"SITEURL": ORIGIN, "FEED_DOMAIN": ORIGIN, "REHAB_STRICT": True}
    file = write_settings(folder, ROOT / "content", ROOT / ".cache" / "tests", **settings)
    result = build(file, output=folder / "output")
    assert result.exit_code == 0
    return Built(folder / "output", ORIGIN)


def failing(site: Built, rule: Callable[[Page], object]) -> list[str]:
    """Return the pages that break a rule, each with what the rule says of it."""
    told = ((page.file, rule(page)) for page in site.pages.values())
    return [f"{name}: {said}" for name, said in told if said]


# Addresses


def test_every_address_on_a_page_leads_to_a_file_and_an_id(site: Built) -> None:
    def broken(page: Page) -> list[str]:
        found = {address for _, _, address in addresses_of(page.elements, page.url)}
        found |= {each.get("content", "") for each in page.all("meta") if each.get("content", "").startswith("http")}
        return sorted(filter(None, (site.failure(address) for address in found if site.is_own(address))))

    assert failing(site, broken) == []


def test_every_address_in_structured_data_leads_to_a_file(site: Built) -> None:
    def broken(page: Page) -> list[str]:
        own = [each.removesuffix("#condition") for each in strings_of(page.data) if site.is_own(each)]
        return sorted(filter(None, map(site.failure, own)))

    assert failing(site, broken) == []


def test_every_picture_of_a_srcset_is_as_wide_as_it_says(site: Built) -> None:
    def wrong(page: Page) -> list[str]:
        sets = [each.get("srcset", "") for each in page.elements if "srcset" in each.attrib]
        parts = [part.split() for value in sets for part in value.split(",")]
        return [name for name, width in parts if not re.search(rf"-{width.removesuffix('w')}\.\w+$", name)]

    assert failing(site, wrong) == []


def test_a_site_below_a_path_keeps_every_address_below_it(write_tree: WriteTree, build_site: BuildSite) -> None:
    _, output = build_site(write_tree({**SITE_OF_ONE}), SITEURL=f"{ORIGIN}/blog", FEED_DOMAIN=f"{ORIGIN}/blog")
    built = Built(output, f"{ORIGIN}/blog")
    for page in built.pages.values():
        for tag, name, address in addresses_of(page.elements, page.url):
            outside = address.startswith(f"{ORIGIN}/") and not built.is_own(address)
            assert not outside, (page.file, tag, name, address)
            assert not built.is_own(address) or not built.failure(address), (page.file, address)
    assert not re.search(rf"{ORIGIN}/(?!blog)", built.text("sitemap.xml") + built.text("feeds/atom.xml"))


def test_nothing_unfilled_and_nothing_of_this_machine_is_in_any_file(site: Built) -> None:
    places = [str(ROOT), str(site.folder), str(Path.home()), "/tmp/"]  # noqa: S108 - looked for, not written to
    texts = {name: site.text(name) for name in sorted(site.files) if name.endswith(TEXTS)}
    # Lists in lists begin with two brackets in JSON as well.
    texts = {name: text.replace("[[", "[") if name.startswith("search/") else text for name, text in texts.items()}
    found = [f"{name}: {word}" for name, text in texts.items() for word in CASES["unfilled"] + places if word in text]
    assert found == []


# Every page


def test_html_has_no_fault_that_a_parser_must_repair(site: Built) -> None:
    assert failing(site, lambda page: page.faults) == []


def test_a_page_has_one_h1_and_its_headings_never_skip_a_level(site: Built) -> None:
    def wrong(page: Page) -> str:
        levels = [int(str(each.tag)[1]) for each in page.all(*HEADINGS)]
        skipped = [pair for pair in zip([0, *levels], levels, strict=False) if pair[1] > pair[0] + 1]
        return f"{levels.count(1)} h1, skips {skipped}" if levels.count(1) != 1 or skipped else ""

    assert failing(site, wrong) == []


def test_every_heading_and_every_link_says_something(site: Built) -> None:
    def silent(page: Page) -> list[str]:
        return [str(each.attrib) for each in page.all("a", "button", *HEADINGS) if not name_of(each)]

    assert failing(site, silent) == []


def test_a_page_says_its_language_and_its_canonical_address(site: Built) -> None:
    def wrong(page: Page) -> str:
        canonical = [each.get("href") for each in page.all("link") if each.get("rel") == "canonical"]
        expected = [] if page.file in APART else [page.url]
        return f"{canonical}" if canonical != expected or page.tree.get("lang") != "en" else ""

    assert failing(site, wrong) == []


def test_titles_are_unique_over_the_site(site: Built) -> None:
    titles = Counter(words_of(page.all("title")[0]) for page in site.pages.values())
    assert [title for title, count in titles.items() if count > 1 or not title] == []


def test_a_page_has_a_description_that_says_more_than_its_name(site: Built) -> None:
    def wrong(page: Page) -> str:
        said, heading = page.meta("description"), words_of(page.all("h1")[0])
        names = {heading.lower(), page.file.split("/")[0].lower(), "404", "archives"}
        lost = len(said.split()) < 2 or said.lower() in names or said == page.file.rpartition("/")[0].rpartition("/")[2]
        return repr(said) if lost else ""

    assert failing(site, wrong) == []


def test_ids_are_unique_in_a_page(site: Built) -> None:
    assert failing(site, lambda page: [name for name, count in Counter(page.ids).items() if count > 1]) == []


def test_labels_name_elements_that_are_there(site: Built) -> None:
    def missing(page: Page) -> list[str]:
        named = [
            each.get(name, "") for each in page.elements for name in ("aria-labelledby", "aria-describedby", "for")
        ]
        return sorted({name for value in named for name in value.split()} - set(page.ids))

    assert failing(site, missing) == []


def test_every_picture_has_words_and_its_size(site: Built) -> None:
    def wrong(page: Page) -> list[str]:
        numbers = [f"{each.get('width', '')}x{each.get('height', '')}" for each in page.all("img")]
        bare = [each.get("src", "") for each in page.all("img") if "alt" not in each.attrib]
        return [number for number in numbers if not re.fullmatch(r"[1-9]\d*x[1-9]\d*", number)] + bare

    assert failing(site, wrong) == []


def test_pictures_load_lazily_but_for_the_first_of_a_page(site: Built) -> None:
    def wrong(page: Page) -> list[bool]:
        lazy = [each.get("loading") == "lazy" for each in page.all("img")]
        return lazy if lazy != [False, True, True, True, True, True][: len(lazy)] else []

    assert failing(site, wrong) == []


def test_no_page_styles_itself_or_runs_a_script_of_its_own(site: Built) -> None:
    def wrong(page: Page) -> list[str]:
        attributes = [f"{each.tag}@{name}" for each in page.elements for name in each.attrib if is_active(name)]
        scripts = [str(each.attrib) for each in page.all("script") if not is_data_or_ours(each, page.url)]
        return attributes + scripts + [str(each.tag) for each in page.all("iframe", "object", "embed", "base")]

    assert failing(site, wrong) == []


def test_no_page_asks_another_server_for_anything(site: Built) -> None:
    def foreign(page: Page) -> list[str]:
        fetched = [each for each in page.elements if tag_of(each) in FETCHED or is_fetched_link(each)]
        return [address for _, _, address in addresses_of(fetched, page.url) if not site.is_own(address)]

    assert failing(site, foreign) == []
    styles = "".join(site.text(name) for name in site.files if name.endswith((".css", ".svg")))
    styles += "".join(each.text or "" for page in site.pages.values() for each in page.all("style"))
    assert re.findall(r"@import|url\(\s*['\"]?(?:https?:)?//", styles) == []


# Structured data


@pytest.mark.parametrize("path", CASES["structured"])
def test_a_page_tells_machines_what_it_is_about(site: Built, path: str) -> None:
    assert [thing["@type"] for thing in site.pages[path].data] == CASES["structured"][path]


def test_every_public_page_has_structured_data_with_a_context(site: Built) -> None:
    def wrong(page: Page) -> str:
        scripts = [json.loads(each.text) for each in page.all("script") if each.text]
        told = [script.get("@context") for script in scripts]
        return "" if told == ["https://schema.org"] or page.file in APART else f"{told}"

    assert failing(site, wrong) == []


def test_structured_data_leaves_out_what_is_not_known(site: Built) -> None:
    def empty(page: Page) -> list[str]:
        return [str(value) for value in values_of(page.data) if value is None or value in ("", {})]

    assert failing(site, empty) == []


def test_a_thread_is_in_the_structured_data_and_the_nameless_reader_is_called_anonymous(site: Built) -> None:
    (posting, _) = site.pages["posts/two-exercises-for-a-hamstring/"].data
    comments = posting["comment"]
    assert (posting["commentCount"], len(comments)) == (7, 7)
    names = [comment["author"]["name"] for comment in comments]
    assert [number for number, name in enumerate(names) if name == "Anonymous"] == [2]
    assert [comment.get("parentItem", {}).get("@id") for comment in comments[5:]] == [None, comments[5]["@id"]]


def test_a_post_whose_date_nobody_stated_has_no_publication_date(site: Built) -> None:
    (undated, _) = site.pages["posts/sciatic-nerve-issues/"].data
    assert undated["headline"].startswith("My Sciatic Nerve")
    assert not {"datePublished", "dateModified", "dateCreated", "comment", "commentCount"} & set(undated)
    page = site.pages["posts/sciatic-nerve-issues/"]
    (head,) = [each for each in page.all("header") if "page-head" in each.get("class", "")]
    assert [each for each in elements_of(head) if each.tag == "time"] == []
    assert not re.search(r"\b(?:19|20)\d\d\b", words_of(head))


def test_breadcrumbs_lead_home_and_end_with_the_page(site: Built) -> None:
    def wrong(page: Page) -> list[str]:
        ways = [each["itemListElement"] for each in page.data if each["@type"] == "BreadcrumbList"]
        ends = [(way[0]["item"], way[-1]["item"], [each["position"] for each in way]) for way in ways]
        right = [(f"{ORIGIN}/", page.url, list(range(1, len(way) + 1))) for way in ways]
        return [str(end) for end in ends if ends != right]

    assert failing(site, wrong) == []


def test_breadcrumbs_are_the_same_for_readers_and_machines_and_end_with_what_the_page_is_called(site: Built) -> None:
    def wrong(page: Page) -> list[str]:
        ways = [
            [step["name"] for step in each["itemListElement"]]
            for each in page.data
            if each["@type"] == "BreadcrumbList"
        ]
        seen = [
            [words_of(step) for step in nav.iter("li")] for nav in page.all("nav") if "crumbs" in nav.get("class", "")
        ]
        called = words_of(page.all("h1")[0]).casefold()
        return [f"{way} in '{called}'" for way in [*ways, *seen] if ways != seen or way[-1].casefold() not in called]

    assert failing(site, wrong) == []


# Files for machines


def test_the_feed_is_well_formed_and_every_link_in_it_is_absolute(site: Built) -> None:
    feed = ET.fromstring(site.text("feeds/atom.xml"))  # noqa: S314 - our own file
    read = feedparser.parse(site.text("feeds/atom.xml"))
    assert not read.bozo, read.get("bozo_exception")
    assert [entry.title for entry in read.entries] == ["How two exercises healed my hamstring and my glute"]
    assert [each.get("href") for each in feed.findall(f"{ATOM}link") if each.get("rel") == "self"] == [
        f"{ORIGIN}/feeds/atom.xml"
    ]
    assert [problem for link in feed.iter(f"{ATOM}link") if (problem := site.failure(str(link.get("href"))))] == []
    for content in feed.iter(f"{ATOM}content"):
        body = parse_html(content.text or "")
        found = [(tag, address) for tag, _, address in addresses_of(elements_of(body), "relative:/")]
        assert len(found) > 5
        assert [pair for pair in found if not pair[1].startswith(("https://", "http://"))] == []
        assert [problem for _, link in found if site.is_own(link) and (problem := site.failure(link))] == []


def test_the_feed_says_the_dates_of_the_posts_and_never_that_of_the_build(site: Built) -> None:
    dates = re.findall(r"<(updated|published)>([^<]*)", site.text("feeds/atom.xml"))
    assert dates == [(name, "2014-04-06T00:00:00+00:00") for name in ("updated", "published", "updated")]


def test_the_sitemap_has_exactly_the_public_pages(site: Built) -> None:
    tree = ET.fromstring(site.text("sitemap.xml"))  # noqa: S314 - our own file
    assert tree.tag == f"{SITEMAP}urlset"
    assert {tag_of(each) for entry in tree for each in entry} <= {"loc", "lastmod"}
    locations = [each.text for each in tree.iter(f"{SITEMAP}loc")]
    assert locations == sorted(set(locations), key=str)
    assert set(locations) == {page.url for page in site.pages.values() if page.file not in APART}


def test_a_draft_and_a_hidden_post_are_in_no_list(write_tree: WriteTree, build_site: BuildSite) -> None:
    head = "---\ntitle: Secret\ndate: 2020-01-01\nstatus: {}\ntags: [secret]\ninjuries: [ache]\n---\nThe secret\n"
    ache = "---\ntitle: Ache\nregion: knee\nred_flags: []\n---\n"
    files = {"posts/d.md": head.format("draft"), "posts/h.md": head.format("hidden"), "injuries/ache.md": ache}
    _, output = build_site(write_tree({**SITE_OF_ONE, **files}), SITEURL=ORIGIN, FEED_DOMAIN=ORIGIN)
    built = Built(output, ORIGIN)
    told = {name for name in built.files if name.endswith(TEXTS) and "secret" in built.text(name).lower()}
    assert told == {"drafts/d/index.html", "posts/h/index.html"}
    assert not re.search(
        "drafts/d|posts/h/", "".join(built.text(name) for name in built.files - told if name.endswith(TEXTS))
    )


def test_robots_may_read_all_and_learn_of_the_sitemap(site: Built) -> None:
    lines = site.text("robots.txt").splitlines()
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in lines
    assert [line for line in lines if line.startswith("Disallow:")] == ["Disallow:"]


def test_a_page_that_is_not_there_asks_not_to_be_found(site: Built) -> None:
    assert {page.meta("robots") for page in site.pages.values() if page.file in APART} == {"noindex"}
    others = {page.meta("robots") for page in site.pages.values() if page.file not in APART}
    assert others == {"max-image-preview:large"}, "all others may be found, with a large picture"


# The linked site for machines


def graph_of(site: Built) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    graph = json.loads(site.text("rehab.json"))
    assert set(graph) == {"version", "nodes", "edges"}
    assert graph["version"] == 1
    return {node["id"]: node for node in graph["nodes"]}, graph["edges"]


def test_the_graph_has_the_promised_shape_and_is_sorted(site: Built) -> None:
    nodes, edges = graph_of(site)
    assert list(nodes) == sorted(nodes)
    for name, node in nodes.items():
        assert set(node) == {"id", "kind", "slug", "title", "url", "fields"}
        assert name == f"{node['kind']}:{node['slug']}"
        assert not node["url"] or not site.failure(f"{ORIGIN}{node['url']}"), node
    needed = {"from", "to", "relation", "evidence", "source", "dose"}
    assert all(needed <= set(edge) <= needed | {"outcome", "note"} for edge in edges)
    lines = [line.strip().removesuffix(",") for line in site.text("rehab.json").split('"edges": [')[1].splitlines()]
    written = [line for line in lines if line.startswith("{")]
    assert written == sorted(written)
    assert len(written) == len(edges)


def test_both_ends_and_the_source_of_every_edge_are_nodes(site: Built) -> None:
    nodes, edges = graph_of(site)
    ends = [(edge, end) for edge in edges for end in (edge["from"], edge["to"], edge["source"]) if end]
    assert [edge for edge, end in ends if end not in nodes] == []


def test_every_kind_of_thing_is_a_node_and_the_reply_knows_what_it_replies_to(site: Built) -> None:
    nodes, edges = graph_of(site)
    assert {node["kind"] for node in nodes.values()} >= {
        *("post", "comment", "exercise", "injury", "treatment", "program", "region", "muscle", "gallery", "page")
    }
    replies = [(edge["from"], edge["to"]) for edge in edges if edge["relation"] == "reply-to"]
    thread = "comment:two-exercises-for-a-hamstring"
    assert replies == [(f"{thread}/20140409T120100Z-v4ks", f"{thread}/20140409T120000Z-t9bn")]


def test_a_use_of_an_exercise_carries_its_parsed_dose(site: Built) -> None:
    _, edges = graph_of(site)
    post, exercise = "post:two-exercises-for-a-hamstring", "exercise:single-leg-deadlift"
    doses = [edge["dose"] for edge in edges if (edge["from"], edge["to"], edge["relation"]) == (post, exercise, "uses")]
    assert doses == [{"sets": 3, "reps": 10, "side": "each", "load": {"value": 10, "unit": "lb"}}]


def test_a_claim_on_an_injury_has_its_evidence_and_its_source(site: Built) -> None:
    _, edges = graph_of(site)
    claims = [edge for edge in edges if edge["to"].startswith("injury:") and edge["relation"] in RELATIONS]
    assert len(claims) >= 10
    assert [edge for edge in claims if not edge["evidence"] or not edge["source"]] == []


RELATIONS = {"helps", "eases-symptoms", "prevents-recurrence", "aggravates", "avoid-early", "no-change", "worse"}


def test_the_two_posts_reach_one_another_over_shared_things(site: Built) -> None:
    _, edges = graph_of(site)
    near: dict[str, set[str]] = {}
    for edge in edges:
        near.setdefault(edge["from"], set()).add(edge["to"])
        near.setdefault(edge["to"], set()).add(edge["from"])
    shared = near["post:sciatic-nerve-issues"] & near["post:two-exercises-for-a-hamstring"]
    assert "treatment:active-release" in shared
    assert f"{ORIGIN}/posts/sciatic-nerve-issues/" in site.pages["posts/two-exercises-for-a-hamstring/"].links
    assert f"{ORIGIN}/posts/two-exercises-for-a-hamstring/" in site.pages["posts/sciatic-nerve-issues/"].links


# Links both ways


@pytest.mark.parametrize("pair", CASES["both_ways"])
def test_two_things_that_have_to_do_with_each_other_link_to_each_other(site: Built, pair: str) -> None:
    one, other = (site.pages[path] for path in CASES["both_ways"][pair])
    assert other.url in one.links, f"{one.url} does not link to {other.url}"
    assert one.url in other.links, f"{other.url} does not link to {one.url}"


def test_every_edge_of_the_graph_is_a_link_on_both_pages(site: Built) -> None:
    """A mention in a text links one way only; that a muscle is part of a group is told where the muscle is."""
    nodes, edges = graph_of(site)
    missing = []
    for edge in edges:
        urls = [str(nodes[end]["url"] or "").partition("#")[0] for end in (edge["from"], edge["to"])]
        if edge["relation"] in {"mentions", "part-of"} or not all(urls) or urls[0] == urls[1]:
            continue
        pages = [site.pages[url.lstrip("/")] for url in urls]
        missing += [edge for here, there in (pages, pages[::-1]) if there.url not in here.links]
    assert missing == []


def test_what_a_post_or_a_reader_mentions_links_back_to_where_it_was_said(site: Built) -> None:
    nodes, edges = graph_of(site)
    told = [edge for edge in edges if edge["relation"] == "mentions" and edge["from"].startswith(("post:", "comment:"))]
    assert len(told) > 20
    for edge in told:
        page = site.pages[nodes[edge["to"]]["url"].partition("#")[0].lstrip("/")]
        assert f"{ORIGIN}{nodes[edge['from']]['url'].partition('#')[0]}" in page.links, edge


# What the pages must say


def test_a_treatment_shows_what_two_posts_say_of_it_side_by_side(site: Built) -> None:
    page = site.pages["treatments/active-release/"]
    (reports,) = [each for each in page.all("section") if each.get("aria-labelledby") == "reports"]
    sides = [(words_of(item), links_of(item, page.url)) for item in elements_of(reports) if item.tag == "li"]
    assert len(sides) == 2
    assert "changed nothing" in sides[0][0]
    assert f"{ORIGIN}/posts/two-exercises-for-a-hamstring/" in sides[0][1]
    assert "helped" in sides[1][0]
    assert f"{ORIGIN}/posts/sciatic-nerve-issues/" in sides[1][1]


def test_what_makes_an_injury_worse_warns_on_its_own_page_and_on_the_injurys(site: Built) -> None:
    pose, injury = site.pages["exercises/pigeon-pose/"], site.pages["injuries/piriformis-syndrome/"]
    before_pictures = pose.words.partition("Pictures")[0]
    assert "makes it worse" in before_pictures.lower()
    assert "Piriformis syndrome" in before_pictures
    (worse,) = [each for each in injury.all("section") if each.get("aria-labelledby") == "group-aggravates"]
    assert pose.url in links_of(worse, injury.url)
    assert "the author's own experience" in words_of(worse)


@pytest.mark.parametrize("path", CASES["stubs"])
def test_a_stub_says_that_details_are_to_come_and_holds_no_dose(site: Built, path: str) -> None:
    page = site.pages[path]
    assert "details to come" in page.words.lower()
    if path.startswith("exercises/"):
        own = words_of(page.all("main")[0]).partition("Others like it")[0]
        assert not re.search(r"\d+ × \d+|\d+ (?:sets|reps)\b|\bhold \d", own)
        assert "steps" not in page.ids


def test_the_thread_says_how_many_comments_there_were_and_how_many_are_kept(site: Built) -> None:
    page = site.pages["posts/two-exercises-for-a-hamstring/"]
    assert words_of(page.by_id("comments-head")) == "9 comments (7 kept here)"


def test_the_thread_is_a_tree_whose_one_reply_is_marked_as_the_authors(site: Built) -> None:
    thread = site.pages["posts/two-exercises-for-a-hamstring/"].by_id("comments")
    comments = [each for each in elements_of(thread) if "comment" in each.get("class", "").split()]
    assert [words_of(each).split()[1] for each in comments] == [str(number) for number in range(1, 8)]
    assert ["Anonymous" in words_of(each) for each in comments] == [False, False, True, *[False] * 4]
    nested = [each for item in elements_of(thread) if item.tag == "li" for each in item.findall("ol/li/article")]
    assert [each.get("id") for each in nested] == ["comment-20140409T120100Z-v4ks"]
    assert "wrote the post" in words_of(nested[0])
    assert "In reply to Nell Fartlek" in words_of(nested[0])
    assert sum("wrote the post" in words_of(each) for each in comments) == 1


def test_a_post_that_never_had_comments_says_nothing_of_them(site: Built) -> None:
    page = site.pages["posts/sciatic-nerve-issues/"]
    assert "comments" not in page.ids
    assert not re.search(r"\b(?:0|no) comments?\b|comments? (?:are )?closed|leave a comment", page.words, re.IGNORECASE)


@pytest.mark.parametrize(
    "path", ["exercises/single-leg-deadlift/", "posts/two-exercises-for-a-hamstring/", "programs/two-glute-exercises/"]
)
def test_a_load_is_shown_in_both_units(site: Built, path: str) -> None:
    assert re.search(r"10 lb \(≈ 4\.5 kg\)", words_of(site.pages[path].all("main")[0]))


@pytest.mark.parametrize("path", ["injuries/piriformis-syndrome/", "injuries/lumbar-sciatica/"])
def test_an_injury_page_says_the_red_flags_before_anything_else_and_where_they_come_from(
    site: Built, path: str
) -> None:
    page = site.pages[path]
    headings = [each for each in page.all("h2") if not each.get("id", "").startswith("problems")]
    assert headings[0].get("id") == "red-flags"
    flags = next(each for each in page.all("section") if each.get("aria-labelledby") == "red-flags")
    said = words_of(flags).lower()
    assert all(word in said for word in ("emergency", "numbness", "bowel", "both legs"))
    sources = {link for link in links_of(flags, page.url) if not link.startswith(ORIGIN)}
    assert len(sources) >= 1


def test_an_injury_page_without_red_flags_says_so(site: Built) -> None:
    said = site.pages["injuries/proximal-hamstring-pain/"]
    flags = next(each for each in said.all("section") if each.get("aria-labelledby") == "red-flags")
    assert len(words_of(flags).split()) > 5


def test_no_page_claims_a_review_that_did_not_happen(site: Built) -> None:
    assert not [page.file for page in site.pages.values() if "reviewedBy" in json.dumps(page.data)]
    said = site.pages["injuries/piriformis-syndrome/"].words
    assert "Nobody with a clinical credential has reviewed this page" in said


def test_a_picture_whose_source_is_lost_says_so_and_names_no_file_of_the_camera(site: Built) -> None:
    page = site.pages["posts/two-exercises-for-a-hamstring/"]
    assert "the link to the source is lost" in page.words
    assert "DSC_0019" not in page.text


# Reading of parts


def strings_of(data: object) -> Iterator[str]:
    return (value for value in values_of(data) if isinstance(value, str))


def values_of(data: object) -> Iterator[object]:
    """Yield every value in parsed JSON, containers too."""
    yield data
    children = data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ()
    for child in children:
        yield from values_of(child)


def name_of(element: Element) -> str:
    """Return the words by which a listener knows an element."""
    pictures = (each.get("alt", "") for each in elements_of(element) if each.tag == "img")
    return " ".join((element.get("aria-label", ""), words_of(element), *pictures)).strip()


def links_of(element: Element, base: str) -> set[str]:
    return {urljoin(base, each.get("href", "")) for each in elements_of(element) if each.tag == "a"}


def is_active(name: str) -> bool:
    """Tell whether an attribute styles or runs something."""
    return name == "style" or name.lower().startswith("on")


def is_data_or_ours(script: Element, base: str) -> bool:
    """Tell whether a script holds data, or is a file of the theme that runs once the page is there."""
    if script.get("type") == "application/ld+json":
        return True
    late = "defer" in script.attrib or script.get("type") == "module"
    return "/theme/" in urljoin(base, script.get("src", "")) and late and not script.text


def is_fetched_link(element: Element) -> bool:
    return element.tag == "link" and bool(FETCHED_RELS & set(element.get("rel", "").split()))
