"""Views → schema.org data (JSON-LD), one graph for each page.

In: a site and the view (or the slug) of a page. Out: plain dicts; `render_structured` makes them text for a `<script>`.
Says nothing that the page does not say: no date that is not stated, no person for a comment without a name, no
review that did not happen, no treatment as advice unless a source or a clinician says so.
"""

from __future__ import annotations

from rehab.site.structured.document import graph_of, render_structured
from rehab.site.structured.exercise import for_exercise, for_program
from rehab.site.structured.injury import for_injury, for_region, for_treatment
from rehab.site.structured.lists import (
    for_exercises,
    for_gallery,
    for_home,
    for_list,
    for_names,
    for_own_page,
    for_photo,
    for_posts,
)
from rehab.site.structured.post import for_page, for_post
from rehab.site.structured.thread import for_thread_page

__all__ = [
    "for_exercise", "for_exercises", "for_gallery", "for_home", "for_injury", "for_list", "for_names", "for_own_page",
    "for_page", "for_photo", "for_post", "for_posts", "for_program", "for_region", "for_thread_page", "for_treatment",
    "graph_of", "render_structured",
]  # fmt: skip
