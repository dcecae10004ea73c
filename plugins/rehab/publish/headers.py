"""The table of header fields → the forms that servers and hosts read.

In: the paths of a built site's files, and its address. Out: texts. `_headers` is read by Netlify and Cloudflare,
`.htaccess` by Apache; nginx and Caddy have theirs in their own configuration.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rehab.publish.redirects import root_of
from rehab.site.headers import FIELDS, LASTING, OF_MANIFEST, OF_PAGES, OF_WORKER
from rehab.site.offline import MANIFEST, WORKER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

SHARED: Final = ("images", "feeds", "theme")
"""Folders of what other sites may show: pictures, feeds, the icon."""
MOST: Final = 90
"""Folders with rules of their own in `_headers`: Cloudflare reads 100 rules."""


def page_folders(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the patterns of the addresses of pages, from the paths of a site's files: `/`, `/404.html`, `/posts/*`."""
    pages = sorted({path.partition("/")[0] for path in paths if path.endswith(".html")} - set(SHARED))
    patterns = (f"/{name}" if name.endswith(".html") else f"/{name}/*" for name in pages if name != "index.html")
    return ("/", *patterns)[:MOST]


def render_netlify(folders: Iterable[str], root: str) -> str:
    """Return the text of `_headers`. Fields of rules that fit the same address add up, so none is in two of them."""
    single = [("/images/*", LASTING), (f"/{WORKER}", OF_WORKER), (f"/{MANIFEST}", OF_MANIFEST)]
    rules = [("/*", FIELDS), *((each, OF_PAGES) for each in folders), *single]
    return "".join(f"{root}{path}\n{_lines(fields, '  {}: {}')}" for path, fields in rules)


def render_apache(folders: Iterable[str], root: str) -> str:
    """Return the text for `.htaccess`; without mod_headers, Apache passes over it."""
    del folders
    line = '  Header always set {} "{}"'
    pictures = f'  <If "%{{REQUEST_URI}} =~ m#^{root}/images/#">\n'
    return (
        f"<IfModule mod_headers.c>\n{_lines(FIELDS, line)}"
        f'  <FilesMatch "\\.html$">\n{_lines(OF_PAGES, "  " + line)}  </FilesMatch>\n'
        f"{pictures}{_lines(LASTING, '  ' + line)}  </If>\n"
        f"  <If \"%{{REQUEST_URI}} == '{root}/{WORKER}'\">\n{_lines(OF_WORKER, '  ' + line)}  </If>\n"
        f'  <Files "{MANIFEST}">\n    ForceType {OF_MANIFEST["Content-Type"]}\n  </Files>\n</IfModule>\n'
    )


def render_nginx(folders: Iterable[str], root: str) -> str:
    """Return two maps for `http { }` and the lines for `server { }`. A field without a value is not sent."""
    del folders
    kept = [(f'"~^{root}/images/"', LASTING), (f'"{root}/{WORKER}"', OF_WORKER)]
    rows = [
        ("pages", "$sent_http_content_type", [('"~^text/html"', OF_PAGES)], "Cross-Origin-Resource-Policy"),
        ("kept", "$uri", kept, "Cache-Control"),
    ]
    maps = "".join(
        f'map {given} $comeback_{name} {{\n  default "";\n'
        + "".join(f'  {pattern} "{fields[field]}";\n' for pattern, fields in some)
        + "}\n"
        for name, given, some, field in rows
    )
    some = {field: f"$comeback_{name}" for name, _, _, field in rows}
    served = _lines({**FIELDS, **some}, 'add_header {} "{}" always;')
    return (
        f"# In http {{ }}, and 'application/manifest+json webmanifest;' in its types {{ }}:\n{maps}"
        f"# In server {{ }}. A location with an add_header of its own loses these: repeat them there.\n{served}"
    )


def render_caddy(folders: Iterable[str], root: str) -> str:
    """Return lines for a site of a Caddyfile."""
    del folders
    line = '  {} "{}"'
    return (
        f"header {{\n{_lines(FIELDS, line)}}}\n"
        f"@pages path */ *.html\nheader @pages {{\n{_lines(OF_PAGES, line)}}}\n"
        f"header {root}/images/* {{\n{_lines(LASTING, line)}}}\n"
        f"header {root}/{WORKER} {{\n{_lines(OF_WORKER, line)}}}\n"
        f"header {root}/{MANIFEST} {{\n{_lines(OF_MANIFEST, line)}}}\n"
    )


def _lines(fields: Mapping[str, str], form: str) -> str:
    return "".join(form.format(name, value) + "\n" for name, value in fields.items())


FORMS: Mapping[str, Callable[[Iterable[str], str], str]] = MappingProxyType(
    {
        "netlify": render_netlify,
        "cloudflare": render_netlify,
        "apache": render_apache,
        "nginx": render_nginx,
        "caddy": render_caddy,
    }
)
"""Every form by the name of what reads it."""


def render_headers(form: str, site_url: str, paths: Iterable[str]) -> str:
    """Return the fields for a built site in one form."""
    return FORMS[form](page_folders(paths), root_of(site_url))


def header_files(site_url: str, paths: Iterable[str], redirects: Mapping[str, str]) -> dict[str, str]:
    """Return the files that belong into the site's folder; `.htaccess` with the redirects that it has already."""
    paths = tuple(paths)
    apache = redirects.get(".htaccess", "") + render_headers("apache", site_url, paths)
    return {"_headers": render_headers("netlify", site_url, paths), ".htaccess": apache}
