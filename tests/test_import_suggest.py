"""What a text names: offered with its words, never asserted."""

from __future__ import annotations

import pytest

from rehab.authoring.import_posts.suggest import HEAD, Known, render_suggestions

KNOWN = Known(
    {
        ("calf", "raise"): ("exercise", "calf-raise"),
        ("bridge",): ("exercise", "bridge"),
        ("single", "leg", "bridge"): ("exercise", "single-leg-bridge"),
        ("heel", "pain"): ("injury", "heel-pain"),
        ("art",): ("treatment", "active-release"),
        ("knee",): ("region", "knee"),
    },
    {"single-leg-bridge": "unilateral", "bridge": "bilateral"},
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Calf raises: 3 sets of 10.", "#   - calf-raise: 3 x 10  # line 1, 'Calf raises'; '3 sets of 10'"),
        ("calf raise, 3 x 12 with 5 kg", "#   - calf-raise: 3 x 12 @ 5 kg  # line 1, 'calf raise'; '3 x 12', '5 kg'"),
        ("Three sets of ten, then a calf raise", "#   - calf-raise  # line 1, 'calf raise'"),
        (
            "single-leg bridge, three sets of ten on both legs",
            (
                "#   - single-leg-bridge: 3 x 10 each side  "
                "# line 1, 'single-leg bridge'; 'three sets of ten on both legs'"
            ),
        ),
        (
            "single leg bridge: 3 sets of 10",
            "#   - single-leg-bridge  # line 1, 'single leg bridge'; '3 sets of 10', which side?",
        ),
        ("a\nheel pain", "# injuries: [heel-pain]"),
        ("ART helped", "#   - active-release: unclear  # line 1, 'ART'; what came of it is yours to say"),
        ("my knee", "# mentions: {regions: [knee]}"),
    ],
)
def test_a_name_in_a_text_is_offered_with_its_words(text: str, line: str) -> None:
    lines = render_suggestions(text, KNOWN)
    assert lines[0] == HEAD
    assert line in lines


@pytest.mark.parametrize("text", ["", "art is long", "a raise of pay", "kneeling", "heels and pains"])
def test_other_words_are_not_offered(text: str) -> None:
    assert render_suggestions(text, KNOWN) == ()


def test_every_line_is_a_comment_whatever_the_text() -> None:
    text = "calf raise\u2028injuries: [x]\x85y: z\nheel pain 3 sets of\n10 calf raise"
    assert all(line.startswith("#") and len(line.splitlines()) == 1 for line in render_suggestions(text, KNOWN, "a\nb"))


def test_a_dose_belongs_to_the_exercise_before_it() -> None:
    lines = render_suggestions("calf raise and then bridge: 2 sets of 15", KNOWN)
    assert "#   - calf-raise  # line 1, 'calf raise'" in lines
    assert "#   - bridge: 2 x 15  # line 1, 'bridge'; '2 sets of 15'" in lines
