"""Drawings: cleaned to what draws, or refused with a reason."""

from __future__ import annotations

import pytest

from rehab.images.refused import Refused
from rehab.images.svg import Drawing, clean_svg, is_drawing

SVG = 'xmlns="http://www.w3.org/2000/svg"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def clean(inside: str, attributes: str = 'viewBox="0 0 10 20"') -> str:
    return clean_svg(f"<svg {SVG} {XLINK} {attributes}>{inside}</svg>".encode()).text


def reason(data: str | bytes) -> str:
    with pytest.raises(Refused) as caught:
        clean_svg(data.encode() if isinstance(data, str) else data)
    return caught.value.reason


def test_shapes_gradients_and_text_come_through() -> None:
    inside = (
        '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"></stop></linearGradient></defs>'
        '<g transform="scale(2)"><path d="M0 0L1 1" fill="url(#a)"></path></g><text x="1">knee &amp; hip</text>'
    )
    assert clean(inside) == f'<svg height="20" viewBox="0 0 10 20" width="10" {SVG}>{inside}</svg>\n'


def test_a_clean_drawing_is_clean_already() -> None:
    once = clean('<rect style="fill:red; stroke : blue" width="3"/><title>a &lt; b</title>')
    assert clean_svg(once.encode()).text == once


def test_prefixes_are_of_no_account() -> None:
    spelled = '<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 10 20"><s:g></s:g></s:svg>'
    assert clean_svg(spelled.encode()).text == clean("<g/>")


def test_what_only_describes_is_left_out() -> None:
    inkscape = 'xmlns:i="http://www.inkscape.org/namespaces/inkscape"'
    noise = f'<!-- me --><?php x ?><metadata><b>by me</b></metadata><i:view {inkscape} i:x="1"><g>in</g></i:view>'
    assert clean(f'{noise}<g class="a" data-b="c" xml:space="preserve"> loose words </g>') == clean("<g/>")


def test_style_becomes_attributes_and_wins_over_them() -> None:
    assert 'fill="red"' in clean('<rect fill="blue" style="/* x */ fill:red;-inkscape-font:x"/>')
    assert 'fill="red"' in clean('<rect style="fill: red !important; stroke"/>')


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<script>alert(1)</script>", "holds a script"),
        ("<SCRIPT>alert(1)</SCRIPT>", "holds <SCRIPT>, which is not read here"),
        ('<g onclick="alert(1)"/>', "holds a script"),
        ('<g ONLOAD="alert(1)"/>', "holds a script"),
        ("<style>@import url(//evil.example)</style>", "holds a style sheet"),
        ("<foreignObject><p>hi</p></foreignObject>", "holds foreign content"),
        ('<image href="https://evil.example/x.png"/>', "loads another picture"),
        ('<a href="javascript:alert(1)"><g/></a>', "holds a link"),
        ('<use href="#a"/>', "repeats parts of itself with <use>"),
        ('<animate attributeName="x"/>', "is animated"),
        ("<svg/>", "holds <svg>, which is not read here"),
        ('<linearGradient href="https://evil.example/#a"/>', "points to something outside itself"),
        ('<linearGradient xlink:href="other.svg#a"/>', "points to something outside itself"),
        ('<rect fill="url(https://evil.example/#a)"/>', "points to something outside itself"),
        ('<rect style="fill:url(&quot;//evil.example&quot;)"/>', "points to something outside itself"),
        ('<rect style="fill:u\\72l(//evil.example)"/>', "points to something outside itself"),
        ('<rect fill="url(#a) url(//evil.example)"/>', "points to something outside itself"),
        ('<clipPath id="a"><g clip-path="url(#a)"/></clipPath>', "clips or masks within a clip or mask"),
        ("<g>" * 200 + "</g>" * 200, "is nested more than 100 deep"),
        ('<clipPath id="a" clip-path="url(#a)"/>', "clips or masks within a clip or mask"),
        ('<g style="Transform: rotate(45deg)"/>', "uses 'transform' in a style"),
        ("<g>", "is not well-formed at line 1"),
        ("&nbsp;", "is not well-formed at line 1"),
    ],
)
def test_what_acts_or_loads_refuses_the_whole_drawing(inside: str, expected: str) -> None:
    assert reason(f'<svg {SVG} {XLINK} viewBox="0 0 1 1">{inside}</svg>') == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "aa">]><svg>&a;</svg>', "declares entities of its own"),
        ('<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>', "declares entities of its own"),
        (f'<!DOCTYPE svg SYSTEM "x.dtd"><svg {SVG} viewBox="0 0 1 1">&x;</svg>', "uses entities"),
        ("<html/>", "has <html> as its outermost element, not <svg> of SVG"),
        ('<svg viewBox="0 0 1 1"/>', "has <svg> as its outermost element, not <svg> of SVG"),
        (f"<svg {SVG}/>", "does not say how large it is"),
        (f'<svg {SVG} width="100%" height="100%"/>', "does not say how large it is"),
        (f"<metadata {SVG}><svg/></metadata>", "has <metadata> as its outermost element, not <svg> of SVG"),
        (f'<svg {SVG} viewBox="0 0 nan inf"/>', "does not say how large it is"),
        (f'<svg {SVG} viewBox="0 0 1e9 1e9"/>', "does not say how large it is"),
        ("", "is not well-formed at line 1"),
        ("<svg>" + " " * 2_000_000, "is a drawing of more than 2 MB"),
    ],
)
def test_a_document_that_is_no_safe_drawing_is_refused(document: str, expected: str) -> None:
    assert reason(document) == expected


