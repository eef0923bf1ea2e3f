"""Open actions, LKKS by region and results of trainings: right to the number, without people, without neighbours."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from data_access.engine import reading
from data_access.queries import find
from domain.panel import Panel
from domain.permissions import Actor
from domain.rapat import ACTION_STATES, LATE, PanelSpec
from services import panels, results
from services.panel_affairs import status_word
from tests.bimtek_rows import Stored, store_event
from tests.panel_rows import STORED, add_action, add_lkks
from tests.services.test_live import put

Make = Callable[..., Actor]
ON = date(2026, 11, 20)


def made(by: Actor, jenis: str, place: str, **more: object) -> Panel:
    return panels.panel(by, place, PanelSpec(jenis, **more), ON)  # type: ignore[arg-type]  # each test gives one field


def test_open_actions_stand_overdue_first_with_the_institution_only(fresh_db: Path, actor: Make) -> None:
    add_action("33.71", "Tanpa tenggat", pic="Nama Rahasia", pic_jenis="mitra")
    add_action("33.71", "Nanti", tenggat=date(2026, 12, 1), pic_instansi="Dinas Sosial", status="proses")
    add_action("33.71", "Lama lewat", tenggat=date(2026, 11, 8), pic_instansi="LKKS Kota", pic="Nama Rahasia")
    add_action("33.71", "Hari ini", tenggat=ON)
    add_action("33.71", "Selesai", tenggat=date(2026, 1, 1), status="selesai")
    add_action("33.71", "Batal", tenggat=date(2026, 1, 1), dibatalkan_pada=STORED)
    add_action("33", "Milik provinsi")
    found = made(actor("lkks", "33.71"), "tindak_lanjut", "33.71")
    assert found.baris == (
        ("Lama lewat", "LKKS Kota", "2026-11-08", "Terlambat"),
        ("Hari ini", "Belum ditentukan", "2026-11-20", "Belum"),
        ("Nanti", "Dinas Sosial", "2026-12-01", "Proses"),
        ("Tanpa tenggat", "Mitra", None, "Belum"),
    )
    assert found.kalimat == (
        "4 tindak lanjut belum selesai, 1 di antaranya lewat tenggat. Yang paling lama lewat 12 hari."
    )
    assert [fact.teks for fact in found.angka] == ["4", "1 dari 4 (25,0%)", "1 dari 5 (20,0%)"]
    assert [(bar.label, bar.nilai) for bar in found.batang] == [("Terlambat", 1), ("Belum", 2), ("Proses", 1)]
    assert "Rahasia" not in str(found.as_data())


def test_no_open_action_says_why(fresh_db: Path, actor: Make) -> None:
    by = actor("lkks", "33.71")
    add_action("52.72", "Milik Bima")
    assert made(by, "tindak_lanjut", "33.71").kosong.startswith("Tidak ada tindak lanjut yang belum selesai.")
    add_action("33.71", "Selesai", status="selesai")
    assert made(by, "tindak_lanjut", "33.71").kosong == "Semua 1 tindak lanjut sudah selesai."


def test_thirty_actions_leave_none_uncounted(fresh_db: Path, actor: Make) -> None:
    for n in range(30):
        add_action("33.71", f"Tugas {n}", contoh=n < 3)
    found = made(actor("lkks", "33.71"), "tindak_lanjut", "33.71")
    assert len(found.baris) == 12 and found.baris[11][0] == "Lainnya (19)"
    assert (found.angka[0].nilai, found.contoh) == (30, 3)


def test_every_kabkota_has_an_lkks_by_december(fresh_db: Path, actor: Make) -> None:
    """S2's target: n of m, those that lack one first, a province's own LKKS is not one of its kab/kota's."""
    add_lkks("33")
    add_lkks("33.71", masa_sampai=date(2026, 6, 30))
    add_lkks("33.74", masa_sampai=date(2028, 6, 30), contoh=True)
    add_lkks("52.72")
    by = actor("kepala_dinas", "33")
    with reading() as c:
        m = sum(kode.count(".") == 1 for kode, *_ in find.regions_in_force(c, "33", ON))
    assert m == 35
    found = made(by, "lkks_wilayah", "33", sampai=date(2026, 12, 31))
    assert found.kalimat == (
        "2 dari 35 kab/kota Jawa Tengah memiliki LKKS (sampai 31 Desember 2026, 41 hari lagi). "
        "Masa bakti 1 LKKS sudah lewat."
    )
    assert (found.angka[0].pembilang, found.angka[0].penyebut, found.angka[1].nilai, found.contoh) == (2, 35, 1, 1)
    assert [bar.nilai for bar in found.batang] == [2, 33]
    assert all(row[1] == "Belum" for row in found.baris[:11]) and found.baris[11] == (
        "Lainnya (24)", "Ada: 2 dari 24", None,
    )  # fmt: skip
    assert made(by, "target_wilayah", "33", sampai=date(2026, 12, 31)).angka == found.angka
    own = made(by, "lkks_wilayah", "33.71")
    assert own.kalimat == "Kota Magelang memiliki LKKS. Masa bakti 1 LKKS sudah lewat."
    assert own.baris == (("Kota Magelang", "Ada", "2026-06-30"),)
    assert made(by, "lkks_wilayah", "33", wilayah="33.75").kalimat == "Kota Pekalongan belum memiliki LKKS."
    assert made(by, "lkks_wilayah", "33.71.01").kosong.startswith("Kecamatan tidak memiliki LKKS sendiri")


