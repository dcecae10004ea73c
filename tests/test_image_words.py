"""The only words in a published file: who made the picture and under which licence, where its author says so."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from rehab.compile import compile_site
from rehab.images.audit import audit_images
from rehab.images.make import make_renditions
from rehab.images.notice import licence_url, render_notice
from rehab.images.plan import Notice, Photo, Recipe, plan_picture
from test_image_make import QUICK, encoded, four_corners

if TYPE_CHECKING:
    from collections.abc import Callable

PHOTO = Photo("content/leg.jpg", Path("leg.jpg"), "ab" * 32, 40, 30, alpha=False, kind="raster")
SAM = Notice("Sam Ä. & <b>", "https://example.org/?a=1&b=2", "CC-BY-SA-4.0")
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"


def said(packet: bytes) -> dict[str, str]:
    """Return the words of an XMP packet by the name of their field."""
    description = next(ET.fromstring(packet.decode()).iter(f"{RDF}Description"))  # noqa: S314 - our own text
    return {field.tag.rpartition("}")[2]: "".join(field.itertext()) for field in description}


def test_a_notice_says_maker_credit_licence_and_where_to_ask() -> None:
    assert said(render_notice(SAM)) == {
        "creator": "Sam Ä. & <b>",
        "Credit": "Sam Ä. & <b>",
        "rights": "CC-BY-SA-4.0",
        "WebStatement": "https://creativecommons.org/licenses/by-sa/4.0/",
        "Licensor": "https://example.org/?a=1&b=2",
    }


@pytest.mark.parametrize("notice", [None, Notice(), Notice(license="own"), Notice(" ", "", " ")])
def test_nothing_to_say_is_no_packet(notice: Notice | None) -> None:
    assert render_notice(notice) == b""


@given(st.text(), st.text(), st.text())
def test_any_words_at_all_make_a_packet_that_can_be_read(creator: str, url: str, terms: str) -> None:
    packet = render_notice(Notice(creator, url, terms))
    assert not packet or said(packet)


@pytest.mark.parametrize(
    ("terms", "url"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc by-nc-nd 2.0", "https://creativecommons.org/licenses/by-nc-nd/2.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("see https://example.org/terms for more", "https://example.org/terms"),
        ("all rights reserved", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_licence_leads_to_its_text_where_that_is_known(terms: str, url: str) -> None:
    assert licence_url(terms) == url


def test_a_notice_is_part_of_the_recipe() -> None:
    names = {plan_picture(PHOTO, QUICK, notice).src for notice in (None, SAM, Notice("Sam"), Notice("", "Sam"))}
    assert len(names) == 4
    assert plan_picture(PHOTO, QUICK, Notice()) == plan_picture(PHOTO, QUICK)


BLOG = """---
title: Hill
images:
  - src: leg.jpg
    alt: A leg
    credit: {text: Sam Hill, url: "https://example.org/", license: CC-BY-4.0}
  - src: arm.png
    alt: An arm
---
"""


def test_a_credit_in_front_matter_is_in_every_file_and_nothing_else_is(
    write_tree: Callable[[dict[str, str | bytes]], Path], tmp_path: Path
) -> None:
    secret = Image.Exif()
    secret[0x013B] = "Secret"
    through = four_corners().convert("RGBA")
    leg = encoded(four_corners(), exif=secret, xmp=b"<dc:creator>Secret</dc:creator>", comment=b"Secret")
    files: dict[str, str | bytes] = {
        "galleries/hill/gallery.md": BLOG.replace("arm.png", "arm.png\n    credit: {text: Kim, license: own}"),
        "galleries/hill/leg.jpg": leg,
        "galleries/hill/arm.png": encoded(through, "PNG", exif=secret),
    }
    site, problems = compile_site(write_tree(files), recipe=Recipe(widths=(20, 40), speed=10))
    assert problems == ()
    made, _ = make_renditions(site.pictures.values(), tmp_path / "output", tmp_path / "made")
    assert len(made.files) == 8
    for name in made.files:
        data = (tmp_path / "output" / name).read_bytes()
        image = Image.open(io.BytesIO(data))
        packet = image.info.get("xmp") or image.info["XML:com.adobe.xmp"]
        words = said(packet if isinstance(packet, bytes) else str(packet).encode())
        assert words["creator"] == ("Sam Hill" if "/leg-" in name else "Kim")
        assert words.get("rights") == ("CC-BY-4.0" if "/leg-" in name else None)
        assert b"Secret" not in data
        assert not image.info.get("exif")
    assert audit_images(tmp_path / "output") == ()
