from data_access.engine import reading
from domain.permissions import Scope
from services import clock, coordinates
from tests.register_rows import archive, edit, lks_row, store

SWAPPED = {"lat": 7.49, "lon": -110.22}


def test_doubts_are_those_of_the_scope_and_follow_each_write(fresh_db: object) -> None:
    here, far, gone = store(
        lks_row("Tertukar", "33.71.01", **SWAPPED),
        lks_row("Jauh", "52.72.01", lat=8.46, lon=-118.73),
        lks_row("Arsip", "33.71.01", lat=7.48, lon=-110.21),
    )
    archive(gone)
    with reading() as connection:
        found = coordinates.findings(connection, Scope("33"))
        assert [lks_id for lks_id, *_ in found] == [here]
        assert coordinates.findings(connection, Scope("33")) is found  # worked out once
        assert coordinates.doubtful(connection, Scope(None), None) == {here, far}
        assert coordinates.doubtful(connection, Scope(None), "52.72") == {far}
    [late] = store(lks_row("Baru", "33.71.02", lat=7.47, lon=-110.23))
    with reading() as connection:
        assert coordinates.doubtful(connection, Scope("33"), None) == {here, late}


def test_two_lks_that_trade_places_are_looked_at_again(fresh_db: object) -> None:
    one, other = store(
        lks_row("Satu", "33.71.01", lat=-7.48, lon=110.21), lks_row("Dua", "52.72.01", lat=-8.46, lon=118.73)
    )
    with reading() as connection:
        assert coordinates.doubtful(connection, Scope(None), None) == set()
    edit(one, clock.now(), lat=-8.46, lon=118.73)
    edit(other, clock.now(), lat=-7.48, lon=110.21)
    with reading() as connection:
        assert coordinates.doubtful(connection, Scope(None), None) == {one, other}
