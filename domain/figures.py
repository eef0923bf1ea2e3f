"""Numbers, dates and times the Indonesian way; decimals are rounded half-up, and what is missing is a dash.

The words here belong to numbers and dates ("hari lagi", "sekitar"), so they stand beside their formats.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers

LOCALE = Locale.parse("id_ID")
MISSING = "-"
_WIT = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})
_WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


def missing(value: Any) -> str:
    """The value as text; "-" for None, NaN and emptiness."""
    if value is None or value == "" or value != value:  # NaN is the one value unequal to itself
        return MISSING
    return str(value)


@lru_cache(maxsize=8192)
def integer(value: float | None) -> str:
    """1466741 -> "1.466.741"."""
    return MISSING if value is None or value != value else str(numbers.format_decimal(round(value), "#,##0", LOCALE))


@lru_cache(maxsize=8192)
def decimal(value: float | Decimal | None, digits: int = 2) -> str:
    """73.67 -> "73,67", rounded half-up."""
    if value is None or value != value:
        return MISSING
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return str(numbers.format_decimal(rounded, "#,##0" + ("." + "0" * digits if digits else ""), LOCALE))


def percent(numerator: float | None, denominator: float | None, digits: int = 1) -> str:
    """(28, 70) -> "40,0%"; "-" when there is nothing to divide by."""
    if numerator is None or not denominator:
        return MISSING
    return decimal(Decimal(str(numerator)) * 100 / Decimal(str(denominator)), digits) + "%"


def out_of(numerator: float | None, denominator: float | None) -> str:
    """(28, 70) -> "28 dari 70"."""
    return f"{integer(numerator)} dari {integer(denominator)}"


def share(numerator: float | None, denominator: float | None) -> str:
    """(28, 70) -> "28 dari 70 (40,0%)"."""
    return f"{out_of(numerator, denominator)} ({percent(numerator, denominator)})"


def approx(value: float, about: bool = True) -> str:
    """169 -> "sekitar 169"; exact figures stay as they are."""
    text = integer(value) if float(value).is_integer() else decimal(value)
    return f"sekitar {text}" if about else text


def signed(value: int) -> str:
    """7 -> "+7"; 0 -> "0"."""
    return "0" if value == 0 else f"{'+' if value > 0 else '-'}{integer(abs(value))}"


def rupiah(value: float | None) -> str:
    """1250000 -> "Rp1.250.000"."""
    return (
        MISSING
        if value is None or value != value
        else str(numbers.format_currency(value, "IDR", "¤#,##0", LOCALE, currency_digits=False))
    )


def _is_date(value: Any) -> bool:
    return isinstance(value, date) and value == value  # NaT is a date that is unequal to itself


@lru_cache(maxsize=4096)
def date_long(value: date | None) -> str:
    """date(2025, 5, 22) -> "22 Mei 2025"."""
    return str(dates.format_date(value, "d MMMM y", LOCALE)) if value is not None and _is_date(value) else MISSING


@lru_cache(maxsize=4096)
def date_short(value: date | None) -> str:
    """date(2025, 5, 22) -> "22/05/2025"."""
    return f"{value:%d/%m/%Y}" if value is not None and _is_date(value) else MISSING


def month(value: date) -> str:
    """date(2025, 5, 1) -> "Mei 2025"."""
    return str(dates.format_date(value, "MMM y", LOCALE))


def zone_of(kode: str | None) -> str:
    """ "WIB", "WITA" or "WIT" for a region's code; WIB for the whole country."""
    province = (kode or "")[:2]
    return "WIT" if province in _WIT else "WITA" if province in _WITA else "WIB"


def clock(value: datetime | None, kode: str | None = None) -> str:
    """A moment as "pukul 09.30 WIB" in the zone of a region."""
    if value is None or value != value:
        return MISSING
    zone = zone_of(kode)
    return f"pukul {value.astimezone(ZoneInfo(_ZONES[zone])):%H.%M} {zone}"


def moment(value: datetime | None, kode: str | None = None) -> str:
    """A moment as "22/05/2025 09.30 WIB" in the zone of a region."""
    if value is None or value != value:
        return MISSING
    zone = zone_of(kode)
    return f"{value.astimezone(ZoneInfo(_ZONES[zone])):%d/%m/%Y %H.%M} {zone}"


def until(day: date | None, today: date) -> str:
    """How far a date is from today: "12 hari lagi", "hari ini", "lewat 3 hari"."""
    if day is None or not _is_date(day):
        return MISSING
    days = (day - today).days
    if days == 0:
        return "hari ini"
    return f"{integer(days)} hari lagi" if days > 0 else f"lewat {integer(-days)} hari"
