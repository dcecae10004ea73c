"""A program → a list of tasks for a calendar program, as an iCalendar file (RFC 5545): `render_tasks`.

In: a program's view and the options. Out: text with the line ends that the format wants. A task has no day and no
hour, since no program says one; who chooses a day makes events of the same cards in the browser
(`theme/static/card-plan.js`). Nothing is here that the page does not say. The same program gives the same bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from rehab.model.dose.cursor import Cursor
from rehab.model.dose.frequency import parse_frequency
from rehab.model.dose.tokens import Refused
from rehab.site.plain import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.model.dose import Frequency
    from rehab.site.options import Options
    from rehab.site.views.bib import BibView
    from rehab.site.views.program import PhaseView, ProgramView

STAMP: Final = "19700101T000000Z"
"""When a task was made, which the format must know and nobody says: the first second of all clocks."""

WIDEST: Final = 75
"""Bytes of a line without its end, RFC 5545 section 3.1."""

_ESCAPED: Final = re.compile(r"([\\;,])")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def tasks_url(url: str, slug: str) -> str:
    """Return the address of a program's list of tasks, beside its page."""
    return f"{url}{slug}.ics" if url.endswith("/") else f"{url.removesuffix('.html')}.ics"


def render_tasks(view: ProgramView, options: Options) -> str:
    """Return the list: each phase a task, its cards tasks below it."""
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Comeback//Program//EN",
        f"NAME:{text_value(view.title)}",
        f"X-WR-CALNAME:{text_value(view.title)}",
    ]
    tasks = (line for phase in view.phases for line in _phase(view, phase, options))
    return "".join(fold(line) for line in (*head, *tasks, "END:VCALENDAR"))


def _phase(view: ProgramView, phase: PhaseView, options: Options) -> Iterator[str]:
    anchor = f"{view.url}#phase-{phase.id}"
    title = f"{view.title}: {plain_words(phase.goal) or phase.id.replace('-', ' ')}"
    how_often = f"How often: {view.frequency}" if view.frequency else ""
    said = (phase.note, _when("Go on when", phase.advance_when), _when("Go back when", phase.step_back_when), how_often)
    yield from _task(anchor, title, said, options)
    for bib in phase.bibs:
        below = f"RELATED-TO:{_uid(anchor, options)}"
        yield from _task(f"{view.url}#{bib.anchor}", _card_title(bib), (bib.start_at, bib.note), options, below)


def _card_title(bib: BibView) -> str:
    return f"{bib.title}: {bib.line}" if bib.line else bib.title


def _when(words: str, ones: tuple[str, ...]) -> str:
    return f"{words}: {' '.join(ones)}" if ones else ""


def _task(anchor: str, title: str, said: tuple[str, ...], options: Options, *more: str) -> Iterator[str]:
    description = "\n".join(words for each in said if (words := plain_words(each)))
    yield "BEGIN:VTODO"
    yield f"UID:{_uid(anchor, options)}"
    yield f"DTSTAMP:{STAMP}"
    yield f"SUMMARY:{text_value(title)}"
    if description:
        yield f"DESCRIPTION:{text_value(description)}"
    if options.site_url:
        yield f"URL:{_CONTROL.sub('', options.absolute(anchor))}"
    yield from more
    yield "END:VTODO"


def _uid(anchor: str, options: Options) -> str:
    """Return a name that no other task in the world has, and that this one keeps (RFC 7986, section 5.3)."""
    return str(uuid5(NAMESPACE_URL, options.absolute(anchor)))


def text_value(words: str) -> str:
    """Return a value of the type TEXT, RFC 5545 section 3.3.11."""
    return _CONTROL.sub(" ", _ESCAPED.sub(r"\\\1", words).replace("\n", "\\n"))


def fold(line: str) -> str:
    """Return a line with its end, in pieces of 75 bytes at most; no letter is cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        more = len(letter.encode())
        if size + more > WIDEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + more
    return "\r\n".join((*pieces, piece)) + "\r\n"


def often(words: str) -> str:
    """Return how often a program's own words say, as `3 week`, `3-4 week`, `1 day`, `1 2days`; "" where they do not."""
    try:
        cursor = Cursor(words)
        dose = parse_frequency(cursor)
    except Refused:
        return ""
    whole = cursor.peek().kind == "end"
    return _often(dose.frequency) if whole and dose and dose.frequency else ""


def _often(frequency: Frequency) -> str:
    times = frequency.times if isinstance(frequency.times, tuple) else (frequency.times,)
    return f"{'-'.join(str(each) for each in times)} {frequency.per.replace(' ', '')}"
