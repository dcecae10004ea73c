"""A misspelt word leads to the word that was meant."""

from __future__ import annotations

import random
import string
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT
from rehab.authoring.reference import KINDS
from rehab.compile import compile_site
from rehab.model.nearest import is_one_slip, near, nearest_field, use
from rehab.model.refs import Ref
from rehab.model.spec import specs
from rehab.model.use import USE_FIELDS
from rehab.site.names import check_ref
from rehab.source.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from conftest import WriteTree

RIGHT = 0.97
SAMPLE = 20_000
PLACE = Place("content/posts/x.md")


def typos(word: str) -> list[str]:
    """Return every word that one letter left out, added or changed, or two swapped, make of a word."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = string.ascii_lowercase
    left_out = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changed = {a + letter + b[1:] for a, b in cuts if b for letter in letters}
    added = {a + letter + b for a, b in cuts for letter in letters}
    return sorted((left_out | swapped | changed | added) - {word, ""})


def share_right(
    words: Iterable[str], is_known: Callable[[str], bool], hint: Callable[[str], str]
) -> tuple[float, list[str]]:
    """Return the share of typos whose hint names the right word, and some of those where it does not.

    A typo that is a right word itself has no problem and counts for nothing.
    """
    pairs = [(word, typo) for word in sorted(set(words)) for typo in typos(word) if not is_known(typo)]
    if len(pairs) > SAMPLE:
        pairs = random.Random(14).sample(pairs, SAMPLE)  # noqa: S311 - a sample, the same in each run
    wrong = [f"{typo} for {word}: {hint(typo)}" for word, typo in pairs if f"'{word}'" not in hint(typo)]
    return 1 - len(wrong) / len(pairs), wrong[:10]


TABLES = {name: tuple(each.key for each in specs(noun)) for noun, name, _ in KINDS} | {
    "An item of exercises": USE_FIELDS
}


@pytest.mark.parametrize("kind", TABLES)
def test_one_slip_in_the_name_of_a_field_is_understood(kind: str) -> None:
    keys = TABLES[kind]
    share, wrong = share_right(keys, keys.__contains__, lambda typo: use(nearest_field(typo, keys)))
    assert share >= RIGHT, f"{kind}: {share:.2%} right, not {wrong}"


SITE, _ = compile_site(ROOT / "content", shown=False)


def names_of(kind: str) -> Iterator[tuple[str, str]]:
    """Yield each slug and alias of the demo and of the vocabulary, with the slug that it leads to."""
    for id_, noun in SITE.nouns.items():
        if id_.startswith(f"{kind}:"):
            yield from ((name, noun.slug) for name in (noun.slug, *getattr(noun, "aliases", ())))


@pytest.mark.parametrize("kind", ["post", "exercise", "injury", "treatment", "program", "region", "muscle"])
def test_one_slip_in_a_name_is_understood(kind: str) -> None:
    pairs = [(slug, typo) for name, slug in names_of(kind) for typo in typos(name)]
    if len(pairs) > SAMPLE:
        pairs = random.Random(14).sample(pairs, SAMPLE)  # noqa: S311 - as above
    hints = [(typo, slug, check_ref(Ref(kind, typo, PLACE), SITE.names)) for slug, typo in pairs]
    asked = [(typo, slug, problems[0].hint) for typo, slug, problems in hints if problems]
    wrong = [f"{typo} for {slug}: {hint}" for typo, slug, hint in asked if f"'{slug}'" not in hint]
    share = 1 - len(wrong) / len(asked)
    assert share >= RIGHT, f"{kind}: {share:.2%} right, not {wrong[:10]}"


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("titel", ("title", "tile"), ("title",)),
        ("date basis", ("date", "date_basis"), ("date_basis",)),
        ("Title", ("title", "lang"), ("title",)),
        ("“author”", ("author", "authors"), ("author",)),
        ("glute", ("glute-pain", "shin-pain"), ("glute-pain",)),
        ("rip", ("rpe", "rir", "reps"), ("rir",)),
        ("lold", ("load", "hold", "side"), ("hold", "load")),
        ("hamstring stretching", ("hamstring-stretch", "calf-stretch"), ("hamstring-stretch",)),
        ("xyzzy", ("title", "date"), ()),
        ("", ("title",), ()),
        ("x" * 1000, ("title",), ()),
        ("膝の痛", ("膝の痛み", "足の痛み"), ("膝の痛み",)),
    ],
)
def test_what_is_nearest(word: str, known: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert near(word, known).words == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("knee", "kne", True),
        ("knee", "kneee", True),
        ("knee", "knie", True),
        ("knee", "nkee", True),
        ("knee", "knee", True),
        ("knee", "enek", False),
        ("knee", "kn", False),
        ("", "k", True),
    ],
)
def test_one_slip_is_a_letter_less_or_more_or_other_or_two_swapped(one: str, other: str, *, expected: bool) -> None:
    assert is_one_slip(one, other) is expected
    assert is_one_slip(other, one) is expected


@pytest.mark.parametrize(
    ("word", "keys", "expected"),
    [
        ("description", ("title", "summary"), ("summary",)),
        ("name", ("title", "date"), ("title",)),
        ("photos", ("gallery", "title"), ("gallery",)),
        ("photos", ("images", "gallery"), ("images",)),
        ("weight", ("sets", "load"), ("load",)),
    ],
)
def test_what_other_programs_call_a_field_is_understood(
    word: str, keys: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert nearest_field(word, keys) == expected


INJURIES: dict[str, str | bytes] = {
    "injuries/runners-knee.md": """\
        ---
        title: Patellofemoral pain syndrome
        aliases: [runner's knee]
        region: knee
        red_flags: []
        ---
        """,
    "injuries/it-band-pain.md": "---\ntitle: Pain at the IT band\nregion: knee\nred_flags: []\n---\n",
    "injuries/sore-foot.md": "---\ntitle: Sore foot\nregion: foot\nred_flags: []\n---\n",
}


@pytest.mark.parametrize(
    ("word", "slug"),
    [("knee", "runners-knee"), ("PFPS", "runners-knee"), ("ITB", "it-band-pain"), ("foot", "sore-foot")],
)
def test_a_short_or_a_general_word_leads_to_the_injury_that_it_means(
    write_tree: WriteTree, word: str, slug: str
) -> None:
    post = f"---\ntitle: A\ndate: 2020-01-01\ninjuries: [{word}]\n---\n"
    _, problems = compile_site(write_tree({**INJURIES, "posts/a.md": post}))
    (problem,) = (each for each in problems if each.code == "unknown-slug")
    assert problem.hint == f"use '{slug}'"


@pytest.mark.parametrize("word", ["ITB", "TFL", "hip", "SIJ", "Achilles tendon"])
def test_other_names_of_regions_and_muscles_need_no_hint(word: str) -> None:
    assert SITE.names.find("muscle", word) or SITE.names.find("region", word)
