"""Numbers, dates and times the Indonesian way, exactly."""

from datetime import UTC, date, datetime

import pytest

from domain import figures


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (figures.integer(1466741), "1.466.741"),
        (figures.integer(0), "0"),
        (figures.integer(None), "-"),
        (figures.integer(float("nan")), "-"),
        (figures.decimal(73.67), "73,67"),
        (figures.decimal(1.005), "1,01"),  # half-up on the printed digits, not on the binary fraction
        (figures.decimal(2.5, 0), "3"),
        (figures.decimal(-7.025), "-7,03"),
        (figures.percent(28, 70), "40,0%"),
        (figures.percent(28, 40), "70,0%"),
        (figures.percent(1, 3, 2), "33,33%"),
        (figures.percent(0, 5), "0,0%"),
        (figures.percent(5, 0), "-"),
        (figures.percent(None, 5), "-"),
        (figures.share(28, 70), "28 dari 70 (40,0%)"),
        (figures.approx(169), "sekitar 169"),
        (figures.approx(73.67, about=False), "73,67"),
        (figures.approx(11, about=False), "11"),
        (figures.signed(7), "+7"),
        (figures.signed(-1466), "-1.466"),
        (figures.signed(0), "0"),
        (figures.rupiah(1_250_000), "Rp1.250.000"),
        (figures.date_long(date(2025, 5, 22)), "22 Mei 2025"),
        (figures.date_short(date(2025, 5, 2)), "02/05/2025"),
        (figures.date_long(None), "-"),
        (figures.month(date(2025, 8, 1)), "Agu 2025"),
        (figures.missing(None), "-"),
        (figures.missing(0), "0"),
    ],
)
def test_written(made: str, text: str) -> None:
    assert made == text


@pytest.mark.parametrize(
    ("kode", "zone"), [("33.71", "WIB"), ("52.72", "WITA"), ("91", "WIT"), ("62.71", "WIB"), (None, "WIB")]
)
def test_zone_comes_from_the_region(kode: str | None, zone: str) -> None:
    assert figures.zone_of(kode) == zone


def test_clock_in_each_zone() -> None:
    moment = datetime(2025, 5, 22, 16, 30, tzinfo=UTC)
    assert figures.clock(moment, "33") == "pukul 23.30 WIB"
    assert figures.clock(moment, "52") == "pukul 00.30 WITA"
    assert figures.moment(moment, "94") == "23/05/2025 01.30 WIT"
    assert figures.moment(None) == "-"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2025, 6, 3), "12 hari lagi"),
        (date(2025, 5, 22), "hari ini"),
        (date(2025, 5, 19), "lewat 3 hari"),
        (None, "-"),
    ],
)
def test_until(day: date | None, text: str) -> None:
    assert figures.until(day, date(2025, 5, 22)) == text
