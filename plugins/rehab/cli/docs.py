"""`rehab docs`: write anew what is made from tables: reference pages, editor schemas, templates for editors."""

from __future__ import annotations

from pathlib import Path

import click

from rehab.cli.exits import CONFIGURATION
from rehab.cli.show import complain, say

FOLDER = Path("docs")


def made_files() -> dict[str, str]:
    """Return every file under `docs/` that is made from a table, by its path there."""
    from rehab.authoring.editors.cms import render_cms  # noqa: PLC0415 - `rehab --help` needs none of it
    from rehab.authoring.editors.schema import render_schemas  # noqa: PLC0415 - as above
    from rehab.authoring.editors.vscode import render_vscode  # noqa: PLC0415 - as above
    from rehab.authoring.explain import render_pages  # noqa: PLC0415 - as above
    from rehab.authoring.reference import render_front_matter, render_problems  # noqa: PLC0415 - as above
    from rehab.publish.hosts import render_hosts  # noqa: PLC0415 - as above

    return {
        "reference/front-matter.md": render_front_matter(),
        "reference/problems.md": render_problems(),
        **{f"reference/problems/{name}": text for name, text in render_pages().items()},
        **{f"schema/{name}": text for name, text in render_schemas().items()},
        **{f"editors/vscode/{name}": text for name, text in render_vscode().items()},
        "editors/cms/config.yml": render_cms(),
        **{f"hosts/{name}": text for name, text in render_hosts().items()},
    }


@click.command()
def docs() -> int:
    """Write anew what docs/ has from tables."""
    if not FOLDER.is_dir():
        return complain(f"there is no folder '{FOLDER}' here: run this in the project's folder", CONFIGURATION)
    for name, text in made_files().items():
        file = FOLDER / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        say(f"wrote {file}")
    return 0
