"""Words of the glossary in the HTML of a page: each is marked where a page uses it first.

In: HTML that is safe already, the glossary, and what the page has marked so far. Out: the same HTML, in which a word
that not every reader knows leads to its meaning, and an abbreviation has its words beside it. Nothing is marked inside
links, headings, code, tables of facts and what readers wrote, and never a part of a word. One pass over the text, with
one pattern: the work grows with the text alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from rehab.site.memo import once

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rehab.model.glossary import Term
    from rehab.site.site import Site

_COMMENT_ENDS: Final = "-->"
_TAG = re.compile(r"""<!--|<(/?)([A-Za-z][\w-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>""")
_WORD = re.compile(r"\w+")
_CLASSES = re.compile(r"""\bclass="([^"]*)\"""")
_SPACES = re.compile(r"\\?\s+")
_NEVER: Final = frozenset(
    "a abbr button cite code dfn figcaption figure h1 h2 h3 h4 h5 h6 kbd label math pre samp script select style "
    "summary svg table textarea title".split()
)
_NEVER_CLASSES: Final = frozenset({"bib", "evidence", "sign", "gallery", "moves", "as-is"})
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
_NEAR: Final = 80
"""How many letters around an abbreviation are looked at for its words: the author may have written them there."""


class Found(NamedTuple):
    """What a word in a text stands for. `short` says that it is an abbreviation."""

    slug: str
    title: str
    short: bool


class Glossary(Struct, frozen=True):
    """One pattern for all words, what each stands for by its small letters, and abbreviations as they are written.

    `firsts` are the first words of all, in small letters.
    """

    pattern: re.Pattern[str] | None
    words: Mapping[str, Found]
    shorts: Mapping[str, Found]
    firsts: frozenset[str]
    url: str

    def find(self, word: str) -> Found | None:
        """Return what a word of a text stands for, or None."""
        plain = _plain(unescape(word))
        return self.shorts.get(plain) or self.words.get(plain.casefold())


def glossary_of(site: Site) -> Glossary:
    """Return the words that pages of a site mark."""
    return once(site, _glossary)


def _glossary(site: Site) -> Glossary:
    root = site.options.root
    return make_glossary(site.glossary.values(), f"{root}/{site.options.url('glossary')}")


def make_glossary(terms: Iterable[Term], url: str) -> Glossary:
    """Return the words of some terms; of two that share a word, the first has it."""
    words: dict[str, Found] = {}
    shorts: dict[str, Found] = {}
    for term in terms:
        if term.mark:
            for word in (term.title, *term.aliases):
                words.setdefault(_plain(word).casefold(), Found(term.slug, term.title, short=False))
            for word in term.short:
                shorts.setdefault(word.strip(), Found(term.slug, term.title, short=True))
    firsts = frozenset(first[0].casefold() for each in (*words, *shorts) if (first := _WORD.search(each)))
    return Glossary(_pattern(words, shorts), words, shorts, firsts, url)


def _plain(word: str) -> str:
    """Return a word with single spaces and straight apostrophes."""
    return " ".join(word.split()).replace("’", "'")


def _pattern(words: Iterable[str], shorts: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for whole words; those with the same first letter stand together, so that few are tried."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word)
    parts = [rf"(?:{_either(shorts)})"] if shorts else []
    parts += [f"(?i:{_spelt(first)}(?:{_either(each[1:] for each in some)}))" for first, some in sorted(groups.items())]
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(parts)})(?![\w-])") if parts else None


def _either(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, longer ones first."""
    return "|".join(_spelt(each) for each in sorted(words, key=lambda each: (-len(each), each)))


def _spelt(word: str) -> str:
    spaced = _SPACES.sub(r"\\s+", re.escape(escape(word, quote=False)))
    return spaced.replace("'", "['’]")


def with_titles(text: str, glossary: Glossary) -> str:
    """Return plain text as HTML in which each abbreviation has its words as its title, without a link."""
    html = escape(text, quote=False)
    return glossary.pattern.sub(lambda word: _with_title(word[0], glossary), html) if glossary.pattern else html


def _with_title(word: str, glossary: Glossary) -> str:
    found = glossary.find(word)
    return f'<abbr title="{escape(found.title)}">{word}</abbr>' if found and found.short else word


@dataclass(slots=True)
class Marks:
    """What one page has marked so far. Call it with each piece of the page's text, in the order of the page."""

    glossary: Glossary
    seen: set[str] = field(default_factory=set)

    def __call__(self, html: str) -> str:
        """Return HTML in which words that the page has not had yet are marked."""
        parts: list[str] = []
        at, until, depth = 0, "", 0
        while tag := _TAG.search(html, at):
            text = html[at : tag.start()]
            end = tag.end() if tag[2] else html.find(_COMMENT_ENDS, tag.end())
            end = len(html) if end < 0 else end
            parts += (text if until else self._text(text), html[tag.start() : end])
            at = end
            until, depth = _inside(tag, until, depth) if tag[2] else (until, depth)
        parts.append(html[at:] if until else self._text(html[at:]))
        return "".join(parts)

    def _text(self, text: str) -> str:
        """Return text with its words marked. Only where a known word may begin is the pattern tried."""
        pattern, firsts = self.glossary.pattern, self.glossary.firsts
        if pattern is None:
            return text
        parts: list[str] = []
        at = 0
        for word in _WORD.finditer(text):
            found = word.start() >= at and word[0].casefold() in firsts and pattern.match(text, word.start())
            if found:
                parts += (text[at : found.start()], self._word(found))
                at = found.end()
        return "".join((*parts, text[at:])) if parts else text

    def _word(self, match: re.Match[str]) -> str:
        found = self.glossary.find(match[0])
        if found is None or found.slug in self.seen:
            return match[0]
        self.seen.add(found.slug)
        link = f'<a class="term" href="{escape(self.glossary.url)}#{found.slug}">'
        if not found.short:
            return f"{link}{match[0]}</a>"
        words = escape(found.title)
        beside = "" if _is_near(found.title, match) else f" ({words})"
        return f'{link}<abbr title="{words}">{match[0]}</abbr></a>{beside}'


def _inside(tag: re.Match[str], until: str, depth: int) -> tuple[str, int]:
    """Return the element in which nothing is marked, and how deep in elements of its name, after a tag."""
    closes, name = tag[1], (tag[2] or "").lower()
    if not name or name in _VOID or tag[3].endswith("/"):
        return until, depth
    if until:
        depth += {until: -1 if closes else 1}.get(name, 0)
        return (until, depth) if depth else ("", 0)
    return (name, 1) if not closes and _is_silent(name, tag[3]) else ("", 0)


def _is_silent(name: str, attributes: str) -> bool:
    classes = _CLASSES.search(attributes)
    return name in _NEVER or bool(classes and not _NEVER_CLASSES.isdisjoint(classes[1].split()))


def _is_near(words: str, match: re.Match[str]) -> bool:
    """Return whether an abbreviation stands beside its own words, as in "rate of perceived exertion (RPE)"."""
    around = match.string[max(match.start() - _NEAR, 0) : match.end() + _NEAR]
    return words.casefold() in unescape(" ".join(around.split())).casefold()


def silenced(marks: Marks, words: Iterable[str]) -> Marks:
    """Return marks for a page whose author wants some words left alone."""
    found = (marks.glossary.find(word) for word in words)
    marks.seen |= {each.slug for each in found if each}
    return marks
