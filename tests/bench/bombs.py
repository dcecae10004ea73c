"""How long the cleaning of one comment takes at most: every text known to make a parser of Markdown or HTML slow.

    .venv/bin/python tests/bench/bombs.py

Prints CPU milliseconds of each bomb at the cap of 10,000 characters in each format, the best of three, and the slowest
last. None may take half a second.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "plugins"))

from rehab.comments.clean import CAP, Format, clean_body

FORMATS: tuple[Format, ...] = ("markdown", "html", "text")
LIMIT = 0.5
"""Seconds of the processor that one comment may take."""

BOMBS: dict[str, str] = {
    "nested quotes": "> " * CAP,
    "nested quotes, no spaces": ">" * CAP,
    "nested quotes on many lines": "\n".join(">" * (at % 60) + " a" for at in range(CAP // 30)),
    "open brackets": "[" * CAP,
    "closed brackets": "[]" * (CAP // 2),
    "nested brackets": "[" * (CAP // 2) + "]" * (CAP // 2),
    "brackets of links": "[a](" * (CAP // 4),
    "links in links": "[" * (CAP // 4) + "a" + "](b)" * (CAP // 5),
    "open pictures": "![" * (CAP // 2),
    "pictures in pictures": "![" * (CAP // 6) + "](x)" * (CAP // 6),
    "reference links": "[a]: b\n" * (CAP // 7),
    "reference uses": "[a]: /u\n\n" + "[a]" * (CAP // 3),
    "angle brackets": "<" * CAP,
    "autolinks that do not end": "<http://" * (CAP // 8),
    "autolinks": "<http://a.b>" * (CAP // 12),
    "tags that do not end": "<a href=" * (CAP // 8),
    "comments that do not end": "<!--" * (CAP // 4),
    "instructions that do not end": "<?" * (CAP // 2),
    "declarations that do not end": "<!A " * (CAP // 4),
    "CDATA that does not end": "<![CDATA[" * (CAP // 9),
    "deep divs": "<div>" * (CAP // 5),
    "deep inline tags": "<b><i><u><s>" * (CAP // 12),
    "deep tables": "<table><tr><td>" * (CAP // 15),
    "misnested formatting": "<b><a href=http://x.y/>".replace(">", "><p>") * (CAP // 26),
    "formatting across blocks": "<a href=http://x.y/><b><div>" * (CAP // 28),
    "many fonts": "".join(f"<font color={at}>" for at in range(CAP // 17)) + "x",
    "attributes": "<a " + "a=b " * (CAP // 4) + ">x</a>",
    "one attribute, many entities": '<a href="' + "&amp;" * (CAP // 5) + '">x</a>',
    "selects": "<select><option>" * (CAP // 16),
    "templates": "<template>" * (CAP // 10),
    "svg and math": "<svg><math>" * (CAP // 11),
    "stars": "*" * CAP,
    "underscores": "_" * CAP,
    "tildes": "~" * CAP,
    "stars and letters": "*a" * (CAP // 2),
    "stars, letters, spaces": "*a **a " * (CAP // 7),
    "both kinds of emphasis": "*_" * (CAP // 2),
    "emphasis that opens": "**a *b " * (CAP // 7),
    "emphasis that closes": "a** b* " * (CAP // 7),
    "emphasis of threes": "a***b**c*" * (CAP // 9),
    "strikes": "~~a" * (CAP // 3),
    "backticks": "`" * CAP,
    "backticks of growing length": " ".join("`" * at for at in range(1, 140)),
    "backticks and letters": "`a" * (CAP // 2),
    "backslashes": "\\" * CAP,
    "entities": "&amp;" * (CAP // 5),
    "entities that do not end": "&" * CAP,
    "numbers as entities": "&#x41;" * (CAP // 6),
    "flat list": "- a\n" * (CAP // 4),
    "deep list on one line": "- " * (CAP // 2),
    "deep numbered list": "1. " * (CAP // 3),
    "deep list by indentation": "\n".join(" " * (2 * at) + "- a" for at in range(96)),
    "lists and quotes": "> - " * (CAP // 4),
    "loose list": "- a\n\n\n" * (CAP // 6),
    "numbers that overflow": "999999999. a\n" * (CAP // 13),
    "table": "|a|b|\n|-|-|\n" + "|x|y|\n" * (CAP // 7),
    "wide table": "|a" * (CAP // 4) + "|\n" + "|-" * (CAP // 4) + "|\n",
    "headings": "# a\n" * (CAP // 4),
    "underlined headings": "a\n=\n" * (CAP // 4),
    "rules": "***\n" * (CAP // 4),
    "fences": "```\n" * (CAP // 4),
    "fences of growing length": "\n".join("`" * at for at in range(3, 140)),
    "blank lines": "\n" * CAP,
    "tabs": "\t" * CAP,
    "tabs and letters": "a\t" * (CAP // 2),
    "spaces": "a" + " " * (CAP - 2) + "b",
    "hard breaks": "a  \n" * (CAP // 4),
    "short lines": "a\n" * (CAP // 2),
    "one long word": "a" * CAP,
    "piled accents": "a" + "\u0301" * (CAP - 1),
    "joiners": "\u200d" * CAP,
    "flags": "\U0001f3f4" + "\U000e0067" * (CAP - 1),
    "one ligature": "\ufdfa" * CAP,
    "half characters": "\ud800" * CAP,
    "zero bytes": "\0" * CAP,
    "braces": "{{" * (CAP // 2),
    "addresses": "http://a.b " * (CAP // 11),
    "long address": "[a](http://a.b/" + "c" * (CAP - 20) + ")",
    "address of brackets": "[a](" + "(" * (CAP // 2) + ")" * (CAP // 2 - 5),
    "link titles that do not end": '[a](b "' * (CAP // 7),
    "marks of the short way": "*a* " * (CAP // 4),
    "marks of the short way, undone": "*a* " * (CAP // 4 - 1) + "*a",
    "links of the short way": "[a](https://a.de/?b) " * (CAP // 21) + "<",
    "words of the short way": "a-b " * (CAP // 4 - 1) + "_",
}
"""Each of at most 10,000 characters, as the form and the intake take it."""


def say(line: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{line}\n")


def seconds(text: str, form: Format) -> float:
    """Return the processor's time for one cleaning, the best of three."""
    best = LIMIT * 100
    for _ in range(3):
        started = time.process_time()
        clean_body(text, form)
        best = min(best, time.process_time() - started)
    return best


def main() -> int:
    """Print a line for each bomb, slowest last; return 1 where one takes too long."""
    found = []
    for title, text in BOMBS.items():
        times = [seconds(text[:CAP], form) for form in FORMATS]
        found.append((max(times), title, times))
    say(f"{'':34}" + "".join(f"{form:>10}" for form in FORMATS))
    for _, title, times in sorted(found):
        say(f"{title:34}" + "".join(f"{each * 1000:8.1f}ms" for each in times))
    worst = max(found)[0]
    say(f"{len(found)} bombs; the slowest takes {worst * 1000:.0f} ms of {LIMIT * 1000:.0f}")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
