"""An exercise's doses in the posts → small charts over time.

In: what each post says of how much it did, and when it was written. Out: at most three charts, each of one measure in
one unit on one side of the body, for nothing else can be compared. A chart needs two values whose dates are known to
differ; otherwise there is none, and the table of doses says all. Values without a date stand apart and join no line.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from rehab.model.dose.totals import total_reps, total_seconds
from rehab.model.dose.words import number_words
from rehab.site.charts.scale import as_points, ends, middle, place, tick_step
from rehab.site.views.chart import DosesChart, Dot, Label
from rehab.site.wording import MONTHS, SIDES_OF_DOSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rehab.model.dose import Amount, Dose

MOST_CHARTS = 3
MOST_DOTS = 40
_MOST_LABELS = 8
_LEAST = 2
_LABEL_WIDTH, _LABEL_HEIGHT = 42, 16

WIDTH, HEIGHT = 340, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 326, 30, 150
_APART = 60
"""How much room the values without a date take, at the right."""
_DAY_ROOM = 76
"""How wide a date is, with the space beside it."""


class Did(Struct, frozen=True):
    """How much a post did. `day` is None where nobody knows it; `sure` is whether the day itself is known."""

    dose: Dose
    day: dt.date | None
    sure: bool = True


class Measure(NamedTuple):
    """Something that can be counted: its name, how much of it a dose has, and what else must be the same."""

    name: str
    amount: Callable[[Dose], Amount | None]
    unit: Callable[[Dose], str]
    with_: Callable[[Dose], str]


def _load(dose: Dose) -> Amount | None:
    return dose.load.value if dose.load and dose.load.unit in {"lb", "kg"} else None


def _load_unit(dose: Dose) -> str:
    return (dose.load.unit or "") if dose.load else ""


def _implement(dose: Dose) -> str:
    return (dose.load.implement or "") if dose.load else ""


def _seconds(dose: Dose) -> Amount | None:
    return total_seconds(dose) if dose.duration_s is not None or dose.hold_s is not None else None


def _metres(dose: Dose) -> Amount | None:
    return dose.distance_m if dose.sets == 1 else None


MEASURES: tuple[Measure, ...] = (
    Measure("Load", _load, _load_unit, _implement),
    Measure("Repetitions in all", total_reps, lambda _: "", lambda _: ""),
    Measure("Seconds of work in all", _seconds, lambda _: "s", lambda _: ""),
    Measure("Distance", _metres, lambda _: "m", lambda _: ""),
)


class _Value(NamedTuple):
    amount: Amount
    did: Did


def doses_charts(done: Iterable[Did]) -> tuple[DosesChart, ...]:
    """Return the charts of an exercise's doses, those with most values first."""
    found = list(_series(tuple(done)))
    most = sorted(found, key=lambda each: -len(each[2]))[:MOST_CHARTS]
    return tuple(_chart(title, unit, values) for title, unit, values in most)


def _series(done: tuple[Did, ...]) -> Iterator[tuple[str, str, list[_Value]]]:
    """Yield what can be compared: the title, the unit, and the values, oldest first and undated ones last."""
    for measure in MEASURES:
        groups: dict[tuple[str, str, str], list[_Value]] = {}
        for did in done:
            amount = measure.amount(did.dose)
            if amount is not None:
                key = measure.unit(did.dose), measure.with_(did.dose), did.dose.side or ""
                groups.setdefault(key, []).append(_Value(amount, did))
        for (unit, thing, side), values in groups.items():
            if len({value.did.day for value in values if value.did.day}) >= _LEAST:
                yield _title(measure.name, unit, thing, side), unit, _in_order(values)


def _title(name: str, unit: str, thing: str, side: str) -> str:
    first = f"{name} in {unit}" if unit in {"lb", "kg", "m"} else name
    return ", ".join(part for part in (first, thing, SIDES_OF_DOSES.get(side, "")) if part)


def _in_order(values: list[_Value]) -> list[_Value]:
    dated = sorted((each for each in values if each.did.day), key=lambda each: each.did.day or dt.date.min)
    return [*dated[-MOST_DOTS:], *[each for each in values if each.did.day is None][:MOST_DOTS]]


