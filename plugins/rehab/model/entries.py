"""Documents → entries: each file becomes the noun that its folder says.

A file that has mistakes still becomes a noun, with what could be read and plain stand-ins for the
rest, so that a preview can show it beside its problems.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from rehab.model.comment import Comment, thread_of
from rehab.model.exercise import Exercise, Ladder
from rehab.model.folders import FOLDERS, VOCABULARY, folder_of, humanize, misnamed_folder, own_folder, slug_of
from rehab.model.injury import Injury, Treatment
from rehab.model.ladders import parse_ladders
from rehab.model.page import Gallery, Page
from rehab.model.post import Post
from rehab.model.program import Program
from rehab.model.records import parse_record, places_of
from rehab.model.refs import Ref
from rehab.model.short_record import parse_short
from rehab.model.slug import slugify
from rehab.model.spec import specs
from rehab.model.words import IMAGE_SUFFIXES
from rehab.source.decode import MARKDOWN
from rehab.source.document import Document
from rehab.source.header import split_text
from rehab.source.nodes import Items, Scalar, Table
from rehab.source.place import Place
from rehab.source.problem import Problem, Problems
from rehab.source.yaml_short import PlainTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.source.document import Tree
    from rehab.source.known import Known

N = TypeVar("N")


class Entries(Struct, frozen=True, kw_only=True):
    """All nouns of a content folder, each kind in order of its files' paths."""

    posts: tuple[Post, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    injuries: tuple[Injury, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    programs: tuple[Program, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    comments: tuple[Comment, ...] = ()
    galleries: tuple[Gallery, ...] = ()
    pages: tuple[Page, ...] = ()


def parse_entries(tree: Tree, known: Known | None = None) -> tuple[Entries, Problems]:
    """Turn every document but those of the vocabulary into its noun. `known` is what was made of them before."""
    nouns: defaultdict[type[Any], list[Any]] = defaultdict(list)
    problems: list[Problem] = []
    for document in tree.documents:
        if folder_of(document.path) == VOCABULARY:
            continue
        parsed = known.parse(document.path, document, _parse_document) if known else _parse_document(document)
        for noun, found in parsed:
            problems += found
            if noun is not None:
                nouns[type(noun)].append(noun)
    nouns[Gallery] = _with_bare_galleries(nouns[Gallery], tree)
    kinds = (*FOLDERS.values(), Ladder)
    fields = {_field_name(kind): tuple(nouns[kind]) for kind in kinds}
    return Entries(**fields), tuple(problems)


def parse_comment(text: str, path: str) -> Comment | None:
    """Return the comment that a text in the folder of comments is, or None where anything is wrong with it."""
    split, problems = split_text(text, path)
    document = Document(path, split.root, split.body, split.body_line, "", split.legacy)
    ((noun, found),) = _parse_document(document)
    return noun if isinstance(noun, Comment) and not (problems or found) else None


def parse_early(document: Document, known: Known) -> Document:
    """Make the noun of a document as soon as it is read, and return the document without its nodes.

    They are most of it: in all documents of a large blog at once, more than all that is made of them.
    """
    if folder_of(document.path) != VOCABULARY:
        known.parse(document.path, document, _parse_document)
    return known.latest(document)


def _field_name(kind: type[Any]) -> str:
    return {folder_kind: folder for folder, folder_kind in FOLDERS.items()}.get(kind, "ladders")


def _parse_document(document: Document) -> list[tuple[Any, Problems]]:
    comment = _parse_plain_comment(document)
    if comment is not None:
        return [(comment, ())]
    path = PurePosixPath(document.path)
    if path.suffix in {".yml", ".yaml"}:
        if folder_of(document.path) == "exercises" and path.stem == "ladders":
            return parse_ladders(document)
        hint = "write it as a Markdown file with front matter, or move it out of the content folder"
        return [(None, (Problem("lost-file", Place(document.path), "nothing reads this file", hint),))]
    kind = FOLDERS.get(folder_of(document.path))
    misnamed = None if kind or _is_dated(document) else misnamed_folder(document.path)
    noun, problems = _parse_kind(kind or Post, document)
    return [(noun, (misnamed,) if misnamed else problems)]


def _parse_plain_comment(document: Document) -> Comment | None:
    """Return a comment of which every field is plain and right, as nearly all are; None of anything else."""
    root, path = document.root, document.path
    if not isinstance(root, PlainTable) or folder_of(path) != "comments" or not path.endswith(MARKDOWN):
        return None
    return parse_short(Comment, root, {**_from_file(document, slug_of(path)), **_from_path(Comment, document)})


def _is_dated(document: Document) -> bool:
    """Return whether a file speaks of its date: a post, then, in whichever folder a blog keeps it."""
    return isinstance(document.root, Table) and any(row.key.value in {"date", "date_basis"} for row in document.root)


def _parse_kind(kind: type[N], document: Document) -> tuple[N | None, Problems]:
    root = document.root if isinstance(document.root, Table) else Table((), document.place)
    slug = slug_of(document.path)
    given = {**_stand_ins(kind, slug, document), **_from_file(document, slug), **_from_path(kind, document)}
    given["at"] = places_of(root)
    if document.legacy and issubclass(kind, Post | Page):  # Pelican has no other kinds, so none has an old header
        root, given["extra"], own_slug = _from_old_header(kind, root)
        given["slug"] = own_slug or slug
    noun, problems = parse_record(kind, root, given)
    if _has_no_front_matter(document):
        return noun, ()
    return noun, problems + (_check_date(noun, root) if isinstance(noun, Post) else ())


def _has_no_front_matter(document: Document) -> bool:
    """Return whether a file is all text: that is one problem, said already, and no field is missing besides."""
    return document.body_line == 1 and not document.legacy


def _from_file(document: Document, slug: str) -> dict[str, Any]:
    return {
        "slug": slug,
        "path": document.path,
        "place": Place(document.path),
        "body": document.body,
        "body_line": document.body_line,
    }


def _stand_ins(kind: type[Any], slug: str, document: Document) -> dict[str, Any]:
    """Return what stands for a required field that the author left out or got wrong."""
    place = document.place
    if kind is Comment:
        return {}
    fields: dict[str, Any] = {"title": humanize(slug)} if kind is not Gallery else {}
    if kind is Injury:
        fields |= {"region": Ref("region", "unspecified", place), "red_flags": ()}
    return fields


def _from_path(kind: type[Any], document: Document) -> dict[str, Any]:
    if kind is Comment:
        return {"thread": thread_of(document.path.split("/")[2:])}
    if kind is Gallery:
        return {"folder": PurePosixPath(document.path).parent.as_posix()}
    return {}


def _from_old_header(kind: type[Any], root: Table) -> tuple[Table, tuple[tuple[str, str], ...], str]:
    """Split an old header into the fields we know, the rest, which is passed to Pelican, and the slug.

    An old slug may have capitals or underscores: the address that readers know stays.
    """
    known = {spec.key for spec in specs(kind)} - {"slug"}
    kept = tuple(row for row in root if row.key.value in known)
    rest = {row.key.value: _joined(row.value) for row in root if row.key.value not in known}
    slug = rest.pop("slug", "").replace("/", "-").strip(". ")
    return Table(kept, root.place), tuple(rest.items()), slug


def _joined(node: object) -> str:
    if isinstance(node, Items):
        return ", ".join(_joined(item) for item in node)
    return node.value if isinstance(node, Scalar) else ""


def _check_date(post: Post, root: Table) -> Problems:
    """A post has a date, or says that it is unknown."""
    row = next((row for row in root if row.key.value == "date"), None)
    empty = row is None or (isinstance(row.value, Scalar) and not row.value.value.strip())
    if not empty or post.date_basis == "unknown" or "date" in root.lost:
        return ()
    hint = "add `date: 2014-04-06`, or `date_basis: unknown` if nobody knows it"
    message = "this post has no date and does not say why"
    return (Problem("missing-date", row.key.place if row else post.place, message, hint),)


def _with_bare_galleries(galleries: Iterable[Gallery], tree: Tree) -> list[Gallery]:
    """Add a gallery for each folder of pictures that has no `gallery.md`."""
    known = {gallery.folder: gallery for gallery in galleries}
    for asset in tree.assets:
        file = PurePosixPath(asset.path)
        folder = file.parent.as_posix()
        shown = folder_of(asset.path) == "galleries" and own_folder(asset.path)
        if shown and folder not in known and file.suffix.lower() in IMAGE_SUFFIXES:
            slug = slugify(file.parent.name)
            known[folder] = Gallery(
                slug=slug, path=folder, place=Place(asset.path), folder=folder, title=humanize(slug)
            )
    return [known[folder] for folder in sorted(known)]
