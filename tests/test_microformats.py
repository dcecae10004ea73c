"""What a reader of microformats makes of our pages: posts, lists of posts, and comments on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

mf2py: Any = pytest.importorskip("mf2py", reason="the tests' packages are not here")

HOME = "http://localhost:8000"


def items(demo: Path, path: str) -> list[dict[str, Any]]:
    text = (demo / path / "index.html").read_text("utf-8")
    found: list[dict[str, Any]] = mf2py.parse(doc=text, url=f"{HOME}/{path}/")["items"]
    return found


def within(found: list[dict[str, Any]], type_: str) -> Iterator[dict[str, Any]]:
    for each in found:
        if type_ in each["type"]:
            yield each
        nested = [
            one for values in each["properties"].values() for one in values if isinstance(one, dict) and "type" in one
        ]
        yield from within([*each.get("children", []), *nested], type_)


def test_a_post_is_an_entry_with_its_name_author_day_text_and_address(demo: Path) -> None:
    path = "posts/two-exercises-for-a-hamstring"
    entry = next(within(items(demo, path), "h-entry"))["properties"]
    assert entry["name"] == ["How two exercises healed my hamstring and my glute"]
    assert [each["properties"]["name"] for each in entry["author"]] == [["Marit"]]
    assert entry["published"] == ["2014-04"]
    assert entry["url"] == [f"{HOME}/{path}/"]
    assert "deadlift on one leg" in entry["content"][0]["value"]


def test_what_readers_say_of_a_post_are_its_comments(demo: Path) -> None:
    entry = next(within(items(demo, "posts/two-exercises-for-a-hamstring"), "h-entry"))["properties"]
    assert len(entry["comment"]) == 7
    for each in entry["comment"]:
        assert each["type"] == ["h-cite"]
        assert each["properties"]["content"][0]["value"].strip()
        assert each["properties"]["url"][0].startswith(f"{HOME}/posts/two-exercises-for-a-hamstring/#")
    names = [one["properties"]["name"][0] for each in entry["comment"] for one in each["properties"].get("author", [])]
    assert names
    assert "Anonymous" not in names


def test_a_list_of_posts_is_a_feed_of_entries_with_addresses(demo: Path) -> None:
    (feed,) = within(items(demo, "posts"), "h-feed")
    entries = list(within(feed["children"], "h-entry"))
    assert entries
    for each in entries:
        assert each["properties"]["url"][0].startswith(f"{HOME}/posts/")
        assert each["properties"]["author"]
