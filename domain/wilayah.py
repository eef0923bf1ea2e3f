"""Kemendagri region codes as dotted text: their levels, parents and short names."""

import re

LEVELS = ("nasional", "provinsi", "kabkota", "kecamatan", "desa")
_DOTTED = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?", re.ASCII)


def is_kode(text: str) -> bool:
    """True for a well-formed dotted code of any level ("33", "33.71", "33.71.01", "33.71.01.1001")."""
    return _DOTTED.fullmatch(text) is not None


def dotted(digits: str) -> str:
    """The dotted form of an undotted code ("3371" -> "33.71"); raises ValueError when the length fits no level."""
    plain = digits.replace(".", "")
    if not (plain.isascii() and plain.isdigit()) or len(plain) not in (2, 4, 6, 10):
        raise ValueError(digits)
    return ".".join(part for part in (plain[:2], plain[2:4], plain[4:6], plain[6:]) if part)


def level(kode: str | None) -> str:
    """The level a code stands for; None is the whole country."""
    return "nasional" if kode is None else LEVELS[kode.count(".") + 1]


def parent(kode: str) -> str | None:
    """The code one level up; None above a province."""
    return kode.rpartition(".")[0] or None


def lineage(kode: str | None) -> list[str]:
    """The codes from the province down to `kode` itself, in that order; empty for the whole country."""
    if kode is None:
        return []
    parts = kode.split(".")
    return [".".join(parts[: n + 1]) for n in range(len(parts))]


def jenis_of(kode: str) -> str:
    """The kind that a code's digits tell: second pair 01-69 kabupaten, 71-99 kota (Kepmendagri, DOMAIN G3)."""
    if level(kode) != "kabkota":
        return level(kode)
    return "kota" if int(kode[3:5]) >= 71 else "kabupaten"


def short_name(jenis: str, nama: str) -> str:
    """The name as screens print it: "Kab. Sleman", "Kota Magelang", "Kec. Raba", "Jawa Tengah"."""
    if jenis == "kabupaten":
        return "Kab. " + nama.removeprefix("Kabupaten ")
    if jenis == "kota":
        return nama if nama.startswith("Kota ") else "Kota " + nama
    if jenis == "kecamatan":
        return "Kec. " + nama
    return nama
