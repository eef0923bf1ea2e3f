"""Photographs: opened with limits, and kept without the place of taking."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from data_access import photographs
from domain.errors import FileRefused
from tests.application_rows import jpeg


def png(**save: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 10, 10)).save(made, "PNG", **save)
    return made.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Ponsel Uji"
    exif.get_ifd(0x8825)[2] = (7.0, 28.0, 15.0)
    return jpeg(60, 40, exif=exif)


def test_a_bare_picture_is_kept_as_it_came() -> None:
    for content, mime in ((jpeg(), "image/jpeg"), (jpeg(progressive=True), "image/jpeg"), (png(), "image/png")):
        assert photographs.clean(content, mime) == content
    with_colours = jpeg(icc_profile=b"x" * 200)
    assert photographs.clean(with_colours, "image/jpeg") == with_colours


def test_the_place_of_taking_is_gone_and_the_picture_stands_upright() -> None:
    content = with_place()
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    kept = photographs.clean(content, "image/jpeg")
    found = Image.open(io.BytesIO(kept))
    assert found.size == (40, 60) and not found.getexif() and b"Ponsel Uji" not in kept


def test_comments_and_what_follows_the_end_are_gone() -> None:
    noted = jpeg(comment=b"rahasia ponsel")
    assert b"rahasia" not in photographs.clean(noted, "image/jpeg")
    assert b"<script>" not in photographs.clean(jpeg() + b"<script>", "image/jpeg")
    info = PngInfo()
    info.add_text("Comment", "rahasia ponsel")
    assert b"rahasia" not in photographs.clean(png(pnginfo=info), "image/png")
    assert b"<script>" not in photographs.clean(png() + b"<script>", "image/png")


def bomb() -> bytes:
    """A PNG of 60,000 x 60,000 pixels in a few kilobytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "mime", "code"),
    [
        (bomb(), "image/png", "gambar_terlalu_besar"),
        (jpeg()[:3_000], "image/jpeg", "gambar_rusak"),
        (b"\xff\xd8\xff" + b"x" * 500, "image/jpeg", "gambar_rusak"),
        (png()[:60], "image/png", "gambar_rusak"),
        (png(), "image/jpeg", "berkas_bukan_jenisnya"),
        (b"<html>", "application/pdf", "berkas_bukan_jenisnya"),
        (b"%PDF-1.7\nisi", "application/pdf", "berkas_terpotong"),
        (b"", "image/jpeg", "berkas_bukan_jenisnya"),
    ],
)
def test_what_is_not_what_it_says_is_refused(content: bytes, mime: str, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        photographs.clean(content, mime)
    assert refused.value.code == code


def test_a_pdf_is_known_by_its_beginning_and_end() -> None:
    content = b"%PDF-1.7\n" + b"x" * 9_000 + b"\n%%EOF\n"
    assert photographs.clean(content, "application/pdf") == content
