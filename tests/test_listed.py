"""Lists of articles that Pelican asks again and again."""

from __future__ import annotations

from rehab.adapter.listed import Listed


class Article:
    """One that is never compared with another."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        raise AssertionError


def test_a_list_knows_its_articles_without_looking_at_each() -> None:
    first, second, other = Article(), Article(), Article()
    listed = Listed([first, second])
    assert (first in listed, second in listed, other in listed) == (True, True, False)


def test_a_list_knows_what_was_added_to_it() -> None:
    first, second = Article(), Article()
    listed = Listed([first])
    assert second not in listed
    listed.append(second)
    assert second in listed
