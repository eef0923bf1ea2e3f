"""The facts that the papers of a Bimtek print: hours, days, institutions, sessions and plans, in the region alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from data_access import tables_bimtek as t
from data_access.engine import writing
from domain.errors import NotFound
from domain.permissions import Actor
from services import bimtek_facts as facts
from tests.bimtek_rows import STORED, store_event

ActorOf = Callable[..., Actor]


def test_another_regions_event_is_not_there(fresh_db: Path, actor: ActorOf) -> None:
    made = store_event(wilayah="33.72")
    assert facts.stored(actor("pelatih", "33"), made.event_id).event["judul"] == "Bimtek uji"
    with pytest.raises(NotFound):
        facts.stored(actor("pelatih", "33.71"), made.event_id)


def test_days_hours_and_hours_of_learning(fresh_db: Path, actor: ActorOf) -> None:
    made = store_event()
    with writing() as connection:
        second = {"mulai": "13.00", "selesai": None, "jp": 1.5}
        connection.execute(update(t.kegiatan_sesi).where(t.kegiatan_sesi.c.id == made.sessions[1]).values(**second))
    found = facts.stored(actor("pelatih", "33.71"), made.event_id)
    assert facts.head(found)["hari"] == "22 Mei 2026 sampai 24 Mei 2026"
    rows = facts.timetable(found)
    assert [row["waktu"] for row in rows] == ["08.00-09.30 WIB", "mulai 13.00 WIB"]
    assert facts.total_jp(found) == "3,5"
    assert facts.hours({"mulai": None, "selesai": None}, "WIT") == ""


def test_institutions_are_counted_once_however_they_are_written(fresh_db: Path, actor: ActorOf) -> None:
    people = [("A", "lks", "LKS Melati"), ("B", "lks", "lks  melati"), ("C", "dinas", ""), ("D", "lkks", "LKKS Kota")]
    made = store_event(people=people)
    found = facts.stored(actor("pelatih", "33.71"), made.event_id)
    called = dict(zip(made.people, [row[2] for row in people], strict=True))
    assert facts.institutions(found, called) == [["LKKS Kota", "LKKS", "1"], ["LKS Melati", "LKS", "2"]]
    assert facts.kinds(found.people) == [["LKS", "2"], ["LKKS", "1"], ["Dinas", "1"]]


def test_attendance_counts_the_roster_as_it_is_now(fresh_db: Path, actor: ActorOf) -> None:
    """Somebody struck from the roster keeps the marks, but is on no list any more."""
    made = store_event()
    with writing() as connection:
        for person in made.people[:3]:
            row = {"sesi_id": made.sessions[0], "peserta_id": person, "cara": "ponsel", "pada": STORED}
            connection.execute(insert(t.kehadiran).values(**row))
        connection.execute(update(t.peserta).where(t.peserta.c.id == made.people[2]).values(aktif=False))
    found = facts.stored(actor("pelatih", "33.71"), made.event_id)
    assert [row["hadir"] for row in facts.timetable(found)] == ["2", "0"]
    told = {row["nama"]: (row["sesi"], row["hadir"]) for row in facts.present(found, {})}
    assert told == {
        "Peserta Contoh Satu": ("1", "1 dari 2"),
        "Peserta Contoh Dua": ("1", "1 dari 2"),
        "Peserta Contoh Empat": ("", "0 dari 2"),
    }


def test_plans_by_state_and_by_name_only_for_those_who_may(fresh_db: Path, actor: ActorOf) -> None:
    made = store_event()
    with writing() as connection:
        for person, status in zip(made.people[:3], ("direncanakan", "selesai", "direncanakan"), strict=True):
            row = {"kegiatan_id": made.event_id, "peserta_id": person, "rencana": "Menata berkas", "status": status,
                   "tenggat": None, "diubah_pada": STORED}  # fmt: skip
            connection.execute(insert(t.rtl).values(**row))
    for role, rows in (("pelatih", 3), ("kepala_dinas", 0)):
        by = actor(role, "33.71")
        told = facts.plans(facts.stored(by, made.event_id), rows > 0)
        assert told["kalimat"] == "3 rencana tindak lanjut peserta tercatat: 2 direncanakan, 1 selesai."
        assert len(told["baris"]) == rows


def test_sessions_asked_for(fresh_db: Path, actor: ActorOf) -> None:
    made = store_event()
    found = facts.stored(actor("pelatih", "33.71"), made.event_id)
    assert [number for number, _ in facts.chosen(found, None)] == [1, 2]
    assert [number for number, _ in facts.chosen(found, [made.sessions[1]])] == [2]
    with pytest.raises(NotFound):
        facts.chosen(found, [made.sessions[0], 999])
    bare = facts.stored(actor("pelatih", "33.71"), store_event(days=[found.event["mulai"]]).event_id)
    with writing() as connection:
        connection.execute(t.kegiatan_sesi.delete().where(t.kegiatan_sesi.c.kegiatan_id == bare.event["id"]))
    with pytest.raises(NotFound):
        facts.chosen(facts.stored(actor("pelatih", "33.71"), bare.event["id"]), None)
