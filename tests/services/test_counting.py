"""Today's columns are kept until a write, or until the day ends; any other date asks the store."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from data_access.commands import lks, trail
from data_access.engine import reading, writing
from data_access.queries.register import Selection
from domain.filters import Filters
from domain.permissions import Scope
from services import clock, counting
from tests.register_rows import edit, lks_row, store

TODAY = clock.today()
AT = datetime(2026, 2, 1, tzinfo=UTC)


def _day(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.fixture
def two(fresh_db: object) -> list[int]:
    return store(
        lks_row("Habis hari ini", "33.08.01", daftar="terdaftar", daftar_sampai=TODAY),
        lks_row("Habis kemarin", "33.08", daftar="terdaftar", daftar_sampai=_day(-1)),
    )


def test_a_state_is_kept_until_the_next_write_and_never_changed(two: list[int]) -> None:
    with reading() as connection:
        first = counting.columns(connection)
        assert counting.columns(connection) is first
    was = first.flags.copy()
    edit(two[0], AT, hukum="berbadan_hukum")
    with reading() as connection:
        second = counting.columns(connection)
    assert second is not first
    assert np.array_equal(first.flags, was) and not np.array_equal(second.flags, was)


def test_columns_are_kept_from_the_first_write_on_or_once_warm(two: list[int]) -> None:
    def kind() -> type:
        with reading() as connection:
            return type(counting.counter(connection, TODAY))

    assert kind() is kind() is counting.Statements
    edit(two[0], AT, hukum="berbadan_hukum")
    assert kind() is kind() is counting.Columns


def test_nothing_is_kept_of_a_write_that_may_be_taken_back(two: list[int]) -> None:
    everything = Selection(Scope(None), Filters(), TODAY)
    counting.warm()
    with suppress(ZeroDivisionError), writing() as connection:
        trail.bump(connection, "register")
        lks.remove(connection, two)
        assert counting.columns(connection).total(everything) == 0
        assert counting.counter(connection, TODAY).total(everything) == 0
        raise ZeroDivisionError("taken back")
    store(lks_row("Baru", "33.08.01"))  # the revision that was taken back is given again
    with reading() as connection:
        assert counting.columns(connection).total(everything) == 3


def test_warming_reads_them_at_once(two: list[int]) -> None:
    counting.warm()
    with reading() as connection:
        assert counting.counter(connection, TODAY) is counting.columns(connection)


def test_another_date_asks_the_store_and_a_new_day_reads_anew(two: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    with reading() as connection:
        assert isinstance(counting.counter(connection, _day(1)), counting.Statements)
        today = counting.columns(connection)
        monkeypatch.setattr(clock, "today", lambda: _day(1))
        tomorrow = counting.columns(connection)
    assert today.expiring(Selection(Scope(None), Filters(), TODAY))["lewat"]["daftar"] == 1
    assert tomorrow.expiring(Selection(Scope(None), Filters(), _day(1)))["lewat"]["daftar"] == 2
