"""The logos of offices: made anew as small pictures, kept in the data directory under the SHA-256 of their content."""

import hashlib
import io
import os
import re
import secrets
from pathlib import Path

from PIL import Image

import settings
from data_access import photographs
from domain.errors import FileRefused

MOST_BYTES = 1_000_000
_SIDE = 600  # pixels: 2 cm on paper at 760 dots per inch
_NAME = re.compile(r"[0-9a-f]{64}")
_KINDS = ("image/png", "image/jpeg")


def _path(name: str) -> Path:
    return settings.load().data_dir / "logo" / name


def keep(content: bytes) -> str:
    """Keeps a PNG or JPEG picture and returns its name; FileRefused for anything else or more than MOST_BYTES.

    What is kept is a PNG of at most 600 by 600 pixels with nothing beside the picture.
    """
    if len(content) > MOST_BYTES:
        raise FileRefused("logo_terlalu_besar", batas=MOST_BYTES // 1_000_000)
    mime = next((kind for kind in _KINDS if content.startswith(photographs.SIGNS[kind])), None)
    if mime is None:
        raise FileRefused("logo_bukan_gambar")
    made = _small(photographs.clean(content, mime))
    name = hashlib.sha256(made).hexdigest()
    path = _path(name)
    if not path.is_file():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = path.with_name(f".{name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, path)
    return name


def _small(content: bytes) -> bytes:
    source = Image.open(io.BytesIO(content))
    image = source.convert("RGBA" if "A" in source.getbands() or "transparency" in source.info else "RGB")
    image.thumbnail((_SIDE, _SIDE))
    plain = Image.new(image.mode, image.size)
    plain.paste(image)
    made = io.BytesIO()
    plain.save(made, "PNG", optimize=True)
    return made.getvalue()


def read(name: str) -> bytes | None:
    """The picture of that name; None when there is none, or when it is no longer the one that was kept."""
    if not _NAME.fullmatch(name) or not _path(name).is_file():
        return None
    content = _path(name).read_bytes()
    return content if hashlib.sha256(content).hexdigest() == name else None
