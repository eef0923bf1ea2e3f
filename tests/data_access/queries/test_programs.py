"""Reads of programs with their partners, within the reader's region."""

from pathlib import Path

from sqlalchemy import insert

from data_access.engine import reading, writing
from data_access.queries import programs as queries
from data_access.tables_lkks import program_mitra
from domain.permissions import Scope
from tests.lkks_rows import a_program


def test_programs_of_the_region_with_their_own_partners(fresh_db: Path) -> None:
    old, new, other = a_program("33.71", "Lama", tahun=2024), a_program("33.71.01", "Baru"), a_program("33.7", "Lain")
    with writing() as connection:
        for program_id, name in ((old, "A"), (new, "B"), (other, "C")):
            connection.execute(insert(program_mitra).values(program_id=program_id, jenis="donatur", nama=name))
    with reading() as connection:
        found = queries.listed(connection, Scope("33.71"))
        assert [(row["nama"], [one["nama"] for one in row["mitra"]]) for row in found] == [
            ("Baru", ["B"]),
            ("Lama", ["A"]),
        ]
        assert queries.one(connection, Scope("33.71"), other) is None
        one = queries.one(connection, Scope("33"), other)
        assert one is not None and [partner["nama"] for partner in one["mitra"]] == ["C"]
        assert queries.one(connection, Scope(None), 999) is None
