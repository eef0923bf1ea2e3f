"""What a screen narrows the register to: one frozen value that queries, caches, links and exports all share."""

from dataclasses import dataclass, fields
from typing import Literal

# Stands for "belum diisi" among the values of an axis, the setting or the kluster.
EMPTY = "kosong"
EXPIRED = "lewat"
DOUBTFUL = "bermasalah"


@dataclass(frozen=True)
class Filters:
    """Which LKS are meant; an empty tuple or None leaves a property open, several values of one are either-or."""

    wilayah: str | None = None  # dotted code; None is the actor's whole region
    kluster: tuple[str, ...] = ()
    hukum: tuple[str, ...] = ()
    aktif: tuple[str, ...] = ()
    tumbuh: tuple[str, ...] = ()
    daftar: tuple[str, ...] = ()
    akreditasi: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    contoh: bool | None = None  # True: sample rows only, False: real rows only
    cari: str = ""
    berakhir: Literal[30, 90, 180, "lewat"] | None = None  # either paper ends within so many days, or has ended
    belum_verifikasi: bool = False  # no field check within twelve months
    arsip: bool = False  # the archived LKS instead of the kept ones
    koordinat: Literal["bermasalah"] | None = None

    @property
    def open(self) -> bool:
        """True when nothing but the region narrows."""
        closed = (f.name for f in fields(self) if f.name != "wilayah" and getattr(self, f.name) != f.default)
        return next(closed, None) is None
