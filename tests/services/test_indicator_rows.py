"""The dictionary is walked: for every indicator, region and role the rows behind a figure recount to it."""

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data_access.indicator_assets import definitions
from domain.permissions import ROLES, Actor
from services import clock, indicator_rows, indicators
from tests.services.test_indicators import aim, malang, put

Make = Callable[..., Actor]
REGIONS = (None, "13.76", "33.71", "76", "52.72", "62.71")


def _fill() -> None:
    """A value of every entered indicator in every region, another for each of some, small ones, and targets."""
    for number, one in enumerate(one for one in definitions() if one.jenis == "isian"):
        for place in REGIONS:
            if indicators.stated_for(one, place or "") and one.kode != "ipm":
                seri = one.seri[-1] if one.seri else ""
                parts = {"pembilang": 7 + number, "penyebut": 20 + number} if one.rule == "persen" else {}
                nilai = (
                    100 * (7 + number) / (20 + number) if parts else 3.0 if "ppks01" in one.kode else number * 3 + 9.0
                )
                put(one.kode, place or "", "2025", nilai, seri, **parts)
                put(one.kode, place or "", "2024", nilai / 2, seri)
        if one.kode in ("ipm", "p0"):
            aim(one.kode, "52.72", 2016 if one.kode == "ipm" else 2025, 12.5)


@pytest.mark.parametrize("role", ROLES)
def test_rows_recount_to_the_figure(role: str, seeded_db: Path, actor: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))
    _fill()
    met: set[str] = set()
    hidden: set[str] = set()
    for region in REGIONS:
        by = actor(role, region)
        for figure in indicators.figures(by):
            rows = indicator_rows.rows_behind(by, figure.kode)
            again = indicator_rows.recounted(figure.definition, rows)
            at = (figure.kode, region, figure.nilai, again)
            if figure.terlindung:
                assert figure.nilai is None and rows.empty, at
                hidden.add(figure.kode)
                continue
            if figure.nilai is None:
                assert again is None, at
                continue
            assert again is not None and math.isclose(again, figure.nilai, abs_tol=1e-9), at
            if figure.pembilang is not None and "pembilang" in rows and figure.definition.jenis == "register":
                assert rows["pembilang"].sum() == pytest.approx(figure.pembilang), at
                assert figure.penyebut is None or rows["penyebut"].sum() == pytest.approx(figure.penyebut), at
            met.add(figure.kode)
    # A rank needs the regions beside one and a reader of their province: tests/services/test_indicators.py.
    assert {one.kode for one in definitions()} - met - hidden == {"ipm_peringkat"}
    small = {f"ppks_{kind}_ppks01" for kind in ("terdata", "terlayani")}
    assert hidden == (set() if role in ("operator", "admin") else small)


def test_rows_of_a_share_are_its_denominator(fresh_db: Path, actor: Make) -> None:
    malang()
    by = actor("kepala_dinas", "35.73")
    every = indicator_rows.rows_behind(by, "terakreditasi_semua")
    eligible = indicator_rows.rows_behind(by, "terakreditasi")
    assert (len(every), int(every["pembilang"].sum())) == (70, 28)
    assert (len(eligible), int(eligible["pembilang"].sum())) == (40, 28)
    assert "LKS Tetangga" not in set(every["nama"])


def test_small_client_counts_are_told_together_and_still_add_up(seeded_db: Path, actor: Make) -> None:
    from sqlalchemy import update

    from data_access.commands import trail
    from data_access.engine import writing
    from data_access.tables import lks_binaan

    seen = actor("operator", "33.71")
    rows = indicator_rows.rows_behind(seen, "klien_dalam")
    smallest = [int(one) for one in rows["id"][:2]]
    with writing() as connection:
        trail.bump(connection, "register")
        where = (lks_binaan.c.lks_id.in_(smallest), lks_binaan.c.setting == "dalam")
        connection.execute(update(lks_binaan).where(*where).values(jumlah=2))
    figure = indicators.value(actor("lkks", "33.71"), "klien_dalam")
    hidden = indicator_rows.rows_behind(actor("lkks", "33.71"), "klien_dalam")
    shown = indicator_rows.rows_behind(seen, "klien_dalam")
    assert hidden["pembilang"].sum() == shown["pembilang"].sum() == figure.nilai
    assert 2 in set(shown["pembilang"]) and min(hidden["pembilang"]) >= 5
    assert not set(smallest) & {one for one in hidden["id"] if one is not None}
    [together] = [note for note in hidden["keterangan"] if note]
    assert together == f"{indicator_rows.TOGETHER}:3", "two small ones together are still too few to be told"


def test_no_row_of_another_region(seeded_db: Path, actor: Make) -> None:
    by = actor("lkks", "13.76")
    for kode in ("total_lks", "terdaftar", "berakhir_180", "klien_dalam", "berkas_wajib", "bimtek_cakupan"):
        rows = indicator_rows.rows_behind(by, kode)
        assert all(code.startswith("LKS-13.76") for code in rows["kode_lks"] if code), kode
