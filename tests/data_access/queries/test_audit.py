"""Reads of the audit trail: scope, filters, order."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries import audit as queries
from domain.permissions import COMMAND_LINE, Scope

NOW = datetime(2025, 5, 22, 3, 0, tzinfo=UTC)
PLACES = (None, "33", "33.71", "33.71.01", "33.08", "34.04")


@pytest.fixture
def rows(fresh_db: Path) -> None:
    """One row per place, an hour apart, on top of what making the store left behind (a day before)."""
    with writing() as connection:
        for number, place in enumerate(PLACES):
            at = NOW + timedelta(hours=number)
            entry = trail.audit_row(
                COMMAND_LINE,
                at,
                "ubah" if number % 2 else "tambah",
                "lks",
                number,
                wilayah=place,
                before={"nama": "Panti 100%"},
                after={"nama": f"Panti_{number}"},
                reason="Alasan Uji" if number == 4 else None,
            )
            trail.record(connection, entry)


def found(root: str | None, **filters: Any) -> list[str | None]:
    with reading() as connection:
        frame = queries.rows(connection, Scope(root), {"objek": "lks"} | filters, offset=0, limit=100)
        assert queries.count(connection, Scope(root), {"objek": "lks"} | filters) == len(frame)
    return list(frame["wilayah"])


@pytest.mark.parametrize(
    ("root", "seen"),
    [
        (None, ["34.04", "33.08", "33.71.01", "33.71", "33", None]),
        ("33", ["33.08", "33.71.01", "33.71", "33"]),
        ("33.71", ["33.71.01", "33.71"]),
        ("34", ["34.04"]),
        ("35", []),
    ],
)
def test_rows_end_at_the_scope_newest_first(rows: None, root: str | None, seen: list[str | None]) -> None:
    assert found(root) == seen


@pytest.mark.parametrize(
    ("filters", "seen"),
    [
        ({"aksi": "ubah"}, ["34.04", "33.71.01", "33"]),
        ({"objek_id": "2"}, ["33.71"]),
        ({"pelaku": "orang-lain"}, []),
        ({"mulai": NOW + timedelta(hours=4)}, ["34.04", "33.08"]),
        ({"sebelum_pada": NOW + timedelta(hours=1)}, [None]),
        ({"teks": "alasan uji"}, ["33.08"]),
        ({"teks": "PANTI_5"}, ["34.04"]),
        ({"teks": "100%"}, ["34.04", "33.08", "33.71.01", "33.71", "33", None]),
        ({"teks": "panti%5"}, []),  # a percent sign is only that
        ({"teks": "' OR 1=1 --"}, []),
        ({"aksi": "", "teks": None}, ["34.04", "33.08", "33.71.01", "33.71", "33", None]),
    ],
)
def test_filters_narrow(rows: None, filters: dict[str, Any], seen: list[str | None]) -> None:
    assert found(None, **filters) == seen


def test_an_unknown_filter_is_a_mistake(rows: None) -> None:
    with pytest.raises(ValueError, match="wilayah"):
        found(None, wilayah="33")


def test_pages_follow_each_other(rows: None) -> None:
    with reading() as connection:
        pages = [
            list(queries.rows(connection, Scope(None), {"objek": "lks"}, offset=start, limit=4)["objek_id"])
            for start in (0, 4, 8)
        ]
        first = queries.rows(connection, Scope(None), {"objek": "lks"}, offset=0, limit=1)
    assert pages == [["5", "4", "3", "2"], ["1", "0"], []]
    assert list(first.columns) == list(queries.COLUMNS)
    assert first.at[0, "sesudah"] == {"nama": "Panti_5"} and first.at[0, "pada"] == NOW + timedelta(hours=5)


def test_the_vocabulary_ends_at_the_scope(rows: None) -> None:
    with reading() as connection:
        assert queries.vocabulary(connection, Scope("34"), "aksi") == ["ubah"]
        assert queries.vocabulary(connection, Scope("35"), "pelaku") == []
        assert "pengguna" in queries.vocabulary(connection, Scope(None), "objek")
        with pytest.raises(ValueError, match="sebelum"):
            queries.vocabulary(connection, Scope(None), "sebelum")
