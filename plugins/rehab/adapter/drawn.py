"""Views that stand in many lists → the HTML that macros of the theme drew of them, once in a build.

In: a macro and a view, such as the card of a post. Out: what the macro made of it, or makes of it now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.site.notes import Notes


class Drawn:
    """What macros drew of views that stand in many lists, such as the card of a post.

    A view is known by its identity, and kept, so that no other can come to have it. A view with a reason of its own
    stands in one list only, and is not kept.
    """

    def __init__(self, notes: Notes) -> None:
        """Begin with nothing. What is read of the site while something is drawn is read by all pages that show it."""
        self._notes = notes
        self._known: dict[tuple[object, ...], tuple[Markup, object, Iterable[int]]] = {}

    def __call__(self, macro: Any, view: Any, *words: object) -> Markup:  # noqa: ANN401 - Jinja and views of all kinds
        """Return `macro(view, *words)`, which must depend on nothing else of the page."""
        if getattr(view, "reason", ""):
            return Markup(macro(view, *words))  # noqa: S704 - a macro escapes
        key = (macro.name, id(view), *words)
        known = self._known.get(key)
        if known is None:
            with self._notes.apart() as read:
                html = Markup(macro(view, *words))  # noqa: S704 - as above
            known = self._known[key] = (html, view, read)
        self._notes.now.update(known[2])
        return known[0]

    def forget(self) -> None:
        """Let go of everything: the lists are written."""
        self._known.clear()
