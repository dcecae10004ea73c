"""The pictures of an export → where each goes, and what the text that shows it calls it.

In: an item on its way, its cleaned text, the pictures that were given. Out: names of files and of places. A picture
comes with the text that shows it; one that nothing shows stays where it is, and the report says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from rehab.authoring.import_posts.pictures import file_name, is_picture, larger, wanted_pictures
from rehab.authoring.import_posts.ways import address_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rehab.authoring.import_posts.items import Export
    from rehab.authoring.import_posts.outcomes import Around, Draft, Outcome
    from rehab.authoring.import_posts.pictures import Media
    from rehab.authoring.import_posts.text import Cleaned


def place_pictures(
    draft: Draft, cleaned: Cleaned, media: Media
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


def _picture_folder(draft: Draft) -> tuple[str, str]:
    if draft.old.kind == "page" and draft.verdict == "imported":
        return f"pages/images/{draft.slug}", f"images/{draft.slug}/"
    return draft.path.rpartition("/")[0], ""


def alts_of(export: Export) -> Callable[[str], tuple[str, str]]:
    """Return what gives, for a picture's address, its alt text and its caption as the export has them."""
    known = {address_key(each.url): (each.alt, each.caption) for each in export.pictures.values() if each.url}
    return lambda source: known.get(address_key(source)) or known.get(address_key(larger(source)), ("", ""))


def finish_picture(draft: Draft, around: Around, used: set[str]) -> Outcome:
    """Decide on a picture that an export lists: it comes with the text that shows it."""
    if draft.old.why or not is_picture(draft.old.url):
        reason = draft.old.why or "it is no picture: put the file into the content yourself if you need it"
        return replace(draft.outcome(), verdict="skipped", reason=reason)
    name = around.media.find(draft.old.url)
    if name and name in used:
        return replace(draft.outcome(), verdict="imported", reason="with the text that shows it")
    reason = "no text that is written now shows it" if name else "its file was not given: name a folder with --media"
    return replace(draft.outcome(), verdict="skipped" if name else "held", reason=reason)
