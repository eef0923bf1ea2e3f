"""Indicators: what a definition holds, how figures, achievement, gap and rank are made, and how rows recount to a figure.

Nothing here reads a file, a clock or a database; thresholds are data (assets/indikator/ambang.toml) and come with the call.
"""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

KINDS = ("register", "isian", "turunan")  # computed from the register, entered or imported, made from others
DIRECTIONS = ("naik", "turun", "netral")  # higher is better, lower is better, neither
PERIODS = ("saat_ini", "tahunan", "bulanan")
LEVELS = ("nasional", "provinsi", "kabkota", "kecamatan")
# The units whose value is a share of a hundred: shown with numerator and denominator, never bare.
PERCENT = "persen"
_PERIOD = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?", re.ASCII)
_SHARES = ("ukuran", "sumbu", "berkas", "bimtek_cakupan", "lkks_cakupan", "tindak_lanjut_tepat", PERCENT)
_OF_CLUSTERS = ("kluster", "kluster_ganda", "kluster_kosong")
_COUNTS = ("jumlah", *_OF_CLUSTERS, "berakhir", "klien", "belum_verifikasi", "tindak_lanjut", "program")
# What counts LKS one by one, so that filters of the register narrow it.
_OF_LKS = (
    "jumlah",
    "ukuran",
    "sumbu",
    *_OF_CLUSTERS,
    "berakhir",
    "klien",
    "belum_verifikasi",
    "berkas",
    "bimtek_cakupan",
)
_OF_ACTIONS = ("tindak_lanjut", "tindak_lanjut_tepat")
_OF_LKKS = ("lkks_cakupan", *_OF_ACTIONS, "program", "program_anggaran")

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Definition:
    """One version of an indicator as the dictionary states it; `hitung` names the rule it is worked out by."""

    kode: str
    nomor: int
    kelompok: str
    urutan: int
    nama: str
    definisi: str
    rumus: str
    pembilang: str | None
    penyebut: str | None
    satuan: str
    desimal: int
    arah: str
    jenis: str
    hitung: str
    dari: tuple[str, ...]
    sumber: str
    pemilik: str
    periode: str
    tingkat: tuple[str, ...]
    seri: tuple[str, ...]
    kelas: str | None
    target: float | None
    umur_bulan: int | None
    terbuka: bool
    orang: bool
    berlaku_mulai: date | None = None
    berlaku_sampai: date | None = None

    @property
    def rule(self) -> str:
        """The name of the rule without what it is applied to ("ukuran" of "ukuran:terdaftar")."""
        return self.hitung.partition(":")[0]

    @property
    def of(self) -> str:
        """What the rule is applied to ("terdaftar" of "ukuran:terdaftar")."""
        return self.hitung.partition(":")[2]

    @property
    def is_share(self) -> bool:
        """True when the value is numerator / denominator x 100 and must be shown with both."""
        return self.rule in _SHARES or self.rule == "rasio"

    @property
    def of_lks(self) -> bool:
        """True when it counts LKS, and filters of the register narrow it."""
        return self.rule in _OF_LKS

    @property
    def of_actions(self) -> bool:
        """True when it counts actions of meetings, which only those who see the meetings see."""
        return self.rule in _OF_ACTIONS

    @property
    def of_lkks(self) -> bool:
        """True when it rests on the affairs of the LKKS, not on the register."""
        return self.rule in _OF_LKKS


# What the trail calls a stated value; those that count persons apart, because not everybody may read a small one there.
VALUE, VALUE_OF_PERSONS = "indikator_nilai", "indikator_nilai_orang"


def trail_object(definition: Definition) -> str:
    """What the trail calls a stated value of this indicator."""
    return VALUE_OF_PERSONS if definition.orang else VALUE


# What a new version is made for; where an indicator stands among the others is not part of what it means.
MEANING = (
    *("nama", "definisi", "rumus", "pembilang", "penyebut", "satuan", "desimal", "arah", "jenis", "hitung", "dari"),
    *("sumber", "pemilik", "periode", "tingkat", "seri", "kelas", "target", "umur_bulan", "terbuka", "orang"),
)


@dataclass(frozen=True)
class Thresholds:
    """The numbers that flags, statuses and classes go by, each stated in assets/indikator/ambang.toml."""

    tercapai: float  # achievement in per cent from which a target counts as reached
    mendekati: float
    lengkap: float  # the share below which a figure is flagged as incomplete
    lindung: int  # counts of persons from 1 to below this are protected
    basi_hari: int  # a register that nobody touched for so many days
    kelas: Mapping[str, tuple[tuple[float, str], ...]]  # table -> (from, name), the lowest first


def achievement(value: float | None, target: float | None, direction: str) -> float | None:
    """Capaian in per cent: value / target x 100, or for lower-is-better (target - (value - target)) / target x 100.

    None without a value, without a target, with a target of zero, or when neither direction is better (DOMAIN D3).
    """
    if value is None or not target or direction not in ("naik", "turun"):
        return None
    return 100 * value / target if direction == "naik" else 100 * (target - (value - target)) / target


