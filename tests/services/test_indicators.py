"""Figures that explain themselves: the articles' own numbers, named rules, series kept apart, regions kept apart."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from data_access import indicator_assets
from data_access.commands import indicators as commands
from data_access.commands import trail
from data_access.engine import writing
from domain.errors import NotFound
from domain.permissions import Actor
from services import clock, indicators
from tests.register_rows import LEGAL, lks_row, store

Make = Callable[..., Actor]
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def put(kode: str, wilayah: str, periode: str, nilai: float, seri: str = "", **more: Any) -> None:
    """Stores one value as it would be entered."""
    values = {"kode": kode, "wilayah": wilayah, "periode": periode, "seri": seri, "nilai": nilai, "sumber": "Uji"}
    with writing() as connection:
        trail.bump(connection, "indikator")
        commands.add_value(connection, values | {"versi": 1, "diubah_pada": NOW} | more)


def aim(kode: str, wilayah: str, tahun: int, nilai: float) -> None:
    values = {"kode": kode, "wilayah": wilayah, "tahun": tahun, "nilai": nilai, "dasar": "RPJMD", "diubah_pada": NOW}
    with writing() as connection:
        trail.bump(connection, "indikator")
        commands.put_target(connection, values)


def malang() -> None:
    """70 registered, 40 of them active and legal, 28 of those accredited; beside one archived and one elsewhere."""
    accredited = LEGAL | {"akreditasi": "B", "akreditasi_sampai": date(2027, 1, 1)}
    rows = [lks_row(f"LKS {n:02}", "35.73", **(accredited if n < 28 else LEGAL if n < 40 else {})) for n in range(70)]
    store(*rows, lks_row("LKS Tetangga", "35.79", **accredited))


def test_accreditation_is_28_of_70_and_28_of_40_each_under_its_own_rule(fresh_db: Path, actor: Make) -> None:
    malang()
    by = actor("kepala_dinas", "35.73")
    every, eligible = (indicators.value(by, kode) for kode in ("terakreditasi_semua", "terakreditasi"))
    assert (every.pembilang, every.penyebut, every.nilai) == (28, 70, 40.0)
    assert (eligible.pembilang, eligible.penyebut, eligible.nilai) == (28, 40, 70.0)
    assert every.definition.nama != eligible.definition.nama
    assert every.definition.penyebut != eligible.definition.penyebut
    assert every.definition.rumus != eligible.definition.rumus


def test_ipm_of_kota_bima_beside_province_and_country(fresh_db: Path, actor: Make) -> None:
    by = actor("kepala_dinas", "52.72")
    found = indicators.compare(by, "ipm", ["52.72", "52", ""])
    assert [(one.nama, one.figure.nilai, one.figure.kategori, one.selisih) for one in found] == [
        ("Kota Bima", 73.67, "tinggi", None),
        ("Nusa Tenggara Barat", 65.81, "sedang", 7.86),
        ("Indonesia", 70.18, "tinggi", 3.49),
    ]
    assert [one.peringkat for one in found] == [1, 3, 2]
    assert {(one.figure.periode, one.figure.seri) for one in found} == {("2016", "lama")}
    assert all(one.figure.basi for one in found), "values of 2016 are flagged as old"
    assert found[0].figure.sumber.startswith("BPS, IPM 2016")


def test_the_overview_for_scripts_says_the_same(fresh_db: Path, actor: Make) -> None:
    told = indicators.overview(actor("admin"), "52.72")
    ipm = next(one for one in told["indikator"] if one["kode"] == "ipm")
    assert (told["wilayah"], told["nama"], ipm["nilai"], ipm["kategori"]) == ("52.72", "Kota Bima", 73.67, "tinggi")
    assert [(one["nama"], one["nilai"], one["kategori"], one["selisih"]) for one in ipm["perbandingan"]] == [
        ("Nusa Tenggara Barat", 65.81, "sedang", 7.86),
        ("Indonesia", 70.18, "tinggi", 3.49),
    ]
    assert "sangat baik" not in str(told).casefold()
    derived = {one["kode"]: one["nilai"] for one in told["indikator"] if one["jenis"] == "turunan"}
    assert (derived["ipm_selisih_provinsi"], derived["ipm_selisih_nasional"]) == (7.86, 3.49)


def test_series_are_never_mixed(fresh_db: Path, actor: Make) -> None:
    by = actor("admin")
    newest = indicators.value(by, "ipm", "52")
    assert (newest.periode, newest.seri, newest.nilai, newest.kategori) == ("2023", "baru", 72.37, "tinggi")
    old = indicators.value(by, "ipm", "52", seri="lama")
    assert (old.periode, old.nilai, old.kategori) == ("2022", 69.46, "sedang")
    # The country has 2016 of the old series only: nothing stands beside 2023 of the new one.
    beside = indicators.compare(by, "ipm", ["52", ""])
    assert [(one.figure.nilai, one.selisih, one.peringkat) for one in beside] == [
        (72.37, None, None),
        (None, None, None),
    ]
    told = [(one.seri, one.periode) for one in indicators.series(by, "ipm", ["52"])]
    assert told == [("baru", "2020"), ("baru", "2023"), ("lama", "2016"), ("lama", "2022")]


def test_a_published_statistic_of_the_regions_above_is_shown_and_nothing_else_of_them(
    seeded_db: Path, actor: Make
) -> None:
    by = actor("lkks", "52.72")
    assert {figure.kode for figure in indicators.figures(by, "52")} <= {
        one.kode for one in indicator_assets.definitions() if one.terbuka
    }
    for kode, place in (
        ("total_lks", "52"),
        ("total_lks", ""),
        ("ppks_terdata", "52"),
        ("ipm", "33"),
        ("ipm", "52.71"),
    ):
        with pytest.raises(NotFound):
            indicators.value(by, kode, place)
    with pytest.raises(NotFound):
        indicators.compare(by, "total_lks", ["52.72", "33.71"])
    with pytest.raises(NotFound):
        indicators.series(by, "ipm", ["33"])
    with pytest.raises(NotFound):
        indicators.figures(by, "33.71")
    assert list(indicators.choices(by, "ipm")) == ["52.72", "52", ""]
    assert list(indicators.choices(by, "total_lks")) == ["52.72", *[f"52.72.0{n}" for n in range(1, 6)]]


def test_an_indicator_is_stated_for_its_levels_only(seeded_db: Path, actor: Make) -> None:
    by = actor("admin")
    kota = {figure.kode for figure in indicators.figures(by, "52.72")}
    provinsi = {figure.kode for figure in indicators.figures(by, "52")}
    assert "spm_kk_anak" in kota - provinsi and "spm_pr_anak" in provinsi - kota
    with pytest.raises(NotFound) as caught:
        indicators.value(by, "spm_kk_anak", "52")
    assert caught.value.code == "indikator_bukan_tingkat"


@pytest.mark.parametrize("kode", ["", "ramalan", "ipm; DROP TABLE lks"])
def test_an_unknown_indicator_is_not_found(fresh_db: Path, actor: Make, kode: str) -> None:
    with pytest.raises(NotFound):
        indicators.value(actor("admin"), kode, "52.72")
    with pytest.raises(NotFound):
        indicators.versions(actor("admin"), kode)


def test_targets_of_the_year_in_both_directions(fresh_db: Path, actor: Make) -> None:
    by = actor("kepala_dinas", "33.71")
    put("p0", "33.71", "2025", 6.0)
    put("ipm", "33.71", "2025", 80.0, "baru")
    assert indicators.value(by, "p0").status is None
    aim("p0", "33.71", 2025, 5.0)
    aim("p0", "33.71", 2024, 9.0)
    aim("ipm", "33.71", 2025, 80.0)
    lower, higher = indicators.value(by, "p0"), indicators.value(by, "ipm")
    assert (lower.target, lower.capaian, lower.status, lower.target_dasar) == (5.0, 80.0, "mendekati", "RPJMD")
    assert (higher.capaian, higher.status, higher.kategori) == (100.0, "tercapai", "sangat tinggi")
    assert indicators.value(by, "p0_capaian").nilai == 80.0
    assert indicators.value(by, "ipm_capaian").nilai == 100.0


def test_rank_is_for_those_who_see_the_whole_province(fresh_db: Path, actor: Make) -> None:
    for place, nilai in (("52.71", 81.0), ("52.72", 78.9), ("52.06", 70.0), ("33.71", 99.0)):
        put("ipm", place, "2024", nilai, "baru")
    assert indicators.value(actor("kepala_dinas", "52"), "ipm_peringkat", "52.72").nilai == 2.0
    assert indicators.value(actor("kepala_dinas", "52.72"), "ipm_peringkat").nilai is None


def test_the_rank_of_one_is_no_rank(fresh_db: Path, actor: Make) -> None:
    assert indicators.value(actor("admin"), "ipm_peringkat", "52.72").nilai is None


def test_small_counts_of_persons_are_hidden_from_those_who_may_not_see_personal_data(
    fresh_db: Path, actor: Make
) -> None:
    put("ppks_terdata_ppks08", "33.71", "2025", 4)
    put("ppks_terdata_ppks09", "33.71", "2025", 5)
    put("ppks_terdata_ppks10", "33.71", "2025", 0)
    put("ppks_terdata", "33.71", "2025", 40)
    put("ppks_terlayani", "33.71", "2025", 3)
    put("spm_kk_anak", "33.71", "2025", 75.0, pembilang=3, penyebut=4)
    codes = ["ppks_terdata_ppks08", "ppks_terdata_ppks09", "ppks_terdata_ppks10", "ppks_tertangani", "spm_kk_anak"]
    told = {one.kode: (one.nilai, one.terlindung) for one in indicators.figures(actor("lkks", "33.71"), kodes=codes)}
    assert told == {
        "ppks_terdata_ppks08": (None, True),
        "ppks_terdata_ppks09": (5, False),
        "ppks_terdata_ppks10": (0, False),
        "ppks_tertangani": (None, True),
        "spm_kk_anak": (None, True),
    }
    hidden = indicators.value(actor("lkks", "33.71"), "spm_kk_anak")
    assert (hidden.pembilang, hidden.penyebut, hidden.kategori, hidden.capaian) == (None, None, None, None)
    seen = {one.kode: one.nilai for one in indicators.figures(actor("operator", "33.71"), kodes=codes)}
    assert (seen["ppks_terdata_ppks08"], seen["ppks_tertangani"], seen["spm_kk_anak"]) == (4, 7.5, 75.0)


def test_an_estimate_stays_one(fresh_db: Path, actor: Make) -> None:
    put("ppks_terdata", "33.71", "2025", 1200, sekitar=True)
    put("ppks_terlayani", "33.71", "2025", 300)
    by = actor("kepala_dinas", "33.71")
    assert indicators.value(by, "ppks_terdata").sekitar is True
    ratio = indicators.value(by, "ppks_tertangani")
    assert (ratio.nilai, ratio.sekitar, ratio.pembilang, ratio.penyebut) == (25.0, True, 300, 1200)


def test_incomplete_and_stale_figures_are_flagged(fresh_db: Path, actor: Make) -> None:
    store(lks_row("A", "33.71", aktif="aktif"), lks_row("B", "33.71"), at=datetime(2024, 1, 1, tzinfo=UTC))
    store(lks_row("C", "33.72", aktif="aktif"), at=datetime(2026, 11, 1, tzinfo=UTC))
    old = indicators.value(actor("admin"), "aktif", "33.71")
    new = indicators.value(actor("admin"), "aktif", "33.72")
    assert (old.kelengkapan, old.kurang_lengkap, old.basi) == (0.5, True, True)
    assert (new.kelengkapan, new.kurang_lengkap, new.basi) == (1.0, False, False)


def test_a_value_keeps_the_definition_it_was_stated_under(fresh_db: Path, actor: Make) -> None:
    put("p0", "33.71", "2025", 5.5)
    from dataclasses import replace

    shipped = [replace(one, rumus="Baru") if one.kode == "p0" else one for one in indicator_assets.definitions()]
    with writing() as connection:
        trail.bump(connection, "indikator")
        commands.load_dictionary(connection, shipped, TODAY)
    put("p0", "33.71", "2026", 5.0, versi=2)
    by = actor("kepala_dinas", "33.71")
    old, new = indicators.value(by, "p0", periode="2025"), indicators.value(by, "p0")
    assert (old.versi, new.versi, new.definition.rumus) == (1, 2, "Baru") and old.definition.rumus != "Baru"
    assert [one.nomor for one in indicators.versions(by, "p0")] == [2, 1]
    assert {one.kode: one.nomor for one in indicators.dictionary(by)}["p0"] == 2
    assert {one.kode: one.nomor for one in indicators.dictionary(by, date(2026, 11, 1))}["p0"] == 1


def test_a_later_value_was_not_there_yet(fresh_db: Path, actor: Make) -> None:
    found = indicators.value(actor("admin"), "ipm", "52", on=date(2021, 6, 1))
    assert (found.periode, found.seri) == ("2020", "baru")
    assert indicators.value(actor("admin"), "ipm", "52", on=date(2017, 1, 1)).periode == "2016"


def test_who_changed_last(fresh_db: Path, actor: Make) -> None:
    from services import indicator_entry

    by = actor("operator", "33.71")
    assert indicators.value(by, "ipm").siapa_terakhir is None
    values = {"kode": "p0", "wilayah": "33.71", "periode": "2025", "nilai": 5.5, "sumber": "BPS"}
    indicator_entry.set_value(by, values, "t-1")
    last = indicators.value(actor("lkks", "33.71"), "p0").siapa_terakhir
    assert last is not None and (last["pelaku"], last["aksi"]) == ("uji.operator", "catat_nilai_indikator")


def test_the_revision_changes_with_values_and_with_the_register(fresh_db: Path) -> None:
    first = indicators.revision()
    put("p0", "33.71", "2025", 5.5)
    second = indicators.revision()
    store(lks_row("A", "33.71"))
    assert len({first, second, indicators.revision()}) == 3
