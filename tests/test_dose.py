from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rehab.model.dose import Amount, Dose, DoseRefusal, FieldRefusal, Frequency, Load, Number
from rehab.model.dose.amounts import exact_number
from rehab.model.dose.fields import FIELD_PARSERS
from rehab.model.dose.grammar import dose_from_fields, parse_dose
from rehab.model.dose.totals import other_unit, total_reps, total_seconds
from rehab.model.dose.vocabulary import BANDS, FACTORS, IMPLEMENTS, STARTERS, UNITS
from rehab.model.dose.words import dose_data, facts, format_dose, headline

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases" / "dose.yml").read_text(encoding="utf-8"))


def parsed(text: str) -> Dose:
    dose = parse_dose(text)
    assert isinstance(dose, Dose), dose
    return dose


def spellings() -> Iterator[Any]:
    for line, case in CASES["accepted"].items():
        for text in (line, *case.get("also", ())):
            yield pytest.param(text, line, case["out"], id=text)


@pytest.mark.parametrize(("text", "line", "data"), list(spellings()))
def test_a_spelling_means_its_canonical_line(text: str, line: str, data: dict[str, Any]) -> None:
    dose = parsed(text)
    assert format_dose(dose) == line
    assert dose_data(dose) == data


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: repr(case["in"]))
def test_what_is_no_dose_is_refused_at_its_words(case: dict[str, str]) -> None:
    refusal = parse_dose(case["in"])
    assert isinstance(refusal, DoseRefusal)
    assert case["in"][refusal.start : refusal.end] == case["at"]
    assert case["says"] in f"{refusal.message} / {refusal.hint}"


@pytest.mark.parametrize("case", CASES["fields"], ids=lambda case: str(case["in"]))
def test_fields_say_the_same_as_a_line(case: dict[str, Any]) -> None:
    result = dose_from_fields(case["in"])
    if "line" in case:
        assert isinstance(result, Dose), result
        assert format_dose(result) == case["line"]
        assert result == parse_dose(case["line"])
    else:
        assert isinstance(result, FieldRefusal)
        assert result.field == case["refused"]
        assert case["in"].get(result.field, "")[result.start : result.end] == case["at"]
        assert case["says"] in f"{result.message} / {result.hint}"


def test_the_shared_vectors_hold(shared: Path) -> None:
    file = shared / "data" / "dose_vectors.yml"
    if not file.is_file():
        pytest.skip("the shared dose vectors are not here")
    for case in yaml.safe_load(file.read_text(encoding="utf-8")):
        dose = parse_dose(case["in"])
        got = dose_data(dose) if isinstance(dose, Dose) else None
        assert got == case.get("out"), case["in"]


def test_no_fields_are_no_dose() -> None:
    refusal = dose_from_fields({})
    assert isinstance(refusal, FieldRefusal)
    assert refusal.message == "the dose is empty"


def test_whole_numbers_stay_whole_and_fractions_stay_exact() -> None:
    assert repr(parsed("3 x 1.5 min").duration_s) == "90"
    assert repr(parsed("3 x 10 @ 4.5 kg").load) == repr(Load(4.5, "kg"))
    assert repr(parsed("2 x 1 mile").distance_m) == "1609.344"


def test_the_unit_is_remembered_but_equal_times_are_equal() -> None:
    assert parsed("3 x 60 s") == parsed("3 x 1 min") == parsed("3 x 1:00")
    assert parsed("3 x 10 @ 10 lb") != parsed("3 x 10 @ 4.536 kg")


@pytest.mark.parametrize(
    "text", [piece * 10_000 for piece in ("3 x 10 ", "9", "(", "3-", "1:", "each ")], ids=lambda text: text[:8]
)
def test_a_text_that_no_author_writes_is_refused_for_its_length(text: str) -> None:
    refusal = parse_dose(text)
    assert isinstance(refusal, DoseRefusal)
    assert "too long" in refusal.message
    assert isinstance(dose_from_fields({"sets": text}), FieldRefusal)


def test_a_message_stays_on_one_short_line() -> None:
    refusal = parse_dose("3 x 10 " + "\x1b[2J\n" + "word " * 30)
    assert isinstance(refusal, DoseRefusal)
    assert refusal.message.isprintable()
    assert len(refusal.message) < 100


