"""Site → `llms.txt`: what is here and where, in a few lines of Markdown, for programs that read as people do.

In: a linked site. Out: a text in the form of llmstxt.org: a title, a quote, what should be known, lists of links. Says
of each thing what its page says, and first of all what kind of knowledge this is. Long lists end where their own page
goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehab.site.edges import id_of
from rehab.site.plain import description_of, plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rehab.site.site import Site

MOST: Final = 60
"""Links in one list."""

_NOTE: Final = """\
What stands here is what runners tell of their own injuries: who says so, and in which post, stands beside it. It is no
diagnosis and no advice. Each exercise, injury and treatment has its page; relations carry a word of evidence (the
author's own experience, told by a practitioner, reported by a reader, cited). Where posts disagree, both are shown."""

_BRACKETS: Final = str.maketrans("[]", "()")
_IN_URL: Final = str.maketrans({"(": "%28", ")": "%29", " ": "%20"})
"""Letters that would end a link of Markdown too early."""
_LISTS: Final = (
    ("Injuries", "injuries"),
    ("Exercises", "exercises"),
    ("Treatments", "treatments"),
    ("Programs", "programs"),
    ("Posts", "posts"),
    ("About this site", "pages"),
)


def render_llms(site: Site, description: str) -> str:
    """Return the text. `description` is what the home page says of the site in one sentence."""
    parts = [f"# {_plain(site.options.site_name)}", f"> {_plain(description)}", _NOTE]
    for title, name in _LISTS:
        if nouns := getattr(site, name):
            parts.append("\n".join((f"## {title}\n", *_links(site, nouns[:MOST]), *_rest(site, name, len(nouns)))))
    parts.append("\n".join(("## Optional\n", *_for_machines(site))))
    return "\n\n".join(parts) + "\n"


def _links(site: Site, nouns: Iterable[object]) -> Iterator[str]:
    for noun in nouns:
        target = site.targets[id_of(noun)]  # type: ignore[arg-type] # each list holds nouns that have pages
        said = plain_words(getattr(noun, "summary", "")) or description_of("", getattr(noun, "body", ""))
        yield _link(target.title, site.options.absolute(target.url), said)


def _rest(site: Site, name: str, count: int) -> Iterator[str]:
    url = site.options.url(name) if count > MOST else ""
    if url:
        yield _link(f"All {count} {name}", site.options.absolute(url), "")


def _for_machines(site: Site) -> Iterator[str]:
    absolute = site.options.absolute
    yield _link("Everything as data", absolute("rehab.json"), "all things and all links between them, as JSON")
    if feed := site.options.url("feed"):
        yield _link("Feed", absolute(feed), "the newest posts, whole")
    yield _link("Comments", absolute("feeds/comments.atom.xml"), "what readers wrote last, as Atom")
    yield _link("Sitemap", absolute("sitemap.xml"), "the address of every page")


def _link(title: str, url: str, said: str) -> str:
    name = _plain(title).translate(_BRACKETS)
    return f"- [{name}]({url.translate(_IN_URL)}){f': {_plain(said)}' if said else ''}"


def _plain(text: str) -> str:
    return " ".join(text.split())
