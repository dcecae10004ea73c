"""Settings of the demo blog while it is being written. `publishconf.py` adds what the web needs.

Every setting is Pelican's own but those that begin with `REHAB_`; see `docs/reference/settings.md`.
"""

SITENAME = "Comeback"
SITESUBTITLE = "Running, rehab, and what helped"
SITEURL = "http://localhost:8000"
TIMEZONE = "UTC"
LOCALE = ["C"]  # no page depends on the machine's language, so none must be installed
DEFAULT_LANG = "en"
WITH_FUTURE_DATES = False  # a post waits for its day; until then a preview has it under drafts/

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["rehab"]

# Posts lie in posts/; a file anywhere else outside our other folders is a post too, as Pelican has it.
ARTICLE_PATHS = [""]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["extra"]
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = "Running"

# One address for each thing, without a file name in it.
ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = "posts/{slug}/index.html"
ARTICLE_LANG_URL = "posts/{slug}-{lang}/"
ARTICLE_LANG_SAVE_AS = "posts/{slug}-{lang}/index.html"
DRAFT_URL = "drafts/{slug}/"
DRAFT_SAVE_AS = "drafts/{slug}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
DRAFT_PAGE_URL = "drafts/pages/{slug}/"
DRAFT_PAGE_SAVE_AS = "drafts/pages/{slug}/index.html"
ARCHIVES_URL = "posts/"
ARCHIVES_SAVE_AS = "posts/index.html"
INDEX_URL = ""
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
TAGS_URL = "tags/"
TAGS_SAVE_AS = "tags/index.html"
CATEGORY_URL = "categories/{slug}/"
CATEGORY_SAVE_AS = "categories/{slug}/index.html"
CATEGORIES_URL = "categories/"
CATEGORIES_SAVE_AS = "categories/index.html"
AUTHOR_URL = "authors/{slug}/"
AUTHOR_SAVE_AS = "authors/{slug}/index.html"
AUTHORS_URL = "authors/"
AUTHORS_SAVE_AS = "authors/index.html"
DIRECT_TEMPLATES = ["index", "archives", "tags", "categories", "authors"]
DEFAULT_PAGINATION = 12

FEED_DOMAIN = SITEURL
FEED_ALL_ATOM = "feeds/atom.xml"
CATEGORY_FEED_ATOM = "feeds/categories/{slug}.atom.xml"
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

REHAB_COMMENTS_MAIL = "comments@comeback.example"  # an address of the demo's; nobody reads what is sent there

MARKDOWN = {
    "extensions": ["markdown.extensions.extra", "markdown.extensions.toc", "markdown.extensions.sane_lists"],
    "extension_configs": {"markdown.extensions.toc": {"permalink": False}},
    "output_format": "html",
}


def _environment() -> dict:
    """Return Jinja's settings: everything is escaped, and a name that nobody gives is an error."""
    from jinja2 import StrictUndefined  # noqa: PLC0415 - Pelican takes every name here for a setting

    return {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}


JINJA_ENVIRONMENT = _environment()
