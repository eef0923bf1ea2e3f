"""Priority areas: which of the regions beside each other fall short of a reference, criterion by criterion, and how they stand.

No weights and no index: an area stands before another when more of its criteria are met, and each criterion shows its
numbers. What is not known is neither met nor unmet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

KINDS = ("indikator", "ukuran", "lks", "psks", "celah")
# Where a reference comes from: a region above states it, the median of the siblings, or the siblings taken together.
ABOVE, MEDIAN, TOGETHER = "wilayah_atas", "median", "gabungan"


@dataclass(frozen=True)
class Criterion:
    """One criterion of one area: its number and the reference it is held against, both raw and as they are shown.

    terpenuhi is True when the area falls short, None when that cannot be said. kode is an indicator's code, or
    "celah_<kluster>".
    """

    kode: str
    jenis: str
    nama: str
    aturan: str
    nilai: float | None = None
    nilai_teks: str = "-"
    pembilang: float | None = None
    penyebut: float | None = None
    acuan: float | None = None
    acuan_teks: str = "-"
    acuan_nama: str = ""
    asal: str = ""
    terpenuhi: bool | None = None
    periode: str | None = None
    seri: str = ""
    terlindung: bool = False
    basi: bool = False


@dataclass(frozen=True)
class Need:
    """What is recorded and what is served in one kluster of an area; None is not known, never zero.

    terdata sums the kinds of PPKS that belong to the kluster and are stated (jenis_terdata of jenis); dalam and luar are
    the clients that LKS of the kluster report (melapor of lks). An LKS of two kluster counts in both.
    """

    kluster: str
    nama: str
    terdata: float | None
    jenis_terdata: int
    jenis: int
    periode: str | None
    lks: int
    lks_dalam: int
    lks_luar: int
    melapor: int
    dalam: float | None
    luar: float | None
    terlindung: bool = False

    @property
    def dilayani(self) -> float | None:
        """The clients in both settings; 0 where no LKS is registered, None where none of them reports."""
        if self.terlindung:
            return None
        if self.lks == 0:
            return 0.0
        told = [count for count in (self.dalam, self.luar) if count is not None]
        return sum(told) if told else None

    @property
    def celah(self) -> float | None:
        """Recorded minus served; None when either is not known."""
        served = self.dilayani
        return None if self.terdata is None or served is None else self.terdata - served


@dataclass(frozen=True)
class Area:
    """One region with its criteria in the order that was asked for; peringkat 1 has the most of them met."""

    kode: str
    nama: str
    lks: int
    kriteria: tuple[Criterion, ...]
    kebutuhan: tuple[Need, ...] = ()
    peringkat: int = 0

    @property
    def terpenuhi(self) -> int:
        """How many criteria are met: in how many the area falls short."""
        return sum(one.terpenuhi is True for one in self.kriteria)

    @property
    def diketahui(self) -> int:
        """How many criteria can be told at all."""
        return sum(one.terpenuhi is not None for one in self.kriteria)


@dataclass(frozen=True)
class Priorities:
    """The regions right below one, those that fall short most first."""

    wilayah: str  # "" = Indonesia
    nama: str
    tingkat: str  # of the areas
    on: date
    kodes: tuple[str, ...]  # the criteria, in their order
    daerah: tuple[Area, ...]
    tanpa_tempat: int = 0  # LKS that name no kecamatan and so belong to no area
    contoh: int = 0


def falls_short(value: float | None, reference: float | None, direction: str) -> bool | None:
    """True when a value is on the worse side of a reference; equal is not short, unknown is None."""
    if value is None or reference is None:
        return None
    return value < reference if direction == "naik" else value > reference


def middle(values: Sequence[float], least: int) -> float | None:
    """The median; None for fewer than `least` values."""
    return float(median(values)) if len(values) >= least else None


def ordered(areas: Sequence[Area]) -> tuple[Area, ...]:
    """The areas by how many criteria are met, then by code; equal numbers share a place."""
    by_met = sorted(areas, key=lambda one: (-one.terpenuhi, one.kode))
    return tuple(replace(one, peringkat=1 + sum(other.terpenuhi > one.terpenuhi for other in areas)) for one in by_met)
