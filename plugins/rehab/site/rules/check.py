"""The rules that need the whole site, and the silencing of warnings.

In: a linked site and the problems found on the way to it. Out: all problems, without the silenced ones. Each rule is
one pure function; this table is the only place that knows them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from rehab.model.nearest import near, use
from rehab.site.redirects import check_redirects
from rehab.site.rules import exercise as rules_exercise
from rehab.site.rules import injury as rules_injury
from rehab.site.rules import picture as rules_picture
from rehab.site.rules import post as rules_post
from rehab.site.rules import text as rules_text
from rehab.site.rules import whole as rules_whole
from rehab.source.codes import CODES
from rehab.source.problem import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rehab.model.entry import Entry
    from rehab.site.site import Site

Rule: TypeAlias = "Callable[[Site], Iterable[Problem]]"

RULES: dict[str, Rule] = {
    "muscle-twice": rules_exercise.check_muscles,
    "full-without-steps": rules_exercise.check_steps,
    "stub-with-dose": rules_exercise.check_stubs,
    "side-missing": rules_exercise.check_sides_missing,
    "side-not-wanted": rules_exercise.check_sides_not_wanted,
    "ladder-loop": rules_exercise.check_ladders,
    "unlinked-exercise": rules_exercise.check_unlinked_exercises,
    "helps-and-aggravates": rules_exercise.check_contradictions,
    "advanced-without-easier": rules_exercise.check_easier_steps,
    "incomplete-exercise": rules_exercise.check_completeness,
    "one-sided-differential": rules_injury.check_differentials,
    "reviewer-incomplete": rules_injury.check_reviewers,
    "review-overdue": rules_injury.check_review_dates,
    "unlinked-injury": rules_injury.check_unlinked_injuries,
    "no-plain-summary": rules_injury.check_summaries,
    "red-flags": rules_injury.check_red_flags,
    "pain-rule-without-source": rules_injury.check_pain_rules,
    "crowded-phase": rules_injury.check_phases,
    "missing-image": rules_picture.check_files,
    "cover": rules_picture.check_covers,
    "missing-alt": rules_picture.check_alt,
    "text-images": rules_text.check_images,
    "remote-picture": rules_text.check_remote_images,
    "alt-like-file-name": rules_picture.check_alt_words,
    "unpaired-picture": rules_picture.check_pairs,
    "unknown-licence": rules_picture.check_licences,
    "lost-credit": rules_picture.check_lost_credits,
    "two-credits": rules_picture.check_credits,
    "twin-names": rules_picture.check_twins,
    "lost-link": rules_post.check_lost_links,
    "open-promise": rules_post.check_promises,
    "uncited-claim": rules_post.check_claims,
    "bad-dose": rules_post.check_placed_doses,
    "duplicate-url": rules_whole.check_urls,
    "bad-redirect": check_redirects,
    "mojibake": rules_whole.check_letters,
}
"""Every rule of this room, by the code it reports (or by what it is about, where another rule has that code)."""


WARNINGS = tuple(sorted(code for code, about in CODES.items() if about.severity == "warning"))
"""What can be silenced."""


def check_site(site: Site, found: Problems = (), heed: Callable[[], object] = tuple) -> Problems:
    """Return the problems found so far and those of all rules, sorted, without those an author has silenced.

    `heed` is called before each rule, and may raise.
    """
    problems = dict.fromkeys(found)
    for rule in RULES.values():
        heed()
        problems |= dict.fromkeys(rule(site))
    return silence(problems, _entries(site))


def silence(problems: Iterable[Problem], entries: Iterable[Entry]) -> Problems:
    """Return the problems without the warnings that their file silences; a silencer without effect is a warning."""
    problems, entries = tuple(problems), tuple(entries)
    silenced = {(entry.path, code) for entry in entries for code, reason in entry.silence if reason.strip()}
    kept = [problem for problem in problems if problem.severity == "error" or _key(problem) not in silenced]
    used = {_key(problem) for problem in problems if problem.severity == "warning"}
    kept += (problem for entry in entries for problem in _unused(entry, used))
    return tuple(sorted(dict.fromkeys(kept), key=lambda problem: problem.order))


def _key(problem: Problem) -> tuple[str, str]:
    return problem.place.path, problem.code


def _unused(entry: Entry, used: set[tuple[str, str]]) -> Iterator[Problem]:
    place = entry.where("silence")
    for code, reason in entry.silence:
        if code not in CODES or CODES[code].severity == "error":
            kind = "an error, which cannot be silenced" if code in CODES else "no rule of ours"
            meant = "" if code in CODES else use(near(code, WARNINGS).words)
            yield Problem("unused-silence", place, f"'{code}' is {kind}", meant or f"take '{code}' out of `silence`")
        elif not reason.strip():
            yield Problem("unused-silence", place, f"'{code}' is silenced without a reason", f"write `{code}: why`")
        elif (entry.path, code) not in used:
            message = f"'{code}' is silenced, but nothing here breaks it"
            yield Problem("unused-silence", place, message, f"take '{code}' out of `silence`")


def _entries(site: Site) -> tuple[Entry, ...]:
    return (
        *site.posts, *site.unlisted, *site.exercises, *site.injuries, *site.treatments, *site.programs,
        *site.ladders, *site.galleries, *site.pages, *site.drafts, *site.comments,
    )  # fmt: skip
