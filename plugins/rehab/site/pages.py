"""The door to the views: one function for each kind of page, `(site, slug) → view`.

The views themselves are described in `views`, `views_post` and `views_body`; they are made in the `show_*` modules.
"""

from __future__ import annotations

from rehab.site.photo_rows import rows_of
from rehab.site.search.build import search_index, search_view
from rehab.site.show.bib import bib_view
from rehab.site.show.browse import exercise_list, exercise_lists
from rehab.site.show.charts import dose_charts
from rehab.site.show.dose import dose_words
from rehab.site.show.exercise import exercise_view
from rehab.site.show.glossary import glossary_list, marks_for, short_words
from rehab.site.show.home import home_view
from rehab.site.show.host import host_of, hosts_on, thread_page_views
from rehab.site.show.injury import injury_view, treatment_view
from rehab.site.show.lists import (
    injury_list,
    list_crumbs,
    list_title,
    period_title,
    program_list,
    treatment_list,
)
from rehab.site.show.page import page_view
from rehab.site.show.photos import gallery_list, gallery_view, groups_of, photo_views, pictures_in
from rehab.site.show.post import post_view
from rehab.site.show.post_card import forget_cards, post_card
from rehab.site.show.posts_about import posts_about_pages
from rehab.site.show.program import program_view
from rehab.site.show.region import region_view
from rehab.site.show.share import card_view, shared_by
from rehab.site.show.small import picture_view
from rehab.site.show.thread import thread_view

__all__ = [
    "bib_view",
    "card_view",
    "dose_charts",
    "dose_words",
    "exercise_list",
    "exercise_lists",
    "exercise_view",
    "forget_cards",
    "gallery_list",
    "gallery_view",
    "glossary_list",
    "groups_of",
    "home_view",
    "host_of",
    "hosts_on",
    "injury_list",
    "injury_view",
    "list_crumbs",
    "list_title",
    "marks_for",
    "page_view",
    "period_title",
    "photo_views",
    "picture_view",
    "pictures_in",
    "post_card",
    "post_view",
    "posts_about_pages",
    "program_list",
    "program_view",
    "region_view",
    "rows_of",
    "search_index",
    "search_view",
    "shared_by",
    "short_words",
    "thread_page_views",
    "thread_view",
    "treatment_list",
    "treatment_view",
]
