"""Comeback's plugin: running-and-rehab posts become a site of linked exercises, injuries and threads.

A small compiler with one adapter. Plain text goes in at one end; values that never change go from
room to room; a static site comes out. Pelican is the engine we drive, not the place where we think.

    content/**
        |
    source     files -> documents; every value keeps its place; Problem and its report
        |
    model      documents -> nouns: Post, Exercise, Dose, Injury ...; the field tables; the vocabulary
        |
    comments   comments -> clean threads                images   picture files -> plans -> pixels
        |                                                  |
    site       nouns, threads, plans -> Site: every link both ways; views; graph; structured data
        |
    compile    the main path through these rooms, in one function
        |
    adapter    the only code that imports Pelican: reader, generators, writer, links
    authoring  beside it, without Pelican: repairs, new files, explanations, imports, editor schemas
        |
    publish    checks on the built tree                 cli      one file per command, no logic
    intake     beside the build: a small web server that takes comments and asks their moderator

Each room imports only from rooms above it (`pyproject.toml` holds these rules as contracts), and each
outside library has one home. A stage is a function from values to `(values, problems)`; only `adapter`
and `cli` show problems to anybody.
"""

from __future__ import annotations

__version__ = "0.1.0"


def register() -> None:
    """Connect the plugin to Pelican's signals. Pelican calls this; nothing else should."""
    from rehab.adapter.signals import connect  # noqa: PLC0415 - the core must import without Pelican

    connect()
