"""Rows in bulk are stored exactly as SQLAlchemy itself would store them."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from data_access.commands import bulk
from data_access.engine import reading, writing
from data_access.tables import audit, impor_batch, lks, lks_sumbu

NOW = datetime(2026, 11, 21, 3, 4, 5, tzinfo=UTC)
LKS = {"nama": "Panti Contoh", "nama_kunci": "panti contoh", "nama_cari": "contoh", "provinsi_kode": "33",
       "kabkota_kode": "33.71", "dibuat_pada": NOW, "diubah_pada": NOW}  # fmt: skip


def stored(table: Any, order: Any) -> list[dict[str, Any]]:
    with reading() as connection:
        return [dict(row) for row in connection.execute(select(table).order_by(order)).mappings()]


def test_types_gaps_and_defaults(fresh_db: Path) -> None:
    jakarta = datetime(2026, 11, 21, 10, 0, tzinfo=timezone(timedelta(hours=7)))
    rows: list[dict[str, Any]] = [
        LKS | {"kode_lks": "LKS-33.71-0001", "lat": -7.5, "lon": 110.2, "tanggal_berdiri": date(2001, 2, 3)},
        LKS | {"kode_lks": "LKS-33.71-0002", "contoh": True, "diubah_pada": jakarta, "kapasitas": 0, "visi": None},
    ]
    with writing() as connection:
        bulk.add_rows(connection, lks, rows)
    one, two = stored(lks, lks.c.kode_lks)
    assert (one["lat"], one["lon"], one["tanggal_berdiri"], one["kapasitas"]) == (-7.5, 110.2, date(2001, 2, 3), None)
    assert (two["lat"], two["tanggal_berdiri"], two["kapasitas"], two["visi"]) == (None, None, 0, None)
    assert [(row["contoh"], row["versi"], row["terisi"]) for row in (one, two)] == [(False, 1, 0), (True, 1, 0)]
    assert (one["diubah_pada"], two["diubah_pada"]) == (NOW, jakarta)


def test_the_same_as_row_by_row(fresh_db: Path) -> None:
    rows = [
        {"pada": NOW, "pelaku": "uji", "aksi": "tambah", "objek": "lks", "objek_id": str(n), "sesudah": after}
        for n, after in enumerate([{"nama": 'Ibu \u2014 "A"', "lat": 1.5, "ada": True, "isi": [1, None]}, None, {}])
    ]
    with writing() as connection:
        connection.execute(audit.delete())
        for row in rows:
            connection.execute(insert(audit), [row])
        bulk.add_rows(connection, audit, rows)
    found = [{name: value for name, value in row.items() if name != "id"} for row in stored(audit, audit.c.id)]
    assert len(found) == 6
    assert found[:3] == found[3:]


def test_nothing_stores_nothing(fresh_db: Path) -> None:
    with writing() as connection:
        bulk.add_rows(connection, lks_sumbu, [])
    assert stored(lks_sumbu, lks_sumbu.c.id) == []


def test_a_naive_moment_is_refused_here_too(fresh_db: Path) -> None:
    row = {"pada": datetime(2026, 1, 1), "pelaku": "uji", "aksi": "x", "objek": "y"}  # noqa: DTZ001 # the point
    with pytest.raises(ValueError, match="naive"), writing() as connection:
        bulk.add_rows(connection, audit, [row])


def test_an_unknown_column_is_an_error(fresh_db: Path) -> None:
    with pytest.raises(KeyError), writing() as connection:
        bulk.add_rows(connection, impor_batch, [{"berkass": "a"}])
