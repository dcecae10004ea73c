"""Templates compiled to shorter code draw what Jinja's own code draws."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from rehab.adapter.theme.quick import make_quick
from rehab.site.notes import Notes

PARTS = {
    "part.html": (
        "{% macro plain(a, b=2) %}{{ a }}:{{ b }}:{{ root }}{% endmacro %}"
        "{% macro many(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}"
        "{% macro around() %}<p>{{ caller() }}</p>{% endmacro %}"
        "{% macro deep(n) %}{{ n }}{% if n %}{{ deep(n - 1) }}{% endif %}{% endmacro %}"
    ),
    "plain.html": "{% macro alone(a) %}{{ a }}{% endmacro %}",
    "base.html": "[{% block body %}{% endblock %}]{{ words[0] }}",
    "included.html": "{{ root }}{{ each|default('none') }}",
}
PAGES = {
    "values": "{{ words|join }}{% for each in words %}{{ each }}{% endfor %}{{ words[0] ~ words[1] }}",
    "short": "{% from 'part.html' import plain with context %}{% for each in words %}{{ plain(each) }}{% endfor %}",
    "named": "{% from 'part.html' import plain with context %}{{ plain(a=words[0], b=words[1]) }}{{ plain(1, 3) }}",
    "extras": "{% from 'part.html' import many with context %}{{ many(words[0], words[1], x=words[2]) }}",
    "caller": "{% from 'part.html' import around with context %}{% call around() %}{{ words[0] }}{% endcall %}",
    "deep": "{% import 'part.html' as part with context %}{{ part.deep(3) }}{{ part.plain(words[1]) }}",
    "without": "{% from 'plain.html' import alone %}{{ alone(words[0]) }}{{ alone(alone(words[1])) }}",
    "filters": "{{ words[0]|upper }}{{ words[1]|safe }}{% filter upper %}{{ words[2] }}{% endfilter %}",
    "extends": "{% extends 'base.html' %}{% block body %}{{ root }}{{ words[1] }}{% endblock %}",
    "includes": "{% for each in words %}{% include 'included.html' %}{% endfor %}",
    "unescaped": "{% autoescape false %}{{ words[0] }}{% endautoescape %}{{ words[0] }}",
    "captured": "{% set body %}{{ words[0] }}{% endset %}{{ body }}{{ body|length }}",
    "local": "{% set root = words[0] %}{% from 'part.html' import plain with context %}{{ plain(1) }}",
}
WORDS = st.one_of(st.text(max_size=6), st.text(max_size=6).map(Markup), st.integers(), st.none(), st.booleans())


def environment(*, quick: bool) -> Environment:
    made = Environment(
        loader=DictLoader({**PARTS, **PAGES}), autoescape=True, undefined=StrictUndefined, auto_reload=False
    )
    if quick:
        make_quick(made, Notes())
    return made


QUICK, SLOW = environment(quick=True), environment(quick=False)


@pytest.mark.parametrize("name", PAGES)
@given(words=st.lists(WORDS, min_size=3, max_size=4), root=st.text(max_size=3))
def test_a_page_is_the_same_to_the_letter(name: str, words: list[object], root: str) -> None:
    values = {"words": words, "root": root}
    assert QUICK.get_template(name).render(values) == SLOW.get_template(name).render(values)


def test_a_part_that_was_made_once_knows_the_next_pages_values() -> None:
    pages = [QUICK.get_template("short").render(words=["a"], root=root) for root in ("one", "two", "one")]
    assert pages == ["a:2:one", "a:2:two", "a:2:one"]


@pytest.mark.parametrize("name", ["short", "extends", "deep", "includes"])
def test_what_a_template_is_not_given_is_an_error(name: str) -> None:
    with pytest.raises(UndefinedError):
        QUICK.get_template(name).render(words=["a", "b"])


def test_no_part_of_the_theme_asks_on_which_page_it_stands() -> None:
    """One that did would be made anew for each page, and so would all that import it."""
    parts = sorted((Path(__file__).parents[1] / "theme" / "templates" / "parts").glob("*.html"))
    assert parts
    assert [part.name for part in parts if "page_url" in part.read_text("utf-8")] == []
