"""What an office says of itself on paper: its letterhead, who signs which document, and how its numbers are written.

A Dinas without an own identity writes under that of the nearest region above it; an LKKS never does, because none of
them stands above another (DOMAIN F).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.errors import Problem
from domain.wilayah import lineage

DOCUMENTS = (
    *("sertifikat", "laporan_bimtek", "surat_undangan", "daftar_hadir", "notulen", "surat_rekomendasi"),
    *("laporan_triwulan", "tanda_daftar"),
)
EVERY = "semua"  # a signatory of every document that has none of its own
DEFAULT_FORMAT = "{nomor}/{bulan_romawi}/{tahun}"
MOST_FORMAT = 80
NIP_DIGITS = 18
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PLACE = re.compile(r"\{([^{}]*)\}")
_NUMBERS = ("nomor", "nomor3")  # 7 as "7", or as "007"
_PERSON = ("dokumen", "jabatan", "nama", "nip", "pangkat")
PLACEHOLDERS = (*_NUMBERS, "bulan", "bulan_romawi", "tahun", "wilayah")


@dataclass(frozen=True)
class Signatory:
    """Who signs a kind of document (EVERY: all that name nobody else); nip and pangkat are of civil servants only."""

    dokumen: str
    jabatan: str
    nama: str
    nip: str = ""
    pangkat: str = ""


@dataclass(frozen=True)
class Identity:
    """An office from a day on; wilayah is the region whose own it is, "" the whole country. id 0: nobody has kept one."""

    wilayah: str
    pemilik: str
    nama: str
    induk: str = ""
    alamat: str = ""
    kontak: str = ""
    tempat: str = ""
    logo: str = ""  # name of the picture in the data directory
    penandatangan: tuple[Signatory, ...] = ()
    format_nomor: Mapping[str, str] = field(default_factory=dict)
    berlaku_mulai: date = date.min
    contoh: bool = False
    id: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """The letterhead from top to bottom; the name is the line that stands out."""
        return tuple(line for line in (self.induk, self.nama, self.alamat, self.kontak) if line)

    def signatory(self, dokumen: str) -> Signatory | None:
        """Who signs a kind of document; None when nobody was named."""
        named = {one.dokumen: one for one in reversed(self.penandatangan)}
        return named.get(dokumen) or named.get(EVERY)

    def number(self, dokumen: str, running: int, on: date, wilayah: str = "") -> str:
        """The number of a document as this office writes it: running number, date of the paper, region it is about."""
        return fill(self.format_nomor.get(dokumen) or DEFAULT_FORMAT, running, on, wilayah or self.wilayah)


def fill(pattern: str, running: int, on: date, wilayah: str = "") -> str:
    """A checked pattern with its placeholders filled: "460/{nomor}/{bulan_romawi}/{tahun}" gives "460/7/VIII/2024"."""
    values = {
        "nomor": str(running),
        "nomor3": f"{running:03}",
        "bulan": f"{on.month:02}",
        "bulan_romawi": _ROMAN[on.month - 1],
        "tahun": str(on.year),
        "wilayah": wilayah,
    }
    return _PLACE.sub(lambda found: values[found[1]], pattern)


def check_format(name: str, pattern: str) -> list[Problem]:
    """Why a pattern cannot number documents; an empty list when it can.

    The running number stands in it once and the year at least once: numbers begin anew each year and are never equal.
    """
    if len(pattern) > MOST_FORMAT:
        return [
            Problem(name, pattern[:40], "terlalu_panjang", {"panjang": str(len(pattern)), "batas": str(MOST_FORMAT)})
        ]
    names = _PLACE.findall(pattern)
    unknown = [found for found in names if found not in PLACEHOLDERS]
    if unknown:
        return [Problem(name, pattern, "format_nomor_nama", {"nama": unknown[0][:40] or "{}"})]
    if set(_PLACE.sub("", pattern)) & set("{}"):
        return [Problem(name, pattern, "format_nomor_kurung")]
    if sum(names.count(one) for one in _NUMBERS) != 1:
        return [Problem(name, pattern, "format_nomor_tanpa_nomor")]
    if "tahun" not in names:
        return [Problem(name, pattern, "format_nomor_tanpa_tahun")]
    return []


def places(wilayah: str, pemilik: str) -> list[str]:
    """The regions whose identity may stand for an office, nearest first; "" is the whole country."""
    if pemilik != "dinas" or not wilayah:
        return [wilayah]
    return [*reversed(lineage(wilayah)), ""]


def nearest(rows: Iterable[Mapping[str, Any]], wilayah: str, pemilik: str, on: date) -> Mapping[str, Any] | None:
    """Of kept identities the one that holds on a day for an office: of the nearest region, the newest begun by then."""
    order = {place: at for at, place in enumerate(places(wilayah, pemilik))}
    valid = [
        row for row in rows if row["pemilik"] == pemilik and row["wilayah"] in order and row["berlaku_mulai"] <= on
    ]
    return min(valid, key=lambda row: (order[row["wilayah"]], -row["berlaku_mulai"].toordinal()), default=None)


def of_row(row: Mapping[str, Any]) -> Identity:
    """The identity that a stored row holds."""
    texts: dict[str, Any] = {name: row[name] or "" for name in ("induk", "alamat", "kontak", "tempat", "logo")}
    people = tuple(Signatory(**{key: one.get(key) or "" for key in _PERSON}) for one in row["penandatangan"])
    same = {name: row[name] for name in ("id", "wilayah", "pemilik", "nama", "format_nomor", "berlaku_mulai", "contoh")}
    return Identity(**same, **texts, penandatangan=people)
