"""A site that is read as it is asked for says what the site says; what nobody kept is refused, whatever is asked."""

from __future__ import annotations

import copy
import operator
from typing import TYPE_CHECKING, Any, cast

import pytest

from conftest import ROOT
from rehab.adapter.edit.asked import Asked, Comments, Listed, Lost, Read, Unknown, parts_of
from rehab.adapter.keep.parts import read_parts, save_parts
from rehab.compile import compile_site
from rehab.source.packed import Packed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from rehab.site.site import Site
    from rehab.source.document import Texts

FIELDS = ("texts", "threads", "replies", "pictures", "folders", "targets", "text_refs", "outgoing", "incoming", "nouns")


@pytest.fixture(scope="module")
def site() -> Site:
    """Return the demo's site."""
    return compile_site(ROOT / "content")[0]


@pytest.fixture
def read(site: Site, tmp_path: Path) -> Read:
    """Return the site, kept in parts."""
    fields: dict[str, Mapping[str, Any]] = {name: getattr(site, name) for name in FIELDS}
    save_parts(tmp_path / "site.bin", parts_of(fields))
    parts = read_parts(tmp_path / "site.bin")
    assert parts is not None
    return Read(parts)


@pytest.mark.parametrize("name", FIELDS)
def test_each_value_is_found_by_its_key_and_by_going_through_all(name: str, site: Site, read: Read) -> None:
    asked, whole = Asked(read, name), dict(getattr(site, name))
    assert whole
    assert {key: asked[key] for key in whole} == whole
    assert dict(asked) == whole
    assert len(asked) == len(whole)
    assert asked.get("nobody is called so") is None


def test_a_list_has_its_order_and_the_very_things_that_a_mapping_has(site: Site, read: Read) -> None:
    nouns = Asked(read, "nouns")
    listed = Listed([f"post:{post.slug}" for post in site.posts], nouns)
    assert (tuple(listed), listed[:2], len(listed)) == (site.posts, site.posts[:2], len(site.posts))
    assert listed[0] is nouns[f"post:{site.posts[0].slug}"]


def test_the_texts_of_a_thread_lie_together(site: Site, tmp_path: Path) -> None:
    texts = Packed(cast("Texts", site.texts), "comments")
    save_parts(tmp_path / "site.bin", parts_of({"comments": Comments(texts)}))
    parts = read_parts(tmp_path / "site.bin")
    assert parts is not None
    read = Read(parts)
    said = {path: text for thread in site.threads for path, text in read.comments_in(thread).items()}
    assert said
    assert said == {path: text for path, text in site.texts.items() if path not in texts.open}
    assert read.comments_in("nobody is called so") == {}


def test_one_text_reads_few_parts_of_many(site: Site, read: Read) -> None:
    before = copy.copy(read._known)  # noqa: SLF001 - what was read is nobody else's to know
    assert Asked(read, "texts")[site.posts[0].path] == site.texts[site.posts[0].path]
    assert len(read._known) - len(before) == 1  # noqa: SLF001 - as above


ACTS: dict[str, Callable[[Any], object]] = {
    "name": operator.attrgetter("title"), "item": operator.itemgetter(0), "iter": list, "length": len, "truth": bool,
    "text": str, "call": operator.methodcaller("get"), "equal": lambda it: it == 1, "other": lambda it: it != 1,
    "less": lambda it: it < 1, "more": lambda it: it >= 1, "in": lambda it: 1 in it, "plus": lambda it: it + 1,
    "after": lambda it: 1 + it, "format": lambda it: f"{it:>5}", "hash": hash, "sorted": sorted, "number": int,
    "reversed": lambda it: list(reversed(it)), "times": lambda it: it * 2, "joined": lambda it: "%s" % it,  # noqa: UP031
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_what_nobody_kept_is_refused_whatever_is_done_with_it(act: str) -> None:
    with pytest.raises(Lost):
        ACTS[act](Unknown())
