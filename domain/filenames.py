"""Names of files that people download: what, where and as of when, in characters every system takes."""

import re
import unicodedata
from datetime import date


def slug(text: str) -> str:
    """The text in lower-case ASCII letters and digits joined by hyphens ("Kota Magelang" -> "kota-magelang")."""
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", flat))


def dated(kind: str, place: str, on: date, ending: str) -> str:
    """A file name such as lks_kota-magelang_2025-05-22.xlsx; "Kab." is left off ("lks_sleman_...")."""
    where = slug(place.removeprefix("Kab. ")) or "indonesia"
    return f"{slug(kind)}_{where}_{on.isoformat()}.{ending}"
