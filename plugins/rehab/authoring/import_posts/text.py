"""The text of one old item → clean HTML, whatever form it had. The border: behind it nothing is a stranger's markup."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, NamedTuple

from rehab.authoring.import_posts.files_text import read_markdown_text
from rehab.authoring.import_posts.wordpress_text import read_wordpress_text, show_code
from rehab.comments.author_html import clean_author_html, render_text

if TYPE_CHECKING:
    from rehab.authoring.import_posts.items import Export, Old


class Cleaned(NamedTuple):
    """The clean HTML of an item's text, and what was done on the way."""

    html: str
    remarks: tuple[str, ...]


def clean_text(old: Old, export: Export) -> Cleaned:
    """Return an item's text as clean HTML, its featured picture above it unless the text shows it anyway."""
    if old.form == "wordpress":
        raw, remarks = read_wordpress_text(old.body, export.pictures)
    elif old.form == "markdown":
        raw, remarks = read_markdown_text(old.body)
    else:
        raw, remarks = show_code(old.body)
    if old.featured and old.featured not in old.body:
        raw = f'<figure><img src="{html.escape(old.featured)}"></figure>\n{raw}'
    cleaned = clean_author_html(raw)
    if cleaned is None:
        return Cleaned(render_text(old.body), (*remarks, "its HTML is built to do harm: kept as plain text"))
    return Cleaned(cleaned, remarks)
