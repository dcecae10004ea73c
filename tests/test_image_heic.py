"""Pictures of iPhones, where the optional package that reads them is installed."""

from __future__ import annotations

import base64
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from rehab.images.read import read_photos
from rehab.source.document import Asset
from test_image_make import ALIKE, QUICK, Site, difference, four_corners, open_made

if TYPE_CHECKING:
    from pathlib import Path

# Four coloured corners, 64 × 48 pixels, stored on their side with the EXIF orientation 6 and the name of a camera.
HEIC = base64.b85decode(
    r"0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0005VZDn*}000000000XXk=`10000000000aA{+700000000000000000000G-+&a"
    r"V*mgE07O6l0ssL300001>;M4(00000007MZ0ssI200OxH0RR9100000H~;_uIB98aW&i*H00062000$fZf0cy000000RRAKc4ILB"
    r"0000LX>Mj^0ssI300IC2MR;ju000004sdC7Z2$lO00031009SSaB^?}008D`aAR)(004Gqc4I>U18@KU0FVFx0000U@BsY%`1k+-"
    r"4+CHT0RR|40Sp2E{{wIU00RJ!0009300RIXx&lC90096hLID8-Z~y=U0FVFx0{{R603M(qfd!W8<fgf}2xu@M00096AOHXZ03l)k"
    r"0RRR>0l{;?i2wiq6Ju{|a&BX6cmM$a4FCp!0000KX>)L8000000000$0000$0000eV{Bn?0000m000010000$00001|NsB+00002"
    r"00000000020000GaA|mH000000|*ER00009X>xCL0{{R38EJ5BVE_OC000000RRC8fdT^sgoXeB02*m>Wo7^X0000001jhhb7KGk"
    r"009620003EZDe6|0002VC;_hqIPlTE>(}F8fB*cXG5`N#Tml~iiNC3y|NaL$-}6%<j+L2SzODQ{`~LU+M(OpYaDxW;9Vr!bK78yX"
    r"0`6P62;>#XMWZ+|D~C}|0Hu!h)6J@Bzvin<kO^Jg>DiKTsp>mBi5>}?sHo%+@IvOfK0&@tV9Wht;r^U?kog~&U-Z^+16>oM+`9Wg"
    r"4MzM0U4Ppt$NQ8$)xS<arFfaH7*#lG{PVS3qG?nA>+RZ#z84uqGY(5fk|CjF$6+0U8bEOQegFUf21R&jW&i+9O#mtY000O80s#;J"
    r"0ssI22LJ#7CIJ!v0{{R30RRR70000008?dSa%FS?00"
)
needs_heic = pytest.mark.skipif(find_spec("pi_heif") is None, reason="the extra 'heic' is not installed")


@needs_heic
def test_a_heic_photo_is_published_upright_and_without_its_words(tmp_path: Path) -> None:
    site = Site(tmp_path, QUICK)
    site.put("leg.heic", HEIC)
    assert site.make()[1] == ()
    (picture,) = site.plan()
    assert (picture.photo.width, picture.photo.height) == (64, 48)
    for name, data in site.made().items():
        assert b"Secret" not in data
        image = open_made(site, name)
        assert difference(image, four_corners(image.size)) < 2 * ALIKE


@needs_heic
def test_a_damaged_heic_photo_is_refused(tmp_path: Path) -> None:
    assert message(tmp_path, HEIC[:400]) == "'leg.heic' is damaged: its pixels cannot be read"


@pytest.mark.skipif(find_spec("pi_heif") is not None, reason="the extra 'heic' is installed")
def test_without_the_package_a_heic_photo_is_one_problem_that_names_it(tmp_path: Path) -> None:
    assert message(tmp_path, HEIC) == "'leg.heic' is a HEIC picture, which browsers do not show"


def message(root: Path, data: bytes) -> str:
    file = root / "leg.heic"
    file.write_bytes(data)
    _, (problem,) = read_photos([Asset("content/leg.heic", file)], {})
    assert problem.hint
    return problem.message