def status(reached: float | None, limits: Thresholds) -> str | None:
    """ "tercapai", "mendekati" or "belum" for an achievement; None without one."""
    if reached is None:
        return None
    if reached >= limits.tercapai - 1e-9:
        return "tercapai"
    return "mendekati" if reached >= limits.mendekati - 1e-9 else "belum"


def gap(value: float | None, other: float | None) -> float | None:
    """value - other without the dust of binary fractions (73.67 - 65.81 is 7.86); None when either is missing."""
    if value is None or other is None:
        return None
    return float(Decimal(str(value)) - Decimal(str(other)))


def rank(value: float | None, others: Sequence[float], direction: str) -> int | None:
    """The place of a value among others (itself may be one of them), 1 is best, equals share a place."""
    if value is None or direction not in ("naik", "turun"):
        return None
    better = [other for other in others if (other > value if direction == "naik" else other < value)]
    return 1 + len(better)


def named_class(value: float | None, table: str | None, limits: Thresholds) -> str | None:
    """The name that a table of classes has for a value (IPM 73.67 -> "tinggi"); None without table or value."""
    if value is None or table is None:
        return None
    steps = limits.kelas.get(table, ())
    found = [name for start, name in steps if value >= start]
    return found[-1] if found else None


def is_period(text: str) -> bool:
    """True for a year or a month ("2016", "2025-06")."""
    return _PERIOD.fullmatch(text) is not None


def period_end(period: str) -> date:
    """The last day of a year or month."""
    year, _, month = period.partition("-")
    last = int(month or 12)
    return date(int(year), last, calendar.monthrange(int(year), last)[1])


def year_of(period: str) -> float:
    """A period as a point in time: 2016.0 for a year, 2025.5 for July of it."""
    year, _, month = period.partition("-")
    return int(year) + (int(month) - 1) / 12 if month else float(year)


def is_stale(period: str, months: int | None, on: date) -> bool:
    """True when so many months have passed since the end of a value's period; without a limit never."""
    if months is None:
        return False
    end = period_end(period)
    return (on.year - end.year) * 12 + on.month - end.month - (on.day < end.day) >= months


def protected(count: float | None, limits: Thresholds) -> bool:
    """True for a count of persons so small that somebody could be recognised; nobody is recognised in a zero."""
    return count is not None and 0 < count < limits.lindung


def rounded(value: float | None, digits: int) -> float | None:
    """The value rounded half-up as screens, files and commands state it."""
    if value is None:
        return None
    return float(Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


# --- from rows to the figure ------------------------------------------------------------------------------------------


def _total(rows: Rows, column: str) -> float:
    return sum(row[column] for row in rows if row[column] is not None)


def _of_role(rows: Rows, role: str) -> float | None:
    return next((row["nilai"] for row in rows if row["peran"] == role), None)


def recount(definition: Definition, rows: Rows) -> float | None:
    """The figure that the rows behind it make; None when they make none.

    Rows hold `pembilang` and `penyebut` for what is counted, `nilai` and `peran` (pembilang, penyebut, wilayah,
    pembanding, realisasi, target) for what is stated or derived.
    """
    rule = definition.rule
    if rule in _COUNTS:
        return _total(rows, "pembilang")
    if rule in _SHARES:
        below = _total(rows, "penyebut")
        return 100 * _total(rows, "pembilang") / below if below else None
    if rule == "program_anggaran":
        known = [row["pembilang"] for row in rows if row["pembilang"] is not None]
        return sum(known) if known else None  # a budget that nobody stated is not zero
    if rule == "bimtek_gain":
        below = _total(rows, "penyebut")
        return _total(rows, "pembilang") / below if below else None
    if rule == "nilai":
        return rows[0]["nilai"] if rows else None
    if rule == "rasio":
        above, base = _of_role(rows, "pembilang"), _of_role(rows, "penyebut")
        return None if above is None or not base else 100 * above / base
    if rule in ("selisih_provinsi", "selisih_nasional"):
        return gap(_of_role(rows, "wilayah"), _of_role(rows, "pembanding"))
    if rule == "peringkat":
        place = rank(_of_role(rows, "wilayah"), [row["nilai"] for row in rows], definition.of)
        return None if place is None else float(place)
    if rule == "capaian":
        return achievement(_of_role(rows, "realisasi"), _of_role(rows, "target"), definition.of)
    raise ValueError(definition.hitung)


def merged_small(counts: Sequence[tuple[Any, float]], limits: Thresholds) -> tuple[list[tuple[Any, float]], float, int]:
    """(counts that may be told one by one, the sum of the others, how many the others are).

    Small counts of persons are told only together, with at least one more and never below the limit, so that the whole
    still adds up and none of them can be worked out.
    """
    small = [item for item in counts if protected(item[1], limits)]
    large = sorted((item for item in counts if not protected(item[1], limits) and item[1]), key=lambda item: item[1])
    while small and large and (len(small) < 2 or sum(count for _, count in small) < limits.lindung):
        small.append(large.pop(0))
    hidden = {id(item) for item in small}
    told = [item for item in counts if id(item) not in hidden]
    return told, sum(count for _, count in small), len(small)
