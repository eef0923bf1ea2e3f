"""A scripted rakor: 8 items, 12 decisions, 20 actions, 60 people, closed, and the next one opens with what is left."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from domain.permissions import Actor
from services import actions, attendance_list, decisions, keeping, meetings
from tests.rapat_rows import RAKOR, TODAY, close, on, running
from tests.services.conftest import NEW


def test_a_whole_rakor_with_the_real_panels(seeded_db: Path, actor: Callable[..., Actor]) -> None:
    """The panels here are the real ones: Kota Magelang's 11 LKS stay 11 when a twelfth is registered a year later."""
    by = actor("lkks", "33.71")
    before = {int(number) for number in actions.open_actions(by)["id"]}
    with on(TODAY):
        rapat_id = running(by)
        items = [row["id"] for row in meetings.get(by, rapat_id).butir]
        people = "\n".join(f"Peserta {number};Pengurus;LKS {number // 2}" for number in range(60))
        assert attendance_list.paste(by, rapat_id, people, "lks", "h") == 60
        for number in range(12):
            decisions.add(by, rapat_id, items[number % 8], f"Keputusan {number + 1}", f"d{number}")
        made = []
        for number in range(20):
            given = {"jenis": "tugas", "apa": f"Tindak lanjut {number + 1}", "tenggat": TODAY + timedelta(days=number)}
            place = {"rapat_id": rapat_id, "butir_id": items[number % 8]}
            made.append(actions.add(by, given | place, f"a{number}"))
        begun = time.perf_counter()
        close(by, rapat_id)
        data = meetings.minutes(by, rapat_id)
        assert time.perf_counter() - begun < 30
    shown = {place: panel.as_data() for place, panel in meetings.snapshot(by, rapat_id).items()}
    assert shown[2, 1]["angka"][0]["nilai"] == 11 and len(data["butir"]) == 8
    assert sum(len(row["keputusan"]) for row in data["butir"]) == 12
    assert sum(len(row["tindak_lanjut"]) for row in data["butir"]) == 20
    assert data["hadir_jumlah"] == {"hadir": 60, "tidak": 0, "instansi": 30}
    with on(date(2027, 11, 20)):
        new = NEW | {"nama": "LKS kedua belas", "daftar_tanggal": date(2027, 1, 2), "daftar_sampai": date(2030, 1, 2)}
        keeping.create(actor("operator", "33.71"), new | {"ketua_nik": None}, "k")
        actions.set_status(by, made[0], 1, "selesai", "Berita acara", "s")
        again = {place: panel.as_data() for place, panel in meetings.snapshot(by, rapat_id).items()}
        assert again == shown and meetings.minutes(by, rapat_id) == data
        following = meetings.get(by, meetings.create(by, RAKOR | {"tanggal": date(2027, 11, 20)}, "n"))
        assert {row["id"] for row in following.bawaan} == (before | set(made)) - {made[0]}
        assert {row["keadaan"] for row in following.bawaan} == {"terlambat"}
