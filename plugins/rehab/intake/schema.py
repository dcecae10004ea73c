"""The tables of the intake's SQLite file, and the steps from one version of them to the next."""

from __future__ import annotations

from typing import Final

MIGRATIONS: Final[tuple[str, ...]] = (
    """
    -- `number` is never given twice: signed links name it. `said` is a hash of what somebody sent, so that sending it
    -- again changes nothing. `text` is the comment's file; it goes when the file is committed.
    CREATE TABLE submission (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        thread TEXT NOT NULL,
        id TEXT NOT NULL,
        parent TEXT NOT NULL DEFAULT '',
        said TEXT NOT NULL,
        text TEXT NOT NULL,
        received TEXT NOT NULL,
        state TEXT NOT NULL
            CHECK (state IN ('pending', 'spam', 'approving', 'written', 'approved', 'rejected', 'pulled')),
        decided TEXT NOT NULL DEFAULT '',
        fault TEXT NOT NULL DEFAULT '',
        UNIQUE (thread, id)
    );
    CREATE INDEX submission_said ON submission (said, received);
    CREATE INDEX submission_state ON submission (state, received);

    -- A reader who wants to know of answers: 'asked' until the comment is approved, 'sent' until the mail is answered.
    CREATE TABLE reader (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        submission INTEGER NOT NULL UNIQUE REFERENCES submission (number) ON DELETE CASCADE,
        email TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('asked', 'sent', 'confirmed')),
        since TEXT NOT NULL
    );

    CREATE TABLE outbox (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        reader INTEGER REFERENCES reader (number) ON DELETE CASCADE,
        recipient TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        unsubscribe TEXT NOT NULL DEFAULT '',
        since TEXT NOT NULL,
        next TEXT NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0,
        fault TEXT NOT NULL DEFAULT ''
    );

    CREATE TABLE salt (day TEXT PRIMARY KEY, salt BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE visit (
        day TEXT NOT NULL, kind TEXT NOT NULL, mark BLOB NOT NULL, span INTEGER NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (day, kind, mark, span)
    ) WITHOUT ROWID;

    CREATE TABLE login (mark TEXT PRIMARY KEY, password TEXT NOT NULL, until TEXT NOT NULL) WITHOUT ROWID;
    """,
)
"""Version n of the file is what the first n steps make; `PRAGMA user_version` holds n."""
