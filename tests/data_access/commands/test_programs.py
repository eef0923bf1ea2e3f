"""Writes of programs: once at a version, partners replaced whole."""

from pathlib import Path

from data_access.commands import programs as commands
from data_access.engine import reading, writing
from data_access.queries import programs as queries
from domain.permissions import Scope
from tests.lkks_rows import a_program


def test_a_change_at_an_old_version_writes_nothing(fresh_db: Path) -> None:
    mine, other = a_program("33.71", "Satu"), a_program("33.71", "Dua")
    partner = {"jenis": "donatur", "nama": "A", "peran": None, "nilai": 5}
    with writing() as connection:
        assert commands.change(connection, mine, 1, {"nama": "Baru"})
        assert not commands.change(connection, mine, 1, {"nama": "Lagi"})
        commands.set_partners(connection, mine, [partner])
        commands.set_partners(connection, mine, [partner | {"nama": "B"}])
        commands.set_partners(connection, other, [partner | {"nama": "C"}])
    with reading() as connection:
        found = {row["nama"]: [one["nama"] for one in row["mitra"]] for row in queries.listed(connection, Scope(None))}
    assert found == {"Baru": ["B"], "Dua": ["C"]}
    with writing() as connection:
        assert not commands.remove(connection, mine, 1)
        assert commands.remove(connection, mine, 2)
    with reading() as connection:
        assert [row["nama"] for row in queries.listed(connection, Scope(None))] == ["Dua"]
