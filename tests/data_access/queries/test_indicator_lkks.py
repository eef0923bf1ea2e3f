"""Reads of the LKKS's affairs stay in their scope, and in an LKKS's own region where it stands alone."""

from datetime import date
from pathlib import Path

from data_access.engine import reading
from data_access.queries import indicator_lkks as queries
from domain.permissions import Scope
from tests.affairs_rows import fill

ON = date(2026, 11, 20)


def test_everything_is_read_within_the_scope(fresh_db: Path) -> None:
    fill()
    with reading() as connection:
        assert set(queries.lkks_of(connection, Scope("33"))) == {"33", "33.71"}
        assert len(queries.lkks_of(connection, Scope(None))) == 5
        cities = queries.actions(connection, Scope("33"), ON, alone=False)
        assert {row["wilayah_rapat"] for row in cities} == {"33", "33.71"} and len(cities) == 10
        assert {row["wilayah_rapat"] for row in queries.actions(connection, Scope("33"), ON, alone=True)} == {"33"}
        assert {row["wilayah_rapat"] for row in queries.actions(connection, Scope(None), ON, alone=True)} == {""}
        assert queries.actions(connection, Scope("33"), date(2026, 1, 4), alone=False) == []
        assert queries.actions(connection, Scope("34"), ON, alone=False) == []
        programs = queries.programs(connection, Scope("33.71"), 2026)
        assert [(row["wilayah"], row["anggaran"]) for row in programs] == [("33.71", 1_000_000), ("33.71", None)]
        assert len(queries.programs(connection, Scope(None), 2025)) == 5
