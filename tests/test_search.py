"""The index of search: what is in it, what is not, and that it is the same whenever it is made."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from rehab.compile import compile_site
from rehab.site.options import Options
from rehab.site.search.build import search_index, search_view
from rehab.site.search.documents import documents_of, facets_of
from rehab.site.search.index import render_index
from rehab.site.search.shards import DEEPEST, LARGEST
from rehab.site.search.weights import MOST
from rehab.site.search.words import stem, words_in

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import BuildSite, WriteTree
    from rehab.site.site import Site

FILES: dict[str, str | bytes] = {
    "injuries/sore-knee.md": "---\ntitle: Sore knee\naliases: [runner's knee]\nregion: knee\nred_flags: []\n---\n",
    "exercises/squat.md": """\
        ---
        title: Squat
        aliases: [knee bend]
        equipment: {load: dumbbell}
        steps: [Bend your *knees*.]
        injuries: [{injury: sore-knee, relation: helps, evidence: author-experience, source: one}]
        ---
        """,
    "posts/one.md": "---\ntitle: One\ndate: 2020-01-02\ninjuries: [sore-knee]\nexercises: [squat]\n---\nHills.\n",
    "posts/two.md": "---\ntitle: Two\ndate: 2020-01-03\nsummary: Éclairs for recovery.\n---\nFlat.\n",
    "posts/draft.md": "---\ntitle: Unfinished\ndate: 2020-01-03\nstatus: draft\n---\nSecretword.\n",
    "posts/hidden.md": "---\ntitle: Hidden\ndate: 2020-01-03\nstatus: hidden\n---\nHiddenword.\n",
    "posts/later.md": "---\ntitle: Later\ndate: 2120-01-03\n---\nFutureword.\n",
    "posts/silent.md": "---\ntitle: Silent\ndate: 2020-01-01\ncomments: off\n---\nQuiet.\n",
    "comments/one/20200103T100000Z-aaaa.md": "---\nauthor: Ann\ndate: 2020-01-03\n---\nMine was the *meniscus*.\n",
    "comments/one/20200104T100000Z-bbbb.md": "---\nauthor: Bo\nstatus: pending\n---\nPendingword.\n",
    "comments/one/20200104T100000Z-cccc.md": "---\nauthor: Cy\nstatus: spam\n---\nSpamword.\n",
    "comments/silent/20200104T100000Z-dddd.md": "---\nauthor: Di\n---\nUnshownword.\n",
}


@pytest.fixture
def site(write_tree: WriteTree) -> Site:
    import datetime as dt  # noqa: PLC0415 - for one day

    options = Options(site_url="https://example.org/blog", site_name="B", future=False, today=dt.date(2020, 2, 1))
    linked, problems = compile_site(write_tree(FILES), options)
    assert not [problem for problem in problems if problem.severity == "error"]
    return linked


def head_of(site: Site) -> dict[str, Any]:
    index = search_index(site)
    head: dict[str, Any] = json.loads(index.files[index.head])
    return head


def terms_of(files: dict[str, str] | Any) -> dict[str, str]:
    """Return all terms with their postings."""
    shards = [json.loads(text) for name, text in files.items() if name.startswith("search/t-")]
    return {term: text for shard in shards for term, text in shard.items()}


def numbers(postings: str) -> list[int]:
    """Return the documents of postings."""
    last, found = 0, []
    for step in re.findall(r"([0-9a-z]+)[A-Z]", postings):
        last += int(step, 36)
        found.append(last)
    return found


# Words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("exercise", "exercises"), ("stretch", "stretching"), ("run", "running"), ("injury", "injuries"),
        ("glute", "glutes"), ("lunge", "lunges"), ("heal", "healed"),
        ("stretch", "stretches"), ("needle", "needles"), ("hip", "hips"),
    ],
)  # fmt: skip
def test_the_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["piriformis", "gluteus", "ache", "need", "string", "ice", "膝", "5k", "s"])
def test_a_stem_keeps_what_is_no_ending(word: str) -> None:
    assert stem(word) in {word, word.removesuffix("e")}


def test_words_are_small_and_without_accents() -> None:
    assert words_in("Runner’s KNEE: Éclairs, 5K — O'Neil_b 膝") == [
        "runners",
        "knee",
        "eclairs",
        "5k",
        "oneil",
        "b",
        "膝",
    ]


# Documents


def test_nothing_is_found_that_is_not_public(site: Site) -> None:
    text = "".join(search_index(site).files.values()).lower()
    for word in ("secretword", "hiddenword", "futureword", "pendingword", "spamword", "unshownword", "unfinished"):
        assert stem(word) not in text
        assert word not in text


def test_posts_are_last_and_oldest_first_so_that_a_new_one_changes_no_number(site: Site) -> None:
    titles = [each.title for each in documents_of(site)]
    assert titles[:2] == ["Sore knee", "Squat"]
    assert titles[-3:] == ["Silent", "One", "Two"]


def test_a_thing_is_found_by_all_its_names_and_by_its_text(site: Site) -> None:
    terms, documents = terms_of(search_index(site).files), documents_of(site)
    for term, title in [("runner kne=", "Sore knee"), ("sor kne=", "Sore knee"), ("bend", "Squat"), ("eclair", "Two")]:
        assert title in [documents[number].title for number in numbers(terms[term].partition("~")[0])]
    assert not {"the", "and"} & set(terms)


def test_what_only_readers_say_is_kept_apart(site: Site) -> None:
    terms, documents = terms_of(search_index(site).files), documents_of(site)
    written, _, voices = terms["meniscu" if "meniscu" in terms else "meniscus"].partition("~")
    assert written == ""
    assert [documents[number].title for number in numbers(voices)] == ["One"]


def test_a_search_is_narrowed_by_injury_and_by_what_is_at_hand(site: Site) -> None:
    documents = documents_of(site)
    facets = facets_of(site, documents)
    named = {
        name: {facet.title: [documents[each].title for each in facet.documents] for facet in some}
        for name, some in facets.items()
    }
    assert named["injury"] == {"Sore knee": ["Sore knee", "Squat", "One"]}
    assert list(named["equipment"].values()) == [["Squat"]]


# Files


def test_two_indexes_of_one_site_are_the_same_to_the_byte(site: Site) -> None:
    documents = documents_of(site)
    first, second = (render_index(documents, facets_of(site, documents), "en") for _ in range(2))
    assert dict(first.files) == dict(second.files)
    assert list(first.files) == list(second.files)


def test_every_file_is_named_by_its_bytes_and_by_the_head(site: Site) -> None:
    index, head = search_index(site), head_of(site)
    said = {f"search/d{at}-{digest}.json" for at, digest in enumerate(head["docs"])}
    said |= {f"search/t-{key}-{digest}.json" for key, digest in head["terms"].items() if key.isascii()}
    said |= {f"search/words-{head['words']}.json", index.head}
    assert set(index.files) == said


def test_the_view_of_the_page_begins_with_the_head(site: Site) -> None:
    view = search_view(site)
    assert view.index in search_index(site).files
    assert [way.heading for way in view.ways] == ["By injury", "By exercise", "By post"]


def test_shards_are_small_whatever_the_words_begin_with() -> None:
    from rehab.site.search.documents import Document  # noqa: PLC0415 - made here alone

    documents = tuple(
        Document(
            kind="post",
            id=f"post:{n}",
            title=f"Common {n}",
            url=f"posts/{n}/",
            words="",
            names=(f"Common {n}",),
            texts=((1, f"common word{'abcdefgh'[n % 8]}{n} zeta"),),
        )
        for n in range(2_000)
    )
    index = render_index(documents, {}, "en")
    terms = terms_of(index.files)
    assert len(numbers(terms["common"])) == MOST
    for name, text in index.files.items():
        if name.startswith("search/t-") and len(name.split("-")[1]) < DEEPEST:
            assert len(text) < LARGEST * 1.2 or len(json.loads(text)) == 1, name


def test_a_site_without_anything_has_an_index_of_nothing() -> None:
    index = render_index((), {}, "en")
    assert json.loads(index.files[index.head])["docs"] == []


def test_the_demo_is_searched_with_few_bytes(demo: Path) -> None:
    sizes = {file.name: len(gzip.compress(file.read_bytes(), 6)) for file in (demo / "search").glob("*.json")}
    scripts = sum(len(gzip.compress(file.read_bytes(), 6)) for file in (demo / "theme").glob("search*.js"))
    largest = sorted((size for name, size in sizes.items() if name.startswith("t-")), reverse=True)[:4]
    found = sorted((size for name, size in sizes.items() if name.startswith("d")), reverse=True)[:10]
    head = next(size for name, size in sizes.items() if name.startswith("head-"))
    words = next(size for name, size in sizes.items() if name.startswith("words-"))
    assert scripts + head + words + sum(largest) + sum(found) <= 25_000


def test_the_index_follows_what_is_written(write_tree: WriteTree, build_site: BuildSite) -> None:
    first = write_tree({"posts/a.md": "---\ntitle: A knee\ndate: 2020-01-02\n---\nHills.\n"})
    _, output = build_site(first)
    before = {file.name for file in (output / "search").glob("*.json")}
    write_tree({"posts/b.md": "---\ntitle: A zebra\ndate: 2020-01-03\n---\nStripes.\n"})
    build_site(first)
    after = {file.name for file in (output / "search").glob("*.json")}
    assert "zebra" in "".join(file.read_text("utf-8") for file in (output / "search").glob("t-z*.json"))
    assert before - after, "what the head no longer names is removed"