@pytest.mark.parametrize(
    "attribute",
    ['style="{}"', 'style="{}:"', 'width="1{}!"', 'viewBox="{}"', 'fill="url({}"', 'fill="url(#{}"', 'style="/*{}"'],
)
@pytest.mark.parametrize("filling", ["a", " ", "url(#a", "/*", "1 "])
def test_a_megabyte_in_one_attribute_costs_no_more_than_a_megabyte(attribute: str, filling: str) -> None:
    # Quadratic work on a million letters would take hours; linear work takes a moment.
    data = f"<svg {SVG} {attribute.format(filling * (1_000_000 // len(filling)))}/>"
    with pytest.raises(Refused):
        clean_svg(data.encode())


def test_a_plain_doctype_is_left_out() -> None:
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    data = f'<?xml version="1.0"?>{doctype}<svg {SVG} viewBox="0 0 10 20"><g/></svg>'
    assert clean_svg(data.encode()).text == clean("<g/>")


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 30 40"', (30, 40)),
        ('viewBox="0,0,30,40" width="60"', (60, 80)),
        ('viewBox="0 0 30 40" height="1in"', (72, 96)),
        ('viewBox="0 0 30 40" width="100%"', (30, 40)),
        ('width="12px" height="9pt"', (12, 12)),
        ('viewBox="0 0 0.2 0.4"', (1, 1)),
    ],
)
def test_the_size_comes_from_the_outermost_element(attributes: str, size: tuple[int, int]) -> None:
    drawing = clean_svg(f"<svg {SVG} {attributes}/>".encode())
    assert (drawing.width, drawing.height) == size


def test_a_drawing_without_view_box_gets_one_so_that_it_scales() -> None:
    assert clean("", 'width="12" height="9"') == f'<svg height="9" viewBox="0 0 12 9" width="12" {SVG}></svg>\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_every_encoding_ends_as_utf_8(encoding: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    data = f'{declaration}<svg {SVG} viewBox="0 0 1 1"><title>é</title></svg>'
    assert is_drawing(data.encode(encoding))
    assert clean_svg(data.encode(encoding)) == Drawing(
        f'<svg height="1" viewBox="0 0 1 1" width="1" {SVG}><title>é</title></svg>\n', 1, 1
    )


def test_a_web_page_with_a_drawing_in_it_is_no_drawing() -> None:
    assert not is_drawing(b"<html><body><svg/></body></html>")
    assert is_drawing(b"<!-- made by hand -->\n<svg viewBox='0 0 1 1'/>")
