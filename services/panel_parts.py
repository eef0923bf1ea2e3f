"""What every panel is made of: whose eyes it is counted with, its words, its place, and tables that drop nothing."""

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from data_access.assets import ASSETS
from domain import figures
from domain.indikator import protected
from domain.panel import Bar, Cell, Fact, Panel
from domain.permissions import ROLES, Actor, Scope
from domain.rapat import PanelSpec
from services import wilayah as regions

MOST_ROWS = 12  # of a panel's table: what can be read from the back of a room
BELOW = {"nasional": "provinsi", "provinsi": "kabkota", "kabkota": "kecamatan", "kecamatan": "desa"}


@cache
def _texts() -> dict[str, dict[str, Any]]:
    return tomllib.loads((ASSETS / "teks" / "panel.toml").read_text(encoding="utf-8"))


def text(kind: str, code: str, /, **facts: object) -> str:
    """The words of a code of one kind of panel, or of all ("umum"), with their facts; KeyError for one left open."""
    return str(_texts()[kind][code]).format(**facts)


def columns(kind: str, code: str = "kolom", /, **facts: object) -> tuple[str, ...]:
    """The headings of a panel's table."""
    return tuple(str(one).format(**facts) for one in _texts()[kind][code])


@dataclass(frozen=True)
class Ask:
    """One panel that is asked for: what, of which meeting's region, counted where, on which day.

    It is counted with the eyes of an LKKS of that place, whoever looks: a wall is read by a whole room, so small counts
    of persons are protected on it even when somebody signed it in who might see them.
    """

    spec: PanelSpec
    meeting: str  # the region of the LKKS that meets, "" national
    on: date

    @property
    def place(self) -> str:
        """The code that is counted within, "" for Indonesia."""
        return self.meeting if self.spec.wilayah is None else self.spec.wilayah

    @property
    def reader(self) -> Actor:
        """Somebody who may look at this place and nothing else."""
        return Actor(None, "panel", "", ROLES["lkks"], Scope(self.place or None))

    @property
    def name(self) -> str:
        """What the place is called."""
        return regions.name(self.place or None)


def panel(ask: Ask, kalimat: str, **more: Any) -> Panel:
    """The panel with what all of them have; its title is that of its kind unless `judul` says another."""
    title = more.pop("judul", None) or text(ask.spec.jenis, "judul")
    return Panel(ask.spec.jenis, title, ask.name, ask.on, kalimat, **more)


def empty(ask: Ask, sentence: str, **more: Any) -> Panel:
    """The panel with nothing to show but the sentence that says why and what to do."""
    return replace(panel(ask, "", **more), kosong=sentence)


def count(label: str, value: int) -> Fact:
    """A plain count."""
    return Fact(label, value, figures.integer(value))


def share(label: str, above: int, below: int) -> Fact:
    """How many of how many; the per cent only beside both."""
    told = figures.share(above, below) if below else figures.integer(above)
    return Fact(label, above, told, above, below)


def bar(label: str, value: int, kode: str | None = None) -> Bar:
    """A bar of a count."""
    return Bar(label, value, figures.integer(value), kode)


def shortened(
    rows: Sequence[tuple[Cell, ...]], summed: Collection[int] = (), rest: str | None = None, most: int = MOST_ROWS
) -> tuple[tuple[Cell, ...], ...]:
    """At most `most` rows, the last of which stands for all that found no room: how many they are, and their sums."""
    if len(rows) <= most:
        return tuple(rows)
    left = rows[most - 1 :]
    label = (rest or text("umum", "lainnya", n="{n}")).format(n=figures.integer(len(left)))

    def cell(place: int) -> Cell:
        if place == 0:
            return label
        return sum(int(row[place] or 0) for row in left) if place in summed else None

    return (*rows[: most - 1], tuple(cell(place) for place in range(len(left[0]))))


def persons(value: int, lindung: Any) -> Cell:
    """A count of persons as a wall may show it."""
    return text("umum", "di_bawah_batas") if protected(value, lindung) else value


def joined(*sentences: str) -> str:
    """Sentences one after the other, empty ones left out."""
    return " ".join(one for one in sentences if one)


def until(kind: str, day: date | None, on: date) -> str:
    """By when something is meant to be reached, with how far that is; empty without a day."""
    if day is None:
        return ""
    return text(kind, "sampai", tanggal=figures.date_long(day), lagi=figures.until(day, on))
