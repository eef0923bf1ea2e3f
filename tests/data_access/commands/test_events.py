"""Writes of events: at their version only, and never beyond their own event."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from data_access import tables_bimtek as tables
from data_access.commands import events as commands
from data_access.engine import reading, writing
from data_access.queries import events as queries
from domain.permissions import Scope
from tests.bimtek_rows import Stored, store_event

EVERYWHERE = Scope(None)
NOW = datetime(2026, 5, 22, tzinfo=UTC)


@pytest.fixture
def stored(fresh_db: Path) -> Stored:
    return store_event()


def test_a_change_needs_the_version_it_saw(stored: Stored) -> None:
    with writing() as connection:
        assert commands.change(connection, stored.event_id, 1, {"tempat": "Aula"})
        assert not commands.change(connection, stored.event_id, 1, {"tempat": "Lain"})
        assert commands.change_form(connection, stored.forms["pre"], 1, {"judul": "Tes"})
        assert not commands.change_form(connection, stored.forms["pre"], 1, {"judul": "Lain"})
    with reading() as connection:
        row = queries.event(connection, EVERYWHERE, stored.event_id)
        form = queries.form(connection, EVERYWHERE, stored.forms["pre"])
    assert row and form and (row["tempat"], row["versi"], form["judul"], form["versi"]) == ("Aula", 2, "Tes", 2)


def test_parts_of_another_event_are_not_touched(stored: Stored) -> None:
    other = store_event()
    with writing() as connection:
        speaker = commands.add_speaker(connection, other.event_id, {"nama": "Contoh"})
        commands.change_speaker(connection, stored.event_id, speaker, {"nama": "Lain"})
        commands.remove_speaker(connection, stored.event_id, speaker)
        values = {"tanggal": date(2026, 5, 22), "materi": "x", "urutan": 0}
        commands.change_session(connection, stored.event_id, other.sessions[0], values, [])
        commands.remove_session(connection, stored.event_id, other.sessions[1])
    with reading() as connection:
        assert [row["nama"] for row in queries.speakers(connection, EVERYWHERE, other.event_id)] == ["Contoh"]
        materi = [row["materi"] for row in queries.sessions(connection, EVERYWHERE, other.event_id)]
    assert materi == ["Materi hari 1", "Materi hari 2"]


def test_a_session_keeps_its_attendance_and_changes_its_speakers(stored: Stored) -> None:
    with writing() as connection:
        one = commands.add_speaker(connection, stored.event_id, {"nama": "Satu"})
        two = commands.add_speaker(connection, stored.event_id, {"nama": "Dua"})
        number = commands.add_session(
            connection, stored.event_id, {"tanggal": date(2026, 5, 22), "materi": "Baru", "urutan": 5}, [one, two, one]
        )
        values = {"sesi_id": number, "peserta_id": stored.people[0], "cara": "petugas", "pada": NOW}
        connection.execute(tables.kehadiran.insert().values(**values))
        commands.change_session(connection, stored.event_id, number, {"materi": "Lama"}, [two])
    with reading() as connection:
        found = next(row for row in queries.sessions(connection, EVERYWHERE, stored.event_id) if row["id"] == number)
    assert (found["materi"], found["narasumber"], found["hadir"]) == ("Lama", [two], 1)


def test_the_store_itself_refuses_a_second_pair(stored: Stored) -> None:
    with reading() as connection:
        form = queries.form(connection, EVERYWHERE, stored.forms["pre"])
    assert form is not None
    again = {name: form[name] for name in ("kegiatan_id", "instrumen_versi_id", "fase", "judul")} | {"tautan": "ZZZZZZ"}
    with pytest.raises(IntegrityError), writing() as connection:
        commands.add_form(connection, again)


def test_places_go_on_after_the_last(stored: Stored) -> None:
    with writing() as connection:
        assert commands.next_place(connection, stored.event_id) == 3
        assert commands.next_place(connection, 9_999) == 0


def test_removing_an_event_leaves_no_row_behind(stored: Stored) -> None:
    kept = store_event()
    with writing() as connection:
        commands.change(connection, kept.event_id, 1, {"disalin_dari": stored.event_id})
        commands.add_speaker(connection, stored.event_id, {"nama": "Contoh"})
        commands.remove(connection, stored.event_id)
    with reading() as connection:
        for table in (tables.kegiatan, tables.peserta, tables.formulir, tables.kegiatan_sesi, tables.narasumber):
            column = table.c.id if table is tables.kegiatan else table.c.kegiatan_id
            query = select(func.count()).select_from(table).where(column == stored.event_id)
            assert connection.execute(query).scalar_one() == 0
        row = queries.event(connection, EVERYWHERE, kept.event_id)
    assert row is not None and row["disalin_dari"] is None
