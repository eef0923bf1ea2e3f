"""Meetings for tests: made through the services, with panels that really count the register."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from data_access.engine import reading
from data_access.tables import lks
from domain.panel import Bar, Fact, Panel
from domain.permissions import Actor
from domain.rapat import PanelSpec
from services import clock, meetings, panels

TODAY = date(2026, 11, 20)
MORNING = datetime(2026, 11, 20, 2, tzinfo=UTC)  # 09.00 WIB
RAKOR = {"jenis": "rakor", "judul": "Rakor LKKS uji", "tanggal": TODAY, "mulai": "9:00", "tempat": "Aula uji"}


@contextmanager
def on(day: date) -> Iterator[None]:
    """The clock at nine in the morning (WIB) of a day."""
    with time_machine.travel(datetime(day.year, day.month, day.day, 2, tzinfo=UTC), tick=False):
        yield


def counting_panel(by: Actor, wilayah: str, spec: PanelSpec, on: date | None = None) -> Panel:
    """A panel that counts the LKS of a region in the store, so that a change of the register changes it."""
    with reading() as connection:
        query = select(func.count()).select_from(lks).where(lks.c.kabkota_kode.startswith(wilayah))
        total = connection.execute(query).scalar_one()
    fact = Fact("LKS", total, str(total))
    place, day = spec.wilayah or wilayah, on or clock.today()
    bars = (Bar("LKS", total, str(total)),)
    return Panel(
        spec.jenis, spec.jenis, place, day, f"{total} LKS.", (fact,), bars, ("Apa", "LKS"), (("Semua", total),)
    )


def count_for_real(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts counting_panel() in the place of services.panels."""

    def live(by: Actor, wilayah: str, specs: Sequence[PanelSpec]) -> tuple[Panel, ...]:
        return tuple(counting_panel(by, wilayah, spec) for spec in specs)

    monkeypatch.setattr(panels, "panel", counting_panel)
    monkeypatch.setattr(panels, "live", live)


def running(by: Actor, token: str = "t", **values: Any) -> int:
    """A rakor of the actor's region that has begun."""
    rapat_id = meetings.create(by, RAKOR | values, f"{token}-buat")
    meetings.move(by, rapat_id, meetings.get(by, rapat_id).record["versi"], "berjalan", f"{token}-mulai")
    return rapat_id


def close(by: Actor, rapat_id: int, token: str = "tutup") -> None:
    """Closes a meeting as it stands."""
    meetings.close(by, rapat_id, meetings.get(by, rapat_id).record["versi"], f"{token}-{rapat_id}")
