"""What the commands of moderation share: read all comments, carry out a plan, say what became of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rehab.cli.exits import CONFIGURATION, ENVIRONMENT, OK
from rehab.cli.project import SETTINGS, content_folder
from rehab.cli.show import complain, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rehab.comments.inbox import Held
    from rehab.comments.moderation import Action


def find_content() -> Path | None:
    """Return the blog's content folder; where there is none, say so and return None."""
    content = content_folder(SETTINGS)
    if content.is_dir():
        return content
    complain(f"there is no folder '{content}' here: run this in the blog's folder", CONFIGURATION)
    return None


def read_all(content: Path) -> tuple[Held, ...]:
    """Return every comment of the blog; name the files that cannot be read."""
    from rehab.comments.inbox import read_held  # noqa: PLC0415 - `--help` needs none of it
    from rehab.source.report import visible  # noqa: PLC0415 - as above

    held, unread = read_held(content)
    for path in unread:
        say(f"note: '{visible(path)}' cannot be read, or is larger than any comment", to=sys.stderr)
    return held


def decide(action: Action, words: Sequence[str]) -> int:
    """Carry out a decision on the comments that the words name; return the exit code."""
    from rehab.comments.moderation import plan_decision  # noqa: PLC0415 - as above
    from rehab.comments.moves import write_steps  # noqa: PLC0415 - as above

    content = find_content()
    if content is None:
        return CONFIGURATION
    plan = plan_decision(action, words, read_all(content), content.name)
    exit_code = OK
    for each in plan.decided:
        _, fault = write_steps(content, each.steps)
        if fault:
            exit_code = complain(fault, ENVIRONMENT)
            continue
        say(each.said)
        if each.note:
            say(f"note: {each.note}", to=sys.stderr)
    for sentence in plan.refused:
        exit_code = max(exit_code, complain(sentence, CONFIGURATION))
    return exit_code
