"""Rows of the Bimtek tables stored as they are."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from data_access.commands import sample_events
from data_access.engine import reading, writing
from data_access.tables_bimtek import kegiatan_tujuan, narasumber
from tests.bimtek_rows import store_event


def test_one_row_gives_its_key_and_many_are_all_there(fresh_db: Path) -> None:
    made = store_event()
    with writing() as connection:
        first = sample_events.add(connection, "narasumber", {"kegiatan_id": made.event_id, "nama": "Narasumber contoh"})
        rows = [{"kegiatan_id": made.event_id, "kode": f"x{n}", "nama": "Uji", "urutan": n} for n in range(3)]
        sample_events.add_many(connection, "kegiatan_tujuan", rows)
        sample_events.add_many(connection, "kegiatan_tujuan", [])
    with reading() as c:
        assert c.execute(select(narasumber.c.nama).where(narasumber.c.id == first)).scalar_one() == "Narasumber contoh"
        where = kegiatan_tujuan.c.kode.startswith("x")
        assert c.execute(select(func.count()).select_from(kegiatan_tujuan).where(where)).scalar_one() == 3


def test_a_table_that_is_none_is_an_error(fresh_db: Path) -> None:
    with pytest.raises(AttributeError), writing() as connection:
        sample_events.add(connection, "bukan_tabel", {})
