"""Photographed documents: opened with limits, and kept without what a phone writes beside the picture.

A camera notes the place and the moment of taking, the maker and often a small preview of the uncut picture. None of it
belongs to a paper that was asked for.
"""

import io
import struct
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from domain.errors import FileRefused

MOST_PIXELS = 25_000_000  # a phone's 12 or 24 megapixels; a crafted file may claim a hundred times that
SIGNS: dict[str, bytes] = {
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "application/pdf": b"%PDF-",
}
_FORMAT = {"image/jpeg": "JPEG", "image/png": "PNG"}
_QUALITY = 88
# What a picture needs to be seen; everything else (EXIF, XMP, comments, thumbnails) makes it be written anew.
_PNG_NEEDED = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"sBIT", b"bKGD")
_JPEG_NEEDED = (*range(0xC0, 0xD0), 0xDB, 0xDD, 0xE0, 0xEE)
_JPEG_SCAN, _JPEG_END = 0xDA, b"\xff\xd9"


def clean(content: bytes, mime: str) -> bytes:
    """The file as it may be kept: itself when it is nothing but a picture (or a PDF), else the picture written anew.

    FileRefused when the bytes are not of the announced kind, damaged, or of too many pixels.
    """
    if not content.startswith(SIGNS[mime]):
        raise FileRefused("berkas_bukan_jenisnya")
    if mime == "application/pdf":
        if b"%%EOF" not in content[-2_048:]:
            raise FileRefused("berkas_terpotong")
        return content
    image = _opened(content, mime)
    bare = _bare_jpeg(content) if mime == "image/jpeg" else _bare_png(content)
    return content if bare else _anew(image, mime)


def _opened(content: bytes, mime: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=[_FORMAT[mime]])
            if image.width * image.height > MOST_PIXELS:
                raise FileRefused("gambar_terlalu_besar")
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefused("gambar_terlalu_besar") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error) as error:
        raise FileRefused("gambar_rusak") from error
    return image


def _anew(image: Image.Image, mime: str) -> bytes:
    upright = ImageOps.exif_transpose(image)  # the turn is the one note that the picture needs
    if mime == "image/jpeg":
        upright = upright if upright.mode in ("L", "RGB") else upright.convert("RGB")
    else:
        upright = upright if upright.mode in ("L", "LA", "RGB", "RGBA", "1") else upright.convert("RGBA")
    plain = Image.new(upright.mode, upright.size)
    plain.paste(upright)
    made = io.BytesIO()
    if mime == "image/jpeg":
        plain.save(made, "JPEG", quality=_QUALITY, optimize=True)
    else:
        plain.save(made, "PNG", optimize=True)
    return made.getvalue()


def _bare_jpeg(content: bytes) -> bool:
    """True when every segment is needed to see the picture and nothing follows its end."""
    place = 2
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            return False
        marker, size = content[place + 1], struct.unpack(">H", content[place + 2 : place + 4])[0]
        if marker == _JPEG_SCAN:
            return content.find(_JPEG_END, place) == len(content) - len(_JPEG_END)
        colours = marker == 0xE2 and content.startswith(b"ICC_PROFILE\0", place + 4)
        if marker not in _JPEG_NEEDED and not colours:
            return False
        place += 2 + size
    return False


def _bare_png(content: bytes) -> bool:
    place = len(SIGNS["image/png"])
    while place + 8 <= len(content):
        size, name = struct.unpack(">I4s", content[place : place + 8])
        if name not in _PNG_NEEDED:
            return False
        place += 12 + size
        if name == b"IEND":
            return place == len(content)
    return False
