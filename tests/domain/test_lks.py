"""What counts as complete, and the dates that measures are held against."""

from datetime import date
from typing import Any

import pytest

from data_access import tables
from domain import lks


def test_fields_are_columns_and_none_stands_twice() -> None:
    assert len(set(lks.FIELDS)) == len(lks.FIELDS)
    columns = {column.name for column in tables.lks.columns}
    assert set(lks.SCALARS) <= columns
    assert {"hukum", "aktif", "tumbuh", "daftar", "akreditasi"} == set(lks.AXES) == set(tables.AXES)


def test_the_axis_values_are_those_the_schema_takes() -> None:
    told = {str(c.name): str(getattr(c, "sqltext", "")) for c in tables.lks.constraints}
    for axis, values in lks.AXIS_VALUES.items():
        listed = ", ".join(f"'{value}'" for value in values)
        assert told[f"ck_lks_{axis}"] == f"{axis} IS NULL OR {axis} IN ({listed})"


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({}, set()),
        ({"alamat": "", "kluster": [], "layanan": ()}, set()),
        ({"alamat": "Jl. Contoh", "kluster": ["anak"]}, {"alamat", "kluster"}),
        ({"kode_wilayah": "33.71"}, set()),
        ({"kode_wilayah": "33.71.01"}, {"kecamatan"}),
        ({"lat": -7.4}, set()),
        ({"lat": 0.0, "lon": 0.0}, {"koordinat"}),
        ({"binaan_dalam": 0}, {"binaan"}),
        ({"binaan_luar": 3, "ketua": "Ketua Contoh"}, {"binaan", "ketua"}),
    ],
)
def test_zero_is_an_answer_and_emptiness_is_not(record: dict[str, Any], found: set[str]) -> None:
    assert lks.filled(record) == found


def test_a_full_record_fills_the_whole_core() -> None:
    record: dict[str, Any] = dict.fromkeys(lks.CORE, "x") | {"lat": 1.0, "lon": 1.0, "binaan_dalam": 1}
    del record["koordinat"], record["binaan"]
    assert lks.filled(record) == set(lks.CORE)
    assert len(lks.CORE) == 15


@pytest.mark.parametrize(
    ("on", "since"),
    [
        (date(2026, 11, 21), date(2025, 11, 21)),
        (date(2028, 2, 29), date(2027, 2, 28)),
        (date(2025, 1, 1), date(2024, 1, 1)),
    ],
)
def test_recent_is_twelve_months(on: date, since: date) -> None:
    assert lks.verified_since(on) == since


@pytest.mark.parametrize(("month", "start"), [(1, 1), (3, 1), (4, 4), (6, 4), (7, 7), (9, 7), (10, 10), (12, 10)])
def test_quarters_start_where_the_calendar_says(month: int, start: int) -> None:
    assert lks.quarter_start(date(2026, month, 28)) == date(2026, start, 1)


@pytest.mark.parametrize(
    ("start", "years", "last"),
    [
        (date(2021, 5, 10), 5, date(2026, 5, 9)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 28)),
        (date(2026, 1, 1), 1, date(2026, 12, 31)),
    ],
)
def test_a_paper_ends_the_day_before_its_anniversary(start: date, years: int, last: date) -> None:
    assert lks.add_years(start, years) == last


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday -> Monday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday -> Monday
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_working_days_skip_the_weekend(start: date, days: int, end: date) -> None:
    assert lks.working_days_after(start, days) == end
