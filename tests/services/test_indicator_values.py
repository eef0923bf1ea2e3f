"""Stored values as of a date, and the rows that derived indicators are made of."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data_access.engine import reading
from domain.permissions import Actor
from services.indicator_values import Stated, definitions
from tests.services.test_indicators import aim, put

ON = date(2026, 11, 20)


def parts(by: Actor, place: str, kode: str, on: date = ON) -> list[tuple[str, str, float]]:
    with reading() as connection:
        stated = Stated(connection, by, place, on)
        definition = next(one for one in definitions(connection, on) if one.kode == kode)
        return [(row["peran"], row["wilayah"], row["nilai"]) for row in stated.parts(definition)]


def test_parts_of_a_gap_share_period_and_series(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    by = actor("admin")
    own, above, country = ("wilayah", "52.72", 73.67), ("pembanding", "52", 65.81), ("pembanding", "", 70.18)
    assert parts(by, "52.72", "ipm_selisih_provinsi") == [own, above]
    assert parts(by, "52.72", "ipm_selisih_nasional") == [own, country]
    put("ipm", "52.72", "2023", 78.0, "lama")  # the province states 2023 in the new series only
    assert parts(by, "52.72", "ipm_selisih_provinsi") == []


def test_parts_of_a_ratio_are_of_one_period(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    by = actor("admin")
    put("ppks_terdata", "33.71", "2024", 100)
    put("ppks_terlayani", "33.71", "2024", 40)
    put("ppks_terlayani", "33.71", "2025", 60)
    found = [("pembilang", "33.71", 40.0), ("penyebut", "33.71", 100.0)]
    assert parts(by, "33.71", "ppks_tertangani") == found
    assert parts(by, "33.71", "ppks_tertangani", date(2023, 1, 1)) == []


def test_parts_of_an_achievement_are_of_one_year(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    by = actor("admin")
    put("p0", "33.71", "2025", 6.0)
    aim("p0", "33.71", 2026, 4.0)
    assert parts(by, "33.71", "p0_capaian") == []
    aim("p0", "33.71", 2025, 5.0)
    assert parts(by, "33.71", "p0_capaian") == [("realisasi", "33.71", 6.0), ("target", "33.71", 5.0)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [({}, ("2023", "baru")), ({"seri": "lama"}, ("2022", "lama")), ({"periode": "2020"}, ("2020", "baru"))],
)
def test_the_newest_value_or_that_of_a_period_or_series(
    fresh_db: Path, actor: Callable[..., Actor], asked: dict[str, Any], found: tuple[str, str]
) -> None:
    with reading() as connection:
        definition = next(one for one in definitions(connection, ON) if one.kode == "ipm")
        row = Stated(connection, actor("admin"), "52", ON).latest(definition, **asked)
    assert row is not None and (row["periode"], row["seri"]) == found
