"""A mapping with some other values in it: what it says, however often that is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.site.over import Over

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = st.sampled_from("abcde")
CHANGES = st.lists(st.tuples(st.dictionaries(KEYS, st.integers()), st.frozensets(KEYS)), max_size=5)


@given(st.dictionaries(KEYS, st.integers()), CHANGES)
def test_it_says_what_a_dictionary_would_after_the_same_changes(
    first: dict[str, int], changes: list[tuple[dict[str, int], frozenset[str]]]
) -> None:
    plain, over = dict(first), first
    for values, gone in changes:
        plain = {**{key: value for key, value in plain.items() if key not in gone}, **values}
        over = Over(over, values, gone)  # type: ignore[assignment] # a mapping as good as the first
    assert dict(over) == plain
    assert len(over) == len(plain)
    assert {key for key in "abcde" if key in over} == plain.keys()


def test_it_stands_on_the_first_mapping_however_many_changes_there_were() -> None:
    first = {"a": 1}
    over: Mapping[str, int] = first
    for number in range(10_000):
        over = Over(over, {"b": number})
    assert dict(over) == {"a": 1, "b": 9_999}
    with pytest.raises(KeyError):
        Over(over, {}, ["a"])["a"]
