"""What is typed for an event, cell by cell: times, hours, empty cells of a grid, texts with odd characters."""

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from domain.errors import InvalidInput
from services import event_entries
from tests.services.conftest import codes

EVENT = {"mulai": date(2026, 5, 22), "selesai": date(2026, 5, 24)}
DAY = date(2026, 5, 22)


def sessions(*rows: dict[str, Any], people: tuple[int, ...] = ()) -> list[dict[str, Any]]:
    return event_entries.sessions(rows, EVENT, [], people)


@pytest.mark.parametrize(
    ("start", "end", "jp"), [("08.00", "08.45", 1), ("08.00", "09.30", 2), ("13.00", "15.10", 2.89), ("08.00", "", 0)]
)
def test_hours_are_of_forty_five_minutes(start: str, end: str, jp: float) -> None:
    [found] = sessions({"tanggal": DAY, "mulai": start, "selesai": end, "materi": "x"})
    assert found["jp"] == jp


def test_stated_hours_win_over_the_clock_and_zero_is_a_statement() -> None:
    [found] = sessions({"tanggal": DAY, "mulai": "08.00", "selesai": "09.30", "materi": "Rehat", "jp": 0})
    assert found["jp"] == 0.0


def test_sessions_stand_by_day_and_time_and_keep_their_order_within_it() -> None:
    rows = [
        {"tanggal": date(2026, 5, 23), "materi": "c"},
        {"tanggal": DAY, "mulai": "13.00", "materi": "b"},
        {"tanggal": DAY, "mulai": "8:00", "materi": "a"},
        {"tanggal": date(2026, 5, 23), "materi": "d"},
    ]
    found = sessions(*rows)
    assert [(row["materi"], row["urutan"]) for row in found] == [("a", 0), ("b", 1), ("c", 2), ("d", 3)]


def test_empty_cells_of_a_grid_are_empty_and_a_moment_is_its_day() -> None:
    row = {"id": float("nan"), "tanggal": pd.Timestamp("2026-05-22 07:00"), "mulai": None, "materi": " Materi\u200f "}
    [found] = sessions(row | {"jp": float("nan"), "dihitung": None, "narasumber": [2, 1, 2]}, people=(1, 2))
    assert (found["id"], found["tanggal"], found["materi"], found["jp"]) == (None, DAY, "Materi", 0.0)
    assert (found["dihitung"], found["narasumber"]) == (True, [1, 2])
    assert isinstance(found["tanggal"], date) and not isinstance(found["tanggal"], datetime)
    with pytest.raises(InvalidInput) as refused:
        sessions({"tanggal": pd.NaT, "materi": "x"})
    assert codes(refused) == {("sesi 1 / tanggal", "wajib_diisi")}


def test_a_row_may_not_stand_twice() -> None:
    row = {"id": 5, "tanggal": DAY, "materi": "x"}
    with pytest.raises(InvalidInput) as refused:
        event_entries.sessions([row, row], EVENT, [5], [])
    assert codes(refused) == {("sesi", "kegiatan_baris_ganda")}


def test_lists_have_an_end() -> None:
    for read, most, what in (
        (event_entries.aims, event_entries.MOST_AIMS, "tujuan"),
        (lambda rows: event_entries.speakers(rows, []), event_entries.MOST_SPEAKERS, "narasumber"),
        (lambda rows: sessions(*rows), event_entries.MOST_SESSIONS, "sesi"),
    ):
        with pytest.raises(InvalidInput) as refused:
            read([{}] * (most + 1))
        assert codes(refused) == {(what, "kegiatan_terlalu_banyak_baris")}


def test_two_speakers_of_one_name_are_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        event_entries.speakers([{"nama": "Contoh"}, {"nama": " Contoh "}, {"nama": None}], [])
    assert codes(refused) == {("narasumber 2", "kegiatan_baris_ganda"), ("narasumber 3", "wajib_diisi")}


@pytest.mark.parametrize(("kode", "zona"), [("33.71", "WIB"), ("52.72", "WITA"), ("96.01", "WIT"), (None, "WIB")])
def test_the_zone_is_that_of_the_province(kode: str | None, zona: str) -> None:
    assert event_entries.zone_of(kode) == zona
