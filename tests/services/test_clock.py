"""The moment is aware, and the calendar day is WIB's whatever zone the machine keeps."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services import clock


def test_now_is_aware_and_now() -> None:
    found = clock.now()
    assert found.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - found) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 21, 16, 59, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 17, 0, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_day_begins_at_midnight_in_jakarta(monkeypatch: pytest.MonkeyPatch, at: datetime, day: date) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
    assert clock.today() == day
