"""An article or a page of Pelican's, with what the site knows in its text; and one whose text is no longer held.

Placeholders are filled when all texts are there. A post's HTML is wanted for its page, and after that hardly ever: it
goes when the page is written, and who asks for it then has it made again from the post's own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican.contents import Article

from rehab.adapter.build import build_of
from rehab.adapter.links import linked_files
from rehab.model.entry import Entry
from rehab.model.post import Post

if TYPE_CHECKING:
    from rehab.adapter.build import Build
    from rehab.adapter.fill import Filler


def fill_content(filler: Filler, content: Any) -> None:  # noqa: ANN401 - Pelican has no types
    """Put cards, links and pictures into one article or page."""
    noun = content.metadata.get("rehab")
    if type(content) is LetGo:  # in a server, and its text is another one now
        content.__class__ = Article
    if noun is not None and content._content:  # noqa: SLF001 - Pelican has no other way
        with filler.build.notes.apart() as read:
            content._content = _filled(filler, content._content, content)  # noqa: SLF001 - the only way
        path = getattr(noun, "path", "")
        texts, named = filler.build.notes.of("texts"), linked_files(filler.build.linked.texts.get(path, ""), path)
        read.extend(texts[each] for each in named)
        content.read = read


def remake_content(filler: Filler, content: Any) -> str:  # noqa: ANN401 - as above
    """Return the HTML of an article or page as it was read and filled."""
    return _filled(filler, filler.bodies.render(content.metadata["rehab"].body), content)


def _filled(filler: Filler, html: str, content: Any) -> str:  # noqa: ANN401 - as above
    noun = content.metadata["rehab"]
    return filler.fill(html, noun if isinstance(noun, Entry) else None, content.url)


class LetGo(Article):  # type: ignore[misc] # Pelican has no types
    """An article that does not hold its HTML. It is a class, for an attribute more is a kilobyte for each article."""

    def _get_content(self) -> str:
        """Make the HTML again: Pelican asks here where there is such a method. Raises LookupError where nobody can."""
        remake = build_of(self.settings).remake
        if remake is None:
            raise LookupError(f"the text of '{self.source_path}' was let go, and this run cannot make it again")
        return remake(self)


def let_go(article: Any, build: Build) -> None:  # noqa: ANN401 - as above
    """Hold the HTML of an article no longer, for its page is written. Who asks for it after that has it made again."""
    if build.remake and isinstance(article.metadata.get("rehab"), Post):
        article._content = ""  # noqa: SLF001 - as above
        if type(article) is Article:
            article.__class__ = LetGo
        article.get_content.cache.clear()
