"""The minutes as data: everything under its agenda item, worded, numbered, with who came counted by people and institution."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.permissions import Actor
from services import actions, agenda, attendance_list, decisions, meetings
from tests.rapat_rows import TODAY, count_for_real, on, running

Make = Callable[..., Actor]


@pytest.fixture(autouse=True)
def panels(monkeypatch: pytest.MonkeyPatch) -> None:
    count_for_real(monkeypatch)


def test_a_draft_holds_the_whole_meeting(fresh_db: Path, actor: Make) -> None:
    by = actor("lkks", "33.71")
    with on(date(2026, 10, 1)):
        actions.add(by, {"jenis": "pembinaan", "apa": "Dari rapat lalu", "tenggat": date(2026, 11, 1)}, "a0")
        actions.add(actor("admin"), {"jenis": "tugas", "apa": "Kota lain", "wilayah_rapat": "33.74"}, "a9")
        done = actions.add(by, {"jenis": "tugas", "apa": "Selesai lama"}, "a8")
        actions.set_status(by, done, 1, "selesai", "bukti", "s8")
        here = actions.add(by, {"jenis": "tugas", "apa": "Selesai di rapat ini"}, "a7")
    with on(TODAY):
        rapat_id = running(by, pimpinan="Ketua LKKS")
        first, second = meetings.get(by, rapat_id).butir[:2]
        actions.set_status(by, here, 1, "selesai", "Berita acara", "s7")
        attendance_list.paste(by, rapat_id, "Satu;Ketua;LKS A\nDua;Staf;lks a\nTiga;;Dinas", "lks", "h1")
        last = meetings.get(by, rapat_id).hadir[-1]
        attendance_list.edit(by, rapat_id, last["id"], {"hadir": False, "keterangan": "Dinas luar"}, "h2")
        agenda.edit(by, rapat_id, first["id"], 1, {"catatan": "Dibacakan."}, "c1")
        decisions.add(by, rapat_id, second["id"], "Keputusan satu", "d1")
        decisions.add(by, rapat_id, None, "Keputusan dua", "d2")
        given: dict[str, Any] = {
            "jenis": "advokasi_anggaran",
            "apa": "Usul anggaran",
            "pic": "Bendahara",
            "pic_instansi": "LKKS",
        }
        given |= {"tugas": "advokasi", "wilayah": "33.71", "sumber_dana": "pemda"}
        given |= {"tenggat": date(2026, 12, 31), "indikator": "terdaftar", "rapat_id": rapat_id}
        actions.add(by, given | {"butir_id": second["id"]}, "a1")
        data = meetings.minutes(by, rapat_id)
    assert json.loads(json.dumps(data)) == data, "plain JSON"
    assert data["rapat"] == {
        "judul": "Rakor LKKS uji", "jenis": "rakor", "jenis_kata": "Rapat koordinasi", "tanggal": "2026-11-20",
        "tanggal_kata": "20 November 2026", "mulai": "09.00", "selesai": "", "tempat": "Aula uji",
        "pimpinan": "Ketua LKKS", "notulis": "", "wilayah": "33.71", "wilayah_kata": "Kota Magelang",
        "lkks": "LKKS Kota Magelang", "contoh": False,
    }  # fmt: skip
    assert data["hadir_jumlah"] == {"hadir": 2, "tidak": 1, "instansi": 1}
    assert data["hadir"][2] == {
        "nama": "Tiga", "jabatan": "", "instansi": "Dinas", "keterangan": "Dinas luar", "jenis_kata": "LKS",
        "hadir": False,
    }  # fmt: skip
    assert (data["butir"][0]["catatan"], data["butir"][1]["keputusan"]) == (
        "Dibacakan.",
        [{"nomor": 1, "isi": "Keputusan satu"}],
    )
    assert data["lain"] == {"keputusan": [{"nomor": 2, "isi": "Keputusan dua"}], "tindak_lanjut": []}
    assert data["butir"][1]["tindak_lanjut"] == [
        {
            "nomor": 1, "apa": "Usul anggaran", "pic": "Bendahara", "pic_instansi": "LKKS", "bukti": "",
            "topik": "LKS menurut kluster dan wilayah", "tenggat": "2026-12-31", "tenggat_kata": "31 Desember 2026",
            "tugas_kata": "Advokasi sosial dan anggaran", "jenis_kata": "Advokasi anggaran",
            "wilayah_kata": "Kota Magelang", "lks": "", "indikator_kata": "LKS terdaftar (tanda daftar berlaku)",
            "sumber_dana_kata": "Pemerintah kabupaten/kota", "status": "belum", "status_kata": "Belum",
            "asal": "Rakor LKKS uji, 20 November 2026",
        }
    ]  # fmt: skip
    before = [(row["nomor"], row["apa"], row["status"], row["asal"]) for row in data["bawaan"]]
    assert before == [
        (1, "Dari rapat lalu", "terlambat", "Dicatat di luar rapat"),
        (2, "Selesai di rapat ini", "selesai", "Dicatat di luar rapat"),
    ]
    assert [len(row["panel"]) for row in data["butir"]] == [1, 2, 1, 1, 1, 1, 1, 1]
