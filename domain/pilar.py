"""Pilar lists: versions of a region's own list in their order, and what came and went from one to the next."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

UNITS = ("orang", "lembaga", "keluarga", "kelompok")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Entry:
    """One pilar of a list, with the unit it is counted in and where that was said."""

    kode: str
    nama: str
    satuan: str | None
    sumber: str | None = None
    catatan: str | None = None


@dataclass(frozen=True)
class Version:
    """One version of a region's list; it is never changed, a new one is made."""

    versi: str
    wilayah: str
    since: date | None
    entries: tuple[Entry, ...]

    @property
    def year(self) -> int:
        """The year it belongs to: of the day it is in force from, else the last one its name holds; 0 when neither says."""
        if self.since is not None:
            return self.since.year
        years = _YEAR.findall(self.versi)
        return int(years[-1]) if years else 0

    @property
    def sources(self) -> str:
        """Every source of its entries, once each."""
        return "; ".join(dict.fromkeys(one.sumber for one in self.entries if one.sumber))


@dataclass(frozen=True)
class Change:
    """What came, went and stayed between two versions, in the order of the lists."""

    came: tuple[Entry, ...]
    went: tuple[Entry, ...]
    stayed: tuple[Entry, ...]


def versions(rows: Iterable[Mapping[str, Any]]) -> list[Version]:
    """The versions of one region's rows, oldest first."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: row["urutan"]):
        found.setdefault(row["versi"], []).append(row)
    made = [
        Version(
            versi,
            of[0]["wilayah"],
            of[0]["berlaku_mulai"],
            tuple(Entry(*(row[name] for name in ("kode", "nama", "satuan", "sumber", "catatan"))) for row in of),
        )
        for versi, of in found.items()
    ]
    return sorted(made, key=lambda one: (one.year, one.since or date.min, one.versi))


def change(before: Version, after: Version) -> Change:
    """What came and went from one version to another, told apart by code."""
    old = {one.kode for one in before.entries}
    new = {one.kode for one in after.entries}
    return Change(
        tuple(one for one in after.entries if one.kode not in old),
        tuple(one for one in before.entries if one.kode not in new),
        tuple(one for one in after.entries if one.kode in old),
    )


def code_of(name: str, known: Mapping[str, str], taken: Sequence[str] = ()) -> str:
    """The code a pilar's name gets: that of the same name in lists before, else one made of the name itself."""
    wanted = " ".join(name.casefold().split())
    for kode, other in known.items():
        if " ".join(other.casefold().split()) == wanted:
            return kode
    made = re.sub(r"[^a-z0-9]+", "_", wanted).strip("_")[:50] or "pilar"
    number, code = 2, made
    while code in taken or code in known:
        code, number = f"{made}_{number}", number + 1
    return code