def _chart(title: str, unit: str, values: list[_Value]) -> DosesChart:
    dated = [each for each in values if each.did.day]
    undated = values[len(dated) :]
    step = tick_step(max(ends(each.amount)[1] for each in values))
    ticks = tuple(Label(_LEFT - 8, _height_of(step * n, step), _number(float(step * n)), "end") for n in (0, 1, 2))
    apart = _RIGHT - _APART if undated else 0
    dots = [*_dated_dots(dated, step, (apart or _RIGHT) - 14), *_undated_dots(undated, step, apart)]
    return DosesChart(
        title=title,
        words=trend_words([each.amount for each in dated], unit),
        width=WIDTH,
        height=HEIGHT,
        ticks=ticks,
        dots=tuple(dots),
        labels=tuple(_labels(dots, values)),
        days=(*_days(dots, dated), *([Label(apart + _APART // 2, _BOTTOM + 20, "no date")] if undated else ())),
        line=as_points([(dot.x, (dot.y + dot.top) // 2) for dot in dots[: len(dated)]]),
        apart=apart,
        notes=tuple(_notes(dated, undated)),
    )


def _height_of(value: object, step: object) -> int:
    return place(value, step * 2, _BOTTOM, _TOP)  # type: ignore[arg-type,operator] # numbers of any kind


def _dot(x: int, value: _Value, step: object) -> Dot:
    low, high = ends(value.amount)
    return Dot(x, _height_of(low, step), _height_of(high, step), value.did.day is not None and value.did.sure)


def _dated_dots(dated: Sequence[_Value], step: object, end: int) -> Iterator[Dot]:
    days = [each.did.day.toordinal() for each in dated if each.did.day]
    for day, value in zip(days, dated, strict=True):
        yield _dot(place(day - days[0], days[-1] - days[0], _LEFT + 14, end), value, step)


def _undated_dots(undated: Sequence[_Value], step: object, apart: int) -> Iterator[Dot]:
    for number, value in enumerate(undated, start=1):
        yield _dot(place(number, len(undated) + 1, apart, apart + _APART), value, step)


def _labels(dots: Sequence[Dot], values: Sequence[_Value]) -> Iterator[Label]:
    """Yield the values at their dots: the first, the last, and those between for which there is room."""
    last = len(dots) - 1
    shown: list[Label] = []
    for at in dict.fromkeys((0, last, *(range(last) if last < _MOST_LABELS else ()))):
        label = Label(dots[at].x, dots[at].top - 11, amount_words(values[at].amount))
        if all(abs(label.x - each.x) >= _LABEL_WIDTH or abs(label.y - each.y) >= _LABEL_HEIGHT for each in shown):
            shown.append(label)
    yield from sorted(shown, key=lambda each: each.x)


def _days(dots: Sequence[Dot], dated: Sequence[_Value]) -> Iterator[Label]:
    """Yield the dates that have room: the first, the last, and those between that stand free of their neighbours."""
    last = len(dated) - 1
    yield Label(dots[0].x, _BOTTOM + 20, _day(dated[0].did), "start")
    taken = dots[0].x + _DAY_ROOM
    for at in range(1, last):
        x = dots[at].x
        if x - _DAY_ROOM // 2 >= taken and x + _DAY_ROOM // 2 <= dots[last].x - _DAY_ROOM:
            yield Label(x, _BOTTOM + 20, _day(dated[at].did))
            taken = x + _DAY_ROOM // 2
    yield Label(dots[last].x, _BOTTOM + 20, _day(dated[last].did), "end")


def _day(did: Did) -> str:
    day = did.day or dt.date.min
    return f"{'' if did.sure else '~ '}{MONTHS[day.month - 1][:3]} {day.year}"


def _notes(dated: Sequence[_Value], undated: Sequence[_Value]) -> Iterator[str]:
    if not all(each.did.sure for each in dated):
        yield "A hollow dot: the day is not known exactly."
    if undated:
        yield "At the right, behind the dashed line: the post has no date."
    if any(isinstance(each.amount, tuple) for each in (*dated, *undated)):
        yield "A bar: from the least to the most that the post gives."
    if len(dated) == MOST_DOTS:
        yield f"The newest {MOST_DOTS} are drawn; the table has all."


def trend_words(amounts: Sequence[Amount], unit: str) -> str:
    """Return what the values do over time, in a sentence. They are at least two, oldest first."""
    said = [f"{amount_words(each)} {unit}".strip() for each in amounts]
    mids = [middle(each) for each in amounts]
    if len(set(mids)) == 1:
        return f"It stays at {said[0]}."
    rises = all(a <= b for a, b in pairwise(mids))
    falls = all(a >= b for a, b in pairwise(mids))
    if rises or falls:
        return f"It goes {'up' if rises else 'down'} from {said[0]} to {said[-1]}."
    least, most = said[mids.index(min(mids))], said[mids.index(max(mids))]
    return f"It goes up and down between {least} and {most}, and is {said[-1]} in the end."


def amount_words(amount: Amount) -> str:
    """Return a number, or a range with a dash."""
    low, high = ends(amount)
    return _number(low) if low == high else f"{_number(low)}–{_number(high)}"


def _number(value: float) -> str:
    return number_words(int(value) if float(value).is_integer() else round(value, 2))
