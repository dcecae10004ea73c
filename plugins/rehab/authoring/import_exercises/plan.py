"""A free-exercise-db catalogue → the exercise files it becomes, and what is to be said of each record.

In: the records as read, and what the site has already. Out: an `Outcome` for each record, in the file's order: a new
file with its text, or the reason why there is none. Nothing is written here and nothing is invented: no dose, no
injury, no side, for the catalogue gives none.

What a record leaves out or contradicts is told, never mended by a guess:

- Without instructions it becomes a stub.
- A muscle that is said to be worked both mainly and also is named in neither list. To keep one of the two would be a
  guess, and `muscle-twice` forbids both; so the two lists stand word for word in `xref`, where nothing is lost and
  nobody is told something that the source does not say. An author who knows the muscle writes it into the right list.
- A word that has no counterpart here (`words`) stands word for word in `xref` too.

The address of an exercise comes from its name. Where two records share one (`Café squat`, `Cafe Squat`), the first by
id has it plain and the others end in six digits of their id's hash, so it depends on no order. What was imported once
is known by its id in `xref`, wherever its file is now, and is never written again.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from rehab.authoring.import_exercises.catalogue import Catalogue, Held, Record, shorten
from rehab.authoring.import_exercises.file import render_exercise
from rehab.authoring.import_exercises.words import CATALOGUE
from rehab.authoring.new.title import slug_for
from rehab.model.folders import folder_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.site.site import Site

Verdict: TypeAlias = Literal["imported", "held", "skipped"]
VERDICTS: tuple[Verdict, ...] = ("imported", "held", "skipped")

FOLDER = "exercises"
AS_IMPORTED = "the file is there as it was imported"


class Present(Struct, frozen=True, kw_only=True):
    """What a site has: the source path of each exercise by its id in the catalogue, and by every name it goes by.

    `texts` are the sources by path. Names are in small letters (casefold).
    """

    by_id: Mapping[str, str]
    by_name: Mapping[str, str]
    texts: Mapping[str, str]


class Outcome(Struct, frozen=True, kw_only=True):
    """What becomes of one record. `slug` and `text` are the new file's; `remarks` say what it lacks or contradicts.

    `reason` says why there is no new file. `detail` is what a report may add to it.
    """

    number: int
    shown: str
    verdict: Verdict
    slug: str = ""
    text: str = ""
    reason: str = ""
    detail: str = ""
    remarks: tuple[tuple[str, str], ...] = ()


class Plan(Struct, frozen=True, kw_only=True):
    """What an import does: an outcome for each record, in the file's order, and how many pictures it leaves alone."""

    outcomes: tuple[Outcome, ...]
    pictures: int = 0

    def count(self, verdict: Verdict) -> int:
        """Return how many records have a verdict."""
        return sum(outcome.verdict == verdict for outcome in self.outcomes)


def find_present(site: Site) -> Present:
    """Return what a site has already of all that a catalogue may bring."""
    ids = ((dict(exercise.xref).get(CATALOGUE), exercise.path) for exercise in site.exercises)
    names = site.names.index.get("exercise", {})
    paths = {exercise.slug: exercise.path for exercise in site.exercises}
    by_name = {PurePosixPath(path).stem.casefold(): path for path in site.texts if folder_of(path) == FOLDER}
    by_name |= {name.casefold(): paths[found.slug] for name, found in names.items() if found.slug in paths}
    return Present(by_id={id_: path for id_, path in ids if id_}, by_name=by_name, texts=site.texts)


def plan_import(catalogue: Catalogue, present: Present) -> Plan:
    """Return what becomes of each record."""
    records = sorted((each for each in catalogue.records if isinstance(each, Record)), key=lambda each: each.id)
    taken: set[str] = set()
    outcomes = [_plan_record(record, present, taken) for record in records]
    outcomes += [_hold(each) for each in catalogue.records if isinstance(each, Held)]
    return Plan(
        outcomes=tuple(sorted(outcomes, key=lambda outcome: outcome.number)),
        pictures=sum(record.pictures for record in records),
    )


def _hold(held: Held) -> Outcome:
    return Outcome(number=held.number, shown=held.shown, verdict="held", reason=held.reason)


def _plan_record(record: Record, present: Present, taken: set[str]) -> Outcome:
    text, remarks = render_exercise(record)
    if record.id in present.by_id:
        return _skip_known(record, text, present)
    plain = slug_for(record.name.replace("/", " "), "exercise")
    path = present.by_name.get(plain.casefold(), "")
    if path and path not in present.by_id.values():
        return _skip(record, "the site has an exercise of that name already", path)
    slug = _free_slug(plain, record.id, taken | set(present.by_name))
    taken.add(slug.casefold())
    return Outcome(number=record.number, shown=record.id, verdict="imported", slug=slug, text=text, remarks=remarks)


def _skip_known(record: Record, text: str, present: Present) -> Outcome:
    path = present.by_id[record.id]
    if present.texts.get(path) == text:
        return _skip(record, AS_IMPORTED)
    return _skip(record, "its file differs from what would be written, and is kept", path)


def _skip(record: Record, reason: str, detail: str = "") -> Outcome:
    return Outcome(number=record.number, shown=record.id, verdict="skipped", reason=reason, detail=detail)


def _free_slug(plain: str, id_: str, taken: set[str]) -> str:
    """Return a slug that nothing has: the plain one, or with the first digits of the id's SHA-256 after it."""
    digest = hashlib.sha256(id_.encode()).hexdigest()
    tries = (plain, *(f"{plain}-{digest[:length]}" for length in range(6, len(digest) + 1)))
    return next(slug for slug in tries if slug.casefold() not in taken)


def render_import(plan: Plan, *, written: bool, every: bool = False) -> str:
    """Return the report: counts that add up, then each reason and remark with the records it is about.

    `written` says that the files are there now; `every` names every record, where it is else ten and a count.
    """
    total = len(plan.outcomes)
    counts = ", ".join(f"{plan.count(verdict)} {verdict}" for verdict in VERDICTS)
    lines = [f"{total} record{'' if total == 1 else 's'}: {counts}"]
    for (title, named), shown in _groups(plan).items():
        lines.append(f"{title} ({len(shown)})")
        lines += [f"  {each}" for each in _named(shown, every=every or named)]
    if plan.pictures:
        many = f"{plan.pictures} pictures are named in the file; whose they are is not known, so none was taken"
        single = "1 picture is named in the file; whose it is is not known, so it was not taken"
        lines.append(single if plan.pictures == 1 else many)
    if not written:
        lines.append("nothing was written: this was a dry run")
    return "\n".join(lines) + "\n"


def _groups(plan: Plan) -> dict[tuple[str, bool], list[str]]:
    """Return the records by what is to be said of them; a held or a kept one is always named."""
    groups: dict[tuple[str, bool], list[str]] = {}
    for outcome in plan.outcomes:
        who = f"record {outcome.number}" + (f", {outcome.shown}" if outcome.shown else "")
        if outcome.reason:
            key = (f"{outcome.verdict}: {outcome.reason}", outcome.reason != AS_IMPORTED)
            groups.setdefault(key, []).append(who + (f": {outcome.detail}" if outcome.detail else ""))
        for title, detail in outcome.remarks:
            groups.setdefault((f"imported, but {title}", bool(detail)), []).append(
                who + (f": {shorten(detail)}" if detail else "")
            )
    return dict(sorted(groups.items()))


_FEW = 10


def _named(shown: list[str], *, every: bool) -> list[str]:
    if every or len(shown) <= _FEW:
        return shown
    return [*shown[:_FEW], f"and {len(shown) - _FEW} more: --all names them"]
