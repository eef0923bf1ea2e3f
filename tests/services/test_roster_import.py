"""A list of participants held against the roster: previewed, stored once, taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

import settings
from data_access.engine import reading, writing
from data_access.tables_bimtek import kehadiran, peserta
from data_access.workbooks import read_roster
from domain.errors import AlreadyDone, FileRefused, NotFound, NotPermitted, NotUndoable, StaleEdit
from domain.permissions import Actor
from services import roster, roster_import, roster_links
from services.roster_import import Preview
from tests import bimtek_rows
from tests.bimtek_rows import STORED
from tests.services.conftest import written

Make = Callable[..., Actor]
HEAD = "DAFTAR PESERTA\nNo;Nama;L/P;Jabatan;Asal LKS;Jenis;Kab/Kota;No HP\n"


@pytest.fixture
def operator(fresh_db: Path, actor: Make) -> Actor:
    return actor("operator", "33.71")


def look(by: Actor, event_id: int, *lines: str, **options: Any) -> Preview:
    content = (HEAD + "\n".join(f"{n};{line}" for n, line in enumerate(lines, 1))).encode()
    return roster_import.preview(by, event_id, content, "daftar.csv", **options)


def judged(found: Preview) -> list[tuple[int, str, list[str]]]:
    return [(v.row, v.kind, [p.code for p in v.problems]) for v in found.verdicts]


def doubts(found: Preview) -> list[list[str]]:
    return [[doubt.code for doubt in verdict.doubts] for verdict in found.verdicts]


def rows(by: Actor, event_id: int) -> dict[str, dict[str, Any]]:
    found: list[Any] = roster.roster(by, event_id).to_dict("records")
    return {row["nama"]: row for row in found}


def test_new_changed_same_and_refused(operator: Actor) -> None:
    stored = bimtek_rows.store_event()
    found = look(
        operator,
        stored.event_id,
        "Contoh Baru;P;Ketua;LKS Mawar;;Kota Magelang;0812-3456-7890",
        "PESERTA CONTOH SATU;;Ketua;LKS Contoh Melati",
        "Peserta Contoh Dua;;;LKS Contoh Melati",
        ";L;Anggota;LKS Mawar",
        "contoh baru;;;lks  mawar",
        "Peserta Contoh Tiga",
    )
    assert judged(found) == [
        (3, "baru", []),
        (4, "berubah", []),
        (5, "sama", []),
        (6, "ditolak", ["wajib_kosong"]),
        (7, "ditolak", ["peserta_ganda_di_berkas"]),
        (8, "sama", []),
    ]
    assert found.counts() == {"baru": 1, "berubah": 1, "sama": 2, "ditolak": 2}
    assert found.verdicts[1].changes == {"jabatan": (None, "Ketua")}, "spelling and a guessed kind stay"
    assert found.verdicts[4].problems[0].facts == {"baris": "3"}
    assert doubts(found)[0] == ["peserta_jenis_ditafsirkan"]
    assert roster.counts(operator, stored.event_id).people == 4, "nothing is stored yet"
    assert list((settings.load().data_dir / "unggahan").iterdir()) == [], "the upload names people and is gone"


def test_storing_gives_codes_and_importing_again_adds_nothing(operator: Actor) -> None:
    stored = bimtek_rows.store_event()
    lines = (
        "Contoh Baru;P;Ketua;LKS Mawar;;Kota Magelang;0812-3456-7890",
        "Peserta Contoh Satu;;Ketua;LKS Contoh Melati",
    )
    batch = roster_import.store(operator, look(operator, stored.event_id, *lines), "t1")
    found = rows(operator, stored.event_id)
    new = found["Contoh Baru"]
    assert (new["jenis"], new["kelamin"], new["kabkota"], new["telepon"]) == (
        "lks",
        "P",
        "Kota Magelang",
        "+6281234567890",
    )
    assert (found["Peserta Contoh Satu"]["jabatan"], found["Peserta Contoh Satu"]["versi"]) == ("Ketua", 2)
    assert len(roster.codes(operator, stored.event_id)) == 5
    trail = written("peserta")
    assert [(e["aksi"], e["alasan"]) for e in trail] == [
        ("tambah_peserta", f"Impor peserta nomor {batch}"),
        ("ubah_peserta", f"Impor peserta nomor {batch}"),
    ]
    assert trail[0]["sesudah"]["telepon"] == "**********7890"
    again = look(operator, stored.event_id, *lines)
    assert again.counts() == {"baru": 0, "berubah": 0, "sama": 2, "ditolak": 0}
    roster_import.store(operator, again, "t2")
    assert roster.counts(operator, stored.event_id).people == 5
    [first, *_] = reversed(roster_import.batches(operator, stored.event_id))
    assert (first["id"], first["baru"], first["berubah"], first["oleh"]) == (batch, 1, 1, operator.username)


def test_the_same_preview_is_stored_once(operator: Actor) -> None:
    stored = bimtek_rows.store_event()
    found = look(operator, stored.event_id, "Contoh Baru;;;LKS Mawar")
    roster_import.store(operator, found, "t1")
    with pytest.raises(AlreadyDone):
        roster_import.store(operator, found, "t1")
    with pytest.raises(StaleEdit):
        roster_import.store(operator, found, "t2")
    assert roster.counts(operator, stored.event_id).people == 5


def test_a_roster_that_moved_on_is_looked_at_again(operator: Actor) -> None:
    stored = bimtek_rows.store_event()
    found = look(operator, stored.event_id, "Contoh Baru;;;LKS Mawar", "Peserta Contoh Satu;;Ketua;LKS Contoh Melati")
    roster.add(operator, stored.event_id, {"nama": "Orang Lain", "jenis": "lain"}, "a")
    third = look(operator, stored.event_id, "Contoh Ketiga;;;LKS Mawar")
    roster_import.store(operator, found, "t1")  # somebody unrelated came in between: the preview still holds
    assert {"Orang Lain", "Contoh Baru"} <= rows(operator, stored.event_id).keys()
    roster.add(operator, stored.event_id, {"nama": "Contoh Ketiga", "jenis": "lks", "instansi": "LKS Mawar"}, "b")
    with pytest.raises(StaleEdit) as caught:
        roster_import.store(operator, third, "t2")
    assert caught.value.code == "impor_peserta_usang"


def test_namesakes_are_told_apart_or_asked_about(operator: Actor) -> None:
    people = (("Contoh Satu", "lks", "LKS A"), ("Contoh Satu", "lks", "LKS B"), ("Contoh Anggrek", "lks", "LKS A"))
    stored = bimtek_rows.store_event(people=people)
    found = look(
        operator,
        stored.event_id,
        "Contoh Satu",  # which of the two?
        "Contoh Satu;;Ketua;LKS B",
        "Contoh Satu;;;LKS C",
        "Contoh Angrek, S.Sos;;;LKS A",
    )
    assert judged(found) == [
        (3, "ditolak", ["peserta_ganda_di_daftar"]),
        (4, "berubah", []),
        (5, "baru", []),
        (6, "baru", []),
    ]
    assert found.verdicts[1].record is not None and found.verdicts[1].record["instansi"] == "LKS B"
    assert "peserta_nama_sama" in doubts(found)[2] and "peserta_nama_mirip" in doubts(found)[3]
    near = found.verdicts[3].doubts[-1]
    assert near.facts["mirip"] == "Contoh Anggrek"


def test_people_struck_off_or_merged_do_not_come_back(operator: Actor) -> None:
    people = (("Contoh Satu", "lks", "LKS A"), ("Contoh Satu, S.Sos", "lks", "LKS A"), ("Contoh Dua", "lks", "LKS A"))
    stored = bimtek_rows.store_event(people=people)
    kept, gone, struck = stored.people
    roster_links.merge(operator, stored.event_id, gone, 1, kept, 1, "t1")
    roster.strike(operator, stored.event_id, struck, 1, "batal hadir", "t2")
    found = look(operator, stored.event_id, "Contoh Satu, S.Sos;;Ketua;LKS A", "Contoh Dua;;Ketua;LKS A")
    assert [(v.kind, (v.record or {})["id"]) for v in found.verdicts] == [("sama", kept), ("sama", struck)]
    assert "peserta_sama_dicoret" in doubts(found)[1]
    roster_import.store(operator, found, "t3")
    assert roster.counts(operator, stored.event_id).people == 1


def test_taking_an_import_back_leaves_those_who_were_active(operator: Actor) -> None:
    stored = bimtek_rows.store_event()
    lines = ("Contoh Baru;;;LKS Mawar", "Contoh Hadir;;;LKS Mawar", "Peserta Contoh Satu;;Ketua;LKS Contoh Melati")
    batch = roster_import.store(operator, look(operator, stored.event_id, *lines), "t1")
    here = rows(operator, stored.event_id)["Contoh Hadir"]["id"]
    with writing() as connection:
        mark = {"sesi_id": stored.sessions[0], "peserta_id": here, "cara": "petugas", "pada": STORED}
        connection.execute(kehadiran.insert().values(**mark))
    undone = roster_import.undo(operator, stored.event_id, batch, "t2")
    assert undone.removed == 1
    assert undone.kept == [{"nama": "Contoh Hadir", "instansi": "LKS Mawar", "karena": ["hadir"]}]
    left = rows(operator, stored.event_id)
    assert "Contoh Baru" not in left and "Contoh Hadir" in left
    assert left["Peserta Contoh Satu"]["jabatan"] == "Ketua", "changes stay, their old values are in the trail"
    with pytest.raises(NotUndoable):
        roster_import.undo(operator, stored.event_id, batch, "t3")
    assert [e["aksi"] for e in written("kegiatan")] == ["impor_peserta", "batal_impor_peserta"]
    with reading() as connection:
        assert connection.execute(select(func.count()).select_from(kehadiran)).scalar() == 1


def test_who_may_import_and_where(operator: Actor, actor: Make) -> None:
    stored = bimtek_rows.store_event()
    other = bimtek_rows.store_event()
    batch = roster_import.store(operator, look(operator, stored.event_id, "Contoh Baru;;;LKS Mawar"), "t1")
    for role in ("kepala_dinas", "lkks"):
        by = actor(role, "33.71")
        for call in (
            lambda by=by: look(by, stored.event_id, "X"),
            lambda by=by: roster_import.template(by),
            lambda by=by: roster_import.undo(by, stored.event_id, batch, "t"),
            lambda by=by: roster_import.batches(by, stored.event_id),
        ):
            with pytest.raises(NotPermitted):
                call()
    with pytest.raises(NotFound):
        look(actor("operator", "33.72"), stored.event_id, "X")
    with pytest.raises(NotFound):
        roster_import.undo(operator, other.event_id, batch, "t")
    assert look(actor("pelatih", "33.71"), stored.event_id, "Contoh Lima").counts()["baru"] == 1


def test_too_large_a_file_is_not_even_written(operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = bimtek_rows.store_event()
    monkeypatch.setattr(read_roster, "read_roster", lambda *_, **__: pytest.fail("was read"))
    with pytest.raises(FileRefused) as caught:
        roster_import.preview(operator, stored.event_id, b"x" * (roster_import.MAX_BYTES + 1), "besar.xlsx")
    assert caught.value.code == "berkas_terlalu_besar"


def test_the_upload_is_gone_though_it_was_refused(operator: Actor) -> None:
    stored = bimtek_rows.store_event()
    with pytest.raises(FileRefused):
        roster_import.preview(operator, stored.event_id, b"bukan daftar", "daftar.xlsx")
    assert list((settings.load().data_dir / "unggahan").iterdir()) == []


def test_refused_rows_come_as_a_workbook_with_the_roster_problems(operator: Actor, tmp_path: Path) -> None:
    stored = bimtek_rows.store_event()
    found = look(operator, stored.event_id, "Contoh Baru;;;LKS Mawar", "contoh baru;;;LKS Mawar")
    path = tmp_path / "ditolak.xlsx"
    path.write_bytes(roster_import.refused_workbook(operator, found))
    again = roster_import.preview(operator, stored.event_id, path.read_bytes(), "ditolak.xlsx")
    assert [row.values["nama"] for row in again.parsed.rows] == ["contoh baru"]


def test_people_of_a_sample_event_are_sample_people(operator: Actor) -> None:
    stored = bimtek_rows.store_event(contoh=True, people=())
    roster_import.store(operator, look(operator, stored.event_id, "Contoh Baru;;;LKS Mawar"), "t1")
    with reading() as connection:
        assert connection.execute(select(peserta.c.contoh).where(peserta.c.kegiatan_id == stored.event_id)).scalar()


def test_personal_values_are_masked_in_the_preview() -> None:
    assert roster_import.shown("telepon", "+6281234567890") == "**********7890"
    assert roster_import.shown("jabatan", "Ketua") == "Ketua"
