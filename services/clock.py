"""The time, asked in one place so that tests can hold it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar date in Indonesia's most populous zone (WIB), which dates without a clock are held against."""
    return now().astimezone(ZoneInfo("Asia/Jakarta")).date()
