"""Nouns → the small views: dates, crumbs, pictures, sources, claims, changes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import structs

from rehab.site.licences import licence_url
from rehab.site.options import LISTS, PLURALS
from rehab.site.pictures import path_of
from rehab.site.plain import description_of
from rehab.site.views.picture import PictureSource, PictureView
from rehab.site.views.small import ChangeView, ClaimView, Crumb, DateView, SourceView
from rehab.site.wording import CHANGES, EVIDENCE, MONTHS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from rehab.images.plan import Picture, Placeholder
    from rehab.model.nouns import Claim, Image, Source, TrainingChange
    from rehab.model.page import Page
    from rehab.model.post import Post
    from rehab.model.refs import Ref
    from rehab.site.site import Site, Target

IMAGES = "images/"
"""Where the files of pictures are published, below the site's root."""

_COARSE = {"month": 7, "year": 4}
"""How many letters of an ISO date are known, by precision."""


def crumb(target: Target) -> Crumb:
    """Return a link to a thing."""
    return Crumb(title=target.title, url=target.url, kind=target.kind, slug=target.slug)


def crumb_of(site: Site, id_: str) -> Crumb:
    """Return a link to a thing by its id in the graph."""
    return crumb(site.targets[id_])


def crumbs(site: Site, refs: Iterable[Ref]) -> tuple[Crumb, ...]:
    """Return a link for each reference that leads somewhere, each once."""
    targets = dict.fromkeys(target for ref in refs if (target := site.follow(ref)))
    return tuple(crumb(target) for target in targets)


def crumbs_of(site: Site, ids: Iterable[str]) -> tuple[Crumb, ...]:
    """Return a link for each id, each once, in order of title."""
    targets = {site.targets[id_] for id_ in ids if id_ in site.targets}
    return tuple(crumb(target) for target in sorted(targets, key=lambda each: (each.title.casefold(), each.id)))


def regions_of(site: Site, injuries: Iterable[Ref]) -> tuple[Crumb, ...]:
    """Return the regions of the body that some injuries are in, each once."""
    targets = (target for ref in injuries if (target := site.follow(ref)))
    ids = dict.fromkeys(edge.to for target in targets for edge in site.edges_from(target.id, "in-region"))
    return tuple(crumb_of(site, id_) for id_ in ids)


def breadcrumbs(site: Site, kind: str, title: str, url: str) -> tuple[Crumb, ...]:
    """Return the way from home over the list of a kind to a page."""
    home = Crumb(title=site.options.site_name or "Home", url=site.options.url("home"))
    plural = PLURALS.get(kind, "")
    whole = site.options.url(plural) if plural else ""
    over = (Crumb(title=LISTS[plural], url=whole),) if whole else ()
    return (home, *over, Crumb(title=title, url=url))


def date_view(date: dt.datetime | None, basis: str = "stated", precision: str = "") -> DateView:
    """Return a date in words; one that is inferred, or known to the month, says no day."""
    if date is None or basis == "unknown":
        return DateView(basis="unknown")
    return _day_view(date.date(), basis, precision)


@lru_cache(maxsize=4096)
def _day_view(day: dt.date, basis: str, precision: str) -> DateView:
    iso = day.isoformat()[: 7 if basis == "inferred" else _COARSE.get(precision, 10)]
    month = f"{MONTHS[day.month - 1]} {day.year}"
    words = {4: str(day.year), 7: month}.get(len(iso), f"{day.day} {month}")
    return DateView(words=f"about {words}" if basis == "inferred" else words, iso=iso, basis=basis or "stated")


def post_date(post: Post) -> DateView:
    """Return when a post was written, as exact as that is known."""
    return date_view(post.date, post.date_basis or "stated")


def source_view(source: Source) -> SourceView:
    """Return something published, with its words on one line."""
    licence = f"licence: {source.license}" if source.license else ""
    words = ", ".join(part for part in (source.title, source.container, source.year, licence) if part)
    return SourceView(
        title=source.title, container=source.container, year=source.year, url=source.url or "", words=words
    )


def claim_view(claim: Claim) -> ClaimView:
    """Return a claim with the words of its evidence."""
    words = EVIDENCE[claim.evidence]
    return ClaimView(text=claim.text, evidence=claim.evidence, evidence_words=words, source=claim.source)


def change_view(change: TrainingChange, post: Crumb | None = None) -> ChangeView:
    """Return a change in training as words."""
    days = "" if change.days_per_week is None else f": at most {counted(change.days_per_week, 'day')} a week"
    words = f"{CHANGES[change.change]} {change.activity}{days}"
    return ChangeView(change=change.change, words=words, for_=change.for_, when=change.when, post=post)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, `1 post`, `2 injuries`."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def image_view(site: Site, image: Image) -> PictureView:
    """Return a picture as front matter lists it."""
    view = picture_view(site, path_of(image) or "", alt=image.alt, caption=image.caption)
    credit = image.credit
    return structs.replace(
        view,
        decorative=image.decorative,
        credit_words=credit.text if credit else "",
        credit_url=(credit.url or "") if credit else "",
        credit_license=credit.license if credit and credit.license != "own" else "",
        credit_lost=bool(credit and credit.status == "link-lost"),
        original_name=image.original_name,
        role=image.role,
        license_url=licence_url(credit.license) if credit else "",
    )


def image_views(site: Site, images: Iterable[Image]) -> tuple[PictureView, ...]:
    """Return pictures as front matter lists them."""
    return tuple(image_view(site, image) for image in images)


def picture_view(site: Site, path: str, alt: str = "", caption: str = "") -> PictureView:
    """Return a picture by the path of its source; one that is not there is `lost`."""
    return view_of(site.pictures.get(path), alt, caption)


def view_of(picture: Picture | None, alt: str = "", caption: str = "") -> PictureView:
    """Return a picture that is planned; one that is not is `lost`."""
    empty = PictureView(
        src="", full="", sources=(), width=0, height=0, alt=alt, decorative=False, caption=caption, credit_words="",
        credit_url="", credit_license="", credit_lost=False, original_name="", lost=True,
    )  # fmt: skip
    return structs.replace(empty, lost=False, **_files_of(picture)) if picture else empty


def _files_of(picture: Picture) -> dict[str, Any]:
    formats = [*picture.sources]
    if len(picture.srcset) > 1:
        formats.append((picture.fallback.mime, picture.srcset))
    return {
        "src": f"{IMAGES}{picture.src}",
        "full": f"{IMAGES}{picture.src}",
        "sources": tuple(_source(mime, files) for mime, files in formats),
        "width": picture.width,
        "height": picture.height,
        "tones": _rows(picture.placeholder),
        "film": tuple(_source(mime, files) for mime, files in _films(picture)),
    }


def _source(mime: str, files: Iterable[tuple[str, int]]) -> PictureSource:
    return PictureSource(type=mime, variants=tuple((f"{IMAGES}{name}", width) for name, width in files))


def _films(picture: Picture) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Yield the files of a picture that move, narrowest first, by format."""
    for mime in dict.fromkeys(each.mime for each in picture.animation):
        yield mime, sorted(((each.name, each.width) for each in picture.animation if each.mime == mime), key=_width)


def _width(file: tuple[str, int]) -> int:
    return file[1]


def _rows(tones: Placeholder | None) -> tuple[tuple[str, ...], ...]:
    if tones is None:
        return ()
    return tuple(tones.colours[at : at + tones.columns] for at in range(0, len(tones.colours), tones.columns))


def page_description(noun: Post | Page) -> str:
    """Return what a page is about in plain words."""
    return description_of(noun.summary, noun.body)
