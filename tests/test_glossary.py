"""The glossary: what is marked in a text, where, how often, and what never is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.compile import compile_site
from rehab.model.glossary import Term
from rehab.model.vocabulary import read_built_in
from rehab.site import pages
from rehab.site.glossary import Glossary, Marks, glossary_of, make_glossary, silenced, with_titles
from rehab.site.options import Options
from rehab.source.place import Place

if TYPE_CHECKING:
    from conftest import WriteTree

HERE = Place("glossary.yml")
TERMS = (
    Term(slug="piriformis", title="piriformis", meaning="A muscle.", place=HERE),
    Term(slug="glutes", title="gluteal muscles", aliases=("glutes", "glute"), meaning="Muscles.", place=HERE),
    Term(slug="hamstrings", title="hamstrings", aliases=("hamstring",), meaning="Muscles.", place=HERE),
    Term(slug="knee", title="runner's knee", meaning="Pain.", place=HERE),
    Term(slug="rpe", title="rating of perceived exertion", short=("RPE",), meaning="Effort.", place=HERE),
    Term(slug="art", title="active release therapy", short=("ART",), meaning="A treatment.", place=HERE),
    Term(slug="set", title="set", meaning="Some repetitions.", mark=False, place=HERE),
)
WORDS = make_glossary(TERMS, "/glossary/")


def marked(html: str, glossary: Glossary = WORDS) -> str:
    return Marks(glossary)(html)


def link(slug: str, words: str) -> str:
    return f'<a class="term" href="/glossary/#{slug}">{words}</a>'


def test_a_word_is_marked_where_a_page_uses_it_first() -> None:
    marks = Marks(WORDS)
    assert marks("<p>The piriformis. Piriformis!</p>") == f"<p>The {link('piriformis', 'piriformis')}. Piriformis!</p>"
    assert marks("<p>Piriformis again</p>") == "<p>Piriformis again</p>"


def test_another_form_of_the_word_counts_as_the_word() -> None:
    assert marked("<p>Glutes and a glute</p>") == f"<p>{link('glutes', 'Glutes')} and a glute</p>"


def test_an_abbreviation_has_its_words_beside_it_once() -> None:
    abbr = '<abbr title="rating of perceived exertion">RPE</abbr>'
    assert marked("<p>RPE 7, RPE 8</p>") == f"<p>{link('rpe', abbr)} (rating of perceived exertion) 7, RPE 8</p>"


@pytest.mark.parametrize(
    "text", ["active release therapy (ART)", "ART (active release therapy)", "ART, that is Active release therapy,"]
)
def test_an_abbreviation_that_the_author_explains_is_not_explained_again(text: str) -> None:
    found = re.sub(r"<[^>]*>", "", marked(f"<p>{text}</p>"))
    assert found == text


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Piriformis</h2>",
        '<p><a href="/x/">the piriformis</a></p>',
        "<p><code>piriformis</code></p>",
        "<pre>piriformis <b>glutes</b></pre>",
        '<p title="piriformis">x</p>',
        "<!-- piriformis --><p>x</p>",
        '<div class="bib"><div>glutes</div> hamstring</div>',
        '<p><span class="as-is">glutes</span></p>',
        "<p>hamstringed sub-piriformis piriformis-like</p>",
        "<p>start, Art, rpe</p>",
        "<p>one set</p>",
        "<svg><title>piriformis</title></svg>",
    ],
)
def test_nothing_is_marked_here(html: str) -> None:
    assert marked(html) == html


def test_marking_goes_on_after_what_is_left_alone() -> None:
    html = '<h2>Glutes</h2><div class="bib"><div>a</div><img src="x">b</div><p>glutes</p>'
    assert marked(html) == html.replace("<p>glutes</p>", f"<p>{link('glutes', 'glutes')}</p>")


def test_words_are_found_over_a_line_end_and_with_either_apostrophe() -> None:
    assert marked("<p>gluteal\nmuscles</p>") == f"<p>{link('glutes', 'gluteal' + chr(10) + 'muscles')}</p>"
    assert "#knee" in marked("<p>Runner’s knee</p>")


def test_an_author_silences_words() -> None:
    marks = silenced(Marks(WORDS), ["Glutes", "RPE", "unknown"])
    assert marks("<p>glute, RPE</p>") == "<p>glute, RPE</p>"


def test_in_small_places_an_abbreviation_has_a_title_and_no_link() -> None:
    abbr = '<abbr title="rating of perceived exertion">RPE</abbr>'
    assert with_titles("RPE 7, <b> & glutes", WORDS) == f"{abbr} 7, &lt;b&gt; &amp; glutes"


def test_of_two_terms_with_one_word_the_first_has_it() -> None:
    both = (TERMS[0], Term(slug="other", title="Piriformis", meaning="Other.", place=HERE))
    assert "#piriformis" in marked("<p>piriformis</p>", make_glossary(both, "/g/"))


def test_without_words_nothing_happens() -> None:
    assert marked("<p>glutes</p>", make_glossary((), "/g/")) == "<p>glutes</p>"


@given(st.text(alphabet="<>a/p\"'= RPEglutes&;!-", max_size=60))
def test_what_is_marked_can_be_taken_away_again(html: str) -> None:
    found = marked(html)
    found = re.sub(r'<a class="term" href="[^"]*">(.*?)</a>', r"\1", found)
    found = re.sub(
        r'<abbr title="rating of perceived exertion">(.*?)</abbr>( \(rating of perceived exertion\))?', r"\1", found
    )
    assert found == html


@pytest.mark.parametrize("text", ["<a ", "<a>", '<a x="', "<!-- ", "glute ", "<p>", "it it it "])
def test_work_grows_with_the_text_alone(text: str) -> None:
    assert marked(text * 50_000).replace(link("glutes", "glute"), "glute") == text * 50_000


BUILT_IN = tuple(read_built_in("glossary").values())


def test_the_built_in_words_share_no_form() -> None:
    forms = [form.casefold() for term in BUILT_IN for form in (term.title, *term.aliases, *term.short)]
    assert sorted(forms) == sorted(set(forms))


def test_the_built_in_meanings_are_short_sentences() -> None:
    for term in BUILT_IN:
        assert term.meaning.endswith("."), term.slug
        assert len(term.meaning) < 200, term.slug
        assert re.fullmatch(r"[A-Za-z -]*", term.say), term.slug


def test_a_site_adds_words_and_replaces_meanings(write_tree: WriteTree) -> None:
    content = write_tree(
        {
            "vocabulary/glossary.yml": """\
                - {slug: strides, title: strides, meaning: Short fast runs.}
                - {slug: core, title: core, aliases: [centre], meaning: The middle.}
                """,
            "pages/about.md": "---\ntitle: About\nunmarked: [core]\n---\nStrides for the core.\n",
        }
    )
    site, problems = compile_site(content, options=Options(site_url="https://a.example/blog"))
    assert not problems
    assert site.glossary["core"].meaning == "The middle."
    assert list(site.glossary)[-1] == "strides"
    assert glossary_of(site).url == "/blog/glossary/"
    assert pages.marks_for(site)("<p>centre</p>") != "<p>centre</p>"
    assert pages.marks_for(site, site.pages[0])("<p>centre</p>") == "<p>centre</p>"


def test_a_fault_in_the_glossary_is_a_problem(write_tree: WriteTree) -> None:
    content = write_tree({"vocabulary/glossary.yml": "- {slug: strides, title: strides, meening: Fast.}\n"})
    assert {problem.code for problem in compile_site(content)[1]} == {"unknown-key"}


def test_the_page_has_every_word_once_in_order(write_tree: WriteTree) -> None:
    site = compile_site(write_tree({"pages/about.md": "---\ntitle: About\n---\nText.\n"}))[0]
    terms = [term.title.casefold() for _, some in pages.glossary_list(site).letters for term in some]
    assert terms == sorted(terms)
    assert len(terms) == len(site.glossary)
