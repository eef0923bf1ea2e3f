"""The sample meetings: two per article region, marked, one closed with frozen panels, and gone without a trace."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from data_access.engine import reading
from data_access.tables_rapat import rapat, rapat_hadir, rapat_potret, tindak_lanjut
from domain.permissions import Actor
from services import actions, meetings, samples

Make = Callable[..., Actor]
REGIONS = ("13.76", "33.71", "76", "52.72", "62")


@pytest.mark.parametrize("region", REGIONS)
def test_each_region_has_a_closed_and_a_prepared_rakor(region: str, seeded_db: Path, actor: Make) -> None:
    by = actor("lkks", region)
    coming, held = meetings.listed(by).to_dict("records")
    assert (coming["status"], held["status"]) == ("disiapkan", "ditutup")
    assert coming["contoh"] and held["contoh"] and "contoh" in held["judul"] and "contoh" in coming["judul"]
    assert (held["butir"], held["hadir"], held["keputusan"], held["tindak_lanjut"]) == (8, 5, 3, 4)
    shown = meetings.snapshot(by, int(held["id"]))
    assert len(shown) == 9 + (region in ("76", "62")), "provinces also ask which kab/kota have an LKKS"
    assert {panel.per_tanggal for panel in shown.values()} == {held["tanggal"]}
    data = meetings.minutes(by, int(held["id"]))
    assert data["rapat"]["contoh"] and [row["status"] for row in data["butir"][3]["tindak_lanjut"]] == ["belum"]
    states = sorted(row["keadaan"] for row in actions.listed(by).to_dict("records"))
    assert states == ["belum", "proses", "selesai", "terlambat"]
    before = meetings.get(by, int(coming["id"])).bawaan
    assert [row["keadaan"] for row in before] == ["terlambat", "proses", "belum"]
    assert actions.counts(by) == {"semua": 4, "terbuka": 3, "terlambat": 1, "jatuh": 2, "tepat": 1}


def test_kota_magelang_saw_eleven_lks(seeded_db: Path, actor: Make) -> None:
    by = actor("lkks", "33.71")
    held = meetings.listed(by).to_dict("records")[1]
    panel = meetings.snapshot(by, int(held["id"]))[2, 1]
    assert panel.jenis == "kluster" and [bar.nilai for bar in panel.batang[:3]] == [8, 2, 1]


def test_nobody_is_named_and_everything_goes_again(seeded_db: Path, actor: Make) -> None:
    tables = (rapat, tindak_lanjut, rapat_hadir, rapat_potret)
    with reading() as connection:
        names = connection.execute(select(rapat_hadir.c.nama)).scalars().all()
        assert names and all("contoh" in name for name in names)
        assert connection.execute(select(func.count()).where(~rapat.c.contoh)).scalar_one() == 0
    samples.remove(actor("admin"))
    with reading() as connection:
        assert [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables] == [0] * 4


def test_a_real_action_stays_when_the_sample_goes(seeded_db: Path, actor: Make) -> None:
    by = actor("lkks", "33.71")
    kept = actions.add(by, {"jenis": "tugas", "apa": "Sungguhan"}, "t1")
    samples.remove(actor("admin"))
    assert list(actions.listed(by)["id"]) == [kept]
