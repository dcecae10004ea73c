"""`rehab explain`: what a code in a report means, and how to mend it."""

from __future__ import annotations

import click

from rehab.cli.exits import CONFIGURATION, OK
from rehab.cli.show import complain, say


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> int:
    """Explain a code of the reports, with examples.

    Without CODE all of them are listed.
    """
    from rehab.authoring.explain import list_codes, render_explanation, unknown_code  # noqa: PLC0415 - as in check

    word = (code or "").strip().strip("[]`'\"").lower()
    if not word:
        say(list_codes())
        return OK
    try:
        say(render_explanation(word).rstrip("\n"))
    except KeyError:
        return complain(unknown_code(word), CONFIGURATION)
    return OK
