"""The regions of the country as the register knows them."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert

from data_access.engine import reading, writing
from data_access.queries import wilayah as queries
from data_access.tables import wilayah

ON = date(2026, 11, 21)


def test_the_whole_country_is_there(fresh_db: Path) -> None:
    with reading() as connection:
        rows = queries.all_rows(connection)
        assert len(queries.children(connection, None, ON)) == 38
    kept = [row for row in rows if row["berlaku_sampai"] is None or row["berlaku_sampai"] > ON]
    kinds = {
        jenis: sum(row["jenis"] == jenis for row in kept) for jenis in ("provinsi", "kabupaten", "kota", "kecamatan")
    }
    assert kinds == {"provinsi": 38, "kabupaten": 416, "kota": 98, "kecamatan": 7285}
    assert [row["kode"] for row in rows] == sorted(row["kode"] for row in rows)


def test_children_come_by_code_with_their_columns(fresh_db: Path) -> None:
    with reading() as connection:
        found = queries.children(connection, "33.71", ON)
        none = queries.children(connection, "99.99", ON)
    assert list(found.columns) == list(none.columns) == ["kode", "nama", "jenis", "lat", "lon"]
    assert list(found["kode"]) == ["33.71.01", "33.71.02", "33.71.03"]
    assert set(found["jenis"]) == {"kecamatan"}
    assert len(none) == 0


@pytest.mark.parametrize(
    ("on", "seen"), [(date(2030, 1, 1), False), (date(2030, 1, 2), True), (date(2031, 1, 1), False)]
)
def test_a_region_counts_while_it_is_in_force(fresh_db: Path, on: date, seen: bool) -> None:
    row = {"kode": "33.99", "nama": "Uji", "jenis": "kota", "induk": "33"}
    with writing() as connection:
        dates = {"berlaku_mulai": date(2030, 1, 2), "berlaku_sampai": date(2031, 1, 1)}
        connection.execute(insert(wilayah).values(**row, **dates))
    with reading() as connection:
        assert ("33.99" in set(queries.children(connection, "33", on)["kode"])) is seen
        assert queries.exists(connection, "33.99")


def test_one_region_and_names(fresh_db: Path) -> None:
    with reading() as connection:
        found = queries.one(connection, "33.71")
        assert queries.one(connection, "99.99") is None
        assert not queries.exists(connection, "99.99")
        names = queries.names(connection, ["33.71", "33", "99.99"])
        former = queries.former_names(connection)
    assert found is not None
    assert (found["jenis"], found["induk"], found["kode_bps"]) == ("kota", "33", "3371")
    assert names == {"33.71": ("kota", found["nama"]), "33": ("provinsi", "Jawa Tengah")}
    assert all(row["kode"] and row["nama"] for row in former)
