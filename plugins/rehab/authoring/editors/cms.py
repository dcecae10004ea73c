"""Field tables → a configuration for Sveltia CMS, so that a site can be written in a browser.

In: the tables of `rehab.model` and the built-in vocabulary. Out: the text of `config.yml`. A collection for each kind,
a form field for each field, the same words, one sentence of help. Every field is in it, for a CMS of this family drops
what its configuration does not know when it saves a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehab.authoring.editors.schema import KINDS
from rehab.model.dose.shape import DoseShape
from rehab.model.folders import FOLDERS, humanize
from rehab.model.records import Facts, ListOf, RecordOf
from rehab.model.refs import KINDS as REFERABLE
from rehab.model.shapes import FILE_OF_SITE, PROSE, SLUG, URL, WHOLE, YES_NO, Choice, FileName, Moment, Reference, Words
from rehab.model.spec import specs
from rehab.model.use import Use, UseShape
from rehab.model.vocabulary import read_built_in
from rehab.source.yaml_text import Value, render_block

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rehab.model.spec import Shape, Spec

Fields = dict[str, Value]

HEAD = """\
# A configuration for Sveltia CMS, made from the program's own field tables by `rehab docs`; a test keeps them together.
# Name your repository below. docs/how-to/editor.md says where the file goes, and what to mind.
"""

_TOP: Fields = {
    "backend": {"name": "github", "repo": "OWNER/REPOSITORY", "branch": "main"},
    "media_folder": "content/extra",
    "public_folder": "/extra",
    "slug": {"encoding": "unicode", "clean_accents": True},
    "output": {"omit_empty_optional_fields": True},
}

_WRITTEN_BY_HAND = {"comment"}
"""Readers write comments, and a moderator needs the file."""

_IN_FOLDERS = {"post": "index", "gallery": "gallery"}
"""Kinds whose things have a folder of their own, and what the file in it is called."""

_VOCABULARY: Mapping[str, str] = {"region": "regions", "muscle": "muscles"}


def render_cms() -> str:
    """Return `config.yml`."""
    collections: list[Value] = [_collection(kind) for kind in KINDS if kind not in _WRITTEN_BY_HAND]
    return HEAD + render_block({**_TOP, "collections": collections})


def _folder(kind: str) -> str:
    return next(folder for folder, noun in FOLDERS.items() if noun is KINDS[kind])


def _collection(kind: str) -> Fields:
    name = _folder(kind)
    own_folder: Fields = {"path": f"{{{{slug}}}}/{_IN_FOLDERS[kind]}"} if kind in _IN_FOLDERS else {}
    return {
        "name": name,
        "label": humanize(name),
        "label_singular": humanize(kind),
        "folder": f"content/{name}",
        **own_folder,
        "media_folder": "",
        "public_folder": "",
        "create": True,
        "extension": "md",
        "format": "yaml-frontmatter",
        "fields": [*_fields(KINDS[kind]), _BODY],
    }


# Raw, because a rich editor would put backslashes before the brackets of [[references]].
_BODY: Fields = {"name": "body", "label": "Text", "widget": "markdown", "modes": ["raw"], "required": False}


def _fields(noun: type[Any], *, optional: bool = False) -> list[Value]:
    """Return the form fields of a noun. In an `optional` group nothing is required, or it could not be left out."""
    return [_field(spec, optional=optional) for spec in specs(noun)]


def _field(spec: Spec, *, optional: bool) -> Fields:
    required = spec.required and not optional and not isinstance(spec.shape, ListOf)
    base: Fields = {"name": spec.key, "label": humanize(spec.key), "hint": spec.doc, "required": required}
    return {**base, **widget(spec.shape)}


def widget(shape: Shape[Any]) -> Fields:
    """Return the widget of a shape and its settings. Raise KeyError for a shape that has none."""
    named = _NAMED.get(shape.name)
    return dict(named) if named else _WIDGETS[type(shape)](shape)


_NAMED: Mapping[str, Fields] = {
    PROSE.name: {"widget": "text"},
    WHOLE.name: {"widget": "number", "value_type": "int", "min": 0},
    YES_NO.name: {"widget": "boolean"},
    URL.name: {"widget": "string", "type": "url"},
    SLUG.name: {"widget": "string"},
    FILE_OF_SITE.name: {"widget": "string"},
    Moment().name: {"widget": "datetime", "format": "YYYY-MM-DD", "time_format": False},
    DoseShape().name: {"widget": "string"},
    Facts().name: {"widget": "keyvalue"},
}


def _text(_shape: Words) -> Fields:
    return {"widget": "string"}


def _file(_shape: FileName) -> Fields:
    return {"widget": "image"}


def _choice(shape: Choice) -> Fields:
    return {"widget": "select", "options": list(shape.options)}


def _reference(shape: Reference) -> Fields:
    """Return a search in the collection of the kind; for parts of the body, the built-in list."""
    if shape.kind in _VOCABULARY:
        return {"widget": "select", "options": list(read_built_in(_VOCABULARY[shape.kind]))}
    if shape.kind not in REFERABLE:
        return {"widget": "string"}
    return {
        "widget": "relation",
        "collection": _folder(shape.kind),
        "value_field": "{{slug}}",
        "search_fields": ["title"],
        "display_fields": ["title"],
    }


def _record(shape: RecordOf[Any]) -> Fields:
    return {"widget": "object", "collapsed": True, "fields": _fields(shape.noun, optional=True)}


def _list(shape: ListOf[Any]) -> Fields:
    """Return a list. Its items' references and words need no list around them: their widgets take several."""
    item = shape.item
    if isinstance(item, UseShape):
        return {"widget": "list", "collapsed": True, "fields": _use_fields()}
    if isinstance(item, RecordOf):
        return {"widget": "list", "collapsed": True, "fields": _fields(item.noun)}
    inner = widget(item)
    if inner["widget"] in {"select", "relation"}:
        return {**inner, "multiple": True}
    return {"widget": "list", "collapsed": False, "field": {"name": "item", "label": "Item", **inner}}


def _use_fields() -> list[Value]:
    """Return the long form of a use. One of the first two is needed, which `rehab check` looks after."""
    exercise: Fields = {"name": "exercise", "label": "Exercise", "hint": "One that is there.", "required": False}
    name: Fields = {
        "name": "name",
        "label": "Name",
        "hint": "Of a new one, which this post defines.",
        "required": False,
    }
    return [{**exercise, **_reference(Reference("exercise"))}, {**name, "widget": "string"}, *_fields(Use)]


_WIDGETS: Mapping[type[Any], Callable[[Any], Fields]] = {
    Words: _text,
    FileName: _file,
    Choice: _choice,
    Reference: _reference,
    RecordOf: _record,
    ListOf: _list,
}
