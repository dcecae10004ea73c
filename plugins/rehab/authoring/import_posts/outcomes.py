"""What becomes of the items of an export, and an item on its way there.

In: an item, and what an import goes into. Out: records for the plan and its report. A `Draft` changes from step to step
of `rehab.authoring.import_posts.plan`; everything else stays as it is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from msgspec import Struct

from rehab.authoring.import_posts.file import title_of
from rehab.authoring.import_posts.pictures import Media

if TYPE_CHECKING:
    from rehab.authoring.import_posts.items import Old
    from rehab.authoring.import_posts.slugs import Present
    from rehab.authoring.import_posts.suggest import Known
    from rehab.site.options import Options

Verdict: TypeAlias = Literal["imported", "held", "skipped", "not understood"]
VERDICTS: Final[tuple[Verdict, ...]] = ("imported", "held", "skipped", "not understood")
INBOX: Final = "inbox/posts"


class Outcome(Struct, frozen=True, kw_only=True):
    """What becomes of one item. `path` is that of its file: below the content folder, or `inbox/posts/…` beside it.

    `files` are its pictures: the name of the file that was given, and where it goes (as `path`).
    """

    number: int
    line: int
    what: str
    shown: str
    verdict: Verdict
    reason: str = ""
    path: str = ""
    text: str = ""
    files: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    slug: str = ""
    thread: str = ""


class Plan(Struct, frozen=True, kw_only=True):
    """An outcome for each item, in the file's order; and what the reader of the file had to say."""

    format: str
    outcomes: tuple[Outcome, ...]
    fault: str = ""
    notes: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """Return how many items have a verdict."""
        return sum(outcome.verdict == verdict for outcome in self.outcomes)


class Around(Struct, frozen=True, kw_only=True):
    """What an import goes into: what is there, the names that things go by, the site's addresses; and the pictures."""

    present: Present
    known: Known
    options: Options
    media: Media = field(default_factory=Media)


@dataclass(slots=True)
class Draft:
    """An item on its way."""

    old: Old
    verdict: Verdict
    reason: str = ""
    mark: str = ""
    slug: str = ""
    redirects: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Return where its file goes: below the content folder, or into the inbox beside it."""
        if self.verdict == "held":
            return f"{INBOX}/{self.slug}/index.md"
        return f"posts/{self.slug}/index.md" if self.old.kind == "post" else f"pages/{self.slug}.md"

    def url(self, options: Options) -> str:
        """Return the address that its page will have on the site."""
        return options.url(self.old.kind, self.slug)

    def outcome(self) -> Outcome:
        """Return what is decided so far."""
        old = self.old
        return Outcome(
            number=old.number,
            line=old.line,
            what=old.what,
            shown=title_of(old) if old.title.strip() else old.url[:200] or f"item {old.number}",
            verdict=self.verdict,
            remarks=self.remarks,
            slug=self.slug if old.kind == "post" and self.verdict != "held" else "",
            reason=self.reason,
            thread=old.thread,
        )
