"""`rehab redirects`: show the table of old addresses, in the words of a server, and what git says has moved."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from rehab.cli.exits import CONFIGURATION, CONTENT, OK
from rehab.cli.project import PUBLISH_SETTINGS, SETTINGS, content_folder, read_assigned, read_literal, settings_fault
from rehab.cli.show import complain, counted, say, show_report
from rehab.source.report import visible

if TYPE_CHECKING:
    from rehab.site.site import Site

FORMS = ("list", "netlify", "cloudflare", "apache", "nginx", "caddy")
"""Those of `rehab.publish.redirects.FORMS`, which `rehab --help` does not wait for, and a plain list."""


@click.command()
@click.option("--for", "form", default="list", type=click.Choice(FORMS), help="Whose words to use.")
@click.option("--moved", is_flag=True, help="Show instead what has moved, says git, and keeps no old address.")
def redirects(form: str, *, moved: bool) -> int:
    """Show where old addresses lead.

    They are those of `redirect_from` in pages, and those of REHAB_REDIRECTS in pelicanconf.py.
    """
    if reason := settings_fault(SETTINGS):
        return complain(reason, CONFIGURATION)
    from rehab.compile import compile_site  # noqa: PLC0415 - `rehab --help` needs none of it
    from rehab.site.options import Options  # noqa: PLC0415 - as above

    url = read_assigned(PUBLISH_SETTINGS, "SITEURL", default="") or read_assigned(SETTINGS, "SITEURL", default="")
    try:
        table = read_literal(PUBLISH_SETTINGS, "REHAB_REDIRECTS") or read_literal(SETTINGS, "REHAB_REDIRECTS") or {}
    except ValueError as wrong:
        return complain(str(wrong), CONFIGURATION)
    if not isinstance(table, dict):
        return complain('REHAB_REDIRECTS is no table: write {"/old/": "/new/"}', CONFIGURATION)
    options = Options(site_url=url, redirects={str(old): str(new) for old, new in table.items()})
    site, _ = compile_site(content_folder(SETTINGS), options, shown=False)
    return show_moved(site) if moved else show_table(site, form)


def show_table(site: Site, form: str) -> int:
    """Print the table in one form; return the exit code."""
    from rehab.publish.redirects import FORMS as RENDERED  # noqa: PLC0415 - as above
    from rehab.site.redirects import redirects_of  # noqa: PLC0415 - as above

    found, problems = redirects_of(site)
    show_report(problems, content_folder(SETTINGS).parent)
    if problems:
        return CONTENT
    if form == "list":
        say(
            "\n".join(f"{each.whole} → {each.new if '://' in each.new else f'/{each.new}'}" for each in found) or "none"
        )
    else:
        sys.stdout.write(RENDERED[form](found, site.options.site_url))
    return OK


def show_moved(site: Site) -> int:
    """Print what git says has moved and keeps no old address."""
    from rehab.publish.moved import offers_of, read_moves  # noqa: PLC0415 - as above

    offers = offers_of(site, read_moves(content_folder(SETTINGS)))
    for offer in offers:
        say(visible(f"{offer.old} is {offer.new} now; write {offer.words}"))
    say(
        f"{counted(len(offers), 'page')} moved without a redirect" if offers else "no page has moved without a redirect"
    )
    return OK
