"""A live panel as data: what one part of a meeting's screen says, kept word for word when the meeting closes.

One model feeds the projector, the meeting page, the snapshot and the minutes, so that they cannot say different things.
Every number stands twice: raw, to be recounted, and as the text that was shown.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

Cell = str | int | float | None


@dataclass(frozen=True)
class Fact:
    """One large figure: its label, the raw value (None: nothing to show), and how it is read aloud.

    pembilang and penyebut stand with every share, because a bare per cent says nothing.
    """

    label: str
    nilai: float | None
    teks: str
    pembilang: float | None = None
    penyebut: float | None = None


@dataclass(frozen=True)
class Bar:
    """One bar of the panel's chart; kode keeps its colour (a kluster's) everywhere."""

    label: str
    nilai: float
    teks: str
    kode: str | None = None


@dataclass(frozen=True)
class Panel:
    """What one panel says: aggregates only, never a person.

    kolom and baris are its table (raw cells: numbers stay numbers, days are ISO texts), batang its chart. kosong is the
    sentence that stands there when there is nothing to show.
    """

    jenis: str
    judul: str
    tempat: str
    per_tanggal: date
    kalimat: str
    angka: tuple[Fact, ...] = ()
    batang: tuple[Bar, ...] = ()
    kolom: tuple[str, ...] = ()
    baris: tuple[tuple[Cell, ...], ...] = ()
    catatan: str = ""
    sumber: str = ""
    contoh: int = 0  # how many invented rows are among what was counted
    kosong: str = ""

    def as_data(self) -> dict[str, Any]:
        """The panel as plain JSON data."""
        found = asdict(self)
        found["per_tanggal"] = self.per_tanggal.isoformat()
        return dict(json.loads(json.dumps(found)))


def panel_from(data: Mapping[str, Any]) -> Panel:
    """The panel that as_data() made."""
    return Panel(
        **dict(data)
        | {
            "per_tanggal": date.fromisoformat(data["per_tanggal"]),
            "angka": tuple(Fact(**one) for one in data["angka"]),
            "batang": tuple(Bar(**one) for one in data["batang"]),
            "kolom": tuple(data["kolom"]),
            "baris": tuple(tuple(row) for row in data["baris"]),
        }
    )


def digest(data: Any) -> str:
    """SHA-256 of the canonical JSON of some data: equal digests mean that nothing of it changed."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
