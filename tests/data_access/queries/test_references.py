"""Reference lists and settings: in force on a date, the most specific region first."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from data_access.engine import reading, writing
from data_access.queries.references import options, setting, settings
from data_access.tables import pengaturan, referensi

ON = date(2026, 11, 21)


@pytest.fixture
def store(fresh_db: Path) -> Path:
    def row(kode: str, urutan: int, **more: Any) -> dict[str, Any]:
        base = {"daftar": "uji", "kode": kode, "nama": kode.upper(), "urutan": urutan, "anak": False, "versi": ""}
        return base | {"wilayah": "", "berlaku_mulai": None, "berlaku_sampai": None} | more

    rows = [
        row("b", 2),
        row("a", 1),
        row("lama", 3, berlaku_sampai=ON),
        row("nanti", 4, berlaku_mulai=date(2026, 11, 22)),
        row("kini", 5, berlaku_mulai=ON, berlaku_sampai=date(2026, 11, 22)),
        row("jateng", 1, wilayah="33"),
        row("magelang", 1, wilayah="33.71"),
    ]
    with writing() as connection:
        connection.execute(insert(referensi), rows)
        own = {"kunci": "uji", "asumsi": False}
        connection.execute(
            insert(pengaturan),
            [own | {"wilayah": "", "nilai": "1"}, own | {"wilayah": "33", "nilai": "2"}],
        )
    return fresh_db


@pytest.mark.parametrize(
    ("wilayah", "codes"),
    [
        (None, ["a", "b", "kini"]),
        ("34.71", ["a", "b", "kini"]),
        ("33", ["jateng"]),
        ("33.72.01", ["jateng"]),
        ("33.71", ["magelang"]),
        ("33.71.01", ["magelang"]),
    ],
)
def test_the_nearest_list_wins(store: Path, wilayah: str | None, codes: list[str]) -> None:
    with reading() as connection:
        assert [row["kode"] for row in options(connection, "uji", ON, wilayah)] == codes


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (date(2026, 11, 20), ["a", "b", "lama"]),
        (ON, ["a", "b", "kini"]),
        (date(2026, 11, 22), ["a", "b", "nanti"]),
    ],
)
def test_the_last_day_no_longer_counts(store: Path, on: date, codes: list[str]) -> None:
    with reading() as connection:
        assert [row["kode"] for row in options(connection, "uji", on)] == codes
        assert options(connection, "tidak_ada", on) == []


def test_a_number_of_the_nearest_region(store: Path) -> None:
    with reading() as connection:
        found = [setting(connection, "uji", place) for place in (None, "34", "33", "33.71.01")]
        assert [row["nilai"] for row in found if row] == ["1", "1", "2", "2"]
        assert setting(connection, "tidak_ada", "33") is None
        many = settings(connection, "uji", ["34", "33.71.01", "33.71.01"])
        assert {kode: row and row["nilai"] for kode, row in many.items()} == {"34": "1", "33.71.01": "2"}
        assert settings(connection, "tidak_ada", ["33"]) == {"33": None}


def test_the_shipped_lists_are_complete(fresh_db: Path) -> None:
    with reading() as connection:
        lists = {
            name: [row["kode"] for row in options(connection, name, ON)]
            for name in ("kluster", "bentuk_pelayanan", "ppks", "badan_hukum")
        }
    assert set(lists["kluster"]) == {
        "anak", "disabilitas", "lansia", "napza", "tuna_sosial", "korban_kekerasan", "bencana", "keluarga_miskin",
        "lainnya",
    }  # fmt: skip
    assert set(lists["bentuk_pelayanan"]) == {
        "rehabilitasi_sosial", "jaminan_sosial", "pemberdayaan_sosial", "perlindungan_sosial",
    }  # fmt: skip
    assert lists["ppks"] == [f"ppks{n:02d}" for n in range(1, 27)]
    assert "yayasan" in lists["badan_hukum"]
