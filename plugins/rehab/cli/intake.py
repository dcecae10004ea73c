"""`rehab intake`: take comments from readers' forms, on a server of your own."""

from __future__ import annotations

import os
import sqlite3
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from rehab.cli.exits import CONFIGURATION, ENVIRONMENT, OK
from rehab.cli.project import PUBLISH_SETTINGS, SETTINGS, content_folder, publishes_early, read_assigned
from rehab.cli.show import complain, counted, say
from rehab.source.fault import reason_of

if TYPE_CHECKING:
    from rehab.intake.desk import Desk

NEEDED = ("flask", "waitress")
FOLDER, FILE = Path("inbox/.intake"), "queue.sqlite"
HOST, PORT = "127.0.0.1", 8765
PATTERNS = {"posts": "ARTICLE_URL", "exercises": "EXERCISE_URL", "injuries": "INJURY_URL"}


class Places(NamedTuple):
    """The content folder, and the file that holds what waits."""

    content: Path
    database: Path


@click.group(invoke_without_command=True)
@click.option("--content", type=click.Path(path_type=Path, file_okay=False), help="The content folder.")
@click.option("--db", "database", type=click.Path(path_type=Path, dir_okay=False), help="Where to keep what waits.")
@click.option("--host", default=HOST, help="Address to listen on.")
@click.option("-p", "--port", default=PORT, type=click.IntRange(0, 65535), help="Port to listen on.")
@click.pass_context
def intake(ctx: click.Context, content: Path | None, database: Path | None, host: str, port: int) -> int:
    """Take comments from readers' forms, until Ctrl-C.

    What they send waits in a file outside the content folder. You decide on it at /queue, or through the links of a
    mail. Settings are variables of the environment: see docs/how-to/run-the-intake.md.
    """
    content = content or content_folder(SETTINGS)
    ctx.obj = Places(content, database or content.parent / FOLDER / FILE)
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        ctx.exit(complain(f"'{missing[0]}' is not installed: pip install 'comeback-blog[intake]'", ENVIRONMENT))
    if not content.is_dir():
        reason = f"there is no folder '{content}' here: run this in the blog's folder, or name it with --content"
        ctx.exit(complain(reason, CONFIGURATION))
    return OK if ctx.invoked_subcommand else _serve(ctx.obj, host, port)


@intake.command()
@click.option("--show", is_flag=True, help="Print the hash instead of keeping it in a file.")
@click.pass_obj
def password(places: Places, show: bool) -> int:  # noqa: FBT001 - click passes names
    """Ask for the password of the queue, and keep its hash."""
    from rehab.intake.keys import PASSWORD, hash_password, prepare_folder, save_private  # noqa: PLC0415 - it is optional

    try:
        hashed = hash_password(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
        if show:
            say(hashed)
            return OK
        prepare_folder(places.database.parent)
        save_private(places.database.with_name(PASSWORD), hashed)
    except ValueError as wrong:
        return complain(str(wrong), CONFIGURATION)
    except OSError as wrong:
        return complain(f"'{places.database.parent}' cannot be written: {reason_of(wrong)}", ENVIRONMENT)
    say(f"kept in '{places.database.with_name(PASSWORD)}': start the intake again")
    return OK


@intake.command()
@click.pass_obj
def pull(places: Places) -> int:
    """Move what waits into the folder inbox/, for `rehab comments`."""
    from rehab.intake.database import Database, NewerFileError  # noqa: PLC0415 - it is optional
    from rehab.intake.pull import pull as pull_all  # noqa: PLC0415 - as above

    if not places.database.is_file():
        return complain(f"there is no file '{places.database}': nothing waits there", CONFIGURATION)
    try:
        database = Database(places.database)
        moved, faults = pull_all(database, places.content)
        database.close()
    except (sqlite3.Error, NewerFileError) as wrong:
        return complain(str(wrong), ENVIRONMENT)
    say(f"{counted(moved, 'comment')} moved to inbox/: 'rehab comments queue' lists what waits")
    for fault in faults:
        complain(fault, ENVIRONMENT)
    return ENVIRONMENT if faults else OK


def _serve(places: Places, host: str, port: int) -> int:
    from rehab.intake.database import NewerFileError  # noqa: PLC0415 - it is optional
    from rehab.intake.server import AlreadyRunningError, serve  # noqa: PLC0415 - as above

    try:
        desk = _desk(places, host, port)
        if isinstance(desk, str):
            return complain(desk, CONFIGURATION)
        serve(desk, host, port, lambda taken: _announce(desk, host, taken))
    except AlreadyRunningError:
        return complain(f"another intake has '{places.database}': stop it first", ENVIRONMENT)
    except (ValueError, NewerFileError) as wrong:
        return complain(str(wrong), CONFIGURATION)
    except OSError as wrong:
        return complain(f"{host}:{port} or '{places.database}' cannot be used: {wrong.strerror or wrong}", ENVIRONMENT)
    except sqlite3.Error as wrong:
        return complain(f"'{places.database}' cannot be used: {wrong}", ENVIRONMENT)
    return OK


def _announce(desk: Desk, host: str, port: int) -> None:
    say(f"taking comments at http://{host}:{port}/comment, for {desk.settings.site or 'no site yet'}")
    if not desk.settings.site:
        say("note: the blog has no address, so its forms are refused: set REHAB_INTAKE_SITE", to=sys.stderr)
    if not desk.password_hash:
        say("note: no password is set, so the queue is closed: run 'rehab intake password'", to=sys.stderr)
    sys.stdout.flush()


def _desk(places: Places, host: str, port: int) -> Desk | str:
    """Return what the server works with, or what is wrong with the settings."""
    from rehab.intake.chances import Chances  # noqa: PLC0415 - it is optional
    from rehab.intake.database import Database  # noqa: PLC0415 - as above
    from rehab.intake.desk import Desk, utc_now  # noqa: PLC0415 - as above
    from rehab.intake.keys import prepare_folder, read_password_hash, read_secret  # noqa: PLC0415 - as above
    from rehab.intake.settings import parse_settings  # noqa: PLC0415 - as above
    from rehab.intake.threads import Threads  # noqa: PLC0415 - as above
    from rehab.intake.tokens import Tokens  # noqa: PLC0415 - as above

    patterns = {kind: read_assigned(SETTINGS, name, default=f"{kind}/{{slug}}/") for kind, name in PATTERNS.items()}
    variables = {
        "REHAB_INTAKE_SITE": _site(),
        "REHAB_INTAKE_URL": f"http://{f'[{host}]' if ':' in host else host}:{port}",
        **os.environ,
    }
    settings = parse_settings(variables, places.content, places.database, patterns)
    if isinstance(settings, str):
        return settings
    folder = places.database.parent
    prepare_folder(folder)
    secret = read_secret(os.environ, folder)
    database = Database(places.database)
    return Desk(
        settings=settings,
        secret=secret,
        password_hash=read_password_hash(os.environ, folder),
        database=database,
        chances=Chances(places.content, database),
        threads=Threads(places.content, utc_now, early=publishes_early(SETTINGS)),
        tokens=Tokens(secret, utc_now),
    )


def _site() -> str:
    """Return the address of the blog as its settings for the web say it, else those for writing."""
    return read_assigned(PUBLISH_SETTINGS, "SITEURL", default="") or read_assigned(SETTINGS, "SITEURL", default="")
