"""Fetching old pictures: only pictures, only what is public, only so much, and each refusal is a sentence."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from browsing import answering
from rehab.cli.import_ import fetch as import_fetch
from rehab.cli.import_.fetch import fetch_pictures, is_public

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PICTURE = BytesIO()
Image.new("RGB", (30, 20)).save(PICTURE, "PNG")


class Old(BaseHTTPRequestHandler):
    """An old site."""

    def do_GET(self) -> None:
        """Answer as the path says."""
        if self.path.startswith("/moved"):
            self.send_response(302)
            self.send_header(
                "Location", {"/moved": "/knee.png", "/moved-home": "http://127.0.0.2/x.png"}.get(self.path, self.path)
            )
            self.end_headers()
            return
        known = {"/knee.png": "image/png", "/page.png": "text/html", "/large.png": "image/png"}
        self.send_response(200 if self.path in known else 404)
        self.send_header("Content-Type", known.get(self.path, "text/plain"))
        self.end_headers()
        self.wfile.write(b"x" * 5000 if self.path == "/large.png" else PICTURE.getvalue())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """An old site on this machine."""
    with answering(Old) as address:
        yield address


def fetch(address: str, folder: Path, allowed: str = "127.0.0.1") -> tuple[Path | None, str]:
    [(_, file, fault)] = fetch_pictures([address], folder, lambda number: number == allowed)
    return file, fault


@pytest.mark.parametrize("path", ["/knee.png", "/moved"])
def test_a_picture_is_fetched_also_where_it_has_moved(site: str, tmp_path: Path, path: str) -> None:
    file, fault = fetch(site + path, tmp_path)
    assert fault == ""
    assert file is not None
    assert file.read_bytes() == PICTURE.getvalue()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/none.png", "the server says 404"),
        ("/page.png", "that it is no picture"),
        ("/moved-again", "moved on and on"),
        ("/moved-home", "private address"),
    ],
)
def test_what_is_no_picture_is_a_sentence(site: str, tmp_path: Path, path: str, said: str) -> None:
    file, fault = fetch(site + path, tmp_path)
    assert file is None
    assert said in fault
    assert list(tmp_path.iterdir()) == []


def test_a_picture_that_is_too_large_is_not_kept(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_fetch, "LARGEST", 1000)
    assert "MB" in fetch(f"{site}/large.png", tmp_path)[1]


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://a.example/x.png", "http://u:p@a.example/x.png", "//a/x", "x.png", "http://[x/"],
)
def test_only_the_web_is_asked(tmp_path: Path, address: str) -> None:
    assert "no address on the web" in fetch(address, tmp_path)[1]


def test_this_machine_is_not_asked(site: str, tmp_path: Path) -> None:
    [(_, file, fault)] = fetch_pictures([f"{site}/knee.png"], tmp_path)
    assert (file, fault) == (None, "was not fetched: it leads to a private address")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:4700::1111", True),
        ("127.0.0.1", False), ("10.0.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.1.2.3", False), ("224.0.0.1", False), ("255.255.255.255", False),
        ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::ffff:127.0.0.1", False), ("2002:7f00:1::", False),
        ("no address", False),
    ],
)  # fmt: skip
def test_what_is_private_is_known(address: str, public: bool) -> None:  # noqa: FBT001 - from the table
    assert is_public(address) is public
