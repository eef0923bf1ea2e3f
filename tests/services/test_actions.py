"""Actions: made in a meeting or from a figure, followed by the region they belong to until done with evidence."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.permissions import Actor
from services import actions, keeping, meetings
from tests.rapat_rows import RAKOR, TODAY, close, count_for_real, on, running
from tests.services.conftest import NEW, codes, written

Make = Callable[..., Actor]
TASK = {"jenis": "tugas", "apa": "Menyusun jadwal kunjungan"}


@pytest.fixture
def by(fresh_db: Path, today: None, actor: Make) -> Actor:
    """The LKKS of Kota Magelang, beside an action of another city that must never show."""
    actions.add(actor("admin"), TASK | {"wilayah_rapat": "33.74", "apa": "Urusan kota lain"}, "t-lain")
    return actor("lkks", "33.71")


@pytest.fixture(autouse=True)
def panels(monkeypatch: pytest.MonkeyPatch) -> None:
    count_for_real(monkeypatch)


def made(by: Actor, token: str = "t", **values: object) -> int:
    return actions.add(by, TASK | values, token)


def test_an_action_of_a_meeting_carries_everything_it_was_given(by: Actor, actor: Make) -> None:
    rapat_id = running(by)
    item = meetings.get(by, rapat_id).butir[2]
    lks_id = keeping.create(actor("admin"), NEW, "t-lks")
    given = {
        "pic": "Sekretaris", "pic_instansi": "Dinas Sosial", "pic_jenis": "dinas", "tenggat": date(2026, 12, 1),
        "tugas": "advokasi", "wilayah": "33.71.01", "lks_id": lks_id, "indikator": "terdaftar",
        "sumber_dana": "pemda", "jenis": "advokasi_anggaran", "rapat_id": rapat_id, "butir_id": item["id"],
    }  # fmt: skip
    number = made(by, **given)
    row = actions.get(by, number)
    assert {name: row[name] for name in given} == given
    assert (row["topik"], row["wilayah_rapat"], row["status"]) == (item["judul"], "33.71", "belum")
    assert (row["lks_nama"], row["rapat_judul"]) == ("Panti Asuhan Melati (contoh)", "Rakor LKKS uji")
    worded = actions.open_actions(by).to_dict("records")[0]
    assert (worded["sumber_dana_kata"], worded["tugas_kata"], worded["wilayah_kata"]) == (
        "Pemerintah kabupaten/kota", "Advokasi sosial dan anggaran", "Kec. Magelang Selatan",
    )  # fmt: skip
    assert written("tindak_lanjut")[-1]["wilayah"] == "33.71"
    with pytest.raises(AlreadyDone):
        made(by, **given)


def test_an_action_made_from_a_figure_stands_before_the_meeting_of_its_region(by: Actor, actor: Make) -> None:
    """The Kepala Dinas makes it from Prioritas wilayah; the LKKS of that region finds it in its next meeting."""
    head = actor("kepala_dinas", "33.71")
    number = made(head, jenis="intervensi", indikator="p0", topik="Wilayah prioritas")
    chosen = made(actor("kepala_dinas", "33"), "t2", wilayah_rapat="33.71", tenggat=date(2026, 11, 1))
    provincial = made(actor("kepala_dinas", "33"), "t3")
    found = meetings.get(by, meetings.create(by, RAKOR, "t4"))
    assert [row["id"] for row in found.bawaan] == [chosen, number], "overdue first"
    assert [row["keadaan"] for row in found.bawaan] == ["terlambat", "belum"]
    assert found.bawaan[1]["topik"] == "Wilayah prioritas"
    assert provincial not in [row["id"] for row in found.bawaan]
    assert actions.get(actor("kepala_dinas", "33"), provincial)["wilayah_rapat"] == "33"


def test_who_sees_which_action(by: Actor, actor: Make) -> None:
    made(by)
    assert list(actions.listed(by)["apa"]) == ["Menyusun jadwal kunjungan"]
    assert len(actions.listed(actor("lkks", "33"))) == 0, "no LKKS stands above another"
    assert len(actions.listed(actor("operator", "33"))) == 2
    assert len(actions.open_actions(actor("operator", "33"), "33.74")) == 1
    assert len(actions.listed(actor("operator", "52.72"))) == 0
    for who in (actor("lkks", "33"), actor("operator", "52.72")):
        number = actions.listed(by)["id"][0]
        for call in (
            lambda who=who, n=number: actions.get(who, n),
            lambda who=who, n=number: actions.set_status(who, n, 1, "proses", None, "t9"),
        ):
            with pytest.raises(NotFound):
                call()
        assert actions.history(who, number) == []
    with pytest.raises(NotFound):
        made(by, "t8", wilayah_rapat="33.74")


def test_what_lies_outside_the_own_region_cannot_be_named(by: Actor, actor: Make) -> None:
    foreign = keeping.create(actor("admin"), NEW | {"kode_wilayah": "33.74"}, "t-lks")
    for values in ({"lks_id": foreign}, {"wilayah": "33.74"}, {"lks_id": 9999}):
        with pytest.raises(NotFound):
            made(by, **values)
    with pytest.raises(InvalidInput) as caught:
        actions.add(by, {"jenis": "pesta", "apa": "", "sumber_dana": "tuyul", "indikator": "x", "tugas": "y"}, "t2")
    assert codes(caught) == {
        ("jenis", "pilihan_di_luar_daftar"),
        ("apa", "wajib_diisi"),
        ("sumber_dana", "pilihan_di_luar_daftar"),
        ("indikator", "indikator_tidak_dikenal"),
        ("tugas", "pilihan_di_luar_daftar"),
    }


def test_done_needs_evidence_and_opening_again_a_reason(by: Actor, actor: Make) -> None:
    number = made(by, tenggat=date(2026, 12, 1))
    operator = actor("operator", "33.71")
    with pytest.raises(InvalidInput) as caught:
        actions.set_status(operator, number, 1, "selesai", " ", "t1")
    assert codes(caught) == {("bukti", "wajib_diisi")}
    actions.set_status(operator, number, 1, "proses", None, "t2")
    with pytest.raises(StaleEdit):
        actions.set_status(operator, number, 1, "selesai", "Berita acara", "t3")
    actions.set_status(operator, number, 2, "selesai", "Berita acara 12", "t4")
    row = actions.get(by, number)
    assert (row["status"], row["bukti"], row["selesai_pada"]) == ("selesai", "Berita acara 12", TODAY)
    with pytest.raises(InvalidInput) as caught:
        actions.set_status(operator, number, 3, "proses", None, "t5")
    assert codes(caught) == {("alasan", "wajib_diisi")}
    actions.set_status(operator, number, 3, "proses", None, "t6", "Belum semua LKS")
    row = actions.get(by, number)
    assert (row["status"], row["selesai_pada"], row["bukti"]) == ("proses", None, "Berita acara 12")
    told = [(entry["aksi"], entry["alasan"], entry["sesudah"]) for entry in actions.history(by, number)]
    assert told == [
        ("tambah", None, {"status": "belum", "tenggat": "2026-12-01"}),
        ("ubah_status_tindak_lanjut", None, {"status": "proses"}),
        ("ubah_status_tindak_lanjut", None, {"status": "selesai", "bukti": "Berita acara 12"}),
        ("buka_kembali", "Belum semua LKS", {"status": "proses"}),
    ]


def test_in_time_is_counted_of_what_was_due(by: Actor, actor: Make) -> None:
    """5 actions: done in time, done late, overdue, not yet due, done without a due date: 1 of 3 in time."""
    late, soon = TODAY - timedelta(days=1), TODAY + timedelta(days=9)
    for token, due, status in (
        ("a", soon, "selesai"), ("b", late, "selesai"), ("c", late, "proses"), ("d", soon, "belum"),
        ("e", None, "selesai"),
    ):  # fmt: skip
        number = made(by, token, tenggat=due)
        if status != "belum":
            actions.set_status(by, number, 1, status, "bukti", token + "s")
    assert actions.counts(by) == {"semua": 5, "terbuka": 2, "terlambat": 1, "jatuh": 3, "tepat": 1}
    assert actions.counts(actor("admin"))["semua"] == 6
    assert actions.counts(actor("operator", "52.72")) == dict.fromkeys(
        ("semua", "terbuka", "terlambat", "jatuh", "tepat"), 0
    )


def test_within_its_meeting_an_action_is_withdrawn_and_restored(by: Actor, actor: Make) -> None:
    rapat_id = running(by)
    number = made(by, rapat_id=rapat_id)
    with pytest.raises(NotPermitted):
        actions.withdraw(actor("operator", "33.71"), number, 1, "t1")
    actions.withdraw(by, number, 1, "t2")
    assert len(actions.open_actions(by)) == 0
    actions.restore(by, number, 2, "t3")
    assert list(actions.open_actions(by)["id"]) == [number]
    actions.edit(by, number, 3, {"apa": "Menyusun jadwal dan anggaran"}, "t4")
    close(by, rapat_id)
    with pytest.raises(NotPermitted):
        actions.withdraw(by, number, 4, "t5")


def test_what_a_closed_meeting_decided_stays_but_who_and_until_when_may_move(by: Actor) -> None:
    rapat_id = running(by)
    number = made(by, rapat_id=rapat_id)
    close(by, rapat_id)
    with pytest.raises(InvalidInput) as caught:
        actions.edit(by, number, 1, {"apa": "Lain"}, "t1", "alasan")
    assert codes(caught) == {("apa", "tindak_lanjut_tetap")}
    with pytest.raises(InvalidInput) as caught:
        actions.edit(by, number, 1, {"tenggat": date(2027, 1, 1)}, "t2")
    assert codes(caught) == {("alasan", "wajib_diisi")}
    actions.edit(by, number, 1, {"tenggat": date(2027, 1, 1)}, "t3", "Menunggu anggaran")
    assert actions.get(by, number)["tenggat"] == date(2027, 1, 1)
    with pytest.raises(NotPermitted):
        made(by, "t4", rapat_id=rapat_id)


def test_outside_of_meetings_an_action_is_withdrawn_with_a_reason(by: Actor) -> None:
    number = made(by)
    with pytest.raises(InvalidInput):
        actions.withdraw(by, number, 1, "t1")
    actions.withdraw(by, number, 1, "t2", "Ganda")
    assert written("tindak_lanjut")[-1]["alasan"] == "Ganda"
    with pytest.raises(NotPermitted):
        actions.set_status(by, number, 2, "proses", None, "t3")


def test_a_meeting_a_year_later_opens_with_every_unfinished_action(fresh_db: Path, actor: Make) -> None:
    """Twenty actions of two meetings, four of them finished since, and another city's in between: sixteen stand first."""
    by, other = actor("lkks", "33.71"), actor("lkks", "33.74")
    numbers: list[int] = []
    for turn, day in enumerate((date(2025, 10, 1), date(2025, 11, 1))):
        with on(day):
            rapat_id = running(by, f"r{turn}", tanggal=day)
            items = meetings.get(by, rapat_id).butir
            for place in range(10):
                due = day + timedelta(days=30 * place + 7) if place % 3 else None
                values = {"rapat_id": rapat_id, "butir_id": items[place % 8]["id"], "tenggat": due}
                numbers.append(made(by, f"a{turn}{place}", **values))
            made(other, f"lain{turn}")
            close(by, rapat_id)
    with on(date(2025, 12, 1)):
        for number in numbers[::5]:
            actions.set_status(by, number, 1, "selesai", "Berita acara", f"s{number}")
    with on(date(2026, 11, 20)):
        found = meetings.get(by, meetings.create(by, RAKOR, "baru"))
        open_ids = [row["id"] for row in found.bawaan]
        assert sorted(open_ids) == sorted(set(numbers) - set(numbers[::5])) and len(open_ids) == 16
        states = [row["keadaan"] for row in found.bawaan]
        assert states == ["terlambat"] * states.count("terlambat") + ["belum"] * states.count("belum")
        dues = [row["tenggat"] for row in found.bawaan if row["keadaan"] == "terlambat"]
        assert dues == sorted(dues) and states.count("terlambat") == 10
        assert all(row["topik"] for row in found.bawaan)
