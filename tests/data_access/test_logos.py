"""A logo is kept once under the hash of what was made of it; see tests/services/test_identity.py for refusals."""

import io
from pathlib import Path

from PIL import Image

from data_access import logos


def test_a_transparent_picture_stays_transparent_and_loses_its_notes(fresh_db: Path) -> None:
    made = io.BytesIO()
    image = Image.new("RGBA", (90, 30), (0, 0, 0, 0))
    exif = Image.Exif()
    exif[0x010F] = "Pembuat Rahasia"
    image.save(made, "PNG", exif=exif)
    assert b"Pembuat Rahasia" in made.getvalue()
    name = logos.keep(made.getvalue())
    assert logos.keep(made.getvalue()) == name
    content = logos.read(name)
    assert content is not None and b"Pembuat Rahasia" not in content
    with Image.open(io.BytesIO(content)) as kept:
        assert (kept.size, kept.mode, kept.getpixel((0, 0))) == ((90, 30), "RGBA", (0, 0, 0, 0))
    assert logos.read("0" * 64) is None
