"""Panels of the register say what the register says, to the number, and nothing of the neighbours."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.tables import lks, lks_pilihan, pengaturan
from domain.filters import Filters
from domain.panel import Panel
from domain.permissions import Actor
from domain.rapat import PanelSpec
from services import clock, panels, register
from services.panel_register import months_before
from tests.register_rows import lks_row, store

Make = Callable[..., Actor]
ON = date(2026, 11, 20)
PLACES = ("", "33", "33.71", "33.71.01", "52.72", "76")


def made(by: Actor, jenis: str, place: str, on: date | None = None, **more: object) -> Panel:
    return panels.panel(by, place, PanelSpec(jenis, **more), on)  # type: ignore[arg-type]  # each test gives one field


def numbers(panel: Panel, column: int = 1) -> list[int]:
    return [int(row[column] or 0) for row in panel.baris]


def test_kluster_of_kota_magelang_as_the_article_counts_them(seeded_db: Path, actor: Make) -> None:
    """S2: 8 for children, 2 for disability, 1 for the elderly make 11."""
    found = made(actor("lkks", "33.71"), "kluster", "33.71")
    assert found.kalimat == "Di Kota Magelang tercatat 11 LKS: 8 Anak, 2 Penyandang disabilitas, 1 Lanjut usia."
    assert [(bar.kode, bar.nilai, bar.teks) for bar in found.batang] == [
        ("anak", 8, "8"), ("disabilitas", 2, "2"), ("lansia", 1, "1"),
    ]  # fmt: skip
    assert (found.angka[0].nilai, found.contoh, found.kosong) == (11, 11, "")
    with reading() as c:
        mine = select(lks.c.id).where(lks.c.kabkota_kode == "33.71", lks.c.diarsipkan_pada.is_(None))
        query = select(lks_pilihan.c.kode, func.count()).where(
            lks_pilihan.c.bidang == "kluster", lks_pilihan.c.lks_id.in_(mine)
        )
        raw = {kode: count for kode, count in c.execute(query.group_by(lks_pilihan.c.kode))}
    assert {bar.kode: bar.nilai for bar in found.batang} == raw


def test_many_kluster_are_told_by_the_largest(seeded_db: Path, actor: Make) -> None:
    found = made(actor("lkks", "52"), "kluster", "52")
    assert found.kalimat == (
        "Di Nusa Tenggara Barat tercatat 23 LKS: terbanyak 12 Anak, 4 Lanjut usia, 3 Penyandang disabilitas; "
        "selebihnya di 4 kluster lain."
    )


@pytest.mark.parametrize("place", PLACES)
def test_every_panel_of_the_register_equals_the_register(place: str, seeded_db: Path, actor: Make) -> None:
    by, today = actor("admin"), clock.today()
    seen = register.summary(by, Filters(wilayah=place or None), today)
    frame = register.by_region(by, Filters(wilayah=place or None), today, "terverifikasi")
    kluster = made(by, "kluster", place)
    assert {bar.kode: bar.nilai for bar in kluster.batang if bar.kode != "kosong"} == {
        kode: count for kode, count in seen.kluster.items() if count
    }
    assert kluster.angka[0].nilai == seen.total and kluster.contoh == seen.sample_count
    registered = kluster.angka[1]
    assert [registered.pembilang, registered.penyebut] == [*seen.measures["terdaftar"]]
    region = made(by, "wilayah", place)
    assert (sum(numbers(region)), region.angka[0].nilai) == (seen.total, seen.total)
    assert region.angka[1].nilai == int((frame[frame["kode"] != "kosong"]["total"] == 0).sum())
    ends = made(by, "berakhir", place)
    assert [row[1:] for row in ends.baris] == [
        (seen.expiring[window]["daftar"], seen.expiring[window]["akreditasi"]) for window in (30, 90, 180, "lewat")
    ]
    missing = made(by, "belum_dikunjungi", place)
    assert (missing.angka[0].pembilang, missing.angka[0].penyebut) == (seen.unverified, seen.total)
    # its rows agree with the register's own share of those that were visited
    assert sum(numbers(missing)) == int((frame["denominator"] - frame["numerator"]).sum()) == seen.unverified
    assert sum(numbers(missing, 2)) == seen.total


def test_two_kluster_none_and_a_neighbour(fresh_db: Path, actor: Make) -> None:
    store(
        lks_row("A", "33.71.01", kluster=["anak", "lansia"]),
        lks_row("B", "33.71.02", kluster=["anak"]),
        lks_row("C", "33.71"),
        lks_row("Lain", "33.74", kluster=["napza"]),
    )
    by = actor("lkks", "33.71")
    found = made(by, "kluster", "33.71")
    assert [(bar.kode, bar.nilai) for bar in found.batang] == [("anak", 2), ("lansia", 1), ("kosong", 1)]
    assert found.angka[0].nilai == 3 and found.contoh == 0
    assert found.catatan == (
        "1 LKS berada di lebih dari satu kluster dan dihitung di setiap klusternya. 1 LKS belum diisi klusternya."
    )
    region = made(by, "wilayah", "33.71")
    assert {row[0]: row[1] for row in region.baris} == {
        "Kec. Magelang Selatan": 1, "Kec. Magelang Utara": 1, "Kec. Magelang Tengah": 0, "Tanpa kecamatan": 1,
    }  # fmt: skip
    assert region.catatan == "1 LKS belum diisi kecamatannya." and region.baris[-1][0] == "Tanpa kecamatan"


def test_many_regions_keep_their_sum(fresh_db: Path, actor: Make) -> None:
    with reading() as c:
        codes = [kode for kode, _ in _kabkota(c)][:20]
    store(*[lks_row(f"LKS {n}", kode) for n, kode in enumerate(codes)], lks_row("Lagi", codes[19]))
    found = made(actor("admin"), "wilayah", "33")
    assert len(found.baris) == 12 and sum(numbers(found)) == 21 and found.baris[0][1] == 2
    assert str(found.baris[11][0]).startswith("Lainnya (") and found.batang[-1].nilai == found.baris[11][1]


def _kabkota(connection: object) -> list[tuple[str, str]]:
    from services import wilayah as regions

    return list(regions.children("33").items())


def test_what_ends_is_told_for_the_days_of_the_spec(fresh_db: Path, actor: Make) -> None:
    registered = {"daftar": "terdaftar", "daftar_tanggal": date(2022, 1, 1)}
    store(
        lks_row("A", "33.71", daftar_sampai=ON + timedelta(days=30), **registered),
        lks_row("B", "33.71", daftar_sampai=ON + timedelta(days=31), **registered),
        lks_row("C", "33.71", daftar_sampai=ON - timedelta(days=1), **registered),
        lks_row("D", "33.71", **registered),
        lks_row("Lain", "33.74", daftar_sampai=ON, **registered),
    )
    found = made(actor("lkks", "33.71"), "berakhir", "33.71", ON, hari=30)
    assert found.kalimat == (
        "Dalam 30 hari berakhir 1 tanda daftar dan 0 akreditasi dari 4 LKS Kota Magelang; "
        "1 tanda daftar dan 0 akreditasi sudah lewat."
    )
    assert [row[1] for row in found.baris] == [1, 2, 2, 1]
    assert found.catatan.endswith("1 berkas tidak mencantumkan tanggal berakhir.")
    assert found.angka[0].teks == "1 dari 4 (25,0%)"


def test_months_without_a_visit_follow_the_setting_of_the_region(fresh_db: Path, actor: Make) -> None:
    store(
        lks_row("A", "33.71.01", diverifikasi_pada=date(2026, 5, 19)),
        lks_row("B", "33.71.01", diverifikasi_pada=date(2026, 5, 20)),
        lks_row("Lain", "33.74"),
    )
    by = actor("lkks", "33.71")
    assert "Semua 2 LKS Kota Magelang sudah diverifikasi" in made(by, "belum_dikunjungi", "33.71", ON).kosong
    with writing() as c:
        trail.bump(c, "referensi")
        where = pengaturan.c.kunci == "belum_diverifikasi_setelah"
        c.execute(update(pengaturan).where(where).values(nilai="6"))
    found = made(by, "belum_dikunjungi", "33.71", ON)
    assert found.judul == "LKS belum diverifikasi 6 bulan terakhir"
    assert found.kalimat == "1 dari 2 LKS Kota Magelang belum diverifikasi di lapangan dalam 6 bulan terakhir."
    assert found.baris == (("Kec. Magelang Selatan", 1, 2),)


def test_an_empty_register_says_what_to_do(fresh_db: Path, actor: Make) -> None:
    store(lks_row("Lain", "33.74"))
    by = actor("lkks", "33.71")
    for jenis in ("kluster", "wilayah", "berakhir", "belum_dikunjungi"):
        found = made(by, jenis, "33.71")
        assert "Kota Magelang" in found.kosong and not (found.kalimat or found.baris or found.batang), jenis


def test_months_before_a_day_that_the_month_lacks() -> None:
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 12) == date(2025, 1, 15)
    assert months_before(date(2026, 1, 15), 1) == date(2025, 12, 15)
