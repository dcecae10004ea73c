"""The files of a Jekyll, Hugo or Pelican blog → an export, every file of text an item.

In: paths and bytes of the files that may be texts. Out: items, with their addresses as those programs make them unless
the blog says otherwise. Front matter is YAML, TOML (`+++`) or Pelican's `Title:` lines; nothing in it is carried out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from rehab.authoring.import_posts.front import Fields, read_front
from rehab.authoring.import_posts.items import Export, Old
from rehab.comments.imports.values import parse_stamp
from rehab.model.slug import slugify

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from rehab.authoring.import_posts.items import Form, Status

MARKDOWN: Final = (".md", ".markdown", ".mkd", ".mdown")
HTML: Final = (".html", ".htm")
OTHER: Final = {
    ".rst": "reStructuredText", ".adoc": "AsciiDoc", ".asciidoc": "AsciiDoc", ".org": "Org", ".textile": "Textile",
    ".ipynb": "a notebook",
}  # fmt: skip
TEXTS: Final = (*MARKDOWN, *HTML, *OTHER)
CONFIGS: Final[tuple[str, ...]] = ("_config.yml", "_config.yaml", "pelicanconf.py", "publishconf.py")
SKIPPED: Final = frozenset(
    "_site _layouts _includes _sass _data _plugins layouts themes theme archetypes output public node_modules vendor "
    "resources __pycache__ venv env plugins i18n data".split()
)
"""Folders that hold what a program made, or its own parts, and no texts of an author."""

_DATED: Final = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")
_PERMALINK: Final = re.compile(r"^permalink:[ \t]*['\"]?([^'\"\n#]{1,300})", re.MULTILINE)
_BASE: Final = re.compile(r"^(?:url|SITEURL)[ \t]*[:=][ \t]*['\"]?(https?://[^'\"\s]{1,300})", re.MULTILINE)
_URL_OF: Final = re.compile(r"^(ARTICLE|PAGE)_URL[ \t]*=[ \t]*['\"]([^'\"\n]{1,300})['\"]", re.MULTILINE)
_STYLES: Final = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}
_TRUE: Final = {"true", "yes", "1"}


class Piece(Struct, frozen=True):
    """A file of a folder: its path below it, with `/`, and its bytes."""

    name: str
    data: bytes


def read_files(format_: str, pieces: Sequence[Piece], configs: Mapping[str, str]) -> Export:
    """Return every file of text of a folder. `configs` are the texts of its settings, by name."""
    settings = "\n".join(configs.values())
    base = _BASE.search(settings)
    read = _FORMATS[format_]
    ordered = sorted(pieces, key=lambda piece: piece.name)
    items = tuple(_item(at, piece, read, settings) for at, piece in enumerate(ordered, 1))
    return Export(format=format_, items=items, base=base[1].rstrip("/") + "/" if base else "")


Read = Callable[[Old, Fields, PurePosixPath, str], Old]


def _item(number: int, piece: Piece, read: Read, settings: str) -> Old:
    path = PurePosixPath(piece.name)
    old = Old(number=number, what="file", id=piece.name, url="", folder=path.parent.as_posix(), title="", form="none")
    kind = OTHER.get(path.suffix.lower())
    if kind:
        return replace(old, kind="unknown", title=piece.name, why=f"it is {kind}: turn it into Markdown first")
    fields, body, why = read_front(piece.data)
    if why:
        return replace(old, kind="other" if not fields.lost else "unknown", title=piece.name, why=why)
    form: Form = "html" if path.suffix.lower() in HTML else "markdown"
    old = replace(
        old,
        title=fields.text("title") or path.stem,
        body=body,
        form=form,
        date=parse_stamp(fields.text("date")) or parse_stamp(fields.text("publishdate")),
        day=len(fields.text("date")) <= len("2014-04-06"),
        modified=_stamp(fields, "modified", "lastmod", "last_modified_at"),
        status=_status(fields),
        authors=fields.list("authors") or fields.list("author"),
        categories=fields.list("categories") or fields.list("category"),
        tags=fields.list("tags") or fields.list("keywords"),
        summary=_first(fields, "summary", "description", "excerpt"),
        slug=fields.text("slug"),
        lang=fields.text("lang"),
        featured=_first(fields, "image", "featured_image", "cover"),
        comments="closed" if fields.text("comments").lower() in {"false", "no", "off"} else "",
        urls=(*fields.list("aliases"), *fields.list("redirect_from")),
        lost_links=(),
    )
    return read(old, fields, path, settings)


def _first(fields: Fields, *keys: str) -> str:
    return next((found for key in keys if (found := fields.text(key))), "")


def _stamp(fields: Fields, *keys: str) -> dt.datetime | None:
    return parse_stamp(_first(fields, *keys))


def _status(fields: Fields) -> Status:
    said = fields.text("status").lower()
    if fields.text("draft").lower() in _TRUE or said in {"draft", "hidden", "skip"}:
        return "draft"
    if fields.text("published").lower() in {"false", "no"}:
        return "draft"
    return "locked" if said == "private" or fields.text("password") else "published"


def _jekyll(old: Old, fields: Fields, path: PurePosixPath, settings: str) -> Old:
    dated = _DATED.fullmatch(path.stem)
    if "_posts" in path.parts or "_drafts" in path.parts:
        date = old.date or (parse_stamp(dated[1]) if dated else None)
        slug = old.slug or (dated[2] if dated else path.stem)
        day = old.day or old.date is None
        status = "draft" if "_drafts" in path.parts else old.status
        old = replace(old, date=date, day=day, slug=slug, status=status, title=fields.text("title") or _words(slug))
        return replace(old, url=_jekyll_url(old, fields, settings))
    folder = next((part for part in path.parts[:-1] if part.startswith("_")), "")
    if folder and folder != "_pages":
        return replace(old, kind="unknown", why=f"it is in the collection '{folder}', and nothing here answers to that")
    url = fields.text("permalink") or f"/{path.with_suffix('.html').as_posix()}"
    slug = old.slug or PurePosixPath(url.strip("/") or path.stem).stem
    return _page(replace(old, slug=slug, url=url), fields, path)


def _jekyll_url(old: Old, fields: Fields, settings: str) -> str:
    written = fields.text("permalink")
    found = _PERMALINK.search(settings)
    pattern = written or (found[1].strip() if found else "date")
    pattern = _STYLES.get(pattern, pattern)
    if old.date is None and ":year" in pattern:
        return ""
    date = old.date
    known = {
        ":categories": "/".join(slugify(each) for each in old.categories), ":title": old.slug, ":slug": old.slug,
        **({":year": f"{date:%Y}", ":month": f"{date:%m}", ":day": f"{date:%d}", ":y_day": f"{date:%j}",
            ":i_month": str(date.month), ":i_day": str(date.day), ":short_year": f"{date:%y}"} if date else {}),
    }  # fmt: skip
    for name in sorted(known, key=len, reverse=True):
        pattern = pattern.replace(name, known[name])
    return "" if ":" in pattern else re.sub(r"/{2,}", "/", f"/{pattern}")


def _hugo(old: Old, fields: Fields, path: PurePosixPath, _: str) -> Old:
    inside = path.relative_to("content") if path.parts[0] == "content" else path
    if path.stem == "_index":
        return replace(old, kind="other", why="it is the text above a list of pages, and lists have none here")
    if path.parts[0] in {"static", "assets"}:
        return replace(old, kind="other", why="it is a file as it stands, and no text of the blog")
    name = inside.parent if inside.stem == "index" else inside.with_suffix("")
    slug = old.slug or (name.name or "home")
    url = fields.text("url") or f"/{(name.parent / slug).as_posix().strip('./')}/"
    old = replace(old, slug=slug, url=url, title=fields.text("title") or _words(slug))
    is_page = len(name.parts) <= 1 or fields.text("type") == "page"
    return _page(old, fields, path) if is_page else old


def _pelican(old: Old, fields: Fields, path: PurePosixPath, settings: str) -> Old:
    slug = old.slug or slugify(fields.text("title")) or path.stem
    patterns = {found[1]: found[2] for found in _URL_OF.finditer(settings)}
    is_page = "pages" in path.parts
    pattern = patterns.get("PAGE" if is_page else "ARTICLE", "pages/{slug}.html" if is_page else "{slug}.html")
    url = fields.text("url") or _pelican_url(pattern, slug, old)
    if not (old.categories or is_page) and len(path.parts) > 1 and path.parts[-2] not in {"content", "posts"}:
        old = replace(old, categories=(path.parts[-2],))
    old = replace(old, slug=slug, url=url, title=fields.text("title") or _words(slug))
    return _page(old, fields, path) if is_page else old


def _pelican_url(pattern: str, slug: str, old: Old) -> str:
    dated = re.sub(r"\{date:([^{}]{1,40})\}", lambda found: old.date.strftime(found[1]) if old.date else "{", pattern)
    url = dated.replace("{slug}", slug).replace("{lang}", old.lang).replace(
        "{category}", slugify(old.categories[0]) if old.categories else "{")  # fmt: skip
    return "" if "{" in url else f"/{url.lstrip('/')}"


def _page(old: Old, fields: Fields, path: PurePosixPath) -> Old:
    if not fields.text("title") and path.suffix.lower() in HTML:
        return replace(old, kind="other", why="it is a page that the old program filled, without a title of its own")
    return replace(old, kind="page")


def _words(slug: str) -> str:
    words = slug.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


_FORMATS: Final[dict[str, Read]] = {"jekyll": _jekyll, "hugo": _hugo, "pelican": _pelican}
