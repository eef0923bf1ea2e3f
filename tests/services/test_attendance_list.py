"""The attendance list: by hand, pasted, or from the meeting before; people and institutions are counted apart."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.errors import InvalidInput, NotFound
from domain.permissions import Actor
from services import attendance_list, meetings
from services.minutes import attendance
from tests.rapat_rows import RAKOR
from tests.services.conftest import codes, written

Make = Callable[..., Actor]


@pytest.fixture
def by(fresh_db: Path, today: None, actor: Make) -> Actor:
    return actor("lkks", "33.71")


@pytest.fixture
def rapat_id(by: Actor) -> int:
    return meetings.create(by, RAKOR, "t-buat")


def test_lines_are_pasted_once_and_titles_keep_their_comma(by: Actor, rapat_id: int) -> None:
    lines = "Peserta Satu, S.Sos; Ketua; LKS Melati\n\nPeserta Dua\tSekretaris\tLKS Melati\nPeserta Tiga;;Dinas Sosial"
    assert attendance_list.paste(by, rapat_id, lines, "lks", "t1") == 3
    assert attendance_list.paste(by, rapat_id, lines + "\npeserta  satu S.SOS;x;lks melati", "lks", "t2") == 0
    rows = meetings.get(by, rapat_id).hadir
    assert [(row["nama"], row["jabatan"], row["instansi"]) for row in rows] == [
        ("Peserta Satu, S.Sos", "Ketua", "LKS Melati"),
        ("Peserta Dua", "Sekretaris", "LKS Melati"),
        ("Peserta Tiga", None, "Dinas Sosial"),
    ]
    assert attendance(rows) == {"hadir": 3, "tidak": 0, "instansi": 2}


def test_a_refused_line_keeps_everything_out_and_is_named(by: Actor, rapat_id: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        attendance_list.paste(by, rapat_id, "Peserta Satu;a;b\n;Ketua;LKS\na;b;c;d;e", "lks", "t1")
    assert codes(caught) == {("baris 2 / nama", "wajib_diisi"), ("baris 3", "hadir_terlalu_banyak_kolom")}
    with pytest.raises(InvalidInput) as caught:
        attendance_list.paste(by, rapat_id, "Peserta Satu", None, "t2")
    assert codes(caught) == {("baris 1 / jenis", "wajib_diisi")}, "where people come from is never guessed"
    assert meetings.get(by, rapat_id).hadir == []


def test_people_are_marked_together(by: Actor, rapat_id: int) -> None:
    attendance_list.paste(by, rapat_id, "Satu;a;LKS A\nDua;a;LKS B", "lks", "t1")
    first, second = meetings.get(by, rapat_id).hadir
    changed: dict[int, dict[str, object]] = {
        first["id"]: {"hadir": False, "keterangan": "Sakit"},
        second["id"]: {"hadir": True},
    }
    assert attendance_list.mark(by, rapat_id, changed, "t2") == 1
    assert attendance(meetings.get(by, rapat_id).hadir) == {"hadir": 1, "tidak": 1, "instansi": 1}
    with pytest.raises(NotFound):
        attendance_list.mark(by, rapat_id, {first["id"]: {"hadir": True}, 999: {"hadir": True}}, "t3")
    assert not meetings.get(by, rapat_id).hadir[0]["hadir"], "all or none"


def test_one_person_is_added_changed_and_removed(by: Actor, rapat_id: int) -> None:
    given = {"nama": "Satu", "instansi": "LKS A", "jenis": "lks"}
    attendee = attendance_list.add(by, rapat_id, given, "t1")
    with pytest.raises(InvalidInput) as caught:
        attendance_list.add(by, rapat_id, given, "t2")
    assert codes(caught) == {("nama", "hadir_sudah_ada")}
    attendance_list.edit(by, rapat_id, attendee, {"jabatan": "Ketua"}, "t3")
    assert written("rapat_hadir")[-1]["sesudah"] == {"jabatan": "Ketua"}
    attendance_list.remove(by, rapat_id, attendee, "t4")
    assert meetings.get(by, rapat_id).hadir == []


def test_the_list_of_the_meeting_before_comes_as_not_yet_present(by: Actor, actor: Make) -> None:
    first = meetings.create(by, RAKOR | {"tanggal": date(2026, 1, 5)}, "a")
    other = meetings.create(actor("admin"), RAKOR | {"wilayah": "33.74"}, "b")
    attendance_list.paste(by, first, "Satu;a;LKS A\nDua;a;LKS B", "lks", "c")
    attendance_list.paste(actor("admin"), other, "Orang lain;a;LKS C", "lks", "d")
    second = meetings.create(by, RAKOR, "e")
    assert attendance_list.copy_before(by, second, "f") == 2
    assert [(row["nama"], row["hadir"]) for row in meetings.get(by, second).hadir] == [("Satu", False), ("Dua", False)]
    assert attendance_list.copy_before(by, second, "g") == 0
