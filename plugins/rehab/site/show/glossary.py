"""The glossary → its page, and the marks that lead there from the texts of all other pages."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rehab.model.refs import TextRef
from rehab.site.glossary import Marks, glossary_of, silenced, with_titles
from rehab.site.options import LISTS
from rehab.site.show.small import breadcrumbs, counted, crumb, source_view
from rehab.site.views.glossary import GlossaryView, TermView

if TYPE_CHECKING:
    from rehab.model.entry import Entry
    from rehab.model.glossary import Term
    from rehab.site.site import Site


def glossary_list(site: Site) -> GlossaryView:
    """Return the page of the glossary: its words in order of the alphabet, by letter."""
    title, url = LISTS["glossary"], site.options.url("glossary")
    terms = sorted((_term(site, each) for each in site.glossary.values()), key=lambda each: _sorts_as(each.title))
    letters = groupby(terms, key=lambda each: _sorts_as(each.title)[:1].upper())
    return GlossaryView(
        kind="glossary",
        title=title,
        url=url,
        letters=tuple((letter, tuple(some)) for letter, some in letters),
        description=f"{counted(len(terms), 'word')} of the body and of training, in plain words, and how to say them.",
        breadcrumbs=breadcrumbs(site, "", title, url),
    )


def _sorts_as(title: str) -> str:
    return title.casefold()


def _term(site: Site, term: Term) -> TermView:
    target = site.resolve(TextRef(term.slug))
    return TermView(
        slug=term.slug,
        title=term.title,
        meaning=term.meaning,
        say=term.say,
        ipa=term.ipa,
        also=term.aliases,
        short=term.short,
        source=source_view(term.source) if term.source else None,
        page=crumb(target) if target and target.url else None,
    )


def marks_for(site: Site, noun: Entry | None = None) -> Marks:
    """Return the marks of one page, without the words that its author wants left alone."""
    return silenced(Marks(glossary_of(site)), getattr(noun, "unmarked", ()))


def short_words(site: Site, text: str) -> str:
    """Return a few words as HTML, their abbreviations with titles."""
    return with_titles(text, glossary_of(site))
