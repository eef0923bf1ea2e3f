"""Indicators on a panel are those of the dictionary: same series, class and target."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import insert

from data_access.commands import trail
from data_access.engine import writing
from data_access.tables_indikator import indikator_nilai, indikator_target
from domain.panel import Panel
from domain.permissions import Actor
from domain.rapat import PanelSpec
from services import indicators, panels
from tests.register_rows import lks_row, store

Make = Callable[..., Actor]
ON = date(2026, 11, 20)
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def made(by: Actor, jenis: str, place: str, **more: object) -> Panel:
    return panels.panel(by, place, PanelSpec(jenis, **more), ON)  # type: ignore[arg-type]  # each test gives one field


def state(kode: str, wilayah: str, nilai: float, periode: str = "2025", seri: str = "") -> None:
    values = {"kode": kode, "wilayah": wilayah, "periode": periode, "seri": seri, "nilai": nilai}
    with writing() as c:
        trail.bump(c, "indikator")
        c.execute(insert(indikator_nilai).values(**values, sumber="Uji", versi=1, diubah_pada=NOW))


def aim(kode: str, wilayah: str, nilai: float, tahun: int = 2026) -> None:
    with writing() as c:
        trail.bump(c, "indikator")
        values = {"kode": kode, "wilayah": wilayah, "tahun": tahun, "nilai": nilai, "dasar": "Renstra uji"}
        c.execute(insert(indikator_target).values(**values, diubah_pada=NOW))


def test_kota_bima_2016_beside_province_and_nation(seeded_db: Path, actor: Make) -> None:
    found = made(actor("lkks", "52.72"), "indikator", "52.72", kode="ipm")
    assert found.kalimat == (
        "Indeks Pembangunan Manusia (IPM) Kota Bima, 2016 (seri lama): 73,67 (tinggi). "
        "Nusa Tenggara Barat: 65,81 (sedang), selisih +7,86. Indonesia: 70,18 (tinggi), selisih +3,49."
    )
    assert [(bar.label, bar.nilai) for bar in found.batang] == [
        ("Kota Bima", 73.67), ("Nusa Tenggara Barat", 65.81), ("Indonesia", 70.18),
    ]  # fmt: skip
    assert "sangat baik" not in str(found.as_data()) and found.contoh == 0


def test_another_series_is_not_put_beside_it(seeded_db: Path, actor: Make) -> None:
    """NTB's newest is the new series of 2023; the nation states nothing there, and 2016 is no stand-in."""
    found = made(actor("lkks", "52"), "indikator", "52", kode="ipm")
    assert [bar.label for bar in found.batang] == ["Nusa Tenggara Barat"] and "70,18" not in str(found.as_data())


def test_a_share_and_what_cannot_be_shown(fresh_db: Path, actor: Make) -> None:
    store(lks_row("A", "33.71", aktif="aktif"), lks_row("B", "33.71"), lks_row("Lain", "33.74", aktif="aktif"))
    by = actor("lkks", "33.71")
    found = made(by, "indikator", "33.71", kode="aktif")
    assert found.angka[0].teks == "1 dari 2 (50,0%)"
    assert (found.angka[0].pembilang, found.angka[0].penyebut, found.angka[0].nilai) == (1, 2, 50.0)
    assert made(by, "indikator", "33.71").kosong.startswith("Indikator panel ini belum dipilih")
    assert made(by, "indikator", "33.71", kode="rahasia").kosong == (
        "Indikator rahasia tidak ada dalam kamus indikator."
    )
    assert "Belum ada nilai" in made(by, "indikator", "33.71", kode="p0").kosong
    assert "tidak dinyatakan untuk Kec." in made(by, "indikator", "33.71", wilayah="33.71.01", kode="ipm").kosong


def test_few_persons_are_protected_whoever_looks(fresh_db: Path, actor: Make) -> None:
    state("ppks_terdata", "33.71", 3)
    state("ppks_terdata", "33.74", 40)
    for role in ("admin", "operator", "lkks"):
        found = made(actor(role, "33.71"), "indikator", "33.71", kode="ppks_terdata")
        assert found.angka[0].nilai is None and "kurang dari 5" in found.kalimat and found.batang == ()


def test_targets_by_region_count_everybody(fresh_db: Path, actor: Make) -> None:
    for kode, value in (("52.72", 80.0), ("52.71", 60.0), ("52.01", 74.0)):
        state("ipm", kode, value, seri="baru")
        aim("ipm", kode, 75.0, 2025)
    state("ipm", "52.02", 70.0, seri="baru")  # nobody set a target
    state("ipm", "33.71", 99.0, seri="baru")  # elsewhere
    by = actor("lkks", "52")
    found = made(by, "target_wilayah", "52", kode="ipm", sampai=date(2026, 12, 31))
    assert found.kalimat == (
        "1 dari 10 kab/kota Nusa Tenggara Barat mencapai target Indeks Pembangunan Manusia (IPM) "
        "(sampai 31 Desember 2026, 41 hari lagi). 6 belum ada datanya. 1 belum ditetapkan targetnya."
    )
    words = [row[-1] for row in found.baris]
    assert [words.count(w) for w in ("Tercapai", "Mendekati", "Belum ada data", "Tanpa target")] == [1, 2, 6, 1]
    assert found.baris[-1] == ("Kota Bima", 80.0, 75.0, 106.7, "Tercapai")
    assert [fact.nilai for fact in found.angka] == [1, 2, 6]
    assert sum(bar.nilai for bar in found.batang) == 10
    for row in found.baris:
        assert "99" not in str(row)
    assert (
        "tidak dinyatakan per kecamatan" in made(actor("lkks", "33.71"), "target_wilayah", "33.71", kode="ipm").kosong
    )


def test_targets_of_a_long_list_tell_the_states_of_the_rest(fresh_db: Path, actor: Make) -> None:
    state("ipm", "33.71", 80.0, seri="baru")
    aim("ipm", "33.71", 75.0, 2025)
    found = made(actor("admin"), "target_wilayah", "33", kode="ipm")
    assert len(found.baris) == 12 and found.baris[11][0] == "Lainnya (24)"
    assert found.baris[11][-1] == "Belum ada data 23, Tercapai 1"


def test_every_indicator_of_the_dictionary_stands_as_the_service_says(seeded_db: Path, actor: Make) -> None:
    by = actor("lkks", "33.71")
    told = {one.kode: one for one in indicators.figures(by, "33.71", ON)}
    assert len(told) > 20
    for kode, figure in told.items():
        found = made(by, "indikator", "33.71", kode=kode)
        if figure.nilai is None:
            assert found.kosong or found.angka[0].nilai is None, kode
        else:
            digits = 1 if figure.definition.is_share else figure.definition.desimal
            assert found.angka[0].nilai is not None and abs(found.angka[0].nilai - figure.nilai) <= 0.51 * 10**-digits