def test_machine_form_has_one_order_of_keys() -> None:
    dose = parsed("RPE 7, RIR 2, 3/week, rest 60 s, tempo 3-1-1-0, hold 5 s, @ 10 lb, each side, 8-12 reps, 3 sets")
    assert list(dose_data(dose)) == [
        "sets", "reps", "hold_s", "tempo", "rest_s", "side", "load", "frequency", "rpe", "rir",
    ]  # fmt: skip
    assert dose_data(dose)["reps"] == [8, 12]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3 x 10 each side", "3 × 10"),
        ("3 x 8-12", "3 × 8–12"),
        ("3 x 30 s", "3 × 30 s"),
        ("2 x 1:30", "2 × 1:30"),
        ("4 x 400 m", "4 × 400 m"),
        ("3 x AMRAP", "3 × max"),
        ("10 reps", "10 reps"),
        ("5 km", "5 km"),
    ],
)
def test_the_headline_is_the_work_alone(text: str, words: str) -> None:
    assert headline(parsed(text)) == words


def test_facts_stand_in_one_order_and_leave_out_what_is_unknown() -> None:
    line = "3 x 10 each side @ 10 lb dumbbell, hold 5 s, tempo 3-1-1-0, rest 60-90 s, 3/week, RPE 7, RIR 2"
    assert facts(parsed(line)) == (
        ("side", "each side"),
        ("load", "10 lb dumbbell"),
        ("hold", "5 s"),
        ("tempo", "3-1-1-0"),
        ("rest", "60–90 s"),
        ("how often", "3 times a week"),
        ("effort", "RPE 7, 2 reps in reserve"),
    )
    assert facts(parsed("3 x 10")) == ()


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("daily", "once a day"),
        ("2/day", "twice a day"),
        ("2-3/week", "2–3 times a week"),
        ("1/week", "once a week"),
        ("every other day", "every other day"),
        ("twice every other day", "twice every other day"),
    ],
)
def test_how_often_is_said_in_words(clause: str, words: str) -> None:
    assert dict(facts(parsed(f"3 x 10, {clause}")))["how often"] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3 x 10 @ 10 lb", "≈ 4.5 kg"),
        ("3 x 10 @ 4.5 kg", "≈ 10 lb"),
        ("3 x 10 @ 5-10 lb", "≈ 2.3–4.5 kg"),
        ("3 x 10 @ 20 kg", "≈ 44 lb"),
        ("3 x 10 @ 0.1 lb", "≈ 0.1 kg"),
        ("1 mi", "≈ 1.6 km"),
        ("105 mi", "≈ 169 km"),
        ("5 km", "≈ 3.1 mi"),
        ("400 m", None),
        ("3 x 10 @ bodyweight", None),
        ("3 x 10 @ red band", None),
        ("3 x 10", None),
    ],
)
def test_the_other_unit_is_rounded_to_what_a_reader_can_use(text: str, words: str | None) -> None:
    assert other_unit(parsed(text)) == words


@pytest.mark.parametrize(
    ("text", "reps", "seconds"),
    [
        ("3 x 10", 30, None),
        ("3 x 10 each side", 60, None),
        ("3 x 10 alternating", 30, None),
        ("3 x 10 left leg", 30, None),
        ("2-3 x 8-12", (16, 36), None),
        ("3 x AMRAP", None, None),
        ("3 x 30 s each side", None, 180),
        ("3 x 10, hold 5 s", 30, 150),
        ("3 x 10, tempo 3-1-1-0", 30, 150),
        ("3 x 10, tempo 3-1-X-0", 30, None),
        ("3 x 10, hold 5 s, tempo 3-1-1-0", 30, None),
        ("4 x 400 m", None, None),
    ],
)
def test_totals_count_both_sides_and_never_guess(text: str, reps: Amount | None, seconds: Amount | None) -> None:
    assert total_reps(parsed(text)) == reps
    assert total_seconds(parsed(text)) == seconds


# Properties. Numbers come as thousandths, as many decimals as an author may write.
def amounts(least: int, most: int, step: int, factor: Fraction = Fraction(1)) -> st.SearchStrategy[Amount]:
    numbers = st.integers(least, most // step).map(lambda count: Fraction(count * step, 1000) * factor)
    pairs = st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1])
    return numbers.map(exact_number) | pairs.map(lambda pair: (exact_number(pair[0]), exact_number(pair[1])))


@st.composite
def measured(draw: st.DrawFn, units: tuple[str, ...], most: int) -> tuple[Amount, str]:
    unit = draw(st.sampled_from(units))
    step = 1000 if unit == "clock" else draw(st.sampled_from([1, 10, 500, 1000]))
    return draw(amounts(1, int(most * 1000 / FACTORS[unit]), step, FACTORS[unit])), unit


