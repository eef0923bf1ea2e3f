"""Priority areas: each criterion with its numbers and reference, nothing of another region, nothing unknown taken for zero."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.errors import NotFound
from domain.permissions import ROLES, Actor
from domain.priority import ABOVE, MEDIAN, TOGETHER, Criterion, Priorities
from services import clock, priorities
from tests.register_rows import LEGAL, lks_row, store
from tests.services.test_indicators import put

Make = Callable[..., Actor]
ON = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: ON)


def of(found: Priorities, area: str, kode: str) -> Criterion:
    one = next(one for one in found.daerah if one.kode == area)
    return next(criterion for criterion in one.kriteria if criterion.kode == kode)


def test_below_the_province_at_the_same_period_and_series(fresh_db: Path, actor: Make) -> None:
    """Kota Bima 2016 stands above NTB 2016; a city of another province and a newer series have no part in it."""
    put("ipm", "52.71", "2016", 60.0, "lama")
    put("ipm", "52.71", "2016", 90.0, "baru")
    put("ipm", "33.71", "2016", 1.0, "lama")
    found = priorities.areas(actor("kepala_dinas", "52"), "52", ["ipm"])
    bima, mataram = of(found, "52.72", "ipm"), of(found, "52.71", "ipm")
    assert (bima.nilai, bima.acuan, bima.terpenuhi) == (73.67, 65.81, False)
    assert (bima.nilai_teks, bima.acuan_teks, bima.acuan_nama) == (
        "73,67 indeks",
        "65,81 indeks",
        "Nusa Tenggara Barat",
    )
    assert (bima.asal, bima.periode, bima.seri, bima.basi) == (ABOVE, "2016", "lama", True)
    # The newer series is what Mataram states last; the province states none of it for 2016, and two make no median.
    assert (mataram.nilai, mataram.seri, mataram.acuan, mataram.terpenuhi) == (90.0, "baru", None, None)
    assert [one.kode for one in found.daerah if one.diketahui] == ["52.72"]
    assert found.tingkat == "kabkota" and {one.kode[:2] for one in found.daerah} == {"52"}


def test_the_country_where_the_province_states_nothing(fresh_db: Path, actor: Make) -> None:
    put("p0", "", "2025", 8.5)
    put("p0", "33.71", "2025", 9.0)
    put("p0", "33.72", "2025", 8.5)
    found = priorities.areas(actor("kepala_dinas", "33"), None, ["p0"])
    short, even = of(found, "33.71", "p0"), of(found, "33.72", "p0")
    assert (short.acuan, short.acuan_nama, short.asal, short.terpenuhi) == (8.5, "Indonesia", ABOVE, True)
    assert even.terpenuhi is False, "as good as the reference is not below it"
    assert [one.kode for one in found.daerah[:1]] == ["33.71"] and found.daerah[0].peringkat == 1
    assert of(found, "33.73", "p0").terpenuhi is None


def test_the_median_of_the_siblings_where_nothing_is_stated_above(fresh_db: Path, actor: Make) -> None:
    for place, value in (("33.71", 5.0), ("33.72", 7.0), ("33.73", 12.0), ("52.71", 0.1)):
        put("p0", place, "2025", value)
    put("p0", "33", "2024", 1.0)
    found = priorities.areas(actor("kepala_dinas", "33"), "33", ["p0"])
    high = of(found, "33.73", "p0")
    assert (high.acuan, high.asal, high.acuan_nama) == (7.0, MEDIAN, "median 3 wilayah setingkat")
    assert [of(found, place, "p0").terpenuhi for place in ("33.71", "33.72", "33.73")] == [False, False, True]


def test_shares_of_the_register_against_the_whole_region(fresh_db: Path, actor: Make) -> None:
    graded = LEGAL | {"akreditasi": "B", "akreditasi_sampai": date(2027, 1, 1)}
    store(
        *[lks_row(f"A{n}", "33.71", **(graded if n < 1 else LEGAL)) for n in range(4)],
        *[lks_row(f"B{n}", "33.72", **graded) for n in range(3)],
        *[lks_row(f"X{n}", "52.72", **LEGAL) for n in range(50)],
    )
    found = priorities.areas(actor("kepala_dinas", "33"), None, ["terakreditasi"])
    low, high, none = (of(found, place, "terakreditasi") for place in ("33.71", "33.72", "33.73"))
    assert (low.pembilang, low.penyebut, low.nilai, low.nilai_teks) == (1, 4, 25.0, "1 dari 4 (25,0%)")
    assert (low.acuan_teks, low.acuan_nama, low.terpenuhi) == ("4 dari 7 (57,1%)", "Jawa Tengah", True)
    assert (high.terpenuhi, none.nilai, none.nilai_teks, none.terpenuhi) == (False, None, "-", None)


def test_thin_in_lks_is_below_the_median_of_the_siblings(fresh_db: Path, actor: Make) -> None:
    store(
        *[lks_row(f"{place}-{n}", place, kluster=["anak"]) for place in ("33.71.01", "33.71.02") for n in range(2)],
        lks_row("Lansia", "33.71.03", kluster=["lansia"]),
        lks_row("Tanpa kecamatan", "33.71", kluster=["anak"]),
        lks_row("Tetangga", "33.72.01", kluster=["anak"]),
    )
    found = priorities.areas(actor("lkks", "33.71"), None, ["lks_kluster_anak", "lks_kluster_lansia"])
    assert {one.kode: one.lks for one in found.daerah} == {"33.71.03": 1, "33.71.01": 2, "33.71.02": 2}
    assert [one.kode for one in found.daerah][0] == "33.71.03" and found.tanpa_tempat == 1
    thin = of(found, "33.71.03", "lks_kluster_anak")
    assert (thin.nilai, thin.nilai_teks, thin.acuan, thin.asal, thin.terpenuhi) == (0, "0 LKS", 2.0, MEDIAN, True)
    assert of(found, "33.71.01", "lks_kluster_lansia").terpenuhi is False, "nobody is below a median of 0"


def test_psks_that_nobody_states_is_not_zero(fresh_db: Path, actor: Make) -> None:
    for place, value in (("33.71", 4), ("33.72", 10), ("33.73", 16)):
        put("psks_karang_taruna", place, "2025", value)
    put("psks_karang_taruna", "33", "2025", 5000)
    found = priorities.areas(actor("kepala_dinas", "33"), None, ["psks_karang_taruna"])
    thin = of(found, "33.71", "psks_karang_taruna")
    assert (thin.acuan, thin.asal, thin.terpenuhi) == (10.0, MEDIAN, True), "a larger region's count says nothing"
    assert of(found, "33.74", "psks_karang_taruna").terpenuhi is None


def test_service_against_need_is_held_against_all_areas_together(fresh_db: Path, actor: Make) -> None:
    for place, need, served in (("33.71", 100, 10), ("33.72", 100, 70), ("52.72", 100, 99)):
        put("ppks_terdata_ppks08", place, "2025", need)
        store(lks_row(f"L{place}", place, kluster=["lansia"], binaan_dalam=served))
    put("ppks_terdata_ppks08", "33.73", "2025", 40)
    store(lks_row("Diam", "33.73", kluster=["lansia"]))
    found = priorities.areas(actor("kepala_dinas", "33"), None, ["celah_lansia"])
    low = of(found, "33.71", "celah_lansia")
    assert (low.nilai, low.nilai_teks, low.acuan, low.asal) == (10.0, "10 dari 100 (10,0%)", 40.0, TOGETHER)
    assert (low.acuan_nama, low.acuan_teks) == ("gabungan 2 wilayah setingkat", "80 dari 200 (40,0%)")
    assert [of(found, place, "celah_lansia").terpenuhi for place in ("33.71", "33.72", "33.73")] == [True, False, None]


def test_an_area_that_misses_more_stands_first_and_equal_ones_share_a_place(seeded_db: Path, actor: Make) -> None:
    found = priorities.areas(actor("kepala_dinas", "33.71"))
    met = [one.terpenuhi for one in found.daerah]
    assert met == sorted(met, reverse=True) and len(found.daerah) == 3
    for one in found.daerah:
        assert one.peringkat == 1 + sum(other.terpenuhi > one.terpenuhi for other in found.daerah)
        assert [criterion.kode for criterion in one.kriteria] == list(found.kodes)
        assert all(criterion.aturan and criterion.nama for criterion in one.kriteria)
    assert found.contoh == 11


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("region", ["33.71", "13.76", "33", None])
def test_areas_lie_in_the_actors_region_only(role: str, region: str | None, seeded_db: Path, actor: Make) -> None:
    by = actor(role, region)
    every = [one.kode for one in priorities.choices(by)]
    found = priorities.areas(by, None, every)
    assert found.daerah and all(by.scope.covers(one.kode) for one in found.daerah)
    assert all(one.kode != region for one in found.daerah)
    if region is not None:
        for place in ("", "52.72", region.rpartition(".")[0]):
            with pytest.raises(NotFound):
                priorities.areas(by, place)
            with pytest.raises(NotFound):
                priorities.choices(by, place)


def test_choices_fit_the_level_below(fresh_db: Path, actor: Make) -> None:
    by = actor("admin")
    kinds = {one.kode: one.jenis for one in priorities.choices(by, "33")}
    assert (kinds["ipm"], kinds["terakreditasi"], kinds["lks_kluster_anak"]) == ("indikator", "ukuran", "lks")
    assert (kinds["psks_psm"], kinds["celah_napza"]) == ("psks", "celah")
    assert not {"total_lks", "klien_dalam", "ipm_selisih_nasional", "ppks_terdata"} & set(kinds)
    below = {one.kode for one in priorities.choices(by, "33.71")}
    assert "ipm" not in below and "spm_kk_anak" in kinds and "spm_kk_anak" not in below
    assert priorities.choices(by, "33.71.01") == []
    empty = priorities.areas(by, "33.71.01")
    assert (empty.daerah, empty.kodes, empty.tingkat) == ((), (), "")


def test_unknown_criteria_are_passed_over_and_none_orders_nothing(fresh_db: Path, actor: Make) -> None:
    found = priorities.areas(actor("admin"), "33.71", ["ramalan", "terdaftar", "terdaftar"])
    assert found.kodes == ("terdaftar",)
    assert all(one.peringkat == 1 for one in priorities.areas(actor("admin"), "33.71", []).daerah)


def test_small_counts_of_persons_decide_nothing_for_those_who_may_not_see_them(fresh_db: Path, actor: Make) -> None:
    put("spm_kk_anak", "33.71", "2025", 75.0, pembilang=3, penyebut=4)
    for place, value in (("33.72", 80.0), ("33.73", 90.0), ("33.74", 100.0)):
        put("spm_kk_anak", place, "2025", value, pembilang=value, penyebut=100)
    hidden = of(priorities.areas(actor("kepala_dinas", "33"), None, ["spm_kk_anak"]), "33.71", "spm_kk_anak")
    assert (hidden.terlindung, hidden.nilai, hidden.nilai_teks, hidden.terpenuhi) == (True, None, "-", None)
    seen = of(priorities.areas(actor("operator", "33"), None, ["spm_kk_anak"]), "33.71", "spm_kk_anak")
    assert (seen.nilai, seen.acuan, seen.terpenuhi) == (75.0, 85.0, True)
