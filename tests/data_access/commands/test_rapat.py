"""Writes of meetings: a row that moved on is not written over, and places follow the order given."""

from collections.abc import Callable
from pathlib import Path

from data_access.commands import rapat as commands
from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries import rapat as queries
from domain.permissions import Actor, Scope
from services import meetings
from tests.rapat_rows import RAKOR


def test_versions_places_and_removal(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    rapat_id = meetings.create(actor("lkks", "33.71"), RAKOR, "t1")
    other = meetings.create(actor("lkks", "33.74"), RAKOR, "t2")
    asked = (Scope(None), False)
    with writing() as connection:
        trail.bump(connection, "rapat")
        assert commands.change(connection, "rapat", rapat_id, 1, {"judul": "Baru"})
        assert not commands.change(connection, "rapat", rapat_id, 1, {"judul": "Basi"})
        order = [row["id"] for row in queries.items(connection, *asked, rapat_id)][::-1]
        commands.place(connection, other, order)
        assert [row["id"] for row in queries.items(connection, *asked, rapat_id)] == order[::-1], "of another meeting"
        commands.place(connection, rapat_id, order)
    with reading() as connection:
        record = queries.meeting(connection, *asked, rapat_id)
        assert record is not None and (record["judul"], record["versi"]) == ("Baru", 2)
        assert [row["id"] for row in queries.items(connection, *asked, rapat_id)] == order
    with writing() as connection:
        person = {"rapat_id": rapat_id, "nama": "Satu", "jenis": "lks"}
        attendee = commands.add(connection, "rapat_hadir", person)
        commands.add_many(connection, "rapat_hadir", [person | {"nama": "Dua"}, person | {"nama": "Tiga"}])
        assert not commands.change_attendee(connection, other, attendee, {"hadir": False})
        assert commands.change_attendee(connection, rapat_id, attendee, {"hadir": False})
        commands.remove_many(connection, "rapat_hadir", [attendee])
        names = [row["nama"] for row in queries.attendees(connection, *asked, rapat_id)]
        assert names == ["Dua", "Tiga"]
        commands.remove(connection, "rapat", rapat_id)
        assert queries.items(connection, *asked, rapat_id) == []
        assert len(queries.items(connection, *asked, other)) == 8
