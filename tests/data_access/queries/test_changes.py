from datetime import UTC, date, datetime

from data_access.engine import reading
from data_access.queries import changes
from tests.register_rows import STORED, edit, lks_row, store

MOMENT = datetime(2026, 4, 1, tzinfo=UTC)


def test_the_state_before_a_moment_is_the_last_one_recorded_by_then(fresh_db: object) -> None:
    one, other = store(
        lks_row("Satu", "33.71", daftar="terdaftar", daftar_sampai=date(2026, 3, 1)), lks_row("Lain", "33.71")
    )
    edit(one, datetime(2026, 2, 1, tzinfo=UTC), daftar_sampai=date(2029, 3, 1), aktif="aktif")
    edit(one, MOMENT, daftar="dicabut")
    edit(other, datetime(2026, 2, 1, tzinfo=UTC), daftar="terdaftar")
    with reading() as connection:
        before = changes.states_before(connection, [one], MOMENT)
        first = changes.states_before(connection, [one], datetime(2026, 1, 20, tzinfo=UTC))
    assert list(before) == [one]
    assert (before[one]["daftar"], before[one]["daftar_sampai"]) == ("terdaftar", date(2029, 3, 1))
    assert before[one]["aktif"] == "aktif" and before[one]["hukum"] is None
    assert first[one]["daftar_sampai"] == date(2026, 3, 1) and first[one]["aktif"] is None
    assert STORED < MOMENT
