"""Findings in a built tree → problems at the place where an author can mend them.

In: what was found in which file. Out: `Problem`s. The same finding on ten thousand pages (a link in the footer) is one
problem that names the first page and the number. Where the source of a page holds the words, the place is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.site.edges import id_of
from rehab.source.place import Place, find_below
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rehab.site.site import Site
    from rehab.source.problem import Problems


_SHORT = 8
"""Shorter words stand in too many texts by chance."""


class Finding(Struct, frozen=True):
    """Something wrong in one built file: `words` say what, `about` is the text in the file that it is about."""

    code: str
    file: str
    words: str
    about: str = ""
    hint: str = ""


def sources_of(site: Site) -> dict[str, str]:
    """Return the source of each page that has one, by the file that it is built to."""
    found: dict[str, str] = {}
    nouns = {id_: noun for id_, noun in site.nouns.items() if getattr(noun, "path", "")}
    for id_, noun in nouns.items():
        target = site.targets.get(id_)
        if target and "#" not in target.url:
            found[f"{target.url}index.html" if target.url.endswith("/") or not target.url else target.url] = noun.path
    found |= {f"{site.options.url('post', post.slug)}index.html": post.path for post in site.posts if id_of(post)}
    return found


def as_problems(findings: Iterable[Finding], site: Site, folder: str) -> Problems:
    """Return one problem for each thing found, sorted. `folder` is what the built folder is called in reports."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.words), []).append(finding)
    sources = sources_of(site)
    made = [_problem(group, site.texts, sources, folder) for group in groups.values()]
    return tuple(sorted(made, key=lambda problem: problem.order))


def _problem(group: list[Finding], texts: Mapping[str, str], sources: Mapping[str, str], folder: str) -> Problem:
    chosen, source = _best(group, texts, sources)
    files = {each.file: None for each in group}
    more = f", and in {len(files) - 1} more" if len(files) > 1 else ""
    if source:
        place = find_below(texts[source], chosen.about, Place(source))
        words = f"{chosen.words}, in '{folder}/{chosen.file}'{more}"
        return Problem(chosen.code, place, words, chosen.hint, len(chosen.about))
    made_from = sources.get(chosen.file, "")
    related = ((Place(made_from), "the page is made from this"),) if made_from else ()
    words = f"{chosen.words}{more and f' (here{more})'}"
    return Problem(chosen.code, Place(f"{folder}/{chosen.file}"), words, chosen.hint, related=related)


def _best(group: list[Finding], texts: Mapping[str, str], sources: Mapping[str, str]) -> tuple[Finding, str]:
    """Return the finding to show, and the source that holds its words: that of its page, or else any; "" for none."""
    for finding in group:
        if finding.about and finding.about in texts.get(sources.get(finding.file, ""), ""):
            return finding, sources[finding.file]
    about = group[0].about
    return group[0], next((path for path in sorted(texts) if len(about) > _SHORT and about in texts[path]), "")
