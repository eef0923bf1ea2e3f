"""Reads of results: narrowed to the region, complete, and without touching answers where totals are enough."""

from pathlib import Path

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import insert, update

from data_access.commands import trail
from data_access.engine import engine, reading, writing
from data_access.queries import results as queries
from data_access.tables_bimtek import kiriman, peserta
from domain.permissions import Scope
from tests import register_rows
from tests.bimtek_rows import STORED, Stored, store_event

EVERYWHERE, OTHER = Scope(None), Scope("52.72")


@pytest.fixture
def stored(fresh_db: Path) -> Stored:
    made = store_event()
    store_event(wilayah="52.72")  # the spurious one
    with writing() as connection:
        trail.bump(connection, "jawaban")
        for place, state in enumerate(("terhitung", "revisi", "menunggu")):
            row = {
                "formulir_id": made.forms["pre"],
                "peserta_id": made.people[0],
                "kunci": str(place),
                "sidik_isi": "x",
            }
            row |= {"jawaban": {"P1": "b"}, "poin": 1, "poin_maks": 4, "keadaan": state, "diterima_pada": STORED}
            connection.execute(insert(kiriman).values(**row, cara="ponsel"))
    return made


def test_every_read_of_an_event_is_narrowed_to_the_region(stored: Stored) -> None:
    with reading() as c:
        for scope in (EVERYWHERE, Scope("33"), Scope("33.71")):
            assert queries.event(c, scope, stored.event_id) is not None
            assert len(queries.forms(c, scope, stored.event_id)) == 3
            assert len(queries.answers(c, scope, stored.event_id)) == 3
            assert len(queries.people(c, scope, stored.event_id)) == 4
            assert len(queries.sessions(c, scope, stored.event_id, STORED.date())) == 1
        for scope in (OTHER, Scope("33.72")):
            assert queries.event(c, scope, stored.event_id) is None
            assert queries.forms(c, scope, stored.event_id) == []
            assert queries.answers(c, scope, stored.event_id) == []
            assert queries.people(c, scope, stored.event_id) == []
            assert queries.sessions(c, scope, stored.event_id, STORED.date()) == []
            assert queries.scores_by_event(c, scope) == []
        assert [row["id"] for row in queries.events(c, OTHER)] == [stored.event_id + 1]


def test_totals_over_events_are_counted_ones_and_no_answer_is_read(stored: Stored) -> None:
    asked: list[str] = []

    def listen(*args: object) -> None:
        asked.append(str(args[2]))

    sql_event.listen(engine(), "before_cursor_execute", listen)
    try:
        with reading() as c:
            rows = queries.scores_by_event(c, EVERYWHERE)
    finally:
        sql_event.remove(engine(), "before_cursor_execute", listen)
    assert [(row["kegiatan_id"], row["fase"], row["poin"], row["poin_maks"]) for row in rows] == [
        (stored.event_id, "pre", 1.0, 4.0)
    ]
    assert asked and not any("jawaban" in statement for statement in asked)


def test_struck_and_merged_people_are_not_counted(stored: Stored) -> None:
    with writing() as connection:
        trail.bump(connection, "kegiatan")
        connection.execute(update(peserta).where(peserta.c.id == stored.people[0]).values(aktif=False))
        connection.execute(update(peserta).where(peserta.c.id == stored.people[1]).values(digabung_ke=stored.people[2]))
    with reading() as c:
        row = next(row for row in queries.events(c, EVERYWHERE) if row["id"] == stored.event_id)
    assert (row["orang"], row["instansi"]) == (2, 2)


def test_lks_that_sent_nobody_are_those_in_reach_and_in_scope(stored: Stored) -> None:
    inside, sent, far = register_rows.store(
        register_rows.lks_row("A", "33.71.01"),
        register_rows.lks_row("B", "33.71.01"),
        register_rows.lks_row("C", "33.72.01"),
    )
    with writing() as connection:
        trail.bump(connection, "kegiatan")
        connection.execute(update(peserta).where(peserta.c.id == stored.people[0]).values(lks_id=sent))
    with reading() as c:
        assert queries.untrained(c, EVERYWHERE, stored.event_id) == [inside]
        assert queries.untrained(c, OTHER, stored.event_id) == []
        assert queries.kluster(c, [inside]) == {}
    assert far not in (inside, sent)


def test_axis_history_of_some_lks_comes_oldest_first(stored: Stored) -> None:
    (lks_id,) = register_rows.store(register_rows.lks_row("A", "33.71.01", daftar="belum_terdaftar"))
    register_rows.edit(lks_id, STORED, daftar="terdaftar", daftar_tanggal=STORED.date())
    with reading() as c:
        rows = queries.axis_events(c, [lks_id], ["daftar"])
        assert [row["nilai"] for row in rows] == ["belum_terdaftar", "terdaftar"]
        assert queries.axis_events(c, [lks_id], ["akreditasi"]) == []


def test_presence_counts_sessions_per_person(stored: Stored) -> None:
    with reading() as c:
        assert queries.present(c, stored.sessions) == {}
