"""Where a region's code stood on a date: splits and moves give a place another code, renames another name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.wilayah import level, parent


@dataclass(frozen=True)
class Moves:
    """Codes that were (or are) another code on one date; every other code stands for itself."""

    on: date
    codes: Mapping[str, str]

    def place(self, kode: str) -> str:
        """The code that was valid on the date for the place that `kode` names (kecamatan keep their own)."""
        return self.codes.get(kode, kode)

    def province(self, kabkota: str) -> str:
        """The province a kab/kota lay in on the date."""
        return parent(self.place(kabkota)) or kabkota

    def came_in(self, kode: str) -> tuple[str, ...]:
        """Kab/kota that lay under `kode` on the date though their own code does not say so."""
        return tuple(sorted(a for a, b in self._kabkota() if under(b, kode) and not under(a, kode)))

    def went_out(self, kode: str) -> tuple[str, ...]:
        """Kab/kota whose own code lies under `kode` though on the date they did not."""
        return tuple(sorted(a for a, b in self._kabkota() if under(a, kode) and not under(b, kode)))

    def _kabkota(self) -> Iterable[tuple[str, str]]:
        return ((a, b) for a, b in self.codes.items() if level(a) == "kabkota")


def under(kode: str, root: str) -> bool:
    """True when a code is `root` or lies below it."""
    return kode == root or kode.startswith(root + ".")


def moves(rows: Iterable[Mapping[str, Any]], on: date) -> Moves:
    """The codes that differ on a date, from rows of wilayah (kode, berlaku_mulai, berlaku_sampai, pendahulu).

    A code not yet in force is traced to its predecessor; one no longer in force to its successor when there is exactly
    one (a region cut into several has no single heir, so its code stays).
    """
    known = {row["kode"]: row for row in rows}
    heirs: dict[str, list[str]] = {}
    for row in known.values():
        if row["pendahulu"]:
            heirs.setdefault(row["pendahulu"], []).append(row["kode"])
    found = {kode: _on(kode, known, heirs, on) for kode in known}
    return Moves(on, {kode: then for kode, then in found.items() if then != kode})


def _on(kode: str, known: Mapping[str, Mapping[str, Any]], heirs: Mapping[str, list[str]], on: date) -> str:
    for _ in range(len(known)):  # a chain of splits; bounded so that a circle in the data cannot hang a page
        row = known.get(kode)
        if row is None:
            return kode
        if row["berlaku_mulai"] and on < row["berlaku_mulai"] and row["pendahulu"]:
            kode = row["pendahulu"]
        elif row["berlaku_sampai"] and on >= row["berlaku_sampai"] and len(heirs.get(kode, [])) == 1:
            kode = heirs[kode][0]
        else:
            return kode
    return kode


def names_on(rows: Iterable[Mapping[str, Any]], on: date) -> dict[str, str]:
    """The name each renamed region bore on a date, from rows of wilayah_nama; regions never renamed are absent."""
    return {
        row["kode"]: row["nama"]
        for row in rows
        if (row["berlaku_mulai"] is None or row["berlaku_mulai"] <= on)
        and (row["berlaku_sampai"] is None or on < row["berlaku_sampai"])
    }
