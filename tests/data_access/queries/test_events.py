"""Reads about events: each keeps to its region, and what belongs to another event is never counted."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from data_access import tables_bimtek as tables
from data_access.engine import reading, writing
from data_access.queries import events as queries
from domain.permissions import Scope
from tests.bimtek_rows import Stored, store_event

NOW = datetime(2026, 5, 22, 2, 0, tzinfo=UTC)
HERE, WIDER, ELSEWHERE = Scope("33.71"), Scope("33"), Scope("52.72")


@pytest.fixture
def stored(fresh_db: Path) -> Stored:
    store_event(wilayah="52.72", judul="Bimtek di kota lain")
    return store_event(judul="Bimtek 100% Daring_")


def send(form_id: int, person: int | None, key: str, table: Any = tables.kiriman, **more: Any) -> None:
    values: dict[str, Any] = {"formulir_id": form_id, "peserta_id": person, "kunci": key, "sidik_isi": key}
    values["jawaban"] = {}
    if table is tables.kiriman:
        values |= {"keadaan": "terhitung", "cara": "ponsel"}
    with writing() as connection:
        connection.execute(insert(table).values(**values, diterima_pada=NOW, **more))


def test_a_region_is_told_by_its_whole_code(stored: Stored) -> None:
    with reading() as connection:
        assert list(queries.listed(connection, HERE)["id"]) == [stored.event_id]
        assert list(queries.listed(connection, WIDER)["id"]) == [stored.event_id]
        assert len(queries.listed(connection, Scope(None))) == 2
        assert stored.event_id not in list(queries.listed(connection, ELSEWHERE)["id"])
        assert queries.event(connection, HERE, stored.event_id) is not None
        for scope in (ELSEWHERE, Scope("33.71.01")):
            assert queries.event(connection, scope, stored.event_id) is None


def test_parts_of_an_event_out_of_sight_are_empty(stored: Stored) -> None:
    parts = (queries.aims, queries.sessions, queries.forms, queries.participants_with_codes, queries.series)
    with reading() as connection:
        for part in parts:
            assert part(connection, HERE, stored.event_id), part.__name__
            assert part(connection, ELSEWHERE, stored.event_id) == [], part.__name__
        assert queries.form(connection, HERE, stored.forms["pre"]) is not None
        assert queries.form(connection, ELSEWHERE, stored.forms["pre"]) is None


def test_words_are_searched_as_they_stand(stored: Stored) -> None:
    with reading() as connection:
        for words, hits in (("100%", 1), ("daring_", 1), ("DARING bimtek", 1), ("100_", 0), ("dinas", 1), ("", 1)):
            assert len(queries.listed(connection, HERE, {"cari": words})) == hits, words


def test_years_and_regions_narrow_the_list(stored: Stored) -> None:
    store_event(days=(date(2025, 12, 30), date(2026, 1, 2)))
    with reading() as connection:
        assert queries.years(connection, HERE) == [2026, 2025]
        assert len(queries.listed(connection, HERE, {"tahun": 2025})) == 1
        assert len(queries.listed(connection, Scope(None), {"wilayah": "52"})) == 1


def test_everything_that_was_sent_counts_as_an_answer(stored: Stored) -> None:
    with reading() as connection:
        assert queries.answers(connection, HERE, stored.event_id) == 0
        assert not queries.answered(connection, HERE, stored.forms["pre"])
    send(stored.forms["pre"], stored.people[0], "a")
    send(stored.forms["post"], stored.people[0], "b", tables.kiriman_konflik)
    with writing() as connection:
        values = {"formulir_id": stored.forms["penyelenggaraan"], "peserta_id": stored.people[1]}
        connection.execute(insert(tables.pengisian).values(**values))
    with reading() as connection:
        assert queries.answers(connection, HERE, stored.event_id) == 3
        assert queries.answers(connection, ELSEWHERE, stored.event_id) == 0
        assert all(queries.answered(connection, HERE, form_id) for form_id in stored.forms.values())
        counts = {form["fase"]: form["kiriman"] for form in queries.forms(connection, HERE, stored.event_id)}
    assert counts == {"pre": 1, "post": 0, "penyelenggaraan": 0}


def test_sessions_tell_who_speaks_and_how_many_came(stored: Stored) -> None:
    with writing() as connection:
        speaker = connection.execute(
            insert(tables.narasumber)
            .values(kegiatan_id=stored.event_id, nama="Contoh")
            .returning(tables.narasumber.c.id)
        ).scalar_one()
        connection.execute(insert(tables.sesi_narasumber).values(sesi_id=stored.sessions[1], narasumber_id=speaker))
        for person in stored.people[:2]:
            values = {"sesi_id": stored.sessions[0], "peserta_id": person, "cara": "petugas", "pada": NOW}
            connection.execute(insert(tables.kehadiran).values(**values))
    with reading() as connection:
        first, second = queries.sessions(connection, HERE, stored.event_id)
    assert (first["hadir"], first["narasumber"]) == (2, []) and (second["hadir"], second["narasumber"]) == (
        0,
        [speaker],
    )


def test_a_short_address_is_taken_by_events_and_forms_alike(stored: Stored) -> None:
    with reading() as connection:
        assert queries.link_taken(connection, stored.link)
        assert queries.link_taken(connection, stored.links["post"])
        assert not queries.link_taken(connection, "ZZZZZZ")


def test_legal_bases_are_those_of_the_reference_list(stored: Stored) -> None:
    with reading() as connection:
        found = {row["kode"]: row for row in queries.legal_bases(connection)}
    assert found["uu_11_2009"]["judul"].startswith("UU 11/2009")
    assert found["permensos_184_2011"]["status"] == "diganti"
