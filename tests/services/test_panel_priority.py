"""The panel names the areas that the page Prioritas wilayah names, in its order and by its rules."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.panel import Panel
from domain.permissions import Actor
from domain.rapat import PanelSpec
from services import panels, priorities
from tests.register_rows import lks_row, store
from tests.services.test_panel_indicator import state

Make = Callable[..., Actor]
ON = date(2026, 11, 20)


def made(by: Actor, place: str, kode: str | None = None) -> Panel:
    return panels.panel(by, place, PanelSpec("prioritas", kode=kode), ON)


@pytest.mark.parametrize("place", ["33", "33.71", "52", "76"])
def test_the_panel_says_what_the_page_says(place: str, seeded_db: Path, actor: Make) -> None:
    """The panel went by a rule of its own: fewer LKS than the average; two screens of one office named different areas."""
    by = actor("lkks", place)
    page = priorities.areas(by, place, None, ON)
    short = [area for area in page.daerah if area.terpenuhi]
    shown = made(by, place)
    assert [(one.label, one.nilai) for one in shown.batang] == [(area.nama, area.terpenuhi) for area in short]
    assert (shown.angka[0].pembilang, shown.angka[0].penyebut) == (len(short), len(page.daerah))
    named = [row[0] for row in shown.baris if not str(row[0]).startswith("Lainnya")]
    assert named == [area.nama for area in page.daerah][: len(named)]
    assert sum(int(row[2] or 0) for row in shown.baris) == sum(area.lks for area in page.daerah)
    for row, area in zip(shown.baris, page.daerah[: len(named)], strict=False):
        assert row[1] == f"{area.terpenuhi} dari {area.diketahui} yang diketahui"
        assert row[3] == ("; ".join(one.nama for one in area.kriteria if one.terpenuhi) or None)


def test_one_indicator_of_the_agenda_is_held_against_the_province(fresh_db: Path, actor: Make) -> None:
    """Behind the province in IPM; who states nothing is not taken for being behind, another province is not there."""
    state("ipm", "52", 70.0, seri="baru")
    for kode, value in (("52.01", 60.0), ("52.02", 65.0), ("52.71", 80.0), ("52.72", 69.0), ("33.71", 10.0)):
        state("ipm", kode, value, seri="baru")
    store(lks_row("Satu", "52.71"), lks_row("Lain", "33.71"))
    found = made(actor("lkks", "52"), "52", "ipm")
    assert {one.label for one in found.batang} == {"Kab. Lombok Barat", "Kab. Lombok Tengah", "Kota Bima"}
    assert found.kalimat.startswith("3 dari 10 kab/kota Nusa Tenggara Barat tertinggal dari acuan")
    assert "6 kab/kota belum dapat dinilai" in found.catatan
    assert "Magelang" not in str(found.as_data())
    for kode, value in {"52": 12.0, "52.01": 10.0, "52.02": 20.0}.items():
        state("p0", kode, value)
    assert [one.label for one in made(actor("lkks", "52"), "52", "p0").batang] == ["Kab. Lombok Tengah"]


def test_nothing_below_and_no_criterion_each_say_so(seeded_db: Path, actor: Make) -> None:
    assert "untuk dibandingkan" in made(actor("admin"), "33.71.01").kosong
    assert "tidak ada untuk wilayah di bawah" in made(actor("lkks", "33.71"), "33.71", "ipm").kosong
