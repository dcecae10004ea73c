"""What every page's structured data is made of: one graph, things by name, people, lists, the way that leads there.

In: words and addresses of a page. Out: plain dicts; what is not known is left out. `render_structured` makes them text
for a `<script>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from rehab.site.json_text import render_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.site.site import Site
    from rehab.site.views.small import Crumb

Data: TypeAlias = dict[str, Any]


def render_structured(data: object) -> str:
    """Return the data as JSON that cannot leave the script element it stands in."""
    return render_json(data)


def graph_of(site: Site, crumbs: tuple[Crumb, ...], *things: Data) -> Data:
    """Return one JSON-LD document of a page's things and the way that leads to it."""
    way = (way_of(site, crumbs),) if crumbs else ()
    return {"@context": "https://schema.org", "@graph": [filled(thing) for thing in (*things, *way)]}


def filled(data: Data) -> Data:
    """Leave out what is not known."""
    return {key: value for key, value in data.items() if value not in ("", None, [], ())}


def way_of(site: Site, crumbs: tuple[Crumb, ...]) -> Data:
    """Return the way that leads to a page."""
    return {"@type": "BreadcrumbList", "itemListElement": items_of(site, ((each.title, each.url) for each in crumbs))}


def items_of(site: Site, pairs: Iterable[tuple[str, str]], first: int = 1) -> list[Data]:
    """Return a list of things by title and address, each with its place, counted from `first`."""
    return [
        {"@type": "ListItem", "position": number, "name": title, "item": site.options.absolute(url)}
        for number, (title, url) in enumerate(pairs, start=first)
    ]


def named(type_: str, site: Site, crumb: Crumb) -> Data:
    """Return a thing of schema.org by its name and its page."""
    return filled({"@type": type_, "name": crumb.title, "url": site.options.absolute(crumb.url) if crumb.url else ""})


def people(names: Iterable[str]) -> list[Data]:
    """Return people by their names."""
    return [{"@type": "Person", "name": name} for name in names]


def collection(site: Site, title: str, url: str, pairs: Iterable[tuple[str, str]], first: int = 1) -> Data:
    """Return a page that lists things by title and address."""
    items = items_of(site, pairs, first)
    return {
        "@type": "CollectionPage",
        "name": title,
        "url": site.options.absolute(url),
        "mainEntity": {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items},
    }
