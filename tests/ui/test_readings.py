"""Kept readings: shared by those who see the same region, never by others, and gone with the next write."""

import dataclasses
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from domain.errors import NotFound, NotPermitted
from domain.filters import Filters
from domain.permissions import Actor, Role, Scope
from services import register
from tests.register_rows import lks_row, store
from ui import readings

ON = date(2026, 6, 1)
Make = Callable[..., Actor]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The regions for which a summary was really worked out."""
    calls: list[str | None] = []
    real = register.summary

    def counting(by: Actor, filters: Filters, on: date) -> register.Summary:
        calls.append(by.scope.root)
        return real(by, filters, on)

    monkeypatch.setattr(register, "summary", counting)
    return calls


def test_one_region_is_worked_out_once_for_every_role(fresh_db: object, actor: Make, counted: list[str | None]) -> None:
    store(lks_row("Satu", "33.71.01"), lks_row("Jauh", "52.72.01"))
    first = readings.summary(actor("operator", "33.71"), Filters(), ON)
    again = readings.summary(actor("kepala_dinas", "33.71"), Filters(), ON)
    assert first == again and first.total == 1 and counted == ["33.71"]
    assert readings.summary(actor("operator", "52.72"), Filters(), ON).wilayah == "52.72"
    assert readings.summary(actor("admin"), Filters(), ON).total == 2
    assert counted == ["33.71", "52.72", None]


def test_filters_and_date_are_part_of_the_key(fresh_db: object, actor: Make, counted: list[str | None]) -> None:
    by = actor("admin")
    for filters, on in ((Filters(), ON), (Filters(contoh=False), ON), (Filters(), date(2026, 6, 2)), (Filters(), ON)):
        readings.summary(by, filters, on)
    assert len(counted) == 3


def test_a_write_is_seen_at_once(fresh_db: object, actor: Make) -> None:
    by = actor("admin")
    assert readings.summary(by, Filters(), ON).total == 0
    store(lks_row("Satu", "33.71.01"))
    assert readings.summary(by, Filters(), ON).total == 1
    assert readings.listing(by, Filters(), ON)[1] == 1


def test_what_was_kept_for_the_country_is_not_handed_to_a_city(fresh_db: object, actor: Make) -> None:
    store(lks_row("Jauh", "52.72.01"))
    readings.summary(actor("admin"), Filters(wilayah="52.72"), ON)
    with pytest.raises(NotFound):
        readings.summary(actor("operator", "33.71"), Filters(wilayah="52.72"), ON)
    with pytest.raises(NotPermitted):
        readings.summary(Actor(1, "uji", "Uji", Role("kosong", frozenset()), Scope(None)), Filters(wilayah="52.72"), ON)


def test_changing_a_kept_table_does_not_change_what_others_get(seeded_db: object, actor: Make) -> None:
    by = actor("admin")
    mine = readings.by_region(by, Filters(), ON)
    mine["total"] = -1
    assert (readings.by_region(by, Filters(), ON)["total"] >= 0).all()
    frame, _ = readings.listing(by, Filters(), ON)
    assert all(isinstance(codes, tuple) for codes in frame["kluster"])  # a list in it could be changed in place


def test_every_reading_answers_and_is_quick_the_second_time(seeded_db: object, actor: Make) -> None:
    by, here = actor("kepala_dinas"), Filters(wilayah="33")
    reads: list[Callable[[], Any]] = [
        lambda: readings.summary(by, here, ON),
        lambda: readings.changes(by, here, date(2026, 4, 1), ON),
        lambda: readings.by_region(by, here, ON, "terdaftar"),
        lambda: readings.crosstab(by, here, "kluster", "hukum", ON),
        lambda: readings.listing(by, here, ON),
        lambda: readings.expiring_list(by, here, ON, 90),
        lambda: readings.map_points(by, here, ON),
        lambda: readings.coordinate_issues(by, here, ON),
        lambda: readings.regions(by),
        lambda: readings.children("33"),
        lambda: readings.path("33.71"),
        lambda: readings.kluster_names(),
    ]
    for read in reads:
        read()
        times = []
        for _ in range(5):
            started = time.perf_counter()
            read()
            times.append(time.perf_counter() - started)
        assert min(times) < 0.02  # aim 2 ms; the bound leaves room for a busy machine


def test_warming_reads_what_the_front_page_reads(seeded_db: object, actor: Make, counted: list[str | None]) -> None:
    readings.warm()
    assert counted == [None]


def test_a_spec_is_made_once_per_key_and_its_shape_outlives_revisions() -> None:
    built: list[int] = []
    drawn: list[int] = []

    def builder(count: int = 8) -> readings.Picture:
        built.append(1)

        def draw() -> dict[str, Any]:
            drawn.append(1)
            return {"mark": "bar", "data": {"name": "data-abc"}, "datasets": {"data-abc": []}}

        return readings.Picture(pa.table({"kode": ["anak"], "jumlah": [count]}), ("anak",), draw)

    first = readings.spec("uji", "r1", None, Filters(), builder=builder)
    assert first["mark"] == "bar" and first["data"] == {"name": readings.DATA}
    assert pa.ipc.open_stream(first["datasets"][readings.DATA]).read_all().to_pylist() == [
        {"kode": "anak", "jumlah": 8}
    ]
    assert readings.spec("uji", "r1", None, Filters(), builder=builder) is first
    later = readings.spec("uji", "r2", None, Filters(), builder=lambda: builder(9))
    assert pa.ipc.open_stream(later["datasets"][readings.DATA]).read_all().to_pylist() == [
        {"kode": "anak", "jumlah": 9}
    ]
    readings.spec("uji", "r1", "33", Filters(), builder=builder)
    assert len(built) == 3 and len(drawn) == 1


def test_a_summary_is_fully_frozen() -> None:
    assert dataclasses.is_dataclass(register.Summary)
    assert register.Summary.__dataclass_params__.frozen  # type: ignore[attr-defined]  # typeshed leaves it out
