"""A fault of this machine → words for whoever runs a command: what is wrong, with what, and what to do."""

from __future__ import annotations

import errno
import os

ADVICE = {
    errno.ENOSPC: "the disk is full: make room and run this again",
    errno.EDQUOT: "your part of the disk is full: make room and run this again",
    errno.EFBIG: "a file may not become as large as it must: ask who runs this machine",
    errno.EROFS: "the disk can only be read: run this where it can be written",
    errno.EACCES: "it may not be written or read by you: change its rights",
    errno.EPERM: "it may not be changed by you: change its rights",
    errno.EBUSY: "something else is using it: wait, or end that",
    errno.ENAMETOOLONG: "its name is too long for this disk: give it a shorter one",
    errno.ENOTDIR: "a file is where a folder must be: move that file away",
    errno.EEXIST: "something else is in its place: move that away",
    errno.EMFILE: "too many files are open: close other programs and run this again",
}


def words_of_fault(wrong: OSError) -> str:
    """Return what an error of the system says, with the file and what to do about it."""
    name = f"'{os.fsdecode(wrong.filename)}': " if wrong.filename and not isinstance(wrong.filename, int) else ""
    return f"{name}{reason_of(wrong)}"


def reason_of(wrong: OSError) -> str:
    """Return the same without the file, for sentences that name it already."""
    return ADVICE.get(wrong.errno or 0) or (wrong.strerror or str(wrong) or "unknown reason").lower()