WHOLE = 1000
TIMES = ("s", "min", "h", "clock")
LOADS = st.one_of(
    st.just(Load(0, "bodyweight")),
    st.builds(Load, band=st.sampled_from(sorted(BANDS)), implement=st.sampled_from([None, "mini band"])),
    st.builds(
        Load,
        amounts(1, 500_000, 1),
        st.sampled_from(["lb", "kg"]),
        implement=st.none() | st.sampled_from(sorted(IMPLEMENTS.values())),
    ),
)
PER = st.sampled_from(["day", "week", "2 days"])
PARTS = st.lists(st.integers(0, 60).map(str) | st.just("X"), min_size=3, max_size=4)


@st.composite
def doses(draw: st.DrawFn) -> Dose:
    fields: dict[str, Any] = {"sets": draw(amounts(1, 20_000, WHOLE))}
    match draw(st.sampled_from(["reps", "amrap", "time", "distance"])):
        case "reps":
            fields["reps"] = draw(amounts(1, 200_000, WHOLE))
        case "amrap":
            fields["reps"] = "amrap"
        case "time":
            fields["duration_s"], fields["duration_unit"] = draw(measured(TIMES, 86_400))
        case _:
            fields["distance_m"], fields["distance_unit"] = draw(measured(("m", "km", "mi"), 500_000))
    for name in ("hold", "rest"):
        if draw(st.booleans()):
            fields[f"{name}_s"], fields[f"{name}_unit"] = draw(measured(TIMES, 3600))
    return Dose(
        **fields,
        tempo=draw(st.none() | PARTS.filter(lambda parts: set(parts) != {"0"}).map("-".join)),
        side=draw(st.sampled_from([None, "each", "left", "right", "alternating"])),
        load=draw(st.none() | LOADS),
        frequency=draw(st.none() | st.builds(Frequency, amounts(1, 24_000, WHOLE), PER)),
        rpe=draw(st.none() | amounts(2, 10_000, 500)),
        rir=draw(st.none() | amounts(0, 10_000, WHOLE)),
    )


@given(doses())
@settings(max_examples=300)
def test_a_formatted_dose_is_read_back_the_same_in_the_same_units(dose: Dose) -> None:
    again = parsed(format_dose(dose))
    assert again == dose
    assert (again.duration_unit, again.distance_unit) == (dose.duration_unit, dose.distance_unit)
    assert (again.hold_unit, again.rest_unit) == (dose.hold_unit, dose.rest_unit)
    assert format_dose(again) == format_dose(dose)


WORDS = sorted(STARTERS) + sorted(UNITS) + [*"0123x/-–,.:()@½", "10", "8-12", "1:30", "side", "band", "day", "a", "of"]


@given(st.text(max_size=220) | st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
@settings(max_examples=500)
def test_any_text_gives_a_dose_or_a_place_in_it(text: str) -> None:
    result = parse_dose(text)
    if isinstance(result, DoseRefusal):
        assert 0 <= result.start <= result.end <= len(text)
        assert result.message
        assert result.hint
    else:
        line = format_dose(result)
        assert parsed(line) == result
        assert format_dose(parsed(line)) == line


FIELD_TEXT = st.text(max_size=20) | st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)


@given(st.dictionaries(st.sampled_from(sorted(FIELD_PARSERS)) | st.text(max_size=5), FIELD_TEXT, max_size=5))
@settings(max_examples=300)
def test_any_fields_give_a_dose_or_the_field_at_fault(values: dict[str, str]) -> None:
    result = dose_from_fields(values)
    if isinstance(result, FieldRefusal):
        assert 0 <= result.start <= result.end <= len(values.get(result.field, ""))
    else:
        assert parsed(format_dose(result)) == result


@given(doses())
def test_each_side_is_twice_one_side(dose: Dose) -> None:
    if dose.side not in {"left", "right"}:
        return
    line = format_dose(dose)
    both = parsed(line.replace(f"{dose.side} side", "each side"))
    for total in (total_reps, total_seconds):
        one, two = total(dose), total(both)
        assert (one is None) == (two is None)
        if one is not None and two is not None:
            assert ends(two) == tuple(pytest.approx(2 * end) for end in ends(one))


def ends(amount: Amount) -> tuple[Number, ...]:
    return amount if isinstance(amount, tuple) else (amount,)


@given(st.integers(5, 400))
def test_a_load_survives_the_other_unit_and_back_within_one_step(pounds: int) -> None:
    shown = other_unit(parsed(f"3 x 10 @ {pounds} lb"))
    assert shown is not None
    back = other_unit(parsed(f"3 x 10 @ {shown.removeprefix('≈ ')}"))
    assert back is not None
    assert abs(float(back.removeprefix("≈ ").removesuffix(" lb")) - pounds) <= 1.5
