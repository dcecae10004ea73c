"""The table of redirects → the forms that servers and hosts read, and pages that redirect by themselves.

In: `Redirect`s. Out: texts. Pages ("stubs") answer wherever nothing but files is served; `_redirects` is read by
Netlify and Cloudflare, `.htaccess` by Apache; nginx and Caddy have theirs in their own configuration.
"""

from __future__ import annotations

import re
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rehab.site.redirects import Redirect
    from rehab.source.problem import Problems

STUB: Final = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>This page has moved</title>
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{canonical}">
</head>
<body>
<p>This page has moved: <a href="{target}">{target}</a></p>
</body>
</html>
"""


def stub_file(redirect: Redirect) -> str:
    """Return the file that a server of files reads at an old address, or "" where only the query tells it apart."""
    path = unquote(redirect.old).lstrip("/")
    if redirect.query or not path:
        return ""
    last = path.rpartition("/")[2]
    return path if re.search(r"\.html?$", last) else f"{path.rstrip('/')}/index.html"


def render_stubs(redirects: Iterable[Redirect], site_url: str, language: str) -> dict[str, str]:
    """Return the pages that redirect, by their file below the site's folder."""
    stubs = {}
    for redirect in redirects:
        if file := stub_file(redirect):
            target, canonical = target_of(redirect, site_url), complete(redirect, site_url)
            words = {"language": language, "target": target, "canonical": canonical}
            stubs[file] = STUB.format(**{name: escape(value) for name, value in words.items()})
    return stubs


def target_of(redirect: Redirect, site_url: str) -> str:
    """Return where a redirect leads, from the root of its server: `/blog/posts/x/`."""
    return redirect.new if "://" in redirect.new else f"{root_of(site_url)}/{redirect.new}"


def complete(redirect: Redirect, site_url: str) -> str:
    """Return where a redirect leads, with the site's own address."""
    return redirect.new if "://" in redirect.new else f"{site_url}/{redirect.new}"


def root_of(site_url: str) -> str:
    """Return the path of a site's address: empty, or `/blog`."""
    return urlsplit(site_url).path.rstrip("/")


def check_stubs(files: Iterable[str], redirects: Iterable[Redirect]) -> Problems:
    """Report each old address whose page would stand where the site has a file, or a folder where it has a file."""
    taken = set(files)
    folders = {parent for file in taken for parent in _parents(file)}
    found = []
    for redirect in redirects:
        file = stub_file(redirect)
        if file and (file in taken or file in folders or taken.intersection(_parents(file))):
            message = f"the old address '{redirect.whole}' is a file of the site now"
            found.append(Problem("bad-redirect", redirect.place, message, "take it out"))
    return tuple(found)


def _parents(file: str) -> list[str]:
    parts = file.split("/")[:-1]
    return ["/".join(parts[: length + 1]) for length in range(len(parts))]


def render_netlify(redirects: Iterable[Redirect], site_url: str, *, forced: bool = False) -> str:
    """Return the text of `_redirects`. Netlify lets a page stand before a redirect unless that is `forced`."""
    code = "301!" if forced else "301"
    root = root_of(site_url)
    rows = []
    for redirect in redirects:
        query = " ".join(redirect.query.split("&")) + " " if redirect.query else ""
        rows.append(f"{root}{redirect.old} {query}{target_of(redirect, site_url)} {code}\n")
    return "".join(rows)


def render_cloudflare(redirects: Iterable[Redirect], site_url: str) -> str:
    """Return the text of `_redirects` as Cloudflare reads it, which knows no queries."""
    return render_netlify((each for each in redirects if not each.query), site_url)


def render_apache(redirects: Iterable[Redirect], site_url: str) -> str:
    """Return the text of `.htaccess`. Queries need mod_rewrite, the rest mod_alias, which is always there."""
    root, plain, queried = root_of(site_url), [], []
    for redirect in redirects:
        target = target_of(redirect, site_url)
        if redirect.query:
            queried.append(f'RewriteCond %{{QUERY_STRING}} "^{re.escape(redirect.query)}$"\n')
            inside = unquote(redirect.old).lstrip("/")
            queried.append(f'RewriteRule "^{re.escape(inside)}$" "{target}?" [R=301,L]\n')
        else:
            path = re.escape(unquote(f"{root}{redirect.old}").rstrip("/"))
            plain.append(f'RedirectMatch 301 "^{path}/?$" "{target}"\n')
    rewriting = ["<IfModule mod_rewrite.c>\n", "RewriteEngine On\n", *queried, "</IfModule>\n"] if queried else []
    return "".join([*plain, *rewriting])


def render_nginx(redirects: Iterable[Redirect], site_url: str) -> str:
    """Return a map for nginx's `http { }`; `server { }` has one line with `$comeback_moved` then."""
    root = root_of(site_url)
    rows = [f'  "{root}{each.whole}" "{target_of(each, site_url)}";\n' for each in redirects]
    lead = "# In http { }. In server { }: if ($comeback_moved) { return 301 $comeback_moved; }\n"
    return f'{lead}map_hash_bucket_size 1024;\nmap $request_uri $comeback_moved {{\n  default "";\n{"".join(rows)}}}\n'


def render_caddy(redirects: Iterable[Redirect], site_url: str) -> str:
    """Return lines for a site of a Caddyfile."""
    root, rows = root_of(site_url), []
    for number, redirect in enumerate(redirects, start=1):
        target = target_of(redirect, site_url)
        if redirect.query:
            rows.append(f"@moved{number} {{\n  path {root}{redirect.old}\n  query {redirect.query}\n}}\n")
            rows.append(f"redir @moved{number} {target} permanent\n")
        else:
            rows.append(f"redir {unquote(root + redirect.old)} {target} permanent\n")
    return "".join(rows)


FORMS: Mapping[str, Callable[[Iterable[Redirect], str], str]] = MappingProxyType(
    {
        "netlify": render_netlify,
        "cloudflare": render_cloudflare,
        "apache": render_apache,
        "nginx": render_nginx,
        "caddy": render_caddy,
    }
)
"""Every form but the pages, by the name of what reads it."""


def redirect_files(redirects: tuple[Redirect, ...], site_url: str, language: str, kinds: set[str]) -> dict[str, str]:
    """Return every file that redirects and belongs into the site's folder, for the kinds of targets it goes to."""
    if not redirects:
        return {}
    forced = "netlify" in kinds and "cloudflare" not in kinds
    text = render_cloudflare(redirects, site_url)
    return {
        **render_stubs(redirects, site_url, language),
        "_redirects": render_netlify(redirects, site_url, forced=True) if forced else text,
        ".htaccess": render_apache(redirects, site_url),
    }
