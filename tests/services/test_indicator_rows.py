"""The dictionary is walked: for every indicator, region and role the rows behind a figure recount to it."""

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data_access.indicator_assets import definitions
from domain.errors import NotFound
from domain.filters import Filters
from domain.permissions import ROLES, Actor
from services import clock, indicator_rows, indicators, register
from services.indicators import Figure
from tests.affairs_rows import fill
from tests.register_rows import lks_row, store
from tests.services.test_indicators import aim, malang, put

Make = Callable[..., Actor]
REGIONS = (None, "13.76", "33", "33.71", "33.71.01", "76", "52.72", "62.71")
# What the screens narrow by: one value, several, what is not filled in, search, papers and checks, archived ones.
FILTERS = (
    Filters(kluster=("anak",)),
    Filters(kluster=("lansia", "kosong"), aktif=("aktif",)),
    Filters(hukum=("berbadan_hukum",), setting=("dalam",), berakhir=180),
    Filters(cari="panti", belum_verifikasi=True),
    Filters(akreditasi=("A", "B"), contoh=True),
    Filters(arsip=True),
    Filters(kluster=("bencana",), daftar=("terdaftar",)),
)


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
    fill()
    met: set[str] = set()
    hidden: set[str] = set()
    for region in REGIONS:
        by = actor(role, region)
        for figure in indicators.figures(by):
            (hidden if figure.terlindung else met).update(_walked(by, figure))
    # A rank needs the regions beside one and a reader of their province: tests/services/test_indicators.py.
    unseen = {"tindak_lanjut_tepat", "tindak_lanjut_terbuka", "tindak_lanjut_terlambat"} if role == "pelatih" else set()
    assert {one.kode for one in definitions()} - met - hidden == {"ipm_peringkat"} | unseen
    small = {f"ppks_{kind}_ppks01" for kind in ("terdata", "terlayani")}
    assert hidden == (set() if role in ("operator", "admin") else small)


def _walked(by: Actor, figure: Figure, filters: Filters | None = None) -> set[str]:
    """The code of a figure that its rows recount to, or that is withheld together with them; nothing without a value."""
    rows = indicator_rows.rows_behind(by, figure.kode, figure.wilayah, filters=filters)
    again = indicator_rows.recounted(figure.definition, rows)
    at = (figure.kode, by.role.id, figure.wilayah, filters, figure.nilai, again)
    if figure.terlindung:
        assert figure.nilai is None and figure.pembilang is None and rows.empty, at
        return {figure.kode}
    if figure.nilai is None:
        assert again is None, at
        return set()
    assert again is not None and math.isclose(again, figure.nilai, abs_tol=1e-9), at
    if figure.pembilang is not None and "pembilang" in rows and figure.definition.jenis == "register":
        assert rows["pembilang"].sum() == pytest.approx(figure.pembilang), at
        assert figure.penyebut is None or rows["penyebut"].sum() == pytest.approx(figure.penyebut), at
    return {figure.kode}


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_filtered_figures_recount_to_their_filtered_rows(
    filters: Filters, seeded_db: Path, actor: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))
    met: set[str] = set()
    for role in ("kepala_dinas", "operator"):
        for region in (None, "33.71", "33.71.01"):
            by = actor(role, region)
            found = indicators.figures(by, filters=filters)
            total = next(one.nilai for one in found if one.kode == "total_lks")
            assert total == register.summary(by, filters, date(2026, 11, 20)).total
            assert all(one.definition.of_lks and one.target is None for one in found)
            met |= {kode for one in found for kode in _walked(by, one, filters)}
    of_lks = {one.kode for one in definitions() if one.of_lks}
    empty = filters.arsip or filters.kluster == ("bencana",)
    assert "total_lks" in met and (empty or met == of_lks), of_lks - met


def test_filters_do_not_apply_to_what_is_not_counted_by_lks(seeded_db: Path, actor: Make) -> None:
    by, narrow = actor("kepala_dinas", "52.72"), Filters(kluster=("anak",))
    for kode in ("ipm", "bimtek_gain", "program_jumlah", "ipm_selisih_provinsi"):
        with pytest.raises(NotFound) as caught:
            indicator_rows.rows_behind(by, kode, filters=narrow)
        assert caught.value.code == "indikator_tanpa_saringan"
    assert indicators.value(by, "ipm", filters=Filters()).nilai == 73.67, "filters that leave all narrow nothing"


def test_a_filter_does_not_tell_a_small_count_by_the_difference(fresh_db: Path, actor: Make) -> None:
    """50 clients in all and 47 of those outside one LKS would say that this one serves 3."""
    store(
        lks_row("A", "33.71", kluster=["anak"], binaan_dalam=47),
        lks_row("B", "33.71", kluster=["lansia"], binaan_dalam=3),
        lks_row("C", "33.72", kluster=["anak"], binaan_dalam=90),
    )
    reader, keeper = actor("kepala_dinas", "33.71"), actor("operator", "33.71")
    for kluster, seen in (("anak", 47), ("lansia", 3)):
        narrow = Filters(kluster=(kluster,))
        hidden = indicators.value(reader, "klien_dalam", filters=narrow)
        assert (hidden.nilai, hidden.terlindung) == (None, True)
        assert indicator_rows.rows_behind(reader, "klien_dalam", filters=narrow).empty
        assert indicators.value(keeper, "klien_dalam", filters=narrow).nilai == seen
    assert indicators.value(reader, "klien_dalam").nilai == 50


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
