"""Rules on the site as a whole: addresses, and letters that were damaged on the way here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rehab.source.place import Place
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.site.site import Site

_DAMAGED = re.compile(r"Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]|â€[\u0080-\u2122]|[ðšđ]Ÿ[\u0080-\u02dc™š]|ï»¿|\ufffd")
"""UTF-8 that was read as Latin-1, Windows-1252 or Windows-1250, and letters that could not be read at all."""
_HARD_SPACE = "\u00a0"


def check_urls(site: Site) -> Iterator[Problem]:
    """Each address belongs to one page, and no old address is one that is in use."""
    owners = {url: (title, Place("")) for url, title in site.options.lists().items()}
    owners[site.options.url("home")] = ("the home page", Place(""))
    for id_, noun in site.nouns.items():
        target = site.targets.get(id_)
        if target is None or target.kind == "muscle" or not target.url:
            continue
        place = noun.place
        first, where = owners.setdefault(target.url, (target.title, place))
        if where != place:
            message = f"'{target.title}' has the address /{target.url}, which belongs to '{first}'"
            related = ((where, "the first is here"),) if where.path else ()
            yield Problem("duplicate-url", place, message, "give one of the two another name", related=related)
    moved = [(old, post.where("redirect_from")) for post in site.posts for old in post.redirect_from]
    moved += [(old, page.where("redirect_from")) for page in site.pages for old in page.redirect_from]
    for old, place in moved:
        if old.strip("/") and f"{old.strip('/')}/" in owners:
            message = f"the old address '{old}' is a page of the site now"
            yield Problem("duplicate-url", place, message, "take it out of `redirect_from`")


def check_letters(site: Site) -> Iterator[Problem]:
    """No damaged letters and no invisible spaces are left in a text. One problem for each kind in each file."""
    bodies = {comment.path: comment for comment in site.comments}
    for path, text in site.texts.items():
        # The front matter of a comment may say what was mended (`repaired`), damaged letters and all.
        comment = bodies.get(path)
        body, line = (comment.body, comment.body_line) if comment else (text, 1)
        yield from check_letters_of(body, path, line)


def check_letters_of(text: str, path: str, line: int = 1) -> Iterator[Problem]:
    """The same of one text that begins on a line of its file."""
    if text.isascii():
        return
    letters = _DAMAGED.search(text)
    if letters:
        message = f"'{letters[0]}' looks like a damaged letter"
        yield Problem("mojibake", _place(text, letters.start(), path, line), message, "write the letter that was meant")
    spaces = text.count(_HARD_SPACE)
    if spaces:
        place = _place(text, text.index(_HARD_SPACE), path, line)
        count = "an invisible no-break space is" if spaces == 1 else f"{spaces} invisible no-break spaces are"
        yield Problem("mojibake", place, f"{count} left in the text", "put ordinary spaces in their place")


def _place(text: str, index: int, path: str, line: int) -> Place:
    before = text[:index]
    return Place(path, line + before.count("\n"), index - before.rfind("\n"))
