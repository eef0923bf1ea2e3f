"""The wall of a meeting: one agenda item at a time with its panels and what was just recorded; a closed one as it froze.

Many screens ask every moment; everything here is kept under the look at the store that they share (services.panels).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data_access.engine import reading
from data_access.queries import panels as queries
from domain.errors import NotFound
from domain.lkks import require_run
from domain.panel import Panel
from domain.permissions import Actor, Permission, require
from domain.rapat import PanelSpec, panel_of
from services import accounts, clock, freezing, panels
from services import wilayah as regions
from services.memory import kept
from services.panel_affairs import in_charge, status_word
from services.panel_parts import Ask

_OPENING = PanelSpec("tindak_lanjut")
_CLOSED = "ditutup"


@dataclass(frozen=True)
class Agreed:
    """An action of the meeting as the room sees it: what, which institution, by when, and how it stands in a word."""

    apa: str
    instansi: str
    tenggat: date | None
    status: str


@dataclass(frozen=True)
class Item:
    """An agenda item. nomor counts from 1; 0 is the opening screen of a meeting whose agenda begins without open actions."""

    nomor: int
    judul: str
    uraian: str
    panel: tuple[PanelSpec, ...]
    keputusan: tuple[str, ...] = ()
    tindak_lanjut: tuple[Agreed, ...] = ()


@dataclass(frozen=True)
class Wall:
    """A meeting without its people. beku_pada: when it was closed and its panels froze, None before."""

    id: int
    wilayah: str
    tempat: str
    judul: str
    tanggal: date
    contoh: bool
    butir: tuple[Item, ...]
    beku_pada: datetime | None

    @property
    def jumlah(self) -> int:
        """How many agenda items there are, the opening screen not among them."""
        return sum(item.nomor > 0 for item in self.butir)

    def at(self, nomor: int) -> int:
        """The place among `butir` of an item's number, the nearest one for a number that is none."""
        numbers = [item.nomor for item in self.butir]
        return min(range(len(numbers)), key=lambda place: abs(numbers[place] - nomor), default=0)


@dataclass(frozen=True)
class Screen:
    """What stands on the wall at this moment; item is None for a meeting without agenda."""

    wall: Wall
    item: Item | None
    panel: tuple[Panel, ...]
    pada: datetime


# The minute is only part of the key: a session that ends by the clock is gone a minute later at most.
@kept(256)
def _viewer(store: str, trail: int, minute: str, token: str) -> Actor | None:
    return accounts.actor_of(token)


def viewer(token: str | None) -> Actor | None:
    """accounts.actor_of() without asking the store again while nobody's rights have changed; None when nobody."""
    if not token:
        return None
    stamp, trail = panels.glance()
    return _viewer(stamp.partition(" ")[0], trail, f"{clock.now():%Y%m%d%H%M}", token)


def screen(by: Actor, rapat_id: int, nomor: int) -> Screen:
    """The agenda item of that number (else the nearest) with its panels; NotFound for a meeting that is not the actor's."""
    require(by, Permission.VIEW_MEETINGS)
    stamp = panels.glance()[0]
    seen = _wall(stamp, rapat_id, clock.today())
    require_run(by, Permission.VIEW_MEETINGS, seen.wilayah)
    item = seen.butir[seen.at(nomor)] if seen.butir else None
    shown: tuple[Panel, ...] = ()
    if item is not None and seen.beku_pada is not None:
        froze = _frozen(stamp, rapat_id, seen.wilayah)
        shown = tuple(froze[place] for place in sorted(froze) if place[0] == item.nomor)
    elif item is not None:
        shown = panels.live(by, seen.wilayah, item.panel)
    return Screen(seen, item, shown, clock.now())


# Whoever asks has been held against the meeting's region before.
@kept(64)
def _frozen(stamp: str, rapat_id: int, wilayah: str) -> dict[tuple[int, int], Panel]:
    return freezing.snapshot(Ask(_OPENING, wilayah, clock.today()).reader, rapat_id)


@kept(64)
def _wall(stamp: str, rapat_id: int, today: date) -> Wall:
    with reading() as connection:
        row = queries.meeting(connection, rapat_id)
        if row is None:
            raise NotFound()
        agenda = queries.agenda(connection, rapat_id)
        decided = queries.decided(connection, rapat_id)
        agreed = queries.agreed(connection, rapat_id)
    closed = row["status"] == _CLOSED
    items = [
        Item(
            number,
            item["judul"],
            item["uraian"] or "",
            tuple(panel_of(one) for one in item["panel"]),
            tuple(one["isi"] for one in decided if one["butir_id"] == item["id"]),
            tuple(_agreed(one, today) for one in agreed if one["butir_id"] == item["id"]),
        )
        for number, item in enumerate(agenda, start=1)
    ]
    begins = items[0].panel if items else ()
    if items and not closed and all(spec.jenis != _OPENING.jenis for spec in begins):
        items.insert(0, Item(0, "", "", (_OPENING,)))  # what was agreed before comes first
    return Wall(
        rapat_id,
        row["wilayah"],
        regions.name(row["wilayah"] or None),
        row["judul"],
        row["tanggal"],
        row["contoh"],
        tuple(items),
        row["ditutup_pada"] if closed else None,
    )


def _agreed(row: Mapping[str, Any], today: date) -> Agreed:
    return Agreed(row["apa"], in_charge(row), row["tenggat"], status_word(row["status"], row["tenggat"], today))
