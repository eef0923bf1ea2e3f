"""Writes of the participant's door: one counted submission per person, whatever happens at the same instant."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from data_access import engine
from data_access.commands import submissions as commands
from data_access.queries import submissions as queries
from data_access.tables_bimtek import gagal_kode, kiriman
from domain.errors import AlreadyDone
from tests import bimtek_rows
from tests.bimtek_rows import STORED, Stored


def submission(event: Stored, key: str, **more: object) -> dict[str, object]:
    return {
        "formulir_id": event.forms["pre"], "peserta_id": event.people[0], "kunci": key, "sidik_isi": "x",
        "jawaban": {"P1": "b"}, "keadaan": "terhitung", "diterima_pada": STORED, "cara": "ponsel",
    } | more  # fmt: skip


@pytest.mark.parametrize("change", [{}, {"kunci": "k1", "keadaan": "revisi"}])
def test_a_second_counted_one_or_a_second_use_of_a_key_is_a_clash(fresh_db: Path, change: dict[str, object]) -> None:
    event = bimtek_rows.store_event()
    with engine.writing() as connection:
        commands.add(connection, [submission(event, "k1")])
    with pytest.raises(AlreadyDone), commands.clashes(), engine.writing() as connection:
        commands.add(connection, [submission(event, "k2") | change])
    with engine.reading() as connection:
        assert list(connection.execute(select(kiriman.c.kunci, kiriman.c.keadaan))) == [("k1", "terhitung")]


def test_a_later_one_takes_the_place_of_the_counted_one(fresh_db: Path) -> None:
    event = bimtek_rows.store_event()
    with engine.writing() as connection:
        commands.add(connection, [submission(event, "k1"), submission(event, "k0", keadaan="ditolak")])
        ids = queries.ids_by_key(connection, ["k1", "k0"])
        commands.demote(connection, list(ids.values()))
        commands.add(connection, [submission(event, "k2")])
    with engine.reading() as connection:
        found = {row.kunci: row.keadaan for row in connection.execute(select(kiriman.c.kunci, kiriman.c.keadaan))}
    assert found == {"k1": "revisi", "k0": "ditolak", "k2": "terhitung"}


def test_aside_filled_and_failures(fresh_db: Path) -> None:
    event = bimtek_rows.store_event()
    form, person = event.forms["penyelenggaraan"], event.people[0]
    aside = {"formulir_id": form, "kunci": "k", "sidik_isi": "y", "jawaban": {}, "diterima_pada": STORED}
    wrong = {"alamat": "a", "tautan": "ABCDEF", "dicoba": False, "pada": STORED}
    with engine.writing() as connection:
        commands.set_aside(connection, [aside])
        commands.note_filled(connection, [{"formulir_id": form, "peserta_id": person}])
        commands.note_failures(
            connection, [wrong | {"pada": STORED - timedelta(hours=3)}, wrong], STORED - timedelta(hours=9)
        )
        commands.note_failures(connection, [wrong], STORED - timedelta(hours=1))
        commands.note_failures(connection, [], STORED + timedelta(hours=1))
        commands.demote(connection, [])
    with engine.reading() as connection:
        assert queries.conflicts(connection, ["k"]) == {("k", "y")}
        assert queries.filled(connection, [form], event.people) == {(form, person)}
        assert [row.pada for row in connection.execute(select(gagal_kode.c.pada))] == [STORED] * 2
