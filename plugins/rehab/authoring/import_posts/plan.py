"""An export → what becomes of each of its items: a file to write, one to hold back, or none, and why.

In: the export, what the site has, which pictures were given. Out: one `Outcome` for each item, in the file's order.
What was public or a draft goes into the content; what was protected or private into the inbox, outside every build.
What is here already, wherever its file is now, is never written again. Nothing is written here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from rehab.authoring.import_posts.file import key_of, render_file, title_of
from rehab.authoring.import_posts.items import LONGEST_TEXT
from rehab.authoring.import_posts.letters import escape_text
from rehab.authoring.import_posts.markdown import Ways, render_markdown
from rehab.authoring.import_posts.naming import addresses_of, name_drafts, redirect_drafts
from rehab.authoring.import_posts.outcomes import Draft, Plan
from rehab.authoring.import_posts.pictures import is_picture, wanted_pictures
from rehab.authoring.import_posts.placed import alts_of, finish_picture, place_pictures
from rehab.authoring.import_posts.suggest import names_in, render_suggestions
from rehab.authoring.import_posts.text import clean_text

if TYPE_CHECKING:
    from rehab.authoring.import_posts.items import Export, Old
    from rehab.authoring.import_posts.outcomes import Around, Outcome
    from rehab.authoring.import_posts.ways import Addresses


def find_wanted(export: Export) -> tuple[tuple[str, str], ...]:
    """Return the addresses of all pictures that the posts and pages of an export show, each once.

    With each comes the folder of its text, for addresses relative to it.
    """
    wanted: dict[tuple[str, str], None] = {}
    for old in export.items:
        if old.kind in {"post", "page"} and not old.why and len(old.body) <= LONGEST_TEXT:
            for source, around in wanted_pictures(clean_text(old, export).html):
                wanted[around if is_picture(around) else source, old.folder] = None
    return tuple(wanted)


def plan_posts(export: Export, around: Around) -> Plan:
    """Return what becomes of each item of an export."""
    drafts = [_draft(old, export) for old in export.items]
    name_drafts(drafts, around.present)
    redirect_drafts(drafts, around)
    addresses = addresses_of(drafts, export)
    used: set[str] = set()
    outcomes = {draft.old.number: _finish(draft, export, around, addresses, used) for draft in drafts}
    for draft in drafts:
        if draft.old.kind == "picture":
            outcomes[draft.old.number] = finish_picture(draft, around, used)
    return Plan(
        format=export.format,
        outcomes=tuple(outcomes[draft.old.number] for draft in drafts),
        fault=export.fault,
        notes=export.notes,
    )


def _draft(old: Old, export: Export) -> Draft:
    """Decide on an item by itself."""
    if old.kind == "unknown":
        return Draft(old, "not understood", old.why)
    if old.why or old.kind in {"other", "picture"}:
        return Draft(old, "skipped", old.why)
    if len(old.body) > LONGEST_TEXT:
        return Draft(old, "not understood", f"its text has more than {LONGEST_TEXT:,} characters")
    mark = key_of(old, export.format, export.base)
    if old.status == "locked":
        return Draft(old, "held", "it was protected by a password, or private: in the inbox, not on the site", mark)
    return Draft(old, "imported", "", mark)


def _finish(draft: Draft, export: Export, around: Around, addresses: Addresses, used: set[str]) -> Outcome:
    if not draft.slug or draft.verdict not in {"imported", "held"}:
        return draft.outcome()
    cleaned = clean_text(draft.old, export)
    files, shown = place_pictures(draft, cleaned, around.media)
    used |= {name for name, _ in files}
    ways = Ways(
        shown=lambda source, link: shown.get(link) or shown.get(source, ""),
        ours=lambda href: addresses.ours(href, draft.old.folder),
        whole=addresses.whole,
        alts=alts_of(export),
    )
    body, remarks = render_markdown(cleaned.html, ways)
    suggestions = (
        render_suggestions(body, around.known, escape_text(draft.old.question)) if draft.old.kind == "post" else ()
    )
    mark = f"# imported from {export.format}: {draft.mark}; with this line, a second import leaves it alone"
    remarks = (*draft.remarks, *_lacks(draft.old), *draft.old.remarks, *cleaned.remarks, *remarks)
    if suggestions:
        remarks += (f"suggested for you to confirm: {', '.join(names_in(suggestions))}",)
    text = render_file(draft.old, body, mark, draft.redirects, suggestions)
    return replace(draft.outcome(), path=draft.path, text=text, files=files, remarks=remarks)


def _lacks(old: Old) -> tuple[str, ...]:
    said = {"it has no title": not title_of(old) or title_of(old) == "Untitled", "it has no date": old.date is None}
    return tuple(words for words, is_so in said.items() if is_so and (old.kind == "post" or "title" in words))
