"""The closed table of problem codes: every kind of problem there is, how grave, and why it is one.

`docs/reference/problems.md` says the same to authors, and a test keeps the two together.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Code(Struct, frozen=True):
    """How grave a kind of problem is, and one sentence on why it is a problem.

    `alike` kinds speak of a whole thing by its name ('Squat' leaves out too much): ten of them are one cause.
    """

    severity: Literal["error", "warning"]
    why: str
    alike: bool = False


def _error(why: str) -> Code:
    return Code("error", why)


def _warning(why: str, *, alike: bool = False) -> Code:
    return Code("warning", why, alike)


CODES: dict[str, Code] = {
    # reading files
    "not-utf8": _error("Files are UTF-8, so that every letter is the same on every machine."),
    "unreadable-file": _error("A file that cannot be opened would be missing from the site without a word."),
    "path-outside-content": _error("A link or a file name must not reach outside the content folder."),
    "no-front-matter": _error("A file without front matter has no title, so it cannot become a page."),
    "unclosed-front-matter": _error("Front matter that does not end would swallow the text below it."),
    "yaml-syntax": _error("Front matter that cannot be read says nothing about the page."),
    "yaml-tab": _error("YAML does not allow tabs for indentation; it cannot tell how deep the line stands."),
    "yaml-alias": _error("Anchors and aliases hide what a field says and can blow up a small file."),
    # fields
    "unknown-key": _error("A field that nothing reads would be lost without a word."),
    "duplicate-key": _error("Of two values for one field, one would be lost without a word."),
    "missing-field": _error("The page cannot be made without this field."),
    "wrong-type": _error("The value has another shape than the field needs."),
    "bad-date": _error("A date that is not one would sort the page to a wrong place."),
    "bad-choice": _error("The field takes one of a few words, the same everywhere."),
    "bad-dose": _error("A dose that is misread can hurt; it is understood wholly or refused."),
    "bad-url": _error("Links are complete http, https or mailto addresses."),
    "bad-slug": _error("A slug becomes part of an address: small letters, digits and hyphens."),
    # the model's own rules
    "missing-date": _error("A post without a date must say so, for a file's time is not a date."),
    "unknown-slug": _error("A reference to something that does not exist leads a reader nowhere."),
    "ambiguous-reference": _error("Two kinds share this name; say which is meant."),
    "duplicate-slug": _error("Two things with one name would share one address."),
    "duplicate-url": _error("Two pages with one address: one would overwrite the other."),
    "muscle-twice": _error("A muscle is worked either mainly or also, not both."),
    "full-without-steps": _error("A full exercise says how it is done; without steps it is a stub."),
    "stub-with-dose": _error("A stub has no details yet; a dose without steps would be taken for advice."),
    "side-missing": _error("A dose for a one-sided exercise must say which side."),
    "side-not-wanted": _error("An exercise for both sides at once has no side in its dose."),
    "ladder-loop": _error("A ladder goes from easier to harder and cannot come back to where it began."),
    "one-sided-differential": _error("If A can be mistaken for B, then B can be mistaken for A: both pages say so."),
    "reviewer-incomplete": _error("A review counts only with a name, a credential and a date."),
    "pain-rule-without-source": _error("A rule on how much pain is all right must say where it comes from."),
    "unknown-licence": _error("A picture taken from elsewhere is published only under a known licence."),
    # threads
    "reply-to-missing": _error("The comment that this one answers is not there."),
    "reply-loop": _error("Comments that answer each other in a circle have no beginning."),
    "reply-before-parent": _error("A reply cannot be older than what it answers."),
    "comment-without-post": _error("The folder of a comment is the slug of the post, exercise or injury it stands on."),
    "comments-more-than-declared": _warning("More comments are here than the old page is said to have had."),
    "long-comment": _warning("Readers see the first 10,000 characters of a comment and not the rest."),
    # pictures
    "missing-file": _error("A link to a file that is not there leads a reader nowhere."),
    "missing-image": _error("The picture's file is not there."),
    "missing-alt": _error("Readers who cannot see the picture need words for it."),
    "bad-image": _error("The file is no picture that can be shown safely."),
    # the site
    "lost-file": _error("A source file became neither a page nor a reported problem."),
    "bad-redirect": _error("An old address that leads nowhere, in a circle or over another page loses its readers."),
    "broken-link": _error("A link or a picture of the finished site leads to nothing."),
    "broken-file": _error("Feeds, sitemaps and data that machines cannot read are as good as missing."),
    "leak": _error("What is published would hold something that is not for readers."),
    "twin-names": _error("Two pictures whose names differ only by capitals are one file on many disks."),
    # worth knowing, not worth stopping for
    "alt-like-file-name": _warning("A camera's file name tells a listener nothing about the picture."),
    "remote-picture": _warning("Readers would tell another site that they read here, so they get a link instead."),
    "unpaired-picture": _warning("One half of a pair, without the other beside it, is shown as a picture like others."),
    "two-credits": _warning("A picture whose credits differ is published under the first of them alone."),
    "lost-link": _warning("A source or credit whose link is lost cannot be checked by a reader."),
    "open-promise": _warning("The post promises something that is not on the site yet."),
    "review-overdue": _warning("The date for the next review has passed."),
    "crowded-phase": _warning("Few people keep up more than five exercises at a time."),
    "uncited-claim": _warning("Readers cannot check a claim that names no source."),
    "unlinked-exercise": _warning("No injury leads to this exercise, so no sore reader finds it.", alike=True),
    "no-plain-summary": _warning("A worried reader needs to know in plain words what this is.", alike=True),
    "unlinked-injury": _warning("No exercise is tied to this injury.", alike=True),
    "helps-and-aggravates": _warning("The same exercise is said to help and to aggravate the same injury."),
    "mojibake": _warning("Letters that were damaged on the way, or invisible spaces, are left in the text."),
    "advanced-without-easier": _warning("A hard exercise without an easier step leaves beginners out.", alike=True),
    "incomplete-exercise": _warning("Too few of the details that a reader needs to repeat the exercise.", alike=True),
    "unused-silence": _warning("This rule is silenced, but nothing here breaks it."),
}
