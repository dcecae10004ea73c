"""What a command keeps of its last build, so that the next one makes only what is another.

In: the cache and the words of the command. Out: the record of the last build where it still tells something, and which
of its pages may stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from rehab.adapter.keep.surroundings import Surroundings, surroundings_of
from rehab.adapter.keep.unchanged import recall, record_file, remember

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.adapter.keep.unchanged import Inputs, Record
    from rehab.adapter.keep.witness import Witness
    from rehab.adapter.left import Remains


class Last(Struct, frozen=True, kw_only=True):
    """Where the record of a command's last build is, what the command is called in, and when, in nanoseconds."""

    record: Path
    around: Surroundings
    began: int

    @property
    def snapshot(self) -> Path:
        """Return where is kept what a change of words needs."""
        return self.record.with_suffix(".bin")

    @property
    def left(self) -> Path:
        """Return where is kept what the pages were made from that the next build may leave."""
        return self.record.with_suffix(".left")

    def recall(self) -> Record | None:
        """Return what is known of the last build, or None where more than content and output may differ."""
        return recall(self.record, self.around)

    def remains(self, known: Record | None) -> Remains:
        """Return the pages that may stand."""
        from rehab.adapter.left import Remains, read_left  # noqa: PLC0415 - where nothing is made, nobody asks

        return read_left(self.left, known.said.get("left")) if known else Remains()

    def keep(self, inputs: Inputs, witness: Witness, left: Remains, said: dict[str, Any]) -> None:
        """Remember a whole build: what it read and wrote, which of its pages the next may leave, what it `said`."""
        from rehab.adapter.left import save_left  # noqa: PLC0415 - as above

        kept = {**said, "left": save_left(self.left, left)}
        remember(self.record, self.around, inputs, witness, kept, began=self.began)

    def keep_patched(
        self, inputs: Inputs, witness: Witness, said: dict[str, Any], before: Record, made: frozenset[str]
    ) -> None:
        """Remember a change of words that made some files anew, of what a whole build left `before`."""
        remember(self.record, self.around, inputs, witness, said, began=self.began, before=before, made=made)


def last_build(cache: Path, began: int, *words: str) -> Last:
    """Return what a command has of its last build that `began`, before it read anything, with these words."""
    return Last(record=record_file(cache, *words), around=surroundings_of(*words), began=began)
