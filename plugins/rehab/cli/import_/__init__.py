"""`rehab import`: what others have written becomes files of this blog.

Each kind of thing to import is a command of its own below this one; a file or folder named alone is another blog's
posts. They read, ask the core what becomes of it, write the new files and say what they did.
"""

from __future__ import annotations

import click

from rehab.cli.import_.exercises import exercises
from rehab.cli.import_.posts import posts


class PostsUnlessNamed(click.Group):
    """A group whose first word is a command, or else what `posts` is to import."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command line, with `posts` before them where they name no command."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["posts", *args]
        return super().parse_args(ctx, args)


@click.group(name="import", cls=PostsUnlessNamed)
def import_() -> None:
    """Turn what others have written into files of this blog.

    A file or folder named alone is another blog's posts: `rehab import export.xml` is `rehab import posts export.xml`.
    """


import_.add_command(posts)
import_.add_command(exercises)
