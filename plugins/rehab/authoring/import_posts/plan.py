"""An export → what becomes of each of its items: a file to write, one to hold back, or none, and why.

In: the export, what the site has, which pictures were given. Out: one `Outcome` for each item, in the file's order.
What was public or a draft goes into the content; what was protected or private into the inbox, outside every build.
What is here already, wherever its file is now, is never written again. Nothing is written here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from rehab.authoring.import_posts.detect import FOLDERS
from rehab.authoring.import_posts.file import clean_term, key_of, render_file, title_of
from rehab.authoring.import_posts.items import LONGEST_TEXT
from rehab.authoring.import_posts.letters import escape_text
from rehab.authoring.import_posts.markdown import Ways, render_markdown
from rehab.authoring.import_posts.pictures import Media, file_name, is_picture, larger, wanted_pictures
from rehab.authoring.import_posts.slugs import Present, free_slug, old_address, wanted_slug
from rehab.authoring.import_posts.suggest import Known, names_in, render_suggestions
from rehab.authoring.import_posts.text import Cleaned, clean_text
from rehab.authoring.import_posts.ways import Addresses, address_key
from rehab.model.slug import slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rehab.authoring.import_posts.items import Export, Old
    from rehab.site.options import Options

Verdict: TypeAlias = Literal["imported", "held", "skipped", "not understood"]
VERDICTS: Final[tuple[Verdict, ...]] = ("imported", "held", "skipped", "not understood")
PRESENT: Final = "it is here already"
INBOX: Final = "inbox/posts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of one item. `path` is that of its file: below the content folder, or `inbox/posts/…` beside it.

    `files` are its pictures: the name of the file that was given, and where it goes (as `path`).
    """

    number: int
    line: int
    what: str
    shown: str
    verdict: Verdict
    reason: str = ""
    path: str = ""
    text: str = ""
    files: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    slug: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An outcome for each item, in the file's order; and what the reader of the file had to say."""

    format: str
    outcomes: tuple[Outcome, ...]
    fault: str = ""
    notes: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """Return how many items have a verdict."""
        return sum(outcome.verdict == verdict for outcome in self.outcomes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What an import goes into: what is there, the names that things go by, the site's addresses; and the pictures."""

    present: Present
    known: Known
    options: Options
    media: Media = field(default_factory=Media)


@dataclass(slots=True)
class _Draft:
    """An item on its way."""

    old: Old
    verdict: Verdict
    reason: str = ""
    mark: str = ""
    slug: str = ""
    redirects: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


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
    _name(drafts, around)
    _redirect(drafts, around)
    addresses = _addresses(drafts, export)
    used: set[str] = set()
    outcomes = {draft.old.number: _finish(draft, export, around, addresses, used) for draft in drafts}
    for draft in drafts:
        if draft.old.kind == "picture":
            outcomes[draft.old.number] = _picture(draft, around, used)
    return Plan(
        format=export.format,
        outcomes=tuple(outcomes[draft.old.number] for draft in drafts),
        fault=export.fault,
        notes=export.notes,
    )


def _draft(old: Old, export: Export) -> _Draft:
    """Decide on an item by itself."""
    if old.kind == "unknown":
        return _Draft(old, "not understood", old.why)
    if old.why or old.kind in {"other", "picture"}:
        return _Draft(old, "skipped", old.why)
    if len(old.body) > LONGEST_TEXT:
        return _Draft(old, "not understood", f"its text has more than {LONGEST_TEXT:,} characters")
    mark = key_of(old, export.format, export.base)
    if old.status == "locked":
        return _Draft(old, "held", "it was protected by a password, or private: in the inbox, not on the site", mark)
    return _Draft(old, "imported", "", mark)


def _name(drafts: Sequence[_Draft], around: Around) -> None:
    """Give each item to be written a slug, and leave out what is here already or stands in the file twice."""
    present = around.present
    taken = {
        kind: {key.partition("/")[2] for key in present.slugs if key.startswith(kind)} for kind in ("post", "page")
    }
    taken["page"] |= {url for url in present.urls if "/" not in url} | {"drafts", "tags", "images", "theme", "feeds"}
    terms = dict(present.terms)
    seen: dict[str, Old] = {}
    for draft in drafts:
        if not draft.mark:
            continue
        first = seen.get(draft.mark)
        if first and (first.title, first.body) == (draft.old.title, draft.old.body):
            draft.verdict, draft.reason, draft.mark = (
                "skipped",
                f"it stands in the file twice (item {first.number})",
                "",
            )
            continue
        while draft.mark in seen:
            head, _, number = draft.mark.partition("-")
            draft.mark = f"{head}-{int(number or 1) + 1}"
        seen[draft.mark] = draft.old
        draft.old = _with_terms(draft.old, terms)
        if draft.mark in present.marks:
            draft.verdict, draft.reason = "skipped", f"{PRESENT}: {present.marks[draft.mark]}"
            path = present.marks[draft.mark]
            draft.slug = "" if path.startswith(f"{INBOX}/") else _slug_of(path)
            continue
        wanted = wanted_slug(draft.old)
        draft.slug = free_slug(wanted, taken[draft.old.kind])
        taken[draft.old.kind].add(draft.slug.casefold())
        if draft.slug != wanted:
            draft.remarks += (f"its name '{wanted}' is taken: it is called '{draft.slug}' here",)


def _slug_of(path: str) -> str:
    *_, folder, name = ("", *path.split("/"))
    return folder if name.startswith("index.") else name.rpartition(".")[0]


def _with_terms(old: Old, terms: dict[str, str]) -> Old:
    """Spell each category and tag as the first that has the same slug, for both would share one page."""

    def spelt(words: tuple[str, ...]) -> tuple[str, ...]:
        clean = (clean_term(word) for word in words)
        return tuple(dict.fromkeys(terms.setdefault(slugify(word), word) for word in clean if slugify(word)))

    return replace(old, categories=spelt(old.categories), tags=spelt(old.tags))


def _redirect(drafts: Sequence[_Draft], around: Around) -> None:
    """Give each public item the old addresses that may lead to it; each address leads to one page."""
    present = around.present
    owned = {*present.urls, *present.moved}
    owned |= {_new_url(draft, around).strip("/") for draft in drafts if draft.slug}
    for draft in drafts:
        if draft.verdict != "imported" or draft.old.status != "published":
            continue
        found: list[str] = []
        for url in (draft.old.url, *draft.old.urls):
            address = old_address(url, _new_url(draft, around)) if url else None
            if address and address_key(address) not in owned and address.strip("/").casefold() not in owned:
                owned |= {address_key(address), address.strip("/").casefold()}
                found.append(address)
        draft.redirects = tuple(found)


def _new_url(draft: _Draft, around: Around) -> str:
    return around.options.url(draft.old.kind, draft.slug)


def _addresses(drafts: Sequence[_Draft], export: Export) -> Addresses:
    """Return where links to old addresses lead now: to what is on the site, or will be."""
    ours: dict[str, str] = {}
    for draft in drafts:
        if draft.slug and draft.old.status == "published" and draft.verdict in {"imported", "skipped"}:
            file = PurePosixPath(draft.old.id) if export.format in FOLDERS else PurePosixPath()
            for url in (draft.old.url, *draft.old.urls, file.as_posix(), file.stem, "/".join(file.parts[1:])):
                if url.strip("./"):
                    ours.setdefault(address_key(url), f"{draft.old.kind}:{draft.slug}")
    return Addresses.of(ours, export.base, [draft.old.url for draft in drafts])


def _finish(draft: _Draft, export: Export, around: Around, addresses: Addresses, used: set[str]) -> Outcome:
    if not draft.slug or draft.verdict not in {"imported", "held"}:
        return _outcome(draft)
    cleaned = clean_text(draft.old, export)
    files, shown = _place_pictures(draft, cleaned, around.media)
    used |= {name for name, _ in files}
    ways = Ways(
        shown=lambda source, link: shown.get(link) or shown.get(source, ""),
        ours=lambda href: addresses.ours(href, draft.old.folder),
        whole=addresses.whole,
        alts=_alts(export),
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
    return replace(_outcome(draft), path=_path(draft), text=text, files=files, remarks=remarks)


def _lacks(old: Old) -> tuple[str, ...]:
    said = {"it has no title": not title_of(old) or title_of(old) == "Untitled", "it has no date": old.date is None}
    return tuple(words for words, is_so in said.items() if is_so and (old.kind == "post" or "title" in words))


def _path(draft: _Draft) -> str:
    if draft.verdict == "held":
        return f"{INBOX}/{draft.slug}/index.md"
    return f"posts/{draft.slug}/index.md" if draft.old.kind == "post" else f"pages/{draft.slug}.md"


def _place_pictures(
    draft: _Draft, cleaned: Cleaned, media: Media
) -> tuple[tuple[tuple[str, str], ...], Mapping[str, str]]:
    """Return which given files a text shows and where they go, and by address what the text calls them."""
    folder, prefix = _picture_folder(draft)
    files: dict[str, str] = {}
    shown: dict[str, str] = {}
    taken: set[str] = set()
    for source, around in wanted_pictures(cleaned.html):
        for address in (around if is_picture(around) else "", source):
            name = media.find(address, draft.old.folder) if address else ""
            if name:
                files[name] = files.get(name) or file_name(name, taken)
                shown[source] = f"{prefix}{files[name]}"
                break
    return tuple((name, f"{folder}/{file}") for name, file in files.items()), shown


def _picture_folder(draft: _Draft) -> tuple[str, str]:
    if draft.old.kind == "page" and draft.verdict == "imported":
        return f"pages/images/{draft.slug}", f"images/{draft.slug}/"
    return _path(draft).rpartition("/")[0], ""


def _alts(export: Export) -> Callable[[str], tuple[str, str]]:
    known = {address_key(each.url): (each.alt, each.caption) for each in export.pictures.values() if each.url}
    return lambda source: known.get(address_key(source)) or known.get(address_key(larger(source)), ("", ""))


def _picture(draft: _Draft, around: Around, used: set[str]) -> Outcome:
    """Decide on a picture that an export lists: it comes with the text that shows it."""
    if draft.old.why or not is_picture(draft.old.url):
        reason = draft.old.why or "it is no picture: put the file into the content yourself if you need it"
        return replace(_outcome(draft), verdict="skipped", reason=reason)
    name = around.media.find(draft.old.url)
    if name and name in used:
        return replace(_outcome(draft), verdict="imported", reason="with the text that shows it")
    reason = "no text that is written now shows it" if name else "its file was not given: name a folder with --media"
    return replace(_outcome(draft), verdict="skipped" if name else "held", reason=reason)


def _outcome(draft: _Draft) -> Outcome:
    return Outcome(
        number=draft.old.number,
        line=draft.old.line,
        what=draft.old.what,
        shown=title_of(draft.old) if draft.old.title.strip() else draft.old.url[:200] or f"item {draft.old.number}",
        verdict=draft.verdict,
        remarks=draft.remarks,
        slug=draft.slug if draft.old.kind == "post" and draft.verdict != "held" else "",
        reason=draft.reason,
        thread=draft.old.thread,
    )