def test_the_nation_counts_provinces_and_their_kabkota(fresh_db: Path, actor: Make) -> None:
    add_lkks("")
    add_lkks("33")
    add_lkks("33.71")
    with reading() as c:
        codes = [kode for kode, *_ in find.regions_in_force(c, None, ON)]
    provinces, places = sum("." not in kode for kode in codes), sum("." in kode for kode in codes)
    found = made(actor("admin"), "lkks_wilayah", "")
    assert [(fact.pembilang, fact.penyebut) for fact in found.angka[:2]] == [(1, provinces), (1, places)]
    assert sum(int(row[2] or 0) for row in found.baris) == 1
    assert sum(int(row[3] or 0) for row in found.baris) == places


def _answer(event: Stored, pairs: int, only_pre: int = 0) -> None:
    for person in range(pairs + only_pre):
        put(event, "pre", person, {}, poin=1.0 + person % 2, poin_maks=4.0)
    for person in range(pairs):
        put(event, "post", person, {}, poin=3.0, poin_maks=4.0)


def test_results_of_trainings_are_the_services_own(fresh_db: Path, actor: Make) -> None:
    people = [(f"Peserta Rahasia {n}", "lks", "LKS Contoh") for n in range(8)]
    many = store_event(wilayah="33.71", people=people, judul="Bimtek ramai")
    _answer(many, 6, only_pre=2)
    few = store_event(
        wilayah="33.71", people=people, judul="Bimtek kecil", days=(date(2026, 6, 1), date(2026, 6, 2)), contoh=True
    )
    _answer(few, 3)
    _answer(store_event(wilayah="52.72", people=people, judul="Bimtek Bima"), 7)
    store_event(wilayah="33.71", judul="Tanpa jawaban")
    by = actor("lkks", "33.71")
    lines = {line.id: line for line in results.across(by)}
    pairs = lines[many.event_id].pairs
    assert pairs is not None and pairs.n == 6 and lines[few.event_id].pairs is None
    found = made(by, "hasil_bimtek", "33.71")
    mean = pairs.difference.mean
    assert isinstance(mean, float)
    small = "kurang dari 5"
    assert found.baris == (
        ("Bimtek kecil", "2026-06-01", 8, small, small, small, None, ""),
        ("Bimtek ramai", "2026-05-22", 8, 8, 6, 6, round(mean, 1), "sangat sedikit"),
    )
    assert found.kalimat == (
        "Bimtek kecil (1 Juni 2026): Kurang dari 5 peserta mengikuti kedua tes; hasilnya tidak ditampilkan."
    )
    assert [bar.label for bar in found.batang] == ["Bimtek ramai"] and found.contoh == 1
    assert "Rahasia" not in str(found.as_data())
    one = made(actor("admin"), "hasil_bimtek", "33.71", kegiatan=many.event_id)
    assert len(one.baris) == 1 and one.kalimat.startswith("Bimtek ramai (22 Mei 2026): Nilai rata-rata naik")
    # whoever may see persons shows the room no more of them than others do
    assert made(actor("admin"), "hasil_bimtek", "33.71") == found


def test_every_state_of_an_action_has_its_word() -> None:
    """The wall of a closed meeting broke when one of its actions was finished: that state had no word."""
    states = [*ACTION_STATES, LATE]
    words = [
        status_word("belum" if one == LATE else one, date(2026, 1, 1) if one == LATE else None, date(2026, 1, 2))
        for one in states
    ]
    assert len(set(words)) == len(states) == 4
